"""What the content of a data set says, by its kind, and what it would change at this desk. Writes nothing."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from checkpoint_app import config
from checkpoint_app.config import Settings
from checkpoint_app.crypto.desk import key_id
from checkpoint_app.domain.datasets import LARGEST_SET, DataSet, Difference, SetKind, SetUnfit
from checkpoint_app.domain.errors import Trouble
from checkpoint_app.domain.peers import Card, CardUnreadable, Peer, PeerRole, read_card
from checkpoint_app.domain.rules import Rule, RulePack, RuleRefused, load_rules
from checkpoint_app.services import log_rules

DIRECTED = (*config.DUTY, "exchange_minutes", "silence_hours")
"""Settings that headquarters may send. Never what belongs to the ledger and its key, to this place, its lanes
and cameras, to how the window looks; nor a folder or address: no login travels, nothing is led elsewhere."""

ASKED = (SetKind.NOTICE, SetKind.ORDER)


class ContentUnread(Trouble):
    """A file with a content cannot be read, or is no text; facts: path, why."""


@dataclass(frozen=True, slots=True)
class Revoked:
    """A key that is trusted no longer."""

    desk: str
    key: str


@dataclass(frozen=True, slots=True)
class Desks:
    """What a set of desks says: cards to trust, keys to trust no longer."""

    cards: tuple[Card, ...] = ()
    revoked: tuple[Revoked, ...] = ()


def read_content(path: Path) -> str:
    """The text in a file, no more of it than a set may have; raises ContentUnread."""
    try:
        with path.open(encoding="utf-8") as file:
            return file.read(LARGEST_SET + 1)
    except (OSError, ValueError) as error:
        raise ContentUnread(path=str(path), why=str(error)[:80]) from error


def check(kind: SetKind, content: str, *, name: str) -> None:
    """Raises SetUnfit, WordsTooLong for a content that no station could adopt."""
    if kind in ASKED:
        log_rules.words(content, "text")
    elif kind is SetKind.SETTINGS:
        settings_in(content, name=name)
    elif kind is SetKind.RULES:
        rules_in(content, name=name)
    elif kind is SetKind.DESKS:
        desks_in(content, name=name)


def settings_in(content: str, *, name: str) -> Mapping[str, object]:
    """Settings a station may be sent, by name; raises SetUnfit for any other and for unfit values."""
    found = _object(content, name=name)
    wrong = [each for each in found if each not in DIRECTED]
    wrong += [each for each in found if each in DIRECTED and not config.fits(each, found[each])]
    if wrong or not found:
        raise SetUnfit(name=name, fault=", ".join(wrong)[:100] or "empty")
    return found


def rules_in(content: str, *, name: str) -> RulePack:
    """Raises SetUnfit naming the rule and its fault."""
    try:
        return load_rules(content)
    except RuleRefused as error:
        raise SetUnfit(name=name, fault=f"{error.facts['rule']} {error.facts['fault']}".strip()) from error


def with_settings(settings: Settings, content: str, *, name: str) -> Settings:
    """The settings with what was sent in them."""
    plain = config.as_plain(settings)
    return config.from_plain({**settings.unknown, **plain, **settings_in(content, name=name)})


def desks_in(content: str, *, name: str) -> Desks:
    """Raises SetUnfit; also for the card of a headquarters, which is enrolled in person only."""
    found = _object(content, name=name)
    try:
        cards = tuple(read_card(text) for text in _texts(found.get("cards", [])))
        revoked = tuple(Revoked(**_named(each)) for each in _listed(found.get("revoked", [])))
    except (CardUnreadable, TypeError) as error:
        raise SetUnfit(name=name, fault="desks") from error
    if set(found) - {"cards", "revoked"} or not (cards or revoked):
        raise SetUnfit(name=name, fault="desks")
    if any(card.role is not PeerRole.STATION for card in cards):
        raise SetUnfit(name=name, fault="headquarters")
    return Desks(cards, revoked)


def wanted_desks(found: Desks, peers: Sequence[Peer], *, own: str) -> Desks:
    """What of it would change anything here: new cards of other desks, keys of stations trusted until now."""
    known = {peer.desk: peer for peer in peers if peer.revoked is None}
    barred = {(peer.desk, peer.key) for peer in peers if peer.revoked is not None}
    return Desks(
        tuple(
            card
            for card in found.cards
            if card.desk != own
            and (card.desk, _key_of(card)) not in barred
            and not _same(card, known.get(card.desk))
        ),
        tuple(
            each
            for each in found.revoked
            if each.desk in known
            and known[each.desk].key == each.key
            and known[each.desk].role is PeerRole.STATION
        ),
    )


def settings_difference(settings: Settings, content: str, *, name: str) -> Difference:
    plain = config.as_plain(settings)
    sent = settings_in(content, name=name)
    return Difference(
        changed=tuple(
            (each, _text(plain[each]), _text(value)) for each, value in sent.items() if plain[each] != value
        )
    )


def rules_difference(before: RulePack, after: RulePack) -> Difference:
    """Pack, limits, required checks and rules, each by its name; a rule whose version stayed but whose words
    or logic did not is changed too.
    """
    old, new = _pieces(before), _pieces(after)
    return Difference(
        tuple(name for name in new if name not in old),
        tuple(name for name in old if name not in new),
        tuple((name, old[name][0], new[name][0]) for name in new if name in old and old[name] != new[name]),
    )


def desks_difference(found: Desks, peers: Sequence[Peer], *, own: str) -> Difference:
    wanted = wanted_desks(found, peers, own=own)
    known = {peer.desk: peer for peer in peers if peer.revoked is None}
    return Difference(
        tuple(f"{card.desk} {card.station}" for card in wanted.cards if card.desk not in known),
        tuple(each.desk for each in wanted.revoked),
        tuple(
            (card.desk, known[card.desk].key, _key_of(card)) for card in wanted.cards if card.desk in known
        ),
    )


def list_difference(before: DataSet | None, after: DataSet) -> Difference:
    """Nothing of what is in it: version and size."""
    if before is None:
        return Difference(added=(f"{after.name} {after.version}",))
    pairs = (("version", before.version, after.version), ("size", before.size, after.size))
    return Difference(changed=tuple((name, str(old), str(new)) for name, old, new in pairs if old != new))


def _pieces(pack: RulePack) -> dict[str, tuple[str, object]]:
    """Everything of a pack that can differ: how it reads, and what is compared."""
    versions: dict[str, list[Rule]] = {}
    for rule in pack.rules:
        versions.setdefault(rule.identifier, []).append(rule)
    rules = {name: (" ".join(each.version for each in own), tuple(own)) for name, own in versions.items()}
    limits = {name: (str(value), value) for name, value in pack.parameters.items()}
    required = {f"required {name}": (" ".join(kinds) or "-", kinds) for name, kinds in pack.required.items()}
    sets = {f"values {name}": (str(len(items)), items) for name, items in pack.value_sets.items()}
    head = {pack.name: (pack.version, pack.version)}
    return {**head, **limits, **required, **sets, **rules}


def _same(card: Card, peer: Peer | None) -> bool:
    return peer is not None and (peer.public.hex(), peer.recipient, peer.station, peer.role) == (
        card.public,
        card.recipient,
        card.station,
        card.role,
    )


def _key_of(card: Card) -> str:
    return key_id(bytes.fromhex(card.public))


def _object(content: str, *, name: str) -> dict[str, Any]:
    try:
        found = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise SetUnfit(name=name, fault="not JSON") from error
    if not isinstance(found, dict):
        raise SetUnfit(name=name, fault="not an object")
    return found


def _listed(value: object) -> list[Any]:
    if not isinstance(value, list):
        raise TypeError("list")
    return value


def _texts(value: object) -> Iterable[str]:
    found = _listed(value)
    if not all(isinstance(each, str) for each in found):
        raise TypeError("texts")
    return found


def _named(value: object) -> dict[str, str]:
    if not isinstance(value, dict) or not all(isinstance(each, str) for each in value.values()):
        raise TypeError("named")
    return value


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
