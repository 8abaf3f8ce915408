"""台账: what was entered, with running numbers; a correction is a row that names the old one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.documents.files import write_pages
from checkpoint_app.documents.form_head import Form, opened, sign_line
from checkpoint_app.documents.sheet import Progress, Stopped
from checkpoint_app.documents.style import SMALL
from checkpoint_app.documents.tables import Column, Table
from checkpoint_app.i18n import _

HIGH, PAD = 14.0, 3.0


@dataclass(frozen=True, slots=True)
class Row:
    """`number` is the running one (2026-G107-1121-0001), `entry` that of the ledger, `corrects` the number of
    the row that reads otherwise now.
    """

    number: str
    at: str
    kind: str
    subject: str
    detail: str
    officer: str
    entry: str
    corrects: str = ""


@dataclass(frozen=True, slots=True)
class LedgerForm:
    """`count` rows are in `rows`, which are read once; see `form_head.Form` for the rest."""

    station: str
    desk: str
    period: str
    number: str
    rows: Iterable[Row]
    count: int
    printed: str
    copy: int = 0


def write_ledger_form(form: LedgerForm, path: Path, *, progress: Progress) -> int:
    """How many pages; 0 when `progress` said no, and then nothing is written. Raises PaperNotWritten."""
    return write_pages(path, render_ledger_form(form, progress=progress))


def render_ledger_form(form: LedgerForm, *, progress: Progress | None = None) -> tuple[bytes, int] | None:
    head = Form(
        _("Ledger of the duty"),
        form.station,
        form.desk,
        form.period,
        form.number,
        form.printed,
        form.copy,
    )
    sheet = opened(head, whole=form.count, progress=progress)
    columns = (
        Column(_("No."), 0.19),
        Column(_("Time"), 0.105),
        Column(_("Kind"), 0.08),
        Column(_("Subject"), 0.12),
        Column(_("Details"), 0.235),
        Column(_("Officer"), 0.09),
        Column(_("Entry"), 0.075),
        Column(_("Corrects"), 0.1),
    )
    try:
        table = Table(sheet, columns, size=SMALL, high=HIGH, pad=PAD)
        for row in form.rows:
            table.row(
                (
                    row.number,
                    row.at,
                    row.kind,
                    row.subject,
                    row.detail,
                    row.officer,
                    row.entry,
                    row.corrects,
                )
            )
        table.close()
        sheet.y -= 4
        sign_line(sheet, (_("Kept by, date"), _("Checked by, date"), _("Seal of the unit")))
        return sheet.finish()
    except Stopped:
        return None
