"""Offline-first road checkpoint desk: scan, judge, record, hand over."""

from datetime import UTC, datetime

__version__ = "0.1.0"
__built__ = "2026-11-21"


def built_at() -> int:
    """When this version was made, ms UTC: no honest clock shows less."""
    return int(datetime.fromisoformat(__built__).replace(tzinfo=UTC).timestamp() * 1000)
