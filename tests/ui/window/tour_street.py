"""Who stands before the cameras of the tour, one after the other as its story wants them."""

from __future__ import annotations

from collections.abc import Iterator

from checkpoint_app.demo.device import DemoLane, opens, source_of
from checkpoint_app.demo.traffic import Arrival, Card
from checkpoint_app.scanning.devices import OpenDevice
from checkpoint_app.services.desk import Desk

NOBODY = Arrival("", (), 0, ())
INKS = {"g": ("绿码", "#006B53"), "y": ("黄码", "#B98A00"), "r": ("红码", "#A30D14")}


class Street:
    """What the window takes for its recorded lanes. `tempo`: how much faster than drivers are."""

    def __init__(self, *numbers: int, tempo: float) -> None:
        self._tempo = tempo
        self._wanted = dict.fromkeys(numbers, NOBODY)
        self.lanes = {
            number: DemoLane(seed=number, waits=True, come=self._come(number)) for number in numbers
        }

    def opens(self) -> OpenDevice:
        return opens(
            {source_of(number): lane for number, lane in self.lanes.items()}, seed=7, tempo=self._tempo
        )

    def signs_on(self, _desk: Desk) -> None:
        """Nobody: there are no PINs here."""

    def goes_on(self, lane: int) -> None:
        """The barrier opened: nobody stands there until the next one comes."""
        self.stand(lane, NOBODY)

    def stand(self, lane: int, arrival: Arrival) -> None:
        """Whoever comes now to that lane; shows everything again and again until there is an outcome."""
        self._wanted[lane] = arrival
        self.lanes[lane].next()

    def plug(self, lane: int, *, plugged: bool) -> None:
        """The camera's plug."""
        self.lanes[lane].plugged = plugged

    def _come(self, number: int) -> Iterator[Arrival]:
        while True:
            yield self._wanted[number]


def link(number: int, colour: str = "g") -> str:
    """The text of a health code, another one for each number."""
    return f"https://jkm.henan.example/h5/code/{number:020x}?c={colour}"


def phone(number: int, colour: str = "g", *, name: str = "张*", dark: bool = False) -> Card:
    word, ink = INKS[colour]
    form = "dark_phone" if dark else "phone"
    return Card(form, "健康码", ink, (link(number, colour).encode(),), (word, name), ink)


def both(first: int, second: int) -> Card:
    """Two health codes on one sheet."""
    word, ink = INKS["g"]
    payloads = (link(first).encode(), link(second).encode())
    return Card("paper", "健康码（二人）", ink, payloads, (f"{word} · 2 人",), ink)


def plate_card(plate: str) -> Card:
    return Card("paper", "车辆信息", "#26323D", (plate.encode(),), (plate,))


def pass_card(number: str, plate: str) -> Card:
    """A pass for goods, without a signature."""
    return Card("paper", "重点物资运输车辆通行证", "#0B7A60", (number.encode(),), (number, plate))


def arrival(*cards: Card, pace: float = 1.0) -> Arrival:
    return Arrival("", cards, 1, (), pace=pace)
