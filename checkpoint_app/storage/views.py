"""Present values over entries that never change: what corrections make of a crossing, and its history.

`revision` holds, for the few entries that were corrected, the public part as it now reads, and whether it
still counts. `thread` gathers the entries of one crossing by its action (flags, voided checks, corrections,
what took its place) and names the crossing itself as soon as there is another. Both are derived, small, and
free of personal data. `duty` says where each shift was opened and closed, and when it began. `corrects` has
what every correction names, also while that is not here.

An amendment's public part is {"ref", "why", "fields": public names with their new values}; its personal part
has the corrected personal names. A desk's entries act on entries of that desk alone. Triggers and fills look
after what this desk writes itself, in the order it does; `deriving` after what comes in bundles, in any.
"""

from __future__ import annotations

from checkpoint_app.domain import facts
from checkpoint_app.storage import blocks

CORRECTIONS = (facts.OUTCOME_UNDONE, facts.CROSSING_AMENDED)
REMARKS = (facts.CHECK_FLAGGED, facts.CHECK_VOIDED, facts.MATTER_RAISED, facts.PERSON_VIEWED)
SHIFT_ENDS = (facts.SHIFT_OPENED, facts.SHIFT_CLOSED)
COUNTED = (facts.VEHICLE_CROSSED, facts.TALLIED)


def listed(kinds: tuple[str, ...]) -> str:
    """Kinds as an SQL list."""
    return "(" + ", ".join(f"'{kind}'" for kind in kinds) + ")"


def _about(public: str) -> str:
    """SQL for the action of the crossing that a remark is about."""
    return f"coalesce({public} ->> '$.crossing', {public} ->> '$.ref.action')"


TABLES = (
    """
CREATE TABLE revision(
  entry INTEGER PRIMARY KEY, public TEXT NOT NULL, undone INTEGER NOT NULL
) STRICT
""",
    """
CREATE TABLE thread(
  desk TEXT, action TEXT, entry INTEGER, PRIMARY KEY(desk, action, entry)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE duty(
  shift TEXT, desk TEXT, opened INTEGER, closed INTEGER, began INTEGER, PRIMARY KEY(shift, desk)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE corrects(
  desk TEXT, epoch TEXT, seq INTEGER, entry INTEGER, PRIMARY KEY(desk, epoch, seq, entry)
) STRICT, WITHOUT ROWID
""",
)

CROSSING = f"""
CREATE VIEW crossing AS
SELECT entry.id, entry.desk, entry.epoch, entry.seq, entry.kind, entry.shift, entry.happened, entry.header,
       entry.hash, entry.public AS written, coalesce(revision.public, entry.public) AS public,
       entry.personal, revision.entry IS NOT NULL AS revised, coalesce(revision.undone, 0) AS undone
  FROM entry LEFT JOIN revision ON revision.entry = entry.id
 WHERE entry.kind = '{facts.VEHICLE_CROSSED}'
"""  # noqa: S608 - a constant

# A view that only receives: its trigger is the one rule for a correction, whether new or replayed.
CORRECTION = f"""
CREATE VIEW correction AS
SELECT id AS entry, desk, kind, public FROM entry WHERE kind IN {listed(CORRECTIONS)} AND {blocks.own("id")}
"""  # noqa: S608 - constants

REMARK = f"""
CREATE VIEW remark AS
SELECT id AS entry, desk, header ->> '$.action' AS action, public ->> '$.replaces' AS crossing
  FROM entry WHERE kind = '{facts.VEHICLE_CROSSED}' AND {blocks.own("id")}
UNION ALL
SELECT id, desk, NULL, {_about("public")} FROM entry WHERE kind IN {listed(REMARKS)} AND {blocks.own("id")}
"""  # noqa: S608 - constants

_TARGET = """
  FROM entry AS target
 WHERE target.desk = NEW.desk AND target.desk = NEW.public ->> '$.ref.desk'
   AND target.epoch = NEW.public ->> '$.ref.epoch'
   AND target.seq = NEW.public ->> '$.ref.seq' AND lower(hex(target.hash)) = NEW.public ->> '$.ref.hash'
   AND NOT EXISTS (SELECT 1 FROM withheld WHERE target.id BETWEEN low AND high)
"""


def _span(row: str, *, source: str) -> str:
    """Statement that notes an entry of our own which opens or closes a shift: the first counts."""
    opened = f"{row}.kind = '{facts.SHIFT_OPENED}'"
    return f"""
INSERT INTO duty(shift, desk, opened, closed, began)
SELECT {row}.shift, {row}.desk, iif({opened}, {row}.id, NULL),
       iif({row}.kind = '{facts.SHIFT_CLOSED}', {row}.id, NULL), iif({opened}, {row}.happened, NULL)
  {source} WHERE {row}.kind IN {listed(SHIFT_ENDS)} AND {blocks.own(f"{row}.id")}
ON CONFLICT(shift, desk) DO UPDATE
   SET began = iif(opened < {blocks.BLOCK}, began, coalesce(excluded.began, began)),
       opened = coalesce(iif(opened < {blocks.BLOCK}, opened, NULL), excluded.opened, opened),
       closed = coalesce(iif(closed < {blocks.BLOCK}, closed, NULL), excluded.closed, closed)
"""  # noqa: S608 - constants


def _own_new(kinds: str) -> str:
    return f"WHEN NEW.kind IN {kinds} AND {blocks.own('NEW.id')}"


TRIGGERS = (
    f"""
CREATE TRIGGER entry_spans AFTER INSERT ON entry {_own_new(listed(SHIFT_ENDS))}
BEGIN {_span("NEW", source="")}; END
""",
    f"""
CREATE TRIGGER correct_entry INSTEAD OF INSERT ON correction BEGIN
  INSERT OR IGNORE INTO corrects
  SELECT NEW.desk, NEW.public ->> '$.ref.epoch', NEW.public ->> '$.ref.seq', NEW.entry
   WHERE NEW.desk = NEW.public ->> '$.ref.desk';
  INSERT OR IGNORE INTO thread
  SELECT NEW.desk, target.header ->> '$.action', member.value
    FROM entry AS target, json_each(json_array(target.id, NEW.entry)) AS member
   WHERE {_TARGET.partition("WHERE")[2]};
  INSERT INTO revision(entry, public, undone)
  SELECT target.id,
         json_patch(coalesce((SELECT public FROM revision WHERE entry = target.id), target.public),
                    coalesce(NEW.public -> '$.fields', '{{}}')),
         NEW.kind = '{facts.OUTCOME_UNDONE}'
           OR coalesce((SELECT undone FROM revision WHERE entry = target.id), 0)
  {_TARGET} AND target.kind IN {listed(COUNTED)}
  ON CONFLICT(entry) DO UPDATE SET public = excluded.public, undone = excluded.undone;
END
""",  # noqa: S608 - constants
    f"""
CREATE TRIGGER remark_crossing INSTEAD OF INSERT ON remark BEGIN
  INSERT OR IGNORE INTO thread SELECT NEW.desk, NEW.crossing, NEW.entry WHERE NEW.crossing <> '';
  INSERT OR IGNORE INTO thread
  SELECT NEW.desk, NEW.action, NEW.entry
   WHERE EXISTS (SELECT 1 FROM thread
                  WHERE desk = NEW.desk AND action = NEW.action AND {blocks.own("entry")});
END
""",  # noqa: S608 - constants
    f"""
CREATE TRIGGER entry_corrects AFTER INSERT ON entry {_own_new(listed(CORRECTIONS))}
BEGIN INSERT INTO correction VALUES(NEW.id, NEW.desk, NEW.kind, NEW.public); END
""",
    f"""
CREATE TRIGGER entry_remarks AFTER INSERT ON entry {_own_new(listed(REMARKS))}
BEGIN INSERT INTO remark VALUES(NEW.id, NEW.desk, NULL, {_about("NEW.public")}); END
""",
    f"""
CREATE TRIGGER entry_crosses AFTER INSERT ON entry
WHEN NEW.kind = '{facts.VEHICLE_CROSSED}' AND {blocks.own("NEW.id")}
BEGIN
  INSERT INTO remark VALUES(NEW.id, NEW.desk, NEW.header ->> '$.action', NEW.public ->> '$.replaces');
END
""",
)

FILLS = (
    "INSERT INTO remark SELECT * FROM remark ORDER BY entry",
    "INSERT INTO correction SELECT * FROM correction ORDER BY entry",
    _span("entry", source="FROM entry"),
)

DROPS = (
    *(
        f"DROP TRIGGER IF EXISTS {name}"
        for name in ("entry_corrects", "entry_remarks", "entry_crosses", "entry_spans")
    ),
    *(f"DROP VIEW IF EXISTS {name}" for name in ("crossing", "correction", "remark")),
    *(f"DROP TABLE IF EXISTS {name}" for name in ("revision", "thread", "duty", "corrects")),
)

CREATES = (*TABLES, CROSSING, CORRECTION, REMARK, *TRIGGERS)
