"""Forms of the log and the stores: some lines to fill in, told as data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QWidget

from checkpoint_app.ui.field import DropDown, Field, Labelled
from checkpoint_app.ui.page_forms import PeopleForm, offer


@dataclass(frozen=True, slots=True)
class Line:
    """A field by its name; `short` ones stand two in a row, `choices` (value, word) make a list of it."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    short: bool = False
    choices: tuple[tuple[str, str], ...] = ()


class LinesForm(PeopleForm):
    """Made for one set of lines and shown again with other words and values."""

    def __init__(self, lines: Sequence[Line]) -> None:
        super().__init__()
        self._parts: dict[str, Labelled] = {each.name: _part(each) for each in lines}
        row: list[QWidget] = []
        for each in lines:
            row.append(self._parts[each.name])
            if not each.short or len(row) == 2:
                self.lay(row)
                row = []
        if row:
            self.lay(row)
        self.end_lay()

    def show_lines(self, lines: Sequence[Line], *, title: str, about: str, main: str) -> None:
        self.begin(title, about, main=main)
        for each in lines:
            part = self._parts[each.name]
            part.set_label(each.label)
            if isinstance(part, Field):
                part.set_value(each.value)
                part.set_hint(each.hint)
            elif isinstance(part.content, DropDown):
                offer(part.content, each.choices, each.value)

    @property
    def first(self) -> QWidget:
        return next(iter(self._parts.values())).content

    @property
    def values(self) -> Mapping[str, str]:
        return {name: _value(part) for name, part in self._parts.items()}

    def field(self, name: str) -> Field:
        part = self._parts[name]
        assert isinstance(part, Field)
        return part

    def go_to(self, name: str) -> None:
        self._parts[name].content.setFocus()


def _part(line: Line) -> Labelled:
    return Labelled("", DropDown()) if line.choices else Field("")


def _value(part: Labelled) -> str:
    if isinstance(part, Field):
        return part.value.strip()
    assert isinstance(part.content, DropDown)
    return str(part.content.currentData())
