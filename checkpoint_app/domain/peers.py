"""Other desks this one knows: who they are, their keys, and the card by which they are enrolled in person.

A card is public. Its fingerprint is read aloud on the telephone or across the table: whoever swaps a card on
the way cannot swap the voice.
"""

from __future__ import annotations

import base64
import hashlib
import re
from contextlib import suppress
from dataclasses import asdict, dataclass
from enum import StrEnum

from checkpoint_app.domain import canonical
from checkpoint_app.domain.canonical import NotCanonical
from checkpoint_app.domain.errors import Refusal

CARD = "CPD1:"
LONGEST_CARD = 1_200
MOST_LINES = 40
"""On which a card stands that was broken on its way, by a mail program or a terminal."""
PURPOSE_CARD = b"cp1.card\0"
_DESK = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?")
_RECIPIENT = re.compile(r"age1[02-9ac-hj-np-z]{58}")


class PeerRole(StrEnum):
    STATION = "station"
    HEADQUARTERS = "headquarters"


class CardUnreadable(Refusal):
    """What was scanned, typed or opened is no desk's card; facts: reason."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a desk shows to be enrolled. `public` is its Ed25519 key (hex), `recipient` its age key (age1…),
    `station` the name its people call it by.
    """

    desk: str
    role: PeerRole
    station: str
    public: str
    recipient: str

    @property
    def fingerprint(self) -> str:
        """25 digits in five groups: the first 80 bits of SHA-256 over the card, for reading aloud."""
        number = int.from_bytes(hashlib.sha256(PURPOSE_CARD + _bytes(self)).digest()[:10], "big")
        digits = f"{number:025}"
        return " ".join(digits[place : place + 5] for place in range(0, 25, 5))


@dataclass(frozen=True, slots=True)
class Peer:
    """A desk enrolled here. `key` is the id of its key; times ms UTC; `revoked` None while it is trusted."""

    desk: str
    role: PeerRole
    station: str
    key: str
    public: bytes
    recipient: str
    since: int
    revoked: int | None = None
    why: str = ""


def card_text(card: Card) -> str:
    """`CPD1:` and base32: QR codes hold it in their alphanumeric mode."""
    return CARD + base64.b32encode(_bytes(card)).decode().rstrip("=")


def is_card(text: str) -> bool:
    """Whether a scanned text says that it is a card."""
    return text.lstrip()[: len(CARD)].upper() == CARD


def read_card(text: str) -> Card:
    """The card behind a text, whatever its case and spaces; raises CardUnreadable."""
    plain = "".join(text.split()).upper() if len(text) <= LONGEST_CARD else ""
    if not plain.startswith(CARD):
        raise CardUnreadable(reason="not a card")
    body = plain.removeprefix(CARD)
    try:
        value = canonical.decode(base64.b32decode(body + "=" * (-len(body) % 8)))
        if not isinstance(value, dict) or value.pop("v", None) != 1:
            raise CardUnreadable(reason="content")
        card = Card(**{**value, "role": PeerRole(value["role"])})
        _check(card)
    except (ValueError, KeyError, TypeError, NotCanonical) as error:
        raise CardUnreadable(reason="content") from error
    return card


def card_in(text: str) -> Card:
    """The first card in a text, whatever stands around it and however often its line is broken; raises
    CardUnreadable.
    """
    lines = text.splitlines()
    start = next((place for place, line in enumerate(lines) if is_card(line)), len(lines))
    for end in range(start + 1, min(start + MOST_LINES, len(lines)) + 1):
        with suppress(CardUnreadable):
            return read_card("".join(lines[start:end]))
    raise CardUnreadable(reason="no card in it")


def _bytes(card: Card) -> bytes:
    return canonical.encode({**asdict(card), "role": card.role.value, "v": 1})


def _check(card: Card) -> None:
    fits = (
        _DESK.fullmatch(card.desk)
        and isinstance(card.station, str)
        and len(card.station) <= 40
        and card.station.splitlines() in ([], [card.station])
        and card.station.isprintable()
        and re.fullmatch(r"[0-9a-f]{64}", card.public)
        and _RECIPIENT.fullmatch(card.recipient)
    )
    if not fits:
        raise ValueError("card")
