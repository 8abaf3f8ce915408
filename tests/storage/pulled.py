"""A stick that is pulled out at its n-th deed, lies about what it wrote, or fails once and goes on."""

from __future__ import annotations

import errno
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from checkpoint_app.storage.targets import Target


@dataclass
class Count:
    """Deeds on the stick until `last`; with `stays` only that one fails, else every one from then on."""

    last: int = 1 << 30
    stays: bool = False
    code: int = errno.EIO
    done: list[str] = field(default_factory=list)

    def deed(self, name: str) -> bool:
        """Notes it; True when it fails."""
        self.done.append(name)
        return len(self.done) == self.last or (len(self.done) > self.last and not self.stays)

    def fail(self) -> OSError:
        return OSError(self.code, "pulled out")


class File:
    """The file as the stick has it: what fails in the middle of a write leaves half of it."""

    def __init__(self, file: BinaryIO, count: Count, *, lie: Callable[[bytes], bytes]) -> None:
        self._file, self._count, self._lie = file, count, lie

    def write(self, data: Any) -> int:
        if self._count.deed("write"):
            self._file.write(bytes(data[: len(data) // 2]))
            raise self._count.fail()
        return self._file.write(self._lie(bytes(data)))

    def read(self, size: int = -1) -> bytes:
        if self._count.deed("read"):
            raise self._count.fail()
        return self._file.read(size)

    def __enter__(self) -> File:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


@dataclass(frozen=True)
class Stick(Target):
    """Every deed counts; also taking a file away, when the stick is gone."""

    count: Count = field(default_factory=Count)
    lie: Callable[[bytes], bytes] = bytes

    def create(self, name: str) -> BinaryIO:
        self._deed("create")
        return cast(BinaryIO, File(super().create(name), self.count, lie=self.lie))

    def sync(self, file: BinaryIO) -> None:
        self._deed("sync")
        super().sync(file)

    def rename(self, name: str, to: str) -> None:
        self._deed("rename")
        super().rename(name, to)

    def settle(self) -> None:
        self._deed("settle")
        super().settle()

    def open(self, name: str) -> BinaryIO:
        self._deed("open")
        return cast(BinaryIO, File(super().open(name), self.count, lie=self.lie))

    def remove(self, name: str) -> None:
        self._deed("remove")
        super().remove(name)

    def _deed(self, name: str) -> None:
        if self.count.deed(name):
            raise self.count.fail()


def stick(place: Path, count: Count, **changes: Any) -> Stick:
    from fsspec.implementations.local import LocalFileSystem

    return replace(Stick(LocalFileSystem(), str(place), str(place), count=count), **changes)
