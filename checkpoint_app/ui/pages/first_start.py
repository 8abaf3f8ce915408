"""placeholder"""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget


class FirstStartPage(QWidget):
    finished = Signal(str)

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__()

    def close_down(self) -> None: ...
