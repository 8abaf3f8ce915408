"""Numbers of identity documents and phones: which kind, whether the number agrees with itself.

GB 11643-1999: six digits of division, eight of birth date, three of sequence (odd male), one check character
by ISO 7064 MOD 11-2. The division is that of the first registration, so an abolished one is legal.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CHECK_CHARACTERS = "10X98765432"

PROVINCE_CODES = frozenset(
    str(code)
    for first, last in ((11, 15), (21, 23), (31, 37), (41, 46), (50, 54), (61, 65), (71, 71), (81, 83))
    for code in range(first, last + 1)
)
"""First two digits of GB/T 2260; 81–83 begin the residence permits of Hong Kong, Macau and Taiwan people."""

_EARLIEST_BIRTH = 1880
_PERMIT_DIVISIONS = {"810000": "hong_kong_permit", "820000": "macau_permit", "830000": "taiwan_permit"}

_EIGHTEEN = re.compile(r"[0-9]{17}[0-9Xx]")
_FIFTEEN = re.compile(r"[0-9]{15}")


class DocumentKind(StrEnum):
    """Which paper a number is on."""

    CITIZEN_ID = "citizen_id"
    CITIZEN_ID_15 = "citizen_id_15"
    HONG_KONG_PERMIT = "hong_kong_permit"
    MACAU_PERMIT = "macau_permit"
    TAIWAN_PERMIT = "taiwan_permit"
    FOREIGNER_CARD = "foreigner_card"
    HOME_RETURN_PERMIT = "home_return_permit"
    TAIWAN_TRAVEL_PERMIT = "taiwan_travel_permit"
    PASSPORT = "passport"
    OTHER = "other"


_TYPED_FORMS = (
    (DocumentKind.FOREIGNER_CARD, re.compile(r"[A-Z]{3}[0-9]{12}")),
    (DocumentKind.HOME_RETURN_PERMIT, re.compile(r"[HM](?:[0-9]{8}|[0-9]{10})")),
    (
        DocumentKind.PASSPORT,
        re.compile(r"(?:[EGDSPK][0-9]{8}|E[A-HJ-NP-Z][0-9]{7}|(?:SE|DE|PE|MA|MB)[0-9]{7})"),
    ),
    (DocumentKind.TAIWAN_TRAVEL_PERMIT, re.compile(r"[0-9]{8}(?:[0-9]{2}(?:\([A-Z]\))?)?")),
    (DocumentKind.PASSPORT, re.compile(r"(?=[A-Z0-9]{0,12}[0-9])[A-Z0-9]{6,12}")),
)


@dataclass(frozen=True, slots=True)
class Document:
    """A document number in normal form; `birth` is YYYY-MM-DD, `sex` "male" or "female", "" where unsaid.

    `notes`: id_check_digit, id_birth_date (the number contradicts itself), future_birth_date,
    unknown_division, old_15_digit, unknown_form.
    """

    text: str
    kind: DocumentKind
    birth: str = ""
    sex: str = ""
    notes: tuple[str, ...] = ()

    @property
    def contradicts_itself(self) -> bool:
        """The check character or the birth date cannot be right: a slip of typing or a made-up number."""
        return "id_check_digit" in self.notes or "id_birth_date" in self.notes


def check_character(first17: str) -> str:
    """The 18th place for 17 digits, by ISO 7064 MOD 11-2."""
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, first17, strict=True))
    return CHECK_CHARACTERS[total % 11]


def scanned_document(text: str, *, today: date | None = None) -> Document | None:
    """The document of a scanned number of 18 or 15 places, by full match; None for any other text.

    A number of 15 places has no check character, so its division and birth date must be plausible. The
    caller must look at `contradicts_itself` before it trusts a number of 18 places.
    """
    if _EIGHTEEN.fullmatch(text):
        return _of_eighteen(text.upper(), today)
    if _FIFTEEN.fullmatch(text) and text[:2] in PROVINCE_CODES and _birth_of("19" + text[6:12]):
        return Document(
            text, DocumentKind.CITIZEN_ID_15, _birth_of("19" + text[6:12]), _sex(text[14]), ("old_15_digit",)
        )
    return None


def typed_document(text: str, *, kind: DocumentKind | None = None, today: date | None = None) -> Document:
    """What an officer typed, never refused: an unknown form is kept with a note.

    `kind` is what the officer chose, else the form decides. Full-width, lower case and blanks are mended.
    """
    mended = re.sub(r"[\s·-]", "", unicodedata.normalize("NFKC", text)).upper()
    normal = unicodedata.normalize("NFC", mended)
    if kind in {DocumentKind.PASSPORT, DocumentKind.OTHER}:
        return Document(normal, kind)
    numbered = scanned_document(normal, today=today)
    if numbered:
        return numbered
    for form_kind, form in _TYPED_FORMS:
        if kind in {None, form_kind} and form.fullmatch(normal):
            return Document(normal, form_kind)
    return Document(normal, kind or DocumentKind.OTHER, notes=("unknown_form",))


def _of_eighteen(text: str, today: date | None) -> Document:
    birth = _birth_of(text[6:14])
    notes = []
    if check_character(text[:17]) != text[17]:
        notes.append("id_check_digit")
    if not birth:
        notes.append("id_birth_date")
    elif today and birth > today.isoformat():
        notes.append("future_birth_date")
    division = text[1:3] if text[0] == "9" else text[:2]
    if division not in PROVINCE_CODES:
        notes.append("unknown_division")
    return Document(text, _kind_of_eighteen(text), birth, _sex(text[16]), tuple(notes))


def _kind_of_eighteen(text: str) -> DocumentKind:
    if text[0] == "9":
        return DocumentKind.FOREIGNER_CARD
    return DocumentKind(_PERMIT_DIVISIONS.get(text[:6], "citizen_id"))


def _birth_of(digits: str) -> str:
    """YYYY-MM-DD of eight digits, "" when there is no such day or nobody living was born on it."""
    year, month, day = int(digits[:4]), int(digits[4:6]), int(digits[6:])
    if year < _EARLIEST_BIRTH:
        return ""
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return ""


def _sex(sequence_digit: str) -> str:
    return "male" if int(sequence_digit) % 2 else "female"
