"""Offline-first road checkpoint desk: scan, judge, record, hand over."""

__version__ = "0.1.0"
