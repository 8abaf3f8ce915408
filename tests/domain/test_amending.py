"""A correction says what changed and nothing else; names stay personal."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import amending, canonical, facts
from checkpoint_app.domain.amending import Changes, Reading
from checkpoint_app.domain.crossing import Person
from checkpoint_app.domain.disclosures import EXPORTED, PEOPLE_LOOKED_UP, exported, people_looked_up
from checkpoint_app.domain.entry import Fact, Head
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.plates import parse_plate
from checkpoint_app.domain.words import Direction, VehicleClass

PERSONS = (Person(1, "张三", "11010519491231002X", "citizen_id", "13800138000", seat="1A"), Person(2, "李四"))
NOW = Reading("豫A12345", "blue", "car", 2, "in", 1, "新乡", "平原", "上班", PERSONS)
BY = By("S", "07")
TEXTS = st.sampled_from(["新乡", "平原", "上班", "", "师寨镇"])
CHANGES = st.builds(
    Changes,
    plate=st.none() | st.sampled_from([parse_plate("豫A12345"), parse_plate("豫B67890")]),
    vehicle=st.none() | st.sampled_from(VehicleClass),
    people=st.none() | st.integers(-5, 400),
    direction=st.none() | st.sampled_from(Direction),
    lane=st.none() | st.integers(-1, 120),
    origin=st.none() | TEXTS,
    destination=st.none() | TEXTS,
    purpose=st.none() | TEXTS,
    names=st.dictionaries(st.integers(0, 4), st.sampled_from(["张三", "李四", "王五", ""])),
)


def made(changes: Changes, *, why: str = "misread") -> Fact:
    return amending.crossing_amended(
        Head("D", "e", 3, "ab"), changes, ref_action="a", now=NOW, by=BY, at=5, action="b", why=why
    )


@given(CHANGES)
def test_what_already_reads_so_is_no_change(changes: Changes) -> None:
    clean = amending.wanted(changes, NOW)
    assert amending.wanted(clean, NOW) == clean
    for name in ("origin", "destination", "purpose", "people", "lane", "direction", "vehicle"):
        assert getattr(clean, name) is None or getattr(clean, name) != getattr(NOW, name)
    assert clean.people is None or 0 < clean.people <= amending.MOST_PEOPLE
    assert all(clean.names[n] != {1: "张三", 2: "李四"}.get(n, "") for n in clean.names)


@given(CHANGES)
def test_names_plates_and_places_are_never_public(changes: Changes) -> None:
    fact = made(amending.wanted(changes, NOW), why="张三说的")
    told = canonical.encode(fact.public).decode()
    assert not any(text in told for text in ("张三", "李四", "王五", "豫", "新乡", "平原", "师寨", "上班"))
    assert fact.kind == facts.CROSSING_AMENDED


def test_only_the_changed_values_are_written() -> None:
    fact = made(amending.wanted(Changes(people=1, destination="师寨镇", origin="新乡"), NOW))
    assert fact.public["fields"] == {"people": 1}
    assert fact.public["why"] == "misread"
    assert fact.personal == {"to": "师寨镇"}


def test_a_new_name_takes_everybody_along_with_what_is_known_of_them() -> None:
    fact = made(Changes(names={2: "李思", 3: "王五"}))
    assert fact.personal is not None
    people = fact.personal["people"]
    assert isinstance(people, list)
    assert [person["name"] for person in people if isinstance(person, dict)] == ["张三", "李思", "王五"]
    assert isinstance(people[0], dict)
    assert (people[0]["id"], people[0]["seat"]) == ("11010519491231002X", "1A")


def test_a_plate_of_another_form_changes_the_colour_only_where_the_form_decides_it() -> None:
    blue = made(Changes(plate=parse_plate("豫B67890")))
    police = made(Changes(plate=parse_plate("豫A1234警")))
    assert blue.personal == {"plate": "豫B67890"}
    assert police.personal == {"plate": "豫A1234警", "colour": "white"}
    assert made(Changes(plate=parse_plate("??"))).public["fields"] == {"marks": ["odd"]}


def test_own_words_are_personal_and_a_code_is_public() -> None:
    fact = made(Changes(people=1), why="儿童在后车")
    assert (fact.public["why"], fact.personal) == ("own_words", {"why": "儿童在后车"})


def test_a_look_up_names_kinds_and_never_the_fragment() -> None:
    fact = people_looked_up(("phone", "name"), by=BY, at=1, action="a")
    assert (fact.kind, fact.public) == (PEOPLE_LOOKED_UP, {"kinds": ["name", "phone"], "why": ""})
    assert fact.personal is None


def test_an_export_says_how_much_of_what_and_whether_masked() -> None:
    fact = exported(9, form="csv", columns=("plate",), masked=False, by=BY, at=1, action="a", why="带班要")
    assert fact.kind == EXPORTED
    assert fact.public == {
        "count": 9,
        "form": "csv",
        "columns": ["plate"],
        "masked": False,
        "why": "own_words",
        "over": True,
    }
    assert fact.personal == {"why": "带班要"}


def test_an_export_about_a_shift_names_it() -> None:
    fact = exported(9, form="pdf", columns=(), masked=True, by=BY, at=1, action="a", about="S.20261121.1")
    assert fact.public["about"] == "S.20261121.1"
