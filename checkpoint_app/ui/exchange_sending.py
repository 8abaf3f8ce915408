"""The banner's work: where to, what goes, how far it is, and whether the stick may be removed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.ui import exchange_banner_text, messages
from checkpoint_app.ui.exchange_banner import Banner, BannerText
from checkpoint_app.ui.exchange_parts import Deed
from checkpoint_app.ui.exchange_rows import Found, OutRow, Place
from checkpoint_app.ui.exchange_text import entries, shift_name
from checkpoint_app.ui.long_deed import LongDeed
from checkpoint_app.ui.said import joined
from checkpoint_app.ui.tasks import Tasks

if TYPE_CHECKING:
    from checkpoint_app.services.sending import Sent
    from checkpoint_app.ui.exchange_work import ExchangeWork


class Showing(StrEnum):
    READY = "ready"
    SENDING = "sending"
    OVER = "over"


class ExchangeSending:
    """`changed` when rows may look different, `done` when something went out."""

    def __init__(
        self,
        work: ExchangeWork,
        tasks: Tasks,
        *,
        changed: Callable[[], None],
        done: Callable[[], None],
        choose: Callable[[Callable[[Path], None]], None],
    ) -> None:
        self.work, self.banner = work, Banner()
        self.showing = Showing.READY
        self.found = Found()
        self.deed = LongDeed(tasks, changed=self.show)
        self._changed, self._done, self._choose = changed, done, choose
        self._places: tuple[Place, ...] = ()
        self._folder: Place | None = None
        self._place = 0
        self._over = BannerText("", "", "")
        self._row: OutRow | None = None
        self._to: tuple[str, ...] = ()
        self._what = ""
        self._sent_to: Place | None = None
        self._main: Callable[[], bool] = lambda: True
        self.enrol: Callable[[], None] = lambda: None
        self.covered: Callable[[], bool] = lambda: False
        self.one_shift: Callable[[], OutRow | None] = lambda: None

    @property
    def places(self) -> tuple[Place, ...]:
        return (*self._places, *((self._folder,) if self._folder else ()))

    @property
    def place(self) -> Place | None:
        return self.places[self._place % len(self.places)] if self.places else None

    @property
    def shifts(self) -> frozenset[str]:
        """Those that go out now."""
        if self.showing is not Showing.SENDING:
            return frozenset()
        if self._row is not None:
            return frozenset({self._row.shift})
        return frozenset(row.shift for row in self.found.out if row.sealed and row.receipted is None)

    @property
    def can(self) -> bool:
        return self.showing is not Showing.SENDING and self.place is not None and self.found.peers > 0

    def is_main(self, told: Callable[[], bool]) -> None:
        """`told` says whether F1 is the banner's now."""
        self._main = told

    def take(self, found: Found) -> None:
        self.found = found
        self.show()

    def take_places(self, places: tuple[Place, ...]) -> None:
        """A stick that was just plugged in is the place from now on; one that was pulled out is none."""
        if places == self._places:
            return
        held, new = self.place, [each for each in places if each.stick and each not in self._places]
        self._places = places
        wanted = new[0].url if new else held.url if held else ""
        self._place = next((n for n, each in enumerate(self.places) if each.url == wanted), 0)
        gone = self._sent_to is not None and self._sent_to.url not in {each.url for each in self.places}
        if self.showing is Showing.OVER and gone:
            self.showing = Showing.READY
        self.show()

    def next_place(self) -> None:
        """The next one in turn; behind the last one any folder may be chosen."""
        if self.showing is Showing.SENDING:
            return
        if self._place + 1 < len(self.places):
            self._place += 1
            self.showing = Showing.READY
            self.show()
        else:
            self._choose(self.take_folder)

    def take_folder(self, path: Path) -> None:
        self._folder = Place(str(path), path.name or str(path))
        self._place = len(self.places) - 1
        self.showing = Showing.READY
        self.show()

    def send(self, row: OutRow | None = None, *, to: tuple[str, ...] = (), names: Sequence[str] = ()) -> None:
        """Everything nobody confirmed, or one shift; to headquarters unless desks are named."""
        place = self.place
        if not self.can or place is None:
            return
        self._row, self._to = row, tuple(names) or self.found.due.to
        count = row.count if row else self.found.due.count
        self._what = joined(shift_name(row) if row else "", entries(count))
        self.showing, self._sent_to = Showing.SENDING, place
        by = self.work.desk.by
        work = partial(
            self.work.send,
            place,
            to=to,
            row=row,
            by=by,
            progress=self.deed.progress,
            step=self.deed.begin_step,
        )
        self.deed.begin(work, then=partial(self._sent, place), failed=self._failed)
        self._changed()

    def send_shift(self) -> None:
        """The chosen shift alone, however often it went out."""
        row = self.one_shift()
        if row is not None:
            self.send(row)

    def leave(self) -> bool:
        """Esc: ends what goes out, or puts away what is said of it; False where there is neither."""
        if self.showing is Showing.SENDING:
            self.deed.cancel()
        elif self.showing is Showing.OVER:
            self.put_away()
        else:
            return False
        return True

    def put_away(self) -> None:
        self.showing = Showing.READY
        self.show()
        self._changed()

    def show(self) -> None:
        self.banner.show_text(self._text(), self.deeds())

    def main(self) -> None:
        """What F1 does while it is the banner's."""
        if self.showing is Showing.OVER:
            self.put_away()
        elif not self.found.peers:
            self.enrol()
        elif self.place is None:
            self.next_place()
        else:
            self.send()

    def deeds(self) -> tuple[Deed, ...]:
        if self.showing is Showing.SENDING:
            return (Deed("Esc", _("Cancel"), self.deed.cancel, locked=self.deed.ending),)
        if self.covered():
            return ()
        first = self._main()
        cap = "F1" if first else "F2"
        if self.showing is Showing.OVER:
            return (Deed("F1" if first else "Esc", _("All right"), self.put_away, main=first),)
        if not self.found.peers:
            return (Deed("F1" if first else "F6", _("Exchange cards"), self.enrol, main=first),)
        if self.place is None:
            return (Deed("F1" if first else "F7", _("Choose a folder"), self.next_place, main=first),)
        nothing = not self.found.due.count
        deeds = [Deed(cap, _("Export"), self.send, main=first and not nothing, locked=nothing)]
        if self.one_shift() is not None:
            deeds.append(Deed("F8", _("Only this shift"), self.send_shift))
        return (*deeds, Deed("F7", _("Other place"), self.next_place))

    def _text(self) -> BannerText:
        if self.showing is Showing.SENDING and self._sent_to is not None:
            return exchange_banner_text.sending(self.deed, self._sent_to, self._what, self._to)
        if self.showing is Showing.OVER:
            return self._over
        return exchange_banner_text.ready(self.found, self.place, now=self.work.desk.ledger.now())

    def _sent(self, place: Place, sent: Sent | None) -> None:
        self.showing = Showing.OVER
        if sent is None:
            self._over = exchange_banner_text.stopped()
        else:
            count, bytes_ = sum(each.count for each in sent.files), sum(each.size for each in sent.files)
            self._over = exchange_banner_text.written(
                place, files=len(sent.files), count=count, bytes_=bytes_
            )
        self.show()
        self._done()

    def _failed(self, error: CheckpointError) -> None:
        self.showing = Showing.OVER
        self._over = exchange_banner_text.failed(messages.words_for(error))
        self.show()
        self._done()
