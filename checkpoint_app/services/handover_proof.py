"""Were the handovers in this file signed as they say? Asked of the stored bytes alone.

The closing entry of a shift holds everything that was signed. Its digest is worked out anew, and every
signature over it is checked with the public key that an `officer_keyed` entry gives that officer.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.handover import Signature, digest_of, sign_message
from checkpoint_app.domain.handover_told import SIGNED, Course
from checkpoint_app.domain.officers import KEYED
from checkpoint_app.storage import affairs, queries
from checkpoint_app.storage import handovers as stored
from checkpoint_app.storage.engine import Connection

DIGEST, SIGNATURE, KEY, UNSIGNED, NAME = "digest", "signature", "key", "unsigned", "name"


@dataclass(frozen=True, slots=True)
class HandoverFault:
    """What is wrong with the handover of a shift.

    digest: what the closing entry holds is not what it says was signed · key: signed with a key that no entry
    gives to this officer · signature: does not fit · unsigned: nobody signed what the closing entry holds ·
    name: signed by name alone although there were PINs.
    """

    what: str
    shift: str
    officer: str = ""


@dataclass(frozen=True, slots=True)
class HandoverReport:
    """`signatures` fit, `by_name` were given before anybody had a PIN and prove nothing."""

    handovers: int = 0
    signatures: int = 0
    by_name: int = 0
    faults: tuple[HandoverFault, ...] = ()


def prove_handovers(reader: Connection) -> HandoverReport:
    """Every handover that was closed."""
    count = signatures = by_name = 0
    faults: list[HandoverFault] = []
    keys: dict[str, _Keys] = {}
    for shift in stored.closed_shifts(reader):
        row, closing = queries.shift(reader, shift), stored.closing_of(reader, shift)
        if row is None or closing is None:
            continue
        if row.desk not in keys:
            keys[row.desk] = _keys(reader, row.desk)
        course = stored.course_of(reader, row)
        held = tuple(one for one, of in course.signatures if of == closing.get("digest"))
        found = tuple(_faults(shift, closing, course, keys[row.desk]))
        found += tuple(_by_name_alone(reader, shift, closing, keys[row.desk], desk=row.desk))
        count, faults = count + 1, [*faults, *found]
        wrong = {fault.officer for fault in found}
        by_name += sum(not one.signature and one.officer not in wrong for one in held)
        signatures += sum(bool(one.signature) and one.officer not in wrong for one in held)
    return HandoverReport(count, signatures, by_name, tuple(faults))


@dataclass(frozen=True, slots=True)
class _Keys:
    """Public keys by officer and key id, also of keys and officers that are no longer in use; `since` is the
    local id of the entry that gave the first, None without any.
    """

    public: Mapping[tuple[str, str], bytes]
    since: int | None = None


def _by_name_alone(
    reader: Connection, shift: str, closing: Mapping[str, Any], keys: _Keys, *, desk: str
) -> Iterator[HandoverFault]:
    """Signatures that anybody may have written: there were keys, and none was used."""
    for told in affairs.told(reader, Family.HANDOVER, (shift,), desk=desk):
        late = keys.since is not None and told.id > keys.since
        bare = told.kind == SIGNED and not told.text("signature")
        if late and bare and told.text("digest") == closing.get("digest"):
            yield HandoverFault(NAME, shift, told.text("officer"))


def _faults(shift: str, closing: Mapping[str, Any], course: Course, keys: _Keys) -> Iterator[HandoverFault]:
    digest = digest_of(closing["handover"])
    if digest != closing.get("digest"):
        yield HandoverFault(DIGEST, shift)
    held = [one for one, of in course.signatures if of == digest]
    if not held:
        yield HandoverFault(UNSIGNED, shift)
    for one in held:
        wrong = _wrong(shift, one, digest, keys) if one.key or one.signature else ""
        if wrong:
            yield HandoverFault(wrong, shift, one.officer)


def _wrong(shift: str, one: Signature, digest: str, keys: _Keys) -> str:
    public = keys.public.get((one.officer, one.key))
    if public is None:
        return KEY
    message = sign_message(digest, key=one.key, officer=one.officer, shift=shift, side=one.side)
    try:
        fits = signature_fits(public, message, bytes.fromhex(one.signature))
    except ValueError:
        fits = False
    return "" if fits else SIGNATURE


def _keys(reader: Connection, desk: str) -> _Keys:
    found: dict[tuple[str, str], bytes] = {}
    since: int | None = None
    for told in affairs.all_told(reader, Family.OFFICER, desk=desk):
        if told.kind == KEYED:
            since = told.id if since is None else min(since, told.id)
            try:
                found[told.name, told.text("key")] = bytes.fromhex(told.text("public"))
            except ValueError:
                continue
    return _Keys(found, since)
