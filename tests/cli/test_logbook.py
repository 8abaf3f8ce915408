"""`log`, `matters` and `stores`: what the window writes can be written and read by command."""

from __future__ import annotations

import pytest

from checkpoint_app.cli import parser_duty
from checkpoint_app.domain import incidents, stores
from tests.cli.desks import Post


def ids(post: Post, *words: str) -> str:
    answer = post.ask("--json", *words)
    assert answer.status == 0, answer.err
    return str(answer.records[0]["id"])


def test_a_shift_written_down_by_command(post: Post) -> None:
    post.ask("shift", "open", "--group", "三班", "--lead", "王示范", "--officer", "李示范")
    ids(post, "log", "note", "对讲机 2 号电量低")
    order = ids(post, "log", "order", "区指挥部", "货车只走 2 车道", "--number", "12号", "--until", "+90")
    happened = ids(post, "log", "incident", "forced", "白色面包车冲卡")
    ids(post, "log", "visit", "李督导", "--agency", "区防指", "--finding", "灭火器过期 / 03 / +60")
    ids(post, "log", "read", order[:8])
    ids(post, "log", "report", happened[:8], "区公安分局")
    ids(post, "log", "answer", happened[:8], "已派车")
    ids(post, "log", "close", happened[:8], "已截停")
    ids(post, "log", "end", order[:8])
    told = {each["kind"]: each for each in post.ask("--json", "log", "list").records}
    assert set(told) == {"note", "order", "incident", "visit"}
    assert (told["order"]["state"], told["incident"]["state"]) == ("ended", "closed")
    assert told["incident"]["result"] == "已截停"
    assert len(told["order"]["read"]) == 1
    lines = post.ask("log", "list").out
    assert "货车只走 2 车道" in lines
    assert happened[:8] in lines
    assert "已截停" not in lines
    assert told["visit"]["visitor"] == "李*"
    assert "李督导" not in lines


def test_who_and_what_had_to_do_with_an_incident_is_written_down(post: Post) -> None:
    happened = ids(post, "log", "incident", "illness", "发热")
    crossing = post.ask("--json", "list", "crossings").records[0]
    ids(post, "log", "link", happened[:8], str(crossing["seq"]))
    words = ("--people", "2", "--from", "豫A12345", "--to", "120 急救", "--by", "王示范")
    ids(post, "log", "transfer", happened[:8], *words)
    (told,) = post.ask("--json", "log", "list").records
    assert len(told["linked"]) == 1
    (moved,) = told["transfers"]
    assert (moved["people"], moved["from"], moved["to"], moved["authorised"]) == (
        2,
        "豫A12345",
        "120 急救",
        "王示范",
    )
    assert post.ask("log", "link", happened[:8], "9999").status == 1
    assert post.ask("log", "transfer", happened[:8], *words[:-2]).status == 2


def test_an_article_is_changed_and_what_is_not_named_stays(post: Post) -> None:
    article = ids(post, "stores", "declare", "口罩", "--unit", "盒", "--low", "20", "--count", "50")
    ids(post, "stores", "change", article[:8], "--name", "N95 口罩")
    ids(post, "stores", "change", article[:8], "--low", "60")
    (told,) = post.ask("--json", "stores", "list").records
    assert (told["id"], told["name"], told["unit"], told["low"], told["balance"]) == (
        article,
        "N95 口罩",
        "盒",
        60,
        50,
    )
    ids(post, "stores", "change", article[:8], "--due", "4")
    (told,) = post.ask("--json", "stores", "list").records
    assert (told["equipment"], told["due"], told["low"], told["unit"]) == (True, 4, 0, "盒")


def test_an_article_is_declared_once_and_old_doubles_are_told_apart_by_id(post: Post) -> None:
    first = ids(post, "stores", "declare", "口罩", "--low", "20")
    again = post.ask("stores", "declare", "口罩", "--low", "200")
    assert (again.status, first[:8] in again.err) == (1, True)
    with post.opened() as desk:  # as it was possible before
        double = stores.declared("口罩", by=desk.by, at=desk.ledger.now(), action="ab" * 16)
        desk.ledger.append([double]).result()
    unclear = post.ask("stores", "in", "口罩", "5")
    assert (unclear.status, first[:8] in unclear.err, "abababab" in unclear.err) == (1, True, True)
    ids(post, "stores", "in", "abababab", "5")


def test_matters_stay_until_they_are_closed(post: Post) -> None:
    matter = ids(post, "matters", "raise", "灭火器过期", "--owner", "03", "--due", "+60")
    ids(post, "matters", "work", matter[:8], "已联系消防", "--owner", "张三")
    (told,) = post.ask("--json", "matters", "list").records
    assert (told["title"], told["owner"], told["steps"][-1]["text"]) == ("灭火器过期", "张*", "已联系消防")
    assert "灭火器过期" in post.ask("matters", "list").out
    ids(post, "matters", "close", matter[:8], "已换新")
    assert post.ask("--json", "matters", "list").records == []
    assert post.ask("--json", "matters", "list", "--closed").records[0]["result"] == "已换新"
    ids(post, "matters", "reopen", matter[:8], "又坏了")
    assert len(post.ask("--json", "matters", "list").records) == 1


def test_stores_by_command(post: Post) -> None:
    ids(post, "stores", "declare", "N95 口罩", "--unit", "盒", "--low", "20", "--count", "50")
    ids(post, "stores", "declare", "对讲机", "--due", "4", "--count", "4")
    ids(post, "stores", "out", "N95 口罩", "35", "--whom", "二班")
    ids(post, "stores", "in", "N95 口罩", "1")
    ids(post, "stores", "count", "对讲机", "3", "--condition", "worn")
    told = {each["name"]: each for each in post.ask("--json", "stores", "list").records}
    assert (told["N95 口罩"]["balance"], told["N95 口罩"]["short"]) == (16, True)
    assert (told["对讲机"]["balance"], told["对讲机"]["condition"]) == (3, "worn")
    assert "N95 口罩" in post.ask("stores", "list").out
    ids(post, "stores", "drop", "对讲机")
    assert len(post.ask("--json", "stores", "list").records) == 1


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("matters", "close", "0000", "a"), "0000"),
        (("matters", "raise", "a", "--due", "bald"), "bald"),
        (("log", "note", " "), ""),
        (("stores", "out", "N95", "1"), "N95"),
    ],
)
def test_what_cannot_be_done_is_said_and_changes_nothing(
    post: Post, words: tuple[str, ...], said: str
) -> None:
    before = len(post.ask("--json", "list", "entries").records)
    answer = post.ask(*words)
    assert answer.status == 1
    assert said in answer.err
    kinds = [each["kind"] for each in post.ask("--json", "list", "entries").records[before:]]
    assert not {"matter_raised", "noted", "item_moved"} & set(kinds)


def test_the_parser_knows_every_kind_of_incident() -> None:
    assert parser_duty.INCIDENTS == incidents.KINDS
