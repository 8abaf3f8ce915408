"""Bundles in one place: what others write and read them with."""

from checkpoint_app.storage.bundle_entries import Checked
from checkpoint_app.storage.bundle_read import Taken, peek, read_bundle
from checkpoint_app.storage.bundle_write import Label, Written, write_bundle

__all__ = ["Checked", "Label", "Taken", "Written", "peek", "read_bundle", "write_bundle"]
