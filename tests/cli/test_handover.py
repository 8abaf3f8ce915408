"""`shift handover`: a whole handover by commands, each in its own process's place."""

from __future__ import annotations

from pathlib import Path

import pytest

from checkpoint_app.domain.roles import Role
from checkpoint_app.storage import queries
from tests.cli.desks import Post
from tests.pins import cheap_pins

__all__ = ["cheap_pins"]

NEXT = ("--group", "四班", "--lead", "赵示范", "--officer", "钱示范")


@pytest.fixture
def shift(post: Post) -> str:
    opened = post.ask("--json", "shift", "open", "--group", "三班", "--lead", "王示范", "--officer", "李示范")
    return str(opened.records[0]["shift"])


def handover(post: Post, *words: str, status: int = 0) -> list[dict[str, object]]:
    answer = post.ask("--json", "shift", "handover", *words)
    assert answer.status == status, answer.err
    return answer.records


def leads(post: Post) -> list[str]:
    """Numbers of 王示范 and 赵示范, as the roll-calls gave them."""
    with post.opened() as desk, desk.ledger.reader() as reader:
        names = queries.officer_numbers(reader)
    return [names["王示范"], names["赵示范"]]


def test_a_draft_is_shown_before_anything_is_begun(post: Post, shift: str) -> None:
    *lines, summary = handover(post)
    assert (summary["shift"], summary["state"]) == (shift, "open")
    assert [line["key"] for line in lines][:2] == ["totals", "outcomes"]
    assert "Vehicles / people in all" in post.ask("shift", "handover").out


def test_a_shift_is_handed_over_answered_signed_closed_and_proved(post: Post, shift: str) -> None:
    with post.opened() as desk:
        desk.matters.raise_("测温枪偏高", by=desk.by).result()
    *_lines, begun = handover(post, "--begin", *NEXT)
    assert (begun["state"], begun["missing"]) == ("closing", ["unanswered", "outgoing", "incoming"])
    assert handover(post, "--begin", *NEXT, status=1)[0]["error"] == "HandoverUnderWay"
    outgoing, incoming = leads(post)
    assert handover(post, "--sign", "incoming", incoming, status=1)[0]["error"] == "LinesUnanswered"
    *lines, answered = handover(post, "--query", "totals=与 2 道不符", "--accept-all")
    assert (lines[0]["answer"], lines[0]["note"], lines[1]["answer"]) == (
        "queried",
        "与 2 道不符",
        "accepted",
    )
    assert answered["missing"] == ["outgoing", "incoming"]
    *_lines, ended = handover(post, "--sign", "outgoing", outgoing, "--sign", "incoming", incoming, "--close")
    assert (ended["state"], ended["missing"]) == ("sealed", [])
    with post.opened() as desk:
        assert [each.title for each in desk.matters.open()] == ["测温枪偏高", "与 2 道不符"]
    codes = post.ask("--json", "shift", "seal", "--shift", shift).records[0]
    heads = [word for text in (*codes["codes"], codes["head"]) for word in ("--head", text)]
    proved = post.ask("--json", "verify", *heads)
    assert proved.status == 0
    assert proved.records[0]["sheets"] == [
        {"shift": shift, "unchanged": True, "entry": None, "interval": None, "known": True}
    ]
    assert (proved.records[0]["handovers"], proved.records[0]["by_name"]) == (1, 2)
    told = post.ask("verify", *heads).out
    assert f"sheet of {shift}: unchanged since it was printed" in told
    assert handover(post, "--shift", shift)[-1]["digest"] == ended["digest"]


def test_signing_asks_for_the_pin_where_there_are_pins(
    post: Post, shift: str, monkeypatch: pytest.MonkeyPatch, cheap_pins: None
) -> None:
    with post.opened() as desk:
        for name in ("王示范", "赵示范"):
            number = desk.officers.enrol(name, role=Role.LEAD, by=desk.by).number
            if not desk.officers.protected:
                desk.officers.set_pin(number, "2580", by=desk.by)
                desk.sign_on(number, "2580", lane=None)
            else:
                desk.officers.set_pin(number, "2580", by=desk.by)
    outgoing, incoming = leads(post)
    assert handover(post, "--begin", *NEXT, status=1)[0]["error"] == "NobodySignedOn"
    monkeypatch.setenv("CHECKPOINT_PIN", "2580")
    acting = ("--as", outgoing)
    nobody = ("--begin", "--group", "四班", "--lead", "没有人", "--officer", "李示范")
    refused = post.ask("--json", *acting, "shift", "handover", *nobody)
    assert (refused.status, refused.records[0]["error"]) == (1, "LeadUnfit")
    assert post.ask(*acting, "shift", "handover", "--begin", *NEXT).status == 0
    refused = post.ask("--json", *acting, "shift", "handover", "--accept-all")
    assert refused.records[0]["error"] == "NotTheNextShift"
    assert post.ask("--as", incoming, "shift", "handover", "--accept-all").status == 0
    monkeypatch.setenv("CHECKPOINT_PIN", "1357")
    assert post.ask(*acting, "shift", "handover", "--sign", "outgoing", outgoing).status == 1
    monkeypatch.setenv("CHECKPOINT_PIN", "2580")
    signs = ("--sign", "outgoing", outgoing, "--sign", "incoming", incoming)
    answer = post.ask("--json", *acting, "shift", "handover", *signs, "--close")
    assert answer.records[-1]["state"] == "sealed", answer.err
    assert post.ask("--json", "verify").records[0]["signatures"] == 2


def test_a_side_that_is_away_a_refusal_and_an_end_alone(post: Post, shift: str) -> None:
    *_lines, refused = handover(post, "--begin", *NEXT, "--refuse", "--why", "物资不符")
    assert (refused["state"], refused["refused"]) == ("open", "物资不符")
    handover(post, "--begin", *NEXT)
    outgoing, _incoming = leads(post)
    *_lines, ended = handover(
        post, "--absent", "incoming", "--why", "途中受阻", "--sign", "outgoing", outgoing, "--close"
    )
    assert (ended["state"], ended["signed"]) == ("sealed", [{"side": "outgoing", "officer": outgoing}])
    assert handover(post, "--alone", status=1)[0]["error"] == "NoteNeeded"
    *_lines, alone = handover(post, "--alone", "--why", "撤站")
    assert alone["state"] == "sealed"
    assert handover(post, "--close", status=1)[0]["error"] == "NoHandover"
    assert post.ask("shift", "handover").status == 1


@pytest.mark.parametrize(
    ("words", "error"),
    [
        (("--query", "totals"), "AnswerUnreadable"),
        (("--count", "totals=many"), "AnswerUnreadable"),
        (("--accept", "nothing:1"), "LineUnknown"),
        (("--accept", "o"), "LineUnknown"),
    ],
)
def test_what_is_not_understood_is_refused(
    post: Post, shift: str, words: tuple[str, ...], error: str
) -> None:
    handover(post, "--begin", *NEXT)
    assert handover(post, *words, status=1)[0]["error"] == error


def test_articles_are_counted_line_by_line(post: Post, shift: str) -> None:
    with post.opened() as desk:
        desk.stores.declare("对讲机", unit="部", equipment=True, due=4, by=desk.by).result()
    *lines, _summary = handover(post, "--begin", *NEXT)
    key = next(str(line["key"]) for line in lines if str(line["key"]).startswith("item:"))
    *lines, _summary = handover(post, "--count", f"{key[:9]}=3")
    assert [(line["answer"], line["counted"]) for line in lines if line["key"] == key] == [("accepted", 3)]


def test_a_sheet_with_a_part_missing_is_no_proof(post: Post, shift: str, tmp_path: Path) -> None:
    post.ask("shift", "close")
    (code,) = post.ask("--json", "shift", "seal", "--shift", shift).records[0]["codes"]
    wrong = code[:-1] + ("A" if code[-1] != "A" else "B")
    answer = post.ask("--json", "verify", "--head", wrong)
    assert (answer.status, answer.records[0]["error"]) == (1, "ProofUnreadable")


def test_the_ledger_is_sealed_when_asked(post: Post, shift: str) -> None:
    sealed = post.ask("--json", "shift", "seal").records[0]["head"]
    assert post.ask("verify", "--head", sealed).status == 0
    assert post.ask("shift", "seal", "--shift", "none").status == 1


def test_what_was_counted_is_told(post: Post, shift: str) -> None:
    with post.opened() as desk:
        desk.stores.declare("测温枪", equipment=True, due=4, count=4, by=desk.by).result()
    lines = handover(post, "--begin", *NEXT)
    item = next(str(line["key"]) for line in lines if str(line.get("key", "")).startswith("item:"))
    told = post.ask("shift", "handover", "--count", f"{item}=3").out
    assert "accepted, counted 3" in told
    assert (
        "queried: 少一把, counted 3"
        in post.ask("shift", "handover", "--count", f"{item}=3", "--query", f"{item}=少一把").out
    )
