"""What the records page has done in other threads: looking, reading, correcting, printing, taking out."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from checkpoint_app.domain.amending import Changes
from checkpoint_app.domain.outages import PRINTING
from checkpoint_app.services import exporting, printing, records
from checkpoint_app.services.desk import Desk, local_offset
from checkpoint_app.services.exporting import Export
from checkpoint_app.services.printing import Occasion, PrintRefused
from checkpoint_app.services.records import Page, Wanted
from checkpoint_app.services.whose import Whose
from checkpoint_app.storage.ledger import Written
from checkpoint_app.storage.rows import Below, CrossingRow, HistoryRow
from checkpoint_app.storage.sifting import Place
from checkpoint_app.ui.tasks import Failed, Tasks

MS = 1_000
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Looked:
    """An answer with what was asked and how long it took (ms); `further`: it goes on from an earlier one."""

    wanted: Wanted
    page: Page
    took: int
    further: bool


class RecordWork:
    """One search at a time counts: the next one ends it."""

    def __init__(
        self, desk: Desk, tasks: Tasks, *, send: Callable[[Path], None] = printing.send_to_printer
    ) -> None:
        self.desk, self.tasks = desk, tasks
        self._send = send
        self._amending = desk.amending
        self._viewing = desk.viewing
        self._asked = self._answered = 0
        self._export_ended = False

    @property
    def now(self) -> int:
        return self.desk.ledger.now()

    def look(
        self,
        wanted: Wanted,
        *,
        on: Place | Below | int | None = None,
        then: Callable[[Looked], None],
        failed: Failed,
    ) -> None:
        """Looking for people is on paper before anything is read."""
        self._asked += 1
        mine, by = self._asked, self.desk.by

        def work() -> Looked:
            kinds = records.kinds_sought(wanted.fragment) if wanted.people and on is None else ()
            if kinds:
                self._viewing.looked_up(kinds, "", by).result()
            begun = time.perf_counter()
            page = records.look(self.desk.ledger.reader, wanted, on=on, stop=lambda: mine != self._asked)
            return Looked(wanted, page, round((time.perf_counter() - begun) * MS), on is not None)

        self.tasks.run(
            work,
            then=lambda looked: self._answer(mine, then, looked),
            failed=lambda error: self._answer(mine, failed, error),
        )

    @property
    def looking(self) -> bool:
        """Whether a search is under way that is still wanted."""
        return self._answered != self._asked

    def forget_search(self) -> None:
        """Whatever is being looked for is not wanted any more."""
        self._asked += 1
        self._answered = self._asked

    def _answer(self, mine: int, call: Callable[[T], None], answer: T) -> None:
        if mine == self._asked:
            self._answered = mine
            call(answer)

    def read(self, ident: int, *, then: Callable[[HistoryRow | None], None], failed: Failed) -> None:
        self.tasks.run(lambda: records.read_one(self.desk.ledger.reader, ident), then=then, failed=failed)

    def officers(self, *, then: Callable[[Mapping[str, str]], None]) -> None:
        self.tasks.run(
            lambda: records.officers(self.desk.ledger.reader), then=then, failed=lambda _error: None
        )

    def desks(self, *, then: Callable[[tuple[Whose, ...]], None]) -> None:
        self.tasks.run(
            lambda: records.desks(self.desk.ledger.reader, station=self.desk.settings.station),
            then=then,
            failed=lambda _error: None,
        )

    def amend(
        self, row: CrossingRow, changes: Changes, *, why: str, then: Callable[[], None], failed: Failed
    ) -> None:
        by = self.desk.by
        self._write(lambda: self._amending.amend(row, changes, why=why, by=by), then=then, failed=failed)

    def void(self, row: CrossingRow, *, why: str, then: Callable[[], None], failed: Failed) -> None:
        by = self.desk.by
        self._write(lambda: self._amending.void(row, why=why, by=by), then=then, failed=failed)

    def view(self, row: CrossingRow, *, why: str, then: Callable[[], None], failed: Failed) -> None:
        by = self.desk.by
        self._write(lambda: self._viewing.view(row.action, why=why, by=by), then=then, failed=failed)

    def print(self, told: HistoryRow, *, masked: bool, then: Callable[[Path], None], failed: Failed) -> None:
        """Whoever prints stands on the sheet in full."""
        by, now, settings = self.desk.by, self.now, self.desk.settings

        def work() -> Path:
            name = records.officers(self.desk.ledger.reader).get(by.officer, by.officer)
            head, zone = self.desk.ledger.head(), local_offset(now)
            occasion = Occasion(settings.station, settings.desk, name, now, zone, head, masked=masked)
            try:
                return printing.print_crossing(
                    told,
                    occasion,
                    folder=self.desk.folder,
                    viewing=self._viewing,
                    by=by,
                    why="" if masked else "lead_asked",
                    send=self._send,
                )
            except PrintRefused:
                self.desk.outages.failed(PRINTING)
                raise

        self.tasks.run(work, then=then, failed=failed)

    def export(
        self,
        wanted: Export,
        *,
        officers: Mapping[str, str],
        progress: Callable[[int], None],
        then: Callable[[bool], None],
        failed: Failed,
    ) -> None:
        self._export_ended = False
        by = self.desk.by

        def told(done: int) -> bool:
            self.tasks.post(lambda: progress(done))
            return not self._export_ended

        self.tasks.run_long(
            lambda: exporting.export(wanted, viewing=self._viewing, by=by, officers=officers, progress=told),
            then=then,
            failed=failed,
        )

    def end_export(self) -> None:
        self._export_ended = True

    def file_name(self, form: str) -> str:
        """Nobody's name, a time that tells one export from the next."""
        made = datetime.fromtimestamp(self.now / MS).astimezone().strftime("%Y%m%d-%H%M%S")
        return f"register-{self.desk.settings.desk}-{made}.{form}"

    def _write(
        self, work: Callable[[], Future[tuple[Written, ...]]], *, then: Callable[[], None], failed: Failed
    ) -> None:
        self.tasks.run(lambda: work().result(), then=lambda _written: then(), failed=failed)
