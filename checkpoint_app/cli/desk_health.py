"""What the doctor asks of a desk: settings, key, ledger, seals, recovery key, clock."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

from checkpoint_app import built_at, config
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.findings import Finding, State
from checkpoint_app.cli.output import moment
from checkpoint_app.cli.times import local_zone
from checkpoint_app.crypto import keychain
from checkpoint_app.crypto.keyfile import KeyPlace
from checkpoint_app.crypto.recovery import RECOVERY_FILE
from checkpoint_app.domain.chain import head_text
from checkpoint_app.domain.entry import read_header
from checkpoint_app.domain.facts import SEALED
from checkpoint_app.i18n import _
from checkpoint_app.services import delivery, retention
from checkpoint_app.services.desk import Reading
from checkpoint_app.services.proof import pages_are_whole, prove_end
from checkpoint_app.storage import appending, database, forgetting, queries, timekeeper
from checkpoint_app.storage import desk as own

SEALED_WITHIN = 15 * 60_000
MOST_UNSEALED = 500
RETENTION_LATE = 3  # days
TOO_LATE = 4_102_444_800_000
"""2100: no clock of this program's time shows more."""


def desk(folder: Path, doors: Doors) -> Iterator[Finding]:
    """Everything about the desk in `folder`; a new computer has none, which is no fault."""
    settings = config.load_settings(folder)
    if settings.bad:
        yield Finding("settings", State.BAD, _("not usable: {names}").format(names=", ".join(settings.bad)))
    if not settings.complete:
        yield Finding("settings", State.NOTE, _("no desk here yet: `setup`, or open the window"))
        yield from _clock(built_at())
        return
    yield Finding("settings", State.OK, f"{settings.station}, {settings.desk}")
    yield from _key(folder)
    yield from _recovery(folder)
    if not database.ledger_file(folder).exists():
        yield Finding("ledger", State.NOTE, _("nothing was written yet"))
        yield from _clock(built_at())
        return
    with ExitStack() as stack:
        reading = stack.enter_context(doors.read_desk(folder, passphrase=doors.passphrase()))
        yield from _ledger(reading)


def _key(folder: Path) -> Iterator[Finding]:
    place = keychain.place_of(folder)
    if place is None:
        yield Finding("key", State.BAD, _("the key file is gone: only the recovery key opens the ledger"))
    elif place is KeyPlace.OPEN_FILE:
        yield Finding("key", State.NOTE, _("lies open beside the ledger: for demonstrations only"))
    else:
        words = {
            KeyPlace.KEYRING: _("in the system's key store"),
            KeyPlace.PASSPHRASE: _("under a passphrase"),
        }
        yield Finding("key", State.OK, words[place])


def _recovery(folder: Path) -> Iterator[Finding]:
    if not (folder / RECOVERY_FILE).exists():
        yield Finding("recovery", State.BAD, _("no recovery key: if this computer is lost, so is the ledger"))
    elif config.load_settings(folder).sheet_proved:
        yield Finding("recovery", State.OK, _("typed back and fitting"))
    else:
        yield Finding("recovery", State.NOTE, _("never typed back: try it once with `recovery prove`"))


def _ledger(reading: Reading) -> Iterator[Finding]:
    connection = reading.connection
    chain = own.read_chain(connection)
    if chain is None:
        yield Finding("ledger", State.BAD, _("the file has no chain"))
        return
    head = appending.read_head(connection, chain.desk, chain.epoch)
    yield Finding("ledger", State.OK, head_text(head))
    report = prove_end(connection)
    words = _("last {count} entries: {faults} faults").format(
        count=report.entries, faults=len(report.faults) + report.more
    )
    yield Finding("entries", State.OK if report.sound else State.BAD, words)
    if pages_are_whole(connection):
        yield Finding("pages", State.OK, _("every page as it was written"))
    else:
        yield Finding("pages", State.BAD, _("damaged: back it up now, then restore it on another disk"))
    yield from _seal(reading, unsealed=appending.count_unsealed(connection, head))
    yield _retention(reading)
    yield _exchange(reading, desk=chain.desk)
    floor = timekeeper.read_floor(connection, chain.desk, chain.epoch, build_date=built_at())
    yield from _clock(floor)


def _seal(reading: Reading, *, unsealed: int) -> Iterator[Finding]:
    row = queries.last_of_kind(reading.connection, SEALED)
    if row is None:
        yield Finding("seal", State.NOTE, _("nothing is sealed yet"))
        return
    now, written = timekeeper.system_tick().wall, read_header(row.entry.header).written
    late = unsealed > MOST_UNSEALED or (unsealed > 0 and now - written > SEALED_WITHIN)
    words = _("last one {when}, {count} entries after it").format(
        when=moment(written, zone=local_zone(now)), count=unsealed
    )
    yield Finding("seal", State.NOTE if late else State.OK, words)


def _retention(reading: Reading) -> Finding:
    days = reading.settings.retention_days
    if not days:
        return Finding("retention", State.NOTE, _("not answered: nothing is ever forgotten"))
    done = retention.reached(reading.connection)
    if done is None:
        return Finding("retention", State.NOTE, _("{days} days; nothing was forgotten yet").format(days=days))
    words = _("{days} days; forgotten up to {when}").format(
        days=days, when=moment(done, zone=local_zone(done))
    )
    if forgetting.renewal_due_since(reading.connection) is not None:
        words = _("{words}; a new key is due").format(words=words)
    late = timekeeper.system_tick().wall - done > (days + RETENTION_LATE) * 86_400_000
    return Finding("retention", State.BAD if late else State.OK, words)


def _exchange(reading: Reading, *, desk: str) -> Finding:
    """What would be gone with this folder: said before somebody takes it away."""
    kept = delivery.unreceipted(reading.connection, desk=desk)
    if not kept.count:
        return Finding("exchange", State.OK, _("headquarters has confirmed every sealed entry"))
    words = _("{count} entries are here alone, the first of {when}: export them before this folder goes")
    return Finding(
        "exchange",
        State.NOTE,
        words.format(count=kept.count, when=moment(kept.since or 0, zone=local_zone(kept.since or 0))),
    )


def _clock(floor: int) -> Iterator[Finding]:
    """No honest clock shows less than what is known to have passed."""
    now = timekeeper.system_tick().wall
    shown = moment(now, zone=local_zone(now))
    if floor <= now < TOO_LATE:
        yield Finding("clock", State.OK, shown)
    else:
        behind = _("{now} cannot be: it was {floor} before").format(
            now=shown, floor=moment(floor, zone=local_zone(now))
        )
        yield Finding("clock", State.BAD, behind)
