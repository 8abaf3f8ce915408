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

PATTERNS = ("eight_by_two", "four_three_slots", "two_on_two_off", "day_night_rest", "day_night_two_rest")
"""Those of `domain.rotation`."""

Acts = Callable[[Any, str, str, Sequence[tuple[str, str]]], tuple[argparse.ArgumentParser, ...]]


def add_duty(group: Any, acts: Acts) -> None:
    for fill in (
        _officers,
        _roster,
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


def _roster(group: Any, acts: Acts) -> None:
    shown, generated, swap, groups, hours, contacts = acts(
        group,
        "roster",
        _("groups, the month's plan, hours, duty phones"),
        (
            ("show", _("a month's plan, also beside a running window")),
            ("generate", _("plan a month by a pattern, in place of any plan before")),
            ("swap", _("a group gives its turn to another, or an officer stands in")),
            ("groups", _("the groups and who is in them; set or drop one")),
            ("hours", _("everybody's hours of a month, also as a file")),
            ("contacts", _("duty phones, masked; add or drop one")),
        ),
    )
    for act in (shown, generated, swap, hours):
        act.add_argument("--month", metavar="YYYY-MM", help=_("else this month"))
    generated.add_argument(
        "--pattern",
        default="eight_by_two",
        metavar=_("PATTERN"),
        help=_("{listed}, or your own such as AABBCC").format(listed=", ".join(PATTERNS)),
    )
    generated.add_argument("--slots", type=int, default=3, metavar="N", help=_("parts of the day for it"))
    generated.add_argument("--first", type=int, default=7, metavar="H", help=_("hour the first one begins"))
    generated.add_argument("--group", action="append", metavar=_("NAME"), help=_("in the pattern's order"))
    _swap(swap)
    groups.add_argument("--set", metavar=_("NAME"), help=_("a new group, or what a known one is from now on"))
    groups.add_argument("--member", action="append", metavar=_("NUMBER"), help=_("may be repeated"))
    groups.add_argument("--experienced", action="append", metavar=_("NUMBER"), help=_("counts as a lead"))
    groups.add_argument("--drop", metavar=_("NAME"), help=_("a group without turns ahead"))
    hours.add_argument("--xlsx", metavar=_("FILE"), help=_("the same as an Excel file"))
    hours.add_argument("--csv", metavar=_("FILE"), help=_("the same as a CSV file"))
    hours.add_argument("--full", action="store_true", help=_("names in full, for a reason"))
    hours.add_argument("--why", default="", metavar=_("TEXT"), help=_("the reason, which is written down"))
    contacts.add_argument("--add", nargs=2, metavar=(_("NAME"), _("PHONE")), help=_("a person or a place"))
    contacts.add_argument("--about", default="", metavar=_("TEXT"), help=_("what to call about"))
    contacts.add_argument("--drop", metavar="ID", help=_("as `roster contacts` tells it"))


def _swap(swap: argparse.ArgumentParser) -> None:
    swap.add_argument("day", type=int, metavar=_("DAY"), help=_("of the month"))
    swap.add_argument("slot", type=int, metavar=_("SLOT"), help=_("of the day, from 1"))
    swap.add_argument("name", metavar=_("GROUP"), help=_("the group whose turn it is"))
    swap.add_argument("--to", metavar=_("GROUP"), help=_("the group that serves instead"))
    swap.add_argument(
        "--back", nargs=2, type=int, metavar=(_("DAY"), _("SLOT")), help=_("the turn it gives in return")
    )
    swap.add_argument("--goes", metavar=_("NUMBER"), help=_("the officer who does not serve"))
    swap.add_argument("--comes", metavar=_("NUMBER"), help=_("the officer who stands in"))
    swap.add_argument("--why", default="", metavar=_("TEXT"), help=_("the reason, which is written down"))


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
