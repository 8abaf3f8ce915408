"""The busy hour at the barrier: what comes, what the officer presses, what goes on paper."""

from __future__ import annotations

from pathlib import Path

from checkpoint_app.domain.crossing import Crossing
from checkpoint_app.domain.words import CheckKind, VerdictState
from checkpoint_app.scanning.health import Sight
from checkpoint_app.ui.asking import About
from checkpoint_app.ui.panel_text import Notice
from checkpoint_app.ui.people_row import PeopleRow
from tests.ui.window.look_modes import passenger_list
from tests.ui.window.tour_hands import Tour
from tests.ui.window.tour_street import arrival, both, link, pass_card, phone, plate_card

OLD_MAN = "410101193901050032"
RESIDENT = "11010519491231002X"


def opens_the_shift(tour: Tour) -> None:
    """Names behind an input method, Enter from field to field, F1."""
    tour.until(lambda: tour.stage.window.current == "rollcall")
    tour.shot("shift-to-open")
    for name in ("三班", "王示范", "李示范", "张示范"):
        tour.type(name)
        tour.press("Enter")
    tour.shot("shift-names")
    tour.press("F1")
    tour.until(lambda: tour.stage.window.current == "lane-1")
    tour.sees(Notice.WAITING)
    tour.paper.acts["shift_opened"] += 1
    tour.shot("waiting")


def a_car(tour: Tour) -> None:
    tour.street.stand(1, arrival(phone(1), plate_card("豫A12C47")))
    tour.sees(VerdictState.NOT_YET)
    tour.shot("car-not-yet")
    tour.sees_plate("豫A12C47")
    tour.type("365")
    tour.sees(VerdictState.PASS)
    tour.shot("car-pass")
    tour.press("F1")
    tour.sees(Notice.SAVED)
    tour.shot("car-saved")
    tour.paper.left(1, "豫A12C47")


def two_people(tour: Tour) -> None:
    """Two codes on one sheet, from and to by first letters."""
    tour.street.stand(1, arrival(both(11, 12), plate_card("豫AF30761")))
    tour.sees_plate("豫AF30761")
    tour.until(lambda: here(tour).headcount == 2)
    tour.type("365")
    tour.shot("two-people-one-missing")
    tour.type("366")
    tour.sees(VerdictState.PASS)
    tour.press("Tab")
    tour.type("zz")
    tour.shot("two-people-places")
    tour.type("1")
    tour.press("Enter")
    tour.shot("two-people-pass")
    tour.ends("F1")
    tour.paper.left(1, "豫AF30761", people=2)


def a_bus(tour: Tour, *, people: int = 12) -> None:
    """A list, everybody's code before the camera, one who is too warm stays, the bus goes."""
    file = tour.papers / "passengers.csv"
    file.write_bytes(passenger_list(people))
    codes = [phone(20 + place, dark=place % 5 == 4) for place in range(people)]
    tour.street.stand(1, arrival(plate_card("豫A08T52"), *codes, pace=2.5))
    tour.sees_plate("豫A08T52")
    tour.paste_file(file)
    tour.until(lambda: here(tour).bus)
    tour.shot("bus-list")
    tour.until(lambda: codes_read(tour) >= people // 2)
    tour.shot("bus-scanning")
    tour.until(lambda: codes_read(tour) == people)
    for place in range(1, people):
        tour.type("384" if place == 3 else f"36{place % 9}")
    tour.shot("bus-one-aside")
    tour.type("365")
    tour.press("F1")
    tour.shot("bus-locked")
    tour.press("Esc", "F4")
    tour.until(lambda: asked(tour) is About.WHO)
    tour.shot("bus-who")
    tour.type("2")
    tour.until(lambda: asked(tour) is About.APART)
    tour.shot("bus-what")
    tour.type("1")
    tour.sees(VerdictState.PASS)
    tour.shot("bus-pass")
    tour.ends("F1")
    names = tuple(line.split(",")[1] for line in file.read_text("utf-8").splitlines()[1:])
    tour.paper.left(1, "豫A08T52", people=people, kind="bus", apart=("3 held",), known=names)
    tour.paper.acts["check_flagged"] += 1


def a_convoy(tour: Tour) -> None:
    tour.street.stand(1, arrival(pass_card("410122004718", "豫B6K278"), phone(41), plate_card("豫B6K278")))
    tour.sees_plate("豫B6K278")
    tour.until(lambda: codes_read(tour) == 1)
    tour.press("F7")
    tour.shot("what-stands-here")
    tour.type("3")
    tour.shot("convoy-how-many")
    tour.type("3")
    for plate in ("b12345", "b23456"):
        tour.type("/" + plate)
        tour.press("Enter")
    tour.type("365")
    tour.sees(VerdictState.PASS)
    tour.shot("convoy-pass")
    tour.ends("F1")
    for plate in ("豫B6K278", "豫B12345", "豫B23456"):
        tour.paper.left(1, plate)


def on_foot(tour: Tour) -> None:
    tour.press("F7")
    tour.type("2")
    tour.type("2")
    tour.press("Enter")
    tour.street.stand(1, arrival(phone(51), phone(52, name="李*")))
    tour.until(lambda: codes_read(tour) == 2)
    tour.type("364")
    tour.shot("on-foot")
    tour.type("362")
    tour.sees(VerdictState.PASS)
    tour.ends("F1")
    tour.paper.left(1, "", people=2, kind="foot")


def without_a_phone(tour: Tour) -> None:
    """Number, name, temperature: what was told is registered."""
    tour.street.stand(1, arrival(plate_card("豫G5K209")))
    tour.sees_plate("豫G5K209")
    tour.type("*")
    tour.type(OLD_MAN)
    tour.shot("no-phone-number")
    tour.press("Enter")
    tour.type("*")
    tour.type("王示例")
    tour.press("Enter")
    tour.until(lambda: "王" in here(tour).person(1).name)
    tour.type("361")
    tour.shot("no-phone-measured")
    tour.press("F2")
    tour.sees(Notice.SAVED)
    tour.shot("no-phone-registered")
    tour.paper.left(1, "豫G5K209", "registered", known=(OLD_MAN,))
    tour.paper.acts["people_looked_up"] += 1


def a_resident(tour: Tour) -> None:
    """First letters, and a digit takes who the register knows."""
    tour.street.stand(1, arrival(plate_card("豫A0M3F6")))
    tour.sees_plate("豫A0M3F6")
    tour.type("*")
    tour.type("zs")
    tour.press("Enter")
    tour.until(lambda: asked(tour) is About.KNOWN)
    tour.shot("register-answers")
    ask = tour.page.work.ask
    assert ask is not None
    place = next(n for n, choice in enumerate(ask.choices) if "1101" in choice.text)
    tour.type(ask.choices[place].cap)
    tour.type("365")
    tour.shot("register-taken")
    tour.ends("F1")
    tour.paper.left(1, "豫A0M3F6", known=(RESIDENT,))
    tour.paper.acts["people_looked_up"] += 1


def somebody_to_look_at(tour: Tour) -> None:
    """A yellow code: the program cannot tell, the officer does."""
    tour.street.stand(1, arrival(phone(61, "y"), plate_card("豫AD12345")))
    tour.sees(VerdictState.REFER)
    tour.sees_plate("豫AD12345")
    tour.type("366")
    tour.shot("refer")
    tour.press("F2")
    tour.shot("refer-reasons")
    tour.type("2")
    tour.sees(Notice.SAVED)
    tour.paper.left(1, "豫AD12345", "registered", why="checked_by_hand")
    tour.paper.acts["check_flagged"] += 1


def a_stop_at_another_lane(tour: Tour) -> None:
    """Lane 2 is worked while a red code comes to lane 1; the wall knows, the lead sends somebody."""
    tour.press("Ctrl+Alt+2")
    tour.street.stand(2, arrival(phone(71), plate_card("豫A71717")))
    tour.sees_plate("豫A71717")
    tour.street.stand(1, arrival(phone(72, "r"), plate_card("豫G72K72")))
    bar = tour.stage.window.bar
    lanes = tour.stage.duty.lanes
    tour.until(lambda: len(lanes.stops()) == 1 and any("1" in tag.text for tag in bar.text.tags))
    tour.type("365")
    tour.sees(VerdictState.PASS)
    tour.shot("lane-2-while-lane-1-stops")
    tour.ends("F1")
    tour.paper.left(2, "豫A71717")
    tour.press("Ctrl+0")
    tour.shot("wall-stop")
    tour.press("F8")
    tour.paper.acts["matter_raised"] += 1
    tour.shot("wall-sent")
    tour.press("F1")
    tour.sees(VerdictState.STOP)
    tour.sees_plate("豫G72K72")
    tour.shot("stop")
    tour.press("F1")
    tour.shot("stop-locked")
    tour.press("F9")
    tour.shot("stop-phrase")
    tour.press("F3")
    tour.sees(Notice.SAVED)
    tour.shot("stop-turned-back")
    tour.paper.left(1, "豫G72K72", "turned_back")
    tour.paper.acts["check_flagged"] += 1


def a_stop(tour: Tour) -> None:
    """A red code at the lane in front."""
    tour.street.stand(1, arrival(plate_card("豫G72K72"), phone(72, "r")))
    tour.sees(VerdictState.STOP)
    tour.sees_plate("豫G72K72")
    tour.shot("stop")
    tour.ends("F3")
    tour.paper.left(1, "豫G72K72", "turned_back")
    tour.paper.acts["check_flagged"] += 1


def without_a_camera(tour: Tour) -> None:
    """The plug is out: the hand scanner reads, and the camera comes back by itself."""
    tour.street.plug(1, plugged=False)
    tour.until(lambda: sight(tour) is Sight.GONE)
    tour.scan(link(81))
    tour.type("/a81818")
    tour.press("Enter")
    tour.type("36")
    tour.shot("camera-gone")
    tour.type("5")
    tour.sees(VerdictState.PASS)
    tour.ends("F1")
    tour.paper.left(1, "豫A81818")
    tour.street.plug(1, plugged=True)
    tour.until(lambda: sight(tour) is Sight.FINE)
    tour.shot("camera-back")


def a_wrong_plate(tour: Tour) -> None:
    """Typed wrong, mended; released too early, undone, released."""
    tour.type("/a7k26q")
    tour.press("Enter")
    tour.sees_plate("豫A7K26Q")
    tour.type("/")
    tour.shot("wrong-plate")
    tour.type("a7k269")
    tour.press("Enter")
    tour.sees_plate("豫A7K269")
    tour.street.stand(1, arrival(phone(91)))
    tour.until(lambda: codes_read(tour) == 1)
    tour.type("365")
    tour.sees(VerdictState.PASS)
    tour.ends("F1")
    tour.paper.left(1, "豫A7K269")
    tour.hold_esc(until=lambda: tour.stage.plate == "豫A7K269", name="undo-held")
    tour.paper.take_back()
    tour.sees(VerdictState.PASS)
    tour.shot("undone")
    tour.ends("F1")
    tour.paper.left(1, "豫A7K269")


def vehicles_only_counted(tour: Tour) -> None:
    for keys in (" ", " ", "3 "):
        tour.type(keys)
    tour.paper.counted += [1, 1, 3]
    tally = tour.page.work.lane.state.tally
    tour.until(lambda: tally is not None)
    tour.shot("counted")


def one_parked(tour: Tour) -> None:
    """Somebody looks for a paper: the next one goes first."""
    tour.type("/b77777")
    tour.press("Enter", "Ctrl+P")
    tour.type("/b88888")
    tour.press("Enter")
    tour.shot("one-parked")
    tour.scan(link(101))
    tour.type("365")
    tour.ends("F1")
    tour.paper.left(1, "豫B88888")
    tour.press("Ctrl+P")
    tour.shot("parked-list")
    tour.type("1")
    tour.sees_plate("豫B77777")
    tour.scan(link(102))
    tour.type("365")
    tour.ends("F1")
    tour.paper.left(1, "豫B77777")


def the_wall(tour: Tour) -> None:
    tour.press("Ctrl+0")
    tour.type("q14")
    tour.shot("wall-queue-typed")
    tour.press("Enter")
    tour.shot("wall")
    tour.type("1")


def here(tour: Tour) -> Crossing:
    return tour.page.work.lane.state.open or Crossing("", 1, tour.page.work.lane.state.direction, 0)


def codes_read(tour: Tour) -> int:
    return sum(check.kind is CheckKind.HEALTH_CODE for check in here(tour).valid_checks)


def asked(tour: Tour) -> About | None:
    """What is asked in the people row, once it stands there."""
    row: PeopleRow = tour.page.people
    ask = tour.page.work.ask
    return ask.about if ask is not None and row.asks else None


def sight(tour: Tour) -> Sight | None:
    found = tour.page.camera._sight
    return found[0] if found else None


def register_list(path: Path) -> Path:
    """The lead's list of residents."""
    path.write_text(f"姓名,证件号,电话\n张三,{RESIDENT},13800001111\n张山,,13800002222\n", encoding="utf-8")
    return path
