"""The words of `report`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from checkpoint_app.cli import record_words
from checkpoint_app.i18n import _

WHAT = ("handover", "register", "ledger", "daily", "summary")


def add_report(group: Any, command: Callable[[Any, str, str], argparse.ArgumentParser]) -> None:
    made = command(group, "report", _("a shift's sheet, forms and lists, or a day for the level above"))
    made.add_argument(
        "what",
        nargs="?",
        choices=WHAT,
        default=WHAT[0],
        help=_("the sheet of a handover; the register form, the running ledger, a day, a short message"),
    )
    made.add_argument(
        "--shift", metavar="ID", help=_("else the last closed one; the open one only where no other is")
    )
    made.add_argument("--day", metavar="YYYY-MM-DD", help=_("for a day; else today"))
    record_words.add_whose(made)
    made.add_argument("--pdf", metavar=_("FILE"), help=_("write it as PDF; of a folder, under its number"))
    made.add_argument("--xlsx", metavar=_("FILE"), help=_("everything of the shift or day as Excel sheets"))
    made.add_argument("--csv", metavar=_("FILE"), help=_("its register of people as CSV"))
    made.add_argument("--full", action="store_true", help=_("names in full, for a reason"))
    made.add_argument("--why", default="", metavar=_("TEXT"), help=_("the reason, which is written down"))
