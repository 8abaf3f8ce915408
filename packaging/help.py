"""Makes the pictures of the help and of the README from the real window: `python packaging/help.py`.

The window is drawn into memory on a ledger of its own, with invented people. Pictures have 128 colours, which
is enough for a flat page and a quarter of the bytes.
"""

from __future__ import annotations

import os
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "resources" / "help"
LANGUAGES = ("zh_CN", "en")
SIZE = (1366, 768)
SMALL = (1093, 614)
COLOURS = 128

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(ROOT))


def main() -> None:
    from tests.ui.window import look, stage

    settled = replace(stage.SETTINGS, sheet_proved=True, retention_days=30)
    scenes = {"lane-pass": look.passing, "lane-stop": look.stop, "lane-bus": look.bus_aside}
    with tempfile.TemporaryDirectory() as folder:
        for name, scene in scenes.items():
            for language in LANGUAGES:
                wanted = f"{name}-{language}"
                look.SCENES[wanted] = (scene, replace(settled, language=language), SIZE)
                whole = Path(folder) / f"{wanted}.png"
                look.shoot(wanted, whole)
                keep(whole, FOLDER / f"{wanted}.png")


def keep(whole: Path, target: Path) -> None:
    """The picture smaller, with few colours."""
    from PIL import Image

    with Image.open(whole) as picture:
        small = picture.convert("RGB").resize(SMALL, Image.Resampling.LANCZOS)
    small.quantize(COLOURS).save(target, optimize=True)
    print(f"{target.relative_to(ROOT)}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
