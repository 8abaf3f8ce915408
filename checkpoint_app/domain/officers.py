"""Who serves: officers with number, role and key. Names and phones are personal, the rest is public."""

from __future__ import annotations

from dataclasses import dataclass

from checkpoint_app.domain.roles import Role


@dataclass(frozen=True, slots=True)
class Officer:
    """`number` never belongs to anybody else, also after its name is forgotten. `key` is the id of the key
    this officer signs with, "" before a PIN is set; `public` the 32 bytes of it, hex. `left` ms UTC, 0 while
    serving. `skills` are the station's own words (沟通, 医护, 英语).
    """

    number: str
    name: str = ""
    role: Role = Role.OFFICER
    agency: str = ""
    phone: str = ""
    skills: tuple[str, ...] = ()
    key: str = ""
    public: str = ""
    left: int = 0

    @property
    def has_pin(self) -> bool:
        return bool(self.key)
