"""Key stores for tests: the system's own is never touched."""

from __future__ import annotations

from dataclasses import dataclass, field

from keyring.errors import KeyringLocked, PasswordDeleteError


@dataclass
class Memory:
    """A store that keeps what it is given, until told to be `locked` or `forgetful`."""

    kept: dict[tuple[str, str], str] = field(default_factory=dict)
    locked: bool = False
    forgetful: bool = False

    def get_password(self, service: str, username: str) -> str | None:
        self._open()
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._open()
        if not self.forgetful:
            self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._open()
        if self.kept.pop((service, username), None) is None:
            raise PasswordDeleteError(username)

    def _open(self) -> None:
        if self.locked:
            raise KeyringLocked("locked")
