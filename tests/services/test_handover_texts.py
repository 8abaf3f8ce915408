"""The words beside the lines of a handover that was sealed: on screen and on paper, until forgotten."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pypdf
import pytest

from checkpoint_app.domain.affairs import Family
from checkpoint_app.domain.handover import Handover, Line, State
from checkpoint_app.domain.handover_texts import with_texts
from checkpoint_app.i18n import _
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.reporting import print_handover
from checkpoint_app.storage import handovers, logbook
from checkpoint_app.storage.handovers import officers_of
from tests.services.handing import answer, answer_all, begin, close, sign_both

TITLE, OWNER, STEP = "修三号灯", "养护队", "已报修"


def busy(desk: Desk) -> str:
    """A shift that wrote something of every kind; the matter's id."""
    raised = desk.matters.raise_(TITLE, owner=OWNER, by=desk.by).result()[0].action
    desk.matters.work(raised, STEP, by=desk.by).result()
    desk.log.order("县指挥部", "12", "查验后备箱", by=desk.by).result()
    desk.log.incident("illness", "司机头晕", by=desk.by).result()
    desk.log.visit("督导组", agency="市卫健委", text="看了台账", by=desk.by).result()
    desk.stores.declare("帐篷", unit="顶", equipment=True, due=2, count=2, by=desk.by).result()
    return raised


def signed(desk: Desk) -> tuple[str, Handover]:
    """The shift, and its handover as both signed it."""
    shift = begin(desk)
    found = answer_all(desk, shift)
    sign_both(desk, shift)
    return shift, found


def words(found: Handover) -> dict[str, object]:
    return {line.key: dict(line.everything) for line in found.lines}


def line_of(found: Handover, about: str) -> Line:
    return next(line for line in found.lines if line.about == about)


def lines_on_paper(desk: Desk, shift: str, path: Path) -> str:
    """Text of the sheet's table of lines, without any space."""
    made = print_handover(desk, shift, path, progress=lambda _done, _of: True, by=desk.by)
    assert made is not None
    pages = "".join(page.extract_text() for page in pypdf.PdfReader(made).pages)
    heading = _("Lines of the handover and their answers")
    (_before, table) = "".join(pages.split()).split("".join(heading.split()))
    return table.split("".join(_("Incidents").split()))[0]


def test_a_sealed_handover_reads_as_it_was_signed(desk: Desk) -> None:
    busy(desk)
    shift, before = signed(desk)
    after = close(desk, shift)
    assert after.state is State.SEALED
    assert words(after) == words(before)
    assert line_of(after, "matter").texts["title"] == TITLE
    assert line_of(after, "order").texts["text"] == "查验后备箱"


def test_what_was_written_later_is_no_part_of_what_was_signed(desk: Desk) -> None:
    raised = busy(desk)
    shift, before = signed(desk)
    close(desk, shift)
    desk.matters.work(raised, "灯来了", owner="钱示范", by=desk.by).result()
    desk.matters.close(raised, "换好了", by=desk.by).result()
    assert words(desk.handovers.standing(shift)) == words(before)


def test_a_matter_queried_at_closing_shows_what_was_signed(desk: Desk) -> None:
    raised = busy(desk)
    shift = begin(desk)
    answer(desk, shift, f"matter:{raised}", query="谁去修")
    before = answer_all(desk, shift)
    sign_both(desk, shift)
    assert words(close(desk, shift)) == words(before)


WORDS = (TITLE, OWNER, "查验后备箱", "司机头晕", "督导组")


def test_a_sheet_printed_after_sealing_says_what_its_lines_are_about(desk: Desk, tmp_path: Path) -> None:
    busy(desk)
    shift, _found = signed(desk)
    close(desk, shift)
    for name in ("first.pdf", "reprint.pdf"):
        table = lines_on_paper(desk, shift, tmp_path / name)
        assert not [word for word in WORDS if word not in table]


def test_without_the_log_the_lines_of_a_sealed_sheet_would_be_bare(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    busy(desk)
    shift, _found = signed(desk)
    close(desk, shift)
    monkeypatch.setattr(handovers, "with_texts", lambda line, _told: line)
    bare = lines_on_paper(desk, shift, tmp_path / "bare.pdf")
    assert not [word for word in WORDS if word in bare]


def test_what_is_forgotten_stands_on_no_line_again(desk: Desk) -> None:
    raised = busy(desk)
    shift, before = signed(desk)
    close(desk, shift)
    with desk.ledger.reader() as reader:
        told = logbook.one(reader, Family.MATTER, raised, desk=desk.settings.desk)
    line = replace(line_of(before, "matter"), texts={})
    assert with_texts(line, told).texts["title"] == TITLE
    bare = with_texts(line, [replace(each, personal={}, forgotten=True) for each in told])
    assert not bare.texts["title"]
    assert not [word for word in (TITLE, OWNER, STEP) if word in str(bare)]


def test_who_wrote_an_order_down_has_read_it(desk: Desk) -> None:
    written = desk.log.order("区指挥部", "12", "货车只走 2 车道", by=desk.by).result()
    shift = begin(desk)
    key = f"order:{written[0].action}"
    order = next(line for line in desk.handovers.standing(shift).lines if line.key == key)
    with desk.ledger.reader() as reader:
        serving = len(officers_of(reader, shift))
    assert (order.facts["read"], order.facts["unread"]) == (0, serving - 1)
