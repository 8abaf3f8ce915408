"""Text of a page as it stands in the file: every word is put into a document's codes once, however often it
is drawn.

The library works each of them out anew and measures where it ends, which nobody asks; half of a long form's
time went there.
"""

from __future__ import annotations

from collections.abc import Iterator

from reportlab.lib.rl_accel import escapePDF
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfdoc import PDFDocument

from checkpoint_app.documents.faces import BOLD, REGULAR

MOST_KEPT = 20_000
"""Words; 10 MB."""

Part = tuple[str, str]
"""The face as the page names it, and an operator that shows signs of it."""


class Letters(dict[tuple[str, bool], tuple[Part, ...]]):
    """What shows words, bold or not, face by face in the codes of one document. A face has a code for each of
    up to 256 signs.
    """

    def __init__(self, document: PDFDocument) -> None:
        super().__init__()
        self._document = document

    def __missing__(self, key: tuple[str, bool]) -> tuple[Part, ...]:
        if len(self) >= MOST_KEPT:
            self.clear()
        self[key] = parts = tuple(self._parts(*key))
        return parts

    def _parts(self, words: str, bold: bool) -> Iterator[Part]:
        face = pdfmetrics.getFont(BOLD if bold else REGULAR)
        for place, codes in face.splitString(words, self._document):
            yield face.getSubsetInternalName(place, self._document), f"({escapePDF(codes)}) Tj"


class Lettering:
    """The words of one page, in the order they are said; a canvas draws it by `drawText`."""

    def __init__(self, letters: Letters) -> None:
        self._letters = letters
        self._code = ["BT"]
        self._face: tuple[str, float] = ("", 0.0)

    def say(self, x: float, y: float, words: str, *, size: float, bold: bool) -> None:
        """Words from the point on, which is given to a hundredth."""
        self._code.append(f"1 0 0 1 {x:.2f} {y:.2f} Tm")
        for name, shows in self._letters[words, bold]:
            if self._face != (name, size):
                self._face = (name, size)
                self._code.append(f"{name} {size:g} Tf")
            self._code.append(shows)

    def space(self, points: float) -> None:
        """Between the signs of what follows."""
        self._code.append(f"{points:g} Tc")

    def getCode(self) -> str:  # noqa: N802 - the library's name
        """Everything said, for the page's stream."""
        return " ".join((*self._code, "ET"))
