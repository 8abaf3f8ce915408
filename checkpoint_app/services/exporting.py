"""Taking a list out of the ledger as a file: written down first, then written whole or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.documents import sheets
from checkpoint_app.documents.sheets import Progress
from checkpoint_app.domain.facts import By
from checkpoint_app.i18n import _
from checkpoint_app.services import register_form
from checkpoint_app.services.viewing import Viewing
from checkpoint_app.storage.rows import CrossingRow

CSV, XLSX = "csv", "xlsx"


@dataclass(frozen=True, slots=True)
class Export:
    """What goes out: `rows` in their order, into `path`, as `form`."""

    rows: Sequence[CrossingRow]
    path: Path
    form: str = XLSX
    masked: bool = True
    why: str = ""


def export(
    wanted: Export, *, viewing: Viewing, by: By, officers: Mapping[str, str], progress: Progress
) -> bool:
    """Blocks: call it from another thread. False when `progress` ended it; no file is left then.

    The entry stands before the file: one too many harms less than one that is missing. Raises
    ViewReasonNeeded, FileNotWritten and what keeps the ledger from being written.
    """
    viewing.exported(
        len(wanted.rows),
        form=wanted.form,
        columns=register_form.CODES,
        masked=wanted.masked,
        why=wanted.why,
        by=by,
    ).result()
    cells = register_form.lines(wanted.rows, masked=wanted.masked, officers=officers)
    if wanted.form == CSV:
        return sheets.write_csv(wanted.path, register_form.head(), cells, progress=progress)
    return sheets.write_xlsx(
        wanted.path, register_form.head(), cells, title=_("Checkpoint register"), progress=progress
    )
