"""Pictures of the help page: `python -m tests.ui.window.look_help FOLDER`."""

from __future__ import annotations

import sys
from dataclasses import replace

from PySide6.QtCore import Qt

from checkpoint_app.config import Settings
from checkpoint_app.ui.on_duty import OnDuty
from checkpoint_app.ui.pages.help import HelpPage
from tests.ui.window import look
from tests.ui.window.look import Scene
from tests.ui.window.stage import SETTINGS


def helped(topic: int) -> Scene:
    """The help at one of its topics."""

    def scene(duty: OnDuty) -> None:
        duty._window.command(int(Qt.Key.Key_K))
        page = duty._window.page("help")
        assert isinstance(page, HelpPage)
        page.choose(topic)

    return scene


SCENES: dict[str, tuple[Scene, Settings, tuple[int, int]]] = {
    "help": (helped(1), SETTINGS, (1366, 768)),
    "help-keys-least-en-130": (helped(2), replace(SETTINGS, language="en", scale=130), (1280, 690)),
    "help-bus-night": (helped(4), replace(SETTINGS, theme="night"), (1366, 768)),
    "help-who-contrast": (helped(9), replace(SETTINGS, theme="contrast"), (1366, 768)),
}


if __name__ == "__main__":
    look.SCENES.update(SCENES)
    sys.exit(look.main([*sys.argv[1:2], *(sys.argv[2:] or SCENES)]))
