"""What is asked about a roster: a month by a pattern, an exchange, a stand-in; a post; an export of hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import Signal

from checkpoint_app.documents import roster_words
from checkpoint_app.domain.roster import Exchange, StandIn, Turning
from checkpoint_app.domain.rotation import PATTERNS, Pattern, RosterRefused, evenly, own_pattern
from checkpoint_app.i18n import _
from checkpoint_app.ui.field import DropDown, Field, Labelled
from checkpoint_app.ui.form_parts import Option, Segments
from checkpoint_app.ui.page_forms import PeopleForm, offer

OWN = "own"
COUNTS = (3, 2, 4, 6, 1)
NO_RETURN = ""


class GenerateForm(PeopleForm):
    """A month by a pattern. `edited()` when what it would make changes."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.pattern, self.count = DropDown(), DropDown()
        self.text, self.first, self.order = Field(""), Field(""), Field("")
        self._pattern, self._count = Labelled("", self.pattern), Labelled("", self.count)
        self.lay((self._pattern,), (self.order,), (self.text,), (self._count, self.first))
        self.end_lay()
        self.pattern.currentIndexChanged.connect(self._turned)
        self.count.currentIndexChanged.connect(self.edited)
        for each in (self.text, self.first, self.order):
            each.edited.connect(lambda _text: self.edited.emit())

    def show_month(self, month: str, groups: Sequence[str]) -> None:
        title = _("Plan {month}").format(month=month)
        self.begin(title, _("A plan that stands is replaced, with its swaps."), main=_("Write the plan"))
        fits = next((code for code, each in PATTERNS.items() if each.groups == len(groups)), "")
        codes = [(code, roster_words.PATTERN_WORDS[code]) for code in (*PATTERNS, OWN)]
        offer(self.pattern, [(code, _(word)) for code, word in codes], fits)
        counts = [(str(n), _("{n} × {hours} h").format(n=n, hours=24 // n)) for n in COUNTS]
        offer(self.count, counts, "3")
        self._pattern.set_label(_("Pattern"))
        self.order.set_label(_("Groups in their order, A first"))
        self.text.set_label(_("Own pattern, e.g. AABBCC or AB CD EF"))
        self._count.set_label(_("Parts of the day"))
        self.first.set_label(_("The first begins at (hour)"))
        self.order.set_value(" ".join(groups))
        self.text.set_value("")
        self.first.set_value("7")
        self._turned()

    def wanted(self) -> Pattern:
        """Raises PatternRefused, RosterRefused."""
        code = str(self.pattern.currentData())
        if code != OWN:
            return PATTERNS[code]
        hour = self.first.value.strip()
        if not hour.isdecimal() or int(hour[:4]) > 23:
            raise RosterRefused(fault="slots")
        return own_pattern(self.text.value, evenly(int(self.count.currentData()), first=60 * int(hour)))

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(self.order.value.replace("，", " ").replace(",", " ").split())

    def _turned(self) -> None:
        own = self.pattern.currentData() == OWN
        for part in (self.text, self._count, self.first):
            part.setVisible(own)
        self.edited.emit()


class SwapForm(PeopleForm):
    """A turn changes hands, for another or for nothing. `edited()` when what it would do changes,
    `proposing()` when other returns may be given: one of them is wanted that breaks nothing.
    """

    edited = Signal()
    proposing = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.gives, self.takes, self.returns = DropDown(), DropDown(), DropDown()
        self._gives, self._takes = Labelled("", self.gives), Labelled("", self.takes)
        self._returns = Labelled("", self.returns)
        self.lay((self._gives, self._takes), (self._returns,))
        self.end_lay()
        self._turnings: tuple[Turning, ...] = ()
        self._turn: Turning | None = None
        self._zone = 0
        self.gives.currentIndexChanged.connect(self._offer_returns)
        self.takes.currentIndexChanged.connect(self._offer_returns)
        self.returns.currentIndexChanged.connect(self.edited)

    def show_turn(
        self,
        turn: Turning,
        groups: Sequence[str],
        turnings: Sequence[Turning],
        *,
        zone: int,
        codes: Sequence[Option],
    ) -> None:
        self._turn, self._turnings, self._zone = turn, tuple(turnings), zone
        when = roster_words.day_time(turn.begins, zone)
        title = _("Swap {when} {slot}").format(when=when, slot=roster_words.slot_word(turn.slot))
        about = _("Both groups keep their number of turns when one is given in return.")
        self.begin(title, about, main=_("Swap"), codes=codes, why=True)
        self._gives.set_label(_("Gives its turn"))
        self._takes.set_label(_("Serves instead"))
        self._returns.set_label(_("In return"))
        offer(self.gives, [(name, name) for name in turn.groups], "")
        offer(self.takes, [(name, name) for name in groups if name not in turn.groups], "")
        self._offer_returns()

    @property
    def wanted(self) -> Exchange | None:
        turn, gives, takes = self._turn, self.gives.currentData(), self.takes.currentData()
        if turn is None or not gives or not takes:
            return None
        back = _pair(str(self.returns.currentData() or NO_RETURN))
        return Exchange(turn.day, turn.place, str(gives), str(takes), back)

    def _offer_returns(self) -> None:
        """Turns of the one who serves instead, in which the other is not on already, the next ones first."""
        gives, takes = self.gives.currentData(), self.takes.currentData()
        options = [(NO_RETURN, _("Nothing in return"))]
        turn = self._turn
        if turn is not None:
            later = [each for each in self._turnings if each.begins > turn.begins]
            later += [each for each in self._turnings if each.begins < turn.begins]
            options += [
                (f"{each.day}/{each.place}", self._said(each))
                for each in later
                if takes in each.groups and gives not in each.groups
            ]
        offer(self.returns, options, options[1][0] if len(options) > 1 else NO_RETURN)
        self.edited.emit()
        self.proposing.emit()

    @property
    def proposals(self) -> tuple[Exchange, ...]:
        """The swap with each return that may be given, the next ones first."""
        wanted = self.wanted
        keys = [str(self.returns.itemData(place)) for place in range(1, self.returns.count())]
        return tuple(replace(wanted, back=_pair(key)) for key in keys) if wanted else ()

    def propose(self, back: tuple[int, int]) -> None:
        """Chooses that return."""
        place = self.returns.findData(f"{back[0]}/{back[1]}")
        if place >= 0:
            self.returns.setCurrentIndex(place)

    def _said(self, turn: Turning) -> str:
        return f"{roster_words.day_time(turn.begins, self._zone)} {roster_words.slot_word(turn.slot)}"


def _pair(key: str) -> tuple[int, int] | None:
    """Day and place of a turn, None for nothing."""
    day, _slash, place = key.partition("/")
    return (int(day), int(place)) if place else None


class StandInForm(PeopleForm):
    """One officer serves for another in one turn. `edited()` when what it would do changes."""

    edited = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.goes, self.comes = DropDown(), DropDown()
        self._goes, self._comes = Labelled("", self.goes), Labelled("", self.comes)
        self.lay((self._goes,), (self._comes,))
        self.end_lay()
        self._turn: Turning | None = None
        for each in (self.goes, self.comes):
            each.currentIndexChanged.connect(self.edited)

    def show_turn(
        self,
        turn: Turning,
        serving: Sequence[tuple[str, str]],
        others: Sequence[tuple[str, str]],
        *,
        zone: int,
        codes: Sequence[Option],
    ) -> None:
        """`serving` are "group/number" and words of who is on, `others` numbers and words of the rest."""
        self._turn = turn
        when = roster_words.day_time(turn.begins, zone)
        title = _("Stand-in {when} {slot}").format(when=when, slot=roster_words.slot_word(turn.slot))
        self.begin(title, _("For this turn only."), main=_("Write it down"), codes=codes, why=True)
        self._goes.set_label(_("Does not serve"))
        self._comes.set_label(_("Serves instead"))
        offer(self.goes, serving, "")
        offer(self.comes, others, "")
        self.edited.emit()

    @property
    def wanted(self) -> StandIn | None:
        turn, goes, comes = self._turn, self.goes.currentData(), self.comes.currentData()
        if turn is None or not goes or not comes:
            return None
        group, _slash, number = str(goes).rpartition("/")
        return StandIn(turn.day, turn.place, group, number, str(comes))


class PostForm(PeopleForm):
    """Where somebody serves from now on."""

    def __init__(self) -> None:
        super().__init__()
        self.post = DropDown()
        self._post = Labelled("", self.post)
        self.lay((self._post,))
        self.end_lay()

    def show_posts(self, title: str, posts: Sequence[str], now: str) -> None:
        self.begin(title, "", main=_("Save"))
        self._post.set_label(_("Post"))
        offer(self.post, [(code, roster_words.post(code)) for code in posts], now)

    @property
    def wanted(self) -> str:
        return str(self.post.currentData())


class HoursExportForm(PeopleForm):
    """What of the hours goes out, and where to."""

    def __init__(self) -> None:
        super().__init__()
        self.form, self.full, self.folder = Segments(), Segments(), Field("")
        self.lay((self.form,), (self.full,), (self.folder,))
        self.end_lay()

    def show_month(self, month: str, count: int, *, folder: str, codes: Sequence[Option]) -> None:
        title = _("Export hours of {month}").format(month=month)
        about = _("{n} officers. Whoever has the file can read it: it is written down.").format(n=count)
        self.begin(title, about, main=_("Export"), codes=codes, why=True)
        self.reason.set_label(_("Reason (required in full)"))
        self.form.show_options((Option("xlsx", "Excel"), Option("csv", "CSV")), value="xlsx")
        masked = (Option("masked", _("Names masked")), Option("full", _("Names in full")))
        self.full.show_options(masked, value="masked")
        self.folder.set_label(_("Folder"))
        self.folder.set_value(folder)
