"""Attendance and hours: this month by officer, who is on where, what is too long or too short; the export."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from checkpoint_app.documents import roster_words
from checkpoint_app.domain.hours import Hours, Stint, in_hours
from checkpoint_app.domain.masking import mask_name
from checkpoint_app.i18n import _
from checkpoint_app.services.hours_table import export_hours
from checkpoint_app.ui.page_forms import PeopleForm
from checkpoint_app.ui.page_parts import Key, Shown
from checkpoint_app.ui.page_table import Cell, Column, Sheet
from checkpoint_app.ui.people_page_view import Host, Place, View, swap_codes
from checkpoint_app.ui.roster_forms import HoursExportForm, PostForm
from checkpoint_app.ui.told import Told, Tone

MOST_STINTS = 6


class HoursView(View):
    """F1 takes the month out as a table."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.post, self.export = PostForm(), HoursExportForm()
        self.folder = ""

    def word(self) -> str:
        return _("Attendance")

    def forms(self) -> Sequence[PeopleForm]:
        return self.post, self.export

    def counted(self) -> tuple[str, str]:
        return self.found.month, _("{n} on duty now").format(n=len(self.found.on))

    def empty(self) -> str:
        return _("Nobody served in {month}. A roll-call writes down who comes.").format(
            month=self.found.month
        )

    def sheet(self) -> Sheet:
        columns = (
            Column(_("Number"), 10),
            Column(_("Name"), 22),
            Column(_("Shifts"), 10, right=True),
            Column(_("Hours"), 12, right=True),
            Column(_("Late"), 9, right=True),
            Column(_("Absent"), 11, right=True),
            Column(_("Longest"), 13, right=True),
            Column(_("Now"), 17),
        )
        return Sheet(columns, tuple(self._row(each) for each in self._lines))

    def shown(self, at: Place) -> Shown:
        number = self._number(at[0])
        if not number:
            return Shown(_("Attendance"), self.found.month)
        stints = [each for each in self.found.stints if each.officer == number][-MOST_STINTS:]
        facts = tuple((self._when(each)[:5], self._said(each)) for each in reversed(stints))
        flaws = [each for each in self.found.flaws if each.officer == number]
        notes = self.warned(flaws[:4]) or (Told(_("No duty too long, no rest too short"), Tone.GOOD),)
        return Shown(self.name(number), self._about(number), facts, notes)

    def keys(self, at: Place) -> tuple[Key, ...]:
        number, shift = self._number(at[0]), self.host.desk.by.shift
        on = number in self.found.on
        return (
            Key(1, _("Export hours"), self._export, not self._lines),
            Key(2, _("Take a post"), self._post, not on),
            Key(3, _("Goes"), partial(self._leave, replaced=False), not on),
            Key(4, _("Is replaced"), partial(self._leave, replaced=True), not on),
            Key(5, _("Month before"), lambda: self.host.turn_month(-1)),
            Key(6, _("Month after"), lambda: self.host.turn_month(1)),
            Key(7, _("Comes late"), self._come, on or not number or not shift),
        )

    @property
    def _lines(self) -> tuple[Hours, ...]:
        """Everybody who served, then everybody who serves here but did not."""
        told = {each.officer for each in self.found.hours}
        rest = (Hours(each.number, 0, 0) for each in self.found.serving if each.number not in told)
        return (*self.found.hours, *rest)

    def _number(self, row: int) -> str:
        lines = self._lines
        return lines[row].officer if 0 <= row < len(lines) else ""

    @property
    def _chosen(self) -> str:
        return self._number(self.host.place[0])

    def _row(self, told: Hours) -> tuple[Cell, ...]:
        stint = self.found.on.get(told.officer)
        longest = told.longest > 60 * self.host.desk.settings.longest_duty_hours
        return (
            Cell(told.officer),
            Cell(self.name(told.officer), bold=True),
            Cell(str(told.shifts)),
            Cell(in_hours(told.minutes), bold=True),
            Cell(str(told.late), "warn" if told.late else "ink3"),
            Cell(str(told.absent), "warn" if told.absent else "ink3"),
            Cell(in_hours(told.longest), "warn" if longest else "ink"),
            Cell(self._now(stint), "good"),
        )

    def _now(self, stint: Stint | None) -> str:
        if stint is None:
            return ""
        return roster_words.post(stint.posts[-1]) if stint.posts else _("on duty")

    def _said(self, stint: Stint) -> str:
        """Hours, how somebody came or went, posts as taken."""
        posts = " → ".join(roster_words.post(each) for each in stint.posts)
        hours = _("{n} h").format(n=in_hours(stint.minutes(now=self.found.now)))
        state = "" if stint.state == "present" else roster_words.state(stint.state)
        lasting = _("still on") if stint.lasting else ""
        return "  ".join(part for part in (self._when(stint)[-5:], hours, state, lasting, posts) if part)

    def _when(self, stint: Stint) -> str:
        """MM-DD HH:MM."""
        return roster_words.day_time(stint.came, self.found.zone)

    def _about(self, number: str) -> str:
        group = self.found.group_of(number)
        return " ".join(part for part in (number, group.name if group else "") if part)

    # doing

    def _posts(self) -> tuple[str, ...]:
        return ("hut", *(f"lane-{lane.number}" for lane in self.host.desk.settings.lanes))

    def _post(self) -> None:
        number = self._chosen
        stint = self.found.on.get(number)
        if stint is not None:
            title = _("Post of {name}").format(name=self.named(number))
            self.post.show_posts(title, self._posts(), stint.posts[-1] if stint.posts else "hut")
            self.host.ask(self.post, self.post.post, lambda: self._save_post(number))

    def _save_post(self, number: str) -> None:
        by, attendance, post = self.host.desk.by, self.host.desk.attendance, self.post.wanted
        self.host.do(lambda: attendance.post(number, post, by).result(), _("Saved"))

    def _come(self) -> None:
        number, by, attendance = self._chosen, self.host.desk.by, self.host.desk.attendance
        words = _("{name} came late, saved").format(name=self.name(number))
        self.host.do(lambda: attendance.come(number, late=True, by=by).result(), words)

    def _leave(self, *, replaced: bool) -> None:
        number, by, attendance = self._chosen, self.host.desk.by, self.host.desk.attendance
        words = _("{name} is off duty, saved").format(name=self.name(number))
        self.host.do(lambda: attendance.go(number, replaced=replaced, by=by).result(), words)

    def _export(self) -> None:
        folder = self.folder or _documents()
        self.export.show_month(self.found.month, len(self.found.hours), folder=folder, codes=swap_codes())
        self.host.ask(self.export, self.export.form, self._save_export)

    def _save_export(self) -> None:
        form, found, desk = self.export, self.found, self.host.desk
        masked = form.full.value == "masked"
        if not masked and not form.why:
            form.say(_("A reason is needed"))
            form.reason.edit.setFocus()
            return
        self.folder = form.folder.value.strip() or "."
        name = f"hours-{desk.settings.desk}-{found.month}.{form.form.value}"
        path, by, why, kind = Path(self.folder) / name, desk.by, form.why, form.form.value
        self.host.do(
            lambda: export_hours(
                desk.attendance,
                found.month,
                path,
                zone=found.zone,
                officers=found.officers,
                masked=mask_name if masked else None,
                by=by,
                why=why,
                form=kind,
            ),
            _("Exported: {path}").format(path=path.name),
        )


def _documents() -> str:
    """The folder for documents; where nobody made one, the person's own."""
    found = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    return found if Path(found).is_dir() else str(Path.home())
