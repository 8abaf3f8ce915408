"""What each view of the people page is given, and what it must say."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Protocol

from PySide6.QtWidgets import QWidget

from checkpoint_app.documents import roster_words, wording
from checkpoint_app.domain.masking import mask_name, mask_phone
from checkpoint_app.domain.roster_rules import Flaw
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.ui.form_parts import Option
from checkpoint_app.ui.page_forms import PeopleForm
from checkpoint_app.ui.page_parts import Key, Shown
from checkpoint_app.ui.page_table import Sheet
from checkpoint_app.ui.people_page_found import Found
from checkpoint_app.ui.told import Told, Tone

MOST_NAMED = 2
Place = tuple[int, int]
"""Row and column."""


class Host(Protocol):
    """The page, as its views see it. `ask` puts a form in the place of what is told; F1 saves it.

    `do` has `work` done in another thread, then says `said` and reads everything anew.
    """

    desk: Desk
    phones: bool
    """Whether numbers are shown in full until the page is left."""

    @property
    def found(self) -> Found: ...

    @property
    def place(self) -> tuple[int, int]: ...

    def ask(self, form: PeopleForm, first: QWidget, save: Callable[[], None]) -> None: ...

    def do(self, work: Callable[[], Any], said: str, *, waited_for: bool = False) -> None:
        """Words `said` once it is done; what is waited for, a PIN, stands behind no long work."""

    def try_(self, work: Callable[[], Any], then: Callable[[Any], None]) -> None: ...

    def say(self, told: Told) -> None: ...

    def turn_month(self, by: int) -> None: ...

    def show_phones(self) -> None: ...


class View(ABC):
    """One of the page's four."""

    def __init__(self, host: Host) -> None:
        self.host = host

    @property
    def found(self) -> Found:
        return self.host.found

    @abstractmethod
    def word(self) -> str:
        """The tab's."""

    @abstractmethod
    def sheet(self) -> Sheet:
        """What the table shows."""

    @abstractmethod
    def counted(self) -> tuple[str, str]:
        """What stands above the table, bold and plain."""

    @abstractmethod
    def empty(self) -> str:
        """What stands in an empty table: what will appear and what to do."""

    @abstractmethod
    def shown(self, at: Place) -> Shown:
        """What is told of the chosen place."""

    @abstractmethod
    def keys(self, at: Place) -> tuple[Key, ...]:
        """What the function keys do; F1 first."""

    def forms(self) -> Sequence[PeopleForm]:
        return ()

    def name(self, number: str) -> str:
        """An officer's name as it may be shown, with the number where there is none."""
        officer = self.found.officers.get(number)
        if officer is None or not officer.name:
            return number
        return officer.name if self.found.names_shown else mask_name(officer.name)

    def named(self, number: str) -> str:
        """Number and name."""
        name = self.name(number)
        return number if name == number else f"{number} {name}"

    def phone(self, text: str) -> str:
        return text if self.host.phones else mask_phone(text)

    def phones_key(self, number: int = 4) -> Key:
        shown = self.host.phones
        word = _("Numbers are shown") if shown else _("Show numbers")
        return Key(number, word, self.host.show_phones, locked=shown)

    def said(self, flaws: Sequence[Flaw]) -> tuple[str, ...]:
        """What is wrong in words; officers who share it stand in one line."""
        alike: dict[Flaw, list[str]] = {}
        for each in flaws:
            alike.setdefault(replace(each, officer=""), []).append(each.officer)
        return tuple(
            roster_words.flaw(each, name=self._names(officers), zone=self.found.zone)
            for each, officers in alike.items()
        )

    def warned(self, flaws: Sequence[Flaw]) -> tuple[Told, ...]:
        return tuple(Told(words, Tone.WARN) for words in self.said(flaws))

    def _names(self, officers: Sequence[str]) -> str:
        named = " ".join(self.name(each) for each in officers[:MOST_NAMED])
        every = len(officers)
        if every <= MOST_NAMED:
            return named
        return _("{names} and others, {n} in all").format(names=named, n=every)


def swap_codes() -> tuple[Option, ...]:
    """Reasons a digit stands for."""
    codes = ("lead_agreed", "lead_asked")
    return tuple(Option(code, wording.word(wording.REASONS, code)) for code in codes)


def today(found: Found) -> tuple[str, int]:
    """Month and day of now, in the station's calendar."""
    moment = datetime.fromtimestamp(found.now // 1000 + found.zone * 60, UTC)
    return moment.strftime("%Y-%m"), moment.day
