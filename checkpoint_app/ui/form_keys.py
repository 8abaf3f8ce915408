"""Keys of an ordinary form: its own widgets take them, a scanner's text still goes to the lane."""

from __future__ import annotations

from collections.abc import Callable


class FormKeys:
    """`scanned` is where scanned texts go, `command` what Ctrl and a key do."""

    def __init__(self, *, scanned: Callable[[str], None], command: Callable[[int], bool]) -> None:
        self._scanned, self._command = scanned, command

    def scanned(self, text: str) -> None:
        self._scanned(text)

    def typed(self, _sign: str) -> bool:
        return False

    def entered(self) -> bool:
        return False

    def tabbed(self, *, back: bool) -> bool:  # noqa: ARG002 - Qt moves the focus
        return False

    def function(self, number: int) -> bool:  # noqa: ARG002 - the page's own
        return False

    def escape(self, *, down: bool) -> bool:  # noqa: ARG002 - the page's own
        return False

    def control(self, key: int) -> bool:
        return self._command(key)
