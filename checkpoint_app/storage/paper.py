"""What the codes of a sheet carry, read from the chain of the shift or day it is about."""

from __future__ import annotations

from checkpoint_app.domain.facts import SEALED
from checkpoint_app.domain.paper_proof import MOST_SEALS, SEAL_BYTES, PaperProof
from checkpoint_app.storage import handovers, ordering
from checkpoint_app.storage.engine import Connection


def proof_of(reader: Connection, shift: str) -> PaperProof | None:
    """Up to the seal behind the entry that closed the shift, else the last there is; of the chain it ended
    in. None before anything of it is sealed.
    """
    span = reader.execute(
        "SELECT last.desk, last.epoch, min(entry.seq), ended.seq"
        "  FROM (SELECT desk, epoch FROM entry WHERE id = ?2) AS last"
        "  JOIN entry ON entry.shift = ?1 AND entry.desk = last.desk AND entry.epoch = last.epoch"
        "  LEFT JOIN duty ON duty.shift = ?1 AND duty.desk = last.desk"
        "  LEFT JOIN entry AS ended ON ended.id = duty.closed AND ended.epoch = last.epoch",
        (shift, handovers.last_of(reader, shift)),
    ).fetchone()
    if span is None or span[0] is None:
        return None
    desk, epoch, first, ended = span
    end = _seal(reader, desk, epoch, after=ended) or _seal(reader, desk, epoch, after=None)
    if end is None or end[0] < first:
        return None
    return PaperProof(
        desk, epoch, first, end[0] - 1, end[1], _seals(reader, desk, epoch, first, end[0]), shift
    )


def proof_of_day(reader: Connection, desk: str, begin: int, end: int, *, name: str) -> PaperProof | None:
    """From the first entry of a day (`begin` to before `end`, ms UTC) in the chain the desk writes now up to
    its last seal; `name` stands where a shift's does. None without one.
    """
    epoch = ordering.newest_epoch(reader, desk)
    (first,) = reader.execute(
        "SELECT min(seq) FROM entry WHERE happened >= ? AND happened < ? AND desk = ? AND epoch = ?",
        (begin, end, desk, epoch),
    ).fetchone()
    if first is None:
        return None
    seal = _seal(reader, desk, epoch, after=None)
    if seal is None or seal[0] < first:
        return None
    return PaperProof(
        desk, epoch, first, seal[0] - 1, seal[1], _seals(reader, desk, epoch, first, seal[0]), name
    )


def _seals(reader: Connection, desk: str, epoch: str, first: int, last: int) -> tuple[tuple[int, bytes], ...]:
    """From the one before `first` on."""
    rows = reader.execute(
        "SELECT seq, hash FROM entry WHERE desk = ?1 AND epoch = ?2 AND kind = ?3 AND seq <= ?4 AND seq >="
        " ifnull((SELECT max(seq) FROM entry WHERE desk = ?1 AND epoch = ?2 AND kind = ?3 AND seq < ?5), ?5)"
        " ORDER BY seq DESC LIMIT ?6",
        (desk, epoch, SEALED, last, first, MOST_SEALS),
    ).fetchall()
    return tuple((seq, digest[:SEAL_BYTES]) for seq, digest in reversed(rows))


def _seal(reader: Connection, desk: str, epoch: str, *, after: int | None) -> tuple[int, str] | None:
    """Number of a seal and the hash it signed: the first behind a number, else the last of all."""
    order = "seq ASC" if after is not None else "seq DESC"
    row = reader.execute(
        "SELECT seq, header ->> '$.prev' FROM entry"  # noqa: S608 - constants
        f" WHERE desk = ? AND epoch = ? AND kind = ? AND seq > ? ORDER BY {order} LIMIT 1",
        (desk, epoch, SEALED, after or 0),
    ).fetchone()
    return (int(row[0]), str(row[1])) if row else None
