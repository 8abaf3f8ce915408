"""The window of headquarters: the same desk, pages and keys, but no lane; its front page is the exchange."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import Qt, QTimer, Slot

from checkpoint_app.config import Settings
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.ledger import Written
from checkpoint_app.ui import headquarters_bar, messages
from checkpoint_app.ui.duty_pages import EXCHANGE, LANE, NAMING, PEOPLE
from checkpoint_app.ui.headquarters_bar import PAGES_THERE, PERSON, SIGN_ON
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.pages.sign_on import SignOnPage

LOOK_MS = 1_000
LANE_KEYS = (Qt.Key.Key_0,)


class AtHeadquarters(OnDuty):
    """Whoever wants a lane gets the front page; PINs are asked for on a page of their own."""

    _saved: int | None = None

    def __init__(self, desk: Desk, *facts: Any, **more: Any) -> None:
        super().__init__(desk, *facts, **more)
        self.daily.close()  # the day's report is a station's own
        self.hearing.close()
        self._hear_no_more = desk.ledger.on_written(self._written)
        self._second = QTimer(self)
        self._second.timeout.connect(self.lanes.idle.look)
        self._second.start(LOOK_MS)

    def close(self) -> None:
        if not self._closing:
            self._hear_no_more()
            self._second.stop()
        super().close()

    def leave(self) -> None:
        super().leave()
        self._window.drop_page(SIGN_ON)

    @Slot(str)
    def show_page(self, name: str) -> None:
        """A page of headquarters; any other, a lane's too, is its front page."""
        name = name if name in PAGES_THERE else EXCHANGE
        self.pages.page(name)
        self._window.show_page(name)
        self.pages.shown(name)
        self.refresh()

    @Slot(str)
    def _chosen(self, name: str) -> None:
        if name == PERSON:
            self._sign_on()
        else:
            self.show_page(name)

    @Slot()
    def refresh(self) -> None:
        page = self._window.current
        items = headquarters_bar.rail_items()
        current = headquarters_bar.PLACE_OF.get(page, page)
        self._window.show_rail(items, headquarters_bar.person(self.desk), current=current)
        told = headquarters_bar.bar_text(
            self.desk, self._proof, saved=self._saved, locked=self.lanes.idle.locked
        )
        self._window.bar.show_text(self.pages.bar_text(page, told))

    @Slot(object)
    def change_settings(self, changed: Settings) -> None:
        self.settings.change(changed)

    @Slot()
    def _settings_kept(self) -> None:
        self.refresh()

    def _first_page(self) -> str:
        return EXCHANGE

    def _selected_page(self) -> str:
        return EXCHANGE

    def _have_shift(self, shift: object) -> None:
        """Headquarters works without shifts."""

    @Slot()
    def _bar_painted(self) -> None:
        """Nothing waits to have been seen: pages here show what is saved."""

    def _close_desk(self) -> None:
        self.lanes.close()
        self.desk.close(painted=self.desk.told())

    def _cover(self) -> None:
        if self._window.current in NAMING:
            self._sign_on()
        self.refresh()

    def _sign_on(self, number: str = "") -> None:
        if not self.desk.officers.protected:
            self._window.show_fault(messages.filled(messages.NO_PINS))
            return
        before = self._window.current
        page = SignOnPage(self.desk, self._tasks, command=self._window.command, badge=self.lanes.scanned_here)
        page.signed.connect(self.lanes.idle.open)
        for over in (page.signed, page.left):
            over.connect(partial(self._signed_on, before))
        self._window.add_page(SIGN_ON, page, page.commands)
        self._window.show_page(SIGN_ON)
        page.begin(number)
        self.refresh()

    def _signed_on(self, before: str) -> None:
        """Back to where somebody wanted to act; who left without a PIN sees no names."""
        locked = self.lanes.idle.locked
        self.show_page(EXCHANGE if before == SIGN_ON or (locked and before in NAMING) else before)

    def _written(self, batch: tuple[Written, ...]) -> None:
        """In the writer's thread."""
        if batch:
            self._tasks.post(partial(self._have_saved, batch[-1].written))

    def _have_saved(self, at: int) -> None:
        self._saved = at
        if not self._closing:
            self.refresh()

    def _commands(self) -> dict[int, Callable[[], object]]:
        """Those of every window but the lanes'."""
        first = int(Qt.Key.Key_1)
        known = super()._commands()
        keys = {key: act for key, act in known.items() if key < headquarters_bar.ALT_KEYS}
        return {key: act for key, act in keys.items() if key not in LANE_KEYS} | {
            first: partial(self.show_page, LANE),
            int(Qt.Key.Key_4): partial(self.show_page, PEOPLE),
        }


def duty_of(desk: Desk) -> type[OnDuty]:
    """What a window of that desk is."""
    return AtHeadquarters if desk.settings.role == PeerRole.HEADQUARTERS else OnDuty
