"""Handing a shift over: begun, answered line by line, signed by both sides, closed and sealed.

While it goes on two shifts are open: what is written belongs to the next one, and the outgoing one's figures
stand still. Each call looks at the ledger anew, so a restart loses nothing and nobody's screen is believed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from threading import Lock
from typing import Any

from checkpoint_app.domain import facts, handover_told, matters, stores
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.handover import (
    Answer,
    Answered,
    Handover,
    LeadUnfit,
    Line,
    LineUnknown,
    NoHandover,
    NoteNeeded,
    NotTheNextShift,
    Side,
    Signature,
    SignedAlready,
    State,
    may_close,
    may_sign,
    sign_message,
)
from checkpoint_app.domain.handover_draft import totals_of
from checkpoint_app.domain.hours import off_duty, on_duty
from checkpoint_app.domain.roles import Action
from checkpoint_app.domain.roll import Rolled
from checkpoint_app.services import log_rules
from checkpoint_app.services.duty import Beginning, Duty, Saved
from checkpoint_app.services.handover_now import Now, Others, ShiftUnknown, Standings, alone
from checkpoint_app.services.officers import Officers
from checkpoint_app.services.rights import Rights
from checkpoint_app.storage import handovers as stored
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.rows import ShiftRow
from checkpoint_app.storage.shift_figures import figures_of

__all__ = ["Handovers", "ShiftUnknown"]


def _nothing() -> None:
    pass


def _nobody(_shift: str, _lead: str) -> None:
    return None


@dataclass(slots=True)
class Handovers:
    """Of one desk; any thread may ask. `act_as` is told which shift and lead act from a commit on;
    `settle` writes down what lasts before a shift ends; `others` tells what the station's other desks did.

    Whatever writes returns a future that is done when it is on disk, after its own checks: NotAllowed,
    NoHandover and the refusals named beside it are raised at once.
    """

    ledger: Ledger
    new_action: Callable[[], str]
    duty: Duty
    officers: Officers
    rights: Rights
    act_as: Callable[[str, str], None] = _nobody
    settle: Callable[[], None] = _nothing
    others: Others = alone
    standings: Standings = field(init=False)
    _writing: Lock = field(default_factory=Lock)

    def __post_init__(self) -> None:
        self.standings = Standings(self.ledger.reader, self.ledger.now, self.ledger.head, self.others)

    def begin(
        self,
        *,
        group: str,
        lead: str,
        roll: Sequence[Rolled],
        zone: int,
        weather: str = "",
        tallied: Iterable[Saved] = (),
        by: By,
    ) -> Saved:
        """The next group is here: its shift opens, and this one is handed over. `lead` is a number or a name
        of the roll; `tallied` are the running counts of the lanes, written down by `Lane.close`.

        Raises NoShift, HandoverUnderWay, NamesNeeded, and LeadUnfit where there are PINs.
        """
        self.rights.check(Action.HAND_OVER, by)
        _wait(tallied)
        self.settle()

        def begun(before: ShiftRow, next_: Beginning) -> Fact:
            if not self.rights.may(Action.SIGN, By(next_.shift, next_.lead)):
                raise LeadUnfit(officer=next_.lead)
            acting = By(before.shift, by.officer or before.lead)
            head = self.ledger.head()
            return handover_told.begun(
                before.shift, next_shift=next_.shift, head=head, by=acting, **self._mark()
            )

        with self._writing:
            next_, written = self.duty.follow(
                group=group, lead=lead, roll=roll, zone=zone, weather=weather, begun=begun
            )
            return self._then_act(written, next_.shift, next_.lead)

    def under_way(self) -> Handover | None:
        """The handover that is begun and not closed, if any."""
        closing = self.duty.closing()
        return self.standing(closing.shift) if closing else None

    def of_shift(self, shift: str) -> Handover | None:
        """The handover of a shift as it stands or was signed; None when it has none."""
        try:
            found = self.standing(shift)
        except ShiftUnknown:
            return None
        return found if found.begun or found.digest else None

    def standing(self, shift: str) -> Handover:
        """How the handover of a shift stands; the draft of one that has not begun is made as of now.

        Raises ShiftUnknown. Reads a shift's figures: up to half a second.
        """
        return self.standings.now(shift).handover

    def answer(
        self,
        shift: str,
        key: str,
        said: Answered,
        *,
        note: str = "",
        counted: int | None = None,
        by: By,
    ) -> Saved:
        """Who takes over accepts or queries one line, and says how many articles were counted. Raises
        LineUnknown, NoteNeeded (a query says what is in doubt), WordsTooLong, CountRefused; with PINs
        NotTheNextShift for whoever does not serve in it.
        """
        self.rights.check(Action.HAND_OVER, by)
        note = log_rules.words(note, "note", needed=False)
        if said is Answered.QUERIED and not note:
            raise NoteNeeded
        with self._writing:
            now = self._under_way(shift)
            self._takes_over(now, by)
            line = next((line for line in now.handover.lines if line.key == key), None)
            if line is None:
                raise LineUnknown(key=key)
            count = None if counted is None or line.about != "item" else log_rules.count(counted)
            fact = handover_told.answered(
                shift, line, said, note=note, counted=count, by=_next(now, by), **self._mark()
            )
            return self.ledger.append((fact,))

    def sign(self, shift: str, side: Side, number: str, pin: str = "", *, by: By) -> Saved:
        """One side signs what now stands, with the officer's own key; where nobody has a PIN, by name alone.

        Takes a quarter of a second. Raises LinesUnanswered, NotOnThatSide, SignedAlready and what checking a
        PIN raises.
        """
        self.rights.check(Action.SIGN, By(by.shift, number))
        with self._writing:
            now = self._under_way(shift)
            may_sign(now.handover, side, number, serving=self._serving(now, side))
            return self.ledger.append((self._signed(now, side, number, pin=pin),))

    def absent(self, shift: str, side: Side, *, why: str, refused: bool = False, by: By) -> Saved:
        """One side cannot sign, or is there and will not (`refused`); it may still sign later. Raises
        NoteNeeded.
        """
        self.rights.check(Action.HAND_OVER, by)
        why = _why(why)
        with self._writing:
            now = self._under_way(shift)
            fact = handover_told.absent(
                shift, side, why=why, refused=refused, by=_next(now, by), **self._mark()
            )
            return self.ledger.append((fact,))

    def close(self, shift: str, *, by: By) -> Saved:
        """Ends the outgoing shift and seals: what was queried becomes the next shift's matters, what was
        counted is counted. Raises LinesUnanswered, NotSigned, NobodySigned.
        """
        self.rights.check(Action.HAND_OVER, by)
        with self._writing:
            self.ledger.keep({}).result()
            now = self._under_way(shift)
            may_close(now.handover)
            gone = self._gone(shift, staying=now.handover.next_shift, by=_own(now, by))
            written = self._end(*self._carried(now, by=_next(now, by)), self._closed(now, by=by), *gone)
            written.result()
            return written

    def refuse(self, shift: str, *, why: str, tallied: Iterable[Saved] = (), by: By) -> Saved:
        """The incoming lead takes nothing over: the next shift is closed as refused, with what it did, and
        the outgoing one goes on. Raises NoteNeeded, SignedAlready once that side has signed.
        """
        self.rights.check(Action.HAND_OVER, by)
        why = _why(why)
        _wait(tallied)
        with self._writing:
            self.ledger.keep({}).result()
            now = self._under_way(shift)
            if now.handover.signed(Side.INCOMING):
                raise SignedAlready(side=Side.INCOMING.value)
            written = self._end(*self._refused(now, why=why, by=by))
            self._then_act(written, shift, now.row.lead).result()
            return written

    def close_alone(
        self,
        *,
        why: str,
        number: str = "",
        pin: str = "",
        tallied: Iterable[Saved] = (),
        waiting: int = 0,
        by: By,
    ) -> Saved:
        """The service ends and nobody takes over: the outgoing lead signs alone, the shift is closed and
        sealed, what is open stays open. `number` is who signs, else who leads.

        Raises NoteNeeded, NoShift, HandoverUnderWay, CrossingsWaiting, NotOnThatSide and what checking a PIN
        raises.
        """
        self.rights.check(Action.HAND_OVER, by)
        why = _why(why)
        _wait(tallied)
        self.settle()
        with self._writing:
            now = self.standings.alone(self.duty.last(waiting=waiting))
            row, number = now.row, number or now.row.lead
            self.rights.check(Action.SIGN, By(row.shift, number))
            may_sign(now.handover, Side.OUTGOING, number, serving=self._serving(now, Side.OUTGOING))
            acting, incoming = _own(now, by), Side.INCOMING
            away = handover_told.absent(
                row.shift, incoming, why=why, refused=False, by=acting, **self._mark()
            )
            signed = self._signed(now, Side.OUTGOING, number, pin=pin)
            gone = self._gone(row.shift, staying="", by=acting)
            written = self._end(away, signed, self._closed(now, by=by), *gone)
            self._then_act(written, "", "").result()
            return written

    def _under_way(self, shift: str) -> Now:
        now = self.standings.now(shift)
        if now.handover.state is not State.CLOSING:
            raise NoHandover(shift=shift)
        return now

    def _takes_over(self, now: Now, by: By) -> None:
        if self.officers.protected and by.officer not in self._serving(now, Side.INCOMING):
            raise NotTheNextShift(officer=by.officer)

    def _serving(self, now: Now, side: Side) -> tuple[str, ...]:
        shift = now.handover.shift if side is Side.OUTGOING else now.handover.next_shift
        with self.ledger.reader() as reader:
            return stored.officers_of(reader, shift)

    def _signed(self, now: Now, side: Side, number: str, *, pin: str) -> Fact:
        found = now.handover
        key, text = "", ""
        if self.officers.protected:
            key = self.officers.find(number).key
            message = sign_message(found.digest, key=key, officer=number, shift=found.shift, side=side)
            text = self.officers.sign(number, pin, message).signature
        mark = self._mark()
        signature = Signature(side, number, mark["at"], key, text)
        by = By(found.next_shift or found.shift, number)
        return handover_told.signed(found.shift, signature, digest=found.digest, by=by, **mark)

    def _carried(self, now: Now, *, by: By) -> tuple[Fact, ...]:
        """What the answers leave behind: matters of what was queried, counts of what was counted."""
        lines = {line.key: line for line in now.handover.lines}
        given = [(lines[key], answer) for key, answer in now.handover.answers.items()]
        queried = [each for each in given if each[1].said is Answered.QUERIED]
        counted = [each for each in given if each[1].counted is not None]
        return (
            *(self._matter(line, answer, by=by) for line, answer in queried),
            *(self._count(line, answer, by=by) for line, answer in counted),
        )

    def _matter(self, line: Line, answer: Answer, *, by: By) -> Fact:
        """A query to a matter is a step of it, and opens it again where it was closed meanwhile; any other
        one is a matter from now on.
        """
        kind, _colon, name = line.key.partition(":")
        if kind == "matter" and line.facts.get("closed"):
            return matters.reopened(name, why=answer.note, by=by, **self._mark())
        if kind == "matter":
            return matters.worked(name, text=answer.note, by=by, **self._mark())
        article = line.facts.get("name") if kind == "item" else None
        title = f"{article}: {answer.note}" if article else answer.note
        return matters.raised(title, source=matters.HANDOVER, of=line.key, by=by, **self._mark())

    def _count(self, line: Line, answer: Answer, *, by: By) -> Fact:
        name, condition = line.key.partition(":")[2], line.everything.get("condition")
        return stores.counted(
            name,
            count=answer.counted or 0,
            condition=condition if isinstance(condition, str) else "",
            by=by,
            **self._mark(),
        )

    def _closed(self, now: Now, *, by: By) -> Fact:
        more: dict[str, Value] = {"handover": now.signed, "digest": now.handover.digest}
        return facts.shift_closed(by=_own(now, by), totals=now.totals, more=more, **self._mark())

    def _refused(self, now: Now, *, why: str, by: By) -> tuple[Fact, ...]:
        """The next shift ends; who served in both goes on in the outgoing one."""
        shift, refused = now.handover.shift, now.handover.next_shift
        acting = By(refused, by.officer)
        figures = figures_of(self.ledger.reader, refused)
        if figures is None:
            raise ShiftUnknown(shift=refused)
        with self.ledger.reader() as reader:
            before, after = stored.officers_of(reader, shift), stored.on_duty(reader, refused)
        more = {"refused": True}
        return (
            handover_told.refused(shift, next_shift=refused, why=why, by=acting, **self._mark()),
            facts.shift_closed(by=acting, totals=totals_of(figures), more=more, **self._mark()),
            *(off_duty(each, by=acting, **self._mark()) for each in after if each not in before),
            *(on_duty(each, post="", by=_own(now, by), **self._mark()) for each in after if each in before),
        )

    def _gone(self, shift: str, *, staying: str, by: By) -> tuple[Fact, ...]:
        """Who is still noted as on duty in a shift that ends, and does not serve in the next one."""
        with self.ledger.reader() as reader:
            there, next_ = stored.on_duty(reader, shift), stored.officers_of(reader, staying)
        return tuple(off_duty(each, by=by, **self._mark()) for each in there if each not in next_)

    def _end(self, *written: Fact) -> Saved:
        return self.ledger.append(written, seal="handover")

    def _mark(self) -> dict[str, Any]:
        """When, and under which name, the next entry is written."""
        return {"at": self.ledger.now(), "action": self.new_action()}

    def _then_act(self, written: Saved, shift: str, lead: str) -> Saved:
        """Whoever waits for what is returned finds the desk acting for the shift already."""
        acting: Saved = Future()
        acting.set_running_or_notify_cancel()

        def act(done: Saved) -> None:
            error = done.exception()
            if error is not None:
                acting.set_exception(error)
                return
            self.act_as(shift, lead)
            acting.set_result(done.result())

        written.add_done_callback(act)
        return acting


def _next(now: Now, by: By) -> By:
    return By(now.handover.next_shift, by.officer)


def _own(now: Now, by: By) -> By:
    return By(now.row.shift, by.officer or now.row.lead)


def _why(why: str) -> str:
    """Raises NoteNeeded, WordsTooLong."""
    said = log_rules.words(why, "why", needed=False)
    if not said:
        raise NoteNeeded
    return said


def _wait(tallied: Iterable[Saved]) -> None:
    """What was counted until now is on disk, under the shift that counted it."""
    for each in tallied:
        each.result()
