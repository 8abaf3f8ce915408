"""`verify`: is every entry what was written, and does the ledger agree with heads that left the building?"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path

from checkpoint_app.cli import signed
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import Plain, Progress, emit, say
from checkpoint_app.cli.signed import is_sheet, proofs
from checkpoint_app.crypto.keychain import load_keys
from checkpoint_app.domain.chain import Fault, Report, head_text, parse_head
from checkpoint_app.i18n import _
from checkpoint_app.services.handover_proof import prove_handovers
from checkpoint_app.services.paper import compare
from checkpoint_app.services.proof import pages_are_whole, prove
from checkpoint_app.services.restoring import backup_folder, opened_by
from checkpoint_app.storage.engine import Connection


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """0 when everything fits, 1 with the faults named otherwise."""
    heads = [parse_head(text) for text in arguments.head if not is_sheet(text)]
    sheets = proofs([text for text in arguments.head if is_sheet(text)])
    progress = Progress(_("{count} entries verified…"))
    with _opened(arguments, doors) as connection:
        report = prove(lambda: nullcontext(connection), heads=heads, progress=progress)
        compared = [compare(lambda: nullcontext(connection), proof, progress=progress) for proof in sheets]
        papers = tuple(found for found in compared if found)
        handovers = prove_handovers(connection)
        whole = pages_are_whole(connection)
    if arguments.json:
        emit({**_plain(report), **signed.plain(handovers, papers), "pages": whole})
    else:
        _tell(report)
        signed.tell(handovers, papers)
        if not whole:
            say(_("the file is damaged outside what was read: back it up, then restore it"))
    fits = report.sound and whole and not handovers.faults and all(paper.unchanged for paper in papers)
    return 0 if fits else 1


@contextmanager
def _opened(arguments: argparse.Namespace, doors: Doors) -> Iterator[Connection]:
    """This folder's ledger, or a backup opened with this folder's key."""
    secret = doors.passphrase()
    if arguments.file is None:
        with doors.read_desk(doors.folder, passphrase=secret) as reading:
            yield reading.connection
        return
    keys = load_keys(doors.folder, passphrase=secret)
    with opened_by(backup_folder(Path(arguments.file)), keys) as connection:
        yield connection


def _plain(report: Report) -> dict[str, Plain]:
    return {
        "sound": report.sound,
        "entries": report.entries,
        "seals": report.seals,
        "forgotten": report.forgotten,
        "heads": [head_text(head) for head in report.ends],
        "sealed": [head_text(head) for head in report.sealed],
        "faults": list(map(_fault, report.faults)),
        "more": report.more,
        "gaps": list(map(_fault, report.gaps)),
    }


def _fault(fault: Fault) -> dict[str, Plain]:
    return {
        "what": fault.what,
        "desk": fault.desk,
        "epoch": fault.epoch,
        "seq": fault.seq,
        "upto": fault.upto,
    }


def _tell(report: Report) -> None:
    say(
        _("{entries} entries, {seals} seals, {forgotten} forgotten").format(
            entries=report.entries, seals=report.seals, forgotten=report.forgotten
        )
    )
    for head in report.ends:
        say(_("head: {head}").format(head=head_text(head)))
    for fault in report.faults:
        say(_words(fault))
    for gap in report.gaps:
        say(_("{desk}: {first}-{last} never came here").format(desk=gap.desk, first=gap.seq, last=gap.upto))
    if report.more:
        say(_("and {count} more").format(count=report.more))
    say(_("everything fits") if report.sound else _("this ledger was changed after it was written"))


def _words(fault: Fault) -> str:
    where = f"{fault.desk} {fault.epoch} {fault.seq}" + (f"-{fault.upto}" if fault.upto else "")
    what = {
        "unreadable": _("is no entry"),
        "header": _("does not have its own hash: it was edited"),
        "link": _("does not name the entry before it"),
        "gap": _("are missing"),
        "order": _("is out of order"),
        "public": _("has another public part than it was written with"),
        "personal": _("has another personal part than it was written with"),
        "seal": _("carries a seal that does not fit"),
        "head": _("the head given is not in this chain, or lies beyond its end"),
        "recomputed": _("was recomputed: the hashes fit, the head given does not"),
    }[fault.what]
    return f"{where}: {what}"
