"""Writes sheets to look at: `python -m tests.documents.look FOLDER`; then `pdftoppm -r 80 -png` on each."""

from __future__ import annotations

import sys
import time
from pathlib import Path

from checkpoint_app import i18n
from checkpoint_app.documents.badge import write_badges
from checkpoint_app.documents.daily import write_daily
from checkpoint_app.documents.handover import write_handover
from checkpoint_app.documents.ledger_form import write_ledger_form
from checkpoint_app.documents.register_form import write_register_form
from tests.documents import forms, shifts


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
            pages = write_handover(report, folder / f"{name}-{language}.pdf", progress=on)
            took = time.perf_counter() - began
            sys.stdout.write(f"{name} {language}: {pages} pages, {took:.2f} s\n")
        write_register_form(forms.register(60), folder / f"register-{language}.pdf", progress=on)
        write_ledger_form(forms.ledger(60), folder / f"ledger-{language}.pdf", progress=on)
        write_daily(forms.day(), folder / f"daily-{language}.pdf", progress=on)
        write_badges(forms.badges(), folder / f"badges-{language}.pdf")


def on(_done: int, _whole: int) -> bool:
    return True


if __name__ == "__main__":
    main(Path(sys.argv[1]))
