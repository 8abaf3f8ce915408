"""What comes in: files opened and shown before anything changes, data sets before they are adopted."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint_app.domain.datasets import SetKind
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.ui import exchange_offer_text, messages
from checkpoint_app.ui.exchange_decision import DONE, FAILED, WAITS, DecisionCard
from checkpoint_app.ui.exchange_parts import Deed
from checkpoint_app.ui.exchange_rows import Came, Decided, InRow
from checkpoint_app.ui.long_deed import LongDeed
from checkpoint_app.ui.said import joined
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Told, Tone

if TYPE_CHECKING:
    from checkpoint_app.domain.datasets import DataSet, Difference
    from checkpoint_app.services.taking import Offer
    from checkpoint_app.storage.landing import Landed
    from checkpoint_app.ui.exchange_work import ExchangeWork


class ExchangeTaking:
    """One file after the other; `changed` when the card or its place may be another, `done` when something
    was taken in or adopted.
    """

    def __init__(
        self,
        work: ExchangeWork,
        tasks: Tasks,
        *,
        changed: Callable[[], None],
        done: Callable[[], None],
        name_of: Callable[[str], str],
    ) -> None:
        self.work, self.tasks, self.card = work, tasks, DecisionCard()
        self.deed = LongDeed(tasks, changed=self._show_deed)
        self.offer: Offer | None = None
        self.data: DataSet | None = None
        self.difference: Difference | None = None
        self.look: Callable[[], None] = lambda: None
        self.settings_taken: Callable[[], None] = lambda: None
        self._changed, self._done, self._name_of = changed, done, name_of
        self._waiting: deque[Path] = deque()
        self._told: tuple[str, tuple[Told, ...]] = ("", ())
        self._row: InRow | None = None
        self._name = ""
        self._writing = False
        self._asked = 0

    @property
    def open(self) -> bool:
        """Whether a file is read, offered or told of: then the card stands above all rows."""
        return self.deed.running or self.offer is not None or bool(self._told[0])

    @property
    def deciding(self) -> bool:
        """Whether the card below a row waits for an answer."""
        return not self.open and self.data is not None

    @property
    def settled(self) -> bool:
        return not (self.deed.running or self._writing)

    # files

    def files(self, paths: Iterable[Path]) -> None:
        self._waiting.extend(paths)
        self._next()

    def main(self) -> None:
        """F1 while the card is its."""
        if self.deed.running:
            return
        if self.offer is not None and exchange_offer_text.worth_taking(self.offer):
            self._take(self.offer)
        elif self.open:
            self.put_away()
        elif self.data is not None:
            self.adopt()

    def leave(self) -> bool:
        """Esc: ends what runs, or puts the card away; False where there is none."""
        if self.deed.running:
            self.deed.cancel()
        elif self.open:
            self.put_away()
        else:
            return False
        return True

    def put_away(self) -> None:
        """Nothing of it is taken."""
        offer, self.offer, self._told = self.offer, None, ("", ())
        if offer is not None:
            self.tasks.run(partial(self.work.drop, offer), then=lambda _done: None)
        self._changed()
        self._next()

    def deeds(self) -> tuple[Deed, ...]:
        if self.deed.running:
            return (Deed("Esc", _("Cancel"), self.deed.cancel, locked=self.deed.ending),)
        if self.offer is not None and exchange_offer_text.worth_taking(self.offer):
            return (
                Deed("F1", _("Take this in"), self.main, main=True),
                Deed("Esc", _("Leave it"), self.put_away),
            )
        return (Deed("F1", _("All right"), self.put_away, main=True),)

    def close(self) -> None:
        self._waiting.clear()
        self.deed.cancel()
        if self.offer is not None:
            self.work.drop(self.offer)
            self.offer = None

    def _next(self) -> None:
        if self.open or not self._waiting:
            return
        path = self._waiting.popleft()
        self._name = path.name
        by = self.work.desk.by
        opened = partial(self.work.open, path, by=by, progress=self.deed.progress)
        self.deed.begin(opened, then=self._opened, failed=self._failed)
        self._changed()

    def _opened(self, offer: Offer | None) -> None:
        self.offer = offer
        self._show_deed()
        self._changed()
        self._next()

    def _take(self, offer: Offer) -> None:
        by = self.work.desk.by
        taken = partial(self.work.take, offer, by=by, progress=self.deed.progress)
        self.deed.begin(taken, then=self._taken, failed=self._failed)
        self._changed()

    def _taken(self, landed: Landed | None) -> None:
        self.offer = None
        if landed is None:
            self._told = (_("Stopped"), (Told(_("Nothing of it was taken."), Tone.QUIET),))
        else:
            self._told = exchange_offer_text.landed(landed)
        self._show_deed()
        self._done()
        self._changed()

    def _failed(self, error: CheckpointError) -> None:
        self.offer = None
        words = messages.words_for(error)
        lines = tuple(Told(each, tone) for each, tone in zip(_lines(words), _TONES, strict=True) if each)
        self._told = (words.title, lines)
        self._show_deed()
        self._done()
        self._changed()

    def _show_deed(self) -> None:
        """The card above all rows."""
        if self.deed.running:
            word = _("Taking in {name}") if self.offer else _("Reading {name}")
            safe = _("nothing is shown before all of it is here")
            line = Told(joined(self.deed.percent, safe), Tone.QUIET)
            self.card.show_card(word.format(name=self._name), "", (line,), self.deeds())
        elif self.offer is not None:
            title, about, lines = exchange_offer_text.offered(
                self.offer, name_of=self._name_of, now=self.work.desk.ledger.now()
            )
            self.card.show_card(title, about, lines, self.deeds())
        elif self._told[0]:
            tones = {line.tone for line in self._told[1]}
            role = FAILED if Tone.BAD in tones else WAITS if Tone.WARN in tones else DONE
            self.card.show_card(self._told[0], "", self._told[1], self.deeds(), role=role)

    # data sets

    def show_row(self, row: InRow | None, *, main: bool) -> None:
        """The row that is chosen; what waits in it is read and asked about."""
        wanted = row if row and row.came is Came.DIRECTIVE and row.decided is Decided.PENDING else None
        if self.open:
            self._show_deed()
            return
        if wanted is None:
            self._row = self.data = self.difference = None
        elif self._row != wanted:
            self._row, self.data, self.difference = wanted, None, None
            self._ask(wanted)
        self._show_set(main=main)

    def adopt(self) -> None:
        data = self.data
        if data is None or self._writing:
            return
        self._writing, by = True, self.work.desk.by
        self.tasks.run(
            partial(self.work.adopt, data, by=by),
            then=lambda _done: self._adopted(),
            failed=self._not_adopted,
        )

    def _ask(self, row: InRow) -> None:
        self._asked += 1
        mine = self._asked

        def told(found: tuple[DataSet, Difference] | None) -> None:
            if mine == self._asked and found is not None and self._row == row:
                self.data, self.difference = found
                self._changed()

        self.tasks.run(partial(self.work.pending, row.id), then=told, failed=self._failed)

    def _show_set(self, *, main: bool) -> None:
        if self._row is None or self.data is None or self.difference is None:
            return
        title, about, lines = exchange_offer_text.data_set(self._row, self.difference, kind=self.data.kind)
        adopt = _("Adopt v{version}").format(version=self._row.version)
        deeds = (
            Deed("F1" if main else "F4", adopt, self.adopt, main=main, locked=self._writing),
            Deed("F5", _("Difference"), self.look),
        )
        self.card.show_card(title, about, lines, deeds)

    def _adopted(self) -> None:
        settings = self.data is not None and self.data.kind is SetKind.SETTINGS
        self._writing = False
        self._row = self.data = self.difference = None
        if settings:
            self.settings_taken()
        self._done()
        self._changed()

    def _not_adopted(self, error: CheckpointError) -> None:
        self._writing = False
        self._failed(error)


_TONES = (Tone.BAD, Tone.PLAIN)


def _lines(words: messages.Words) -> tuple[str, str]:
    return words.meaning, words.now_line.replace("[", "").replace("]", "")
