"""A day as it may be in a log and in the stores; everybody is invented."""

from __future__ import annotations

from checkpoint_app.services.desk import Desk
from checkpoint_app.services.log import Finding
from tests.storage.desks import Clock

HOUR = 3_600_000


def filled(desk: Desk, clock: Clock) -> None:
    """A day as it may be."""
    by, now = desk.by, desk.ledger.now()
    desk.log.order("区指挥部", "豫防指〔2026〕12号", "货车只走 2 车道", until=now + 5 * HOUR, by=by).result()
    desk.log.incident("forced", "白色面包车冲卡，往县城方向", by=by).result()
    desk.log.visit(
        "李督导", agency="区防指", text="总体较好", findings=(Finding("灭火器过期", "02", now + HOUR),), by=by
    ).result()
    desk.matters.raise_("2 号测温枪偏高 0.3，待换", owner="信息员", due=now + 8 * HOUR, by=by).result()
    desk.log.note("对讲机 2 号电量低", by=by).result()
    for name, unit, equipment, line, count in (
        ("对讲机", "台", True, 4, 3),
        ("测温枪", "支", True, 4, 4),
        ("N95 口罩", "盒", False, 20, 12),
        ("一次性手套", "盒", False, 10, 64),
    ):
        due, low = (line, 0) if equipment else (0, line)
        desk.stores.declare(
            name, unit=unit, equipment=equipment, due=due, low=low, count=count, by=by
        ).result()
    clock.pass_by(2 * HOUR)
    desk.ledger.now()
