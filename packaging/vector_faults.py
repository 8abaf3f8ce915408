"""Broken vectors: what somebody with a database tool could do, each with the faults it must show."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence

from vector_chain import KEY_A, KEY_B, Chain, Line, Part, lines_of, made, write

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.domain.chain import head_text
from checkpoint_app.domain.entry import Head, commitment, entry_hash, head_after, public_digest

DESK, EPOCH = "G107-S-1", "00000000000000e1"
STRANGER = DeskKey.load(made("test key of nobody", 32))
Lines = list[Line]
Found = tuple[str, str, str, int, int | None]


def fault(what: str, seq: int, upto: int | None = None) -> Found:
    return what, DESK, EPOCH, seq, upto


def base(*, salted: str = "") -> Chain:
    """Five entries, a seal, one more; another `salted` gives another history of the same chain."""
    chain = Chain(DESK, EPOCH, key=KEY_A)
    for number in range(1, 6):
        public: Part = {"lane": 1, "people": number, "why": salted}
        chain.append("vehicle_crossed", public, {"plate": f"豫A0000{number}"} if number != 4 else None)
    chain.seal()
    chain.append("tallied", {"lane": 1}, None)
    return chain


def head_at(chain: Chain, seq: int) -> str:
    return head_text(head_after(chain.entries[seq - 1]))


def text(line: Line, part: str) -> str:
    value = line[part]
    if value is None:
        raise ValueError(part)
    return value


def rehashed(line: Line, header: str) -> Line:
    """The line with another header and a hash that fits it."""
    return {**line, "header": header, "hash": entry_hash(header.encode()).hex()}


def with_public(line: Line, public: str) -> Line:
    """The line with another public part, digest and hash: all that one line can hide by itself."""
    header = text(line, "header").replace(
        public_digest(text(line, "public").encode()), public_digest(public.encode())
    )
    return rehashed({**line, "public": public}, header)


def at(seq: int, change: Callable[[Line], Line]) -> Lines:
    """The base chain with one line changed."""
    lines = lines_of(base())
    lines[seq - 1] = change(lines[seq - 1])
    return lines


def header_with(old: str, new: str) -> Callable[[Line], Line]:
    """Replace a piece of the header, hash left as it was."""

    def change(line: Line) -> Line:
        header = text(line, "header")
        if old not in header:
            raise ValueError(old)
        return {**line, "header": header.replace(old, new, 1)}

    return change


def header_and_hash_with(old: str, new: str) -> Callable[[Line], Line]:
    """Replace a piece of the header and make the hash fit."""

    def change(line: Line) -> Line:
        return rehashed(line, text(header_with(old, new)(line), "header"))

    return change


def part_with(part: str, value: str | None) -> Callable[[Line], Line]:
    return lambda line: {**line, part: value}


def write_broken() -> None:
    """One file a case; numbers in the names keep their order."""
    cases = [*_headers(), *_unreadable(), *_places(), *_parts(), *_seals()]
    for number, (name, lines, faults) in enumerate(cases, 1):
        write(f"broken/{number:02}-{name}", lines, faults=faults)
    for number, (name, lines, heads, faults) in enumerate(_outside(), len(cases) + 1):
        write(f"broken/{number:02}-{name}", lines, heads=heads, faults=faults)


def _headers() -> Sequence[tuple[str, Lines, list[Found]]]:
    swap_parts = lines_of(base())
    for part in ("public", "personal", "salt"):
        swap_parts[1][part], swap_parts[2][part] = swap_parts[2][part], swap_parts[1][part]
    swapped = [fault(what, seq) for seq in (2, 3) for what in ("public", "personal")]
    return (
        ("officer", at(3, header_with('"officer":"0007"', '"officer":"0008"')), [fault("header", 3)]),
        ("officer-hash", at(3, header_and_hash_with('"0007"', '"0008"')), [fault("link", 4)]),
        ("kind", at(3, header_with("vehicle_crossed", "tallied")), [fault("header", 3)]),
        ("earlier", at(3, header_with('"happened":16', '"happened":15')), [fault("header", 3)]),
        ("clock", at(3, header_with('"sure"', '"unsure"')), [fault("header", 3)]),
        ("zone", at(3, header_with('"zone":480', '"zone":0')), [fault("header", 3)]),
        ("first-link", at(1, header_with("0" * 64, "1" * 64)), [fault("header", 1), fault("link", 1)]),
        (
            "link",
            at(3, header_and_hash_with('"prev":"', '"prev":"0')),
            [fault("unreadable", 3), fault("link", 4)],
        ),
        ("hash", at(3, part_with("hash", "0" * 64)), [fault("header", 3), fault("link", 4)]),
        ("parts-swapped", swap_parts, swapped),
    )


def _unreadable() -> Sequence[tuple[str, Lines, list[Found]]]:
    pieces = (
        ("space", '"seq":3', '"seq": 3'),
        ("missing-field", '"mono":17200,', ""),
        ("extra-field", '"mono":17200,', '"more":0,"mono":17200,'),
        ("double-field", '"seq":3,', '"seq":3,"seq":3,'),
        ("order-of-fields", '"seq":3,"shift":"20220101-3"', '"shift":"20220101-3","seq":3'),
        ("version", '"v":1', '"v":2'),
        ("version-true", '"v":1', '"v":true'),
        ("clock-word", '"clock":"sure"', '"clock":"maybe"'),
        ("seq-zero", '"seq":3', '"seq":0'),
        ("seq-float", '"seq":3', '"seq":3.0'),
        ("seq-text", '"seq":3', '"seq":"3"'),
        ("far-zone", '"zone":480', '"zone":841'),
        ("minus-zero", '"zone":480', '"zone":-0'),
        ("mono-negative", '"mono":17200', '"mono":-1'),
        ("too-large", '"mono":17200', '"mono":9007199254740992'),
        ("desk-lower", '"desk":"G107-S-1"', '"desk":"g107-s-1"'),
        ("desk-hyphen", '"desk":"G107-S-1"', '"desk":"G107-S-"'),
        ("kind-chinese", '"kind":"vehicle_crossed"', '"kind":"通行"'),
        ("not-json", '{"action"', '["action"'),
    )
    faults = [fault("unreadable", 3), fault("link", 4)]
    return [(name, at(3, header_and_hash_with(old, new)), faults) for name, old, new in pieces]


def _places() -> Sequence[tuple[str, Lines, list[Found]]]:
    lines, other = lines_of(base()), lines_of(base(salted="another"))
    renumbered = lines_of(base())
    renumbered[2] = header_with('"seq":3', '"seq":9')(renumbered[2])
    renumbered.append(renumbered.pop(2))
    return (
        ("deleted", [*lines[:2], *lines[3:]], [fault("gap", 3, 3)]),
        ("first-deleted", lines[1:], [fault("gap", 1, 1)]),
        ("three-deleted", [*lines[:1], *lines[4:]], [fault("gap", 2, 4)]),
        ("twice", [*lines[:3], lines[2], *lines[3:]], [fault("order", 3)]),
        ("fork", [*lines[:3], rehashed(other[2], text(other[2], "header")), *lines[3:]], [fault("order", 3)]),
        (
            "swapped",
            [lines[0], lines[2], lines[1], *lines[3:]],
            [fault("gap", 2, 2), fault("order", 2)],
        ),
        ("renumbered", renumbered, [fault("gap", 3, 3), fault("header", 9), fault("gap", 8, 8)]),
        ("other-history", [*lines[:2], *other[2:]], [fault("link", 3)]),
    )


def _parts() -> Sequence[tuple[str, Lines, list[Found]]]:
    lines = lines_of(base())
    public = text(lines[2], "public").replace('"people":3', '"people":1')
    old, new = text(lines[2], "personal"), '{"plate":"豫A99999"}'
    salt = bytes.fromhex(text(lines[2], "salt"))
    header = text(lines[2], "header").replace(commitment(old.encode(), salt), commitment(new.encode(), salt))
    committed = [*lines[:2], rehashed({**lines[2], "personal": new}, header), *lines[3:]]
    return (
        ("public", at(3, part_with("public", public)), [fault("public", 3)]),
        ("public-digest-hash", at(3, lambda line: with_public(line, public)), [fault("link", 4)]),
        ("personal", at(3, part_with("personal", new)), [fault("personal", 3)]),
        ("personal-committed", committed, [fault("link", 4)]),
        ("salt", at(3, part_with("salt", "00" * 32)), [fault("personal", 3)]),
        ("salt-missing", at(3, part_with("salt", None)), [fault("personal", 3)]),
        ("personal-missing", at(3, part_with("personal", None)), [fault("personal", 3)]),
        (
            "personal-added",
            at(4, lambda line: {**line, "personal": new, "salt": "00" * 32}),
            [fault("personal", 4)],
        ),
        ("salt-added", at(4, part_with("salt", "00" * 32)), [fault("personal", 4)]),
    )


def _seals() -> Sequence[tuple[str, Lines, list[Found]]]:
    def sealed(key: DeskKey = KEY_A, over: Head | None = None) -> Chain:
        chain = Chain(DESK, EPOCH, key=KEY_A)
        for number in range(1, 4):
            chain.append("vehicle_crossed", {"people": number})
        chain.seal(key=key, over=over)
        return chain

    def changed(**fields: object) -> Lines:
        lines = lines_of(sealed())
        value = json.loads(text(lines[3], "public")) | fields
        kept = {name: value[name] for name in sorted(value) if value[name] is not None}
        lines[3] = with_public(lines[3], json.dumps(kept, separators=(",", ":")))
        return lines

    good = sealed()
    spaced = lines_of(good)
    spaced[3] = with_public(spaced[3], text(spaced[3], "public").replace(",", ", "))
    earlier, elsewhere = (
        head_after(good.entries[1]),
        Head("G107-S-2", EPOCH, 3, head_after(good.entries[2]).hash),
    )
    faults = [fault("seal", 4)]
    return (
        ("seal-of-nobody", lines_of(sealed(STRANGER)), faults),
        ("seal-earlier-head", lines_of(sealed(over=earlier)), faults),
        ("seal-other-desk", lines_of(sealed(over=elsewhere)), faults),
        ("seal-other-key", changed(key=KEY_B.key_id), faults),
        ("seal-number", changed(seq=2), faults),
        ("seal-number-float", changed(seq=3.0), faults),
        ("seal-head", changed(head="0" * 64), faults),
        ("seal-signature", changed(signature="00" * 64), faults),
        ("seal-unsigned", changed(signature=None), faults),
        ("seal-spaced", spaced, faults),
    )


def _outside() -> Sequence[tuple[str, Lines, list[str], list[Found]]]:
    true, other = base(), base(salted="another")
    lines, recomputed = lines_of(true), lines_of(other)
    late = Chain(DESK, EPOCH, key=KEY_A)
    for entry in true.entries[:3]:
        late.entries.append(entry)
        late.head = head_after(entry)
    for number in range(4):
        late.append("vehicle_crossed", {"lane": 1, "people": number})
    return (
        ("tail-cut", lines[:5], [head_at(true, 3), head_at(true, 7)], [fault("head", 6, 7)]),
        ("recomputed", recomputed, [head_at(true, 5)], [fault("recomputed", 1, 5)]),
        (
            "recomputed-late",
            lines_of(late),
            [head_at(true, seq) for seq in (2, 3, 6, 7)],
            [fault("recomputed", 4, 6)],
        ),
        ("chain-gone", [], [head_at(true, 7)], [fault("head", 1, 7)]),
        (
            "recomputed-with-link",
            [*recomputed[:5], *lines[5:]],
            [head_at(true, 5), head_at(true, 7)],
            [fault("recomputed", 1, 5), fault("link", 6)],
        ),
        ("head-in-gap", [*lines[:2], *lines[3:]], [head_at(true, 3)], [fault("gap", 3, 3), fault("head", 3)]),
        (
            "link-then-head",
            [*lines[:2], *recomputed[2:]],
            [head_at(true, 5)],
            [fault("link", 3), fault("head", 5)],
        ),
    )
