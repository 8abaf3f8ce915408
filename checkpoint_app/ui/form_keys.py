"""Keys of an ordinary form: F1 is its main action, a scanner's text still goes to the lane."""

from __future__ import annotations

from collections.abc import Callable


class FormKeys:
    """`main` is F1, `scanned` where scanned texts go, `back` what Esc does."""

    def __init__(
        self,
        *,
        main: Callable[[], None],
        scanned: Callable[[str], None],
        back: Callable[[], None] | None = None,
        command: Callable[[int], bool] | None = None,
    ) -> None:
        self._main, self._scanned, self._back, self._command = main, scanned, back, command

    def scanned(self, text: str) -> None:
        self._scanned(text)

    def typed(self, _sign: str) -> bool:
        return False

    def entered(self) -> bool:
        return False

    def tabbed(self, *, back: bool) -> bool:  # noqa: ARG002 - Qt moves the focus
        return False

    def function(self, number: int) -> bool:
        if number != 1:
            return False
        self._main()
        return True

    def escape(self, *, down: bool) -> bool:
        if down and self._back is not None:
            self._back()
            return True
        return False

    def control(self, key: int) -> bool:
        return self._command(key) if self._command else False
