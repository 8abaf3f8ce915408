"""The filters of the records page: drop-downs, the three used most in one row, the others in a second."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal, Slot
from PySide6.QtWidgets import QHBoxLayout, QWidget

from checkpoint_app.i18n import _
from checkpoint_app.services.whose import Whose
from checkpoint_app.storage.sifting import Sieve
from checkpoint_app.ui import record_text
from checkpoint_app.ui.field import DropDown
from checkpoint_app.ui.form_parts import Option

FIRST, MORE = ("whose", "span", "lane", "outcome"), ("evidence", "why", "officer", "direction", "state")
HEIGHT = 56


class Filters(QWidget):
    """`changed()` when a person chose something. `more` is the second row, a widget of its own."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.boxes: dict[str, DropDown] = {}
        self.more = QWidget()
        self._lanes: Sequence[int] = (1, 2, 3, 4)
        self._officers: Mapping[str, str] = {}
        self._whose: Sequence[Whose] = ()
        self._wanted = ""
        self._fill_row(self, FIRST, height=HEIGHT)
        self._fill_row(self.more, MORE, height=48)
        self.more.hide()
        self.boxes["whose"].hide()

    @property
    def any(self) -> bool:
        """Whether something else than the usual span is chosen."""
        return any(box.currentIndex() > 0 for box in self.boxes.values())

    @property
    def hidden(self) -> int:
        """How many of the second row are in use while it is not seen."""
        used = sum(self.boxes[name].currentIndex() > 0 for name in MORE)
        return used if self.more.isHidden() else 0

    def sieve(self, *, now: int) -> Sieve:
        value = {name: str(box.currentData() or "") for name, box in self.boxes.items()}
        return Sieve(
            since=record_text.since(value["span"], now=now),
            lane=int(value["lane"] or 0),
            outcome=value["outcome"],
            evidence=value["evidence"],
            why=value["why"],
            officer=value["officer"],
            direction=value["direction"],
            state=value["state"],
            desks=tuple(value["whose"].split(",")) if value["whose"] else None,
        )

    def want_desk(self, name: str) -> None:
        """Only what that desk wrote, and nothing else is filtered, as soon as it is among what is offered."""
        self._wanted = name
        self._find_wanted()

    def clear(self) -> None:
        for box in self.boxes.values():
            box.setCurrentIndex(0)

    def offer(self, *, lanes: Sequence[int], officers: Mapping[str, str]) -> None:
        """The lanes and officers there are."""
        if (tuple(lanes), dict(officers)) != (tuple(self._lanes), dict(self._officers)):
            self._lanes, self._officers = tuple(lanes), dict(officers)
            self.retranslate()

    def offer_desks(self, known: Sequence[Whose]) -> None:
        """Whose entries there are; with one desk nobody is asked."""
        if tuple(known) != tuple(self._whose):
            self._whose = tuple(known)
            self.retranslate()
        self.boxes["whose"].setVisible(len(known) > 1)
        self._find_wanted()

    def _find_wanted(self) -> None:
        place = self.boxes["whose"].findData(self._wanted) if self._wanted else -1
        if place >= 0:
            self._wanted = ""
            self.clear()
            self.boxes["whose"].setCurrentIndex(place)
            self.changed.emit()

    def retranslate(self) -> None:
        named = {
            "whose": _("Station"),
            "span": _("Time"),
            "lane": _("Lane"),
            "outcome": _("Outcome"),
            "evidence": _("Known by"),
            "why": _("Reason"),
            "officer": _("Officer"),
            "direction": _("Direction"),
            "state": _("Corrections"),
        }
        for name, box in self.boxes.items():
            box.setAccessibleName(named[name])
            fill(box, self._options(name))

    def _options(self, name: str) -> tuple[Option, ...]:
        if name == "whose":
            return record_text.whose(self._whose)
        if name == "lane":
            return record_text.lanes(self._lanes)
        if name == "officer":
            return record_text.officers(self._officers)
        return record_text.CHOICES[name]()

    def _fill_row(self, row: QWidget, names: Sequence[str], *, height: int) -> None:
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        for name in names:
            box = self.boxes[name] = DropDown()
            box.setFixedHeight(height)
            box.setMaxVisibleItems(12)
            box.activated.connect(self._chosen)
            line.addWidget(box, 1)

    @Slot()
    def _chosen(self) -> None:
        self.changed.emit()


def fill(box: DropDown, options: Sequence[Option]) -> None:
    """Fill a box and keep what was chosen, as far as it is still there."""
    chosen = box.currentData()
    box.blockSignals(True)
    box.clear()
    for option in options:
        box.addItem(option.word, option.value)
    box.setCurrentIndex(max(0, box.findData(chosen)) if chosen is not None else 0)
    box.blockSignals(False)
