"""The officers of a station: enrol, change, PIN, badge, leave; and the duty phone list beside them."""

from __future__ import annotations

from collections.abc import Sequence

from checkpoint_app.documents import roster_words
from checkpoint_app.domain.officers import (
    LONGEST_PIN,
    SHORTEST_PIN,
    LeadFirst,
    Officer,
    PinUnfit,
    is_pin,
)
from checkpoint_app.domain.report import Contact
from checkpoint_app.domain.roles import Role
from checkpoint_app.i18n import _
from checkpoint_app.services import badges
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.officers import APPOINTING
from checkpoint_app.ui.page_forms import (
    ContactForm,
    OfficerForm,
    PeopleForm,
    PinForm,
    ReasonForm,
)
from checkpoint_app.ui.page_parts import Key, Shown
from checkpoint_app.ui.page_table import Cell, Column, Sheet
from checkpoint_app.ui.people_page_view import Host, Place, View
from checkpoint_app.ui.told import Told, Tone


class OfficersView(View):
    """F1 adds a newcomer."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.form, self.pin, self.why = OfficerForm(), PinForm(), ReasonForm()

    def word(self) -> str:
        return _("Officers")

    def forms(self) -> Sequence[PeopleForm]:
        return self.form, self.pin, self.why

    def counted(self) -> tuple[str, str]:
        serving = self.found.serving
        return _("{n} officers").format(n=len(serving)), _("{n} with a PIN").format(
            n=sum(each.has_pin for each in serving)
        )

    def empty(self) -> str:
        return _("Nobody is enrolled yet. F1 adds the first officer, in a minute.")

    def sheet(self) -> Sheet:
        columns = (
            Column(_("Number"), 9),
            Column(_("Name"), 20),
            Column(_("Role"), 15),
            Column(_("Agency"), 16),
            Column(_("Group"), 14),
            Column(_("Now"), 16),
            Column(_("PIN"), 10),
        )
        return Sheet(columns, tuple(map(self._row, self.found.serving)))

    def shown(self, at: Place) -> Shown:
        officer = self._at(at[0])
        if officer is None:
            return Shown(_("Officers"), _("Who serves here, with number, role and PIN."))
        group, stint = self.found.group_of(officer.number), self.found.on.get(officer.number)
        place = roster_words.post(stint.posts[-1]) if stint and stint.posts else ""
        facts = (
            (_("Role"), roster_words.role(officer.role.value)),
            (_("Number"), officer.number),
            (_("Agency"), officer.agency),
            (_("Phone"), self.phone(officer.phone)),
            (_("Group"), group.name if group else ""),
            (_("Skills"), " ".join(officer.skills)),
            (_("On duty"), _("at {post}").format(post=place) if place else _("on duty") if stint else ""),
            (_("Key"), officer.key[:8]),
        )
        return Shown(self.name(officer.number), "", facts, self._notes(officer))

    def keys(self, at: Place) -> tuple[Key, ...]:
        nobody = self._at(at[0]) is None
        return (
            Key(1, _("New officer"), self._enrol),
            Key(2, _("Change"), self._change, nobody),
            Key(3, _("PIN"), self._pin, nobody),
            self.phones_key(),
            Key(5, _("Print badge"), self._badge, nobody),
            Key(8, _("Leaves"), self._leave, nobody),
        )

    def _at(self, row: int) -> Officer | None:
        serving = self.found.serving
        return serving[row] if 0 <= row < len(serving) else None

    @property
    def _chosen(self) -> Officer | None:
        return self._at(self.host.place[0])

    def _row(self, officer: Officer) -> tuple[Cell, ...]:
        group, stint = self.found.group_of(officer.number), self.found.on.get(officer.number)
        place = roster_words.post(stint.posts[-1]) if stint and stint.posts else ""
        return (
            Cell(officer.number),
            Cell(self.name(officer.number), bold=True),
            Cell(roster_words.role(officer.role.value)),
            Cell(officer.agency, "ink2"),
            Cell(group.name if group else "", "ink2"),
            Cell(place or (_("on duty") if stint else ""), "good"),
            Cell(_("yes") if officer.has_pin else _("none"), "ink2" if officer.has_pin else "warn"),
        )

    def _notes(self, officer: Officer) -> tuple[Told, ...]:
        told = list(self.warned([each for each in self.found.flaws if each.officer == officer.number][:4]))
        if not officer.has_pin:
            told.append(Told(_("No PIN yet: this officer cannot sign. F3 sets one."), Tone.HINT))
        return tuple(told)

    def _enrol(self) -> None:
        self.form.show_officer(None, self.found.groups)
        self.host.ask(self.form, self.form.name.edit, self._save_new)

    def _change(self) -> None:
        officer = self._chosen
        if officer is not None:
            self.form.show_officer(officer, self.found.groups)
            self.host.ask(self.form, self.form.name.edit, lambda: self._save_change(officer.number))

    def _save_new(self) -> None:
        form, by, desk = self.form, self.host.desk.by, self.host.desk
        if not form.name.value.strip():
            form.say(_("Type the name"))
            form.name.edit.setFocus()
            return
        if form.pin.value != form.again.value:
            form.say(_("The two PINs differ"))
            form.again.edit.setFocus()
            return
        pin, group, leads = form.pin.value, form.told_group, form.leads.value == "lead"
        asked = {
            "role": form.told_role,
            "agency": form.agency.value,
            "phone": form.phone.value,
            "skills": form.told_skills,
        }
        name, form_role = form.name.value, form.told_role

        def enrol() -> None:
            _fit(desk, pin, form_role)
            made = desk.officers.enrol(name, by=by, **asked)  # type: ignore[arg-type]
            _put(desk, made.number, group, leads=leads)
            if pin:
                desk.officers.set_pin(made.number, pin, by=by)

        self.host.do(enrol, _("Enrolled, saved: {name}").format(name=name), waited_for=bool(pin))

    def _save_change(self, number: str) -> None:
        form, by, desk = self.form, self.host.desk.by, self.host.desk
        name, role, agency = form.name.value, form.told_role, form.agency.value
        phone, skills = form.phone.value, form.told_skills
        group, leads = form.told_group, form.leads.value == "lead"

        def change() -> None:
            desk.officers.change(
                number, name=name, role=role, agency=agency, phone=phone, skills=skills, by=by
            )
            _put(desk, number, group, leads=leads)

        self.host.do(change, _("Changed, saved"))

    def _pin(self) -> None:
        officer = self._chosen
        if officer is not None:
            own = officer.number == self.found.own
            self.pin.show_officer(officer, own=own, name=self.name(officer.number))
            self.host.ask(self.pin, self.pin.first, lambda: self._save_pin(officer.number))

    def _save_pin(self, number: str) -> None:
        form, by, officers = self.pin, self.host.desk.by, self.host.desk.officers
        if form.pin.value != form.again.value:
            form.say(_("The two PINs differ"))
            form.again.edit.setFocus()
            return
        pin, old = form.pin.value, form.old.value
        said = _("The PIN is set, saved")
        self.host.do(lambda: officers.set_pin(number, pin, old=old, by=by), said, waited_for=True)

    def _badge(self) -> None:
        officer = self._chosen
        if officer is not None:
            desk, by = self.host.desk, self.host.desk.by
            self.host.do(lambda: badges.print_badge(desk, officer.number, by=by), _("The badge is printed"))

    def _leave(self) -> None:
        officer = self._chosen
        if officer is not None:
            title = _("{name} serves here no longer").format(name=self.named(officer.number))
            about = _("The number goes to nobody else; what this officer wrote and signed stays.")
            self.why.begin(title, about, main=_("Write it down"), why=True)
            self.host.ask(self.why, self.why.reason.edit, lambda: self._save_leave(officer.number))

    def _save_leave(self, number: str) -> None:
        if not self.why.why:
            self.why.say(_("A reason is needed"))
            return
        why, by, officers = self.why.why, self.host.desk.by, self.host.desk.officers
        self.host.do(lambda: officers.leave(number, why=why, by=by), _("Written down, saved"))


class PhonesView(View):
    """The numbers a shift calls at night."""

    def __init__(self, host: Host) -> None:
        super().__init__(host)
        self.form = ContactForm()

    def word(self) -> str:
        return _("Duty phones")

    def forms(self) -> Sequence[PeopleForm]:
        return (self.form,)

    def counted(self) -> tuple[str, str]:
        return _("{n} numbers").format(n=len(self.found.contacts)), _("also on the handover sheet")

    def empty(self) -> str:
        return _("No duty phones yet: hospital, headquarters, police. F1 adds one.")

    def sheet(self) -> Sheet:
        columns = (Column(_("Name or place"), 34), Column(_("Phone"), 28), Column(_("About"), 38))
        rows = tuple(
            (Cell(each.name, bold=True), Cell(self.phone(each.phone)), Cell(each.about, "ink2"))
            for each in self.found.contacts
        )
        return Sheet(columns, rows)

    def shown(self, at: Place) -> Shown:
        contact = self._at(at[0])
        if contact is None:
            return Shown(_("Duty phones"), _("Whom a shift calls, and about what."))
        notes = () if self.host.phones else (Told(_("Showing numbers is written down."), Tone.HINT),)
        facts = ((_("Phone"), self.phone(contact.phone)), (_("About"), contact.about))
        return Shown(contact.name, "", facts, notes)

    def keys(self, at: Place) -> tuple[Key, ...]:
        nothing = self._at(at[0]) is None
        return (
            Key(1, _("New number"), self._add),
            Key(2, _("Change"), self._change, nothing),
            Key(3, _("Drop"), self._drop, nothing),
            self.phones_key(),
        )

    def _at(self, row: int) -> Contact | None:
        contacts = self.found.contacts
        return contacts[row] if 0 <= row < len(contacts) else None

    def _add(self) -> None:
        self.form.show_contact(None)
        self.host.ask(self.form, self.form.name.edit, lambda: self._save(""))

    def _change(self) -> None:
        contact = self._at(self.host.place[0])
        if contact is not None:
            self.form.show_contact(contact)
            self.host.ask(self.form, self.form.name.edit, lambda: self._save(contact.id))

    def _save(self, ident: str) -> None:
        form, by, contacts = self.form, self.host.desk.by, self.host.desk.contacts
        name, phone, about = form.name.value, form.phone.value, form.words_about.value
        self.host.do(lambda: contacts.set(name, phone, about=about, ident=ident, by=by).result(), _("Saved"))

    def _drop(self) -> None:
        contact = self._at(self.host.place[0])
        if contact is not None:
            by, contacts = self.host.desk.by, self.host.desk.contacts
            self.host.do(lambda: contacts.drop(contact.id, by=by).result(), _("Dropped, saved"))


def _fit(desk: Desk, pin: str, role: Role) -> None:
    """A PIN that would be refused later must not leave somebody enrolled; raises PinUnfit, LeadFirst."""
    if pin and not is_pin(pin):
        raise PinUnfit(least=SHORTEST_PIN, most=LONGEST_PIN)
    if pin and not desk.officers.protected and role not in APPOINTING:
        raise LeadFirst


def _put(desk: Desk, number: str, wanted: str, *, leads: bool) -> None:
    """Puts an officer into one group and takes them out of the others; nothing where it stands so. A group
    of one stays as it is when its only member goes to another.
    """
    for group in desk.roster.groups():
        others = tuple(one for one in group.members if one != number)
        leading = tuple(one for one in group.leads if one != number)
        if group.name == wanted:
            others, leading = (*others, number), (*leading, number) if leads else leading
        same = set(others) == set(group.members) and set(leading) == set(group.leads)
        if not same and others:
            desk.roster.set_group(group.name, others, leading, by=desk.by).result()
