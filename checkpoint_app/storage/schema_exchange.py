"""Tables of the exchange, second version of the file. Released texts are never edited; see `migrations`.

`peer`: desks enrolled here, with their keys; kept. `chain_number`: the block of local ids that entries of
another desk's chain have (see `blocks`); kept, because ids are. `span`: which numbers of a chain are here.
`announced`: the furthest sealed head each chain was ever said to have. `withheld`: local ids that readers do
not see, because they are still arriving or stand in a fork nobody decided. `arrival`: bundles on their way in
or in. `refusal`: files that were refused.
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
)
