"""A slot for one thing: the newest wins, nothing queues up."""

from __future__ import annotations

import threading
from typing import Generic, TypeVar

T = TypeVar("T")


class Box(Generic[T]):
    """Hands the newest item from one thread to another; what nobody took in time is gone."""

    def __init__(self) -> None:
        self._ready = threading.Condition()
        self._item: T | None = None

    def put(self, item: T) -> bool:
        """Puts `item` in the place of any other; True when the box was empty: somebody must be told."""
        with self._ready:
            was_empty = self._item is None
            self._item = item
            self._ready.notify()
            return was_empty

    def take(self, *, wait: float = 0.0) -> T | None:
        """The item, which leaves the box; None when there is none within `wait` seconds."""
        with self._ready:
            if self._item is None and wait > 0:
                self._ready.wait(wait)
            item, self._item = self._item, None
            return item
