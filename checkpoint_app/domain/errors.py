"""The two kinds of trouble a person can act on; anything else that is raised is a bug.

They carry facts, never sentences: the words belong to the window and the command line.
"""

from __future__ import annotations


class CheckpointError(Exception):
    """Common parent; `facts` fill the placeholders of the words shown for this class."""

    def __init__(self, **facts: object) -> None:
        super().__init__(*(f"{name}={value}" for name, value in facts.items()))
        self.facts = facts


class Refusal(CheckpointError):  # noqa: N818 - the design's own word
    """The rules say no; the person can do something else."""


class Trouble(CheckpointError):  # noqa: N818 - the design's own word
    """The world failed (disk, camera, bundle); the person can mend it."""
