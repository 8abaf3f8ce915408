"""What is asked in place of a person, a turn, a month or a phone: one card of fields each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from checkpoint_app.documents import roster_words
from checkpoint_app.domain.officers import Officer
from checkpoint_app.domain.report import Contact
from checkpoint_app.domain.roles import Role
from checkpoint_app.domain.roster import Group
from checkpoint_app.i18n import _
from checkpoint_app.ui.field import DropDown, Field, Labelled
from checkpoint_app.ui.form_parts import Option, Segments
from checkpoint_app.ui.page_parts import Notes
from checkpoint_app.ui.record_forms import Form
from checkpoint_app.ui.told import Told, Tone

NO_GROUP = ""


class PeopleForm(Form):
    """A card of fields, two in a row; `hints` below them warns of what would follow."""

    def __init__(self) -> None:
        super().__init__()
        self.hints = Notes()
        self._grid = QGridLayout(self.body)
        self._grid.setContentsMargins(0, 4, 4, 0)
        self._grid.setHorizontalSpacing(12)
        self._grid.setVerticalSpacing(4)
        self._rows = 0

    def begin(
        self, title: str, about: str, *, main: str, codes: Sequence[Option] = (), why: bool = False
    ) -> None:
        """As `ask`; with `why` a reason is asked too."""
        self.ask(title, about, main=main, codes=codes)
        self.reason.setVisible(why)
        self.hints.tell(())
        self.area.verticalScrollBar().setValue(0)

    def hideEvent(self, event: QHideEvent) -> None:
        """No PIN waits in a form that nobody sees."""
        super().hideEvent(event)
        for edit in self.findChildren(QLineEdit):
            if edit.echoMode() is QLineEdit.EchoMode.Password:
                edit.clear()

    def warn(self, *told: str) -> None:
        self.hint(*told, tone=Tone.WARN)

    def hint(self, *told: str, tone: Tone) -> None:
        """What follows from what is typed, below the fields."""
        self.hints.tell(tuple(Told(each, tone) for each in told))

    def lay(self, *rows: Sequence[QWidget]) -> None:
        """Rows of one or two parts; one alone takes the whole width."""
        for parts in rows:
            for place, part in enumerate(parts):
                self._grid.addWidget(part, self._rows, place, 1, 2 if len(parts) == 1 else 1)
            self._rows += 1

    def end_lay(self) -> None:
        self.lay((self.hints,))
        self._grid.setRowStretch(self._rows, 1)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)


class OfficerForm(PeopleForm):
    """A newcomer in a minute: everything on one card, the PIN too."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.agency, self.phone, self.skills = Field(""), Field(""), Field(""), Field("")
        self.role, self.group, self.leads = DropDown(), DropDown(), Segments()
        self.pin, self.again = Field(""), Field("")
        self._role, self._group = Labelled("", self.role), Labelled("", self.group)
        self._leads = Labelled("", self.leads)
        for each in (self.pin, self.again):
            each.edit.setEchoMode(QLineEdit.EchoMode.Password)
            each.edit.setMaxLength(8)
        self.lay((self.name, self._role), (self.agency, self.phone), (self.skills,))
        self.lay((self._group, self._leads), (self.pin, self.again))
        self.end_lay()

    def show_officer(self, officer: Officer | None, groups: Sequence[Group]) -> None:
        """None for a newcomer, who may get a PIN at once."""
        new = officer is None
        known = officer or Officer("")
        about = _("Who joins can sign on as soon as this is saved.")
        title = _("New officer") if new else _("Change officer {n}").format(n=known.number)
        self.begin(title, about if new else "", main=_("Enrol") if new else _("Save"))
        self._label()
        self.name.set_value(known.name)
        self.agency.set_value(known.agency)
        self.phone.set_value(known.phone)
        self.skills.set_value(" ".join(known.skills))
        offer(self.role, [(role.value, roster_words.role(role.value)) for role in Role], known.role.value)
        mine = next((group for group in groups if known.number in group.members), None)
        names = [(NO_GROUP, _("No group")), *((group.name, group.name) for group in groups)]
        offer(self.group, names, mine.name if mine else NO_GROUP)
        leading = "lead" if mine and known.number in mine.leads else "member"
        options = (Option("member", _("Member")), Option("lead", _("Experienced")))
        self.leads.show_options(options, value=leading)
        for each in (self.pin, self.again):
            each.set_value("")
            each.setVisible(new)

    @property
    def told_skills(self) -> tuple[str, ...]:
        return tuple(self.skills.value.replace("，", " ").replace(",", " ").split())

    @property
    def told_role(self) -> Role:
        return Role(self.role.currentData())

    @property
    def told_group(self) -> str:
        return str(self.group.currentData())

    def _label(self) -> None:
        for part, words in (
            (self.name, _("Name")),
            (self._role, _("Role")),
            (self.agency, _("Agency")),
            (self.phone, _("Phone")),
            (self.skills, _("Skills (talks, first aid, English…)")),
            (self._group, _("Group")),
            (self._leads, _("In the group")),
            (self.pin, _("PIN (4 to 8 digits)")),
            (self.again, _("PIN once more")),
        ):
            part.set_label(words)


class PinForm(PeopleForm):
    """A new PIN; the old one where somebody changes their own."""

    def __init__(self) -> None:
        super().__init__()
        self.old, self.pin, self.again = Field(""), Field(""), Field("")
        for each in (self.old, self.pin, self.again):
            each.edit.setEchoMode(QLineEdit.EchoMode.Password)
            each.edit.setMaxLength(8)
        self.lay((self.old,), (self.pin, self.again))
        self.end_lay()

    def show_officer(self, officer: Officer, *, own: bool, name: str) -> None:
        title = _("PIN of {name}").format(name=f"{officer.number} {name}".strip())
        about = _("4 to 8 digits, not 0000 and not 1234. Older signatures stay provable.")
        self.begin(title, about, main=_("Set the PIN"))
        self.old.setVisible(own and officer.has_pin)
        for part, words in (
            (self.old, _("PIN until now")),
            (self.pin, _("PIN (4 to 8 digits)")),
            (self.again, _("PIN once more")),
        ):
            part.set_label(words)
            part.set_value("")

    @property
    def first(self) -> QWidget:
        return self.pin.edit if self.old.isHidden() else self.old.edit


class ReasonForm(PeopleForm):
    """Nothing but a reason."""

    def __init__(self) -> None:
        super().__init__()
        self.end_lay()


class ContactForm(PeopleForm):
    """A line of the duty phone list."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.phone, self.words_about = Field(""), Field(""), Field("")
        self.lay((self.name,), (self.phone,), (self.words_about,))
        self.end_lay()

    def show_contact(self, contact: Contact | None) -> None:
        known = contact or Contact("", "", "")
        title = _("Change a duty phone") if contact else _("New duty phone")
        self.begin(title, _("A person or a place, as it is called at night."), main=_("Save"))
        self.name.set_label(_("Name or place"))
        self.phone.set_label(_("Phone"))
        self.words_about.set_label(_("About"))
        self.name.set_value(known.name)
        self.phone.set_value(known.phone)
        self.words_about.set_value(known.about)


class GroupForm(PeopleForm):
    """A group by its officers' numbers, whose names are said below."""

    def __init__(self) -> None:
        super().__init__()
        self.name, self.members, self.leads = Field(""), Field(""), Field("")
        self.lay((self.name,), (self.leads,), (self.members,))
        self.end_lay()
        for each in (self.members, self.leads):
            each.edited.connect(lambda _text: self.tell())
        self.names: Mapping[str, str] = {}

    def show_group(self, group: Group | None, names: Mapping[str, str], *, needed: int) -> None:
        """`names` of officers by number, as they may be shown; `needed` experienced ones."""
        self.names = names
        known = group or Group("")
        title = _("Group {name}").format(name=known.name) if group else _("New group")
        about = _("Numbers with blanks between. Each group needs {n} experienced.").format(n=needed)
        self.begin(title, about, main=_("Save"))
        self.name.set_label(_("Name of the group"))
        self.leads.set_label(_("Experienced officers (numbers)"))
        self.members.set_label(_("Other officers (numbers)"))
        self.name.set_value(known.name)
        self.leads.set_value(" ".join(known.leads))
        self.members.set_value(" ".join(one for one in known.members if one not in known.leads))
        self.tell()

    @property
    def told_leads(self) -> tuple[str, ...]:
        return numbers(self.leads.value)

    @property
    def told_members(self) -> tuple[str, ...]:
        return numbers(self.members.value)

    @property
    def unknown(self) -> tuple[str, ...]:
        return tuple(one for one in (*self.told_leads, *self.told_members) if one not in self.names)

    def tell(self) -> None:
        """Whose numbers these are."""
        if self.unknown:
            self.warn(_("Nobody has the number {numbers}").format(numbers=" ".join(self.unknown)))
            return
        told = [self.names[one] or one for one in dict.fromkeys((*self.told_leads, *self.told_members))]
        self.hint(" ".join(told), tone=Tone.QUIET)


def numbers(text: str) -> tuple[str, ...]:
    """Officers' numbers as typed: blanks or commas between, 7 for 07."""
    parts = text.replace("，", " ").replace(",", " ").replace("、", " ").split()
    return tuple(dict.fromkeys(part.zfill(2) if part.isdecimal() else part for part in parts))


def offer(box: DropDown, options: Sequence[tuple[str, str]], chosen: str) -> None:
    """Values and words; the first where `chosen` is none of them."""
    box.blockSignals(True)
    box.clear()
    for value, word in options:
        box.addItem(word, value)
    box.setCurrentIndex(max(0, box.findData(chosen)))
    box.blockSignals(False)
