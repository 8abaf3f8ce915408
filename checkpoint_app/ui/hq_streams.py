"""What goes down from headquarters and comes up to it, in the words of headquarters."""

from __future__ import annotations

from checkpoint_app.i18n import _
from checkpoint_app.ui import hq_text
from checkpoint_app.ui.exchange_banner import BannerText
from checkpoint_app.ui.exchange_sending import ExchangeSending, Showing
from checkpoint_app.ui.exchange_taking import ExchangeTaking
from checkpoint_app.ui.told import Told, Tone


class SendingDown(ExchangeSending):
    """The banner while receipts and directives wait to go down."""

    def _text(self) -> BannerText:
        if self.showing is not Showing.READY:
            return super()._text()
        return hq_text.ready(self.found, self.place)


class TakingUp(ExchangeTaking):
    """Also says what was decided or published."""

    def tell(self, words: str) -> None:
        self._told = (_("Saved"), (Told(words, Tone.GOOD),))
        self._show_deed()
        self._changed()

    @property
    def told(self) -> str:
        return self.card.text if self._told[0] else ""
