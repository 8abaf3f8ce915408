"""When a code counts: by time, on its second reading, once while it stays."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.scanning.readings import Reading
from checkpoint_app.scanning.steady import AGAIN_AFTER, SECOND_READING_WITHIN, Steady

PLACE = ((0, 0), (9, 0), (9, 9), (0, 9))
GAPS = st.lists(st.integers(1, 5_000), min_size=1, max_size=60)


def shown(*payloads: bytes) -> list[Reading]:
    return [Reading(payload, PLACE, "zxing") for payload in payloads]


def counted_at(times: list[int], payload: bytes = b"pass") -> list[int]:
    steady = Steady()
    return [at for at in times if steady.admit(shown(payload), at=at)]


def counts_expected(times: list[int]) -> list[int]:
    """The rule once more, over the whole list of sightings instead of frame by frame."""
    stays: list[list[int]] = []
    for at in times:
        counted = bool(stays) and len(stays[-1]) >= 2
        if stays and at - stays[-1][-1] <= (AGAIN_AFTER if counted else SECOND_READING_WITHIN):
            stays[-1].append(at)
        else:
            stays.append([at])
    return [stay[1] for stay in stays if len(stay) >= 2]


def summed(gaps: list[int]) -> list[int]:
    return [sum(gaps[: index + 1]) for index in range(len(gaps))]


def test_a_code_read_once_in_passing_never_counts() -> None:
    assert counted_at([0]) == []
    assert counted_at([0, SECOND_READING_WITHIN + 1]) == []


def test_a_code_counts_at_its_second_reading_within_600_ms() -> None:
    assert counted_at([0, SECOND_READING_WITHIN]) == [SECOND_READING_WITHIN]


def test_two_copies_in_one_frame_are_one_reading() -> None:
    assert Steady().admit(shown(b"a", b"a"), at=0) == ()


def test_the_same_frame_handed_over_twice_is_one_reading() -> None:
    assert counted_at([5, 5]) == []


def test_a_counted_code_does_not_count_again_while_it_stays() -> None:
    assert counted_at(list(range(0, 60_000, 66))) == [66]


def test_a_counted_code_counts_again_after_three_seconds_out_of_sight() -> None:
    assert counted_at([0, 66, 66 + AGAIN_AFTER, 132 + AGAIN_AFTER]) == [66]
    gone = 66 + AGAIN_AFTER + 1
    assert counted_at([0, 66, gone, gone + 66]) == [66, gone + 66]


def test_time_decides_and_not_the_number_of_frames() -> None:
    steady = Steady()
    steady.admit(shown(b"a"), at=0)
    for at in range(1, 590):
        assert steady.admit([], at=at) == ()
    assert steady.admit(shown(b"a"), at=590) == tuple(shown(b"a"))
    assert counted_at([0, 700]) == []


def test_codes_that_differ_in_one_byte_are_two_codes() -> None:
    steady = Steady()
    assert steady.admit(shown(b"pass-1"), at=0) == ()
    assert steady.admit(shown(b"pass-2"), at=66) == ()
    assert steady.admit(shown(b"pass-1", b"pass-2"), at=132) == tuple(shown(b"pass-1", b"pass-2"))


@given(GAPS)
def test_any_stream_of_one_code_counts_as_the_rule_says(gaps: list[int]) -> None:
    assert counted_at(summed(gaps)) == counts_expected(summed(gaps))


@given(st.lists(st.tuples(st.integers(1, 2_000), st.sets(st.sampled_from([b"a", b"b", b"c"]))), max_size=60))
def test_codes_do_not_disturb_each_other(frames: list[tuple[int, set[bytes]]]) -> None:
    together, at = Steady(), 0
    counted: dict[bytes, list[int]] = {b"a": [], b"b": [], b"c": []}
    seen: dict[bytes, list[int]] = {b"a": [], b"b": [], b"c": []}
    for gap, payloads in frames:
        at += gap
        for payload in payloads:
            seen[payload].append(at)
        for reading in together.admit(shown(*sorted(payloads)), at=at):
            counted[reading.payload].append(at)
    assert counted == {payload: counts_expected(times) for payload, times in seen.items()}


def test_what_left_long_ago_is_forgotten() -> None:
    steady = Steady()
    for number in range(10_000):
        steady.admit(shown(b"%d" % number), at=number * 100)
    assert len(steady._seen) <= AGAIN_AFTER // 100 + 1
