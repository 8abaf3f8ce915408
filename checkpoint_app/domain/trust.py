"""Whom this desk believes: what a bundle is checked against."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from checkpoint_app.domain.peers import Peer


@dataclass(frozen=True, slots=True)
class Trust:
    """`desk` is ourselves; `keys` are public keys by (desk, key id), those a desk had before included."""

    desk: str
    peers: Mapping[str, Peer]
    keys: Mapping[tuple[str, str], bytes] = field(default_factory=lambda: MappingProxyType({}))

    def knows(self, desk: str) -> bool:
        """Whether it is ourselves or was enrolled, revoked or not."""
        return desk == self.desk or desk in self.peers

    def revoked(self, desk: str) -> bool:
        """Whether it was enrolled and is not believed any more."""
        peer = self.peers.get(desk)
        return desk != self.desk and peer is not None and peer.revoked is not None

    def believes(self, desk: str) -> bool:
        """Whether entries of that desk are taken in."""
        return self.knows(desk) and not self.revoked(desk)

    def keys_of(self, desk: str) -> dict[str, bytes]:
        """Public keys of a desk by their ids; none unless it is believed."""
        if not self.believes(desk):
            return {}
        return {key: public for (owner, key), public in self.keys.items() if owner == desk}
