"""Forgetting what is past retention: personal parts and their salts go, chain, counts and seals stay.

The order is an entry before anything is erased and another one when all is done; in between, what is left to
do stands in a draft, so that a stop at any moment only delays. The writer is held for some milliseconds a
step, so a lane may stay open. Marks go by their trigger; remarks and corrections go with the crossing they
are about, whenever they were written. What is still needed when its time comes (`lasting`) is passed over
and looked at again each time.

In the file, pages keep traces of what was erased until they are overwritten, so forgetting is finished only
when the log could be emptied, and the file gets a new key at the next start (`renewing`).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from checkpoint_app.config import SETTINGS_FILE
from checkpoint_app.crypto.recovery import RECIPIENT_FILE, RECOVERY_FILE
from checkpoint_app.domain import facts, lane_draft
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.storage import backup, database, drafts, lasting, migrations, views
from checkpoint_app.storage.appending import new_action
from checkpoint_app.storage.engine import BUSY_MS, Connection
from checkpoint_app.storage.ledger import Ledger

EVER = -(2**52)
STEP = 0.003  # seconds of work a step; with its commit it stays far below the 20 ms a lane may wait
LOOKED_AT = 2_000  # entries a reader looks at in one go
PATIENCE = 10.0  # seconds to wait for readers before the log is emptied; none may stay longer than 5
PAUSE = 0.05

UNDER_WAY = "forgetting"
RENEWAL_DUE = "renewal_due"
BACKED_UP_FILES = frozenset(
    {*(database.FILE + end for end in ("", "-wal", "-shm")), RECOVERY_FILE, RECIPIENT_FILE, SETTINGS_FILE}
)
_KEPT_DRAFTS = (drafts.PAINTED, UNDER_WAY, RENEWAL_DUE)


class ForgettingHindered(Trouble):
    """Not finished: a reader keeps the log from being emptied, so that erased values may still be in it, or
    the program is being closed; facts: path. `resume` goes on."""


GoOn = Callable[[], bool]
"""Asked between two steps; False stops with ForgettingHindered."""


def _always() -> bool:
    return True


@dataclass(frozen=True, slots=True)
class Order:
    """What is to be forgotten: what happened before `before` (ms UTC), of these `kinds` or of all.

    `number` names the order or rule it rests on, `action` is the idempotency key of its entry.
    """

    before: int
    number: str
    action: str
    by: facts.By
    kinds: tuple[str, ...] = ()
    since: int = EVER  # what happened before that (ms UTC) was looked through already
    lasting_too: bool = True  # also who is in the register still, and affairs that are not over


@dataclass(frozen=True, slots=True)
class Counted:
    """What an order would erase now: entries, people in them, first and last time (ms UTC)."""

    entries: int = 0
    people: int = 0
    first: int | None = None
    last: int | None = None


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How far an order is carried out: counts, first and last time (ms UTC), names of files deleted."""

    entries: int = 0
    people: int = 0
    first: int | None = None
    last: int | None = None
    files: tuple[str, ...] = ()

    def plus(self, *, people: int, happened: int) -> Forgotten:
        """With one more entry."""
        return replace(
            self,
            entries=self.entries + 1,
            people=self.people + people,
            first=happened if self.first is None else min(self.first, happened),
            last=happened if self.last is None else max(self.last, happened),
        )


def forget(ledger: Ledger, order: Order, *, backups: Sequence[Path] = (), go_on: GoOn = _always) -> Forgotten:
    """Erases what the order covers; `backups` made before its time and copies from migrations are deleted.

    Raises ForgettingHindered when it was stopped, or all is erased but the log could not be emptied.
    """
    public: dict[str, Value] = {
        "stage": "ordered",
        "order": order.number,
        "before": order.before,
        "kinds": list(order.kinds),
        "lasting": order.lasting_too,
    }
    fact = Fact(facts.ERASED, order.action, ledger.now(), public, None, order.by.shift, order.by.officer)
    ledger.append((fact,), drafts={UNDER_WAY: _write(order, Forgotten())}).result()
    return _carry_out(ledger, order, Forgotten(), backups, go_on=go_on)


def resume(ledger: Ledger, *, backups: Sequence[Path] = (), go_on: GoOn = _always) -> Forgotten | None:
    """Goes on with a forgetting that was stopped; None when there is none."""
    with ledger.reader() as reader:
        kept = drafts.read(reader).get(UNDER_WAY)
    return _carry_out(ledger, *_read(kept), backups, go_on=go_on) if isinstance(kept, Mapping) else None


def is_due(ledger: Ledger, order: Order, *, go_on: GoOn = _always) -> bool:
    """Whether the order would erase anything; looked through page by page, as long as it takes."""
    return any(True for _ in _candidates(ledger, order, go_on=go_on))


def is_under_way(ledger: Ledger) -> bool:
    """Whether a forgetting was stopped before its end."""
    return UNDER_WAY in ledger.drafts()


def happened_between(reader: Connection, first: int, last: int) -> bool:
    """Whether any entry is from between two times, ms UTC."""
    found = reader.execute("SELECT 1 FROM entry WHERE happened >= ? AND happened < ? LIMIT 1", (first, last))
    return found.fetchone() is not None


def renewal_is_due(ledger: Ledger) -> bool:
    """Whether something was forgotten since the file last got a new key."""
    return RENEWAL_DUE in ledger.drafts()


def renewal_due_since(reader: Connection) -> int | None:
    """When the file was first due for a new key, ms UTC; None while it is not."""
    found = drafts.read(reader).get(RENEWAL_DUE)
    if found is None:
        return None
    return found if isinstance(found, int) else 0


def empty_log(ledger: Ledger) -> None:
    """Moves the whole log into the file and cuts it to nothing; raises ForgettingHindered.

    An open reader keeps every value it can still see: each try gives up at once, so that a lane never waits.
    """
    ends = time.monotonic() + PATIENCE
    while ledger.alone(_truncate_log).result():
        if time.monotonic() > ends:
            raise ForgettingHindered(path=ledger.path)
        time.sleep(PAUSE)


def _carry_out(
    ledger: Ledger, order: Order, done: Forgotten, backups: Sequence[Path], *, go_on: GoOn
) -> Forgotten:
    for batch in _candidates(ledger, order, go_on=go_on):
        left = batch
        while left:
            _refuse_unless(go_on, ledger)
            done, left = ledger.transact(_step(order, done, left)).result()
    ledger.keep(_old_drafts(ledger, order)).result()
    ledger.transact(lambda connection: connection.execute(_FORGET_FORKS, (order.before,)).rowcount).result()
    done = replace(done, files=(*done.files, *_delete_copies(ledger.path, backups, before=order.before)))
    empty_log(ledger)
    public: dict[str, Value] = {
        "stage": "done",
        "order": order.number,
        "ordered": order.action,
        "before": order.before,
        **_counts(done),
    }
    fact = Fact(facts.ERASED, new_action(), ledger.now(), public, None, order.by.shift, order.by.officer)
    since = ledger.drafts().get(RENEWAL_DUE) or ledger.now()
    ledger.append((fact,), drafts={UNDER_WAY: None, RENEWAL_DUE: since}).result()
    return done


def _refuse_unless(go_on: GoOn, ledger: Ledger) -> None:
    if not go_on():
        raise ForgettingHindered(path=ledger.path)


def _candidates(ledger: Ledger, order: Order, *, go_on: GoOn) -> Iterator[Sequence[int]]:
    """Ids to be forgotten: those passed over before, then oldest first; found by readers, so that the writer
    need not look.
    """
    for look in _LOOKS:
        at, entry = look.start(order)
        while True:
            _refuse_unless(go_on, ledger)
            with ledger.reader() as reader:
                seen, wanted = _look(reader, look, order, (at, entry))
            if seen is None:
                break
            at, entry = seen
            if wanted:
                yield [row[0] for row in wanted]


def count(reader: Connection, order: Order) -> Counted:
    """What the order would erase; remarks and corrections made after its time are not counted."""
    found: list[_Row] = []
    for look in _LOOKS:
        reached: tuple[int, int] | None = look.start(order)
        while reached is not None:
            reached, wanted = _look(reader, look, order, reached)
            found += wanted
    times = [row[1] for row in found]
    return Counted(
        len(found), sum(row[2] for row in found), min(times, default=None), max(times, default=None)
    )


_Row = tuple[int, int, int]
"""Id, time, people."""


def _look(
    reader: Connection, look: _Look, order: Order, after: tuple[int, int]
) -> tuple[tuple[int, int] | None, Sequence[_Row]]:
    """How far the next LOOKED_AT entries behind a time and id go, and those of them that are wanted."""
    rows = reader.execute(look.sql, (*after, order.before, LOOKED_AT, order.since)).fetchall()
    wanted = [
        (ident, happened, people)
        for ident, happened, kind, there, people, kept in rows
        if there and (not order.kinds or kind in order.kinds) and (order.lasting_too or not kept)
    ]
    return ((rows[-1][1], rows[-1][0]) if rows else None), wanted


_FOUND = f"""
SELECT id, happened, kind, personal IS NOT NULL, coalesce(json_array_length(personal, '$.people'), 0),
       {lasting.kept("?3")}
  FROM"""


@dataclass(frozen=True, slots=True)
class _Look:
    """A way to go through entries page by page: the SQL, whose ?1, ?2 are the time and id gone past, and
    where it starts.
    """

    sql: str
    start: Callable[[Order], tuple[int, int]]


_LOOKS = (
    _Look(
        f"""{_FOUND} lasting CROSS JOIN main.entry AS entry ON entry.id = lasting.entry
 WHERE lasting.entry > ?2 AND happened < ?5 AND happened < ?3 ORDER BY lasting.entry LIMIT ?4""",
        lambda _order: (EVER, 0),
    ),
    _Look(
        f"""{_FOUND} main.entry AS entry
 WHERE (happened, id) > (?1, ?2) AND happened < ?3 AND happened >= ?5 ORDER BY happened, id LIMIT ?4""",
        lambda order: (order.since, 0),
    ),
)

_Result = tuple[Forgotten, Sequence[int]]


def _step(order: Order, done: Forgotten, ids: Sequence[int]) -> Callable[[Connection], _Result]:
    """Work for the writer: erases as many of `ids` as fit into STEP; gives back what is left of them."""

    def work(connection: Connection) -> _Result:
        ends, so_far, waiting = time.perf_counter() + STEP, done, iter(ids)
        for entry in waiting:
            so_far = _forget_entry(connection, entry, order, so_far)
            if time.perf_counter() >= ends:
                break
        drafts.write(connection, {UNDER_WAY: _write(order, so_far)}, now=order.before)
        return so_far, tuple(waiting)

    return work


def _forget_entry(connection: Connection, entry: int, order: Order, done: Forgotten) -> Forgotten:
    """Erases an entry and every remark or correction that is about it, and is not still needed itself."""
    asked = (entry, order.before, order.lasting_too)
    for ident, happened, people in connection.execute(_WITH_REMARKS, asked).fetchall():
        connection.execute("UPDATE entry SET personal = NULL, salt = NULL WHERE id = ?", (ident,))
        done = done.plus(people=people, happened=happened)
    return done


_WITH_REMARKS = f"""
SELECT id, happened, coalesce(json_array_length(personal, '$.people'), 0) FROM main.entry AS entry
 WHERE personal IS NOT NULL AND (id = ?1 OR id IN (
   SELECT thread.entry FROM main.entry AS about JOIN thread
      ON thread.desk = about.desk AND thread.action = about.header ->> '$.action'
    WHERE about.id = ?1) AND kind IN {views.listed(views.CORRECTIONS + views.REMARKS)}
   AND (?3 OR NOT {lasting.kept("?2")}))"""  # noqa: S608

_FORGET_FORKS = """
UPDATE fork SET personal = NULL, salt = NULL WHERE personal IS NOT NULL AND header ->> '$.happened' < ?"""


def _old_drafts(ledger: Ledger, order: Order) -> Mapping[str, Value | None]:
    """What is left of drafts as old as the order: of a lane its vehicles and counts, of others nothing."""
    with ledger.reader() as reader:
        rows = reader.execute("SELECT name FROM draft WHERE changed < ?", (order.before,)).fetchall()
        kept = drafts.read(reader)
    old = [row[0] for row in rows if row[0] not in _KEPT_DRAFTS]
    return {name: lane_draft.without_personal(kept[name]) if name in kept else None for name in old}


def _delete_copies(path: Path, backups: Sequence[Path], *, before: int) -> tuple[str, ...]:
    """Deletes copies made before migrations and backups older than the cut-off; returns their names."""
    old = [found for found in backups if backup.made_at(found) < before]
    doomed = (*migrations.copies(path), *old)
    return tuple(found.name for found in doomed if backup.delete_backup(found, files=BACKED_UP_FILES))


def _truncate_log(connection: Connection) -> bool:
    """True when somebody was in the way."""
    connection.execute("PRAGMA busy_timeout = 0").fetchall()
    try:
        return bool(connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0])
    finally:
        connection.execute(f"PRAGMA busy_timeout = {BUSY_MS}").fetchall()


def _counts(done: Forgotten) -> dict[str, Value]:
    return {**asdict(done), "files": list(done.files)}


def _write(order: Order, done: Forgotten) -> Value:
    return {"order": {**asdict(order), "kinds": list(order.kinds)}, "done": _counts(done)}


def _read(kept: Mapping[str, Any]) -> tuple[Order, Forgotten]:
    order, done = dict(kept["order"]), kept["done"]
    order.setdefault("lasting_too", order.pop("register_too", True))  # as an older program wrote it
    return (
        Order(**{**order, "by": facts.By(**order["by"]), "kinds": tuple(order["kinds"])}),
        Forgotten(**{**done, "files": tuple(done["files"])}),
    )
