"""What the exchange page of headquarters shows, read from the desk's services in one go."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from checkpoint_app.domain.datasets import DataSet
from checkpoint_app.services.collation import Collation, DeskStanding
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.forks import ForkRow
from checkpoint_app.storage.spans import Gap
from checkpoint_app.ui import exchange_found
from checkpoint_app.ui.exchange_rows import Came, Found, InRow

Row = ForkRow | InRow | DataSet
"""A line of what is to be decided, came in or went out."""


@dataclass(frozen=True, slots=True)
class Overview:
    """`exchange` is what goes out and came in, `folder` the one that is watched, "" for none."""

    exchange: Found = field(default_factory=Found)
    collation: Collation = field(default_factory=lambda: Collation((), (), ()))
    published: tuple[DataSet, ...] = ()
    folder: str = ""

    @property
    def rows(self) -> tuple[Row, ...]:
        """What waits for a decision first, then the newest."""
        came = [row for row in self.exchange.came if row.came is not Came.DIRECTIVE]
        lately: list[InRow | DataSet] = sorted([*came, *self.published], key=_at, reverse=True)
        return (*self.collation.forks, *lately)

    @property
    def desks(self) -> tuple[DeskStanding, ...]:
        """What somebody must see to first, else by station; those nobody trusts any more last."""
        forks = {fork.desk for fork in self.collation.forks}
        return tuple(sorted(self.collation.desks, key=lambda desk: _place(desk, forked=desk.desk in forks)))

    def gaps_of(self, desk: str) -> Sequence[Gap]:
        """What is missing, of one desk first."""
        return sorted(self.collation.gaps, key=lambda gap: (gap.desk != desk, gap.desk, gap.first))

    def standing(self, desk: str) -> DeskStanding | None:
        return next((each for each in self.collation.desks if each.desk == desk), None)


def read(desk: Desk) -> Overview:
    """Belongs into another thread."""
    return Overview(
        exchange_found.read(desk),
        desk.collating.standing(),
        desk.directives.published(),
        desk.settings.exchange_folder,
    )


def _at(row: InRow | DataSet) -> int:
    return row.at if isinstance(row, InRow) else row.published


def _place(desk: DeskStanding, *, forked: bool) -> tuple[int, str, str]:
    revoked = desk.peer is not None and desk.peer.revoked is not None
    order = (forked or bool(desk.against), desk.silent, bool(desk.missing), not revoked, True)
    return order.index(True), desk.station, desk.desk
