"""The words of the commands by which desks hear of each other; see `parser_duty` for `acts`."""

from __future__ import annotations

import argparse
from collections.abc import Callable
from typing import Any

from checkpoint_app.cli.parser_duty import Acts
from checkpoint_app.i18n import _

SETS = ("notice", "order", "settings", "rules", "watch_list", "deny_list", "desks")
"""Those of `domain.datasets`."""

Command = Callable[[Any, str, str], argparse.ArgumentParser]


def add_exchange(group: Any, command: Command, acts: Acts) -> None:
    _export(group, command)
    _import(group, command)
    _exchange(group, acts)
    _collate(group, acts)
    _directive(group, acts)
    _desks(group, acts)


def _export(group: Any, command: Command) -> None:
    made = command(group, "export", _("write bundles for headquarters and other desks, read back at once"))
    made.add_argument("--to", required=True, metavar=_("PLACE"), help=_("folder, stick or address"))
    made.add_argument(
        "--for", dest="desks", nargs="+", default=[], metavar=_("DESK"), help=_("headquarters, if not said")
    )
    which = made.add_mutually_exclusive_group()
    which.add_argument("--shift", metavar="ID", help=_("of this shift only"))
    which.add_argument("--all", action="store_true", help=_("also what they have confirmed"))
    which.add_argument("--new", action="store_true", help=_("only what was never written for them"))


def _import(group: Any, command: Command) -> None:
    made = command(group, "import", _("take bundles of other desks in; shows what is in them first"))
    source = made.add_mutually_exclusive_group(required=True)
    source.add_argument(
        "files", nargs="*", default=[], metavar=_("FILE"), help=_("bundles, by name or address")
    )
    source.add_argument(
        "--watch", metavar=_("FOLDER"), help=_("take whatever comes to this folder, until Ctrl+C")
    )
    made.add_argument("--yes", action="store_true", help=_("do not ask, take what is sound"))
    made.add_argument(
        "--seconds", type=float, default=None, metavar="S", help=_("stop watching after S seconds")
    )


def _exchange(group: Any, acts: Acts) -> None:
    card, enrolled, renewed, _peers, revoked, _status = acts(
        group,
        "exchange",
        _("this desk's card, and the desks it knows"),
        (
            ("card", _("what another desk needs to enrol this one")),
            ("enrol", _("trust another desk, once its fingerprint was read aloud")),
            ("renew", _("another key for bundles to this desk; others need the new card")),
            ("peers", _("the desks enrolled here, also beside a running window")),
            ("revoke", _("trust a desk no longer")),
            ("status", _("what was sent, what came, what waits")),
        ),
    )
    for act in (card, renewed):
        act.add_argument("--file", metavar=_("FILE"), help=_("write it to a file (.cpd)"))
    enrolled.add_argument("card", metavar=_("CARD"), help=_("CPD1:… or a file with it"))
    enrolled.add_argument(
        "--group", default="", metavar=_("DIGITS"), help=_("the fingerprint's last five digits, as heard")
    )
    enrolled.add_argument(
        "--instead",
        action="store_true",
        help=_("its computer was replaced; what came from the old one is kept"),
    )
    revoked.add_argument("desk", metavar=_("DESK"), help=_("as `exchange peers` tells it"))
    revoked.add_argument("--why", default="", metavar=_("TEXT"), help=_("the reason, which is written down"))


def _collate(group: Any, acts: Acts) -> None:
    _status, _gaps, _forks, settled, _refused = acts(
        group,
        "collate",
        _("what is here of every desk, and what is missing"),
        (
            ("status", _("every desk: last heard, held, missing, silence")),
            ("gaps", _("which entries of which desk are missing")),
            ("forks", _("chains of which there are two stories, both kept")),
            ("settle", _("decide which story of a chain counts")),
            ("refused", _("files that were refused, and by which check")),
        ),
    )
    settled.add_argument("desk", metavar=_("DESK"), help=_("as `collate forks` tells it"))
    settled.add_argument("epoch", metavar=_("EPOCH"), help=_("as `collate forks` tells it"))
    settled.add_argument("seq", type=int, metavar=_("ENTRY"), help=_("the first entry there are two of"))
    settled.add_argument(
        "trusted", metavar=_("HASH"), help=_("the story that counts, as `collate forks` tells it")
    )
    settled.add_argument("--why", default="", metavar=_("TEXT"), help=_("the reason, which is written down"))


def _directive(group: Any, acts: Acts) -> None:
    published, _listed, shown, adopted = acts(
        group,
        "directive",
        _("what headquarters sends down: orders, settings, rules, lists, desks"),
        (
            ("publish", _("at headquarters: the next version of a set")),
            ("list", _("what came down and what of it is adopted, also beside a running window")),
            ("show", _("what adopting would change here")),
            ("adopt", _("take it into use")),
        ),
    )
    published.add_argument("kind", choices=SETS, help=_("what is in it"))
    published.add_argument("name", metavar=_("NAME"), help=_("the same name for every version of a set"))
    published.add_argument("file", metavar=_("FILE"), help=_("the content, - for standard input"))
    published.add_argument("--since", default="", metavar=_("TIME"), help=_("holds from then on"))
    published.add_argument("--until", default="", metavar=_("TIME"), help=_("holds until then"))
    published.add_argument("--number", default="", metavar=_("TEXT"), help=_("number of the order behind it"))
    for act in (shown, adopted):
        act.add_argument("id", metavar=_("ID"), help=_("as `directive list` tells it"))


def _desks(group: Any, acts: Acts) -> None:
    acts(
        group,
        "desks",
        _("the other desks of this station"),
        (
            ("show", _("since when something of them is missing, also beside a running window")),
            ("exchange", _("send them what is new and take in what they left, by the shared folder")),
        ),
    )
