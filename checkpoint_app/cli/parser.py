"""The words of the command line. Light: nothing of cameras, keys or databases is loaded to read them."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from checkpoint_app import __version__, i18n
from checkpoint_app.cli import parser_duty, parser_exchange, parser_report, record_words
from checkpoint_app.i18n import _

PROGRAM = "checkpoint-app"
WINDOW = "run"
PLACES = ("keyring", "passphrase", "open-file")
KINDS = ("crossings", "people", "shifts", "entries")
LOOKED_FOR = ("plate", "text", "name", "document", "phone")
MOST_IN_FULL = 200


class _Translated(argparse.HelpFormatter):
    """Says argparse's own headings in the language in use."""

    def add_usage(self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(usage, actions, groups, _("usage: ") if prefix is None else prefix)

    def start_section(self, heading: str | None) -> None:
        words = {"positional arguments": _("arguments"), "options": _("options")}
        super().start_section(words.get(heading or "", heading))


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """What was asked for; the language is in use when this returns. Leaves with status 2 for wrong use.

    `command` is set always, `run` when none was given; so are data_dir, lang and json.
    """
    first = argparse.ArgumentParser(add_help=False, allow_abbrev=False, prog=PROGRAM)
    _everywhere(first, silent=False)
    known, rest = first.parse_known_args(list(arguments))
    i18n.use(known.lang or i18n.system_language())
    parser = _parser()
    named = rest and (not rest[0].startswith("-") or rest[0] in {"-h", "--help", "--version"})
    found = parser.parse_args(list(arguments) if named else [WINDOW, *arguments])
    _check(parser, found)
    return found


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog=PROGRAM, allow_abbrev=False, add_help=False, formatter_class=_Translated
    )
    parser.add_argument("--version", action="version", version=__version__, help=_("tell the version"))
    _everywhere(parser, silent=False)
    _help(parser)
    group = parser.add_subparsers(dest="command", required=True, metavar=_("COMMAND"))
    fills = (_run, _setup, _settings, _scan, _judge, _list, _verify)
    for fill in fills:
        fill(group)
    parser_duty.add_duty(group, _acts)
    for fill in (_register, _recovery, _safety, _forget, _doctor, _bench):
        fill(group)
    parser_exchange.add_exchange(group, _command, _acts)
    parser_report.add_report(group, _command)
    record_words.add_corrections(group, _command)
    for command in group.choices.values():
        _everywhere(command, silent=True)
        _help(command)
    return parser


def _everywhere(parser: argparse.ArgumentParser, *, silent: bool) -> None:
    """The options that may stand before or behind the command; behind it they must not undo the first."""
    quiet: dict[str, Any] = {"default": argparse.SUPPRESS} if silent else {}
    parser.add_argument("--data-dir", type=Path, metavar=_("DIR"), help=_("folder of this desk"), **quiet)
    parser.add_argument(
        "--as", dest="acting", metavar=_("NUMBER"), help=_("officer who acts; the PIN is asked for"), **quiet
    )
    parser.add_argument("--lang", metavar="zh_CN|en", help=_("language"), **quiet)
    parser.add_argument(
        "--json", action="store_true", help=_("one JSON object a line on standard output"), **quiet
    )


def _help(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("-h", "--help", action="help", help=_("show this help"))


def _command(group: Any, name: str, text: str) -> argparse.ArgumentParser:
    made: argparse.ArgumentParser = group.add_parser(
        name,
        help=text,
        description=text,
        allow_abbrev=False,
        add_help=False,
        formatter_class=_Translated,
    )
    return made


def _acts(
    group: Any, name: str, text: str, acts: Sequence[tuple[str, str]]
) -> tuple[argparse.ArgumentParser, ...]:
    """A command whose second word says what is done: parsers of its `acts` (name, help), in that order."""
    command = _command(group, name, text)
    second = command.add_subparsers(dest="act", required=True, metavar="|".join(act for act, _text in acts))
    made = tuple(_command(second, act, words) for act, words in acts)
    for each in made:
        _everywhere(each, silent=True)
        _help(each)
    return made


def _run(group: Any) -> None:
    command = _command(group, WINDOW, _("the window"))
    command.add_argument("--demo", action="store_true", help=_("the demonstration lane, with its own data"))
    command.add_argument("--kiosk", action="store_true", help=_("whole screen, no way out but the key"))
    command.add_argument("--seconds", type=float, metavar="S", help=_("end by itself after S seconds"))


def _setup(group: Any) -> None:
    command = _command(group, "setup", _("make a desk in an empty folder; shows the recovery words once"))
    command.add_argument(
        "--from", dest="file", type=Path, metavar=_("FILE"), help=_("answers of another desk (desk.json)")
    )
    command.add_argument(
        "--role", choices=("station", "headquarters"), help=_("headquarters holds the ledgers of stations")
    )
    command.add_argument("--station", help=_("the station's name"))
    command.add_argument("--desk", help=_("the desk's own name, A-Z 0-9 and -"))
    command.add_argument(
        "--lead", metavar=_("NAME"), help=_("the first lead; the PIN is asked for or in CHECKPOINT_PIN")
    )
    command.add_argument("--province", help=_("first character of most plates"))
    command.add_argument("--camera", help=_("name, index, file or address"))
    command.add_argument("--lane", type=int, metavar="N", help=_("the lane it works, 1 if not said"))
    command.add_argument("--direction", choices=("in", "out"), help=_("which way it goes"))
    command.add_argument(
        "--retention-days", type=int, metavar="N", help=_("days until personal data is forgotten")
    )
    _key_place(command)


def _settings(group: Any) -> None:
    command = _command(group, "settings", _("show, change or copy what this desk is set to"))
    acts = command.add_subparsers(dest="act", required=True, metavar="show|set|export")
    shown = _command(acts, "show", _("every setting, also beside a running window"))
    changed = _command(acts, "set", _("change one; what matters is written into the ledger"))
    changed.add_argument("name", metavar=_("NAME"), help=_("a name that `settings show` lists"))
    changed.add_argument("value", metavar=_("VALUE"), help=_("as the file has it, or a list with commas"))
    exported = _command(acts, "export", _("a file for other desks, without keys and logins"))
    exported.add_argument("file", type=Path, metavar=_("FILE"), help=_("where it is written"))
    for act in (shown, changed, exported):
        _everywhere(act, silent=True)
        _help(act)


def _scan(group: Any) -> None:
    command = _command(group, "scan", _("read codes from pictures, folders, videos or a camera"))
    command.add_argument(
        "sources",
        nargs="+",
        metavar=_("SOURCE"),
        help=_("picture, folder of pictures, video, camera by name or index, or its address"),
    )
    command.add_argument("--record", action="store_true", help=_("write them into the ledger"))
    command.add_argument("--lane", type=int, metavar="N", help=_("lane to record for; else the desk's own"))
    command.add_argument(
        "--seconds", type=float, metavar="S", help=_("stop a camera or video after S seconds")
    )


def _judge(group: Any) -> None:
    command = _command(group, "judge", _("what would the lane say to a scanned text?"))
    command.add_argument(
        "text",
        nargs="?",
        default="-",
        metavar=_("TEXT"),
        help=_("the text; - or none: one a line from standard input"),
    )
    command.add_argument("--at", metavar=_("TIME"), help=_("as if it were then"))
    command.add_argument("--rules", metavar=_("FILE"), help=_("rules other than those in force"))


def _list(group: Any) -> None:
    command = _command(group, "list", _("what the ledger holds, masked"))
    command.add_argument("what", choices=KINDS, help=_("which list"))
    command.add_argument("--shift", metavar="ID", help=_("of this shift only"))
    command.add_argument("--since", metavar=_("TIME"), help=_("2026-11-21, 08:00, 90min, 8h or 3d"))
    command.add_argument("--until", metavar=_("TIME"), help=_("before this time"))
    command.add_argument(
        "--limit", type=_positive, default=1_000, metavar="N", help=_("rows at most, 1000 if not said")
    )
    as_file = command.add_mutually_exclusive_group()
    as_file.add_argument("--csv", metavar=_("FILE"), help=_("write a table for a spreadsheet"))
    as_file.add_argument("--xlsx", metavar=_("FILE"), help=_("the same as an Excel file"))
    record_words.add_filters(command)
    command.add_argument("--unmask", action="store_true", help=_("names and numbers in full; needs --why"))
    command.add_argument("--why", default="", metavar=_("TEXT"), help=_("the reason, which is written down"))
    one = command.add_mutually_exclusive_group()
    one.add_argument("--plate", metavar=_("FRAGMENT"), help=_("plates with this part"))
    one.add_argument("--text", metavar=_("FRAGMENT"), help=_("plate, name, document or phone; needs --why"))
    one.add_argument("--name", metavar=_("FRAGMENT"), help=_("names with this part; needs --why"))
    one.add_argument("--document", metavar=_("FRAGMENT"), help=_("document numbers; needs --why"))
    one.add_argument("--phone", metavar=_("FRAGMENT"), help=_("telephone numbers; needs --why"))


def _verify(group: Any) -> None:
    command = _command(group, "verify", _("is the ledger what was written?"))
    command.add_argument(
        "file", nargs="?", metavar=_("FILE"), help=_("a backup, with the key of this folder")
    )
    command.add_argument(
        "--head",
        action="append",
        default=[],
        metavar=_("TEXT"),
        help=_("CPS1:… or CPH1:… from paper; may be repeated"),
    )


def _register(group: Any) -> None:
    command = _command(group, "register", _("the people this station knows"))
    acts = command.add_subparsers(dest="act", required=True, metavar="load|find|strike")
    loaded = _command(acts, "load", _("take a list of people in; all lines or none"))
    loaded.add_argument("file", type=Path, metavar=_("FILE"), help=_("a table: name, document, phone, …"))
    found = _command(acts, "find", _("look somebody up; leaves an entry"))
    found.add_argument(
        "fragment", metavar=_("FRAGMENT"), help=_("part of a name, its first letters, or last four digits")
    )
    struck = _command(acts, "strike", _("take somebody out"))
    struck.add_argument("id", metavar="ID", help=_("as `register find` tells it"))
    for act in (found, struck):
        act.add_argument("--why", default="", metavar=_("TEXT"), help=_("the reason, which is written down"))
    for act in (loaded, found, struck):
        _everywhere(act, silent=True)
        _help(act)


def _recovery(group: Any) -> None:
    command = _command(group, "recovery", _("the words that open the ledger when this computer is lost"))
    command.add_argument(
        "act", choices=("new", "prove"), help=_("make new words and show them once; try whether they fit")
    )


def _safety(group: Any) -> None:
    backup = _command(group, "backup", _("a proved copy of the ledger, beside a running window"))
    backup.add_argument("target", metavar=_("TARGET"), help=_("folder that takes the backup's own folder"))
    restore = _command(group, "restore", _("a backup into an empty data folder, as a new epoch"))
    restore.add_argument("backup", metavar=_("BACKUP"), help=_("the backup's own folder"))
    restore.add_argument(
        "--recovery", action="store_true", required=True, help=_("with the recovery words, asked for")
    )
    _key_place(restore)


def _forget(group: Any) -> None:
    command = _command(group, "forget", _("forget personal data that is older than the station keeps it"))
    command.add_argument("--dry-run", action="store_true", help=_("only say what would be forgotten"))


def _doctor(group: Any) -> None:
    _command(group, "doctor", _("what works on this computer and what does not"))


def _bench(group: Any) -> None:
    command = _command(group, "bench", _("measure; without a name, the names"))
    command.add_argument("name", nargs="?", metavar=_("NAME"), help=_("which measurement"))
    command.add_argument("rest", nargs=argparse.REMAINDER, help=_("passed on"))


def _key_place(command: argparse.ArgumentParser) -> None:
    command.add_argument(
        "--key-place",
        choices=[*PLACES],
        default=PLACES[0],
        help=_("where the ledger's key is kept; open-file is for demonstrations only"),
    )


def _positive(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(_("a number from 1 on"))
    return int(text)


def _check(parser: argparse.ArgumentParser, found: argparse.Namespace) -> None:
    """What no single option can tell, and the words that the program spells otherwise."""
    if hasattr(found, "key_place"):
        found.key_place = found.key_place.replace("-", "_")
    if found.command != "list":
        return
    looked_for = [name for name in LOOKED_FOR if getattr(found, name) is not None]
    personal = found.unmask or any(name != "plate" for name in looked_for)
    if looked_for and found.what not in {"crossings", "people"}:
        parser.error(_("only crossings and people can be searched"))
    if found.unmask and found.what not in {"crossings", "people"}:
        parser.error(_("there is nothing to unmask in that list"))
    if personal and not found.why.strip():
        parser.error(_("looking up a person needs a reason: --why TEXT; it is written down"))
    if personal:
        found.limit = min(found.limit, MOST_IN_FULL)
