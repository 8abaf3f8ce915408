"""The day's second opinion: plain loops over raw entries and over the text of the printed sheets.

Nothing here uses the application's figures. What is compared: the pencil's counts of whoever worked the
lanes, the entries as stored, and what the sheets say.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy
import pypdf

from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.storage.engine import Connection
from tests.story.vehicles import Paper

DPI = 150
CODE = re.compile(r"CPH1:[0-9A-Z $%*+./:-]+")


@dataclass
class Sums:
    """What one shift's own entries add up to."""

    vehicles: int = 0
    people: int = 0
    counted: int = 0
    lanes: Counter[int] = field(default_factory=Counter)
    outcomes: Counter[str] = field(default_factory=Counter)
    late: list[str] = field(default_factory=list)
    minutes: Counter[str] = field(default_factory=Counter)


@dataclass
class Book:
    """The whole ledger: sums by shift in the order opened, and matters nobody has closed."""

    shifts: dict[str, Sums] = field(default_factory=dict)
    crossings: Counter[str] = field(default_factory=Counter)
    matters: set[str] = field(default_factory=set)


def book(reader: Connection) -> Book:
    """One loop over every entry, in the order written."""
    found, on = Book(), dict[str, int]()
    written: dict[str, tuple[str, str]] = {}
    rows = reader.execute("SELECT header, public, lower(hex(hash)) FROM entry ORDER BY id").fetchall()
    for header, public, digest in rows:
        head, body = json.loads(header), json.loads(public)
        kind, shift = head["kind"], head["shift"]
        written[digest] = shift, kind
        sums = found.shifts.setdefault(shift, Sums())
        if kind == "vehicle_crossed":
            found.crossings[head["action"]] += 1
            _crossed(sums, body)
        elif kind == "tallied":
            sums.counted += sum(part["vehicles"] for part in body["counts"])
        elif kind in ("outcome_undone", "crossing_amended"):
            other, _kind = written[body["ref"]["hash"]]
            if other != shift:
                sums.late.append(body["ref_action"] if "ref_action" in body else head["action"])
        elif kind == "matter_raised":
            found.matters.add(body.get("about") or head["action"])
        elif kind == "matter_closed":
            found.matters.discard(body["about"])
        elif kind == "on_duty":
            on[body["about"]] = head["happened"]
            written[f"on {body['about']}"] = shift, kind
        elif kind == "off_duty" and body["about"] in on:
            began, (of, _kind) = on.pop(body["about"]), written[f"on {body['about']}"]
            found.shifts[of].minutes[body["about"]] += (head["happened"] - began) // 60_000
    found.shifts.pop("", None)
    return found


def _crossed(sums: Sums, body: dict[str, Any]) -> None:
    sums.vehicles += 1
    sums.people += body["people"]
    sums.lanes[body["lane"]] += 1
    sums.outcomes[body["outcome"]] += 1


def differ(told: Sums, paper: Paper) -> tuple[str, ...]:
    """Where entries and the pencil disagree."""
    pairs = {
        "vehicles": (told.vehicles, sum(paper.vehicles.values())),
        "people": (told.people, sum(paper.people.values())),
        "lanes": (+told.lanes, +paper.vehicles),
        "outcomes": (+told.outcomes, +paper.outcomes),
        "counted": (told.counted, paper.counted),
    }
    return tuple(f"{name}: entries {a}, paper {b}" for name, (a, b) in pairs.items() if a != b)


def text_of(sheet: Path) -> str:
    """Every page's text, thousands without their comma."""
    pages = (page.extract_text() for page in pypdf.PdfReader(sheet).pages)
    return re.sub(r"(?<=\d),(?=\d{3})", "", "\n".join(pages))


def codes_of(sheet: Path, folder: Path) -> tuple[str, ...]:
    """The proof's codes as a webcam's decoder reads them from the printed pages; from the text where no
    program draws them.
    """
    program = shutil.which("pdftoppm")
    if program is None:
        return tuple(CODE.findall(text_of(sheet)))
    stem = folder / sheet.stem
    subprocess.run([program, "-r", f"{DPI}", "-gray", str(sheet), str(stem)], check=True)
    decoder, found = Decoder(), dict[str, None]()
    for picture in _pictures(sorted(folder.glob(f"{sheet.stem}-*.pgm"))):
        for reading in decoder.read_thoroughly(picture):
            text = reading.payload.decode("utf-8", "replace")
            if text.startswith("CPH1:"):
                found[text] = None
    return tuple(found)


def _pictures(files: Sequence[Path]) -> Iterator[Any]:
    for file in files:
        data = file.read_bytes()
        _magic, wide, high, _most = data.split(maxsplit=4)[:4]
        grey = numpy.frombuffer(data[-int(wide) * int(high) :], numpy.uint8).reshape(int(high), int(wide))
        yield numpy.ascontiguousarray(grey)
