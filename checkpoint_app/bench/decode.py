"""`bench decode FOLDER`: how many real pictures are read right, and what a frame costs beside plain pyzbar.

FOLDER holds SET/cases.json: a list of {image, codes, texts}. A picture is right when one of `texts` is read
exactly, after NFC and trimming. A text is wrong when every text of its picture is known and it is none of
them. Bytes which are no text by our rule are shown as bytes, so they are never wrong; they are right when
they are those of a known text in an older character set.
"""

from __future__ import annotations

import json
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np

from checkpoint_app.bench import presentations
from checkpoint_app.domain.text import whole_text
from checkpoint_app.scanning import zbar
from checkpoint_app.scanning.decoder import Decoder
from checkpoint_app.scanning.preparations import Picture, grey
from checkpoint_app.scanning.readings import Reading

OLDER_CHARSETS = ("shift_jis", "iso8859-1", "gb18030")
NO_CODE_RATIO = 0.5
CLEAN_CODE_RATIO = 0.15
FRAME = (1280, 720)


@dataclass(frozen=True, slots=True)
class Case:
    """One picture: how many codes it shows and those of their texts that are known."""

    picture: Path
    codes: int
    texts: frozenset[str]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one picture."""

    right: bool
    by_bytes: bool
    wrong: tuple[str, ...]
    decoders: tuple[str, ...]


def cases(folder: Path) -> dict[str, tuple[Case, ...]]:
    """The pictures of every set in the folder; the folder may itself be one set."""
    sets = {}
    for listing in sorted([*folder.glob("*/cases.json"), *folder.glob("cases.json")]):
        entries = json.loads(listing.read_text(encoding="utf-8"))
        sets[listing.parent.name] = tuple(
            Case(listing.parent / one["image"], one["codes"], _known(one["texts"])) for one in entries
        )
    return sets


def judged(case: Case, readings: Sequence[Reading]) -> Outcome:
    """Compare what was read with what is known."""
    known_bytes = {payload for text in case.texts for payload in _encodings(text)}
    right = by_bytes = False
    wrong = []
    for reading in readings:
        text = whole_text(reading.payload, charset=reading.charset)
        if text is None:
            by_bytes |= reading.payload.strip() in known_bytes
        elif _normal(text) in case.texts:
            right = True
        elif len(case.texts) >= case.codes:
            wrong.append(text)
    decoders = tuple(dict.fromkeys(reading.decoder for reading in readings))
    return Outcome(right or by_bytes, by_bytes and not right, tuple(wrong), decoders)


def _known(texts: Sequence[str | None] | None) -> frozenset[str]:
    return frozenset(_normal(text) for text in texts or () if text)


def _normal(text: str) -> str:
    return unicodedata.normalize("NFC", text).strip()


def _encodings(text: str) -> Iterator[bytes]:
    for charset in OLDER_CHARSETS:
        try:
            yield text.encode(charset)
        except UnicodeEncodeError:
            continue


def _count(sets: dict[str, tuple[Case, ...]]) -> tuple[int, int, int]:
    """Print a line a set; returns how many pictures were right, texts wrong, and codes read where none is."""
    right = wrong = false = 0
    by: Counter[str] = Counter()
    for name, pictures in sets.items():
        outcomes = [(case, judged(case, Decoder().read_thoroughly(picture_of(case)))) for case in pictures]
        count = sum(outcome.right for _, outcome in outcomes)
        from_bytes = sum(outcome.by_bytes for _, outcome in outcomes)
        note = f" ({from_bytes} of them as bytes)" if from_bytes else ""
        print(f"{name:22} {count:4} right of {len(pictures):4}{note}")
        for case, outcome in outcomes:
            by.update(outcome.decoders)
            wrong += len(outcome.wrong)
            false += bool(outcome.decoders) and case.codes == 0
            for text in outcome.wrong:
                print(f"    not a known text: {case.picture.name}: {text[:60]!r}")
        right += count
    print(f"{'all':22} {right:4} right, {wrong} wrong texts, {false} readings where no code is")
    print("  by " + ", ".join(f"{decoder} {number}" for decoder, number in by.most_common()))
    return right, wrong, false


def picture_of(case: Case) -> Picture:
    """The picture in BGR; raises FileNotFoundError where there is none."""
    picture = cv2.imread(str(case.picture), cv2.IMREAD_COLOR)
    if picture is None:
        raise FileNotFoundError(case.picture)
    return np.asarray(picture, dtype=np.uint8)


def costs(without_code: Sequence[Picture], with_code: Sequence[Picture], *, rounds: int) -> dict[str, float]:
    """CPU milliseconds a 720p frame, by row; the rows take turns frame by frame, so load hits them alike."""
    totals: Counter[str] = Counter()
    for frames, kind in ((without_code, "no code"), (with_code, "clean code")):
        stream = Decoder()
        rows: dict[str, Callable[[Picture, int], object]] = {
            f"pyzbar, {kind}": lambda frame, _at: zbar.readings(grey(frame)),
            f"read, {kind}": lambda frame, at, decoder=stream: decoder.read(frame, at=at),  # type: ignore[misc]
        }
        for index in range(rounds * len(frames)):
            for name, work in rows.items():
                started = time.process_time()
                work(frames[index % len(frames)], index * 66)
                totals[name] += (time.process_time() - started) * 1_000 / (rounds * len(frames))  # type: ignore[assignment]
    return dict(totals)


def frames_without_code(sets: dict[str, tuple[Case, ...]]) -> list[Picture]:
    """The pictures that show no code at 720p; drawn clutter where there are none."""
    empty = [case for pictures in sets.values() for case in pictures if case.codes == 0]
    if empty:
        return [_fitted(picture_of(case)) for case in empty]
    return [presentations.empty_frame(seed) for seed in range(12)]


def frames_with_code() -> list[Picture]:
    """Drawn frames with an easy code."""
    easy = presentations.Look(module=5.0)
    shown = [presentations.Presentation("easy", presentations.URL, easy, seed) for seed in range(12)]
    return [next(iter(presentations.frames(one))) for one in shown]


def _fitted(picture: Picture) -> Picture:
    """Filled into a 720p frame, its proportions kept."""
    scale = min(FRAME[0] / picture.shape[1], FRAME[1] / picture.shape[0])
    size = (max(1, round(picture.shape[1] * scale)), max(1, round(picture.shape[0] * scale)))
    resized = cv2.resize(picture, size, interpolation=cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC)
    left, top = (FRAME[0] - size[0]) // 2, (FRAME[1] - size[1]) // 2
    right, bottom = FRAME[0] - size[0] - left, FRAME[1] - size[1] - top
    return np.asarray(
        cv2.copyMakeBorder(resized, top, bottom, left, right, cv2.BORDER_REPLICATE), dtype=np.uint8
    )


def _print_costs(milliseconds: dict[str, float]) -> bool:
    """Whether both ratios keep their bounds."""
    kept = True
    for kind, bound in (("no code", NO_CODE_RATIO), ("clean code", CLEAN_CODE_RATIO)):
        plain, ours = milliseconds[f"pyzbar, {kind}"], milliseconds[f"read, {kind}"]
        kept &= ours <= bound * plain
        print(
            f"{kind:12} pyzbar {plain:6.2f} ms   read {ours:6.2f} ms   {ours / plain:.2f}x   bound {bound}x"
        )
    return kept


def run(arguments: Sequence[str]) -> int:
    """0 when nothing was misread and the costs keep their bounds, else 1; 2 without a usable FOLDER."""
    cv2.setNumThreads(1)
    sets = cases(Path(arguments[0])) if arguments else {}
    if not sets:
        print("usage: bench decode FOLDER   (FOLDER/SET/cases.json beside its pictures)")
        return 2
    _, wrong, false = _count(sets)
    kept = True
    if zbar.library() is not None:
        kept = _print_costs(costs(frames_without_code(sets), frames_with_code(), rounds=4))
    return 0 if kept and not wrong and not false else 1
