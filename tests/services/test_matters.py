"""Matters: an open one stays until somebody closes it, whatever happens in between."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checkpoint_app.domain import matters as facts
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.facts import By
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.lane import Lane
from checkpoint_app.services.log_rules import AffairOpen, AffairOver, AffairUnknown, DueTooEarly, WordsNeeded
from checkpoint_app.storage import affairs, derived, forgetting, logbook
from checkpoint_app.storage.engine import Connection
from tests.services.desks import desk_in, entries, lane_of
from tests.storage.desks import DESK, START, Clock

HOUR = 3_600_000


def raised(desk: Desk, title: str = "灭火器过期", **more: object) -> str:
    return desk.matters.raise_(title, by=desk.by, **more).result()[0].action  # type: ignore[arg-type]


def test_a_matter_has_an_owner_a_time_and_its_steps(desk: Desk, clock: Clock) -> None:
    matter = raised(desk, owner="03", due=START + HOUR)
    desk.matters.work(matter, "已联系消防", by=desk.by).result()
    desk.matters.work(matter, owner="张三 13800138000", due=START + 2 * HOUR, by=desk.by).result()
    known = desk.matters.find(matter)
    assert (known.title, known.source, known.owner) == ("灭火器过期", "hand", "张三 13800138000")
    assert [step.text for step in known.steps] == ["已联系消防", ""]
    assert not known.overdue(START + HOUR)
    assert known.overdue(START + 2 * HOUR)
    assert [each.get("owner") for each in entries(desk, "matter_raised", "matter_worked")] == [
        "03",
        None,
        None,
    ]


def test_an_owner_and_a_time_can_be_taken_away(desk: Desk) -> None:
    matter = raised(desk, owner="03", due=START + HOUR)
    desk.matters.work(matter, owner="", due=0, by=desk.by).result()
    assert (desk.matters.find(matter).owner, desk.matters.find(matter).due) == ("", 0)


def test_a_phone_is_never_public(desk: Desk) -> None:
    raised(desk, owner="13800138000")
    assert "owner" not in entries(desk, "matter_raised")[0]


def test_closed_it_is_not_open_and_takes_no_more_until_it_is_opened_again(desk: Desk) -> None:
    matter = raised(desk)
    with pytest.raises(AffairOpen):
        desk.matters.reopen(matter, "a", by=desk.by)
    with pytest.raises(WordsNeeded):
        desk.matters.close(matter, " ", by=desk.by)
    desk.matters.close(matter, "已换新", by=desk.by).result()
    assert desk.matters.open() == ()
    for late in (desk.matters.work, desk.matters.close):
        with pytest.raises(AffairOver):
            late(matter, "a", by=desk.by)
    desk.matters.reopen(matter, "又过期", by=desk.by).result()
    (known,) = desk.matters.open()
    assert [step.kind for step in known.steps] == ["closed", "reopened"]
    assert (known.closed, known.result) == (0, "")


def test_what_nobody_raised_cannot_be_worked_on(desk: Desk) -> None:
    with pytest.raises(AffairUnknown):
        desk.matters.work("0" * 32, "a", by=desk.by)
    with pytest.raises(DueTooEarly):
        desk.matters.raise_("a", due=START - 1, by=desk.by)


def test_matters_as_they_stood_at_an_entry(desk: Desk) -> None:
    early = raised(desk)
    closed_later = raised(desk, "台账未填")
    with desk.ledger.reader() as reader:
        upto = reader.execute("SELECT max(id) FROM entry").fetchone()[0]
    desk.matters.close(closed_later, "已填", by=desk.by).result()
    desk.matters.work(early, "a", by=desk.by).result()
    later = raised(desk, "新的")
    with desk.ledger.reader() as reader:
        then = logbook.matters(reader, DESK, upto=upto)
        now = logbook.matters(reader, DESK)
    assert [each.id for each in then] == [early, closed_later]
    assert then[0].steps == ()
    assert [each.id for each in now] == [early, later]


ACTS = ("raise", "call", "work", "close", "reopen", "late work", "restart", "rebuild", "forget")


@dataclass
class Model:
    """Which matters are open, by what was asked for; a desk beside it."""

    folder: Path
    clock: Clock = field(default_factory=Clock)
    open: dict[str, bool] = field(default_factory=dict)

    def start(self, stack: ExitStack) -> None:
        self.desk = stack.enter_context(desk_in(self.folder, clock=self.clock))
        self.lane = lane_of(self.desk)

    def act(self, what: str, place: int) -> None:
        self.clock.pass_by(1_000)
        known = list(self.open)
        matter = known[place % len(known)] if known else ""
        if what in ("raise", "call"):
            self._new(what, self.lane)
        elif what == "rebuild":
            self.desk.ledger.alone(_rebuild).result()
        elif what == "forget":
            self._forget()
        elif matter:
            self._go_on(what, matter)

    def _new(self, what: str, lane: Lane) -> None:
        if what == "raise":
            self.open[raised(self.desk)] = True
        else:
            written = lane.report().result()
            self.open[lane.state.open.action if lane.state.open else written[0].action] = True

    def _forget(self) -> None:
        before = self.desk.ledger.now() + 1
        order = forgetting.Order(before, "1号", new_action(), By(), lasting_too=False)
        forgetting.forget(self.desk.ledger, order)

    def _go_on(self, what: str, matter: str) -> None:
        matters, by = self.desk.matters, self.desk.by
        if what == "late work":
            late = facts.worked(matter, text="a", by=by, at=self.desk.ledger.now(), action=new_action())
            self.desk.ledger.append((late,)).result()
        elif what == "work" and self.open[matter]:
            matters.work(matter, "a", by=by).result()
        elif what == "close" and self.open[matter]:
            matters.close(matter, "b", by=by).result()
            self.open[matter] = False
        elif what == "reopen" and not self.open[matter]:
            matters.reopen(matter, "c", by=by).result()
            self.open[matter] = True

    def check(self) -> None:
        wanted = {matter for matter, is_open in self.open.items() if is_open}
        known = self.desk.matters.open()
        assert {each.id for each in known} == wanted
        assert not any(each.forgotten for each in known if each.steps == ())
        with self.desk.ledger.reader() as reader:
            names = affairs.names(reader, Family.MATTER, desk=DESK, over=False)
        assert set(names) == wanted, "the folded state and the list of what is not over agree"


def _rebuild(connection: Connection) -> None:
    derived._make(connection, affairs.AFFAIRS)


def run(acts: Sequence[tuple[str, int]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        model = Model(Path(folder))
        stack = ExitStack()
        model.start(stack)
        with stack:
            for what, place in acts:
                if what == "restart":
                    stack.close()
                    model.start(stack)
                else:
                    model.act(what, place)
                model.check()


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.sampled_from(ACTS), st.integers(0, 99)), max_size=20))
def test_an_open_matter_stays_until_somebody_closes_it(acts: list[tuple[str, int]]) -> None:
    run(acts)


def test_the_model_would_notice_work_that_opens_a_closed_matter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Control: with the last entry deciding alone, a late line would open it in the list only."""
    every = affairs.AFFAIRS
    spoilt = [
        text.replace("over = iif(NEW.kind IN (", "over = iif(0 AND NEW.kind IN (") for text in every.creates
    ]
    monkeypatch.setattr(derived, "DERIVED", tuple(each for each in derived.DERIVED if each.name != "affairs"))
    with tempfile.TemporaryDirectory() as folder, ExitStack() as stack:
        model = Model(Path(folder))
        model.start(stack)

        def spoil(connection: Connection) -> None:
            for statement in (*every.drops, *spoilt, *every.fills):
                connection.execute(statement)

        model.desk.ledger.alone(spoil).result()
        model.act("raise", 0)
        model.act("close", 0)
        model.check()
        model.act("late work", 0)
        with pytest.raises(AssertionError):
            model.check()
