"""A small JSON parser by hand, for the second grammar; RFC 8259 plus the constants that must be refused."""

from __future__ import annotations

INVALID = object()
_ESCAPES = {'"': '"', "\\": "\\", "/": "/", "b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t"}
_DIGITS = "0123456789"


class _BrokenError(Exception):
    pass


class Reader:
    """Reads one text; `flaws` collects doubled keys and numbers without limit."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.flaws: set[str] = set()

    def whole(self) -> object:
        try:
            self._blank()
            value = self._value()
            self._blank()
        except _BrokenError:
            return INVALID
        return value if self.at == len(self.text) else INVALID

    def _peek(self) -> str:
        return self.text[self.at : self.at + 1]

    def _blank(self) -> None:
        while self._peek() and self._peek() in " \t\n\r":
            self.at += 1

    def _take(self, literal: str) -> bool:
        if self.text.startswith(literal, self.at):
            self.at += len(literal)
            return True
        return False

    def _value(self) -> object:
        if self._take("{"):
            return self._object()
        if self._take("["):
            return self._array()
        if self._take('"'):
            return self._string()
        for literal, value in (("true", True), ("false", False), ("null", None)):
            if self._take(literal):
                return value
        for literal in ("NaN", "Infinity", "-Infinity"):
            if self._take(literal):
                self.flaws.add("json_not_finite")
                return None
        return self._number()

    def _object(self) -> object:
        pairs: dict[str, object] = {}
        self._blank()
        if self._take("}"):
            return pairs
        while True:
            self._blank()
            if not self._take('"'):
                raise _BrokenError
            key = self._string()
            self._blank()
            if not self._take(":"):
                raise _BrokenError
            self._blank()
            if key in pairs:
                self.flaws.add("json_duplicate_keys")
            pairs[key] = self._value()
            self._blank()
            if self._take("}"):
                return pairs
            if not self._take(","):
                raise _BrokenError

    def _array(self) -> object:
        values: list[object] = []
        self._blank()
        if self._take("]"):
            return values
        while True:
            self._blank()
            values.append(self._value())
            self._blank()
            if self._take("]"):
                return values
            if not self._take(","):
                raise _BrokenError

    def _string(self) -> str:
        out: list[str] = []
        while True:
            character = self._peek()
            self.at += 1
            if character == '"':
                return "".join(out)
            if not character or ord(character) < 0x20:
                raise _BrokenError
            out.append(self._escape() if character == "\\" else character)

    def _escape(self) -> str:
        letter = self._peek()
        self.at += 1
        if letter != "u":
            if letter not in _ESCAPES or not letter:
                raise _BrokenError
            return _ESCAPES[letter]
        unit = self._unit()
        if 0xD800 <= unit < 0xDC00 and self.text.startswith("\\u", self.at):
            before = self.at
            self.at += 2
            low = self._unit()
            if 0xDC00 <= low < 0xE000:
                return chr(0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00))
            self.at = before
        return chr(unit)

    def _unit(self) -> int:
        four = self.text[self.at : self.at + 4]
        if len(four) < 4 or any(c not in "0123456789abcdefABCDEF" for c in four):
            raise _BrokenError
        self.at += 4
        return int(four, 16)

    def _run(self) -> int:
        start = self.at
        while self._peek() and self._peek() in _DIGITS:
            self.at += 1
        return self.at - start

    def _number(self) -> object:
        start = self.at
        self._take("-")
        if not self._take("0") and not self._run():
            raise _BrokenError
        fraction = self._tail((".",), signed=False)
        exponent = self._tail(("e", "E"), signed=True)
        digits = self.text[start : self.at]
        if not fraction and not exponent:
            return int(digits)
        number = float(digits)
        if number in {float("inf"), float("-inf")}:
            self.flaws.add("json_not_finite")
        return number

    def _tail(self, marks: tuple[str, ...], *, signed: bool) -> bool:
        """An optional fraction or exponent; without digits after its mark it is not part of the number."""
        before = self.at
        if not any(self._take(mark) for mark in marks):
            return False
        if signed and not self._take("+"):
            self._take("-")
        if self._run():
            return True
        self.at = before
        return False


def deepest(text: str) -> int:
    """The greatest number of open brackets outside of strings, also in text that is not JSON."""
    depth = most = at = 0
    while at < len(text):
        character = text[at]
        if character == '"':
            at += 1
            while at < len(text) and text[at] != '"':
                at += 2 if text[at] == "\\" else 1
        elif character in "{[":
            depth += 1
            most = max(most, depth)
        elif character in "}]":
            depth -= 1
        at += 1
    return most
