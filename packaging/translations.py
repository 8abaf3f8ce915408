"""The Chinese words: `python packaging/translations.py build | check`.

Every area of the program has its own fragment `resources/locale/<language>/<area>.po`; `build` merges a
language's fragments into the one compiled file the program reads, with the same bytes wherever it is made.
`check` says what is missing, unused, contradictory or not compiled yet, and fails if anything is.
"""

from __future__ import annotations

import datetime as dt
import io
import string
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parent.parent
LOCALE = ROOT / "resources" / "locale"
COMPILED = Path("LC_MESSAGES") / "checkpoint.mo"
KEYWORDS = {"_": None, "N_": None, "ngettext": (1, 2)}
EPOCH = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


@dataclass(frozen=True, slots=True)
class Entry:
    """One translated text of one fragment; the parts of `key` and `texts` are the counted forms."""

    fragment: str
    key: tuple[str, ...]
    texts: tuple[str, ...]


def main(arguments: list[str]) -> int:
    languages = sorted(folder for folder in LOCALE.iterdir() if folder.is_dir())
    if arguments == ["build"]:
        for folder in languages:
            (folder / COMPILED).parent.mkdir(exist_ok=True)
            (folder / COMPILED).write_bytes(compiled(folder))
            print(f"wrote {(folder / COMPILED).relative_to(ROOT)}")
        return 0
    if arguments == ["check"]:
        used = extracted(ROOT / "checkpoint_app")
        found = [complaint for folder in languages for complaint in complaints(folder, used)]
        print("\n".join(found) or f"{len(used)} texts, each translated")
        return 1 if found else 0
    print(__doc__)
    return 2


def complaints(folder: Path, used: dict[tuple[str, ...], str]) -> Iterable[str]:
    """What is wrong with one language; `used` maps each text of the program to where it stands."""
    entries = read_fragments(folder)
    known = {entry.key for entry in entries}
    for key, place in used.items():
        if key not in known:
            yield f"{folder.name}: no text for {key[0]!r} ({place})"
    for entry in entries:
        if entry.key not in used:
            yield f"{entry.fragment}: nobody says {entry.key[0]!r}"
        if problem := flaw(entry):
            yield f"{entry.fragment}: {problem} in {entry.key[0]!r}"
    yield from contradictions(entries)
    target = folder / COMPILED
    if not target.exists() or target.read_bytes() != compiled(folder):
        yield f"{folder.name}: {COMPILED} is not up to date: run packaging/translations.py build"


def flaw(entry: Entry) -> str | None:
    """Why the text would be empty or could not be filled in as the English one is."""
    if not all(entry.texts):
        return "empty text"
    wanted = placeholders(entry.key[-1])
    if any(placeholders(text) != wanted for text in entry.texts):
        return "other placeholders than in English"
    return None


def placeholders(text: str) -> frozenset[str]:
    """Names between braces, with conversion and format; a text that cannot be formatted has one odd name."""
    try:
        parts = list(string.Formatter().parse(text))
    except ValueError:
        return frozenset({f"<not a format: {text}>"})
    return frozenset(f"{name}!{turned}:{form}" for _, name, form, turned in parts if name is not None)


def contradictions(entries: Iterable[Entry]) -> Iterable[str]:
    """Texts which two fragments translate differently."""
    first: dict[tuple[str, ...], Entry] = {}
    for entry in entries:
        other = first.setdefault(entry.key, entry)
        if other.texts != entry.texts:
            yield f"{entry.fragment}: {entry.key[0]!r} is another text in {other.fragment}"


def extracted(package: Path) -> dict[tuple[str, ...], str]:
    """Every literal given to `_`, `N_` or `ngettext` in the package, with its first place."""
    used: dict[tuple[str, ...], str] = {}
    found = extract_from_dir(package, method_map=[("**.py", "python")], keywords=KEYWORDS)
    for file, line, message, _comments, _context in found:
        used.setdefault(as_tuple(message), f"{package.name}/{file}:{line}")
    return used


def compiled(folder: Path) -> bytes:
    """The bytes of a language's compiled file."""
    merged = Catalog(
        locale=folder.name, project="checkpoint-app", version="1", creation_date=EPOCH, revision_date=EPOCH
    )
    for entry in read_fragments(folder):
        plural = len(entry.key) > 1
        merged.add(entry.key if plural else entry.key[0], entry.texts if plural else entry.texts[0])
    written = io.BytesIO()
    write_mo(written, merged)
    return written.getvalue()


def read_fragments(folder: Path) -> list[Entry]:
    """All finished texts of a language, fragments by name; fuzzy ones count as missing."""
    entries: list[Entry] = []
    for file in sorted(folder.glob("*.po")):
        with file.open("rb") as opened:
            catalog = read_po(opened, locale=folder.name, abort_invalid=True)
        name = f"{folder.name}/{file.name}"
        finished = (message for message in catalog if message.id and not message.fuzzy)
        entries += [Entry(name, as_tuple(message.id), as_tuple(message.string)) for message in finished]
    return entries


def as_tuple(value: str | Iterable[str] | None) -> tuple[str, ...]:
    return (value or "",) if isinstance(value, str | None) else tuple(value)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
