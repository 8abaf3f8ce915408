"""How loud the sounds are: quieter copies of the files, for not every player can be told a volume."""

from __future__ import annotations

import shutil
import sys
import wave
import weakref
from array import array
from pathlib import Path
from tempfile import mkdtemp

FULL = 100


class Loudness:
    """Copies are made when first wanted and go with this object. Of `percent` 50 means −12 dB."""

    def __init__(self) -> None:
        self.percent = FULL
        self._folder: Path | None = None

    def set(self, percent: int) -> None:
        self.percent = min(max(percent, 0), FULL)

    def of(self, sound: Path) -> Path:
        """The file to play for `sound`; raises OSError when no copy can be made."""
        if self.percent == FULL:
            return sound
        if self._folder is None:
            self._folder = Path(mkdtemp(prefix="checkpoint-sounds-"))
            weakref.finalize(self, shutil.rmtree, self._folder, ignore_errors=True)
        copy = self._folder / f"{sound.stem}-{self.percent}.wav"
        if not copy.exists():
            write_quieter(sound, copy, share=(self.percent / FULL) ** 2)
        return copy


def write_quieter(sound: Path, copy: Path, *, share: float) -> None:
    """A 16-bit WAV file with every sample at `share` of its height."""
    with wave.open(str(sound), "rb") as file:
        form, samples = file.getparams(), array("h", file.readframes(file.getnframes()))
    if sys.byteorder == "big":
        samples.byteswap()
    quieter = array("h", (round(sample * share) for sample in samples))
    if sys.byteorder == "big":
        quieter.byteswap()
    with wave.open(str(copy), "wb") as file:
        file.setparams(form)
        file.writeframes(quieter.tobytes())
