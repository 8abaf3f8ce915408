"""Taking bundles in: proved first, shown before anything changes, then taken whole or not at all.

A file that is refused is left where it is; the ledger keeps, once for each file, which check refused it.
Everything here waits for disks: call it where waiting is allowed.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from threading import Lock
from typing import BinaryIO

from checkpoint_app.domain import exchange
from checkpoint_app.domain.bundles import LARGEST_FILE, SUFFIX, BundleRefused, BundleStopped, Manifest
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import Action
from checkpoint_app.services.peers import Peers
from checkpoint_app.storage import arrivals, bundle, landing, refusals, settling
from checkpoint_app.storage.arrivals import Arrived
from checkpoint_app.storage.landing import Landed, LandingStopped, Preview
from checkpoint_app.storage.ledger import Ledger
from checkpoint_app.storage.refusals import Refused
from checkpoint_app.storage.sources import BundleUnread, open_source
from checkpoint_app.storage.staging import Staging
from checkpoint_app.storage.trust import read_trust

Progress = Callable[[int, int], bool]
"""Gets how much is done of how much; False ends the work and leaves nothing behind."""
GENTLE, BUSY = 10, 200
"""How long a step may hold the writer, ms: beside an open lane, and where nobody waits for a key."""
CHUNK = 1 << 20
FOR_OTHERS = frozenset({"recipient"})
"""Checks that say nothing against a file which merely lies in a folder that others use too."""
_OURS = re.compile(r"[A-Z0-9-]{1,24}_[0-9]{1,9}-[0-9]{1,9}_[0-9a-f]{8}" + re.escape(SUFFIX))
_DESK = re.compile(r"[A-Z0-9](?:[A-Z0-9-]{0,22}[A-Z0-9])?")
_FACTS = ("desk", "epoch", "seq", "reason", "found", "known", "flags", "size", "most")


@dataclass(frozen=True, slots=True)
class Offer:
    """A bundle that passed every check, before anything of it is taken.

    `taken` is when this very bundle was taken in before, ms UTC: then `preview` is None and there is nothing
    to take. `digest` is the file's SHA-256 (hex), "" for one that was taken before.
    """

    name: str
    manifest: Manifest
    preview: Preview | None
    digest: str = ""
    taken: int | None = None
    staging: Staging | None = field(default=None, repr=False, compare=False)


@dataclass(slots=True)
class Taking:
    """One bundle at a time. `taken` hears what came in, in the thread that took it.

    `step` is how long the writer may be held, ms. With `by` None it is nobody's act but the clock's: somebody
    allowed it once, by setting the folder, and no right is asked.
    """

    ledger: Ledger
    peers: Peers
    taken: Callable[[Landed], object] = lambda _landed: None
    step: int = GENTLE
    _resumed: bool = False
    _one: Lock = field(default_factory=Lock)

    def open(
        self, source: str | Path, *, by: By | None, progress: Progress = lambda _done, _of: True
    ) -> Offer | None:
        """Proves a bundle, by a file's path or a URL, and stages it; None when `progress` ended it.

        Whoever gets an offer takes or cancels it. Raises NotAllowed, BundleUnread, and BundleRefused after
        the refusal was put on paper.
        """
        self._check(by)
        self.resume()
        name = shown_name(source)
        with _opened(source, name) as file:
            try:
                return self._known(file, name) or self._proved(file, name, progress)
            except BundleRefused as refused:
                if by is not None or refused.facts.get("check") not in FOR_OTHERS:
                    self._keep(refused, _digest(file), name=name, by=by or By())
                raise
            except BundleStopped:
                return None

    def take(
        self, offer: Offer, *, by: By | None, progress: Progress = lambda _done, _of: True
    ) -> Landed | None:
        """Takes an offer in; readers see all of it when this returns, and none of it before. None when there
        was nothing to take, and when `progress` ended it. Raises NotAllowed and the Troubles of the disk.
        """
        self._check(by)
        staging = offer.staging
        if staging is None:
            return None
        try:
            with self._one:
                landed = landing.land(
                    self.ledger,
                    staging,
                    offer.manifest,
                    by=by or By(),
                    step_ms=self.step,
                    progress=progress,
                )
        except LandingStopped:
            return None
        finally:
            staging.close()
        if offer.digest:
            self.ledger.transact(lambda writer: refusals.drop(writer, offer.digest)).result()
        self.taken(landed)
        return landed

    def cancel(self, offer: Offer) -> None:
        """Nothing of it is taken; harmless when repeated."""
        if offer.staging is not None:
            offer.staging.close()

    def resume(self) -> int:
        """Finishes a fork's decision and bundles that a crash interrupted, or takes them out again; how many
        bundles. Only the first call of a run does anything.
        """
        with self._one:
            if self._resumed:
                return 0
            settling.resume(self.ledger)
            found = landing.resume(self.ledger, step_ms=self.step)
            self._resumed = True
            return found

    def recent(self, limit: int = 20) -> tuple[Arrived | Refused, ...]:
        """Bundles that came in and files that were refused, newest first."""
        with self.ledger.reader() as reader:
            found: list[Arrived | Refused] = [*arrivals.recent(reader, limit=limit)]
            found += refusals.rows(reader, limit=limit)
        return tuple(sorted(found, key=_at, reverse=True)[:limit])

    def _check(self, by: By | None) -> None:
        if by is not None:
            self.peers.rights.check(Action.TAKE_IN, by)

    def _known(self, file: BinaryIO, name: str) -> Offer | None:
        """The offer of a bundle that was taken before; only its head is read."""
        with self.ledger.reader() as reader:
            trust = read_trust(reader, self.ledger.head().desk)
        manifest = bundle.peek(file, trust=trust, identities=self.peers.identities())
        with self.ledger.reader() as reader:
            taken = arrivals.taken_at(reader, manifest)
        return Offer(name, manifest, None, taken=taken) if taken is not None else None

    def _proved(self, file: BinaryIO, name: str, progress: Progress) -> Offer:
        with self.ledger.reader() as reader:
            trust = read_trust(reader, self.ledger.head().desk)
        staging = self.ledger.staging()
        try:
            found = bundle.read_bundle(
                file,
                trust=trust,
                identities=self.peers.identities(),
                sink=staging.add,
                progress=progress,
            )
            with self.ledger.unveiled() as reader:
                preview = landing.preview(reader, staging, found.manifest)
        except BaseException:
            staging.close()
            raise
        return Offer(name, found.manifest, preview, found.file_digest, None, staging)

    def _keep(self, refused: BundleRefused, digest: str, *, name: str, by: By) -> None:
        check, sender = str(refused.facts.get("check", "")), _desk(refused.facts.get("sender"))
        with self.ledger.reader() as reader:
            if refusals.holds(reader, digest, check):
                return
        now = self.ledger.now()
        told = {each: _plain(refused.facts[each]) for each in _FACTS if each in refused.facts}
        row = Refused(digest, name, sender, check, told, now)
        fact = exchange.bundle_refused(
            digest, check, sender=sender, name=name, by=by, at=now, action=self.peers.new_action()
        )
        self.ledger.append((fact,), also=lambda writer: refusals.keep(writer, row)).result()


def _at(one: Arrived | Refused) -> int:
    return one.at if isinstance(one, Arrived) else one.found


def _desk(sender: object) -> str:
    """A desk's name as somebody claims it, "" for what can be none."""
    return str(sender) if _DESK.fullmatch(str(sender)) else ""


def _plain(fact: object) -> str:
    """What a check found, without anything that a stranger could have written there for people to read."""
    return "".join(sign for sign in str(fact)[:80] if " " <= sign <= "~")


def shown_name(source: str | Path) -> str:
    """The name of a file as it is kept: that of a bundle, and of any other file only what kind it is, for a
    file's name may be somebody's.
    """
    name = PurePosixPath(str(source).replace("\\", "/")).name
    if _OURS.fullmatch(name):
        return name
    suffix = PurePosixPath(name).suffix
    return "*" + suffix if re.fullmatch(r"\.[A-Za-z0-9]{1,8}", suffix) else "*"


@contextmanager
def _opened(source: str | Path, name: str) -> Iterator[BinaryIO]:
    """The file to read from; a disk or a road that fails becomes BundleUnread."""
    try:
        with open_source(str(source), name=name) as file:
            yield file
    except OSError as error:
        raise BundleUnread(name=name, why=type(error).__name__) from error


def _digest(file: BinaryIO) -> str:
    """SHA-256 of the file, of one larger than any bundle of its first part."""
    file.seek(0)
    found, left = hashlib.sha256(), LARGEST_FILE + 1
    while left > 0 and (chunk := file.read(min(CHUNK, left))):
        found.update(chunk)
        left -= len(chunk)
    return found.hexdigest()
