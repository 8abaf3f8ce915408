"""The words of the commands about people, shifts and what a shift writes down: one function a command.

`acts(group, name, text, ((act, help), …))` makes a command whose second word says what is done, and gives the
parsers of those in the same order; the options that every command has are in them already.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from typing import Any

from checkpoint_app.i18n import _

ROLES = ("officer", "lead", "admin", "auditor")
"""Those of `domain.roles`, which is too much to load for every command."""

Acts = Callable[[Any, str, str, Sequence[tuple[str, str]]], tuple[argparse.ArgumentParser, ...]]


def add_duty(group: Any, acts: Acts) -> None:
    for fill in (
        _officers,
        _shift,
    ):
        fill(group, acts)


def _officers(group: Any, acts: Acts) -> None:
    listed, enrolled, changed, left, pin = acts(
        group,
        "officers",
        _("who serves here, their roles and PINs"),
        (
            ("list", _("who serves, masked; also beside a running window")),
            ("enrol", _("somebody new, who gets a number")),
            ("change", _("name, role, agency, phone, skills")),
            ("leave", _("somebody serves no longer; the number is not given again")),
            ("pin", _("give somebody a PIN, or change your own")),
        ),
    )
    listed.add_argument("--left", action="store_true", help=_("also those who left"))
    enrolled.add_argument("name", metavar=_("NAME"), help=_("the name as it is called at a roll-call"))
    enrolled.add_argument("--role", choices=ROLES, default=ROLES[0], help=_("what the officer may do"))
    changed.add_argument("number", metavar=_("NUMBER"), help=_("as `officers list` tells it"))
    changed.add_argument("--name", metavar=_("NAME"), help=_("another name"))
    changed.add_argument("--role", choices=ROLES, help=_("what the officer may do"))
    for act in (enrolled, changed):
        act.add_argument("--agency", metavar=_("TEXT"), help=_("who sent the officer"))
        act.add_argument("--phone", metavar=_("TEXT"), help=_("telephone"))
        act.add_argument("--skill", action="append", metavar=_("TEXT"), help=_("may be repeated"))
    left.add_argument("number", metavar=_("NUMBER"), help=_("as `officers list` tells it"))
    left.add_argument("--why", default="", metavar=_("TEXT"), help=_("the reason, which is written down"))
    pin.add_argument("number", metavar=_("NUMBER"), help=_("as `officers list` tells it"))


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
