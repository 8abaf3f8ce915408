"""What the exchange page asks of the desk. Everything here may wait: it belongs into other threads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checkpoint_app.domain.datasets import DataSet, Difference
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import Card, Peer
from checkpoint_app.services import peers
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.drives import Drive, Drives
from checkpoint_app.services.sending import Plan, Sent, Step, Which
from checkpoint_app.services.taking import Offer
from checkpoint_app.storage.landing import Landed
from checkpoint_app.ui import exchange_found
from checkpoint_app.ui.exchange_rows import Found, OutRow, Place, Stage

Progress = Callable[[int, int], bool]
STAGE_OF = {
    Step.PACKING: Stage.ENCRYPT,
    Step.WRITING: Stage.WRITE,
    Step.READING_BACK: Stage.COMPARE,
    Step.DONE: Stage.REMOVE,
}
BUNDLES, CARDS = "*.cpb", "*.cpd"


class ExchangeWork:
    """`by` is who acts when something is asked for."""

    def __init__(self, desk: Desk) -> None:
        self.desk, self.drives = desk, Drives()

    def read(self) -> Found:
        return exchange_found.read(self.desk)

    def places(self) -> tuple[Place, ...]:
        """Sticks that are plugged in now, then the folder that was set."""
        folder = self.desk.settings.exchange_folder
        sticks = tuple(_stick(each) for each in self.drives.poll().now)
        return (*sticks, *((Place(folder, Path(folder).name or folder),) if folder else ()))

    def send(
        self,
        place: Place,
        *,
        to: tuple[str, ...],
        row: OutRow | None,
        by: By,
        progress: Progress,
        step: Callable[[str], None],
    ) -> Sent | None:
        """Everything nobody confirmed, or one shift; None once it was cancelled, and nothing is left then."""
        plan: Plan = self.desk.sending.plan(
            Which.SHIFT if row else Which.UNRECEIPTED, to=to, shift=row.shift if row else ""
        )
        return self.desk.sending.send(
            plan, place.url, by=by, progress=progress, step=lambda now: step(STAGE_OF[now])
        )

    def open(self, path: Path, *, by: By, progress: Progress) -> Offer | None:
        return self.desk.taking.open(path, by=by, progress=progress)

    def take(self, offer: Offer, *, by: By, progress: Progress) -> Landed | None:
        return self.desk.taking.take(offer, by=by, progress=progress)

    def drop(self, offer: Offer) -> None:
        self.desk.taking.cancel(offer)

    def pending(self, action: str) -> tuple[DataSet, Difference] | None:
        """A data set that waits, with what adopting it would change; None when it no longer does."""
        found = next((each for each in self.desk.directives.pending() if each.action == action), None)
        return (found, self.desk.directives.difference(found)) if found else None

    def adopt(self, data: DataSet, *, by: By) -> None:
        self.desk.directives.adopt(data, by=by).result()

    def cards(self) -> tuple[Card, tuple[Peer, ...]]:
        """Our own, and everybody enrolled."""
        return self.desk.peers.card(), self.desk.peers.all()

    def enrol(self, card: Card, heard: str, *, by: By) -> Peer:
        return self.desk.peers.enrol(card, heard, by=by)

    def read_card(self, path: Path) -> Card:
        return peers.read_card_file(path)

    def write_card(self, path: Path, card: Card) -> Path:
        peers.write_card_file(path, card)
        return path


def _stick(drive: Drive) -> Place:
    return Place(
        drive.place,
        drive.label or drive.name,
        drive.free,
        stick=True,
        at=drive.name if drive.label else "",
    )
