"""Beside the table: a crossing's detail, or what is asked in its place, and the writing that follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum, auto
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths, Signal, Slot
from PySide6.QtWidgets import QStackedWidget, QWidget

from checkpoint_app.documents import wording
from checkpoint_app.domain.amending import MOST_PEOPLE
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.services.exporting import Export
from checkpoint_app.storage.rows import CrossingRow, HistoryRow
from checkpoint_app.ui import messages
from checkpoint_app.ui.form_parts import Option
from checkpoint_app.ui.record_detail import RecordDetail
from checkpoint_app.ui.record_forms import AmendForm, AskForm, Form
from checkpoint_app.ui.record_work import RecordWork
from checkpoint_app.ui.told import Told, Tone


class Doing(Enum):
    """What F1 ends: a search, or what is asked in the place of the detail."""

    LOOKING = auto()
    AMENDING = auto()
    VOIDING = auto()
    VIEWING = auto()
    EXPORTING = auto()
    WRITING = auto()


class RecordSide(QStackedWidget):
    """`turned()`: what is done is another thing now. `corrected()`: the shown crossing reads differently.

    `told(Told)`: words for the foot of the page.
    """

    turned = Signal()
    corrected = Signal()
    told = Signal(object)

    def __init__(self, work: RecordWork, *, folder: Path | None = None) -> None:
        super().__init__()
        self.work, self.doing = work, Doing.LOOKING
        self.detail, self.amend_form, self.ask_form = RecordDetail(), AmendForm(), AskForm()
        self._folder = folder or Path(_documents())
        self._before = Doing.LOOKING
        self._about: HistoryRow | None = None
        self._rows: Sequence[CrossingRow] = ()
        self._officers: Mapping[str, str] = {}
        for part in (self.detail, self.amend_form, self.ask_form):
            self.addWidget(part)
        self._connect()

    @property
    def form(self) -> Form | None:
        """The form that is open."""
        shown = self.currentWidget()
        return shown if isinstance(shown, Form) else None

    # asking

    @Slot()
    def amend(self) -> None:
        told = self.detail.told
        if told is not None and not self.detail.head.amend.locked:
            codes = _codes("misread", "slip")
            self.amend_form.show_row(told.now, masked=self.detail.masked, codes=codes)
            self._about = told
            self._ask(Doing.AMENDING, self.amend_form, self.amend_form.plate.edit)

    @Slot()
    def void(self) -> None:
        told = self.detail.told
        if told is not None and not self.detail.void.locked:
            title = _("Make entry {n} void").format(n=f"{told.now.seq:,}")
            about = _("It counts no longer; it stays readable with who made it void and why.")
            self.ask_form.show_reason(title, about, main=_("Make void"), codes=_codes("slip", "misread"))
            self._about = told
            self._ask(Doing.VOIDING, self.ask_form, self.ask_form.reason.edit)

    @Slot()
    def view(self) -> None:
        if self.detail.told is not None and not self.detail.view.locked:
            about = _("Names and numbers in full. Who saw them, when and why is written down first.")
            codes = _codes("compare_id", "lead_asked", "public_security", "follow_up")
            self.ask_form.show_reason(_("See in full"), about, main=_("Show"), codes=codes)
            self._about = self.detail.told
            self._ask(Doing.VIEWING, self.ask_form, self.ask_form.reason.edit)

    def export(self, rows: Sequence[CrossingRow], officers: Mapping[str, str]) -> None:
        if rows:
            self._rows, self._officers = rows, officers
            codes = _codes("lead_asked", "public_security", "follow_up")
            self.ask_form.show_export(len(rows), folder=str(self._folder), codes=codes)
            self._ask(Doing.EXPORTING, self.ask_form, self.ask_form.form)

    @Slot()
    def back(self) -> None:
        """Nothing is asked any more."""
        self.doing = Doing.LOOKING
        self.setCurrentWidget(self.detail)
        self.turned.emit()

    # writing

    @Slot()
    def main(self) -> None:
        """F1 of what is asked."""
        acts: dict[Doing, Callable[[], None]] = {
            Doing.AMENDING: self._save_amendment,
            Doing.VOIDING: self._save_void,
            Doing.VIEWING: self._save_view,
            Doing.EXPORTING: self._save_export,
        }
        if self.doing in acts:
            acts[self.doing]()

    @Slot()
    def print(self) -> None:
        if self.detail.told is None:
            return
        self._say(_("Printing"), Tone.QUIET)
        kept = _("Printed; the sheet is kept: {name}")
        self.work.print(
            self.detail.told,
            masked=self.detail.masked,
            then=lambda path: self._say(kept.format(name=path.name), Tone.GOOD),
            failed=lambda error: self._say(messages.words_for(error).plain, Tone.BAD),
        )

    def _save_amendment(self) -> None:
        form, told = self.amend_form, self._about
        people = form.people.value.strip()
        if not people.isdecimal() or not 0 < int(people[:6]) <= MOST_PEOPLE:
            form.say(_("People: a number from 1 to {most}").format(most=MOST_PEOPLE))
            form.people.edit.setFocus()
        elif told is not None and self._reasoned(form):
            changes = form.changes(province=self.work.desk.settings.province)
            done = _("Amended, saved")
            self._writing()
            self.work.amend(
                told.now, changes, why=form.why, then=lambda: self._done(done), failed=self._not_done
            )

    def _save_void(self) -> None:
        form, told = self.ask_form, self._about
        if told is not None and self._reasoned(form):
            done = _("Made void, saved")
            self._writing()
            self.work.void(told.now, why=form.why, then=lambda: self._done(done), failed=self._not_done)

    def _save_view(self) -> None:
        form, told = self.ask_form, self._about
        if told is not None and self._reasoned(form):
            self._writing()
            then = partial(self._may_see, told.now.id)
            self.work.view(told.now, why=form.why, then=then, failed=self._not_done)

    def _may_see(self, ident: int) -> None:
        """Only the record that was written down, and only while somebody looks at it."""
        shown = self.detail.told
        if shown is None or shown.now.id != ident or not self.isVisible():
            self.back()
            self._say(_("Another record is shown now; it stays covered"), Tone.QUIET)
            return
        self.detail.masked = False
        self._done(_("Shown in full until you leave this record"))

    def _save_export(self) -> None:
        choice = self.ask_form.choice
        if not choice.masked and not self._reasoned(self.ask_form):
            return
        path = Path(choice.folder or ".") / self.work.file_name(choice.form)
        self._writing()
        self.work.export(
            Export(self._rows, path, choice.form, choice.masked, choice.why),
            officers=self._officers,
            progress=self._exported_so_far,
            then=lambda whole: self._exported(path, whole=whole),
            failed=self._not_done,
        )

    def _exported_so_far(self, done: int) -> None:
        if self.doing is Doing.WRITING:
            self.ask_form.say(_("{n} lines written · Esc ends it").format(n=f"{done:,}"), Tone.QUIET)

    def _exported(self, path: Path, *, whole: bool) -> None:
        self._folder = path.parent
        self.back()
        if whole:
            self._say(_("Exported: {path}").format(path=path), Tone.GOOD)
        else:
            self._say(_("Export ended, no file was left"), Tone.QUIET)

    def _ask(self, doing: Doing, form: Form, first: QWidget) -> None:
        self.doing = doing
        self.setCurrentWidget(form)
        first.setFocus()
        self.turned.emit()

    def _reasoned(self, form: Form) -> bool:
        if form.why:
            return True
        form.say(_("A reason is needed"))
        form.reason.edit.setFocus()
        return False

    def _writing(self) -> None:
        self._before, self.doing = self.doing, Doing.WRITING

    def _done(self, words: str) -> None:
        self.back()
        self._say(words, Tone.GOOD)
        self.corrected.emit()

    def _not_done(self, error: CheckpointError) -> None:
        """Everything typed stands as it did; nothing was written that is not said."""
        self.doing = self._before
        form = self.form
        if form is not None:
            form.say(messages.words_for(error).plain)

    def _say(self, words: str, tone: Tone) -> None:
        self.told.emit(Told(words, tone))

    def _connect(self) -> None:
        detail = self.detail
        detail.head.amend.clicked.connect(self.amend)
        detail.void.clicked.connect(self.void)
        detail.view.clicked.connect(self.view)
        detail.print.clicked.connect(self.print)
        for form in (self.amend_form, self.ask_form):
            form.main.clicked.connect(self.main)
            form.back.clicked.connect(self.back)


def _codes(*codes: str) -> tuple[Option, ...]:
    return tuple(Option(code, wording.word(wording.REASONS, code)) for code in codes)


def _documents() -> str:
    """The folder for documents; where nobody made one, the person's own."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return found if Path(found).is_dir() else str(Path.home())
