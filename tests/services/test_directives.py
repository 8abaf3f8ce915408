"""What headquarters publishes is looked at and adopted at a station, and nothing else is."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app import bootstrap
from checkpoint_app.config import resource
from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.datasets import (
    DataSet,
    Difference,
    SetDamaged,
    SetEarly,
    SetKind,
    SetOlder,
    SetOver,
    SetUnfit,
    SetUntrusted,
    cut,
    joined,
)
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import card_text
from checkpoint_app.domain.roles import NobodySignedOn
from checkpoint_app.services import directive_kinds, directives
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.directives import NotHeadquarters
from checkpoint_app.services.sending import Which
from checkpoint_app.storage import affairs, logbook
from checkpoint_app.storage import datasets as stored
from tests.services.desks import entries
from tests.services.stations import NORTH, SOUTH, Stations, sent, stations, taken

HOUR = 3_600_000


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Stations]:
    with stations(tmp_path) as found:
        yield found


def sent_down(at: Stations) -> None:
    """Headquarters' chain is carried to the northern station."""
    for path in sent(at.above, at.road, which=Which.ALL, to=(NORTH,)):
        taken(at.north, path)


def published(
    at: Stations, kind: SetKind, content: str, *, name: str = "", since: int = 0, until: int | None = None
) -> DataSet:
    data = at.above.directives.publish(
        name or kind.value,
        kind,
        content,
        since=since,
        until=until,
        number="豫防指〔2026〕12号",
        by=at.above.by,
    )
    sent_down(at)
    return data


def adopt(at: Stations, data: DataSet) -> None:
    at.north.directives.adopt(data, by=at.north.by).result()


def pack(**changes: object) -> str:
    """The shipped rules with some of their fields changed."""
    shipped = json.loads(resource("rules/default.json").read_bytes())
    return json.dumps({**shipped, **changes}, ensure_ascii=False)


def test_an_order_is_shown_before_it_stands_in_the_log_with_its_number(at: Stations) -> None:
    data = published(at, SetKind.ORDER, "今晚起逐车查验")
    assert at.north.directives.pending() == (data,)
    assert at.north.directives.difference(data) == Difference(added=("今晚起逐车查验",))
    with at.north.ledger.reader() as reader:
        assert logbook.orders_in_force(reader, NORTH, at.north.ledger.now()) == ()
    adopt(at, data)
    with at.north.ledger.reader() as reader:
        (order,) = logbook.orders_in_force(reader, NORTH, at.north.ledger.now())
    assert (order.text, order.number, order.sender) == (
        "今晚起逐车查验",
        "豫防指〔2026〕12号",
        at.above.settings.station,
    )
    (entry,) = entries(at.north, "data_adopted")
    assert (entry["set"], entry["version"], entry["publisher"]) == (data.action, 1, "HQ-1")
    assert at.north.directives.pending() == ()


def test_settings_change_item_by_item_and_stand_in_the_ledger(at: Stations) -> None:
    data = published(at, SetKind.SETTINGS, '{"overstay_hours": 12, "retention_days": 30}')
    before = at.north.settings
    assert at.north.directives.difference(data).changed == (
        ("overstay_hours", str(before.overstay_hours), "12"),
        ("retention_days", str(before.retention_days), "30"),
    )
    adopt(at, data)
    assert (at.north.settings.overstay_hours, at.north.settings.retention_days) == (12, 30)
    assert entries(at.north, "setting_changed")[-1]["settings"] == {
        "overstay_hours": 12,
        "retention_days": 30,
    }
    assert not at.north.directives.difference(data)


@pytest.mark.parametrize(
    "content",
    [
        '{"desk": "X-1"}',
        '{"role": "headquarters"}',
        '{"key_place": "open_file"}',
        '{"sheet_proved": true}',
        '{"lanes": [{"number": 1, "camera": "rtsp://u:p@10.0.0.1/"}]}',
        '{"exchange_folder": "sftp://user:secret@elsewhere/"}',
        '{"station": "别处"}',
        '{"theme": "night"}',
        '{"password": "x"}',
        '{"overstay_hours": 0}',
        '{"overstay_hours": "12"}',
        "{}",
        "[]",
        "no json",
    ],
)
def test_what_no_station_may_be_sent_is_refused_at_both_ends(
    at: Stations, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = at.north.settings
    with pytest.raises(SetUnfit):
        at.above.directives.publish("x", SetKind.SETTINGS, content, by=at.above.by)
    assert entries(at.above, "data_part") == []
    with monkeypatch.context() as careless:
        careless.setattr(directive_kinds, "check", lambda *_args, **_named: None)
        data = published(at, SetKind.SETTINGS, content)
    with pytest.raises(SetUnfit):
        adopt(at, data)
    assert at.north.settings == before
    assert entries(at.north, "data_adopted") == []


def test_adopted_rules_are_in_use_at_once_and_at_the_next_start_until_their_time_is_over(
    at: Stations,
) -> None:
    until = at.north.ledger.now() + 2 * HOUR
    first = published(at, SetKind.RULES, pack(Version="41"))
    adopt(at, first)
    second = published(at, SetKind.RULES, pack(Version="42"), until=until)
    assert ("default", "41", "42") in at.north.directives.difference(second).changed
    adopt(at, second)
    assert at.north.rules.version == "42"
    at.north.rules = bootstrap.default_rules(at.north.settings)
    assert bootstrap.rules_in_use(at.north, at.north.settings).version == "42"
    at.clock.pass_by(3 * HOUR)
    assert bootstrap.rules_in_use(at.north, at.north.settings).version == "41"


def test_rules_that_cannot_be_read_any_more_give_way_to_the_ones_before(
    at: Stations, monkeypatch: pytest.MonkeyPatch
) -> None:
    for version in ("41", "42"):
        adopt(at, published(at, SetKind.RULES, pack(Version=version)))
    data = at.north.directives.adopted()[0].data
    for text, version in (("damaged", "41"), ("", "41")):
        at.north.ledger.transact(
            lambda writer, text=text: stored.keep_rules(writer, data, text, now=0)  # type: ignore[misc]
        ).result()
        assert bootstrap.rules_in_use(at.north, at.north.settings).version == version
    monkeypatch.setattr(stored, "kept_rules", lambda _reader: {})
    assert bootstrap.rules_in_use(at.north, at.north.settings) == bootstrap.default_rules(at.north.settings)


def test_rules_wait_for_their_time_and_what_takes_effect_at_once_does_not_come_early(at: Stations) -> None:
    since = at.north.ledger.now() + HOUR
    rules = published(at, SetKind.RULES, pack(Version="43"), since=since)
    adopt(at, rules)
    assert at.north.rules.version != "43"
    order = published(at, SetKind.ORDER, "明早起", since=since)
    with pytest.raises(SetEarly):
        adopt(at, order)
    assert at.north.directives.pending() == (order,)
    at.clock.pass_by(2 * HOUR)
    assert bootstrap.rules_in_use(at.north, at.north.settings).version == "43"
    adopt(at, order)


def test_an_older_version_is_refused_and_so_is_the_same_one_again(at: Stations) -> None:
    first = published(at, SetKind.ORDER, "一")
    second = published(at, SetKind.ORDER, "二")
    assert (first.version, second.version) == (1, 2)
    assert at.north.directives.pending() == (second,)
    adopt(at, second)
    for data in (first, second):
        with pytest.raises(SetOlder) as refused:
            adopt(at, data)
        assert refused.value.facts["adopted"] == 2
    assert len(entries(at.north, "order_received")) == 1


def test_what_is_over_is_refused(at: Stations) -> None:
    data = published(at, SetKind.NOTICE, "今天", until=at.north.ledger.now() + HOUR)
    at.clock.pass_by(2 * HOUR)
    assert at.north.directives.pending() == ()
    with pytest.raises(SetOver):
        adopt(at, data)


def test_what_a_revoked_headquarters_sent_is_refused_and_its_numbers_bind_nobody(at: Stations) -> None:
    adopt(at, published(at, SetKind.ORDER, "一"))
    data = published(at, SetKind.ORDER, "二")
    at.north.peers.revoke("HQ-1", why="电脑被盗", by=at.north.by)
    assert at.north.directives.published() == at.north.directives.pending() == ()
    with pytest.raises(SetUntrusted):
        adopt(at, data)


def test_a_station_publishes_nothing_and_nobody_looks_for_it(at: Stations) -> None:
    with pytest.raises(NotHeadquarters):
        at.south.directives.publish("x", SetKind.ORDER, "假命令", by=at.south.by)
    at.south.settings = replace(at.south.settings, role="headquarters")
    forged = at.south.directives.publish("x", SetKind.ORDER, "假命令", by=at.south.by)
    card = at.south.peers.card()
    card = replace(card, role=type(card.role)("station"))
    at.north.peers.enrol(card, card.fingerprint, by=at.north.by)
    own = at.north.peers.card()
    at.south.peers.enrol(own, own.fingerprint, by=at.south.by)
    for path in sent(at.south, at.road, which=Which.ALL, to=(NORTH,)):
        taken(at.north, path)
    with at.north.ledger.reader() as reader:
        assert stored.published(reader, (SOUTH,)) == (forged,)
    assert at.north.directives.published() == ()
    with pytest.raises(SetUntrusted):
        adopt(at, forged)


def test_a_set_that_claims_what_was_not_published_is_refused(at: Stations) -> None:
    data = published(at, SetKind.ORDER, "一")
    with pytest.raises(SetDamaged):
        adopt(at, replace(data, version=7))


def test_lists_stay_closed_and_tell_their_age(at: Stations) -> None:
    adopt(at, published(at, SetKind.WATCH_LIST, "张三,11010519491231002X\n", name="关注"))
    at.clock.pass_by(2 * HOUR)
    (kept,) = at.north.directives.lists()
    assert (kept.data.name, kept.data.version, kept.over) == ("关注", 1, False)
    assert kept.age >= 2 * HOUR
    second = published(at, SetKind.WATCH_LIST, "李四\n", name="关注")
    changed = at.north.directives.difference(second).changed
    assert [row[0] for row in changed] == ["version", "size"]
    assert "李四" not in str(changed)


def test_a_list_names_people_in_personal_parts_only(at: Stations) -> None:
    at.above.directives.publish("关注", SetKind.WATCH_LIST, "张三,11010519491231002X", by=at.above.by)
    assert "张三" not in str(entries(at.above, "data_part", "data_published"))
    at.above.directives.publish("参数", SetKind.SETTINGS, '{"overstay_hours": 12}', by=at.above.by)
    assert "overstay_hours" in str(entries(at.above, "data_part"))


def test_a_new_version_ends_the_one_before(at: Stations) -> None:
    first = published(at, SetKind.WATCH_LIST, "张三")
    published(at, SetKind.WATCH_LIST, "李四")
    assert [each["about"] for each in entries(at.above, "data_ended")] == [first.action]


def test_desks_are_enrolled_and_revoked_and_no_headquarters_among_them(at: Stations) -> None:
    south, above = at.south.peers.card(), at.above.peers.card()
    with pytest.raises(SetUnfit):
        published(at, SetKind.DESKS, json.dumps({"cards": [card_text(above)]}))
    data = published(at, SetKind.DESKS, json.dumps({"cards": [card_text(south)]}))
    assert at.north.directives.difference(data).added == (f"{SOUTH} {south.station}",)
    adopt(at, data)
    assert at.north.peers.find(SOUTH).revoked is None
    key = at.north.peers.find(SOUTH).key
    gone = published(at, SetKind.DESKS, json.dumps({"revoked": [{"desk": SOUTH, "key": key}]}))
    assert at.north.directives.difference(gone).gone == (SOUTH,)
    adopt(at, gone)
    assert at.north.peers.find(SOUTH).revoked is not None
    again = published(at, SetKind.DESKS, json.dumps({"cards": [card_text(south)]}))
    assert not at.north.directives.difference(again)


def test_a_headquarters_is_never_revoked_from_above(at: Stations) -> None:
    key = at.north.peers.find("HQ-1").key
    data = published(at, SetKind.DESKS, json.dumps({"revoked": [{"desk": "HQ-1", "key": key}]}))
    adopt(at, data)
    assert at.north.peers.find("HQ-1").revoked is None


def test_a_content_in_many_parts_comes_together_whatever_their_order(at: Stations) -> None:
    content = "".join(f"{number:07},张三\n" for number in range(40_000))
    data = at.above.directives.publish("长", SetKind.DENY_LIST, content, by=at.above.by)
    assert data.parts == len(cut(content)) > PARTS
    assert at.above.directives.content(data) == content
    with at.above.ledger.reader() as reader:
        parts = affairs.told(reader, Family.DATA_PART, (data.action,), desk="HQ-1")
    assert joined(data, parts[::-1]) == content
    with pytest.raises(SetDamaged):
        joined(data, parts[1:])
    with pytest.raises(SetDamaged):
        joined(replace(data, digest="0" * 64), parts)


PARTS = directives.PARTS_AT_ONCE


@pytest.mark.parametrize(
    ("protection", "broken"),
    [
        ("SetOlder", lambda data: data),
        ("SetUntrusted", lambda data: replace(data, publisher=SOUTH)),
    ],
)
def test_with_the_checks_off_the_same_set_is_adopted(
    at: Stations,
    monkeypatch: pytest.MonkeyPatch,
    protection: str,
    broken: Callable[[DataSet], DataSet],
) -> None:
    """The control: it is the check that refuses, nothing else."""
    data = published(at, SetKind.ORDER, "一")
    adopt(at, data)
    monkeypatch.setattr(directives.Directives, "_may_adopt", lambda _self, _data: "")
    monkeypatch.setattr(stored, "content", lambda _reader, _data: "一")
    adopt(at, broken(data))
    assert len(entries(at.north, "order_received")) == 2, protection


def test_who_may_not_adopt_changes_nothing(at: Stations) -> None:
    data = published(at, SetKind.SETTINGS, '{"overstay_hours": 12}')
    north: Desk = at.north
    north.begin_with("王示范", "2580")
    before = north.settings
    with pytest.raises(NobodySignedOn):
        north.directives.adopt(data, by=By("", ""))
    assert north.settings == before
