"""`doctor`: what works on this computer and what does not, with or without a desk."""

from __future__ import annotations

import argparse
from collections.abc import Iterator

from checkpoint_app.cli import computer
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.findings import Examination, Finding, State, examine
from checkpoint_app.cli.output import emit, say, table
from checkpoint_app.cli.words import words_for
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """1 when anything is bad."""
    found = list(examinations(doors))
    if arguments.json:
        for finding in found:
            emit({"about": finding.about, "state": finding.state.value, "text": finding.text})
    else:
        words = {State.OK: _("ok"), State.NOTE: _("note"), State.BAD: _("bad")}
        table(
            ("", _("what"), ""),
            ([words[finding.state], finding.about, finding.text] for finding in found),
        )
        bad = sum(finding.state is State.BAD for finding in found)
        say(_("{count} to be mended").format(count=bad) if bad else _("nothing to be mended"))
    return 1 if any(finding.state is State.BAD for finding in found) else 0


def examinations(doors: Doors) -> Iterator[Finding]:
    """Every finding in a fixed order; none keeps the others from being made."""

    def desk() -> Iterator[Finding]:
        from checkpoint_app.cli import desk_health

        return desk_health.desk(doors.folder, doors)

    def rules() -> Iterator[Finding]:
        pack, _patterns = doors.rules(None), doors.patterns()
        yield Finding("rules", State.OK, f"{pack.version}")

    def explain(error: CheckpointError) -> str:
        return words_for(error, doors.explain)

    looks: dict[str, Examination] = {
        "python": computer.programs,
        "qt": computer.window,
        "opencv": computer.pictures,
        "zxing": computer.first_decoder,
        "zbar": computer.second_decoder,
        "database": computer.database,
        "resources": computer.shipped,
        "rules": rules,
        "folder": lambda: computer.room(doors.folder),
        "ledger": desk,
        "camera": computer.cameras,
        "sound": computer.sound,
        "display": computer.display,
    }
    for about, look in looks.items():
        yield from examine(about, look, explain=explain)
