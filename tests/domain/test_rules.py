"""Rule packs: what is taken into use, and what is refused by name."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.config import resource
from checkpoint_app.domain.rules import (
    LANGUAGES,
    MOST_BYTES,
    MOST_RULES,
    RuleRefused,
    in_force,
    load_rules,
    requiring,
    with_parameters,
)
from checkpoint_app.domain.words import VehicleClass, VerdictState

TEXT = resource("rules/default.json").read_text(encoding="utf-8")
Change = Callable[[dict[str, Any]], object]


def changed(change: Change) -> str:
    """The shipped pack with something done to it."""
    pack = json.loads(TEXT)
    change(pack)
    return json.dumps(pack)


def first(change: Callable[[dict[str, Any]], object]) -> Change:
    return lambda pack: change(pack["Rules"][0])


def described(zh: str) -> Change:
    words = [{"lang": "zh", "desc": zh}, {"lang": "en", "desc": "x"}]
    return first(lambda rule: rule.update(Description=words))


def test_the_shipped_pack_is_taken() -> None:
    pack = load_rules(TEXT)

    assert pack.parameters["temperature_limit"] == 373
    assert pack.required_of(VehicleClass.CAR) == ("health_code", "temperature")
    assert pack.required_of(VehicleClass.SPECIAL) == ()
    assert {rule.outcome for rule in pack.rules} == set(VerdictState) - {VerdictState.PASS}


def test_every_shipped_rule_has_reason_and_next_step_in_both_languages() -> None:
    for rule in load_rules(TEXT).rules:
        for words in (rule.description, rule.now_words or {}, rule.phrase or dict.fromkeys(LANGUAGES, "")):
            assert set(words) == set(LANGUAGES)


def test_a_stop_has_something_to_read_to_the_driver() -> None:
    rules = load_rules(TEXT).rules

    assert [rule.identifier for rule in rules if rule.outcome is VerdictState.STOP and not rule.phrase] == []


@pytest.mark.parametrize(
    ("change", "rule", "fault"),
    [
        (lambda pack: pack.pop("Name"), "", "Name"),
        (lambda pack: pack.update(Extra=1), "", "unknown field 'Extra'"),
        (lambda pack: pack.update(Version="new"), "", "Version"),
        (lambda pack: pack.update(Issued="soon"), "", "Issued"),
        (lambda pack: pack.update(MaxAge={"StaleHours": 2, "ExpiredHours": 1}), "", "MaxAge"),
        (lambda pack: pack.update(MaxAge={"StaleHours": 0, "ExpiredHours": 1}), "", "MaxAge"),
        (lambda pack: pack.update(MaxAge={"StaleHours": True, "ExpiredHours": 1}), "", "MaxAge"),
        (lambda pack: pack["Parameters"].pop("temperature_limit"), "", "no temperature_limit"),
        (lambda pack: pack["Parameters"].update(fever=1), "", "fever"),
        (lambda pack: pack["Parameters"].update(temperature_limit=37.3), "", "whole numbers only"),
        (lambda pack: pack["Parameters"].update(temperature_limit=-1), "", "out of range"),
        (lambda pack: pack["Required"].pop("default"), "", "Required"),
        (lambda pack: pack["Required"].update(tank=[]), "", "Required"),
        (lambda pack: pack["Required"].update(default=["blood"]), "", "blood"),
        (lambda pack: pack.update(Instead={"blood": ["identity"]}), "", "blood"),
        (lambda pack: pack["ValueSets"].update(odd="red"), "", "odd"),
        (lambda pack: pack.update(Rules=[]), "", "rules"),
        (lambda pack: pack.update(Rules=pack["Rules"][:1] * (MOST_RULES + 1)), "", "rules"),
        (lambda pack: pack["Rules"].append(pack["Rules"][0]), "code_red", "twice"),
        (lambda pack: pack["Rules"].append("x"), "", "Identifier"),
        (first(lambda rule: rule.update(Identifier="röt")), "", "Identifier"),
        (first(lambda rule: rule.pop("Logic")), "code_red", "Logic"),
        (first(lambda rule: rule.update(Logic={"or": [1, 2]})), "code_red", "unknown operation 'or'"),
        (first(lambda rule: rule.update(Logic={"<": [1, 2.5]})), "", "whole numbers only"),
        (first(lambda rule: rule.update(Logic={"<": [1, float("nan")]})), "", "whole numbers only"),
        (first(lambda rule: rule.update(Outcome="pass")), "code_red", "Outcome"),
        (first(lambda rule: rule.update(Outcome=["stop"])), "code_red", "Outcome"),
        (first(lambda rule: rule.update(Scope="world")), "code_red", "Scope"),
        (first(lambda rule: rule.update(Kinds="health_code")), "code_red", "check kinds"),
        (first(lambda rule: rule.update(Kinds=["blood"])), "code_red", "blood"),
        (first(lambda rule: rule.update(ValidTo="2019-01-01")), "code_red", "ValidFrom after ValidTo"),
        (first(lambda rule: rule.update(ValidFrom="tomorrow")), "code_red", "ValidFrom"),
        (first(lambda rule: rule["Description"].pop()), "code_red", "Description: no en"),
        (first(lambda rule: rule["Now"].pop(0)), "code_red", "Now: no zh"),
        (described("{plate}"), "code_red", "unknown placeholder 'plate'"),
        (described("{who.__class__}"), "code_red", "unknown placeholder"),
        (described("{who!r}"), "code_red", "unknown placeholder"),
        (described("{person:>99999999}"), "code_red", "unknown placeholder"),
        (described("{0}"), "code_red", "unknown placeholder"),
        (described("{}"), "code_red", "unknown placeholder"),
        (described("{who"), "code_red", "do not close"),
        (described("{{who}}"), "code_red", "no placeholder"),
        (described("x" * 81), "code_red", "printable"),
        (described(""), "code_red", "printable"),
        (described("a\u202eb"), "code_red", "printable"),
        (described("a\nb"), "code_red", "printable"),
    ],
)
def test_a_pack_with_a_fault_is_refused_by_rule_and_fault(change: Change, rule: str, fault: str) -> None:
    with pytest.raises(RuleRefused) as raised:
        load_rules(changed(change))

    assert raised.value.facts["rule"] == rule
    assert fault in str(raised.value.facts["fault"])


@pytest.mark.parametrize(
    ("data", "fault"),
    [
        ("", "not JSON"),
        ("[]", "not an object"),
        (b"\xff\xfe\xfd", "not JSON"),
        ('{"Name": "a", "Name": "b"}', "twice"),
        ("[" * 200_000, "nested too deep"),
        (" " * (MOST_BYTES + 1), "too large"),
        ('{"Name": Infinity}', "whole numbers only"),
    ],
)
def test_what_is_no_pack_is_refused(data: str | bytes, fault: str) -> None:
    with pytest.raises(RuleRefused) as raised:
        load_rules(data)

    assert raised.value.facts == {"rule": "", "fault": raised.value.facts["fault"]}
    assert fault in str(raised.value.facts["fault"])


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(st.data())
def test_whatever_stands_in_a_field_the_pack_is_taken_or_refused(data: st.DataObject) -> None:
    pack = json.loads(TEXT)
    place = data.draw(
        st.sampled_from([pack, pack["Rules"][0], pack["MaxAge"], pack["Required"], pack["Instead"]])
    )
    place[data.draw(st.sampled_from(sorted(place)))] = data.draw(JSON)

    with suppress(RuleRefused):
        load_rules(json.dumps(pack))


def test_the_newest_version_valid_now_is_in_force() -> None:
    def add(pack: dict[str, Any]) -> None:
        base = pack["Rules"][0]
        later = {**base, "Version": "1.10.0", "ValidFrom": "2021-01-01T00:00:00Z"}
        pack["Rules"] = [base, later, {**base, "Version": "1.9.0"}]

    pack = load_rules(changed(add))
    january = 1_609_459_200_000  # 2021-01-01 00:00 UTC

    assert [rule.version for rule in in_force(pack, now=january - 1, sure=True)] == ["1.9.0"]
    assert [rule.version for rule in in_force(pack, now=january, sure=True)] == ["1.10.0"]


def test_with_an_unsure_clock_no_rule_expires() -> None:
    pack = load_rules(TEXT)

    assert in_force(pack, now=0, sure=True) == ()
    assert in_force(pack, now=0, sure=False) == pack.rules


def test_a_station_cannot_set_what_is_no_parameter_or_require_what_is_no_check() -> None:
    pack = load_rules(TEXT)

    with pytest.raises(RuleRefused):
        with_parameters(pack, {"fever": 373})
    with pytest.raises(RuleRefused):
        requiring(pack, ("blood",))
    assert requiring(pack, ("temperature",)).required_of(VehicleClass.SPECIAL) == ()


def test_each_class_may_have_a_list_of_its_own_and_an_empty_one_asks_for_nothing() -> None:
    own = requiring(load_rules(TEXT), ("temperature",), {"bus": ("identity", "temperature"), "truck": ()})
    assert own.required_of(VehicleClass.BUS) == ("identity", "temperature")
    assert own.required_of(VehicleClass.TRUCK) == ()
    assert own.required_of(VehicleClass.CAR) == ("temperature",)
    assert own.required_of(VehicleClass.SPECIAL) == ()
    assert requiring(load_rules(TEXT), (), {"special": ("pass",)}).required_of(VehicleClass.SPECIAL) == (
        "pass",
    )


@pytest.mark.parametrize("classes", [{"boat": ("temperature",)}, {"bus": ("blood",)}])
def test_a_class_or_a_check_that_is_none_is_refused(classes: dict[str, tuple[str, ...]]) -> None:
    with pytest.raises(RuleRefused):
        requiring(load_rules(TEXT), ("temperature",), classes)
