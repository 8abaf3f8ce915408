"""The stores page: equipment that should be there and is, stock with its balance and its low line."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from checkpoint_app.documents import log_words, wording
from checkpoint_app.domain.affairs import FAMILY_OF, Family
from checkpoint_app.domain.logbook import Item
from checkpoint_app.domain.stores import CONDITIONS
from checkpoint_app.i18n import _
from checkpoint_app.storage import logbook, queries
from checkpoint_app.ui import store_text
from checkpoint_app.ui.list_page import ListPage
from checkpoint_app.ui.log_forms import Line, LinesForm
from checkpoint_app.ui.page_parts import Key, Shown
from checkpoint_app.ui.page_table import Sheet
from checkpoint_app.ui.store_text import StoresFound
from checkpoint_app.ui.told import Told, Tone

EQUIPMENT, STOCK = 0, 1
DIGITS = 7
Values = Mapping[str, str]


class StoresPage(ListPage[StoresFound]):
    """F1 counts the chosen article, F2 and F3 take in and out, F4 begins a new one."""

    def __init__(self, *given: object, **named: object) -> None:
        super().__init__(*given, **named)  # type: ignore[arg-type]
        self._forms: dict[str, LinesForm] = {}
        self.retranslate()

    @property
    def now(self) -> int:
        return self.desk.ledger.now()

    @property
    def equipment(self) -> bool:
        return self.tabs.place == EQUIPMENT

    def tab_words(self) -> Sequence[str]:
        return _("Equipment"), _("Stock")

    def read(self) -> StoresFound:
        with self.desk.ledger.reader() as reader:
            found = logbook.items(reader, self.desk.ledger.head().desk)
            return StoresFound(found, queries.officer_names(reader))

    @property
    def items(self) -> tuple[Item, ...]:
        found = self.found.items if self.found else ()
        return tuple(each for each in found if each.equipment == self.equipment)

    def sheet(self) -> Sheet:
        return store_text.sheet(self.items, equipment=self.equipment, now=self.now)

    def counted(self) -> tuple[str, str]:
        short = sum(each.short for each in self.items)
        about = _("{n} short").format(n=short) if short else _("everything is there")
        return _("{n} articles").format(n=len(self.items)), about if self.items else ""

    def empty(self) -> str:
        if self.equipment:
            return _("No equipment is listed here yet. Press F4 for the first article.")
        return _("No stock is listed here yet. Press F4 for the first article.")

    def chosen(self, row: int) -> Item | None:
        return self.items[row] if 0 <= row < len(self.items) else None

    def told(self, row: int) -> Shown:
        item = self.chosen(row)
        if item is None or self.found is None:
            return Shown(_("Nothing is chosen"))
        return store_text.told(item, self.found, now=self.now)

    def keys(self, row: int) -> Sequence[Key]:
        item = self.chosen(row)
        new = Key(4, _("New article"), self._declare)
        if item is None:
            return Key(1, _("Count it"), lambda: None, locked=True), new
        return (
            Key(1, _("Count it"), lambda: self._count(item)),
            Key(2, _("Take in"), lambda: self._move(item, way=1)),
            Key(3, _("Give out"), lambda: self._move(item, way=-1), locked=not item.balance),
            new,
            Key(5, _("Change"), lambda: self._declare(item)),
            Key(7, _("Not kept here"), lambda: self._drop(item)),
        )

    def ids(self) -> Sequence[str]:
        return [each.id for each in self.items]

    def concerns(self, kind: str) -> bool:
        return FAMILY_OF.get(kind) is Family.ITEM

    def place_of(self, about: str) -> tuple[int, int] | None:
        items = self.found.items if self.found else ()
        wanted = next((each for each in items if each.id == about), None)
        if wanted is None:
            return None
        alike = [each for each in items if each.equipment == wanted.equipment]
        return (EQUIPMENT if wanted.equipment else STOCK), alike.index(wanted)

    def _count(self, item: Item) -> None:
        words = ("", *(wording.word(log_words.CONDITIONS, each) for each in CONDITIONS))
        choices = tuple(zip(("", *CONDITIONS), (w or "—" for w in words), strict=True))
        condition = item.condition if item.condition in CONDITIONS else ""
        lines = [
            Line("count", _("How many are there"), value="", short=True),
            Line("condition", _("Condition"), value=condition, choices=choices, short=True),
            Line("words", _("Or in words")),
        ]
        stores = self.desk.stores

        def save(values: Values) -> None:
            count = self._number("count", values["count"], "count")
            if count is not None:
                said = values["words"] or values["condition"]
                self.do(lambda by: stores.count(item.id, count, said, by=by), _("Counted, saved"))

        about = _("Reckoned: {n}. What is counted by hand is what is there.").format(n=f"{item.balance:,}")
        self._open("count", lines, title=_("Count it"), about=f"{item.name} · {about}", save=save)

    def _move(self, item: Item, *, way: int) -> None:
        lines = [
            Line("count", _("How many"), short=True),
            Line("whom", _("From whom") if way > 0 else _("To whom"), short=True),
        ]
        stores = self.desk.stores

        def save(values: Values) -> None:
            count = self._number("move", values["count"], "count")
            if count is not None:
                work = lambda by: stores.move(item.id, way * count, values["whom"], by=by)  # noqa: E731
                self.do(work, _("Taken in, saved") if way > 0 else _("Given out, saved"))

        about = _("There are {n}.").format(n=f"{item.balance:,} {item.unit}".strip())
        title = _("Take in") if way > 0 else _("Give out")
        self._open("move", lines, title=title, about=f"{item.name} · {about}", save=save)

    def _declare(self, item: Item | None = None) -> None:
        kinds = (("equipment", _("Equipment")), ("stock", _("Stock")))
        here = self.equipment if item is None else item.equipment
        lines = [
            Line("name", _("Article"), value=item.name if item else ""),
            Line("kind", _("Kind"), value="equipment" if here else "stock", choices=kinds, short=True),
            Line("unit", _("Unit"), value=item.unit if item else "", short=True),
            Line("due", _("Due (equipment)"), value=_figure(item.due if item else 0), short=True),
            Line("low", _("Low line (stock)"), value=_figure(item.low if item else 0), short=True),
            Line("count", _("There now"), value=_figure(item.balance) if item else "", short=True),
        ]

        def save(values: Values) -> None:
            figures = [self._number("declare", values[name] or "0", name) for name in ("due", "low", "count")]
            if None not in figures:
                self._save_declared(item, values, [each or 0 for each in figures])

        title = _("Change an article") if item else _("New article")
        about = _("Equipment should be there; stock is used up and must be ordered below its low line.")
        self._open("declare", lines, title=title, about=about, save=save)

    def _save_declared(self, item: Item | None, values: Values, figures: Sequence[int]) -> None:
        stores = self.desk.stores
        due, low, count = figures
        equipment = values["kind"] == "equipment"
        counted = None if item is not None and count == item.balance else count
        self.do(
            lambda by: stores.declare(
                values["name"],
                unit=values["unit"],
                equipment=equipment,
                due=due if equipment else 0,
                low=0 if equipment else low,
                count=counted if values["count"] else None,
                about=item.id if item else "",
                by=by,
            ),
            _("Article saved"),
        )

    def _drop(self, item: Item) -> None:
        """Nothing is lost: its entries stay, and it can be listed anew."""
        stores = self.desk.stores
        self.do(lambda by: stores.drop(item.id, by=by), _("No longer listed"))

    def _open(
        self, name: str, lines: Sequence[Line], *, title: str, about: str, save: Callable[[Values], None]
    ) -> None:
        form = self._forms.get(name) or LinesForm(lines)
        self._forms[name] = form
        form.show_lines(lines, title=title, about=about, main=_("Save"))
        self.ask(form, form.first, lambda: save(form.values))

    def _number(self, form: str, text: str, name: str) -> int | None:
        """None once it was said that this is no number."""
        if text.isdecimal() and len(text) <= DIGITS:
            return int(text)
        self._forms[form].go_to(name)
        self.say(Told(_("A number, please: 0 or more"), Tone.BAD))
        return None


def _figure(number: int) -> str:
    return str(number) if number else ""
