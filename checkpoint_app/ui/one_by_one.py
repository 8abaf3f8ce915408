"""Several things of which none may cost another."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from functools import partial
from typing import TypeVar

from PySide6.QtCore import QObject, QTimer

T = TypeVar("T")


def one_by_one(items: deque[T], act: Callable[[T], None], *, owner: QObject) -> None:
    """Does `act` to each. A bug behind one is raised; the others come right after it, while `owner` lives."""
    try:
        while items:
            act(items.popleft())
    finally:
        if items:
            QTimer.singleShot(0, owner, partial(one_by_one, items, act, owner=owner))
