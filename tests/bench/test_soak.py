"""The soak is a real one, in short; and it complains of what grows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.bench import soak
from checkpoint_app.bench.soak import AN_HOUR, Sample

STEADY = [Sample(number * 1_000, number * 5_000, 200.0, 40, 12, 4.0) for number in range(41)]


def test_forty_vehicles_in_four_lanes_reach_the_ledger(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert soak.run([str(tmp_path / "desk"), "--frames", "200", "--crossings", "40"]) in {0, 1}
    rows = capsys.readouterr().out.splitlines()
    crossings, frames, *_rest = rows[-2].split()
    assert int(crossings) >= 40
    assert int(frames) >= 200
    assert "an hour of traffic" in rows[-1]


def test_what_stays_as_it_is_is_not_complained_of() -> None:
    assert soak.complaints(STEADY) == ()


@pytest.mark.parametrize(
    ("leak", "complaint"),
    [
        (lambda sample: replace(sample, memory=200 + 2.1 * sample.crossings / AN_HOUR), "memory"),
        (lambda sample: replace(sample, handles=40 + sample.crossings // 10_000), "handles"),
        (lambda sample: replace(sample, log=sample.crossings / 1_000), "log"),
    ],
)
def test_what_grows_is_complained_of(leak: object, complaint: str) -> None:
    found = soak.complaints([leak(sample) for sample in STEADY])  # type: ignore[operator]
    assert len(found) == 1
    assert complaint in found[0]


def test_what_the_warm_up_takes_is_forgiven() -> None:
    begun = [replace(sample, memory=100.0) if sample.crossings < 10_000 else sample for sample in STEADY]
    assert soak.complaints(begun) == ()
    assert soak.slope(soak.warm(begun)) == pytest.approx(0)
