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

PATTERNS = {
    "eight_by_two": 8,
    "four_three_slots": 4,
    "two_on_two_off": 4,
    "day_night_rest": 3,
    "day_night_two_rest": 4,
}
"""Those of `domain.rotation`, and how many groups each needs."""

INCIDENTS = (
    "illness",
    "dispute",
    "forced",
    "contraband",
    "accident",
    "crowd",
    "equipment",
    "weather",
    "other",
)
"""Those of `domain.incidents`."""

Acts = Callable[[Any, str, str, Sequence[tuple[str, str]]], tuple[argparse.ArgumentParser, ...]]


def add_duty(group: Any, acts: Acts) -> None:
    for fill in (
        _officers,
        _roster,
        _shift,
        _log,
        _matters,
        _stores,
    ):
        fill(group, acts)


def _officers(group: Any, acts: Acts) -> None:
    listed, enrolled, changed, left, pin, badge = acts(
        group,
        "officers",
        _("who serves here, their roles and PINs"),
        (
            ("list", _("who serves, masked; also beside a running window")),
            ("enrol", _("somebody new, who gets a number")),
            ("change", _("name, role, agency, phone, skills")),
            ("leave", _("somebody serves no longer; the number is not given again")),
            ("pin", _("give somebody a PIN, or change your own")),
            ("badge", _("badges to print: with the PIN they sign on in a moment")),
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
    pin.add_argument(
        "--recovery", action="store_true", help=_("a lead's or admin's forgotten one, by the recovery words")
    )
    badge.add_argument("number", nargs="*", metavar=_("NUMBER"), help=_("whose; without any, everybody's"))
    badge.add_argument("--pdf", required=True, metavar=_("FILE"), help=_("where it is written"))


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
        help=_("name (groups it needs): {listed}; or your own such as AABBCC").format(
            listed=", ".join(f"{code} ({needed})" for code, needed in PATTERNS.items())
        ),
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
    opened, _closed, handed, sealed, shown = acts(
        group,
        "shift",
        _("open, hand over, close or show a shift"),
        (
            ("open", _("begin a shift with its people")),
            ("close", _("end the open shift and seal it")),
            ("handover", _("the draft line by line; without options how it stands")),
            ("seal", _("seal the ledger now, or the codes of a shift's sheet")),
            ("show", _("its numbers, also beside a running window")),
        ),
    )
    opened.add_argument("--group", required=True, metavar=_("NAME"), help=_("the group on duty"))
    opened.add_argument("--lead", required=True, metavar=_("NAME"), help=_("who leads it"))
    opened.add_argument(
        "--officer", action="append", required=True, metavar=_("NAME"), help=_("may be repeated")
    )
    _handover(handed)
    sealed.add_argument("--shift", metavar="ID", help=_("what the codes on its sheet carry"))
    shown.add_argument("--shift", metavar="ID", help=_("else the one that is open"))


def _handover(act: argparse.ArgumentParser) -> None:
    sides = ("outgoing", "incoming")
    act.add_argument("--shift", metavar="ID", help=_("show this one"))
    act.add_argument("--begin", action="store_true", help=_("open the next shift and hand this one over"))
    act.add_argument("--group", metavar=_("NAME"), help=_("the group on duty"))
    act.add_argument("--lead", metavar=_("NAME"), help=_("who leads it"))
    act.add_argument("--officer", action="append", default=[], metavar=_("NAME"), help=_("may be repeated"))
    act.add_argument("--accept-all", action="store_true", help=_("every line not answered yet"))
    act.add_argument(
        "--accept", action="append", default=[], metavar=_("KEY"), help=_("one line, by key or number")
    )
    act.add_argument(
        "--query", action="append", default=[], metavar=_("KEY=NOTE"), help=_("what is in doubt")
    )
    act.add_argument(
        "--count", action="append", default=[], metavar=_("KEY=NUMBER"), help=_("articles counted")
    )
    act.add_argument(
        "--sign",
        action="append",
        nargs=2,
        default=[],
        metavar=(_("SIDE"), _("NUMBER")),
        help=_("outgoing or incoming, and the officer's number; the PIN is asked for"),
    )
    act.add_argument(
        "--absent", action="append", default=[], choices=sides, help=_("this side cannot sign; say --why")
    )
    act.add_argument(
        "--refuse", action="store_true", help=_("nothing is taken over, the shift before goes on; say --why")
    )
    act.add_argument("--close", action="store_true", help=_("end the shift that is handed over, and seal"))
    act.add_argument("--alone", action="store_true", help=_("nobody takes over: sign and end it; say --why"))
    act.add_argument("--why", default="", metavar=_("TEXT"), help=_("the reason, which is written down"))


def _log(group: Any, acts: Acts) -> None:
    note, order, incident, visit, listed, read, end, report, answer, link, transfer, close = acts(
        group,
        "log",
        _("notes, orders from above, incidents, visits"),
        (
            ("note", _("something worth knowing")),
            ("order", _("an instruction that came")),
            ("incident", _("something happened; its clock runs from now")),
            ("visit", _("a supervisor came; findings become matters")),
            ("list", _("what the shift wrote down, also beside a running window")),
            ("read", _("mark an order as read by who acts")),
            ("end", _("an order is in force no longer")),
            ("report", _("an incident was reported upwards")),
            ("answer", _("an incident was answered")),
            ("link", _("a vehicle had to do with an incident")),
            ("transfer", _("people of an incident were handed over")),
            ("close", _("an incident is over")),
        ),
    )
    note.add_argument("text", metavar=_("TEXT"), help=_("what is written down"))
    order.add_argument("sender", metavar=_("SENDER"), help=_("who ordered it"))
    order.add_argument("text", metavar=_("TEXT"), help=_("what is written down"))
    order.add_argument("--number", default="", metavar=_("TEXT"), help=_("the sender's own number"))
    order.add_argument("--until", default="", metavar=_("TIME"), help=_("16:30, +90 (minutes), 11-25 16:30"))
    incident.add_argument("kind", choices=INCIDENTS, help=_("what kind of incident"))
    incident.add_argument("text", metavar=_("TEXT"), help=_("what is written down"))
    incident.add_argument(
        "--minutes", type=int, default=30, metavar="N", help=_("an answer is due then; 0 never")
    )
    visit.add_argument("visitor", metavar=_("NAME"), help=_("who came"))
    visit.add_argument("--agency", default="", metavar=_("TEXT"), help=_("from where"))
    visit.add_argument("--text", default="", metavar=_("TEXT"), help=_("what is written down"))
    visit.add_argument(
        "--finding", action="append", metavar=_("TEXT"), help=_("what / whose / until when; may be repeated")
    )
    listed.add_argument("--shift", default="", metavar="ID", help=_("else the one that is open"))
    for act in (read, end, report, answer, link, transfer, close):
        act.add_argument("id", metavar="ID", help=_("as `log list` tells it, or its beginning"))
    report.add_argument("to", metavar=_("TEXT"), help=_("to whom"))
    link.add_argument("entry", type=int, metavar=_("ENTRY"), help=_("number of the crossing's entry"))
    transfer.add_argument("--people", type=int, default=1, metavar="N", help=_("how many"))
    for name, text in (("--from", _("from whom")), ("--to", _("to whom")), ("--by", _("on whose authority"))):
        transfer.add_argument(name, required=True, dest=f"{name[2:]}_", metavar=_("TEXT"), help=text)
    for act in (answer, close):
        act.add_argument("text", metavar=_("TEXT"), help=_("what is written down"))


def _matters(group: Any, acts: Acts) -> None:
    listed, raised, worked, closed, reopened = acts(
        group,
        "matters",
        _("what is open until somebody closes it"),
        (
            ("list", _("open matters, also beside a running window")),
            ("raise", _("something must be done")),
            ("work", _("what was done about it, and whose it is now")),
            ("close", _("it is done, with its result")),
            ("reopen", _("it was not done after all")),
        ),
    )
    listed.add_argument("--closed", action="store_true", help=_("closed ones too"))
    raised.add_argument("title", metavar=_("TEXT"), help=_("what must be done"))
    raised.add_argument("--owner", default="", metavar=_("TEXT"), help=_("whose: a number or words"))
    raised.add_argument("--due", default="", metavar=_("TIME"), help=_("16:30, +90 (minutes), 11-25 16:30"))
    for act in (worked, closed, reopened):
        act.add_argument("id", metavar="ID", help=_("as `matters list` tells it, or its beginning"))
        act.add_argument("text", metavar=_("TEXT"), help=_("what is written down"))
    worked.add_argument("--owner", metavar=_("TEXT"), help=_("whose: a number or words"))
    worked.add_argument("--due", metavar=_("TIME"), help=_("16:30, +90 (minutes), 11-25 16:30"))


def _stores(group: Any, acts: Acts) -> None:
    _listed, declared, changed, counted, come, gone, dropped = acts(
        group,
        "stores",
        _("equipment and stock"),
        (
            ("list", _("every article, also beside a running window")),
            ("declare", _("an article kept here from now on")),
            ("change", _("name, unit, and how many should be there")),
            ("count", _("so many are there")),
            ("in", _("so many came in")),
            ("out", _("so many went out")),
            ("drop", _("an article is not kept here any more")),
        ),
    )
    declared.add_argument("name", metavar=_("NAME"), help=_("as it is called here"))
    changed.add_argument("--name", metavar=_("NAME"), help=_("as it is called here"))
    for act in (declared, changed):
        act.add_argument("--unit", metavar=_("TEXT"), help=_("in what it is counted"))
        kinds = act.add_mutually_exclusive_group()
        kinds.add_argument("--due", type=int, metavar="N", help=_("equipment: so many should be there"))
        kinds.add_argument("--low", type=int, metavar="N", help=_("stock: fewer must be ordered"))
    declared.add_argument("--count", type=int, metavar="N", help=_("so many are there now"))
    for act in (changed, counted, come, gone, dropped):
        act.add_argument("article", metavar=_("ARTICLE"), help=_("its name, or its id's beginning"))
    for act in (counted, come, gone):
        act.add_argument("count", type=int, metavar="N", help=_("how many"))
    counted.add_argument("--condition", default="", metavar=_("TEXT"), help=_("good, worn, broken, expired"))
    for act in (come, gone):
        act.add_argument("--whom", default="", metavar=_("TEXT"), help=_("from or to whom"))
