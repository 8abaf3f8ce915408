"""Last step: every answer once more, with what is still open, before the work begins."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.domain.words import CheckKind
from checkpoint_app.i18n import _
from checkpoint_app.ui import said
from checkpoint_app.ui.form_parts import Note, card, info_card, label
from checkpoint_app.ui.setup_checks import kind_word
from checkpoint_app.ui.setup_lead import LeadCard
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.told import Told, Tone

ROWS = 6


class SummaryStep(SetupStep):
    """Rows of a question and its answer; what is open has the tone of a warning."""

    def __init__(self, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._settings, self._proved = settings, False
        self.names = [label("label") for _row in range(ROWS)]
        self.answers = [Note(size=16, rows=1, middle=True) for _row in range(ROWS)]
        self._after = Note(size=16)
        self.lead = LeadCard()
        frame = card()
        grid = QGridLayout(frame)
        grid.setContentsMargins(16, 8, 16, 8)
        grid.setHorizontalSpacing(24)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(1, 1)
        for place, (name, answer) in enumerate(zip(self.names, self.answers, strict=True)):
            grid.addWidget(name, place, 0)
            grid.addWidget(answer, place, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(frame)
        column.addWidget(self.lead)
        column.addWidget(info_card(self._after))
        column.addStretch(1)
        self.setFocusProxy(self.lead)
        self.retranslate()

    def title(self) -> str:
        return _("Check and start")

    def about(self) -> str:
        return _("The desk is made. This is how it will work.")

    def show_proof(self, *, proved: bool) -> None:
        """Whether the recovery words were typed back."""
        self._proved = proved
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        self._settings = settings
        self.retranslate()

    def obstacle(self) -> QWidget | None:
        return self.lead.obstacle()

    def retranslate(self) -> None:
        self.lead.retranslate()
        rows = self._rows()
        for place, (name, answer) in enumerate(zip(self.names, self.answers, strict=True)):
            for part in (name, answer):
                part.setVisible(place < len(rows))
            if place < len(rows):
                name.setText(rows[place][0])
                answer.tell(rows[place][1])
        words = _("All of it but the desk's name can be changed in the settings: Ctrl+6. Next: open a shift.")
        if self._above:
            words = _("Next: enrol the desks of the stations, F6 on the first page, and give them your card.")
        self._after.show_text(words, Tone.QUIET, icon="info-circle")

    def _rows(self) -> Sequence[tuple[str, Told]]:
        settings = self._settings
        named = Told(said.joined(settings.station, settings.desk), Tone.GOOD)
        own = (
            (_("Station and desk"), named),
            (_("Lanes and cameras"), lanes_told(settings)),
            (_("Checks"), checks_told(settings)),
        )
        return (
            *(((_("Headquarters"), named),) if self._above else own),
            (_("Kept for"), keeping_told(settings)),
            (_("Key"), Told(key_words(settings), Tone.GOOD)),
            (_("Recovery sheet"), self._sheet()),
        )

    @property
    def _above(self) -> bool:
        return self._settings.role == PeerRole.HEADQUARTERS

    def _sheet(self) -> Told:
        if self._proved:
            return Told(_("Typed back word by word"), Tone.GOOD)
        return Told(_("Not proved: type it back soon, the top bar reminds"), Tone.WARN)


def lanes_told(settings: Settings) -> Told:
    """Each lane with its direction; without any camera it is said."""
    lanes = [
        said.joined(
            _("Lane {n}").format(n=lane.number),
            said.direction(lane.direction),
            lane.camera.split("@")[0] or _("no camera"),
        )
        for lane in settings.lanes
    ]
    seen = any(lane.camera for lane in settings.lanes)
    return Told(_("; ").join(lanes), Tone.GOOD if seen else Tone.WARN)


def checks_told(settings: Settings) -> Told:
    if not settings.required_checks:
        return Told(_("Nothing is needed: every vehicle with a plate passes"), Tone.WARN)
    kinds = said.joined(*(kind_word(CheckKind(kind)) for kind in settings.required_checks))
    own = len(settings.class_checks)
    return Told(said.joined(kinds, _("own lists: {n}").format(n=own) if own else ""), Tone.GOOD)


def keeping_told(settings: Settings) -> Told:
    if not settings.retention_days:
        return Told(_("Nobody has decided yet"), Tone.WARN)
    return Told(_("{n} days").format(n=settings.retention_days), Tone.GOOD)


def key_words(settings: Settings) -> str:
    return {
        "keyring": _("The system's key store"),
        "passphrase": _("A passphrase at every start"),
        "open_file": _("Open beside the ledger: demonstration only"),
    }.get(settings.key_place, "")
