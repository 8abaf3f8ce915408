"""How long what is known of people is kept; in the settings also what is matched and counted."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Slot
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from checkpoint_app.config import Settings
from checkpoint_app.i18n import _
from checkpoint_app.ui.form_parts import Note, Option, Segments, card, info_card, label
from checkpoint_app.ui.settings_number import NumberField
from checkpoint_app.ui.setup_step import SetupStep
from checkpoint_app.ui.told import Tone

YES, NO = "yes", "no"
CHOICE = 240


class KeepingStep(SetupStep):
    """The days have no default: somebody decides them. `whole`: with everything else that is kept."""

    def __init__(self, settings: Settings, *, whole: bool = False, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._whole = whole
        self.days = NumberField(least=1, most=3650)
        self.pairing, self.tally = Segments(width=CHOICE), Segments(width=CHOICE)
        self.overstay = NumberField(least=1, most=8760)
        self.lock = NumberField(least=0, most=240)
        self._pairing_label, self._tally_label = label("label"), label("label")
        self._why, self._missing = Note(size=16), Note(rows=1)
        self._pairing_about, self._tally_about = Note(middle=True), Note(middle=True)
        self._lay_out()
        self.setFocusProxy(self.days)
        self.show_settings(settings)
        self.days.changed.connect(self._answered)
        self.overstay.changed.connect(self.changed)
        self.lock.changed.connect(self.changed)
        for choice in (self.pairing, self.tally):
            choice.chosen.connect(self._chosen)

    def title(self) -> str:
        return _("Keeping")

    def about(self) -> str:
        return _("Names, numbers and plates leave this computer by themselves when their time is over.")

    def retranslate(self) -> None:
        self.days.show_words(_("Kept for"), _("days"))
        self.overstay.show_words(_("Overstay after"), _("hours inside"))
        self.lock.show_words(_("Names covered after"), _("minutes without a key"))
        options = (Option(YES, _("Yes")), Option(NO, _("No")))
        self._pairing_label.setText(_("Match coming in and going out"))
        self._tally_label.setText(_("Counting by eye allowed"))
        self.pairing.setAccessibleName(self._pairing_label.text())
        self.tally.setAccessibleName(self._tally_label.text())
        for choice in (self.pairing, self.tally):
            choice.show_options(options, value=choice.value)
        words = _(
            "After this many days what names a person is destroyed for good;"
            " the counts and the chain of entries stay and can still be proved."
        )
        self._why.show_text(words, Tone.QUIET, icon="info-circle")
        self._pairing_about.show_text(_("Shows who is inside, who overstays, who left unseen"), Tone.QUIET)
        self._tally_about.show_text(_("Space counts a vehicle that nobody checks"), Tone.QUIET)

    def show_settings(self, settings: Settings) -> None:
        self.days.show_number(settings.retention_days or None)
        self.pairing.set_value(YES if settings.pairing else NO)
        self.tally.set_value(YES if settings.tally_allowed else NO)
        self.overstay.show_number(settings.overstay_hours)
        self.lock.show_number(settings.lock_minutes)
        self._missing.show_text("")
        self.retranslate()

    def filled(self, settings: Settings) -> Settings:
        made = replace(settings, retention_days=self.days.number or settings.retention_days)
        if not self._whole:
            return made
        return replace(
            made,
            pairing=self.pairing.value == YES,
            tally_allowed=self.tally.value == YES,
            overstay_hours=self.overstay.number or settings.overstay_hours,
            lock_minutes=settings.lock_minutes if self.lock.number is None else self.lock.number,
        )

    def obstacle(self) -> QWidget | None:
        if self.days.number is not None or self._whole:
            return None
        words = _("Somebody has to decide: ask the station's lead, 1 to 3650 days")
        self._missing.show_text(words, Tone.BAD)
        return self.days.field.edit

    @Slot()
    def _answered(self) -> None:
        self._missing.show_text("")
        self.changed.emit()

    @Slot(str)
    def _chosen(self, _value: str) -> None:
        self.changed.emit()

    def _lay_out(self) -> None:
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 8, 16, 16)
        inner.setSpacing(8)
        numbers = QHBoxLayout()
        numbers.setSpacing(24)
        numbers.addWidget(self.days, 1)
        if self._whole:
            numbers.addWidget(self.overstay, 1)
            numbers.addWidget(self.lock, 1)
        inner.addLayout(numbers)
        inner.addWidget(self._missing)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(frame)
        column.addWidget(info_card(self._why))
        if self._whole:
            column.addWidget(self._more())
        column.addStretch(1)

    def _more(self) -> QWidget:
        frame = card()
        inner = QVBoxLayout(frame)
        inner.setContentsMargins(16, 8, 16, 16)
        inner.setSpacing(12)
        for words, choice, about in (
            (self._pairing_label, self.pairing, self._pairing_about),
            (self._tally_label, self.tally, self._tally_about),
        ):
            choice.setFixedWidth(CHOICE)
            row = QHBoxLayout()
            row.setSpacing(16)
            row.addWidget(choice)
            row.addWidget(about, 1)
            stack = QVBoxLayout()
            stack.setSpacing(0)
            stack.addWidget(words)
            stack.addLayout(row)
            inner.addLayout(stack)
        return frame
