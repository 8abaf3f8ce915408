"""Keyed digests of scanned payloads: equal payloads are found again, nobody outside can guess them."""

from __future__ import annotations

import hashlib
import hmac
import secrets

STATION_KEY_BYTES = 32
PURPOSE_PAYLOAD = b"cp1.payload\0"


def make_station_key() -> bytes:
    """A new random key; replaced each retention period, after which old digests match nothing."""
    return secrets.token_bytes(STATION_KEY_BYTES)


def payload_digest(station_key: bytes, payload: bytes) -> str:
    """HMAC-SHA-256 in hex. A plain hash of an id number could be found by trying all of them."""
    if len(station_key) != STATION_KEY_BYTES:
        raise ValueError("station key")
    return hmac.new(station_key, PURPOSE_PAYLOAD + payload, hashlib.sha256).hexdigest()
