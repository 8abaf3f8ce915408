"""A desk that takes in bundles, to be killed: goes on with what a kill left, then lands file after file.

Says one line each, unbuffered: `opened` before the first file, `landed NAME` after each, `done` at the end.
`--serve` keeps one imported process which forks a desk for every JSON line it is given.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from checkpoint_app.storage import landing, landing_steps, withheld
from checkpoint_app.storage.ledger import Ledger
from tests.kill.serving import serve
from tests.storage.desks import BUILT, TERMS, Clock
from tests.storage.landings import HQ, Bundle, land


@dataclass(frozen=True)
class Order:
    """`files` are bundles in their order; `careless` hides nothing while they arrive."""

    folder: str
    key: str
    out: str
    files: tuple[str, ...]
    careless: bool = False


def run(order: Order) -> None:
    """Opens the ledger, resumes, and lands every file until killed."""
    out = os.open(order.out, os.O_WRONLY | os.O_CREAT | os.O_APPEND)

    def say(line: str) -> None:
        os.write(out, line.encode() + b"\n")

    landing_steps.FIRST = landing_steps.FEWEST
    if order.careless:
        withheld.withhold = lambda *_given, **_named: None
    ledger = Ledger.open(
        Path(order.folder), bytes.fromhex(order.key), desk=HQ, build_date=BUILT, tick=Clock(), terms=TERMS
    )
    say("opened")
    landing.resume(ledger, step_ms=0.5)
    for file in order.files:
        land(ledger, Bundle.load(Path(file)), step_ms=0.5)
        say(f"landed {Path(file).name}")
    ledger.close()
    say("done")
    os._exit(0)


if __name__ == "__main__":
    serve(run, Order)
