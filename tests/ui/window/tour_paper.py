"""The tour on paper: every vehicle and person of its story, and what plain SQL finds in the ledger."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

UNDONE = "SELECT public ->> '$.ref.seq' FROM entry WHERE kind = 'outcome_undone'"
CROSSED = "SELECT seq, public, personal FROM entry WHERE kind = 'vehicle_crossed' ORDER BY seq"
KINDS = "SELECT kind, count(*) FROM entry GROUP BY kind"
TALLIED = "SELECT public FROM entry WHERE kind = 'tallied'"


class Reader(Protocol):
    def execute(self, sql: str, /) -> Any: ...


@dataclass(frozen=True, slots=True, order=True)
class Line:
    """One vehicle, or people on foot, and what became of it. `known`: the number of each
    person who told one, else the name."""

    lane: int
    plate: str
    kind: str
    people: int
    outcome: str
    why: str = ""
    known: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()


@dataclass(slots=True)
class Paper:
    """What somebody with a pencil wrote down. `acts`: entries of other kinds, by kind."""

    lines: list[Line] = field(default_factory=list)
    undone: list[Line] = field(default_factory=list)
    counted: list[int] = field(default_factory=list)
    acts: Counter[str] = field(default_factory=Counter)

    def left(self, lane: int, plate: str, outcome: str = "released", **more: Any) -> None:
        line = {"kind": "car", "people": 1, **more}
        self.lines.append(Line(lane, plate, outcome=outcome, **line))

    def take_back(self) -> None:
        """The last outcome was undone."""
        self.undone.append(self.lines.pop())
        self.acts["outcome_undone"] += 1

    def compared(self, reader: Reader) -> tuple[str, ...]:
        """Where ledger and paper differ; nothing when they agree."""
        gone = {row[0] for row in reader.execute(UNDONE)}
        rows = [
            (row[0] in gone, _line(json.loads(row[1]), _loads(row[2]))) for row in reader.execute(CROSSED)
        ]
        valid, undone = ([line for out, line in rows if out is which] for which in (False, True))
        counts = [tally for (public,) in reader.execute(TALLIED) for tally in json.loads(public)["counts"]]
        kinds = dict(reader.execute(KINDS).fetchall())
        told = (
            *_differ("vehicles", Counter(self.lines), Counter(valid)),
            *_differ("undone", Counter(self.undone), Counter(undone)),
            *_differ("kinds", self.acts, Counter({kind: kinds.get(kind, 0) for kind in self.acts})),
        )
        vehicles, people = sum(each["vehicles"] for each in counts), sum(each["people"] for each in counts)
        whole = (len(self.counted), sum(self.counted))
        return told if (vehicles, people) == whole else (*told, f"counted {whole}, ledger {vehicles, people}")


def _line(public: Mapping[str, Any], personal: Mapping[str, Any]) -> Line:
    people = (person.get("id") or person.get("name") for person in personal.get("people", ()))
    return Line(
        public["lane"],
        personal.get("plate", ""),
        "bus" if public.get("bus") else public["class"],
        public["people"],
        public["outcome"],
        public.get("why", ""),
        tuple(filter(None, people)),
        tuple(f"{each['person']} {each['outcome']}" for each in public.get("apart", ())),
    )


def _loads(text: str | None) -> Mapping[str, Any]:
    return json.loads(text) if text else {}


def _differ(what: str, paper: Counter[Any], ledger: Counter[Any]) -> tuple[str, ...]:
    missing = (f"{what}: not in the ledger: {n} × {each}" for each, n in (paper - ledger).items())
    more = (f"{what}: only in the ledger: {n} × {each}" for each, n in (ledger - paper).items())
    return (*missing, *more)
