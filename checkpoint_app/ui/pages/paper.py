"""A scanned handover sheet held against the ledger: unchanged since it was printed, or where it differs."""

from __future__ import annotations

from PySide6.QtCore import Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from checkpoint_app.domain import paper_proof
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.paper_proof import PaperProof, ProofUnreadable
from checkpoint_app.i18n import _
from checkpoint_app.services import paper
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.paper import PaperResult
from checkpoint_app.ui import messages, page_frame, paper_text
from checkpoint_app.ui.form_parts import FootKey, Note, card, label
from checkpoint_app.ui.paper_text import PaperWords
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone

MARGIN, LINES = 12, 3


class PaperPage(QWidget):
    """`left()`: the board is wanted. Codes come with `scanned`, in any order; F1 begins another sheet."""

    left = Signal()

    def __init__(self, desk: Desk, *, tasks: Tasks, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", "page")
        self.desk, self.tasks = desk, tasks
        self._heading, self._about = label("title"), Note(size=16, rows=1)
        self.title = Note(size=32, bold=True)
        self.lines = tuple(Note(size=20) for _line in range(LINES))
        self.main, self.back = FootKey("F1", primary=True), FootKey("Esc")
        self._texts: tuple[str, ...] = ()
        self._result: PaperResult | None = None
        self._running = self._stopped = False
        self._lay_out()
        self.main.clicked.connect(self.begin)
        self.back.clicked.connect(self.leave)
        self.retranslate()

    @property
    def words(self) -> str:
        return self.title.text

    @property
    def running(self) -> bool:
        return self._running

    @Slot(str)
    def scanned(self, text: str) -> None:
        """One code of a sheet; a code of another sheet begins anew."""
        place = paper_proof.part_of(text)
        if place is None or self._running:
            return
        same = tuple(
            each for each in self._texts if (other := paper_proof.part_of(each)) and other[2] == place[2]
        )
        again = self._result is not None
        self._result = None
        self._texts = (text,) if again else tuple(dict.fromkeys((*same, text)))
        if len(self._texts) < place[1]:
            self._show(paper_text.waiting(self._texts))
        else:
            self._compare()

    @Slot(str)
    def show_at(self, text: str) -> None:
        self.scanned(text)

    @Slot()
    def begin(self) -> None:
        """F1: another sheet."""
        if not self._running:
            self._texts, self._result = (), None
            self._show(paper_text.waiting(()))

    def close_down(self) -> None:
        self._stopped = True

    def retranslate(self) -> None:
        """Every word in the language in use."""
        self._heading.setText(_("Proof of a printed sheet"))
        self._about.show_text(
            _("The ledger is worked out anew and held against what the sheet carries."), Tone.QUIET
        )
        self.main.set_word(_("Another sheet"))
        self.back.set_word(_("Back"))
        self._show(
            paper_text.found(self._result) if self._result is not None else paper_text.waiting(self._texts)
        )

    def function(self, number: int) -> bool:
        """An F-key by its number; False when this page has none such."""
        if number == 1:
            self.begin()
        return number == 1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not page_frame.page_key(event, function=self.function, leave=self.leave):
            super().keyPressEvent(event)

    def _compare(self) -> None:
        try:
            proof = paper_proof.read(self._texts)
        except ProofUnreadable:
            self._texts = ()
            self._show(paper_text.unreadable())
            return
        self._running, self._stopped = True, False
        self._show(paper_text.comparing(0))
        self.tasks.run_long(lambda: self._work(proof), then=self._compared, failed=self._failed)

    def _work(self, proof: PaperProof) -> PaperResult | None:
        return paper.compare(self.desk.ledger.reader, proof, progress=self._so_far)

    def _so_far(self, done: int) -> bool:
        self.tasks.post(lambda: self._show_so_far(done))
        return not self._stopped

    def _show_so_far(self, done: int) -> None:
        if self._running:
            self._show(paper_text.comparing(done))

    def _compared(self, result: PaperResult | None) -> None:
        self._running, self._result = False, result
        self._texts = ()
        self._show(paper_text.waiting(()) if result is None else paper_text.found(result))

    def _failed(self, error: CheckpointError) -> None:
        self._running, self._texts = False, ()
        words = messages.words_for(error)
        lines = (words.meaning, words.now_line.replace("[", "").replace("]", ""))
        self._show(PaperWords("alert-triangle", Tone.BAD, words.title, lines))

    def _show(self, words: PaperWords) -> None:
        self.title.show_text(words.title, words.tone, icon=words.icon)
        for place, note in enumerate(self.lines):
            note.show_text(words.lines[place] if place < len(words.lines) else "")

    @Slot()
    def leave(self) -> bool:
        """Esc ends the comparing, then leads back."""
        if self._running:
            self._stopped = True
        else:
            self.left.emit()
        return True

    def _lay_out(self) -> None:
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(32, 32, 32, 32)
        inner.setSpacing(20)
        inner.addWidget(self.title)
        for note in self.lines:
            inner.addWidget(note)
        inner.addStretch(1)
        gap = Note(size=16)
        bar = page_frame.foot((gap, self.back, self.main), wide=gap, side=2 * MARGIN, rim=MARGIN)
        rims = 2 * MARGIN, MARGIN, 2 * MARGIN, MARGIN
        self.setLayout(page_frame.framed((self._heading, self._about), frame, bar, rims=rims))
