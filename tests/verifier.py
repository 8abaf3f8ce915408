"""Second opinion on ledger files: knows the format from its description alone, shares no code with the app.

    python tests/verifier.py FILE…      one fault a line, exit 1 if there is any

Standard library, and `cryptography` for Ed25519. A file is lines of JSON: first the desk keys (and heads
known from outside), then entries in (desk, epoch, seq) order.
"""

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

FORM = {
    **dict.fromkeys(("epoch", "run"), '"[0-9a-f]{16}"'),
    **dict.fromkeys(("prev", "public"), '"[0-9a-f]{64}"'),
    **dict.fromkeys(("officer", "shift"), '"[A-Za-z0-9.:_-]{0,48}"'),
    **dict.fromkeys(("happened", "written", "zone"), "(?:0|-?[1-9][0-9]{0,15})"),
    "action": '"[0-9a-f]{32}"',
    "clock": '"(?:sure|unsure)"',
    "desk": '"(?!-)[A-Z0-9-]{1,24}(?<!-)"',
    "kind": '"[a-z][a-z_]{0,31}"',
    "mono": "(?:0|[1-9][0-9]{0,15})",
    "personal": '(?:null|"[0-9a-f]{64}")',
    "seq": "[1-9][0-9]{0,15}",
    "v": "1",
}
HEADER = re.compile("{" + ",".join(f'"{name}":{FORM[name]}' for name in sorted(FORM)) + "}")
LIMITS = {"happened": 2**53, "written": 2**53, "mono": 2**53, "seq": 2**53, "zone": 841}


def digest(purpose: str, data: bytes) -> str:
    return hashlib.sha256(b"cp1." + purpose.encode() + b"\0" + data).hexdigest()


def canonical(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def read_header(text: str) -> Any:
    h = json.loads(text) if HEADER.fullmatch(text) else None
    return h if h and all(abs(h[name]) < limit for name, limit in LIMITS.items()) else None


def seal_fits(h: dict[str, Any], public: str, keys: dict[str, str]) -> bool:
    head = {"head": h["prev"], "seq": h["seq"] - 1}
    try:
        seal = json.loads(public, parse_float=int)  # a float raises
        signed = head | {"desk": h["desk"], "epoch": h["epoch"], "key": seal["key"]}
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(keys[seal["key"]]))
        key.verify(bytes.fromhex(seal["signature"]), b"cp1.seal\0" + canonical(signed).encode())
    except (InvalidSignature, KeyError, TypeError, ValueError):
        return False
    return canonical(seal) == public and canonical(seal | head) == public


def personal_fits(h: dict[str, Any], line: dict[str, Any]) -> bool:
    personal, salt = line["personal"], line["salt"]
    if personal is None or salt is None or h["personal"] is None:
        return personal is None and salt is None
    return digest("personal", bytes.fromhex(salt) + personal.encode()) == str(h["personal"])


def verify(lines: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """Faults as (what, desk, epoch, seq, upto or None); every outside head that does not fit is one."""
    keys, heads = lines[0]["keys"], [text.split(":") for text in lines[0].get("heads", [])]
    faults: list[tuple[Any, ...]] = []
    ends, found, at = {("", ""): (-1, "")}, set(), ("", "")
    for line in lines[1:]:
        h = read_header(line["header"])
        if h is None:
            faults.append(("unreadable", *at, ends[at][0] + 1, None))
            ends |= {at: (ends[at][0] + 1, line["hash"])} if at[0] else {}
            continue
        at, seq, real = (h["desk"], h["epoch"]), h["seq"], digest("entry", line["header"].encode())
        last, prev = ends.get(at, (0, "0" * 64))
        wrong = {
            "header": real != line["hash"],
            "order": seq <= last,
            "link": seq == last + 1 and h["prev"] != prev,
            "public": digest("public", line["public"].encode()) != h["public"],
            "personal": not personal_fits(h, line),
            "seal": h["kind"] == "sealed" and not seal_fits(h, line["public"], keys),
        }
        faults += [("gap", *at, last + 1, seq - 1)] if seq > last + 1 else []
        faults += [(what, *at, seq, None) for what, is_wrong in wrong.items() if is_wrong]
        ends[at] = (seq, line["hash"]) if seq > last else (last, prev)
        found.add((*at, str(seq), real))
    faults += [("head", *head[1:3], int(head[3]), None) for head in heads if tuple(head[1:]) not in found]
    return faults


def main(names: list[str]) -> int:
    faults = 0
    for name in names:
        with Path(name).open(encoding="utf-8") as file:
            lines = [json.loads(line) for line in file]
        for what, desk, epoch, seq, upto in verify(lines):
            faults += 1
            sys.stdout.write(f"{name}: {what} {desk}/{epoch} {seq}" + (f"-{upto}\n" if upto else "\n"))
        sys.stdout.write(f"{name}: {len(lines) - 1} entries\n")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
