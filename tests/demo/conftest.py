"""Ledgers of the demonstration."""

from tests.reserve import no_reserve

__all__ = ["no_reserve"]
