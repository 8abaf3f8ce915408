"""The tables of a ledger file, first version. Released texts are never edited; see `migrations`."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Derived:
    """Something that can be dropped and rebuilt from `entry`: a view, an index table with its triggers.

    `drops` undoes `creates` and runs first (so it says IF EXISTS); `fills` brings it up to date with the
    entries already there. All three run in order, in one transaction, whenever any of their texts changed,
    or of those of another part it `hangs_on`.
    """

    name: str
    drops: tuple[str, ...]
    creates: tuple[str, ...]
    fills: tuple[str, ...] = ()
    hangs_on: tuple[str, ...] = ()


# Columns beside the stored bytes come from the header alone: they cannot disagree with what was hashed.
ENTRY = """
CREATE TABLE entry(
  id INTEGER PRIMARY KEY,
  header TEXT NOT NULL,
  public TEXT NOT NULL,
  personal TEXT,
  salt BLOB CHECK (length(salt) = 32),
  hash BLOB NOT NULL UNIQUE CHECK (length(hash) = 32),
  desk TEXT NOT NULL GENERATED ALWAYS AS (header ->> '$.desk') STORED,
  epoch TEXT NOT NULL GENERATED ALWAYS AS (header ->> '$.epoch') STORED,
  seq INTEGER NOT NULL GENERATED ALWAYS AS (header ->> '$.seq') STORED,
  kind TEXT NOT NULL GENERATED ALWAYS AS (header ->> '$.kind') STORED,
  shift TEXT NOT NULL GENERATED ALWAYS AS (header ->> '$.shift') STORED,
  happened INTEGER NOT NULL GENERATED ALWAYS AS (header ->> '$.happened') STORED,
  CHECK ((personal IS NULL) = (salt IS NULL))
) STRICT
"""

ENTRY_INDEXES = (
    "CREATE UNIQUE INDEX entry_place ON entry(desk, epoch, seq)",
    "CREATE INDEX entry_shift ON entry(shift)",
    "CREATE INDEX entry_happened ON entry(happened)",
)

ENTRY_TRIGGERS = (
    """
CREATE TRIGGER entry_stays BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END
""",
    """
CREATE TRIGGER entry_only_forgets BEFORE UPDATE ON entry
WHEN NEW.id IS NOT OLD.id OR NEW.header IS NOT OLD.header OR NEW.public IS NOT OLD.public
  OR NEW.hash IS NOT OLD.hash OR NEW.personal IS NOT NULL OR NEW.salt IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END
""",
)

# Not rebuildable, so named and backed up. Nothing else is mutable.
KEPT = (
    """
CREATE TABLE draft(
  name TEXT PRIMARY KEY, body TEXT NOT NULL, changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE fork(
  desk TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, hash BLOB NOT NULL,
  header TEXT NOT NULL, public TEXT NOT NULL, personal TEXT, salt BLOB, found INTEGER NOT NULL,
  PRIMARY KEY(desk, epoch, seq, hash)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE desk_key(
  desk TEXT NOT NULL, key TEXT NOT NULL, public BLOB NOT NULL, since INTEGER NOT NULL,
  PRIMARY KEY(desk, key)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE outbox(
  bundle TEXT PRIMARY KEY, body TEXT NOT NULL, made INTEGER NOT NULL, closed INTEGER
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE setting(
  name TEXT PRIMARY KEY, body TEXT NOT NULL, changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE secret(
  name TEXT PRIMARY KEY, body BLOB NOT NULL, changed INTEGER NOT NULL
) STRICT, WITHOUT ROWID
""",
)

# Kept across changes of the derived parts; says which texts they were last made from.
DERIVED = "CREATE TABLE derived(name TEXT PRIMARY KEY, digest TEXT NOT NULL) STRICT, WITHOUT ROWID"

FIRST = (ENTRY, *ENTRY_INDEXES, *ENTRY_TRIGGERS, *KEPT, DERIVED)
