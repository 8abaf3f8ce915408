"""Every action by every role, done through the real service on a real desk: it is done if and only if the
table allows it, and what is refused leaves an entry.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from checkpoint_app.bootstrap import change_settings
from checkpoint_app.domain.amending import Changes
from checkpoint_app.domain.datasets import SetKind
from checkpoint_app.domain.errors import Refusal
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.handover import NoHandover, Side
from checkpoint_app.domain.roles import ACTION_REFUSED, ALLOWED, Action, NotAllowed, Role
from checkpoint_app.domain.words import Outcome
from checkpoint_app.services import printing, proof, reporting, retention
from checkpoint_app.services.collation import UnknownFork
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.endings import LeadNeeded
from checkpoint_app.services.exporting import Export, export
from checkpoint_app.services.officers import allow_beside
from checkpoint_app.services.rights import Rights
from tests.services import exchange_deeds
from tests.services.desks import desk_in, entries, lane_of, ready, settled
from tests.services.recorded import newest, told
from tests.services.recorded import record as recorded_at
from tests.services.sending import enrol as enrol_peer

PIN = "2580"
NUMBERS = {Role.LEAD: "01", Role.OFFICER: "02", Role.ADMIN: "03", Role.AUDITOR: "04"}
Deed = Callable[[Desk, By, Path], object]


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk with somebody of every role, each with a PIN; the lead acts."""
    with desk_in(tmp_path_factory.mktemp("desk")) as desk:
        lead = By(desk.by.shift, "01")
        for name, role in (
            ("王示范", Role.LEAD),
            ("李示范", Role.OFFICER),
            ("孙", Role.ADMIN),
            ("周", Role.AUDITOR),
        ):
            number = desk.officers.enrol(name, role=role, by=lead).number
            desk.officers.set_pin(number, PIN, by=lead)
            assert number == NUMBERS[role]
        yield desk


def recorded(desk: Desk) -> None:
    """One crossing by the lead, at a lane of its own."""
    recorded_at(desk, name="张三", lane=9)


def turned_back(desk: Desk, lane: int) -> None:
    """Whatever stands there still, also what is being written, is turned back by the lead."""
    desk.posts.clear()
    desk.ledger.keep({}).result()
    at = lane_of(desk, lane)
    if at.state.open is not None:
        at.end(Outcome.TURNED_BACK).written.result()


def record(desk: Desk, by: By, _folder: Path) -> None:
    at = lane_of(desk, 2)
    desk.posts[2] = by.officer
    try:
        at.plate("豫A12345")
        at.end(Outcome.TURNED_BACK).written.result()
    finally:
        turned_back(desk, 2)


def count(desk: Desk, by: By, _folder: Path) -> None:
    desk.posts[4] = by.officer
    try:
        lane_of(desk, 4).count(people=1).saved.result()
    finally:
        desk.posts.clear()


def release_stop(desk: Desk, by: By, _folder: Path) -> None:
    at = lane_of(desk, 3)
    ready(at, tenths=390)
    with pytest.raises(LeadNeeded):
        at.end(Outcome.RELEASED, why="lead_agreed")
    try:
        at.end(Outcome.RELEASED, lead=by).written.result()
    finally:
        settled(at)
        turned_back(desk, 3)
    assert entries(desk, "vehicle_crossed")[-1]["lead"] == by.officer


def amend(desk: Desk, by: By, _folder: Path) -> None:
    recorded(desk)
    desk.amending.amend(newest(desk), Changes(people=2), why="misread", by=by).result()


def void(desk: Desk, by: By, _folder: Path) -> None:
    recorded(desk)
    desk.amending.void(newest(desk), why="slip", by=by).result()


def unmask(desk: Desk, by: By, _folder: Path) -> None:
    recorded(desk)
    desk.viewing.view(newest(desk).action, why="compare_id", by=by).result()


def look_up(desk: Desk, by: By, _folder: Path) -> None:
    desk.register.find("张三", by=by)


def _exported(desk: Desk, by: By, folder: Path, *, masked: bool) -> None:
    recorded(desk)
    wanted = Export((newest(desk),), folder / "out.csv", "csv", masked, "" if masked else "lead_asked")
    try:
        export(wanted, viewing=desk.viewing, by=by, officers={}, progress=lambda _done: True)
    except NotAllowed:
        assert not wanted.path.exists()
        raise


def export_masked(desk: Desk, by: By, folder: Path) -> None:
    _exported(desk, by, folder, masked=True)


def export_whole(desk: Desk, by: By, folder: Path) -> None:
    _exported(desk, by, folder, masked=False)


def print_sheet(desk: Desk, by: By, folder: Path) -> None:
    recorded(desk)
    whole = told(desk, newest(desk))
    occasion = printing.Occasion("试验站", "G25-01", "王", desk.ledger.now(), 480, desk.ledger.head())
    printing.print_crossing(
        whole, occasion, folder=folder, viewing=desk.viewing, by=by, send=lambda _path: None
    )


def report(desk: Desk, by: By, folder: Path) -> None:
    reporting.print_handover(
        desk, desk.by.shift, folder / "shift.pdf", progress=lambda _done, _of: False, by=by
    )


def register(desk: Desk, by: By, _folder: Path) -> None:
    desk.register.load("姓名,证件号,电话\n李四,,13800000000\n".encode(), by=by)


def note(desk: Desk, by: By, _folder: Path) -> None:
    desk.log.note("换岗", by=by).result()


def order(desk: Desk, by: By, _folder: Path) -> None:
    desk.log.order("指挥部", "1号", "加强查验", by=by).result()


def close_matter(desk: Desk, by: By, _folder: Path) -> None:
    raised = desk.matters.raise_("查电源", by=By(desk.by.shift, "01")).result()[0]
    desk.matters.close(raised.action, "已换", by=by).result()


def store(desk: Desk, by: By, _folder: Path) -> None:
    desk.stores.declare(new_action(), unit="件", equipment=True, due=1, by=by).result()


def open_shift(desk: Desk, by: By, _folder: Path) -> None:
    for number in range(1, 10):  # what other deeds left there
        turned_back(desk, number)
    desk.duty.close(waiting=0, by=By(desk.by.shift, "01")).result()
    try:
        desk.duty.open(group="二班", lead="王示范", officers=("李示范",), zone=480, by=by).result()
    finally:
        if desk.duty.current() is None:
            lead = By("", "01")
            desk.duty.open(group="三班", lead="王示范", officers=("李示范",), zone=480, by=lead).result()
        desk.by = By("", "01")
        desk.resume_shift()


def hand_over(desk: Desk, by: By, _folder: Path) -> None:
    desk.handovers.refuse(desk.by.shift, why="不在", by=by).result()


def sign(desk: Desk, by: By, _folder: Path) -> None:
    desk.handovers.sign(desk.by.shift, Side.OUTGOING, by.officer, PIN, by=by).result()


def roster(desk: Desk, by: By, _folder: Path) -> None:
    desk.roster.set_group("三班", ("01", "02"), ("01",), by=by).result()


def enrol(desk: Desk, by: By, _folder: Path) -> None:
    desk.officers.enrol(new_action()[:8], by=by)


def reset_pin(desk: Desk, by: By, _folder: Path) -> None:
    desk.officers.set_pin("02", PIN, by=by)


def settings(desk: Desk, by: By, _folder: Path) -> None:
    before, desk.by = desk.by, by
    try:
        change_settings(desk, replace(desk.settings, overstay_hours=desk.settings.overstay_hours + 1))
    finally:
        desk.by = before


def forget(desk: Desk, by: By, _folder: Path) -> None:
    retention.forget(
        desk.ledger, before=0, days=30, by=by, action=new_action(), desk="G25-01", rights=desk.rights
    )


def clock(desk: Desk, by: By, _folder: Path) -> None:
    desk.confirm_clock(by=by).result()


def backup(desk: Desk, by: By, _folder: Path) -> None:
    with desk.ledger.reader() as reader:
        allow_beside(reader, Action.BACKUP, desk="G25-01", signed=lambda: (by.officer, PIN))


def send(desk: Desk, by: By, folder: Path) -> None:
    enrol_peer(desk)
    desk.sending.send(desk.sending.plan(), str(folder), by=by)


def verify(desk: Desk, _by: By, _folder: Path) -> None:
    assert proof.prove(desk.ledger.reader, progress=lambda _done: True).sound


def _above(desk: Desk, do: Callable[[], object]) -> None:
    """As if this desk were headquarters: its own sets count."""
    before = desk.settings
    desk.settings = replace(before, role="headquarters")
    try:
        do()
    finally:
        desk.settings = before


def direct(desk: Desk, by: By, _folder: Path) -> None:
    _above(desk, lambda: desk.directives.publish("通知", SetKind.NOTICE, "加强查验", by=by))


def adopt(desk: Desk, by: By, _folder: Path) -> None:
    lead = By(desk.by.shift, "01")

    def publish_and_adopt() -> None:
        data = desk.directives.publish("通知", SetKind.NOTICE, "加强查验", by=lead)
        desk.directives.adopt(data, by=by).result()

    _above(desk, publish_and_adopt)


DEEDS: dict[Action, tuple[Deed, ...]] = {
    Action.RECORD: (record, count),
    Action.RELEASE_STOP: (release_stop,),
    Action.AMEND: (amend,),
    Action.VOID: (void,),
    Action.UNMASK: (unmask,),
    Action.LOOK_UP: (look_up,),
    Action.EXPORT: (export_masked,),
    Action.EXPORT_WHOLE: (export_whole,),
    Action.PRINT: (print_sheet,),
    Action.REPORT: (report,),
    Action.REGISTER: (register,),
    Action.LOG: (note,),
    Action.ORDER: (order,),
    Action.CLOSE_MATTER: (close_matter,),
    Action.STORE: (store,),
    Action.OPEN_SHIFT: (open_shift,),
    Action.HAND_OVER: (hand_over,),
    Action.SIGN: (sign,),
    Action.ROSTER: (roster,),
    Action.ENROL: (enrol,),
    Action.RESET_PIN: (reset_pin,),
    Action.SETTINGS: (settings,),
    Action.FORGET: (forget,),
    Action.CLOCK: (clock,),
    Action.BACKUP: (backup,),
    Action.SEND: (send,),
    Action.VERIFY: (verify,),
    Action.TAKE_IN: (exchange_deeds.open_bundle, exchange_deeds.take_in),
    Action.ENROL_DESK: exchange_deeds.ENROL_DESK,
    Action.SETTLE_FORK: (exchange_deeds.settle_fork,),
    Action.ADOPT: (adopt,),
    Action.DIRECT: (direct,),
}
NOTHING_THERE: dict[Action, type[Refusal]] = {
    Action.HAND_OVER: NoHandover,
    Action.SIGN: NoHandover,
    Action.SETTLE_FORK: UnknownFork,
}
"""What the service says next, to whom it may be done at all, on a desk that is handing nothing over
and knows no fork."""
SILENT = frozenset({Action.BACKUP})
"""Done beside a running window, where nothing can be written."""


def test_every_action_is_tried() -> None:
    assert set(DEEDS) == set(Action)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize(
    ("action", "deed"), [(action, deed) for action, deeds in DEEDS.items() for deed in deeds]
)
def test_a_deed_is_done_if_and_only_if_the_table_allows_it(
    staffed: Desk, tmp_path: Path, action: Action, deed: Deed, role: Role
) -> None:
    staffed.by = By(staffed.by.shift, "01")
    by = By(staffed.by.shift, NUMBERS[role])
    before = entries(staffed, ACTION_REFUSED)
    if role in ALLOWED[action]:
        other = NOTHING_THERE.get(action)
        with pytest.raises(other) if other else nullcontext():
            deed(staffed, by, tmp_path)
        wanted = []
    else:
        with pytest.raises(NotAllowed) as refused:
            deed(staffed, by, tmp_path)
        assert refused.value.facts == {"action": action.value, "role": role.value}
        wanted = [] if action in SILENT else [{"action": action.value, "role": role.value}]
    staffed.ledger.keep({}).result()
    assert entries(staffed, ACTION_REFUSED)[len(before) :] == wanted


def test_an_unpermitted_unmask_shows_nothing_and_leaves_an_entry(staffed: Desk, tmp_path: Path) -> None:
    views, refusals = (len(entries(staffed, kind)) for kind in ("person_viewed", ACTION_REFUSED))
    with pytest.raises(NotAllowed):
        unmask(staffed, By(staffed.by.shift, "02"), tmp_path)
    staffed.ledger.keep({}).result()
    assert len(entries(staffed, "person_viewed")) == views
    assert len(entries(staffed, ACTION_REFUSED)) == refusals + 1


def test_with_the_check_off_the_same_unmask_passes(
    staffed: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The control: it is the check that refuses, nothing else."""
    monkeypatch.setattr(Rights, "check", lambda _self, _action, _by: None)
    unmask(staffed, By(staffed.by.shift, "02"), tmp_path)


def test_the_daily_forgetting_and_the_look_of_the_window_are_nobodys_act(staffed: Desk) -> None:
    retention.forget(
        staffed.ledger, before=0, days=30, by=By(), action=new_action(), desk="G25-01", rights=None
    )
    staffed.by = By(staffed.by.shift, "04")
    change_settings(staffed, replace(staffed.settings, theme="night"))
    with pytest.raises(NotAllowed):
        change_settings(staffed, replace(staffed.settings, theme="day", station="x"))
    assert staffed.settings.theme == "night"
