"""A desk in a window, headquarters in a folder of its own, and a stick between them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from checkpoint_app.domain.datasets import SetKind
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.drives import Drive, Drives
from checkpoint_app.services.sending import Which
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.pages.collation import CollationPage
from checkpoint_app.ui.pages.exchange import ExchangePage
from tests.services.stations import know, sent, taken
from tests.ui.window.stage import SETTINGS, make_desk

ABOVE = replace(SETTINGS, desk="HQ-1", station="指挥部", role="headquarters")
FREE = int(14.2 * (1 << 30))


@contextmanager
def headquarters(folder: Path, desk: Desk | None = None) -> Iterator[Desk]:
    """Headquarters' own desk; `desk` and it know each other."""
    above = make_desk(folder, ABOVE, shift=False)
    if desk is not None:
        know(desk, above)
    try:
        yield above
    finally:
        above.close()


class Stick:
    """A folder that can be plugged in and pulled out."""

    def __init__(self, folder: Path, label: str = "KINGSTON") -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder, self._label, self._in = folder, label, False

    def plug(self, page: ExchangePage | CollationPage) -> None:
        self._in = True
        page.work.drives = Drives(self._read)
        page.look()

    def pull(self, page: ExchangePage) -> None:
        self._in = False
        page.look()

    @property
    def bundles(self) -> list[Path]:
        return sorted(self.folder.glob("*.cpb"))

    def _read(self) -> tuple[Drive, ...]:
        return (Drive(str(self.folder), "E:", self._label, FREE, 2 * FREE),) if self._in else ()


def exchange_page(duty: OnDuty) -> ExchangePage:
    page = duty.pages.page("exchange")
    assert isinstance(page, ExchangePage)
    return page


def reported(above: Desk, stick: Stick) -> Path:
    """Headquarters takes in everything on the stick and puts its answer on it."""
    for path in stick.bundles:
        taken(above, path)
    return answer(above, stick)


def answer(above: Desk, stick: Stick, *, which: Which = Which.UNRECEIPTED) -> Path:
    to = tuple(each.desk for each in above.sending.recipients())
    (made,) = sent(above, stick.folder, which=which, to=to)
    return made


def end_shift(desk: Desk) -> None:
    """Closed and sealed; nobody acts then."""
    desk.duty.close(waiting=0, by=desk.by).result()
    desk.ledger.seal("handover").result()


def listed(above: Desk, plates: tuple[str, ...]) -> None:
    """Headquarters publishes a watch list."""
    content = json.dumps(list(plates), ensure_ascii=False)
    above.directives.publish("watch_list", SetKind.WATCH_LIST, content, number="豫联〔2026〕88", by=above.by)
