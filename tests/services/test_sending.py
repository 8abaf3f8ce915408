"""What goes out: chosen, sealed, split, read back; and what became of it."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from checkpoint_app.crypto.envelope import ExchangeKey
from checkpoint_app.domain.bundles import BundleRefused
from checkpoint_app.domain.entry import read_header
from checkpoint_app.domain.exchange import BUNDLE_MADE
from checkpoint_app.domain.facts import SEALED
from checkpoint_app.domain.peers import PeerRole
from checkpoint_app.services import choosing
from checkpoint_app.services.choosing import ShiftNotSealed
from checkpoint_app.services.delivery import State
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.sending import NobodyToSendTo, Step, Which
from checkpoint_app.storage import queries
from checkpoint_app.storage.targets import TargetFull, TargetGone, TargetUnknown
from tests.services.sending import HQ, HQ_AGE, OTHER, OTHER_AGE, Above, enrol, fill, peer, receipt, taken
from tests.storage.desks import DESK, Clock


@pytest.fixture
def stick(tmp_path: Path) -> Path:
    place = tmp_path / "stick"
    place.mkdir()
    return place


def test_everything_goes_and_headquarters_reads_it_whole(desk: Desk, stick: Path) -> None:
    enrol(desk)
    fill(desk, 30)
    plan = desk.sending.plan()
    sent = desk.sending.send(plan, str(stick), by=desk.by)
    assert sent is not None
    (file,) = sent.files
    read, entries = taken(desk, stick / file.name)
    assert [each.name for each in stick.iterdir()] == [file.name]
    assert [entry.seq for entry in entries] == list(range(1, desk.ledger.head().seq + 1))
    assert [entry.kind for entry in entries[-2:]] == [BUNDLE_MADE, SEALED]
    assert (read.manifest.sender, read.manifest.bundle) == (DESK, file.bundle)
    assert file.name.startswith(f"{DESK}_1-{entries[-1].seq}_")
    (told,) = read.manifest.announced
    assert told.seq == entries[-1].seq - 1


def test_the_plan_tells_what_would_go(desk: Desk) -> None:
    enrol(desk)
    fill(desk, 30)
    plan = desk.sending.plan()
    assert plan.count == desk.ledger.head().seq
    assert plan.size == plan.count * 280
    assert plan.fresh > 30
    assert [each.desk for each in plan.to] == [HQ]
    assert BUNDLE_MADE not in kinds(desk)


def kinds(desk: Desk) -> list[str]:
    with desk.ledger.reader() as reader:
        return [read_header(row.entry.header).kind for row in queries.entries(reader)]


def test_what_was_receipted_does_not_go_again_and_the_rest_does(desk: Desk, stick: Path) -> None:
    enrol(desk)
    fill(desk, 30)
    first = desk.sending.send(desk.sending.plan(), str(stick), by=desk.by)
    assert first is not None
    assert desk.sending.plan().count >= 30  # nobody has confirmed anything
    Above().comes_down(desk, receipt(first.files[0].held))
    quiet = desk.sending.plan()
    assert (quiet.count, quiet.fresh) == (0, 0)
    fill(desk, 3)
    again = desk.sending.send(desk.sending.plan(), str(stick), by=desk.by)
    assert again is not None
    _read, entries = taken(desk, stick / again.files[0].name)
    assert entries[0].seq == first.files[0].held[0].last + 1


def test_only_new_goes_by_what_went_out_although_nobody_confirmed_it(desk: Desk, stick: Path) -> None:
    enrol(desk)
    fill(desk, 5)
    desk.sending.send(desk.sending.plan(), str(stick), by=desk.by)
    assert desk.sending.plan(Which.NEW).fresh == 0
    fill(desk, 4)
    assert desk.sending.plan(Which.NEW).fresh == 4
    assert desk.sending.plan().fresh > 8
    assert desk.sending.plan(Which.ALL).count == desk.sending.plan().count


@pytest.mark.parametrize(("role", "fresh"), [("station", 0), ("headquarters", 1)])
def test_a_stations_own_receipts_are_no_reason_to_send_but_headquarters_are(
    desk: Desk, stick: Path, role: str, fresh: int
) -> None:
    enrol(desk)
    desk.settings = replace(desk.settings, role=role)
    desk.sending.send(desk.sending.plan(), str(stick), by=desk.by)
    desk.ledger.append([receipt([])]).result()
    assert desk.sending.plan(Which.NEW).fresh == fresh
    desk.ledger.seal("count").result()
    assert desk.sending.plan(Which.NEW).fresh == fresh


def test_a_receipt_with_another_hash_is_an_alarm_and_confirms_nothing(desk: Desk, stick: Path) -> None:
    enrol(desk)
    fill(desk, 5)
    sent = desk.sending.send(desk.sending.plan(), str(stick), by=desk.by)
    assert sent is not None
    assert desk.sending.alarms() == ()
    (held,) = sent.files[0].held
    Above().comes_down(desk, receipt([replace(held, hash="0" * 64)]))
    (alarm,) = desk.sending.alarms()
    assert (alarm.by, alarm.seq, alarm.told, alarm.ours) == (HQ, held.last, "0" * 64, held.hash)
    assert desk.sending.plan().count > 5
    assert desk.sending.unreceipted().count == held.last


def test_a_shift_is_sealed_exported_receipted(desk: Desk, stick: Path, clock: Clock) -> None:
    enrol(desk)
    fill(desk, 12)
    shift = desk.sending.states()[0].shift
    assert desk.sending.states()[0].state is State.OPEN
    with pytest.raises(ShiftNotSealed):
        desk.sending.plan(Which.SHIFT, shift=shift)
    desk.duty.close(waiting=0, by=desk.by).result()
    sealed = desk.sending.states()[0]
    assert sealed.state is State.SEALED
    assert sealed.awaited is None
    clock.pass_by(60_000)
    sent = desk.sending.send(desk.sending.plan(Which.SHIFT, shift=shift), str(stick), by=desk.by)
    assert sent is not None
    gone = desk.sending.states()[0]
    assert (gone.state, gone.exported, gone.target) == (State.EXPORTED, sent.files[0].made, str(stick))
    assert gone.awaited == gone.exported
    (awaited,) = desk.sending.unconfirmed()
    assert (awaited.first, awaited.last, awaited.at) == (gone.first, gone.last, gone.exported)
    Above().comes_down(desk, receipt(sent.files[0].held, at=clock.wall + 5))
    back = desk.sending.states()[0]
    assert (back.state, back.receipted, back.awaited) == (State.RECEIPTED, clock.wall + 5, None)
    assert desk.sending.unconfirmed() == ()
    last = desk.sending.last_receipt()
    assert last is not None
    assert last.at == clock.wall + 5
    _read, entries = taken(desk, stick / sent.files[0].name)
    assert entries[0].kind == "shift_opened"
    assert (entries[0].seq, entries[-1].seq) == (gone.first, gone.last)


def test_receipts_close_the_bundles_they_cover(desk: Desk, stick: Path) -> None:
    enrol(desk, peer(), peer(OTHER, role=PeerRole.STATION, station="试验站"))
    fill(desk, 5)
    sent = desk.sending.send(desk.sending.plan(to=(HQ,)), str(stick), by=desk.by)
    both = desk.sending.send(desk.sending.plan(to=(HQ, OTHER)), str(stick), by=desk.by)
    assert sent is not None
    assert both is not None
    assert desk.sending.close_receipted() == 0
    Above().comes_down(desk, receipt([*sent.files[0].held, *both.files[0].held]))
    assert desk.sending.close_receipted() == 1  # the other desk has not confirmed the second
    assert desk.sending.close_receipted() == 0


def test_a_large_export_is_split_at_seals(desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(choosing, "MOST", 1_000)
    enrol(desk)
    fill(desk, 2_600)
    sent = desk.sending.send(desk.sending.plan(), str(stick), by=desk.by)
    assert sent is not None
    spans = []
    for file in sent.files:
        read, entries = taken(desk, stick / file.name)
        assert len(entries) <= 1_000 or file is sent.files[-1]
        assert entries[-1].kind == SEALED
        spans.append((read.manifest.ranges[0].first, read.manifest.ranges[-1].last))
    assert len(spans) == 3
    assert all(one[1] + 1 == after[0] for one, after in pairwise(spans))
    assert spans[-1][1] == desk.ledger.head().seq


def test_nobody_but_the_recipient_can_open_it(desk: Desk, stick: Path) -> None:
    enrol(desk)
    fill(desk, 3)
    sent = desk.sending.send(desk.sending.plan(), str(stick), by=desk.by)
    assert sent is not None
    with pytest.raises(BundleRefused) as refused:
        taken(desk, stick / sent.files[0].name, age=OTHER_AGE)
    assert refused.value.facts["check"] == "recipient"


@pytest.mark.parametrize("step", [Step.PACKING, Step.WRITING, Step.READING_BACK])
def test_stopping_at_any_step_leaves_no_half_file(desk: Desk, stick: Path, step: Step) -> None:
    enrol(desk)
    fill(desk, 3)
    steps: list[Step] = []
    sent = desk.sending.send(
        desk.sending.plan(),
        str(stick),
        by=desk.by,
        progress=lambda _done, _of: step not in steps,
        step=steps.append,
    )
    assert sent is None
    assert steps[-1] is step
    assert list(stick.iterdir()) == []
    assert desk.sending.unconfirmed() == ()


def test_progress_grows_to_the_end_and_every_step_is_told_in_order(desk: Desk, stick: Path) -> None:
    enrol(desk)
    fill(desk, 3)
    told: list[int] = []
    steps: list[Step] = []

    def progress(done: int, of: int) -> bool:
        told.append(100 * done // of)
        return True

    desk.sending.send(desk.sending.plan(), str(stick), by=desk.by, progress=progress, step=steps.append)
    assert told == sorted(told)
    assert told[-1] == 100
    assert steps == [Step.PACKING, Step.WRITING, Step.READING_BACK, Step.DONE]


def test_without_a_desk_to_send_to_nothing_is_planned(desk: Desk) -> None:
    with pytest.raises(NobodyToSendTo):
        desk.sending.plan()
    enrol(desk, replace(peer(), revoked=1))
    with pytest.raises(NobodyToSendTo):
        desk.sending.plan()
    with pytest.raises(NobodyToSendTo):
        desk.sending.plan(to=("X-9",))


def test_the_desk_itself_can_open_what_it_sent(desk: Desk, stick: Path) -> None:
    enrol(desk)
    fill(desk, 3)
    sent = desk.sending.send(desk.sending.plan(), str(stick), by=desk.by)
    assert sent is not None
    (identity,) = desk.peers.identities()
    read, _entries = taken(desk, stick / sent.files[0].name, age=ExchangeKey.load(identity))
    assert read.manifest.to == (HQ_AGE.recipient, desk.peers.key().recipient)
    assert sent.files[0].to == (HQ,)


def test_a_stick_that_is_not_there_and_an_address_nobody_knows(desk: Desk, tmp_path: Path) -> None:
    enrol(desk)
    fill(desk, 3)
    with pytest.raises(TargetGone):
        desk.sending.send(desk.sending.plan(), str(tmp_path / "absent"), by=desk.by)
    with pytest.raises(TargetUnknown):
        desk.sending.send(desk.sending.plan(), "pigeon://roof", by=desk.by)
    assert BUNDLE_MADE not in kinds(desk)


def test_a_full_stick_is_noticed_before_anything_is_written(
    desk: Desk, stick: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    enrol(desk)
    fill(desk, 3)
    monkeypatch.setattr("checkpoint_app.storage.targets.Target.free", lambda _target: 1_000)
    with pytest.raises(TargetFull) as full:
        desk.sending.send(desk.sending.plan(), str(stick), by=desk.by)
    assert full.value.facts["free"] == 1_000
    assert list(stick.iterdir()) == []


def test_another_way_of_fsspec_needs_no_other_code(desk: Desk) -> None:
    import fsspec

    enrol(desk)
    fill(desk, 3)
    sent = desk.sending.send(desk.sending.plan(), "memory://bundles", by=desk.by)
    assert sent is not None
    memory = fsspec.filesystem("memory")
    assert memory.ls("/bundles", detail=False) == [f"/bundles/{sent.files[0].name}"]
    memory.rm("/bundles", recursive=True)


def test_what_is_unreceipted_is_counted_with_what_went_out(desk: Desk, stick: Path) -> None:
    enrol(desk)
    fill(desk, 5)
    sent = desk.sending.send(desk.sending.plan(), str(stick), by=desk.by)
    assert sent is not None
    whole = desk.sending.unreceipted()
    assert (whole.count, whole.exported) == (sent.files[0].count, sent.files[0].count)
    fill(desk, 4)
    desk.ledger.seal("count").result()
    more = desk.sending.unreceipted()
    assert (more.count, more.exported) == (whole.count + 5, whole.count)
    assert more.since == whole.since
