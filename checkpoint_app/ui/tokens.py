"""Every colour of the three themes, as the style table names them; plain data, no Qt."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from checkpoint_app.domain.words import VerdictState


class ThemeName(StrEnum):
    DAY = "day"
    NIGHT = "night"
    CONTRAST = "contrast"


class PlateColour(StrEnum):
    BLUE = "blue"
    GREEN = "green"
    YELLOW = "yellow"
    WHITE = "white"
    BLACK = "black"


@dataclass(frozen=True, slots=True)
class VerdictColours:
    """Panel ground, text on it, and the darker strip at its foot."""

    fill: str
    text: str
    foot: str


@dataclass(frozen=True, slots=True)
class PlateColours:
    """`line` runs inside the edge of the metal."""

    ground: str
    text: str
    line: str


@dataclass(frozen=True, slots=True)
class Theme:
    """Roles of STYLE §2 as #RRGGBB; `oncurrent` is text on `chrome2`, `mark` the strip beside it."""

    name: ThemeName
    bg: str
    surface: str
    sunken: str
    ink: str
    ink2: str
    ink3: str
    line: str
    edge: str
    accent: str
    sel: str
    primary: str
    onprimary: str
    chrome: str
    onchrome: str
    onchrome2: str
    chrome2: str
    oncurrent: str
    mark: str
    good: str
    goodbg: str
    warn: str
    warnbg: str
    bad: str
    badbg: str
    charts: tuple[str, str, str, str, str]
    onchart: str
    verdicts: tuple[VerdictColours, VerdictColours, VerdictColours, VerdictColours]
    plates: tuple[PlateColours, PlateColours, PlateColours, PlateColours, PlateColours]

    def verdict(self, state: VerdictState) -> VerdictColours:
        return self.verdicts[list(VerdictState).index(state)]

    def plate(self, colour: PlateColour) -> PlateColours:
        return self.plates[list(PlateColour).index(colour)]


LIGHT_FRESH = "#5FD0A5"
LIGHT_OLD = "#FFC94A"
LIGHT_EXPIRED = "#FF8A80"
BADGE, ON_BADGE = "#FFC21A", "#16130A"

_PLATES = (
    PlateColours("#0B3FA8", "#FFFFFF", "#FFFFFF"),
    PlateColours("#8FD8A8", "#0A1A10", "#0A1A10"),
    PlateColours("#F5C21B", "#17120A", "#17120A"),
    PlateColours("#FFFFFF", "#000000", "#10161D"),
    PlateColours("#000000", "#FFFFFF", "#FFFFFF"),
)

DAY = Theme(
    name=ThemeName.DAY,
    bg="#EDF0F3",
    surface="#FFFFFF",
    sunken="#F4F6F8",
    ink="#10161D",
    ink2="#3A4550",
    ink3="#55616D",
    line="#C5CCD3",
    edge="#6B7682",
    accent="#0B4FB3",
    sel="#DCE8FA",
    primary="#17222D",
    onprimary="#FFFFFF",
    chrome="#17222D",
    onchrome="#FFFFFF",
    onchrome2="#C3CED8",
    chrome2="#26343F",
    oncurrent="#FFFFFF",
    mark="#FFFFFF",
    good="#006B53",
    goodbg="#E0F2EC",
    warn="#8A4B00",
    warnbg="#FFF1CF",
    bad="#A30D14",
    badbg="#FCE6E6",
    charts=("#2F6DB5", "#0B7A60", "#9A6500", "#5F6C78", "#26323D"),
    onchart="#FFFFFF",
    verdicts=(
        VerdictColours("#006B53", "#FFFFFF", "#00533F"),
        VerdictColours("#FFC21A", "#16130A", "#E8A900"),
        VerdictColours("#5B2DA8", "#FFFFFF", "#47218A"),
        VerdictColours("#A30D14", "#FFFFFF", "#7E070C"),
    ),
    plates=_PLATES,
)

NIGHT = Theme(
    name=ThemeName.NIGHT,
    bg="#0C1014",
    surface="#151C22",
    sunken="#10161B",
    ink="#E4E9ED",
    ink2="#B7C1CA",
    ink3="#97A4AF",
    line="#33404B",
    edge="#7D8B98",
    accent="#8AB8FF",
    sel="#1C3150",
    primary="#D5DCE2",
    onprimary="#0C1014",
    chrome="#06090C",
    onchrome="#DDE3E8",
    onchrome2="#97A4AF",
    chrome2="#1C262E",
    oncurrent="#DDE3E8",
    mark="#DDE3E8",
    good="#6FDDB0",
    goodbg="#0C2B21",
    warn="#F2B84B",
    warnbg="#33270B",
    bad="#FF9A8F",
    badbg="#3A1113",
    charts=("#6FA5E6", "#4FC79B", "#E0A92E", "#8795A1", "#C9D2DA"),
    onchart="#0C1014",
    verdicts=(
        VerdictColours("#00604A", "#DDFBEE", "#00493A"),
        VerdictColours("#B98A00", "#0D0A00", "#A87E00"),
        VerdictColours("#472680", "#EBE1FF", "#371B66"),
        VerdictColours("#8C0A12", "#FFFFFF", "#69060C"),
    ),
    plates=(
        PlateColours("#0A3792", "#FFFFFF", "#FFFFFF"),
        PlateColours("#77BE90", "#0A1A10", "#0A1A10"),
        PlateColours("#D4A512", "#17120A", "#17120A"),
        PlateColours("#D5DCE2", "#000000", "#10161D"),
        PlateColours("#000000", "#FFFFFF", "#B7C1CA"),
    ),
)

CONTRAST = Theme(
    name=ThemeName.CONTRAST,
    bg="#000000",
    surface="#000000",
    sunken="#000000",
    ink="#FFFFFF",
    ink2="#FFFFFF",
    ink3="#FFFFFF",
    line="#FFFFFF",
    edge="#FFFFFF",
    accent="#FFFF00",
    sel="#1A1A66",
    primary="#FFFFFF",
    onprimary="#000000",
    chrome="#000000",
    onchrome="#FFFFFF",
    onchrome2="#FFFFFF",
    chrome2="#FFFFFF",
    oncurrent="#000000",
    mark="#FFFF00",
    good="#1FD6A5",
    goodbg="#000000",
    warn="#FFE000",
    warnbg="#000000",
    bad="#FF9A8F",
    badbg="#000000",
    charts=("#6FB5FF", "#1FD6A5", "#FFE000", "#C0C0C0", "#FFFFFF"),
    onchart="#000000",
    verdicts=(
        VerdictColours("#1FD6A5", "#000000", "#1FD6A5"),
        VerdictColours("#FFE000", "#000000", "#FFE000"),
        VerdictColours("#C4A6FF", "#000000", "#C4A6FF"),
        VerdictColours("#B0000D", "#FFFFFF", "#B0000D"),
    ),
    plates=_PLATES,
)

THEMES = {theme.name: theme for theme in (DAY, NIGHT, CONTRAST)}
