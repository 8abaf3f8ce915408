"""Orders from above at a lane: a quiet strip while some are in force, shown in the people row by Ctrl+R.

A digit marks one as read by the lane's officer. Enter does not: scanners send it.
"""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt, Signal

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.logbook import Order
from checkpoint_app.domain.orders import ORDER_RECEIVED
from checkpoint_app.i18n import _, ngettext
from checkpoint_app.storage import logbook
from checkpoint_app.storage.ledger import Written
from checkpoint_app.ui import asking, messages, said
from checkpoint_app.ui.camera_column import Strip
from checkpoint_app.ui.lane_work import LaneWork
from checkpoint_app.ui.rereading import Rereading

KEY = int(Qt.Key.Key_R)
AT_ONCE, LONG = 3, 60
"""Orders shown in one row; one whose text has more characters stands there alone."""
FAMILY = ORDER_RECEIVED.partition("_")[0] + "_"


class LaneOrders(QObject):
    """`changed` when the strip reads differently."""

    changed = Signal()

    def __init__(self, work: LaneWork, *, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._work = work
        self._known: tuple[Order, ...] = ()
        self._reading: Rereading[tuple[Order, ...]] = Rereading(
            work.tasks, then=self._have, failed=lambda _error: None
        )
        self._end_listening = work.desk.ledger.on_written(self._written)
        self.reread()

    @property
    def in_force(self) -> tuple[Order, ...]:
        """Unread ones first, as received."""
        now, mine = self._work.desk.ledger.now(), self._officer
        found = [each for each in self._known if each.in_force(now)]
        return tuple(sorted(found, key=lambda each: _is_read(each, mine)))

    @property
    def unread(self) -> int:
        return sum(not _is_read(each, self._officer) for each in self.in_force)

    def strips(self) -> tuple[Strip, ...]:
        """One line, amber while something is unread."""
        count, unread = len(self.in_force), self.unread
        if not count:
            return ()
        told = ngettext("{n} order from above", "{n} orders from above", count).format(n=count)
        rest = _("{n} unread").format(n=unread) if unread else ""
        text = said.joined(told, rest, "Ctrl+R")
        return (Strip("message", text, grave=False, quiet=not unread),)

    def control(self, key: int) -> bool:
        """Ctrl+R shows them, once more puts them away."""
        if key != KEY:
            return False
        ask = self._work.ask
        if ask is not None and ask.about is asking.About.ORDER:
            self._work.question(None)
        elif self.in_force:
            self._work.question(self._question())
        else:
            self._work.say(messages.filled(messages.NO_ORDERS))
        return True

    def read(self, order: str) -> None:
        """Marked by who acts at this lane; one that is marked already stays so."""
        mine = self._officer
        known = next((each for each in self._known if each.id == order), None)
        if known is None or _is_read(known, mine):
            return
        log, by = self._work.desk.log, self._work.desk.by_at(self._work.number)
        self._work.tasks.run(
            lambda: log.read_order(order, by=by).result(),
            then=lambda _written: self.reread(),
            failed=self._failed,
        )

    def reread(self) -> None:
        self._reading.ask(self._read)

    def close_down(self) -> None:
        self._end_listening()
        self._reading.end()

    @property
    def _officer(self) -> str:
        return self._work.desk.by_at(self._work.number).officer

    def _question(self) -> asking.Ask:
        shown = self.in_force[:AT_ONCE]
        if any(len(_text(each)) > LONG for each in shown):
            shown = shown[:1]
        marked = [(each.id, _shown(each, self._officer)) for each in shown]
        return asking.orders(marked, then=self.read)

    def _read(self) -> tuple[Order, ...]:
        ledger = self._work.desk.ledger
        with ledger.reader() as reader:
            return logbook.orders_in_force(reader, ledger.head().desk, ledger.now())

    def _have(self, found: tuple[Order, ...]) -> None:
        if found != self._known:
            self._known = found
            self.changed.emit()

    def _failed(self, error: CheckpointError) -> None:
        self._work.say(messages.words_for(error))

    def _written(self, written: tuple[Written, ...]) -> None:
        """In the writer's thread."""
        if any(each.kind.startswith(FAMILY) for each in written):
            self._work.tasks.post(self.reread)


def _is_read(order: Order, officer: str) -> bool:
    return any(number == officer for number, _at in order.read)


def _text(order: Order) -> str:
    return said.joined(order.sender, order.number, order.text)


def _shown(order: Order, officer: str) -> str:
    text = _("Text erased") if order.forgotten else _text(order)
    return said.joined(text, _("read") if _is_read(order, officer) else "")
