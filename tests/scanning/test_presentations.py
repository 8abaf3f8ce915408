"""Codes held before a camera for one second, each with one thing at its limit."""

from __future__ import annotations

import numpy as np
import pytest

from checkpoint_app.bench.presentations import AXES, frames, presentations, read
from checkpoint_app.scanning import decoder as decoding
from checkpoint_app.scanning.symbols import Pass


def test_presentations_are_read_within_their_second(full_counts: bool) -> None:
    shown = list(presentations(200 if full_counts else 3 * len(AXES)))
    assert [f"{one.axis} {one.seed}" for one in shown if read(one)[0] is None] == []


def test_the_limits_are_limits_for_zxing_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(decoding, "TURNS", (lambda _picture: Pass(),))
    monkeypatch.setattr(decoding, "read_flat", lambda picture, seen: ())
    missed = {one.axis for one in presentations(3 * len(AXES)) if read(one)[0] is None}
    assert missed >= {"tilt 70°", "tilt 60°, any way", "gaussian 0.5 modules"}


def test_the_same_seed_shows_the_same_frames_and_another_shows_others() -> None:
    one, again, other = (next(presentations(1, seed=seed)) for seed in (3, 3, 4))
    pictures = [next(frames(shown)) for shown in (one, again, other)]
    assert np.array_equal(pictures[0], pictures[1])
    assert not np.array_equal(pictures[0], pictures[2])
