"""A day of three shifts on four lanes: what happens in each, in the order it happens.

Whoever hands over between them (in tests: the real window, by keys) is no part of this.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random

from checkpoint_app.domain.amending import Changes
from checkpoint_app.domain.facts import By
from checkpoint_app.domain.outages import CAMERA
from checkpoint_app.domain.words import VehicleClass
from checkpoint_app.services.lane import Lane
from checkpoint_app.services.log import Finding
from checkpoint_app.storage import queries
from checkpoint_app.storage.rows import CrossingRow
from tests.story.station import HOUR, MINUTE, PIN, Station
from tests.story.vehicles import Paper, Road


@dataclass(slots=True)
class Day:
    """`papers` are the pencil's counts of each shift; ids are those of what stays open overnight."""

    station: Station
    lanes: Sequence[Lane]
    vehicles: int
    papers: list[Paper] = field(default_factory=list)
    called: str = ""
    thermometer: str = ""
    fever: str = ""
    order: str = ""
    findings: tuple[str, ...] = ()
    bus: str = ""
    amended: str = ""
    voided: str = ""

    def road(self) -> Road:
        made = Road(self.lanes, self.station.clock, Random(len(self.papers)))
        self.papers.append(made.paper)
        return made

    def first(self) -> None:
        """07:00 to 15:00: everything that can happen to a lead happens."""
        station, desk = self.station, self.station.desk
        road, some = self.road(), self.vehicles // 4
        road.hours(1.5, vehicles=some)
        self.order = self._order()
        self.bus = road.bus(self.lanes[2])
        road.convoy(self.lanes[1])
        road.hours(1, vehicles=some)
        self._fever()
        self._camera_gone(road)
        road.red(self.lanes[0], lead=desk.as_lead(desk.by.officer, PIN))
        self._supervisor()
        road.hours(1.5, vehicles=some)
        self._answered_late()
        self._stores()
        self._newcomer()
        self._somebody_is_called()
        road.hours(3.3, vehicles=self.vehicles - 3 * some)
        station.clock.pass_by(MINUTE)

    def second(self) -> None:
        """15:00 to 23:00: a crossing of the first shift was written down wrong; some of it is done."""
        station, desk = self.station, self.station.desk
        road = self.road()
        road.hours(4, vehicles=self.vehicles // 2)
        self.amended = self._amend()
        desk.matters.close(self.called, "已到场处理，车辆补登后放行", by=desk.by).result()
        desk.log.close(self.fever, "留观点接收，已回执", by=desk.by).result()
        desk.stores.move(station.items["N95 口罩"], 600, "区物资库", by=desk.by).result()
        desk.matters.work(self.thermometer, "信息员答复明早带新枪来", by=desk.by).result()
        road.hours(3.9, vehicles=self.vehicles - self.vehicles // 2)

    def third(self) -> None:
        """23:00 to 07:00: a crossing of the second shift never was; a quiet night."""
        desk = self.station.desk
        road = self.road()
        road.hours(4, vehicles=self.vehicles // 3)
        self.voided = self._void()
        desk.log.note("02:10 大雾，车道 4 加两个锥桶", by=desk.by).result()
        road.hours(3.9, vehicles=self.vehicles // 3)

    # what happens

    def _order(self) -> str:
        station, log = self.station, self.station.desk.log
        told = log.order(
            "区指挥部",
            "指 12 号",
            "货车只走 2 车道，凭通行证",
            until=station.now + 20 * HOUR,
            by=station.desk.by,
        )
        found = told.result()[0].action
        for place in range(3):
            station.clock.pass_by(2 * MINUTE)
            log.read_order(found, by=station.by(place)).result()
        return found

    def _fever(self) -> None:
        """Noticed and reported at once; the answer is due in half an hour."""
        station, log = self.station, self.station.desk.log
        told = log.incident("illness", "旅客 3 体温 38.4，自述发热两天", by=station.by(1))
        self.fever = told.result()[0].action
        log.link(self.fever, self.bus, by=station.by(1)).result()
        station.clock.pass_by(3 * MINUTE)
        log.report_incident(self.fever, "区指挥部值班室", by=station.desk.by).result()

    def _answered_late(self) -> None:
        station, log = self.station, self.station.desk.log
        log.answer(self.fever, "120 已派车，送县医院发热门诊", by=station.desk.by).result()
        station.clock.pass_by(20 * MINUTE)
        log.transfer(
            self.fever,
            people=1,
            taken_from="留观点",
            handed_to="120 车组 豫G0120急",
            authorised="指挥部 李主任",
            by=station.desk.by,
        ).result()

    def _camera_gone(self, road: Road) -> None:
        outages = self.station.desk.outages
        outages.tell(CAMERA, works=False, lane=2)
        road.hours(0.1, vehicles=4)
        outages.tell(CAMERA, works=True, lane=2)

    def _supervisor(self) -> None:
        station, desk = self.station, self.station.desk
        findings = (
            Finding("锥桶少 4 个，应急通道标线不清", owner=desk.by.officer, due=station.now + 24 * HOUR),
            Finding("值班电话表未上墙", due=station.now + 2 * HOUR),
        )
        told = desk.log.visit(
            "周示范", agency="市督导组", text="抽查 10 车，登记齐全", findings=findings, by=desk.by
        )
        self.findings = tuple(each.action for each in told.result()[1:])

    def _stores(self) -> None:
        station, desk = self.station, self.station.desk
        masks = station.items["N95 口罩"]
        desk.stores.move(masks, -220, "二车道、三车道", by=desk.by).result()
        desk.stores.move(masks, -80, "120 车组", by=desk.by).result()
        desk.stores.move(station.items["防护服"], 30, "区物资库", by=desk.by).result()

    def _newcomer(self) -> None:
        desk = self.station.desk
        made = desk.officers.enrol("新示范", agency="乡镇", phone="13900009999", by=desk.by)
        desk.attendance.come(made.number, post="lane-4", by=desk.by).result()

    def _somebody_is_called(self) -> None:
        """From a lane with F8; and what the lead writes down by hand."""
        station, desk, lane = self.station, self.station.desk, self.lanes[3]
        self.called = lane.report().result()[0].action
        told = desk.matters.raise_(
            "2 号测温枪偏高 0.3，待换", owner="信息员", due=station.now + 18 * HOUR, by=station.by(2)
        )
        self.thermometer = told.result()[0].action

    # corrections that come late

    def _amend(self) -> str:
        row = self._crossing(self.bus)
        changes = Changes(people=row.people + 1, vehicle=VehicleClass.BUS)
        desk = self.station.desk
        told = desk.amending.amend(row, changes, why="漏数一名婴儿", by=desk.by)
        return told.result()[0].action

    def _void(self) -> str:
        """The last vehicle of the shift before."""
        before, desk = self.before(self.station.desk.by), self.station.desk
        with desk.ledger.reader() as reader:
            rows = queries.crossings(reader, shift=before)
        row = max(rows, key=lambda each: each.id)
        desk.amending.void(row, why="同一辆车登记了两次", by=desk.by).result()
        return row.action

    def before(self, by: By) -> str:
        """The shift before that of `by`."""
        desk = self.station.desk
        with desk.ledger.reader() as reader:
            shifts = [row.shift for row in queries.shifts(reader, desk=desk.ledger.head().desk)]
        return shifts[shifts.index(by.shift) + 1]

    def _crossing(self, action: str) -> CrossingRow:
        with self.station.desk.ledger.reader() as reader:
            rows = queries.crossings(reader, limit=100_000)
        return next(row for row in rows if row.action == action)
