"""Forgetting by rule: what is older than the station keeps personal data goes, once a day, in a quiet hour.

With it go printed sheets, backups and copies of that age, and the key under which payloads are digested. The
file gets a new key at the next start (`renew_when_due`), because pages keep traces until they are written
anew; the printed recovery sheet opens it before and after. Nothing is forgotten while the days are 0.
"""

from __future__ import annotations

import secrets
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from checkpoint_app.crypto import keychain, recovery
from checkpoint_app.domain import facts
from checkpoint_app.domain.errors import Refusal, Trouble
from checkpoint_app.domain.roles import Action
from checkpoint_app.services.rights import Rights
from checkpoint_app.storage import backup, database, forgetting, renewing
from checkpoint_app.storage.desk import read_setting, write_setting
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.forgetting import Counted, Forgotten, Order
from checkpoint_app.storage.ledger import Ledger

DAY = 86_400_000
LOOKS_EVERY = 60.0  # seconds
QUIET = 120_000  # ms without a crossing, until it is done all the same when the day is half over
SEEN_FOR = 2 * 3_600_000  # ms: a start with a wrong date shows it so long before anything goes
LATE = 60 * DAY  # how much later than it happened something may be written, a wrong clock confirmed
LARGE = 256 << 20  # bytes: what is written anew in some seconds
LONGEST_DUE = 7 * DAY
PRINTED = "printed"
"""Folder of printed sheets below the data folder."""
DONE = "retention_done"
"""Setting: the local day up to which everything was forgotten."""


class RetentionUnanswered(Refusal):
    """The station has not said how many days personal data is kept: nothing is forgotten."""


@dataclass(frozen=True, slots=True)
class Due:
    """What forgetting would take away now: entries, backups and printed sheets older than `before`."""

    before: int
    counted: Counted
    backups: tuple[Path, ...]
    printed: int


@dataclass(frozen=True, slots=True)
class Taken:
    """What was forgotten; `unreached` are folders for backups that could not be read now."""

    forgotten: Forgotten
    printed: int
    unreached: tuple[str, ...] = ()


def cut(*, now: int, zone: int, days: int) -> int:
    """The beginning, on the checkpoint's calendar, of the first day that is kept; raises
    RetentionUnanswered. All in ms UTC, `zone` in minutes east."""
    if days <= 0:
        raise RetentionUnanswered
    shift = zone * 60_000
    return (now + shift) // DAY * DAY - shift - days * DAY


def due(reader: Connection, folder: Path, *, desk: str, before: int) -> Due:
    """What is older than `before`; changes nothing."""
    old = tuple(found for found in _backups(folder, desk=desk) if backup.made_at(found) < before)
    counted = forgetting.count(reader, _order(before, days=0, by=facts.By(), action=""))
    return Due(before, counted, old, len(_printed(folder, before=before)))


def forget(
    ledger: Ledger,
    *,
    before: int,
    days: int,
    by: facts.By,
    action: str,
    desk: str,
    rights: Rights | None,
    since: int = forgetting.EVER,
    go_on: Callable[[], bool] = lambda: True,
) -> Taken:
    """Forgets what is older than `before`, in short steps beside an open lane, and notes that it did.

    `rights` are None for the daily rule, which nobody does. A forgetting that was stopped is ended first.
    Raises NotAllowed, and ForgettingHindered while somebody reads: the next one goes on.
    """
    if rights is not None:
        rights.check(Action.FORGET, by)
    backups = _backups(ledger.folder, desk=desk)
    forgetting.resume(ledger, backups=backups, go_on=go_on)
    printed = _printed(ledger.folder, before=before)
    for sheet in printed:
        with suppress(OSError):
            sheet.unlink()
    if _key_is_older(ledger, before):
        ledger.renew_payload_key().result()
    order = replace(_order(before, days=days, by=by, action=action), since=since)
    done = forgetting.forget(ledger, order, backups=backups, go_on=go_on)
    _note_done(ledger, before)
    unreached = tuple(str(target) for target in backup.targets(ledger.folder) if not target.is_dir())
    return Taken(done, len(printed), unreached)


def reached(reader: Connection) -> int | None:
    """Up to which time (ms UTC) everything was forgotten; None before the first time."""
    value = read_setting(reader, DONE)
    return value if isinstance(value, int) else None


def renew_when_due(
    folder: Path, keys: Sequence[bytes], *, desk: str, passphrase: str | None, now: int
) -> bool:
    """Before the ledger is opened: a new key after a forgetting, or the rest of a renewal that was stopped.

    A large file takes a minute, so it waits until its renewal is LONGEST_DUE old: then the station starts a
    minute late, once. The recovery file opens with the same printed words all the time. A desk whose
    recipient is not known (set up by an older program) keeps its key and only has its pages written anew.
    Raises what renewing raises; the old key stays good then.
    """
    if not database.ledger_file(folder).exists():
        return False
    key = renewing.key_that_opens(folder, tuple(keys))
    known = recovery.kept_recipient(folder, key=key)
    if len(keys) > 1:
        keychain.settle_key(folder, key, passphrase=passphrase)
    if known and known[1]:
        recovery.keep_wrapped(folder, known[0], key=key, desk=desk)
    if not _is_due(folder, key, now=now):
        return False
    if known is None:
        renewing.renew_file(folder, key, key)
        return True
    fresh = secrets.token_bytes(keychain.DATABASE_KEY_BYTES)
    recovery.keep_wrapped(folder, known[0], key=key, desk=desk, next_key=fresh)
    keychain.replace_key(
        folder,
        fresh,
        name=desk,
        passphrase=passphrase,
        rekey=lambda new: renewing.renew_file(folder, key, new),
    )
    recovery.keep_wrapped(folder, known[0], key=fresh, desk=desk)
    return True


class Keeper:
    """Forgets once a day in a thread of its own; `days` asks for the setting, `zone` for minutes east.

    `told` hears what was taken, in that thread. What hinders it today is tried again at the next look.
    """

    def __init__(
        self, ledger: Ledger, *, desk: str, days: Callable[[], int], zone: Callable[[int], int]
    ) -> None:
        self._ledger, self._desk, self._days, self._zone = ledger, desk, days, zone
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None
        self._crossed = 0
        self.told: Callable[[Taken], None] = lambda _taken: None
        ledger.on_written(
            lambda written: (
                self._note(max(one.written for one in written))
                if any(one.kind == facts.VEHICLE_CROSSED for one in written)
                else None
            )
        )

    def start(self) -> None:
        """Looks at once, and then every minute."""
        self._thread = threading.Thread(target=self._watch, name="retention", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends the thread; a forgetting under way is gone on with at the next start."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def look(self) -> Taken | None:
        """Forgets when it is due and the lanes are quiet; None when there is nothing to do now.

        Where nothing would be left but what was written just now, the station was closed for long or the
        clock was set far ahead: it waits until people had SEEN_FOR to notice.
        """
        days, now = self._days(), self._ledger.now()
        if days <= 0:
            return None
        before = cut(now=now, zone=self._zone(now), days=days)
        with self._ledger.reader() as reader:
            done = reached(reader)
            done = None if done is None or done > before else done  # the clock was ahead, or days were added
            witnessed = forgetting.happened_between(reader, before, now - SEEN_FOR)
        half_over = now - (before + days * DAY) > DAY // 2
        busy = now - self._crossed < QUIET and not half_over
        if done == before or busy or not witnessed:
            return None
        since = forgetting.EVER if done is None else done - LATE
        if not self._anything(before, since=since):
            _note_done(self._ledger, before)
            return None
        return forget(
            self._ledger,
            before=before,
            days=days,
            by=facts.By(),
            action=secrets.token_hex(16),
            desk=self._desk,
            rights=None,
            since=since,
            go_on=self._goes_on,
        )

    def _anything(self, before: int, *, since: int) -> bool:
        """Whether there is something to forget: else no entry and no new key for nothing."""
        folder, order = self._ledger.folder, _order(before, days=0, by=facts.By(), action="")
        return (
            forgetting.is_under_way(self._ledger)
            or bool(_printed(folder, before=before))
            or any(backup.made_at(found) < before for found in _backups(folder, desk=self._desk))
            or forgetting.is_due(self._ledger, replace(order, since=since), go_on=self._goes_on)
        )

    def _goes_on(self) -> bool:
        return not self._ended.is_set()

    def _note(self, at: int) -> None:
        self._crossed = at

    def _watch(self) -> None:
        while not self._ended.is_set():
            with suppress(Trouble):
                taken = self.look()
                if taken:
                    self.told(taken)
            self._ended.wait(LOOKS_EVERY)


def _note_done(ledger: Ledger, before: int) -> None:
    ledger.transact(lambda connection: write_setting(connection, DONE, before, now=ledger.now())).result()


def _order(before: int, *, days: int, by: facts.By, action: str) -> Order:
    return Order(before, f"retention {days} days", action, by, lasting_too=False)


def _backups(folder: Path, *, desk: str) -> tuple[Path, ...]:
    return tuple(found for target in backup.targets(folder) for found in backup.backups_in(target, desk=desk))


def _printed(folder: Path, *, before: int) -> tuple[Path, ...]:
    try:
        sheets = [sheet for sheet in (folder / PRINTED).iterdir() if sheet.is_file()]
        return tuple(sheet for sheet in sheets if sheet.stat().st_mtime_ns // 1_000_000 < before)
    except OSError:
        return ()


def _key_is_older(ledger: Ledger, before: int) -> bool:
    with ledger.reader() as reader:
        made = reader.execute("SELECT changed FROM secret WHERE name = 'station_key'").fetchone()
    return made is not None and made[0] < before


def _is_due(folder: Path, key: bytes, *, now: int) -> bool:
    with database.open_reader(folder, key) as reader:
        since = forgetting.renewal_due_since(reader)
    if since is None:
        return False
    return database.ledger_file(folder).stat().st_size <= LARGE or abs(now - since) >= LONGEST_DUE
