"""The words of the commands about records. Light, like `parser`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from checkpoint_app.domain.words import REASONS, Direction, Evidence, Outcome, VehicleClass
from checkpoint_app.i18n import _

Make = Callable[[Any, str, str], argparse.ArgumentParser]

MOST_PEOPLE, MOST_LANES = 300, 99
"""Those of `domain.amending`, which is too much to load for every command."""


def add_filters(command: argparse.ArgumentParser) -> None:
    """What narrows a list of crossings."""
    command.add_argument("--lane", type=int, metavar="N", help=_("of this lane only"))
    command.add_argument("--outcome", choices=[*map(str, Outcome)], help=_("with this outcome only"))
    command.add_argument("--evidence", choices=[*map(str, Evidence)], help=_("known in this way only"))
    reasons = sorted([*REASONS, "own_words"])
    command.add_argument("--reason", choices=reasons, metavar=_("CODE"), help=_("with this reason only"))
    command.add_argument("--officer", metavar="N", help=_("by this officer's number only"))
    command.add_argument("--direction", choices=[*map(str, Direction)], help=_("of this direction only"))
    add_whose(command)
    command.add_argument("--only", choices=("amended", "void"), help=_("only what was corrected so"))


def add_whose(command: argparse.ArgumentParser) -> None:
    """What narrows it to one desk or station, where a file has those of several."""
    one = command.add_mutually_exclusive_group()
    one.add_argument("--desk", dest="whose", default="", metavar=_("DESK"), help=_("of this desk only"))
    one.add_argument("--station", dest="whose", metavar=_("NAME"), help=_("of this station's desks only"))


def add_corrections(group: Any, make: Make) -> None:
    """`amend` and `void`."""
    amend = make(group, "amend", _("correct a recorded crossing, by a new entry"))
    void = make(group, "void", _("make a recorded crossing count no longer, by a new entry"))
    for command in (amend, void):
        command.add_argument(
            "entry", type=int, metavar=_("ENTRY"), help=_("its number, see `list crossings`")
        )
        command.add_argument(
            "--why", required=True, metavar=_("TEXT"), help=_("the reason, which is written down")
        )
    amend.add_argument("--plate", metavar=_("PLATE"), help=_("the right plate"))
    amend.add_argument("--class", dest="vehicle", choices=[*map(str, VehicleClass)], help=_("vehicle class"))
    amend.add_argument("--people", type=_to(MOST_PEOPLE), metavar="N", help=_("how many people"))
    amend.add_argument("--direction", choices=[*map(str, Direction)], help=_("which way it goes"))
    amend.add_argument("--lane", type=_to(MOST_LANES), metavar="N", help=_("the right lane"))
    amend.add_argument("--from", dest="origin", metavar=_("TEXT"), help=_("where it came from"))
    amend.add_argument("--to", dest="destination", metavar=_("TEXT"), help=_("where it goes"))
    amend.add_argument("--purpose", metavar=_("TEXT"), help=_("what for"))
    amend.add_argument(
        "--name", action="append", default=[], metavar="N=" + _("NAME"), help=_("a person's right name")
    )


def _to(most: int) -> Callable[[str], int]:
    """Numbers from 1 to `most`; another one is wrong use, not left out in silence."""

    def read(text: str) -> int:
        if not text.isdecimal() or not 1 <= int(text[:9]) <= most:
            raise argparse.ArgumentTypeError(_("a number from 1 to {most}").format(most=most))
        return int(text)

    return read
