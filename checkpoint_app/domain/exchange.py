"""The entries of the exchange: what went out, what came in, what headquarters sends down, what was decided.

Public parts name no people; a reason in somebody's own words is personal. `bundle_received` is the receipt:
which entries of which desk its writer holds, entry hash included; it goes back to that desk in the writer's
own chain.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from checkpoint_app.domain.bundles import Range
from checkpoint_app.domain.canonical import Value
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.facts import By, code_of, own_words
from checkpoint_app.domain.peers import Peer

BUNDLE_MADE = "bundle_made"
BUNDLE_RECEIVED = "bundle_received"
BUNDLE_REFUSED = "bundle_refused"
DESK_ENROLLED = "desk_enrolled"
DESK_REVOKED = "desk_revoked"
FORK_SETTLED = "fork_settled"
DATA_PUBLISHED = "data_published"
DATA_PART = "data_part"
DATA_ADOPTED = "data_adopted"
DATA_ENDED = "data_ended"

EXCHANGE_KINDS = (
    BUNDLE_MADE,
    BUNDLE_RECEIVED,
    BUNDLE_REFUSED,
    DESK_ENROLLED,
    DESK_REVOKED,
    FORK_SETTLED,
    DATA_PUBLISHED,
    DATA_PART,
    DATA_ADOPTED,
    DATA_ENDED,
)


@dataclass(frozen=True, slots=True)
class Held:
    """Entries of a chain that somebody holds: `hash` (hex) is that of `last`."""

    desk: str
    epoch: str
    first: int
    last: int
    hash: str


def held(ranges: Sequence[Range]) -> tuple[Held, ...]:
    """What somebody holds once these ranges were taken in."""
    return tuple(Held(each.desk, each.epoch, each.first, each.last, each.after) for each in ranges)


def bundle_made(
    bundle: str, *, to: Sequence[str], what: Sequence[Held], by: By, at: int, action: str
) -> Fact:
    """A bundle is about to be written for the desks `to`; its own entry and the seal behind it go with it, so
    `what` ends before them."""
    return _fact(BUNDLE_MADE, {"bundle": bundle, "to": list(to), "held": _held(what)}, by, at, action)


def bundle_received(
    bundle: str, sender: str, *, what: Sequence[Held], added: int, forks: int, by: By, at: int, action: str
) -> Fact:
    """The receipt: `added` entries were new here, `forks` are kept apart."""
    public: dict[str, Value] = {
        "bundle": bundle,
        "sender": sender,
        "held": _held(what),
        "added": added,
        "forks": forks,
    }
    return _fact(BUNDLE_RECEIVED, public, by, at, action)


def bundle_refused(digest: str, check: str, *, sender: str, name: str, by: By, at: int, action: str) -> Fact:
    """A file was refused by that check; `digest` is the file's SHA-256, `sender` "" when nobody can tell."""
    public: dict[str, Value] = {"digest": digest, "check": check, "sender": sender, "name": name}
    return _fact(BUNDLE_REFUSED, public, by, at, action)


def desk_enrolled(peer: Peer, *, by: By, at: int, action: str) -> Fact:
    """That desk's keys were compared in person and are trusted from now on."""
    public: dict[str, Value] = {
        "desk": peer.desk,
        "role": peer.role.value,
        "station": peer.station,
        "key": peer.key,
        "public": peer.public.hex(),
        "recipient": peer.recipient,
    }
    return _fact(DESK_ENROLLED, public, by, at, action)


def desk_revoked(desk: str, key: str, *, why: str, by: By, at: int, action: str) -> Fact:
    """Nothing signed with that key is taken in from now on."""
    return _fact(DESK_REVOKED, {"desk": desk, "key": key}, by, at, action, why=why)


def fork_settled(
    desk: str, epoch: str, seq: int, *, trusted: str, why: str, by: By, at: int, action: str
) -> Fact:
    """Of two entries with one number the one with hash `trusted` counts, and what follows it."""
    public: dict[str, Value] = {"desk": desk, "epoch": epoch, "seq": seq, "trusted": trusted}
    return _fact(FORK_SETTLED, public, by, at, action, why=why)


def _held(what: Sequence[Held]) -> list[Value]:
    return [asdict(each) for each in what]


def _fact(
    kind: str, public: dict[str, Value], by: By, at: int, action: str, *, why: str | None = None
) -> Fact:
    """A reason in somebody's own words is personal: it may name people."""
    if why is None:
        return Fact(kind, action, at, public, None, by.shift, by.officer)
    return Fact(kind, action, at, {**public, **code_of(why)}, own_words(why) or None, by.shift, by.officer)
