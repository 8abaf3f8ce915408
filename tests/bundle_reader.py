"""Second opinion on bundles: knows the format from its description alone, shares no code with the app.

    python tests/bundle_reader.py expected.json FILE…      a line each: the check that refuses it, or "taken"

Standard library, the `age` program, `zstandard` to inflate and `cryptography` for Ed25519. It has the whole
file in memory and is slow; that is what makes it easy to follow.
"""

from __future__ import annotations

import hashlib
import json
import re
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

import zstandard
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tests import verifier

YEARS = range(-62_135_596_800_000, 253_402_300_800_000)
DESK, HASH, ID = r"(?!-)[A-Z0-9-]{1,24}(?<!-)", "[0-9a-f]{64}", "[0-9a-f]{16}"
RANGE = {"desk": DESK, "epoch": ID, "before": HASH, "after": HASH}
TOLD = {"desk": DESK, "epoch": ID, "hash": HASH, "key": ID, "signature": "[0-9a-f]{128}"}


class Refused(Exception):  # noqa: N818 - the word of the description
    """Its text is the check."""


def must(check: str, fits: object) -> None:
    if not fits:
        raise Refused(check)


def strict(data: bytes) -> Any:
    """Canonical JSON; raises ValueError for any other."""

    def refuse(_text: str) -> Any:
        raise ValueError

    value = json.loads(data.decode(), parse_float=refuse, parse_constant=refuse)
    if verifier.canonical(value).encode() != data:
        raise ValueError
    return value


def envelope(file: Path, identity: str) -> bytes:
    data = file.read_bytes()
    must("envelope", data.startswith(b"age-encryption.org/v1\n") and b"\n--- " in data[:65536])
    with tempfile.NamedTemporaryFile("w", suffix=".txt") as keys:
        keys.write(identity + "\n")
        keys.flush()
        told = subprocess.run(["age", "-d", "-i", keys.name, str(file)], capture_output=True, check=False)
    must("recipient", b"no identity matched" not in told.stderr)
    must("envelope", told.returncode == 0)
    return told.stdout


def whole(value: object, least: int, most: int) -> bool:
    return type(value) is int and least <= value <= most


def formed(value: Any, forms: dict[str, str]) -> bool:
    return all(
        isinstance(value[name], str) and re.fullmatch(form, value[name]) for name, form in forms.items()
    )


def manifest_of(data: bytes) -> dict[str, Any]:
    try:
        m: dict[str, Any] = strict(data)
        must("manifest", isinstance(m, dict))
        must("format", type(m.get("v")) is int and m["v"] == 1)
        must("manifest", formed(m, {"bundle": "[0-9a-f]{32}", "sender": DESK, "key": ID, "digest": HASH}))
        must("manifest", all(len(m[name]) <= 40 and m[name].isprintable() for name in ("station", "app")))
        must("manifest", all(re.fullmatch("age1[02-9ac-hj-np-z]{58}", each) for each in m["to"]))
        must("manifest", 1 <= len(m["ranges"]) <= 64 and len(m["announced"]) <= 64 and m["made"] in YEARS)
        must("manifest", whole(m["packed"], 1, 2**53) and whole(m["inflated"], 1, 2**53))
        must(
            "manifest",
            all(formed(told, TOLD) and whole(told["seq"], 1, 2**27 - 1) for told in m["announced"]),
        )
        seen: set[tuple[str, str, int]] = set()
        for r in m["ranges"]:
            must(
                "manifest",
                formed(r, RANGE) and whole(r["last"], 1, 2**27 - 1) and whole(r["first"], 1, r["last"]),
            )
            must("manifest", r["begun"] in YEARS and (r["first"] == 1) == (r["before"] == "0" * 64))
            places = {
                (r["desk"], r["epoch"], seq)
                for seq in range(r["first"], min(r["last"], r["first"] + 10**6) + 1)
            }
            must("manifest", not seen & places)
            seen |= places
        must("musts", m["crit"] == [])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise Refused("manifest") from None
    return m


def signed(public: str, message: bytes, signature: bytes) -> bool:
    try:
        Ed25519PublicKey.from_public_bytes(bytes.fromhex(public)).verify(signature, message)
    except InvalidSignature:
        return False
    return True


def keys_of(desk: str, told: dict[str, Any]) -> dict[str, str]:
    return {each["key"]: each["public"] for each in told["desks"] if each["desk"] == desk}


def is_revoked(desk: str, told: dict[str, Any]) -> bool:
    return any(each["revoked"] for each in told["desks"] if each["desk"] == desk)


def check_manifest(m: dict[str, Any], data: bytes, signature: bytes, told: dict[str, Any]) -> None:
    must("sender", keys_of(m["sender"], told))
    must("revoked", not is_revoked(m["sender"], told))
    must("sender", m["key"] in keys_of(m["sender"], told))
    must("signature", signed(keys_of(m["sender"], told)[m["key"]], b"cp1.bundle\0" + data, signature))
    must("recipient", told["recipient"] in m["to"])
    for r in m["ranges"]:
        must("desk", keys_of(r["desk"], told))
        must("revoked", not is_revoked(r["desk"], told))
    must("inflated", m["inflated"] <= min(1 << 30, 50 * m["packed"]))
    must("inflated", sum(r["last"] - r["first"] + 1 for r in m["ranges"]) <= 500_000)
    for a in m["announced"]:
        keys = keys_of(a["desk"], told)
        head = {"desk": a["desk"], "epoch": a["epoch"], "head": a["hash"], "key": a["key"], "seq": a["seq"]}
        message = b"cp1.seal\0" + verifier.canonical(head).encode()
        must(
            "seal",
            not keys or (a["key"] in keys and signed(keys[a["key"]], message, bytes.fromhex(a["signature"]))),
        )


def inflate(payload: bytes, size: int) -> bytes:
    try:
        inflater = zstandard.ZstdDecompressor(max_window_size=8 << 20).decompressobj()
        lines = inflater.decompress(payload)
    except zstandard.ZstdError:
        raise Refused("inflated") from None
    must("inflated", inflater.eof and not inflater.unused_data and len(lines) == size)
    return lines


def check_entry(lines: list[bytes]) -> tuple[dict[str, Any], str]:
    try:
        must("entry", all(len(line) <= 256 << 10 for line in lines))
        header, public, personal, salt = (line.decode() for line in lines)
        h = verifier.read_header(header)
        must("entry", h and h["happened"] in YEARS and h["written"] in YEARS)
        must(
            "entry",
            verifier.digest("public", public.encode()) == h["public"] and strict(lines[1]) is not None,
        )
        must("entry", public.startswith("{") and (personal == "null" or personal.startswith("{")))
        must("entry", salt == "null" or re.fullmatch(f'"{HASH}"', salt))
        parts = {"personal": strict(lines[2]) and personal, "salt": strict(lines[3])}
        must("entry", verifier.personal_fits(h, parts))
    except (ValueError, RecursionError):
        raise Refused("entry") from None
    return h, public


def check_entries(m: dict[str, Any], lines: bytes, told: dict[str, Any]) -> int:
    coming = lines.split(b"\n")
    count = sum(r["last"] - r["first"] + 1 for r in m["ranges"])
    done = 0
    for r in m["ranges"]:
        before, public = r["before"], ""
        h: dict[str, Any] = {}
        for seq in range(r["first"], r["last"] + 1):
            must("entry", len(coming) > done * 4 + 4)
            four = coming[done * 4 : done * 4 + 4]
            place = json.loads(four[0]) if verifier.HEADER.fullmatch(four[0].decode(errors="replace")) else {}
            expected = (r["desk"], r["epoch"], seq, before)
            found = tuple(place.get(name) for name in ("desk", "epoch", "seq", "prev"))
            must("chain", not place or found == expected)
            h, public = check_entry(four)
            before, done = verifier.digest("entry", four[0]), done + 1
        must("chain", before == r["after"])
        must("seal", h["kind"] == "sealed" and verifier.seal_fits(h, public, keys_of(r["desk"], told)))
    must("entry", len(coming) == count * 4 + 1 and coming[-1] == b"")
    return done


def read(file: Path, told: dict[str, Any]) -> dict[str, Any]:
    """What must come of the file, as expected.json has it."""
    try:
        must("size", file.stat().st_size <= 256 << 20)
        frame = envelope(file, told["identity"])
        must("magic", frame.startswith(b"CPB1"))
        length = int.from_bytes(frame[4:8], "big")
        must("manifest", 2 <= length <= 65536)
        must("magic", len(frame) >= length + 72)
        data, signature, payload = (
            frame[8 : 8 + length],
            frame[8 + length : length + 72],
            frame[length + 72 :],
        )
        m = manifest_of(data)
        check_manifest(m, data, signature, told)
        must("digest", (len(payload), hashlib.sha256(payload).hexdigest()) == (m["packed"], m["digest"]))
        entries = check_entries(m, inflate(payload, m["inflated"]), told)
    except Refused as refused:
        return {"check": str(refused)}
    heads = [[r["desk"], r["epoch"], r["last"], r["after"]] for r in m["ranges"]]
    return {"bundle": m["bundle"], "entries": entries, "heads": heads}


if __name__ == "__main__":
    known = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    for name in sys.argv[2:]:
        sys.stdout.write(f"{read(Path(name), known).get('check', 'taken')}\t{name}\n")
