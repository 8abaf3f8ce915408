"""Bundles in one place: what others write and read them with."""

from checkpoint_app.storage.bundle_read import Taken, peek, read_bundle
from checkpoint_app.storage.bundle_write import Label, Lines, Written, write_bundle, write_lines
from checkpoint_app.storage.checked import Checked

__all__ = [
    "Checked",
    "Label",
    "Lines",
    "Taken",
    "Written",
    "peek",
    "read_bundle",
    "write_bundle",
    "write_lines",
]
