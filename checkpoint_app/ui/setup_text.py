"""Words and checks of the first start. Pure."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from pathlib import Path

from checkpoint_app import config
from checkpoint_app.config import SETTINGS_FILE, Settings
from checkpoint_app.crypto.recovery import RecoveryKey
from checkpoint_app.crypto.wrapping import SHORTEST
from checkpoint_app.domain.errors import CheckpointError, Refusal
from checkpoint_app.i18n import _
from checkpoint_app.ui.told import Told, Tone

LONGEST_DESK = 24
STATION_LENGTH = 40
FEW_KINDS = 5
GOOD_LENGTH, STRONG_LENGTH = 12, 16
WORD_LENGTH = 5
MOST_TYPED = 1024
ABOVE = "HQ"
"""How the name of a desk at headquarters ends."""
_ROWS = ("01234567890", "abcdefghijklmnopqrstuvwxyz", "qwertyuiop", "asdfghjkl", "zxcvbnm")


class SettingsFileUnread(Refusal):
    """No settings file of a desk; facts: path."""


def desk_code(typed: str) -> str:
    """What was typed, full-width letters and small ones made plain capitals."""
    return unicodedata.normalize("NFKC", typed).upper()


def suggested_desk(station: str, ending: str) -> str:
    """A desk's own name from the letters and digits in the station's: "南大门 G107", "1" → G107-1."""
    known = re.findall(r"[A-Z0-9]+", desk_code(station))
    first = "-".join(known or ([] if ending == ABOVE else ["DESK"]))
    return "-".join(filter(None, (first[: LONGEST_DESK - len(ending) - 1].rstrip("-"), ending)))


def station_trouble(station: str) -> str:
    if not station.strip():
        return _("The name stands on every page and report")
    if len(station.strip()) > STATION_LENGTH:
        return _("At most {n} characters").format(n=STATION_LENGTH)
    return ""


def desk_trouble(code: str) -> str:
    """Why a desk cannot have this name; "" when it can."""
    if not code:
        return _("Every computer needs its own name")
    if odd := re.search(r"[^A-Z0-9-]", code):
        shown = _("a space") if odd[0].isspace() else odd[0]
        return _("Only A–Z, 0–9 and -, not: {sign}").format(sign=shown)
    if code[0] == "-" or code[-1] == "-":
        return _("Begins and ends with a letter or digit")
    if len(code) > LONGEST_DESK:
        return _("At most {n} characters").format(n=LONGEST_DESK)
    assert not config.unfit(replace(Settings(), desk=code))
    return ""


def strength(passphrase: str) -> Told:
    """How hard a passphrase is to guess, in plain words."""
    lacking = SHORTEST - len(passphrase)
    if not passphrase:
        return Told(_("At least {n} characters; a sentence is easy to keep").format(n=SHORTEST))
    if lacking > 0:
        return Told(_("Too short: {n} more").format(n=lacking), Tone.BAD)
    if _easy(passphrase):
        return Told(_("Easily guessed: take other words"), Tone.WARN)
    if len(passphrase) >= STRONG_LENGTH:
        return Told(_("Strong"), Tone.GOOD)
    if len(passphrase) >= GOOD_LENGTH:
        return Told(_("Good"), Tone.GOOD)
    return Told(_("Fair; longer is better"), Tone.WARN)


def passphrase_trouble(passphrase: str, again: str) -> str:
    if len(passphrase) < SHORTEST:
        return strength(passphrase).text
    if not again:
        return _("Type it a second time below")
    if passphrase != again:
        return _("The two are not the same")
    return ""


def _easy(passphrase: str) -> bool:
    """Few different signs, or a run along the alphabet, the digits or a row of the keyboard."""
    small = passphrase.casefold()
    if len(set(small)) < FEW_KINDS:
        return True
    rows = [row for line in _ROWS for row in (line, line[::-1])]
    runs = {row[place : place + 4] for row in rows for place in range(len(row) - 3)}
    found = sum(small[place : place + 4] in runs for place in range(len(small) - 3))
    return found * 2 > len(small) - 4


def read_settings(path: Path) -> Settings:
    """The settings in a desk's file, whatever its name; raises SettingsFileUnread."""
    if path.suffix != ".json" or not path.is_file():
        raise SettingsFileUnread(path=path.name)
    found = config.read_settings(path)
    if found.bad == (SETTINGS_FILE,) or replace(found, unknown={}) == Settings():
        raise SettingsFileUnread(path=path.name)
    return found


@dataclass(frozen=True, slots=True)
class TypedBack:
    """How far the recovery words were typed back. `wrong` is the place of the first that differs, 0: none."""

    right: int
    wrong: int = 0
    word: str = ""
    whole: bool = False


def typed_back(text: str, key: RecoveryKey) -> TypedBack:
    """Compares with what is on the sheet, whatever the case and whatever stands between the words.

    A scanned code counts as well. The last word is not called wrong while it may still be going on.
    """
    short = text[:MOST_TYPED]
    if "AGE-SECRET-KEY-" in short.upper():
        return _scanned_back(short, key)
    known = key.words
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFKC", short).lower())
    if len(words) == 1 and len(words[0]) > WORD_LENGTH:
        glued = words[0]
        words = [glued[place : place + WORD_LENGTH] for place in range(0, len(glued), WORD_LENGTH)]
    for place, word in enumerate(words, 1):
        expected = known[place - 1] if place <= len(known) else ""
        going_on = place == len(words) and short[-1:].isalpha() and expected.startswith(word)
        if word != expected and expected and going_on:
            return TypedBack(place - 1)
        if word != expected:
            return TypedBack(place - 1, place, word)
    return TypedBack(len(words), whole=len(words) == len(known))


def _scanned_back(text: str, key: RecoveryKey) -> TypedBack:
    try:
        same = RecoveryKey.from_text(text) == key
    except CheckpointError:
        same = False
    return TypedBack(len(key.words), whole=True) if same else TypedBack(0, 1, _("another code"))


def typed_back_words(found: TypedBack, *, most: int) -> Told:
    if found.wrong:
        line = _("Word {place} is not right: {word}").format(place=found.wrong, word=found.word[:20])
        return Told(line, Tone.BAD)
    if found.whole:
        return Told(_("All {n} words are right").format(n=most), Tone.GOOD)
    return Told(_("{done} of {n} words").format(done=found.right, n=most))
