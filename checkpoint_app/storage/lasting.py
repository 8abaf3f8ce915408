"""Entries whose personal part outlasts the retention: people in the register, affairs that are not over.

Forgetting passes them over, and what it looked through once it does not look at again; so every entry of such
a kind stands in `lasting` while it has its personal part, and is asked each time whether its end has come.
Derived, for every entry of the file, in sight or not; as long as what is kept now.
"""

from __future__ import annotations

from checkpoint_app.domain.affairs import FAMILY_OF, Family
from checkpoint_app.domain.exchange import DATA_PART
from checkpoint_app.domain.orders import ORDER_RECEIVED
from checkpoint_app.domain.register import PERSON_REGISTERED
from checkpoint_app.storage import affairs, register
from checkpoint_app.storage.schema import Derived

FAMILIES = (
    Family.OFFICER,
    Family.CONTACT,
    Family.ORDER,
    Family.MATTER,
    Family.INCIDENT,
    Family.DATA_PART,
)
"""Somebody who serves, a telephone list, what is in force or open, lists until a newer one is there."""


def _listed(texts: tuple[str, ...]) -> str:
    return "(" + ", ".join(f"'{text}'" for text in texts) + ")"


_OF_AFFAIRS = tuple(kind for kind, family in FAMILY_OF.items() if family in FAMILIES)
KINDS = frozenset((*_OF_AFFAIRS, PERSON_REGISTERED))
_KINDS = _listed(tuple(sorted(KINDS)))

LASTING = Derived(
    name="lasting",
    drops=(
        "DROP TRIGGER IF EXISTS lasting_told",
        "DROP TRIGGER IF EXISTS lasting_forgotten",
        "DROP TRIGGER IF EXISTS lasting_known",
        "DROP TRIGGER IF EXISTS lasting_gone",
        "DROP TABLE IF EXISTS lasting",
    ),
    creates=(
        "CREATE TABLE lasting(entry INTEGER PRIMARY KEY) STRICT",
        f"""
CREATE TRIGGER lasting_told AFTER INSERT ON entry
WHEN NEW.kind IN {_KINDS} AND NEW.personal IS NOT NULL
BEGIN INSERT OR IGNORE INTO lasting VALUES(NEW.id); END
""",
        f"""
CREATE TRIGGER lasting_forgotten AFTER UPDATE OF personal ON entry
WHEN OLD.kind IN {_KINDS} AND NEW.personal IS NULL
BEGIN DELETE FROM lasting WHERE entry = OLD.id; END
""",  # noqa: S608 - constants
        f"""
CREATE TRIGGER lasting_known AFTER UPDATE OF personal ON entry
WHEN OLD.kind IN {_KINDS} AND NEW.personal IS NOT NULL
BEGIN INSERT OR IGNORE INTO lasting VALUES(NEW.id); END
""",
        f"""
CREATE TRIGGER lasting_gone AFTER DELETE ON entry WHEN OLD.kind IN {_KINDS}
BEGIN DELETE FROM lasting WHERE entry = OLD.id; END
""",  # noqa: S608 - constants
    ),
    fills=(
        f"""
INSERT OR IGNORE INTO lasting SELECT id FROM entry WHERE kind IN {_KINDS} AND personal IS NOT NULL""",  # noqa: S608
    ),
)

_PERSON_UNTIL = "(unixepoch(entry.personal ->> '$.until') + 86400) * 1000"
"""The end of the last day somebody is known."""


def kept(before: str) -> str:
    """SQL: this entry's personal part is still needed at the time `before` (an SQL value, ms UTC).

    Somebody in the register until their last day is over; an affair while it is not over, and until what was
    told of it last is as old itself; an order or a list with a time is over by itself then.
    """
    return f"""
CASE WHEN entry.kind = '{PERSON_REGISTERED}'
     THEN {register.HELD} AND (coalesce(entry.personal ->> '$.until', '') = '' OR {_PERSON_UNTIL} >= {before})
     WHEN entry.kind IN {_listed(_OF_AFFAIRS)}
     THEN EXISTS (
       SELECT 1 FROM affair JOIN entry AS told ON told.id = affair.last
        WHERE affair.desk = entry.desk AND affair.family = {affairs.family_of("entry")}
          AND affair.name = {affairs.name_of("entry")} AND (told.happened >= {before} OR NOT (
            affair.over OR entry.kind IN ('{ORDER_RECEIVED}', '{DATA_PART}')
              AND coalesce(entry.public ->> '$.until', {before}) < {before})))
     ELSE 0 END"""  # noqa: S608 - constants
