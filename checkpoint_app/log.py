"""The log for the next engineer: one rotating file, `key=value` tails, nothing about any person.

A WARNING means somebody must look. Plates, names, numbers and payloads never go in; what has to be told
apart is named by the first six hex digits of its digest.
"""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Callable
from logging.handlers import RotatingFileHandler
from pathlib import Path
from types import TracebackType

FILE = "checkpoint.log"
_NAME = "checkpoint_app"


def to_file(folder: Path) -> None:
    """Log into `folder` from now on: 1 MB a file, three files kept."""
    folder.mkdir(parents=True, exist_ok=True)
    place = RotatingFileHandler(
        folder / FILE, maxBytes=1_000_000, backupCount=3, encoding="utf-8", delay=True
    )
    place.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s %(message)s"))
    root = logging.getLogger(_NAME)
    for known in list(root.handlers):
        if isinstance(known, RotatingFileHandler):
            root.removeHandler(known)
            known.close()
    root.addHandler(place)
    root.setLevel(logging.INFO)


def catch_everything(report: Callable[[BaseException], None]) -> None:
    """What nobody caught, in any thread, goes to the log without its values and then to `report`."""

    def caught(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, error, trace)
            return
        note_bug(error.with_traceback(trace))
        report(error)

    def caught_in_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            caught(arguments.exc_type, arguments.exc_value, arguments.exc_traceback)

    sys.excepthook = caught
    threading.excepthook = caught_in_thread


def note_bug(error: BaseException) -> None:
    """Kind and place of an error that nobody foresaw, never its values."""
    where = _where(error.__traceback__)
    logging.getLogger(_NAME).error("bug kind=%s where=%s", type(error).__name__, where)


def _where(trace: TracebackType | None) -> str:
    places = []
    while trace is not None:
        places.append(f"{Path(trace.tb_frame.f_code.co_filename).stem}:{trace.tb_lineno}")
        trace = trace.tb_next
    return ">".join(places[-6:])
