"""What the reader of a bundle hands over, entry by entry."""

from __future__ import annotations

from typing import NamedTuple

from checkpoint_app.domain.entry import Entry


class Checked(NamedTuple):
    """An entry whose parts and place in its chain fit; its range is proved only by the seal at its end.

    `header`, `public` and `personal` are canonical JSON, `salt` and `hash` 32 bytes, `prev` hex; `personal`
    and `salt` are None together. `odd` are the parts that have not the shape of their kind (see
    `domain.shapes`).
    """

    desk: str
    epoch: str
    seq: int
    kind: str
    happened: int
    prev: str
    header: bytes
    public: bytes
    personal: bytes | None
    salt: bytes | None
    hash: bytes
    odd: int = 0

    @property
    def entry(self) -> Entry:
        """As the ledger keeps it."""
        return Entry(self.header, self.public, self.personal, self.salt, self.hash)
