"""A folder, of this computer or of the network, from which bundles are taken as they appear.

Files are left where they are: others may wait for them. A file is tried again when it changed, and every file
when a desk was enrolled or revoked.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from checkpoint_app.domain.bundles import BundleRefused
from checkpoint_app.domain.errors import CheckpointError, Refusal
from checkpoint_app.domain.exchange import DESK_ENROLLED, DESK_REVOKED
from checkpoint_app.services.taking import FOR_OTHERS, Taking
from checkpoint_app.storage.landing import Landed
from checkpoint_app.storage.ledger import Ledger, Written
from checkpoint_app.storage.sources import Signs, bundles_in

EVERY = 15.0  # seconds
SETTLED = 2.0  # seconds without a change, until a file that is new here counts as whole


@dataclass(frozen=True, slots=True)
class Polled:
    """What one look at the folder did. `unsound` are refusals for everybody's eyes, in the files' order."""

    taken: tuple[Landed, ...] = ()
    unsound: tuple[BundleRefused, ...] = ()


class Watching:
    """Looks in a thread of its own; `folder` asks for the setting, "" for none. Any thread may poll too."""

    def __init__(self, ledger: Ledger, taking: Taking, *, folder: Callable[[], str]) -> None:
        self._ledger, self._taking, self._folder = ledger, taking, folder
        self._done: dict[str, Signs] = {}
        self._seen: dict[str, Signs] = {}
        self._ended = threading.Event()
        self._looking = threading.Lock()
        self._thread: threading.Thread | None = None
        self.told: Callable[[Polled], None] = lambda _polled: None
        ledger.on_written(self._written)

    def start(self) -> None:
        """Finishes what a crash left half taken, then looks at once and every EVERY seconds."""
        self._thread = threading.Thread(target=self._watch, name="watching", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Ends the thread; a bundle half taken is dropped, and taken at the next start."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def poll(self) -> Polled:
        """Takes what is new and whole; what cannot be read now is tried at the next look."""
        with self._looking:
            found = self._listed(self._folder())
            whole = [path for path, signs in found.items() if self._is_new(path, signs)]
            self._seen = found
            taken, unsound = [], []
            for path in sorted(whole):
                landed, refused = self._try(path, found[path])
                taken += [landed] if landed else []
                unsound += [refused] if refused else []
            return Polled(tuple(taken), tuple(unsound))

    def _try(self, path: str, signs: Signs) -> tuple[Landed | None, BundleRefused | None]:
        landed, refused = None, None
        try:
            offer = self._taking.open(path, by=None, progress=self._goes_on)
            landed = self._taking.take(offer, by=None, progress=self._goes_on) if offer else None
        except BundleRefused as error:
            refused = None if error.facts.get("check") in FOR_OTHERS else error
        except CheckpointError as error:
            if not isinstance(error, Refusal):
                return None, None
        if not self._ended.is_set():
            self._done[path] = signs
        return landed, refused

    def _is_new(self, path: str, signs: Signs) -> bool:
        if self._done.get(path) == signs:
            return False
        return self._seen.get(path) == signs or _is_old(signs.changed)

    def _listed(self, folder: str) -> dict[str, Signs]:
        """Bundles of others in the folder."""
        own = self._ledger.head().desk + "_"
        found = bundles_in(folder) if folder else {}
        return {path: signs for path, signs in found.items() if not PurePath(path).name.startswith(own)}

    def _written(self, written: tuple[Written, ...]) -> None:
        if any(one.kind in {DESK_ENROLLED, DESK_REVOKED} for one in written):
            self._done = {}

    def _goes_on(self, _done: int, _of: int) -> bool:
        return not self._ended.is_set()

    def _watch(self) -> None:
        with suppress(CheckpointError):
            self._taking.resume()
        while not self._ended.is_set():
            with suppress(CheckpointError):
                polled = self.poll()
                if polled.taken or polled.unsound:
                    self.told(polled)
            self._ended.wait(EVERY)


def _is_old(changed: str) -> bool:
    """Whether a local file's time (seconds since 1970) lies SETTLED back; elsewhere nobody can tell."""
    try:
        return time.time() - float(changed) > SETTLED
    except ValueError:
        return False
