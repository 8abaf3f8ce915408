"""Property tests here have no time limit of their own: other work on the machine is not their fault."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("patient", deadline=None)
settings.load_profile("patient")
