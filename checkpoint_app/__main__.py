"""The entry point: reads the command line, builds what the window may not import, exits."""

from __future__ import annotations

import argparse
import ast
import importlib.util
import os
import sys
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from checkpoint_app import cli, config
from checkpoint_app.cli import acting, output, parser, passphrase
from checkpoint_app.cli.doors import Doors
from checkpoint_app.config import Settings
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _
from checkpoint_app.ui.plan import Makers, Plan

if TYPE_CHECKING:
    from checkpoint_app.crypto.keyfile import KeyPlace
    from checkpoint_app.crypto.recovery import RecoveryKey
    from checkpoint_app.demo.play import DemoPlay
    from checkpoint_app.scanning.devices import Device
    from checkpoint_app.services.desk import Desk

BENCH = "checkpoint_app.bench"
BENCHES = (
    "append",
    "collate",
    "day",
    "decode",
    "exchange",
    "forget",
    "lane",
    "lanes",
    "presentations",
    "report",
    "search",
    "seed",
    "soak",
    "start",
)
HEADLESS_S = 20.0


def main(arguments: Sequence[str] | None = None) -> int:
    """Exit status: 0 done, 1 refused, 2 wrong use, 3 a bug, 130 Ctrl+C."""
    output.speak_utf8()
    try:
        wanted = parser.parse(sys.argv[1:] if arguments is None else arguments)
        if wanted.command not in {"run", "bench"}:
            return cli.run(wanted, doors(wanted))
        work = run if wanted.command == "run" else bench
        return cli.guarded(wanted, explain, lambda: work(wanted))
    except SystemExit as left:  # of a parser: ours or a measurement's own
        return int(left.code or 0)


def run(wanted: argparse.Namespace) -> int:
    """The window; without a display the demonstration runs for a while and says what it logged."""
    if not has_display():
        return headless(wanted)
    from checkpoint_app.ui import start

    return start.run(plan(wanted))


def bench(wanted: argparse.Namespace) -> int:
    """One measurement by its name; without a name, the names. The frozen program carries none."""
    if importlib.util.find_spec(BENCH) is None:
        output.note(_("Measurements are made from a checkout: this installation has none"))
        return cli.REFUSED
    if wanted.name in BENCHES:
        return int(importlib.import_module(f"{BENCH}.{wanted.name}").run(wanted.rest))
    for name in BENCHES:
        print(_first_line(name))
    return 0 if wanted.name is None else 2


def _first_line(name: str) -> str:
    """How a measurement is called and what it tells, from its source: none is imported for that."""
    source = Path(__file__).with_name("bench").joinpath(f"{name}.py").read_text(encoding="utf-8")
    told = ast.get_docstring(ast.parse(source)) or name
    return told.partition("\n")[0].replace("`", "").removeprefix("bench ")


def doors(wanted: argparse.Namespace) -> Doors:
    """What commands need of the composition root, of the window's words and of the cameras."""
    from checkpoint_app import bootstrap

    folder = config.data_dir(wanted.data_dir)
    return Doors(
        folder=folder,
        set_up=bootstrap.set_up,
        open_desk=acting.signing_on(bootstrap.open_desk, wanted.acting),
        read_desk=bootstrap.read_desk,
        change_settings=bootstrap.change_settings,
        rules=bootstrap.default_rules,
        patterns=bootstrap.default_patterns,
        open_device=open_device,
        explain=explain,
        passphrase=lambda: passphrase.known(folder),
    )


def explain(error: CheckpointError) -> str:
    """The window's words for an error, on one line."""
    from checkpoint_app.ui import messages

    return messages.words_for(error).plain


def open_device(source: str) -> Device:
    from checkpoint_app.scanning import devices

    return devices.open_device(source)


def plan(wanted: argparse.Namespace) -> Plan:
    return Plan(
        folder=config.data_dir(wanted.data_dir),
        demo_folder=config.data_dir(wanted.data_dir, demo=True),
        makers=Makers(open_desk, set_up, change_settings, play),
        demo=wanted.demo,
        kiosk=wanted.kiosk,
        language=wanted.lang or "",
        seconds=wanted.seconds,
    )


def headless(wanted: argparse.Namespace) -> int:
    from checkpoint_app.demo import headless as demo

    seconds = HEADLESS_S if wanted.seconds is None else wanted.seconds
    return demo.run(
        config.data_dir(wanted.data_dir, demo=True), seconds=seconds, tell=partial(print, flush=True)
    )


def open_desk(folder: Path, passphrase: str | None) -> Desk:
    from checkpoint_app import bootstrap

    desk = bootstrap.open_desk(folder, passphrase=passphrase)
    desk.retention.start()
    desk.watching.start()
    desk.neighbours.start()
    return desk


def set_up(
    folder: Path, settings: Settings, *, place: KeyPlace, passphrase: str | None = None
) -> RecoveryKey:
    from checkpoint_app import bootstrap

    return bootstrap.set_up(folder, settings, place=place, passphrase=passphrase)


def change_settings(desk: Desk, settings: Settings) -> None:
    from checkpoint_app import bootstrap

    bootstrap.change_settings(desk, settings)


def play(folder: Path) -> DemoPlay:
    from checkpoint_app.demo import play as demo

    return demo.prepare(folder)


def has_display() -> bool:
    """Whether a window can be shown; only X11 and Wayland can be absent."""
    if sys.platform in {"win32", "darwin"} or os.environ.get("QT_QPA_PLATFORM"):
        return True
    return bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))


if __name__ == "__main__":
    sys.exit(main())
