"""One module a command. With the window the only place that prints; only the entry point exits."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from contextlib import suppress

from checkpoint_app import log
from checkpoint_app.cli.doors import Doors
from checkpoint_app.cli.output import emit, note
from checkpoint_app.cli.words import bug_words, plain_facts, words_for
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.i18n import _

DONE, REFUSED, WRONG_USE, BUG, INTERRUPTED = 0, 1, 2, 3, 130


def run(arguments: argparse.Namespace, doors: Doors) -> int:
    """Carries out one command; for `run` and `bench` see the entry point."""
    with suppress(OSError):  # a name that no folder can have
        if doors.folder.is_dir() and os.access(doors.folder, os.W_OK):
            log.to_file(doors.folder)
    command = COMMANDS[arguments.command]()
    return guarded(arguments, doors.explain, lambda: command(arguments, doors))


def guarded(
    arguments: argparse.Namespace, explain: Callable[[CheckpointError], str], work: Callable[[], int]
) -> int:
    """The exit status of `work`: what it raises becomes words on standard error.

    1 for what the rules or the world refuse and when the reader of the output went away, 3 for a bug,
    130 for Ctrl+C and for the end of what is typed.
    """
    try:
        return work()
    except CheckpointError as error:
        if arguments.json:
            emit({"error": type(error).__name__, "facts": plain_facts(error)})
        note(words_for(error, explain))
        return REFUSED
    except (KeyboardInterrupt, EOFError):
        note(_("stopped"))
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())  # the last flush must not complain
        return REFUSED
    except Exception as error:
        log.note_bug(error)
        note(bug_words(error))
        return BUG


def _quieten_opencv() -> None:
    """A camera that is not there is told in our words; OpenCV reads this when it is loaded."""
    os.environ.setdefault("OPENCV_LOG_LEVEL", "ERROR")
    os.environ.setdefault("OPENCV_FFMPEG_LOGLEVEL", "-8")


Command = Callable[[argparse.Namespace, Doors], int]


def _scan() -> Command:
    _quieten_opencv()
    from checkpoint_app.cli import scan

    return scan.run


def _judge() -> Command:
    from checkpoint_app.cli import judge

    return judge.run


def _listing() -> Command:
    from checkpoint_app.cli import listing

    return listing.run


def _amend() -> Command:
    from checkpoint_app.cli import amend

    return amend.run


def _verify() -> Command:
    from checkpoint_app.cli import verify

    return verify.run


def _shift() -> Command:
    from checkpoint_app.cli import shift

    return shift.run


def _officers() -> Command:
    from checkpoint_app.cli import officers

    return officers.run


def _roster() -> Command:
    from checkpoint_app.cli import roster

    return roster.run


def _log() -> Command:
    from checkpoint_app.cli import logbook

    return logbook.run


def _matters() -> Command:
    from checkpoint_app.cli import matters

    return matters.run


def _stores() -> Command:
    from checkpoint_app.cli import stores

    return stores.run


def _report() -> Command:
    from checkpoint_app.cli import report

    return report.run


def _register() -> Command:
    from checkpoint_app.cli import register

    return register.run


def _export() -> Command:
    from checkpoint_app.cli import export

    return export.run


def _importing() -> Command:
    from checkpoint_app.cli import importing

    return importing.run


def _exchange() -> Command:
    from checkpoint_app.cli import exchange

    return exchange.run


def _desks() -> Command:
    from checkpoint_app.cli import desks

    return desks.run


def _directive() -> Command:
    from checkpoint_app.cli import directive

    return directive.run


def _collate() -> Command:
    from checkpoint_app.cli import collate

    return collate.run


def _recovery() -> Command:
    from checkpoint_app.cli import recover

    return recover.run


def _backup() -> Command:
    from checkpoint_app.cli import backup

    return backup.run


def _restore() -> Command:
    from checkpoint_app.cli import restore

    return restore.run


def _forget() -> Command:
    from checkpoint_app.cli import forget

    return forget.run


def _setup() -> Command:
    from checkpoint_app.cli import setup

    return setup.run


def _settings() -> Command:
    from checkpoint_app.cli import settings

    return settings.run


def _doctor() -> Command:
    _quieten_opencv()
    from checkpoint_app.cli import doctor

    return doctor.run


# Each is loaded when it is asked for: decoders, keys and database take longer than most commands need.
COMMANDS: dict[str, Callable[[], Command]] = {
    "setup": _setup,
    "settings": _settings,
    "scan": _scan,
    "judge": _judge,
    "list": _listing,
    "amend": _amend,
    "void": _amend,
    "verify": _verify,
    "officers": _officers,
    "roster": _roster,
    "shift": _shift,
    "log": _log,
    "matters": _matters,
    "stores": _stores,
    "report": _report,
    "register": _register,
    "export": _export,
    "import": _importing,
    "exchange": _exchange,
    "collate": _collate,
    "directive": _directive,
    "desks": _desks,
    "recovery": _recovery,
    "backup": _backup,
    "restore": _restore,
    "forget": _forget,
    "doctor": _doctor,
}
