"""The work of the two cards: ours read, theirs taken from a scan or a file, the desk enrolled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.peers import Card, CardUnreadable, Peer, read_card
from checkpoint_app.i18n import _
from checkpoint_app.ui import messages
from checkpoint_app.ui.exchange_enrol import EnrolView
from checkpoint_app.ui.exchange_files import FileChoice
from checkpoint_app.ui.exchange_parts import Deed
from checkpoint_app.ui.tasks import Tasks
from checkpoint_app.ui.told import Tone

if TYPE_CHECKING:
    from checkpoint_app.ui.exchange_work import ExchangeWork

DIGITS = 5


class ExchangeEnrolling:
    """`done` when a desk was enrolled, `back` when the cards are put away."""

    def __init__(
        self,
        work: ExchangeWork,
        tasks: Tasks,
        *,
        choice: FileChoice,
        done: Callable[[], None],
        back: Callable[[], None],
    ) -> None:
        self.work, self.tasks, self.view = work, tasks, EnrolView()
        self.choice, self._done, self.back = choice, done, back
        self.own: Card | None = None
        self.writing = False
        self.view.other.heard.edited.connect(lambda _text: self.show_deeds())

    @property
    def ready(self) -> bool:
        other = self.view.other
        return other.card is not None and len(other.heard.value) == DIGITS and not self.writing

    def begin(self) -> None:
        """Both cards anew."""
        self.view.own.show_card(self.own)
        self.view.other.show_card(None)
        self.view.other.say("")
        self.show_deeds()
        self.tasks.run(self.work.cards, then=self._have, failed=self._failed)

    def scanned(self, text: str) -> None:
        try:
            self._read(read_card(text))
        except CardUnreadable as error:
            self._failed(error)

    def open_file(self, path: Path) -> None:
        self.tasks.run(partial(self.work.read_card, path), then=self._read, failed=self._failed)

    def choose(self) -> None:
        self.choice.card(self.open_file)

    def keep(self) -> None:
        """Our own card as a file."""
        own = self.own
        if own is not None:
            self.choice.save_card(own.desk, lambda path: self._write(path, own))

    def main(self) -> None:
        other = self.view.other
        if other.card is None or not self.ready:
            return
        self.writing, by = True, self.work.desk.by
        self.show_deeds()
        self.tasks.run(
            partial(self.work.enrol, other.card, other.heard.value, by=by),
            then=self._enrolled,
            failed=self._failed,
        )

    def show_deeds(self) -> None:
        self.view.other.show_deeds(
            (
                Deed("Esc", _("Leave it"), self.back),
                Deed("F5", _("Keep our card"), self.keep),
                Deed("F3", _("Open a card"), self.choose),
                Deed("F1", _("Enrol"), self.main, main=self.ready, locked=not self.ready),
            )
        )

    def _read(self, card: Card) -> None:
        self.view.other.show_card(card)
        self.view.other.say("")
        self.view.other.heard.edit.setFocus()
        self.show_deeds()

    def _write(self, path: Path, own: Card) -> None:
        def kept(made: Path) -> None:
            self.view.other.say(_("Kept as {name}").format(name=made.name), Tone.GOOD)

        self.tasks.run(partial(self.work.write_card, path, own), then=kept, failed=self._failed)

    def _have(self, found: tuple[Card, tuple[Peer, ...]]) -> None:
        self.own, known = found
        self.view.own.show_card(self.own)
        self.view.other.show_peers(known, now=self.work.desk.ledger.now())

    def _enrolled(self, peer: Peer) -> None:
        self.writing = False
        self.view.other.show_card(None)
        name = peer.station or peer.desk
        self.view.other.say(_("{desk} is enrolled; bundles go out and come in").format(desk=name), Tone.GOOD)
        self.show_deeds()
        self.tasks.run(self.work.cards, then=self._have, failed=self._failed)
        self._done()

    def _failed(self, error: CheckpointError) -> None:
        self.writing = False
        self.view.other.say(messages.words_for(error).plain)
        self.show_deeds()
