"""The colours of the themes keep the numbers of the style, computed from the colours themselves."""

from __future__ import annotations

import itertools

import numpy as np
import pytest

from checkpoint_app.domain.words import VerdictState
from checkpoint_app.ui.tokens import (
    CONTRAST,
    DAY,
    LIGHT_EXPIRED,
    LIGHT_FRESH,
    LIGHT_OLD,
    NIGHT,
    THEMES,
    PlateColour,
    Theme,
)
from tests.ui import colour

EVERY_THEME = pytest.mark.parametrize("theme", list(THEMES.values()), ids=list(THEMES))
V = VerdictState
# Contrast of the text on the panel and on its foot, as the style states them.
STATED = {
    ("day", V.PASS): (6.5, 9.1),
    ("day", V.NOT_YET): (11.5, 8.9),
    ("day", V.REFER): (8.8, 11.3),
    ("day", V.STOP): (8.0, 10.9),
    ("night", V.PASS): (6.9, 9.5),
    ("night", V.NOT_YET): (6.3, 5.3),
    ("night", V.REFER): (9.0, 11.1),
    ("night", V.STOP): (9.7, 12.9),
    ("contrast", V.PASS): (11.2, 11.2),
    ("contrast", V.NOT_YET): (15.9, 15.9),
    ("contrast", V.REFER): (10.2, 10.2),
    ("contrast", V.STOP): (7.4, 7.4),
}


def test_the_colour_difference_agrees_with_published_pairs() -> None:
    """Pairs of Sharma, Wu, Dalal 2005, table 1: nos. 1, 7, 13, 17, 25."""
    pairs = [
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 0, 0), (50, -1, 2), 2.3669),
        ((50, -0.001, 2.49), (50, 0.0011, -2.49), 4.7461),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ]
    for first, second, expected in pairs:
        assert colour.ciede2000(np.array(first, float), np.array(second, float)) == pytest.approx(
            expected, abs=1e-4
        )


@pytest.mark.parametrize(("name", "state"), STATED)
def test_text_on_a_verdict_has_the_stated_contrast(name: str, state: VerdictState) -> None:
    colours = next(theme for theme in THEMES.values() if theme.name == name).verdict(state)
    measured = (colour.contrast(colours.text, colours.fill), colour.contrast(colours.text, colours.foot))
    assert measured == pytest.approx(STATED[name, state], abs=0.06)
    assert measured[0] >= (7 if name == "contrast" else 6)
    assert measured[1] >= 4.5


@EVERY_THEME
@pytest.mark.parametrize("eye", [colour.PROTAN, colour.DEUTAN], ids=["protan", "deutan"])
def test_pass_and_stop_stay_apart_for_every_eye(theme: Theme, eye: colour.Vector) -> None:
    """15 as the style rounds it: the closest pair is 14.7, night, protan."""
    apart = colour.delta(theme.verdict(V.PASS).fill, theme.verdict(V.STOP).fill, eye=eye)
    assert round(apart) >= 15


def test_an_ordinary_green_and_red_would_not_stay_apart() -> None:
    assert colour.delta("#1E7B1E", "#B02A1A", eye=colour.DEUTAN) < 15


@EVERY_THEME
def test_every_other_pair_of_verdicts_is_20_apart_for_every_eye(theme: Theme) -> None:
    for one, other in itertools.combinations(V, 2):
        if {one, other} == {V.PASS, V.STOP}:
            continue
        for eye in (None, colour.PROTAN, colour.DEUTAN):
            assert colour.delta(theme.verdict(one).fill, theme.verdict(other).fill, eye=eye) >= 20


def test_day_verdicts_are_legible_in_the_sun() -> None:
    measured = [colour.sun(DAY.verdict(state).text, DAY.verdict(state).fill) for state in V]
    assert measured == pytest.approx([2.6, 2.3, 2.8, 2.7], abs=0.06)


def test_night_verdicts_do_not_blind() -> None:
    bright = [220 * colour.luminance(NIGHT.verdict(state).fill) for state in V]
    assert max(bright) <= 63
    assert bright[list(V).index(V.STOP)] <= 13


@EVERY_THEME
def test_text_roles_reach_aa_and_borders_three_to_one(theme: Theme) -> None:
    for text in (theme.ink, theme.ink2, theme.ink3):
        for ground in (theme.bg, theme.surface, theme.sunken):
            assert colour.contrast(text, ground) >= 4.5
    for ground in (theme.bg, theme.surface):
        assert colour.contrast(theme.edge, ground) >= 3
        assert colour.contrast(theme.accent, ground) >= 3
    pairs = [
        (theme.onprimary, theme.primary),
        (theme.onchrome, theme.chrome),
        (theme.onchrome2, theme.chrome),
        (theme.oncurrent, theme.chrome2),
        (theme.ink, theme.sel),
        (theme.good, theme.goodbg),
        (theme.good, theme.surface),
        (theme.warn, theme.warnbg),
        (theme.warn, theme.surface),
        (theme.bad, theme.badbg),
        (theme.bad, theme.surface),
    ]
    for text, ground in pairs:
        assert colour.contrast(text, ground) >= 5.5, (text, ground)
    for light in (LIGHT_FRESH, LIGHT_OLD, LIGHT_EXPIRED):
        assert colour.contrast(light, theme.chrome) >= 4.5


def test_roles_have_the_stated_contrast() -> None:
    stated = {
        (DAY.ink, DAY.surface): 18.2,
        (DAY.ink2, DAY.surface): 9.8,
        (DAY.ink3, DAY.surface): 6.3,
        (DAY.ink3, DAY.sunken): 5.8,
        (DAY.edge, DAY.surface): 4.6,
        (DAY.accent, DAY.surface): 7.5,
        (DAY.onchrome2, DAY.chrome): 10.1,
        (DAY.warn, DAY.warnbg): 6.1,
        (NIGHT.ink, NIGHT.surface): 14.1,
        (NIGHT.ink3, NIGHT.surface): 6.8,
        (NIGHT.accent, NIGHT.surface): 8.5,
        (NIGHT.ink, NIGHT.sel): 10.7,
        (CONTRAST.accent, CONTRAST.bg): 19.6,
        (CONTRAST.bad, CONTRAST.bg): 10.3,
    }
    for (one, other), expected in stated.items():
        assert colour.contrast(one, other) == pytest.approx(expected, abs=0.06)


@EVERY_THEME
def test_plates_and_chart_labels_are_legible(theme: Theme) -> None:
    for plate in PlateColour:
        assert colour.contrast(theme.plate(plate).text, theme.plate(plate).ground) >= 7
    for series in theme.charts:
        assert colour.contrast(theme.onchart, series) >= 4.5
