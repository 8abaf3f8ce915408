"""Bundles on their way in, and in: the table `arrival`, which is all that a crash leaves to go on from."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from checkpoint_app.domain import exchange
from checkpoint_app.domain.bundles import Manifest, Range, read_manifest
from checkpoint_app.domain.exchange import Held
from checkpoint_app.domain.facts import By
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.withheld import Ids

ACTION_DIGITS = 32


@dataclass(frozen=True, slots=True)
class Arrival:
    """A bundle that is being landed from the staging file of that name, `by` somebody or the clock.

    `ids` are the local ids its new entries get; `key` names the arrival: the bundle, unless two different
    ones have its name.
    """

    key: str
    manifest: Manifest
    staging: str
    by: By
    begun: int
    ids: tuple[Ids, ...] = ()

    @property
    def action(self) -> str:
        """The idempotency key of the receipt."""
        return self.key[-ACTION_DIGITS:]


@dataclass(frozen=True, slots=True)
class Arrived:
    """A bundle that is in: `sender` brought it, `held` is what it had, `added` of that was new here.

    `made` and `at`, when it was in, are ms UTC.
    """

    bundle: str
    sender: str
    station: str
    at: int
    made: int
    held: tuple[Held, ...]
    added: int
    forks: int


def recent(reader: Connection, *, limit: int) -> tuple[Arrived, ...]:
    """The bundles that came in last, newest first."""
    rows = reader.execute(
        "SELECT bundle, sender, ended, body FROM arrival WHERE ended IS NOT NULL"
        " ORDER BY ended DESC, bundle LIMIT ?",
        (limit,),
    ).fetchall()
    return tuple(_arrived(bundle, sender, at, json.loads(body)) for bundle, sender, at, body in rows)


def _arrived(bundle: str, sender: str, at: int, body: dict[str, Any]) -> Arrived:
    ranges = tuple(Range(**each) for each in body["ranges"])
    return Arrived(
        bundle,
        sender,
        body["station"],
        at,
        body["made"],
        exchange.held(ranges),
        body["added"],
        body["forks"],
    )


def taken_at(reader: Connection, manifest: Manifest) -> int | None:
    """When this very bundle was taken in to its end, ms UTC; None when it was not."""
    row = reader.execute(
        "SELECT ended FROM arrival WHERE bundle IN (?, ?) AND body ->> '$.digest' = ?",
        (manifest.bundle, _other_key(manifest), manifest.digest),
    ).fetchone()
    return row[0] if row else None


def key_for(connection: Connection, manifest: Manifest) -> str:
    """What this arrival is called: two bundles of one name are told apart by what they hold."""
    row = connection.execute(
        "SELECT body ->> '$.digest' FROM arrival WHERE bundle = ?", (manifest.bundle,)
    ).fetchone()
    return manifest.bundle if row is None or row[0] == manifest.digest else _other_key(manifest)


def begin(connection: Connection, arrival: Arrival) -> None:
    """Notes that a bundle is on its way in."""
    body = {
        "manifest": arrival.manifest.encode().decode(),
        "digest": arrival.manifest.digest,
        "made": arrival.manifest.made,
        "staging": arrival.staging,
        "by": asdict(arrival.by),
        "ids": arrival.ids,
    }
    connection.execute(
        "INSERT OR REPLACE INTO arrival VALUES(?, ?, ?, ?, NULL)",
        (arrival.key, arrival.manifest.sender, json.dumps(body), arrival.begun),
    )


def end(connection: Connection, arrival: Arrival, *, at: int, added: int, forks: int) -> None:
    """It is in; what is kept of it is what a list of arrivals shows."""
    manifest = arrival.manifest
    body = {
        "digest": manifest.digest,
        "made": manifest.made,
        "station": manifest.station,
        "ranges": [asdict(each) for each in manifest.ranges],
        "added": added,
        "forks": forks,
    }
    connection.execute(
        "UPDATE arrival SET body = ?, ended = ? WHERE bundle = ?", (json.dumps(body), at, arrival.key)
    )


def drop(connection: Connection, arrival: Arrival) -> None:
    """It never came."""
    connection.execute("DELETE FROM arrival WHERE bundle = ?", (arrival.key,))


def unfinished(connection: Connection) -> Sequence[Arrival]:
    """Bundles whose landing was interrupted."""
    rows = connection.execute("SELECT bundle, body, begun FROM arrival WHERE ended IS NULL ORDER BY begun")
    return tuple(_arrival(key, json.loads(body), begun) for key, body, begun in rows)


def _arrival(key: str, body: dict[str, Any], begun: int) -> Arrival:
    return Arrival(
        key,
        read_manifest(body["manifest"].encode()),
        body["staging"],
        By(**body["by"]),
        begun,
        tuple((low, high) for low, high in body["ids"]),
    )


def _other_key(manifest: Manifest) -> str:
    return f"{manifest.bundle[:8]}-{manifest.digest[:ACTION_DIGITS]}"
