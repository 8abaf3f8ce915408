"""The pages beside the lanes, one line each in a table; a page is made when it is first shown."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from checkpoint_app.config import Settings
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.i18n import N_
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui import messages
from checkpoint_app.ui.form_keys import FormKeys
from checkpoint_app.ui.lanes import Lanes
from checkpoint_app.ui.main_window import MainWindow
from checkpoint_app.ui.plan import Plan
from checkpoint_app.ui.record_keys import RecordKeys
from checkpoint_app.ui.shift_text import Proof
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.top_bar import BarText

LANE, WALL, SHIFT, RECORDS, SETTINGS = "lane", "wall", "shift", "records", "settings"
HELP = "help"
ROLLCALL, HANDOVER, LOG, STORES, PEOPLE, REPORTS = (
    "rollcall",
    "handover",
    "log",
    "stores",
    "people",
    "reports",
)
PAPER, EXCHANGE = "paper", "exchange"
SHIFT_PAGES = frozenset({PAPER, SHIFT, ROLLCALL, HANDOVER, LOG, STORES, PEOPLE, REPORTS})
"""Pages that belong to the shift: in the rail all of them are its place."""
NAMING = frozenset({ROLLCALL, PEOPLE, RECORDS})
"""Pages that may show names in full."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a page may need of the window around it."""

    desk: Desk
    tasks: Tasks
    lanes: Lanes
    window: MainWindow
    plan: Plan
    demo: bool
    change_settings: Callable[[Settings], None]
    show_page: Callable[[str], None]
    show_at: Callable[[str, str], None]
    show_lane: Callable[[int], None]
    shift_opened: Callable[[], None]
    shift_changed: Callable[[], None]
    first_start: Callable[[], None]
    settings_taken: Callable[[], None]
    refresh: Callable[[], None]


@dataclass(frozen=True, slots=True)
class PageMaker:
    """`key` is pressed with Ctrl, None for a page reached from another; without `icon` the page has no place
    in the rail. `word` is translated.

    What the page may have, found by name: `retranslate()`, `shown()` each time it comes to the front,
    `show_settings(settings, proof)` when either changed, `show_seen(lane, seen)` with `picture_wide` for
    every lane's pictures while it is in front, `commands` for its keys, `show_at(about)` when one affair of
    it is wanted, `badge(number)` for an officer's badge, `card(text)` for another desk's,
    `take_files(paths)` for bundles that were dropped, `bar_text(text)` for what the top bar says while it is
    in front, `close_down()` at the end.
    """

    name: str
    key: Qt.Key | None
    icon: str
    word: str
    make: Callable[[Around], QWidget]


def _wall(around: Around) -> QWidget:
    from checkpoint_app.ui.pages.wall import WallPage

    page = WallPage(around.desk, around.lanes, tasks=around.tasks, show_lane=around.show_lane)
    around.lanes.changed.connect(page.lanes_changed)
    page.failed.connect(lambda error: around.window.show_fault(messages.words_for(error)))
    return page


def _stations(around: Around) -> QWidget:
    from checkpoint_app.ui.pages.stations import StationsPage

    page = StationsPage(
        around.desk, tasks=around.tasks, command=around.window.command, elsewhere=_to_selected(around)
    )
    page.records_wanted.connect(partial(around.show_at, RECORDS))
    page.reports_wanted.connect(partial(around.show_page, REPORTS))
    page.left.connect(partial(around.show_page, LANE))
    return page


def _shift(around: Around) -> QWidget:
    if around.desk.settings.role == PeerRole.HEADQUARTERS:
        return _stations(around)
    from checkpoint_app.ui.board_keys import BoardActs
    from checkpoint_app.ui.pages.shift import ShiftPage

    acts = BoardActs(
        hand_over=lambda under_way: around.show_page(HANDOVER if under_way else ROLLCALL),
        log=partial(around.show_page, LOG),
        stores=partial(around.show_page, STORES),
        people=partial(around.show_page, PEOPLE),
        reports=partial(around.show_page, REPORTS),
        matter=partial(around.show_at, LOG),
        lane=around.show_lane,
        leave=partial(around.show_page, LANE),
        scanned=around.lanes.scanned_here,
        command=around.window.command,
        refresh=around.refresh,
    )
    page = ShiftPage(around.desk, around.lanes, tasks=around.tasks, acts=acts)
    around.lanes.changed.connect(page.lanes_changed)
    return page


def _rollcall(around: Around) -> QWidget:
    from checkpoint_app.ui.pages.rollcall import RollcallPage

    page = RollcallPage(
        around.desk, lanes=around.lanes.services, tasks=around.tasks, play=around.lanes.sounds.play
    )
    page.opened.connect(around.shift_opened)
    for over in (page.begun, page.ended):
        over.connect(around.shift_changed)
    page.begun.connect(partial(around.show_page, HANDOVER))
    page.ended.connect(partial(around.show_at, HANDOVER))
    page.left.connect(partial(around.show_page, SHIFT))
    page.handover.connect(partial(around.show_page, HANDOVER))
    return page


def _handover(around: Around) -> QWidget:
    from checkpoint_app.ui.handover_work import tallied
    from checkpoint_app.ui.pages.handover import HandoverPage

    page = HandoverPage(around.desk, tasks=around.tasks, tally=lambda: tallied(around.lanes.services()))
    page.closed.connect(around.shift_changed)
    page.refused.connect(around.shift_changed)
    page.refused.connect(partial(around.show_page, SHIFT))
    page.left.connect(partial(around.show_page, SHIFT))
    page.turned.connect(around.refresh)
    return page


def _records(around: Around) -> QWidget:
    from checkpoint_app.ui.pages.records import RecordsPage

    page = RecordsPage(
        around.desk,
        tasks=around.tasks,
        command=around.window.command,
        elsewhere=_to_selected(around),
    )
    page.left.connect(lambda: around.show_page(LANE))
    return page


def _log(around: Around) -> QWidget:
    from checkpoint_app.ui.pages.log import LogPage

    return _of_shift(around, LogPage)


def _stores(around: Around) -> QWidget:
    from checkpoint_app.ui.pages.stores import StoresPage

    return _of_shift(around, StoresPage)


def _settings(around: Around) -> QWidget:
    from checkpoint_app.scanning import devices, scanners
    from checkpoint_app.ui.pages.settings import SettingsPage

    page = SettingsPage(
        demo=around.demo,
        cameras=lambda: [found.name for found in devices.cameras()],
        scanners=scanners.scanners,
        tasks=around.tasks,
        play=around.lanes.sounds.play,
        scanned=_to_selected(around),
        command=around.window.command,
    )
    page.wanted.connect(around.change_settings)
    page.left.connect(lambda: around.show_page(LANE))
    page.first_start_wanted.connect(around.first_start)
    return page


def _help(around: Around) -> QWidget:
    from checkpoint_app.ui.pages.help import HelpPage

    page = HelpPage()
    page.left.connect(lambda: around.show_page(LANE))
    return page


def _people(around: Around) -> QWidget:
    from checkpoint_app.ui.pages.people import PeoplePage

    page = PeoplePage(
        around.desk, tasks=around.tasks, command=around.window.command, scanned=_to_selected(around)
    )
    page.left.connect(lambda: around.show_page(SHIFT))
    return page


def _reports(around: Around) -> QWidget:
    from checkpoint_app.ui.pages.reports import ReportsPage

    return _of_shift(around, ReportsPage)


def _paper(around: Around) -> QWidget:
    from checkpoint_app.ui.pages.paper import PaperPage

    page = PaperPage(around.desk, tasks=around.tasks)
    page.left.connect(partial(around.show_page, SHIFT))
    return page


def _collation(around: Around) -> QWidget:
    from checkpoint_app.ui.hq_work import HqWork
    from checkpoint_app.ui.pages.collation import CollationPage

    page = CollationPage(
        HqWork(around.desk),
        tasks=around.tasks,
        command=around.window.command,
        elsewhere=_to_selected(around),
    )
    page.left.connect(lambda: around.show_page(LANE))
    page.told.connect(around.refresh)
    return page


def _exchange(around: Around) -> QWidget:
    if around.desk.settings.role == PeerRole.HEADQUARTERS:
        return _collation(around)
    from checkpoint_app.ui.exchange_work import ExchangeWork
    from checkpoint_app.ui.pages.exchange import ExchangePage

    page = ExchangePage(
        ExchangeWork(around.desk),
        tasks=around.tasks,
        command=around.window.command,
        elsewhere=_to_selected(around),
    )
    page.left.connect(lambda: around.show_page(LANE))
    page.told.connect(around.refresh)
    page.taking.settings_taken = around.settings_taken
    return page


def _of_shift(around: Around, made: Callable[..., Any]) -> QWidget:
    """A page with a list that is left for the shift's."""
    page: QWidget = made(
        around.desk, tasks=around.tasks, command=around.window.command, elsewhere=_to_selected(around)
    )
    page.left.connect(partial(around.show_page, SHIFT))  # type: ignore[attr-defined]
    return page


def _to_selected(around: Around) -> Callable[[str], None]:
    """Scans go to the lane that is selected when they come."""

    def scanned(text: str) -> None:
        around.lanes.scanned_here(text)

    return scanned


PAGES: tuple[PageMaker, ...] = (
    PageMaker(WALL, Qt.Key.Key_0, "", N_("Lane wall"), _wall),
    PageMaker(SHIFT, Qt.Key.Key_2, "clipboard-list", N_("Shift"), _shift),
    PageMaker(ROLLCALL, None, "", N_("Roll-call"), _rollcall),
    PageMaker(PAPER, None, "", N_("Proof of a printed sheet"), _paper),
    PageMaker(HANDOVER, None, "", N_("Handover"), _handover),
    PageMaker(PEOPLE, None, "", N_("Officers"), _people),
    PageMaker(LOG, None, "", N_("Log"), _log),
    PageMaker(STORES, None, "", N_("Stores"), _stores),
    PageMaker(REPORTS, None, "", N_("Reports"), _reports),
    PageMaker(RECORDS, Qt.Key.Key_3, "list-details", N_("Records"), _records),
    PageMaker(EXCHANGE, Qt.Key.Key_5, "arrows-exchange", N_("Exchange"), _exchange),
    PageMaker(SETTINGS, Qt.Key.Key_6, "settings", N_("Settings"), _settings),
    PageMaker(HELP, Qt.Key.Key_K, "help-hexagon", N_("Help"), _help),
)


def load() -> None:
    """Loads every page, in another thread: the first look at one would stop the window for a second."""
    import checkpoint_app.ui.pages.collation
    import checkpoint_app.ui.pages.exchange
    import checkpoint_app.ui.pages.handover
    import checkpoint_app.ui.pages.help
    import checkpoint_app.ui.pages.log
    import checkpoint_app.ui.pages.paper
    import checkpoint_app.ui.pages.people
    import checkpoint_app.ui.pages.records
    import checkpoint_app.ui.pages.reports
    import checkpoint_app.ui.pages.rollcall
    import checkpoint_app.ui.pages.settings
    import checkpoint_app.ui.pages.shift
    import checkpoint_app.ui.pages.stations
    import checkpoint_app.ui.pages.stores
    import checkpoint_app.ui.pages.wall  # noqa: F401


class DutyPages:
    """The pages of `PAGES` as far as they have been shown."""

    def __init__(self, around: Around) -> None:
        self._around = around
        self._made: dict[str, QWidget] = {}
        self._settings: tuple[Settings, Proof] | None = None

    def page(self, name: str) -> QWidget:
        """The page of that name, made now if need be; KeyError for a name not in the table."""
        if name not in self._made:
            maker = {each.name: each for each in PAGES}[name]
            page = self._made[name] = maker.make(self._around)
            self._around.window.add_page(name, page, getattr(page, "commands", None) or self._keys(page))
            if self._settings is not None:
                _tell(page, "show_settings", *self._settings)
        return self._made[name]

    def shown(self, name: str) -> None:
        """The page has come to the front, or with a lane's name a lane."""
        page = self._made.get(name)
        watch = getattr(page, "show_seen", None)
        self._around.lanes.look_at(watch, wide=getattr(page, "picture_wide", 0))
        if page is not None:
            _tell(page, "shown")

    def bar_text(self, name: str, text: BarText) -> BarText:
        """What the top bar says while that page is in front; `text` is what it says elsewhere."""
        dress = getattr(self._made.get(name), "bar_text", None)
        return dress(text) if dress is not None else text

    def show_at(self, name: str, about: str) -> None:
        """The page, which is in front, turns to the affair of that name."""
        _tell(self.page(name), "show_at", about)

    def card(self, name: str, text: str) -> bool:
        """Whether that page takes the card of another desk that was scanned."""
        take = getattr(self._made.get(name), "card", None)
        if take is not None:
            take(text)
        return take is not None

    def take_files(self, name: str, paths: list[Path]) -> None:
        """The page, which is in front, gets files that were dropped on the window."""
        _tell(self.page(name), "take_files", paths)

    def badge(self, name: str, number: str) -> bool:
        """Whether that page wants the officer whose badge was scanned for something of its own."""
        take = getattr(self._made.get(name), "badge", None)
        return take is not None and bool(take(number))

    def show_settings(self, settings: Settings, proof: Proof) -> None:
        self._settings = settings, proof
        for page in self._made.values():
            _tell(page, "show_settings", settings, proof)

    def retranslate(self) -> None:
        for page in self._made.values():
            _tell(page, "retranslate")

    def close(self) -> None:
        for page in self._made.values():
            _tell(page, "close_down")

    def _keys(self, page: QWidget) -> FormKeys:
        """F-keys and Esc belong to a page with `function(number)` and `leave()`, wherever its focus is."""
        scanned, command = self._around.lanes.scanned_here, self._around.window.command
        act, leave = getattr(page, "function", None), getattr(page, "leave", None)
        if act is None or leave is None:
            return FormKeys(scanned=scanned, command=command)
        return RecordKeys(scanned=scanned, command=command, act=act, leave=leave)


def _tell(page: QWidget, name: str, *facts: Any) -> None:
    told = getattr(page, name, None)
    if told is not None:
        told(*facts)
