"""How long an officer's PIN is not asked for after wrong ones.

Only a counter of the time that passed (`domain.clock.Tick.elapsed`, ms) shortens a wait. The date on the wall
plays no part: whoever sets the clock ahead waits as long as everybody else. What is kept is the count alone;
a restart begins the wait anew, because nobody knows how long the computer was off.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

FREE = 5
"""Wrong PINs until the first wait; each further one after a wait brings the next longer wait."""
WAITS = (60_000, 300_000, 900_000, 3_600_000)


@dataclass(frozen=True, slots=True)
class Lockout:
    """`wrong` PINs since the last right one, the last of them at `since` of the elapsed counter."""

    wrong: int = 0
    since: int = 0

    @property
    def left(self) -> int:
        """Wrong PINs that are still free of a wait."""
        return max(0, FREE - self.wrong)

    @property
    def length(self) -> int:
        """The whole wait that the last wrong one brought, ms."""
        return WAITS[min(self.wrong - FREE, len(WAITS) - 1)] if self.wrong >= FREE else 0


def tried(lockout: Lockout, *, elapsed: int) -> Lockout:
    """One try more; it is counted before it is known to be wrong, so that no crash makes it free."""
    return replace(lockout, wrong=lockout.wrong + 1, since=elapsed)


def wait(lockout: Lockout, *, elapsed: int) -> int:
    """Milliseconds still to wait; a counter that ran backwards shortens nothing."""
    return max(0, lockout.length - max(0, elapsed - lockout.since))
