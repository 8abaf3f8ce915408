"""Where bundles are read from: a file, a folder that is watched, or any other place that fsspec reaches."""

from __future__ import annotations

from pathlib import Path
from typing import Any, BinaryIO, NamedTuple, cast

from fsspec.core import url_to_fs

from checkpoint_app.domain.bundles import SUFFIX
from checkpoint_app.domain.errors import Trouble


class BundleUnread(Trouble):
    """The file or the address cannot be read; facts: name, why."""


class Signs(NamedTuple):
    """What tells that a file changed: bytes, and its time as its file system writes it, "" for none."""

    size: int
    changed: str


def open_source(source: str, *, name: str) -> BinaryIO:
    """A bundle to read, by path or URL; raises BundleUnread, which calls it `name`."""
    try:
        if "://" not in source:
            return Path(source).open("rb")
        fs, path = url_to_fs(source)
        return cast(BinaryIO, fs.open(path, "rb"))
    except Exception as error:  # every file system of fsspec has errors of its own
        raise BundleUnread(name=name, why=type(error).__name__) from error


def bundles_in(folder: str) -> dict[str, Signs]:
    """Bundles in a folder by what `open_source` takes; none when the folder is not there or not reached."""
    try:
        fs, root = url_to_fs(folder)
        fs.invalidate_cache()
        rows = fs.ls(root, detail=True)
    except Exception:  # a stick pulled out, a share gone: every file system says it in its own way
        return {}
    named = {str(row["name"]): row for row in rows if row.get("type") == "file"}
    return {_address(fs, path): _signs(row) for path, row in named.items() if path.lower().endswith(SUFFIX)}


def _address(fs: Any, path: str) -> str:
    return path if getattr(fs, "local_file", False) else str(fs.unstrip_protocol(path))


def _signs(row: dict[str, Any]) -> Signs:
    return Signs(int(row.get("size") or 0), str(row.get("mtime") or row.get("created") or ""))
