"""The reports page: closed shifts and days, and what can be made of each. Nobody needs a mouse for it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Slot
from PySide6.QtGui import QGuiApplication, QKeyEvent

from checkpoint_app.domain.affairs import FAMILY_OF, Family
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.i18n import _
from checkpoint_app.services import daily, forms, report_files, reporting, summary, whose, workbook
from checkpoint_app.services.day_scope import Scope, lacking, scope
from checkpoint_app.services.desk import local_offset
from checkpoint_app.services.reporting import Occasion
from checkpoint_app.services.whose import Whose
from checkpoint_app.services.workbook import Wanted
from checkpoint_app.storage import affairs, handovers, queries
from checkpoint_app.storage.day_figures import day_figures
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.rows import DayRow, ShiftRow
from checkpoint_app.ui import messages, report_text
from checkpoint_app.ui.field import DropDown
from checkpoint_app.ui.list_page import ListPage
from checkpoint_app.ui.page_parts import Key, Shown
from checkpoint_app.ui.page_table import Sheet
from checkpoint_app.ui.record_filters import fill
from checkpoint_app.ui.report_text import ReportsFound, ShiftLine
from checkpoint_app.ui.told import Told, Tone

SHIFTS, DAYS = 0, 1
MOST_SHIFTS, MOST_DAYS = 60, 31
DAY = 86_400_000
ENTER = frozenset({Qt.Key.Key_Return, Qt.Key.Key_Enter})

Progress = Callable[[int, int], bool]
Work = Callable[[Path, Progress], Path | None]


class ReportsPage(ListPage[ReportsFound]):
    """F1 makes the sheet, F2 and F3 the customary forms, F4 copies the message, F5 makes the workbook; Esc
    ends what is being made.
    """

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self._stop = threading.Event()
        self._making = ""
        self._percent = -1
        self._notes: tuple[Told, ...] = ()
        self._noted = ""
        self._name = ""
        self.whose = DropDown()
        self.whose.setMaxVisibleItems(12)
        self.whose.hide()
        self.whose.activated.connect(self._choose_whose)
        self.head.addWidget(self.whose)
        self.retranslate()

    @property
    def answered(self) -> bool:
        return super().answered and not self._making

    # what is read and shown

    def tab_words(self) -> Sequence[str]:
        return _("By shift"), _("By day")

    def read(self) -> ReportsFound:
        desk, settings = self.desk, self.desk.settings
        name, now = self._name, desk.ledger.now()
        today = (now + local_offset(now) * 60_000) // DAY
        with desk.ledger.reader() as reader:
            known = tuple(filter(self._reports, whose.everybody(reader, station=settings.station)))
            whole = scope(reader, settings, name)
            whole = replace(whole, parts=tuple(filter(self._reports, whole.parts)))
            lines = tuple(
                _line(reader, row, desk=settings.desk) for row in self._shifts(reader, whole, known)
            )
            days = queries.days(reader, since=today - MOST_DAYS, until=today + 1, desks=whole.desks)
            names = queries.officer_names(reader)
            made = {
                day.day: _made(reader, _about(day.day, whole), daily.FORM, desk=settings.desk) for day in days
            }
        own_day = not name and settings.role == PeerRole.STATION
        return ReportsFound(
            lines,
            tuple(sorted(days, key=lambda day: -day.day)),
            names,
            daily.is_due(desk, hour=settings.daily_hour) if own_day else None,
            made,
            settings.desk,
            known,
            whole,
        )

    def _shifts(self, reader: Connection, whole: Scope, known: Sequence[Whose]) -> Sequence[ShiftRow]:
        """At a station its own desk's, unless another is asked for."""
        own = self.desk.settings.desk
        desks = whole.desks if self._name or self.headquarters else (own,)
        if len(desks) == len(known):
            return queries.shifts(reader, limit=MOST_SHIFTS)
        found = [row for desk in desks for row in queries.shifts(reader, desk=desk, limit=MOST_SHIFTS)]
        return found if len(desks) == 1 else sorted(found, key=lambda row: -row.opened)[:MOST_SHIFTS]

    def _reports(self, one: Whose) -> bool:
        """Headquarters' own desk lets nobody pass."""
        return not (self.headquarters and one.desk == self.desk.settings.desk)

    @property
    def headquarters(self) -> bool:
        return self.desk.settings.role == PeerRole.HEADQUARTERS

    def retranslate(self) -> None:
        self._offer_whose()
        super().retranslate()

    def _have(self, found: ReportsFound) -> None:
        super()._have(found)
        self._offer_whose()

    def _offer_whose(self) -> None:
        """Whose reports there are; with one desk nobody is asked."""
        known = self.found.known if self.found else ()
        everybody = _("All stations") if self.headquarters else self.desk.settings.station
        self.whose.setAccessibleName(_("Whose reports"))
        fill(self.whose, report_text.whose_options(known, everybody=everybody))
        self.whose.setVisible(len(known) > 1)

    def _ask_whose(self) -> None:
        self.whose.setFocus()

    @Slot()
    def _choose_whose(self) -> None:
        self._name = str(self.whose.currentData() or "")
        self._notes = ()
        self.reread()

    @property
    def of_shifts(self) -> bool:
        return self.tabs.place == SHIFTS

    def sheet(self) -> Sheet:
        found = self.found or ReportsFound()
        return report_text.shift_sheet(found) if self.of_shifts else report_text.day_sheet(found)

    def counted(self) -> tuple[str, str]:
        found = self.found or ReportsFound()
        due = _("report of {day} is due").format(day=daily.date_of(found.due)) if found.due else ""
        if self.of_shifts:
            return _("{n} shifts").format(n=len(found.shifts)), due
        return _("{n} days").format(n=len(found.days)), due

    def empty(self) -> str:
        return _("No shift was opened here yet.") if self.of_shifts else _("Nothing was recorded these days.")

    def told(self, row: int) -> Shown:
        found = self.found or ReportsFound()
        if self.of_shifts and 0 <= row < len(found.shifts):
            line = found.shifts[row]
            return report_text.shift_told(line, found, notes=self._notes_of(line.row.shift))
        if not self.of_shifts and 0 <= row < len(found.days):
            day = found.days[row]
            return report_text.day_told(day, found, notes=self._notes_of(str(day.day)))
        return Shown(_("Nothing is chosen"))

    def keys(self, row: int) -> Sequence[Key]:
        found, busy = self.found or ReportsFound(), bool(self._making)
        if self.of_shifts:
            line = found.shifts[row] if 0 <= row < len(found.shifts) else None
            return self._shift_keys(line, locked=busy or line is None)
        day = found.days[row] if 0 <= row < len(found.days) else None
        return self._day_keys(day, locked=busy or day is None)

    def ids(self) -> Sequence[str]:
        found = self.found or ReportsFound()
        if self.of_shifts:
            return [line.row.shift for line in found.shifts]
        return [str(day.day) for day in found.days]

    def concerns(self, kind: str) -> bool:
        return FAMILY_OF.get(kind) in {Family.SHEET, Family.HANDOVER} or kind.startswith("shift_")

    def place_of(self, about: str) -> tuple[int, int] | None:
        shifts = self.found.shifts if self.found else ()
        rows = [place for place, line in enumerate(shifts) if line.row.shift == about]
        return (SHIFTS, rows[0]) if rows else None

    def leave(self) -> bool:
        """Ends what is being made, else the page."""
        if self._making:
            self._stop.set()
            return True
        if self.whose.hasFocus():
            self.list.table.setFocus()
            return True
        return super().leave()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter behind the choice of a desk goes on to the list."""
        if self.whose.hasFocus() and Qt.Key(event.key()) in ENTER:
            self.list.table.setFocus()
        else:
            super().keyPressEvent(event)

    def close_down(self) -> None:
        self._stop.set()
        super().close_down()

    # what is made

    def _shift_keys(self, line: ShiftLine | None, *, locked: bool) -> Sequence[Key]:
        shift = line.row.shift if line else ""
        at = line.row.opened if line else 0
        desk, by = self.desk, self.desk.by

        def sheet(print_: Callable[..., Path | None]) -> Work:
            return lambda folder, progress: print_(desk, shift, folder, progress=progress, by=by)

        def make(word: str, work: Work) -> Callable[[], None]:
            return partial(self._make, word, work, about=shift, at=at)

        handover, register, ledger = _("Handover sheet"), _("Register form"), _("Running ledger")
        everything = _("Everything, Excel")
        theirs = locked or bool(line and self.found and self.found.elsewhere(line.row))
        return (
            Key(1, handover, make(handover, sheet(reporting.print_handover)), theirs),
            Key(2, register, make(register, sheet(forms.print_register)), theirs),
            Key(3, ledger, make(ledger, sheet(forms.print_ledger)), theirs),
            Key(4, _("Copy message"), partial(self._copy_shift, shift), theirs),
            Key(5, everything, make(everything, partial(self._everything, (shift,), shift)), locked),
            *self._whose_keys(),
        )

    def _whose_keys(self) -> Sequence[Key]:
        several = self.found is not None and len(self.found.known) > 1
        return (Key(6, _("Whose reports"), self._ask_whose),) if several else ()

    def _day_keys(self, day: DayRow | None, *, locked: bool) -> Sequence[Key]:
        desk, by = self.desk, self.desk.by
        number = day.day if day else 0
        begin = number * DAY - local_offset(desk.ledger.now()) * 60_000
        name, whole = self._name, (self.found or ReportsFound()).whole

        def report(folder: Path, progress: Progress) -> Path | None:
            return daily.print_daily(desk, number, folder, progress=progress, by=by, name=name)

        def everything(folder: Path, progress: Progress) -> Path | None:
            with desk.ledger.reader() as reader:
                zone = local_offset(desk.ledger.now())
                shifts = day_figures(reader, number, zone=zone, desks=whole.desks).shifts
            return self._everything(shifts, _about(number, whole).replace(" ", "-"), folder, progress)

        word, all_word = _("Day's report"), _("Everything, Excel")
        return (
            Key(1, word, partial(self._make, word, report, about=str(number), at=begin), locked),
            Key(4, _("Copy message"), partial(self._copy_day, number, whole), locked),
            Key(5, all_word, partial(self._make, all_word, everything, about=str(number), at=begin), locked),
            *self._whose_keys(),
        )

    def _everything(
        self, shifts: tuple[str, ...], name: str, folder: Path, progress: Progress
    ) -> Path | None:
        path = folder / f"{name}-{self.desk.ledger.now() // 1000}.xlsx"
        wanted = Wanted(shifts, path)
        told = lambda rows: progress(rows, 0)  # noqa: E731
        return path if workbook.write_everything(self.desk, wanted, progress=told, by=self.desk.by) else None

    def _make(self, word: str, work: Work, *, about: str, at: int) -> None:
        self._stop.clear()
        self._making, self._percent = word, -1
        self._notes, self._noted = (), about
        self._show_making(0, 100)

        def made() -> Path | None:
            folder = report_files.kept_in(self.desk.folder)
            path = work(folder, self._progress)
            return report_files.dated(path, at) if path else None

        self.tasks.run_long(made, then=self._made, failed=self._failed)

    def _progress(self, done: int, of: int) -> bool:
        """In another thread."""
        percent = 100 * done // of if of else done // 1000
        if percent != self._percent:
            self._percent = percent
            self.tasks.post(partial(self._show_making, done, of))
        return not self._stop.is_set()

    def _show_making(self, done: int, of: int) -> None:
        if not self._making:
            return
        share = f"{100 * done // of} %" if of else _("{n} rows").format(n=f"{done:,}")
        words = _("{what}: {share} · Esc stops it").format(what=self._making, share=share)
        self.say(Told(words, Tone.QUIET))
        self.show_found()

    def _made(self, path: Path | None) -> None:
        self._making = ""
        if path is None:
            self.say(Told(_("Stopped; nothing was left half made"), Tone.QUIET))
        else:
            told = report_text.made(path.name)
            self._notes = (told,)
            self.say(told)
        self.show_found()
        self.reread()

    def _failed(self, error: CheckpointError) -> None:
        self._making, self._writing = "", False
        self.say(Told(messages.words_for(error).plain, Tone.BAD))
        self.show_found()

    def _copy_shift(self, shift: str) -> None:
        def work() -> str:
            occasion = Occasion(at=self.desk.ledger.now())
            report = reporting.report_of(reporting.sources_of(self.desk), shift, occasion)
            return summary.summary_text(report) if report else ""

        self._copy(work, about=shift)

    def _copy_day(self, day: int, whole: Scope) -> None:
        name = self._name

        def work() -> str:
            now = self.desk.ledger.now()
            zone = local_offset(now)
            with self.desk.ledger.reader() as reader:
                today, before = (
                    day_figures(reader, each, zone=zone, desks=whole.desks) for each in (day, day - 1)
                )
                lacks = lacking(reader, self.desk.settings, name, now=now)
            date = daily.date_of(day)
            return summary.day_text(today, before, station=whole.station, date=date, lacks=lacks)

        self._copy(work, about=str(day))

    def _copy(self, work: Callable[[], str], *, about: str) -> None:
        self._writing, self._noted = True, about
        self.tasks.run(work, then=self._copied, failed=self._failed)

    def _copied(self, text: str) -> None:
        self._writing = False
        QGuiApplication.clipboard().setText(text)
        self._notes = report_text.copied(text)
        self.say(Told(_("Copied; nobody's name or number stands in it"), Tone.GOOD))
        self.show_found()

    def _notes_of(self, about: str) -> tuple[Told, ...]:
        return self._notes if about == self._noted else ()


def _about(day: int, whole: Scope) -> str:
    """What a day's sheet is told of by."""
    return f"{daily.date_of(day)} {whole.tag}".strip()


def _line(reader: Connection, row: ShiftRow, *, desk: str) -> ShiftLine:
    """`desk` is the one whose sheets are counted."""
    closing = handovers.closing_of(reader, row.shift) or {}
    copies = _made(reader, row.shift, reporting.FORM, desk=desk)
    return ShiftLine(row, closing.get("totals", {}), copies)


def _made(reader: Connection, about: str, form: str, *, desk: str) -> int:
    """How often that sheet was made."""
    told = affairs.told(reader, Family.SHEET, (about,), desk=desk)
    return sum(each.public.get("form") == form for each in told)
