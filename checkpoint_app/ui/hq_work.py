"""What headquarters' exchange page asks of its desk. It may wait: it belongs into other threads."""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.domain.datasets import DataSet, SetKind
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.facts import By
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage.forks import ForkRow
from checkpoint_app.storage.settling import Settled
from checkpoint_app.ui import hq_found
from checkpoint_app.ui.exchange_work import ExchangeWork
from checkpoint_app.ui.hq_found import Overview

LARGEST_TEXT = 1 << 20


class ContentUnreadable(Trouble):
    """A file that is no text, or too large to be looked at here; facts: name, why."""


class HqWork(ExchangeWork):
    def __init__(self, desk: Desk) -> None:
        super().__init__(desk)

    def overview(self) -> Overview:
        return hq_found.read(self.desk)

    def settle(self, fork: ForkRow, trusted: str, why: str, *, by: By) -> Settled:
        return self.desk.collating.settle(fork.desk, fork.epoch, fork.seq, trusted=trusted, why=why, by=by)

    def publish(
        self, name: str, kind: SetKind, content: str, *, until: int | None, number: str, by: By
    ) -> DataSet:
        return self.desk.directives.publish(name, kind, content, until=until, number=number, by=by)

    def read_content(self, path: Path) -> str:
        """Raises ContentUnreadable."""
        try:
            if path.stat().st_size > LARGEST_TEXT:
                raise ContentUnreadable(name=path.name, why="size")
            return path.read_text(encoding="utf-8-sig")
        except (OSError, UnicodeDecodeError) as error:
            raise ContentUnreadable(name=path.name, why=type(error).__name__) from error
