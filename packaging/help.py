"""Makes the pictures of the help and of the README from the real window: `python packaging/help.py`.

The window is drawn into memory on a ledger of its own, with invented people, as at a station with a
loudspeaker whose recovery sheet was proved. Pictures have 256 colours, chosen so that the rare ones stay:
what is red on the page is red in the picture.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING
from unittest.mock import patch

if TYPE_CHECKING:
    from checkpoint_app.ui.on_duty import OnDuty

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "help"
LANGUAGES = ("zh_CN", "en")
SIZE = (1366, 768)
SMALL = (1093, 614)
COLOURS = 256
DPI, SHADES, VEHICLES = 90, 16, 800
"""Of a sheet: dots an inch, greys, vehicles of the shift."""

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ["TZ"] = "Asia/Shanghai"
sys.path.insert(0, str(ROOT))


def main() -> None:
    from tests.ui.window import look, look_modes, stage

    settled = replace(stage.SETTINGS, sheet_proved=True, retention_days=30)
    scenes = {"lane-pass": look.passing, "lane-stop": look.stop, "lane-bus": look_modes.bus_aside}
    loud = patch.object(stage.Heard, "heard", new=True)
    with tempfile.TemporaryDirectory() as folder, loud:
        for name, scene in scenes.items():
            for language in LANGUAGES:
                wanted = f"{name}-{language}"
                look.SCENES[wanted] = (settled_in(scene), replace(settled, language=language), SIZE)
                whole = Path(folder) / f"{wanted}.png"
                look.shoot(wanted, whole)
                keep(whole, FOLDER / f"{wanted}.png")
    sheets()


def sheets() -> None:
    """The first sheet of a handover in each language, from a day that was played; needs pdftoppm."""
    from tests.ui.window import tour_shift

    for language in LANGUAGES:
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            with tour_shift.in_front(home, vehicles=VEHICLES, language=language) as lead:
                lead.roll_call()
                lead.day.first()
                lead.hand_over(query=True)
            drawn = home / "first"
            words = ["pdftoppm", "-r", f"{DPI}", "-png", "-singlefile", str(lead.sheets[0]), str(drawn)]
            subprocess.run(words, check=True)
            keep(drawn.with_suffix(".png"), FOLDER / f"handover-{language}.png", size=None, colours=SHADES)


def settled_in(scene: Callable[[OnDuty], None]) -> Callable[[OnDuty], None]:
    """The scene at a station that has nothing left to do for itself."""

    def shown(duty: OnDuty) -> None:
        duty.desk.settings = replace(duty.desk.settings, sheet_proved=True)
        scene(duty)

    return shown


def keep(whole: Path, target: Path, *, size: tuple[int, int] | None = SMALL, colours: int = COLOURS) -> None:
    """The picture with few colours, smaller unless `size` is None."""
    from PIL import Image

    with Image.open(whole) as picture:
        small = picture.convert("RGB")
    if size is not None:
        small = small.resize(size, Image.Resampling.LANCZOS)
    few = small.quantize(colours, method=Image.Quantize.MAXCOVERAGE, dither=Image.Dither.NONE)
    few.save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
