"""Tables of the exchange, second version of the file. Released texts are never edited; see `migrations`.

`peer`: desks enrolled here, with their keys; kept. `chain_number`: the block of local ids that entries of
another desk's chain have (see `blocks`); kept, because ids are. `span`: which numbers of a chain are here.
Spans of a chain that touch are one, unless the second does not name the first's last entry. `announced`: the
furthest sealed head each chain was ever said to have. `withheld`: local ids that readers do not see, because
they are still arriving or stand in a fork nobody decided; its rows never overlap. What nobody sees may be
deleted again. `arrival`: bundles on their way in or in. `refusal`: files that were refused. A row of `fork`
came by `bundle`, and is `settled` once somebody decided for another entry of that number.
"""

from __future__ import annotations

EXCHANGE = (
    """
CREATE TABLE peer(
  desk TEXT PRIMARY KEY, role TEXT NOT NULL, station TEXT NOT NULL, key TEXT NOT NULL, public BLOB NOT NULL,
  recipient TEXT NOT NULL, since INTEGER NOT NULL, revoked INTEGER, why TEXT NOT NULL DEFAULT ''
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE chain_number(
  desk TEXT NOT NULL, epoch TEXT NOT NULL, number INTEGER NOT NULL UNIQUE, begun INTEGER NOT NULL,
  PRIMARY KEY(desk, epoch)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE span(
  desk TEXT NOT NULL, epoch TEXT NOT NULL, first INTEGER NOT NULL, last INTEGER NOT NULL,
  PRIMARY KEY(desk, epoch, first)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE announced(
  desk TEXT NOT NULL, epoch TEXT NOT NULL, seq INTEGER NOT NULL, hash TEXT NOT NULL, at INTEGER NOT NULL,
  PRIMARY KEY(desk, epoch)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE withheld(
  low INTEGER PRIMARY KEY, high INTEGER NOT NULL, why TEXT NOT NULL, bundle TEXT NOT NULL DEFAULT ''
) STRICT
""",
    """
CREATE TABLE arrival(
  bundle TEXT PRIMARY KEY, sender TEXT NOT NULL, body TEXT NOT NULL, begun INTEGER NOT NULL, ended INTEGER
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE refusal(
  digest TEXT PRIMARY KEY, name TEXT NOT NULL, sender TEXT NOT NULL, check_name TEXT NOT NULL,
  facts TEXT NOT NULL, found INTEGER NOT NULL
) STRICT, WITHOUT ROWID
""",
    "ALTER TABLE fork ADD COLUMN settled INTEGER",
    "ALTER TABLE fork ADD COLUMN bundle TEXT NOT NULL DEFAULT ''",
    "DROP TRIGGER entry_stays",
    """
CREATE TRIGGER entry_stays BEFORE DELETE ON entry
WHEN NOT EXISTS (SELECT 1 FROM withheld WHERE OLD.id BETWEEN low AND high)
BEGIN SELECT RAISE(ABORT, 'entries are never deleted'); END
""",
    "DROP TRIGGER entry_only_forgets",
    """
CREATE TRIGGER entry_only_forgets BEFORE UPDATE ON entry
WHEN NEW.id IS NOT OLD.id OR NEW.header IS NOT OLD.header OR NEW.public IS NOT OLD.public
  OR NEW.hash IS NOT OLD.hash
  OR (NEW.personal IS NOT NULL
      AND (OLD.personal IS NOT NULL OR OLD.header ->> '$.personal' IS NULL OR OLD.id < 134217728))
BEGIN SELECT RAISE(ABORT, 'entries are never changed'); END
""",
)
