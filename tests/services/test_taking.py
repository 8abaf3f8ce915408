"""Taking bundles in: what is refused changes nothing but says why; what is sound is shown, then taken."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from checkpoint_app import i18n
from checkpoint_app.domain.bundles import BundleRefused
from checkpoint_app.domain.errors import CheckpointError
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.peers import Card, PeerRole
from checkpoint_app.services import taking
from checkpoint_app.services.desk import Desk
from checkpoint_app.services.taking import shown_name
from checkpoint_app.storage import bundle_read, queries
from checkpoint_app.storage.arrivals import Arrived
from checkpoint_app.storage.refusals import Refused
from checkpoint_app.storage.secrets import first_exchange_key
from checkpoint_app.storage.sources import BundleUnread
from checkpoint_app.ui.messages import words_for
from tests.domain.chains import KEY
from tests.services.desks import entries
from tests.services.recorded import record
from tests.services.stations import ABOVE, NORTH, Stations, know, offered, sent, station, stations, taken
from tests.storage.bundles import EXCHANGE, STATION
from tests.storage.desks import Clock
from tests.storage.frames import signed
from tests.storage.hostile import FRAME, GOOD, HOSTILE

UNTOUCHED = (
    *("chain_number", "span", "announced", "withheld", "arrival", "fork", "peer", "desk_key"),
    *("hourly", "mark", "affair", "thread", "revision", "duty"),
)
STRANGER = Card(STATION, PeerRole.STATION, "南站", KEY.public.hex(), EXCHANGE.recipient)


@pytest.fixture(scope="module")
def above(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """Headquarters, with the key that invented bundles are for, and the desk they are of."""
    with station(tmp_path_factory.mktemp("hq"), ABOVE, clock=Clock(), role="headquarters") as desk:
        desk.ledger.transact(lambda to: first_exchange_key(to, EXCHANGE.identity, now=1)).result()
        desk.peers.admit(STRANGER, by=desk.by)
        yield desk


@pytest.fixture
def at(tmp_path: Path) -> Iterator[Stations]:
    with stations(tmp_path) as made:
        yield made


def contents(desk: Desk) -> tuple[list[object], ...]:
    """Everything that a bundle could change, and how many entries are not our own."""
    with desk.ledger.unveiled() as reader:
        tables = tuple(reader.execute(f"SELECT * FROM {name}").fetchall() for name in UNTOUCHED)
        return (*tables, reader.execute("SELECT id FROM entry WHERE desk <> ?", (ABOVE,)).fetchall())


def staged(desk: Desk) -> list[Path]:
    return list((desk.folder / "staging").glob("*"))


def refused(desk: Desk, path: Path | str) -> BundleRefused:
    with pytest.raises(BundleRefused) as caught:
        desk.taking.open(path, by=desk.by)
    return caught.value


def rows(desk: Desk) -> list[Refused]:
    return [each for each in desk.taking.recent(1_000) if isinstance(each, Refused)]


@pytest.mark.parametrize("name", HOSTILE)
def test_a_refused_bundle_changes_no_row_and_is_on_paper_once(above: Desk, tmp_path: Path, name: str) -> None:
    check, make = HOSTILE[name]
    (tmp_path / "x.cpb").write_bytes(make())
    before, told = contents(above), len(entries(above, "bundle_refused"))
    for _time in range(2):
        assert refused(above, tmp_path / "x.cpb").facts["check"] == check
    assert contents(above) == before
    assert staged(above) == []
    (fact,) = entries(above, "bundle_refused")[told:]
    (row,) = [each for each in rows(above) if each.digest == fact["digest"]]
    assert (row.check, fact["check"], row.name) == (check, check, "*.cpb")
    assert (tmp_path / "x.cpb").exists()


def test_every_check_says_what_happened_what_it_means_and_what_to_do_now() -> None:
    checks = {check for check, _make in HOSTILE.values()} | {"size", "revoked"}
    for language in ("zh_CN", "en"):
        i18n.use(language)
        try:
            said = {check: words_for(BundleRefused(check=check)) for check in checks}
        finally:
            i18n.use("en")
        assert len({words.title for words in said.values()}) >= len(checks) - 1  # format and musts may agree
        assert all(words.title and words.meaning and words.now for words in said.values())
        chinese = [any(letter > "\u4e00" for letter in words.now) for words in said.values()]
        assert all(chinese) if language == "zh_CN" else not any(chinese)


def test_a_bundle_of_a_revoked_desk_is_refused(at: Stations) -> None:
    (path,) = sent(at.north, at.road)
    at.above.peers.revoke(NORTH, why="stolen", by=at.above.by)
    before = contents(at.above)
    error = refused(at.above, path)
    assert (error.facts["check"], error.facts["sender"]) == ("revoked", NORTH)
    assert contents(at.above) == before


def test_a_refusal_by_the_sender_is_forgotten_once_the_desk_was_enrolled(tmp_path: Path) -> None:
    with (
        station(tmp_path / "n", NORTH, clock=Clock()) as north,
        station(tmp_path / "hq", ABOVE, clock=Clock(), role="headquarters") as hq,
    ):
        card = hq.peers.card()
        north.peers.enrol(card, card.fingerprint, by=north.by)
        (tmp_path / "road").mkdir()
        (path,) = sent(north, tmp_path / "road")
        assert refused(hq, path).facts["check"] == "sender"
        assert [each.name for each in rows(hq)] == [path.name]
        know(hq, north)
        assert taken(hq, path)
        assert rows(hq) == []


def test_an_oversized_file_is_refused_before_it_is_read(
    above: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_read, "LARGEST_FILE", 100)
    monkeypatch.setattr(taking, "LARGEST_FILE", 100)
    (tmp_path / "x.cpb").write_bytes(GOOD)
    assert refused(above, tmp_path / "x.cpb").facts["check"] == "size"


def test_what_an_offer_tells_is_what_taking_it_does(at: Stations) -> None:
    record(at.north)
    record(at.north)
    (path,) = sent(at.north, at.road)
    before = contents(at.above)
    offer = offered(at.above, path)
    assert (offer.name, offer.manifest.sender, offer.taken) == (path.name, NORTH, None)
    assert offer.preview is not None
    assert (offer.preview.new, offer.preview.present) == (offer.manifest.count, 0)
    assert contents(at.above) == before
    landed = at.above.taking.take(offer, by=at.above.by)
    assert landed is not None
    assert landed.added == offer.preview.new
    with at.above.ledger.reader() as reader:
        assert [row.desk for row in queries.crossings(reader)] == [NORTH, NORTH]
    (receipt,) = entries(at.above, "bundle_received")
    assert (receipt["sender"], receipt["added"]) == (NORTH, landed.added)
    assert staged(at.above) == []
    assert isinstance(at.above.taking.recent()[0], Arrived)


def test_a_cancelled_offer_leaves_nothing_and_can_be_opened_again(at: Stations) -> None:
    (path,) = sent(at.north, at.road)
    before = contents(at.above)
    at.above.taking.cancel(offered(at.above, path))
    assert (contents(at.above), staged(at.above)) == (before, [])
    assert taken(at.above, path)


def test_a_bundle_that_was_taken_says_when_and_changes_nothing(at: Stations) -> None:
    record(at.north)
    (path,) = sent(at.north, at.road)
    taken(at.above, path)
    at.clock.pass_by(60_000)
    copy = shutil.copy(path, at.road / "again.cpb")
    before = contents(at.above), len(entries(at.above))
    offer = offered(at.above, Path(copy))
    assert offer.taken == at.clock.wall - 60_000
    assert at.above.taking.take(offer, by=at.above.by) is None
    assert (contents(at.above), len(entries(at.above))) == before


@pytest.mark.parametrize("step", ["open", "take"])
def test_somebody_may_end_it_and_nothing_is_left(at: Stations, step: str) -> None:
    record(at.north)
    (path,) = sent(at.north, at.road)
    before = contents(at.above)
    if step == "open":
        assert at.above.taking.open(path, by=at.above.by, progress=lambda _done, _of: False) is None
    else:
        offer = offered(at.above, path)
        assert at.above.taking.take(offer, by=at.above.by, progress=lambda _done, _of: False) is None
    assert staged(at.above) == []
    assert contents(at.above)[1:] == before[1:]
    assert taken(at.above, path)


def test_a_receipt_closes_the_bundle_at_its_sender(at: Stations) -> None:
    record(at.north)
    (path,) = sent(at.north, at.road)
    assert at.north.sending.unconfirmed() != ()
    taken(at.above, path)
    (back,) = sent(at.above, at.road, to=(NORTH,))
    taken(at.north, back)
    receipt = at.north.sending.last_receipt()
    assert receipt is not None
    assert receipt.by == ABOVE
    assert at.north.sending.unconfirmed() == ()


def test_a_folder_that_is_shared_keeps_no_record_of_bundles_for_others(at: Stations) -> None:
    know(at.north, at.south)
    (path,) = sent(at.south, at.road, to=(ABOVE,))
    with pytest.raises(BundleRefused):
        at.north.taking.open(path, by=None)
    assert rows(at.north) == []
    refused(at.north, path)
    assert [each.check for each in rows(at.north)] == ["recipient"]


def test_what_cannot_be_read_is_no_refusal_of_a_bundle(above: Desk, tmp_path: Path) -> None:
    for source in (tmp_path / "not there.cpb", tmp_path, "nowhere://x/y.cpb"):
        with pytest.raises(BundleUnread):
            above.taking.open(source, by=above.by)


def test_a_bundle_is_read_from_an_address_too(at: Stations) -> None:
    from fsspec.implementations.memory import MemoryFileSystem

    (path,) = sent(at.north, at.road)
    MemoryFileSystem().pipe_file("/far/x.cpb", path.read_bytes())
    offer = at.above.taking.open("memory://far/x.cpb", by=at.above.by)
    assert offer is not None
    assert at.above.taking.take(offer, by=at.above.by)


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("G107-N-1_1-8_cbdc7bad.cpb", "G107-N-1_1-8_cbdc7bad.cpb"),
        ("张三的身份证.jpg", "*.jpg"),
        ("C:\\stick\\G107-N-1_1-8_cbdc7bad.cpb", "G107-N-1_1-8_cbdc7bad.cpb"),
        ("memory://far/张三", "*"),
        ("x.张三", "*"),
    ],
)
def test_a_files_name_is_kept_only_where_it_names_nobody(name: str, kept: str) -> None:
    assert shown_name(name) == kept


def test_a_refusal_keeps_nothing_that_a_stranger_wrote_for_people_to_read(
    above: Desk, tmp_path: Path
) -> None:
    claims = signed(FRAME, {"sender": "张三 13800000000", "crit": []}).file()
    asks = signed(FRAME, {"crit": ["张三 must"]}).file()
    for number, data in enumerate((claims, asks)):
        (tmp_path / f"张三{number}.cpb").write_bytes(data)
        refused(above, tmp_path / f"张三{number}.cpb")
        with above.ledger.reader() as reader:
            last = queries.last_of_kind(reader, "bundle_refused")
            kept = repr(reader.execute("SELECT name, sender, facts FROM refusal").fetchall())
        assert last is not None
        assert last.entry.personal is None
        assert "张三" not in last.entry.public.decode() + kept
        assert "13800000000" not in last.entry.public.decode() + kept


def test_without_the_check_of_rights_anybody_takes_bundles_in(at: Stations) -> None:
    """The control of the matrix: it is the right that refuses."""
    lead = at.above.officers.enrol("王示范", by=By())
    (path,) = sent(at.north, at.road)
    offer = at.above.taking.open(path, by=None)
    assert offer is not None
    assert at.above.taking.take(offer, by=None)
    assert lead.number == "01"


def test_a_trouble_of_the_disk_drops_what_was_staged(at: Stations, monkeypatch: pytest.MonkeyPatch) -> None:
    from checkpoint_app.storage.engine import DiskFull
    from checkpoint_app.storage.staging import Staging

    def full(self: Staging, _batch: object) -> None:
        raise DiskFull(path=self.path)

    (path,) = sent(at.north, at.road)
    monkeypatch.setattr(Staging, "add", full)
    with pytest.raises(CheckpointError):
        at.above.taking.open(path, by=at.above.by)
    assert staged(at.above) == []
    monkeypatch.undo()
    assert taken(at.above, path)
