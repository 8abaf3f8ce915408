"""Bundles in one place: what others write and read them with."""

from checkpoint_app.storage.bundle_read import Taken, peek, read_bundle
from checkpoint_app.storage.bundle_write import Label, Written, write_bundle
from checkpoint_app.storage.checked import Checked

__all__ = ["Checked", "Label", "Taken", "Written", "peek", "read_bundle", "write_bundle"]
