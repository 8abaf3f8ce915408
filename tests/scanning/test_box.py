"""The slot: the newest wins, one call for each turn from empty to full."""

from __future__ import annotations

import threading

from checkpoint_app.scanning.box import Box


def test_the_newest_wins_and_is_taken_once() -> None:
    box: Box[int] = Box()
    for number in range(5):
        box.put(number)
    assert box.take() == 4
    assert box.take() is None


def test_of_a_thousand_pictures_nobody_takes_only_the_first_is_told() -> None:
    box: Box[int] = Box()
    assert sum(box.put(number) for number in range(1_000)) == 1
    assert box.take() == 999
    assert box.put(0)


def test_a_taker_who_waits_gets_what_comes() -> None:
    box: Box[int] = Box()
    found: list[int | None] = []
    taker = threading.Thread(target=lambda: found.append(box.take(wait=20)))
    taker.start()
    box.put(7)
    taker.join()
    assert found == [7]


def test_without_anything_the_taker_goes_on_after_the_wait() -> None:
    assert Box[int]().take(wait=0.001) is None


def test_two_threads_lose_no_turn() -> None:
    """Each turn is told exactly once: told turns are as many as things taken."""
    box: Box[int] = Box()
    told, taken = 0, 0
    over = threading.Event()

    def put() -> None:
        nonlocal told
        for number in range(20_000):
            told += box.put(number)
        over.set()

    putter = threading.Thread(target=put)
    putter.start()
    while not over.is_set():
        taken += box.take() is not None
    putter.join()
    taken += box.take() is not None
    assert told == taken
