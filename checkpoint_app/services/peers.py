"""Desks that know each other: this one's card, others' cards taken in person, keys no longer trusted.

What waits for the disk says so: call it where waiting is allowed.
"""

from __future__ import annotations

import codecs
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

from checkpoint_app.config import Settings
from checkpoint_app.crypto.desk import key_id
from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.domain import exchange
from checkpoint_app.domain.entry import Fact
from checkpoint_app.domain.errors import Refusal, Trouble
from checkpoint_app.domain.facts import By, setting_changed
from checkpoint_app.domain.peers import (
    Card,
    Peer,
    PeerRole,
    card_in,
    card_text,
    is_card,
    read_card,
)
from checkpoint_app.domain.roles import Action
from checkpoint_app.services.rights import Rights
from checkpoint_app.services.typed import as_typed
from checkpoint_app.storage import peers as stored
from checkpoint_app.storage import secrets, trust
from checkpoint_app.storage.desk import read_desk_key
from checkpoint_app.storage.engine import Connection
from checkpoint_app.storage.ledger import Ledger

SUFFIX = ".cpd"
LONGEST_STATION = 40
LONGEST_FILE = 64_000  # bytes in which a card is looked for
GROUP = 5  # digits of a fingerprint that are typed back


class CardUnread(Trouble):
    """The file in which a card should be cannot be read; facts: path, why."""


class OwnCard(Refusal):
    """The card is that of this very desk; facts: desk."""


class FingerprintWrong(Refusal):
    """What was heard is not the end of the card's fingerprint; facts: desk."""


class PeerKeyed(Refusal):
    """That desk is enrolled with another key, and nobody said what became of that one; facts: desk."""


class UnknownPeer(Refusal):
    """No desk of that name is enrolled here; facts: desk."""


class RevokeReasonNeeded(Refusal):
    """A desk's key is revoked for a reason only."""


@dataclass(frozen=True, slots=True)
class Peers:
    """Any thread may ask."""

    ledger: Ledger
    rights: Rights
    new_action: Callable[[], str]
    settings: Callable[[], Settings]

    def card(self) -> Card:
        """What another desk needs to enrol this one; the key for bundles is made when first asked for."""
        key, told = self.key(), self.settings()
        with self.ledger.reader() as reader:
            own = _own_key(reader)
        return Card(
            self.ledger.head().desk, PeerRole(told.role), one_line(told.station), own.hex(), key.recipient
        )

    def key(self) -> ExchangeKey:
        """The age key bundles for this desk are sealed to; waits for the disk the first time."""
        with self.ledger.reader() as reader:
            kept = secrets.read_exchange_keys(reader, now=self.ledger.now())
        if kept:
            return ExchangeKey.load(kept[0])
        made, now = ExchangeKey.make().identity, self.ledger.now()
        return ExchangeKey.load(
            self.ledger.transact(lambda writer: secrets.first_exchange_key(writer, made, now=now)).result()
        )

    def identities(self) -> tuple[str, ...]:
        """With what bundles for this desk are opened: the key, and for a while the one before it."""
        self.key()
        with self.ledger.reader() as reader:
            return secrets.read_exchange_keys(reader, now=self.ledger.now())

    def renew(self, *, by: By) -> Card:
        """Another age key; others must take the new card before the old key is forgotten, 40 days from now.
        Raises NotAllowed.
        """
        self.rights.check(Action.ENROL_DESK, by)
        self.key()
        made, now = ExchangeKey.make(), self.ledger.now()
        told = setting_changed({"recipient": made.recipient}, by=by, at=now, action=self.new_action())
        self._tell(told, lambda writer: secrets.next_exchange_key(writer, made.identity, now=now))
        return self.card()

    def all(self) -> tuple[Peer, ...]:
        """Every desk that was ever enrolled here, revoked ones too."""
        with self.ledger.reader() as reader:
            return stored.read_peers(reader)

    def find(self, desk: str) -> Peer:
        """Raises UnknownPeer."""
        found = next((each for each in self.all() if each.desk == desk), None)
        if found is None:
            raise UnknownPeer(desk=desk[:LONGEST_STATION])
        return found

    def enrol(self, card: Card, heard: str, *, by: By, instead: bool = False) -> Peer:
        """Trusts that desk from now on. `heard` is the last group of its fingerprint, or all of it, as the
        desk's own people read it aloud. `instead`: its computer was replaced, and what the key before signed
        is still welcome.

        Raises NotAllowed, OwnCard, FingerprintWrong, PeerKeyed.
        """
        self.rights.check(Action.ENROL_DESK, by)
        digits = "".join(filter(str.isdecimal, unicodedata.normalize("NFKC", heard)))
        whole = card.fingerprint.replace(" ", "")
        if digits not in {whole, whole[-GROUP:]}:
            raise FingerprintWrong(desk=card.desk)
        return self.admit(card, by=by, instead=instead)

    def admit(self, card: Card, *, by: By, instead: bool = False) -> Peer:
        """The same where somebody trusted vouches for the card already; asks no right and no fingerprint.

        A card that is known changes nothing. Raises OwnCard, PeerKeyed.
        """
        if card.desk == self.ledger.head().desk:
            raise OwnCard(desk=card.desk)
        known = next((each for each in self.all() if each.desk == card.desk and each.revoked is None), None)
        made = _peer(card, since=self.ledger.now())
        if known and known.key != made.key and not instead:
            raise PeerKeyed(desk=card.desk)
        if known and replace(known, since=made.since) == made:
            return known

        def write(writer: Connection) -> None:
            stored.write_peer(writer, made)
            trust.admit_key(writer, made.key, now=made.since)

        self._tell(exchange.desk_enrolled(made, by=by, at=made.since, action=self.new_action()), write)
        return made

    def revoke(self, desk: str, *, why: str, by: By) -> Peer:
        """Nothing that desk signed is taken in from now on; what is here stays. Once is enough.

        Raises NotAllowed, UnknownPeer, RevokeReasonNeeded.
        """
        self.rights.check(Action.ENROL_DESK, by)
        known, why, now = self.find(desk), as_typed(why), self.ledger.now()
        if known.revoked is not None:
            return known
        if not why:
            raise RevokeReasonNeeded
        fact = exchange.desk_revoked(desk, known.key, why=why, by=by, at=now, action=self.new_action())

        def write(writer: Connection) -> None:
            stored.revoke_peer(writer, desk, at=now, why=str(fact.public["why"]))
            trust.bar_key(writer, known.key, now=now)

        self._tell(fact, write)
        return self.find(desk)

    def _tell(self, fact: Fact, also: Callable[[Connection], None]) -> None:
        self.ledger.append((fact,), also=also).result()


def card_of(text: str) -> Card:
    """The card in a text that was scanned or typed, or in the file of that name; raises CardUnreadable,
    CardUnread.
    """
    return read_card(text) if is_card(text) else read_card_file(Path(text))


def read_card_file(path: Path) -> Card:
    """The card in any text file that holds one; raises CardUnreadable, CardUnread."""
    try:
        with path.open("rb") as file:
            content = file.read(LONGEST_FILE)
    except (OSError, ValueError) as error:
        raise CardUnread(path=str(path), why=getattr(error, "strerror", None) or "?") from error
    code = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    return card_in(content.decode(code, errors="replace"))


def write_card_file(path: Path, card: Card) -> None:
    """Raises OSError."""
    path.write_text(card_text(card) + "\n", encoding="ascii")


def _peer(card: Card, *, since: int) -> Peer:
    public = bytes.fromhex(card.public)
    return Peer(card.desk, card.role, card.station, key_id(public), public, card.recipient, since)


def one_line(station: str) -> str:
    """A station's name as a card takes it: what is printed, with plain blanks."""
    words = " ".join(station.split())
    return "".join(filter(str.isprintable, words))[:LONGEST_STATION]


def _own_key(reader: Connection) -> bytes:
    key = read_desk_key(reader)
    if key is None:
        raise LookupError("a ledger without a desk key")
    return key.public
