"""An officer's badge on paper: its code saves typing the number, the PIN is asked all the same."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from checkpoint_app.documents import roster_words
from checkpoint_app.documents.badge import Badge, write_badges
from checkpoint_app.documents.files import PaperNotWritten
from checkpoint_app.domain import disclosures
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import Action
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.printing import send_to_printer
from checkpoint_app.services.retention import PRINTED

FORM, COLUMNS = "badge-pdf", ("number", "name", "role", "agency")


def print_badge(desk: Desk, number: str, *, by: By, send: Callable[[Path], None] = send_to_printer) -> Path:
    """The badge's file, once the printer has taken it; its entry stands before the file, and says that the
    name is in full. Blocks.

    Raises UnknownOfficer, NotAllowed, PaperNotWritten; and NoPrinter or PrintRefused, with the path of the
    sheet that was kept.
    """
    desk.rights.check(Action.ENROL, by)
    officer, text = desk.officers.find(number), desk.officers.badge_text(number)
    at, action = desk.ledger.now(), new_action()
    fact = disclosures.exported(1, form=FORM, columns=COLUMNS, masked=False, by=by, at=at, action=action)
    desk.ledger.append((fact,)).result()
    place = desk.folder / PRINTED
    try:
        place.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise PaperNotWritten(path=str(place), why=error.strerror or type(error).__name__) from error
    path = place / f"badge-{number}.pdf"
    role = roster_words.role(officer.role.value)
    write_badges((Badge(number, officer.name, role, officer.agency, desk.settings.station, text),), path)
    send(path)
    return path
