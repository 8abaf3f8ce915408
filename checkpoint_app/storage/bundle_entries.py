"""The lines of a bundle's payload and the entries behind them: header, public, personal, salt, one a line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checkpoint_app.crypto.desk import signature_fits
from checkpoint_app.domain import canonical, shapes
from checkpoint_app.domain.bundles import EARLIEST, LATEST, BundleRefused, Manifest, Range
from checkpoint_app.domain.canonical import NotCanonical, Value
from checkpoint_app.domain.chain import read_briefly, seal_fits
from checkpoint_app.domain.entry import (
    LONGEST_PART,
    SALT_BYTES,
    Entry,
    Head,
    commitment,
    entry_hash,
    public_digest,
)
from checkpoint_app.domain.facts import SEALED
from checkpoint_app.storage.checked import Checked

LINES = 4
NOTHING = b"null"


def lines_of(entry: Entry) -> bytes:
    """The four lines of an entry."""
    personal = NOTHING if entry.personal is None else entry.personal
    salt = NOTHING if entry.salt is None else b'"%s"' % entry.salt.hex().encode()
    return b"%s\n%s\n%s\n%s\n" % (entry.header, entry.public, personal, salt)


class Following:
    """Checks entries against the ranges in which they must come; `keys` are those of each range's desk."""

    def __init__(self, manifest: Manifest, *, keys: Mapping[str, Mapping[str, bytes]]) -> None:
        self._sender, self._ranges, self._keys = manifest.sender, iter(manifest.ranges), keys
        self._range: Range | None = None
        self._seq, self._prev = 0, ""
        self._step()

    @property
    def ended(self) -> bool:
        """Whether every range is complete and sealed."""
        return self._range is None

    def checked(self, lines: Sequence[bytes]) -> Iterator[Checked]:
        """The entries of whole groups of four lines; raises BundleRefused (entry, chain, seal)."""
        for place in range(0, len(lines), LINES):
            yield self._one(*lines[place : place + LINES])

    def _one(self, header: bytes, public: bytes, personal: bytes, salt: bytes) -> Checked:
        where = self._range
        if where is None:
            raise self._refused("entry", reason="more than told")
        try:
            entry = self._entry(where, header, public, personal, salt)
        except (NotCanonical, ValueError) as error:
            raise self._refused("entry", reason=str(error)[:80]) from error
        self._seq, self._prev = self._seq + 1, entry.hash.hex()
        if self._seq > where.last:
            self._end(where, entry)
        return entry

    def _entry(self, where: Range, header: bytes, public: bytes, personal: bytes, salt: bytes) -> Checked:
        found = read_briefly(header)
        if found is None:
            raise ValueError("header")
        if found[:4] != (where.desk, where.epoch, self._seq, self._prev):
            raise self._refused("chain", desk=found.desk, epoch=found.epoch, seq=found.seq)
        if not (EARLIEST <= found.happened <= LATEST and EARLIEST <= found.written <= LATEST):
            raise ValueError("time")
        if public_digest(public) != found.public:
            raise ValueError("public part")
        said = _value_of(public)
        secret = _personal(personal, salt, promised=found.personal)
        return Checked(
            found.desk,
            found.epoch,
            found.seq,
            found.kind,
            found.happened,
            found.prev,
            header,
            public,
            personal if secret else None,
            secret[1] if secret else None,
            entry_hash(header),
            shapes.odd_parts(found.kind, said, secret[0] if secret else None),
        )

    def _end(self, where: Range, last: Checked) -> None:
        if self._prev != where.after:
            raise self._refused("chain", reason="after")
        head = Head(where.desk, where.epoch, last.seq - 1, last.prev)
        keys = self._keys.get(where.desk, {})
        if last.kind != SEALED or not seal_fits(last.public, head, keys=keys, check=signature_fits):
            raise self._refused("seal")
        self._step()

    def _step(self) -> None:
        self._range = next(self._ranges, None)
        if self._range:
            self._seq, self._prev = self._range.first, self._range.before

    def _refused(self, check: str, **facts: object) -> BundleRefused:
        where = self._range
        place = {"desk": where.desk, "epoch": where.epoch, "seq": self._seq} if where else {}
        return BundleRefused(check=check, **{"sender": self._sender, **place, **facts})


def _value_of(part: bytes) -> Value:
    if len(part) > LONGEST_PART or not part.startswith(b"{"):
        raise ValueError("part")
    return canonical.check(part)


def _personal(part: bytes, salt: bytes, *, promised: str | None) -> tuple[Value, bytes] | None:
    """What the personal part says, and its salt; None when there was none, or when it was forgotten."""
    if part == NOTHING and salt == NOTHING:
        return None
    plain = bytes.fromhex(salt[1:-1].decode("ascii"))
    if len(plain) != SALT_BYTES or salt != b'"%s"' % plain.hex().encode():
        raise ValueError("salt")
    if promised is None or commitment(part, plain) != promised:
        raise ValueError("personal part")
    return _value_of(part), plain
