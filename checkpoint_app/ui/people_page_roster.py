"""The month: days by slots with the groups on; planned by a pattern, swapped, with what is wrong in words."""

from __future__ import annotations

from collections.abc import Sequence

from checkpoint_app.documents import roster_words
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.roster import StandIn, Swap, Turning, serving
from checkpoint_app.domain.roster_rules import Flaw
from checkpoint_app.i18n import _
from checkpoint_app.ui import messages
from checkpoint_app.ui.page_forms import GroupForm, PeopleForm
from checkpoint_app.ui.page_parts import Key, Shown
from checkpoint_app.ui.page_table import Cell, Column, Sheet
from checkpoint_app.ui.people_page_view import Host, Place, View, swap_codes, today
from checkpoint_app.ui.roster_forms import GenerateForm, StandInForm, SwapForm
from checkpoint_app.ui.told import Told, Tone

MOST_NOTES, MOST_WARNED, MOST_PROPOSED = 5, 4, 12


class RosterView(View):
    """F1 plans the month; ← → ↑ ↓ choose a turn."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.month, self.swap = GenerateForm(), SwapForm()
        self.stand_in, self.group = StandInForm(), GroupForm()
        self.month.edited.connect(self._try_month)
        self.swap.proposing.connect(self._propose)
        self.swap.edited.connect(lambda: self._try_swap(self.swap, self.swap.wanted))
        self.stand_in.edited.connect(lambda: self._try_swap(self.stand_in, self.stand_in.wanted))

    def word(self) -> str:
        return _("Groups and roster")

    def forms(self) -> Sequence[PeopleForm]:
        return self.month, self.swap, self.stand_in, self.group

    def counted(self) -> tuple[str, str]:
        said = _("{n} groups").format(n=len(self.found.groups))
        return self.found.month, said

    def empty(self) -> str:
        if not self.found.groups:
            return _("No groups yet. F7 makes one; officers can also be put into it one by one.")
        return _("No plan for {month} yet. F1 makes it by a pattern.").format(month=self.found.month)

    def sheet(self) -> Sheet:
        plan = self.found.plan
        if plan is None:
            return Sheet((Column(_("Date"), 1),), (), grid=True)
        slots = tuple(
            Column(f"{roster_words.slot_word(slot.name)} {roster_words.slot_times(slot)}", 28)
            for slot in plan.slots
        )
        columns = (Column(_("Date"), 16), *slots)
        return Sheet(columns, tuple(self._row(day) for day in range(1, plan.days + 1)), grid=True)

    def shown(self, at: Place) -> Shown:
        turn = self._turn(*at)
        if turn is None:
            return self._shown_groups()
        when = f"{roster_words.day_word(turn.month, turn.day)} {roster_words.slot_word(turn.slot)}"
        facts = [(name, self._members(turn, name)) for name in turn.groups]
        return Shown(when, self._about(turn), tuple(facts), self._notes(turn))

    def keys(self, at: Place) -> tuple[Key, ...]:
        nothing = self._turn(*at) is None
        return (
            Key(1, _("Plan the month"), self._plan, not self.found.groups),
            Key(2, _("Swap"), self._swap, nothing),
            Key(3, _("Stand-in"), self._stand_in, nothing),
            Key(5, _("Month before"), lambda: self.host.turn_month(-1)),
            Key(6, _("Month after"), lambda: self.host.turn_month(1)),
            Key(7, _("Group"), self._group),
        )

    def _turn(self, row: int, column: int) -> Turning | None:
        return next(
            (one for one in self.found.turnings if (one.day, one.place) == (row + 1, column - 1)), None
        )

    @property
    def _chosen(self) -> Turning | None:
        return self._turn(*self.host.place)

    def _row(self, day: int) -> tuple[Cell, ...]:
        plan = self.found.plan
        assert plan is not None
        here = today(self.found) == (plan.month, day)
        swapped = {(each.day, each.slot) for each in plan.swaps}
        swapped |= {each.back for each in plan.swaps if not isinstance(each, StandIn) and each.back}
        head = Cell(roster_words.day_word(plan.month, day), "accent" if here else "ink", bold=here)
        cells = []
        for place in range(len(plan.slots)):
            turn = plan.turn(day, place)
            text = " ".join(turn.groups) if turn else ""
            icon = "arrows-exchange" if (day, place) in swapped else ""
            now = self.found.due.current
            on = now is not None and (now.month, now.day, now.place) == (plan.month, day, place)
            cells.append(Cell(text, "good" if on else "ink", bold=on, icon=icon))
        return (head, *cells)

    def _members(self, turn: Turning, name: str) -> str:
        """How many, who leads; the whole list is the group's own card."""
        plan = self.found.plan
        known = {group.name: group for group in self.found.groups}
        if plan is None or name not in known:
            return _("no such group")
        planned = plan.turn(turn.day, turn.place)
        on = serving(plan, planned, known)[name] if planned else ()
        leads = [self.name(one) for one in on if one in known[name].leads]
        said = _("{n} officers").format(n=len(on))
        return _("{said}, experienced: {names}").format(said=said, names=" ".join(leads)) if leads else said

    def _about(self, turn: Turning) -> str:
        zone, due = self.found.zone, self.found.due
        times = f"{roster_words.day_time(turn.begins, zone)}–{roster_words.day_time(turn.ends, zone)[-5:]}"
        if due.current is not None and due.current.begins == turn.begins:
            return _("{times} on now").format(times=times)
        if due.following is not None and due.following.begins == turn.begins:
            return _("{times} next").format(times=times)
        return times

    def _notes(self, turn: Turning) -> tuple[Told, ...]:
        """What concerns this turn, then what concerns the month."""
        plan = self.found.plan
        stand_ins = [
            _("{comes} stands in for {goes}").format(comes=self.named(each.comes), goes=self.named(each.goes))
            for each in (plan.stand_ins if plan else ())
            if (each.day, each.slot) == (turn.day, turn.place)
        ]
        here = [each for each in self.found.flaws if each.at == turn.begins]
        rest = [each for each in self.found.flaws if each not in here]
        told = [Told(words, Tone.QUIET) for words in stand_ins]
        return (*told, *self.warned(here)[:MOST_NOTES], *self._summed(rest))

    def _summed(self, flaws: Sequence[Flaw]) -> tuple[Told, ...]:
        shown = self.warned(flaws)
        more, shown = len(shown) - MOST_NOTES, shown[:MOST_NOTES]
        return (*shown, Told(_("and {n} more").format(n=more), Tone.QUIET)) if more > 0 else shown

    def _shown_groups(self) -> Shown:
        facts = tuple(
            (
                group.name,
                _("{n} officers, {leads} experienced").format(n=len(group.members), leads=len(group.leads)),
            )
            for group in self.found.groups
        )
        return Shown(_("Groups"), "", facts, self._summed(self.found.flaws))

    # asking

    def _plan(self) -> None:
        names = [group.name for group in self.found.groups]
        self.month.show_month(self.found.month, names)
        self.host.ask(self.month, self.month.pattern, self._save_plan)

    def _try_month(self) -> None:
        """What the plan would be, before it is written."""
        roster, month, form = self.host.desk.roster, self.found.month, self.month
        try:
            plan = roster.drafted(month, form.wanted(), form.groups)
        except CheckpointError as error:
            form.hint(messages.words_for(error).title, tone=Tone.BAD)
            return
        counts = plan.count().values()
        words = _("{n} groups, each {least} to {most} turns in {days} days").format(
            n=len(counts), least=min(counts), most=max(counts), days=plan.days
        )
        form.hint(words, tone=Tone.GOOD)

    def _save_plan(self) -> None:
        form, by, roster, month = self.month, self.host.desk.by, self.host.desk.roster, self.found.month
        try:
            pattern = form.wanted()
        except CheckpointError as error:
            form.say(messages.words_for(error).plain)
            return
        groups = form.groups
        self.host.do(
            lambda: roster.generate(month, pattern, groups, by=by).result(), _("The month is planned, saved")
        )

    def _swap(self) -> None:
        turn, found = self._chosen, self.found
        if turn is not None:
            names = [group.name for group in found.groups]
            self.swap.show_turn(turn, names, found.turnings, zone=found.zone, codes=swap_codes())
            self.host.ask(self.swap, self.swap.takes, lambda: self._save_swap(self.swap, self.swap.wanted))
            self._propose()

    def _stand_in(self) -> None:
        turn, found = self._chosen, self.found
        if turn is None:
            return
        known = {group.name: group for group in found.groups}
        on = [one for name in turn.groups if name in known for one in known[name].members]
        options = [
            (f"{name}/{one}", f"{name} {self.named(one)}")
            for name in turn.groups
            if name in known
            for one in known[name].members
        ]
        others = [
            (each.number, self._with_group(each.number)) for each in found.serving if each.number not in on
        ]
        self.stand_in.show_turn(turn, options, others, zone=found.zone, codes=swap_codes())
        save = lambda: self._save_swap(self.stand_in, self.stand_in.wanted)  # noqa: E731
        self.host.ask(self.stand_in, self.stand_in.goes, save)
        self._try_swap(self.stand_in, self.stand_in.wanted)

    def _with_group(self, number: str) -> str:
        group = self.found.group_of(number)
        return f"{self.named(number)} ({group.name})" if group else self.named(number)

    def _try_swap(self, form: PeopleForm, wanted: Swap | None) -> None:
        """What it would break, while it is only asked."""
        form.hint(tone=Tone.QUIET)
        if wanted is None:
            return
        roster, month, zone = self.host.desk.roster, self.found.month, self.found.zone

        def told(flaws: Sequence[Flaw]) -> None:
            if flaws:
                form.warn(*self.said(flaws)[:MOST_WARNED])
            else:
                form.hint(_("Breaks no rule of leads, duty and rest"), tone=Tone.GOOD)

        self.host.try_(lambda: roster.breaks(month, wanted, zone=zone), told)

    def _propose(self) -> None:
        """The first return that breaks nothing comes in the place of the very next one."""
        swaps = self.swap.proposals[:MOST_PROPOSED]
        roster, month, zone = self.host.desk.roster, self.found.month, self.found.zone

        def told(place: int | None) -> None:
            back = swaps[place].back if place is not None else None
            if back is not None and self.swap.proposals[: len(swaps)] == swaps:
                self.swap.propose(back)
            self._try_swap(self.swap, self.swap.wanted)

        self.host.try_(lambda: roster.best(month, swaps, zone=zone), told)

    def _save_swap(self, form: PeopleForm, wanted: Swap | None) -> None:
        if wanted is None:
            form.say(_("Choose both sides"))
            return
        if not form.why:
            form.say(_("A reason is needed"))
            form.reason.edit.setFocus()
            return
        by, roster, month, why = self.host.desk.by, self.host.desk.roster, self.found.month, form.why
        self.host.do(lambda: roster.swap(month, wanted, why=why, by=by).result(), _("Swapped, saved"))

    def _group(self) -> None:
        """The first group of the chosen turn, to be changed; another name makes a new one."""
        turn = self._chosen
        name = turn.groups[0] if turn and turn.groups else ""
        known = next((group for group in self.found.groups if group.name == name), None)
        names = {each.number: self.named(each.number) for each in self.found.serving}
        self.group.show_group(known, names, needed=self.host.desk.settings.leads_needed)
        self.host.ask(self.group, self.group.name.edit, self._save_group)

    def _save_group(self) -> None:
        form, by, roster = self.group, self.host.desk.by, self.host.desk.roster
        if form.unknown:
            form.say(_("Nobody has the number {numbers}").format(numbers=" ".join(form.unknown)))
            return
        name, members, leads = form.name.value, form.told_members, form.told_leads
        zone = self.found.zone
        if not members and not leads and any(group.name == name for group in self.found.groups):
            self.host.do(lambda: roster.drop_group(name, zone=zone, by=by).result(), _("Dropped, saved"))
        else:
            self.host.do(lambda: roster.set_group(name, members, leads, by=by).result(), _("Saved"))
