"""Writes sheets to look at: `python -m tests.documents.look FOLDER`; then `pdftoppm -r 80 -png` on each."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from checkpoint_app import i18n
from checkpoint_app.documents.handover import write_handover
from tests.documents import shifts


def main(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    for language in i18n.LANGUAGES:
        i18n.use(language)
        for name, report in (
            ("rich", shifts.rich()),
            ("tiny", shifts.tiny()),
            ("monster", shifts.monstrous()),
        ):
            began = time.perf_counter()
            pages = write_handover(
                report, folder / f"{name}-{language}.pdf", progress=lambda _done, _whole: True
            )
            took = time.perf_counter() - began
            sys.stdout.write(f"{name} {language}: {pages} pages, {took:.2f} s\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
