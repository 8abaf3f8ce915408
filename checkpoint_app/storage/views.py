"""Present values over entries that never change: what corrections make of a crossing, and its history.

`revision` holds, for the few entries that were corrected, the public part as it now reads, and whether it
still counts. `thread` gathers the entries of one crossing by its action (flags, voided checks, corrections,
what took its place) and names the crossing itself as soon as there is another. Both are derived, small, and
free of personal data. `duty` says where each shift was opened and closed.

An amendment's public part is {"ref", "why", "fields": public names with their new values}; its personal part
has the corrected personal names. A correction must follow what it corrects in the same file; after an import
out of order `hourly.rebuild_hourly` puts things right.
"""

from __future__ import annotations

from checkpoint_app.domain import facts

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
  action TEXT, entry INTEGER, PRIMARY KEY(action, entry)
) STRICT, WITHOUT ROWID
""",
    """
CREATE TABLE duty(
  shift TEXT PRIMARY KEY, desk TEXT NOT NULL, opened INTEGER, closed INTEGER
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
SELECT id AS entry, kind, public FROM entry WHERE kind IN {listed(CORRECTIONS)}
"""  # noqa: S608 - constants

REMARK = f"""
CREATE VIEW remark AS
SELECT id AS entry, header ->> '$.action' AS action, public ->> '$.replaces' AS crossing
  FROM entry WHERE kind = '{facts.VEHICLE_CROSSED}'
UNION ALL
SELECT id, NULL, {_about("public")} FROM entry WHERE kind IN {listed(REMARKS)}
"""  # noqa: S608 - constants

_TARGET = """
  FROM entry AS target
 WHERE target.desk = NEW.public ->> '$.ref.desk' AND target.epoch = NEW.public ->> '$.ref.epoch'
   AND target.seq = NEW.public ->> '$.ref.seq' AND lower(hex(target.hash)) = NEW.public ->> '$.ref.hash'
"""


def _span(row: str, *, source: str) -> str:
    """Statement that notes an entry which opens or closes a shift."""
    return f"""
INSERT INTO duty(shift, desk, opened, closed)
SELECT {row}.shift, {row}.desk, iif({row}.kind = '{facts.SHIFT_OPENED}', {row}.id, NULL),
       iif({row}.kind = '{facts.SHIFT_CLOSED}', {row}.id, NULL)
  {source} WHERE {row}.kind IN {listed(SHIFT_ENDS)}
ON CONFLICT(shift) DO UPDATE
   SET opened = coalesce(opened, excluded.opened), closed = coalesce(closed, excluded.closed)
"""  # noqa: S608 - constants


TRIGGERS = (
    f"""
CREATE TRIGGER entry_spans AFTER INSERT ON entry WHEN NEW.kind IN {listed(SHIFT_ENDS)}
BEGIN {_span("NEW", source="")}; END
""",
    f"""
CREATE TRIGGER correct_entry INSTEAD OF INSERT ON correction BEGIN
  INSERT OR IGNORE INTO thread
  SELECT target.header ->> '$.action', member.value
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
    """
CREATE TRIGGER remark_crossing INSTEAD OF INSERT ON remark BEGIN
  INSERT OR IGNORE INTO thread SELECT NEW.crossing, NEW.entry WHERE NEW.crossing <> '';
  INSERT OR IGNORE INTO thread
  SELECT NEW.action, NEW.entry WHERE EXISTS (SELECT 1 FROM thread WHERE action = NEW.action);
END
""",
    f"""
CREATE TRIGGER entry_corrects AFTER INSERT ON entry WHEN NEW.kind IN {listed(CORRECTIONS)}
BEGIN INSERT INTO correction VALUES(NEW.id, NEW.kind, NEW.public); END
""",
    f"""
CREATE TRIGGER entry_remarks AFTER INSERT ON entry WHEN NEW.kind IN {listed(REMARKS)}
BEGIN INSERT INTO remark VALUES(NEW.id, NULL, {_about("NEW.public")}); END
""",
    f"""
CREATE TRIGGER entry_crosses AFTER INSERT ON entry WHEN NEW.kind = '{facts.VEHICLE_CROSSED}'
BEGIN
  INSERT INTO remark VALUES(NEW.id, NEW.header ->> '$.action', NEW.public ->> '$.replaces');
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
    *(f"DROP TABLE IF EXISTS {name}" for name in ("revision", "thread", "duty")),
)

CREATES = (*TABLES, CROSSING, CORRECTION, REMARK, *TRIGGERS)
