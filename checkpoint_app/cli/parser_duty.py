"""The words of the commands about people, shifts and what a shift writes down: one function a command.

`acts(group, name, text, ((act, help), …))` makes a command whose second word says what is done, and gives the
parsers of those in the same order; the options that every command has are in them already.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from checkpoint_app.i18n import _

Acts = Callable[[Any, str, str, Sequence[tuple[str, str]]], tuple[argparse.ArgumentParser, ...]]


def add_duty(group: Any, acts: Acts) -> None:
    for fill in (_shift,):
        fill(group, acts)


def _shift(group: Any, acts: Acts) -> None:
    opened, _closed, shown = acts(
        group,
        "shift",
        _("open, close or show a shift"),
        (
            ("open", _("begin a shift with its people")),
            ("close", _("end the open shift and seal it")),
            ("show", _("its numbers, also beside a running window")),
        ),
    )
    opened.add_argument("--group", required=True, metavar=_("NAME"), help=_("the group on duty"))
    opened.add_argument("--lead", required=True, metavar=_("NAME"), help=_("who leads it"))
    opened.add_argument(
        "--officer", action="append", required=True, metavar=_("NAME"), help=_("may be repeated")
    )
    shown.add_argument("--shift", metavar="ID", help=_("else the one that is open"))
