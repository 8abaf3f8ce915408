"""Holds what was acknowledged and compares it with the file. Shares no code with the program.

It reads with the driver alone and has its own SQL, its own hashing and its own idea of the format.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlcipher3.dbapi2 as driver

BY_ITSELF = {"tallied", "sealed", "epoch_begun", "clock_jumped"}


@dataclass
class Oracle:
    """One ledger file and everything that was ever said about it; `faults` is empty while all is well."""

    file: Path
    key: str
    acks: dict[str, tuple[int, str]] = field(default_factory=dict)
    drafts: int = 0
    lane: str = ""
    painted: int = 0
    troubles: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    rows: int = 0
    unconfirmed: int = 0
    _seq: int = 0
    _hash: str = "0" * 64
    _own: dict[str, tuple[int, str]] = field(default_factory=dict)
    _hashes: dict[str, str] = field(default_factory=dict)
    _expected: dict[str, int] = field(default_factory=dict)
    _listed: set[str] = field(default_factory=set)

    def hear(self, lines: list[str]) -> None:
        """Takes up what a load said before it died; a line without an end was not said."""
        for line in lines:
            word, *rest = line.split()
            if word == "ack":
                self.acks[rest[1]] = (int(rest[0]), rest[2])
            elif word == "draft":
                self.drafts = max(self.drafts, int(rest[0]))
            elif word == "lane":
                self.lane = rest[0]
            elif word == "painted":
                self.painted = max(self.painted, int(rest[0]))
            elif word == "trouble":
                self.troubles.append(rest[0])
            elif word == "unconfirmed":
                self._listed.add(rest[0])
            elif word == "opened":
                self._check_listed(int(rest[0]))

    def look(self) -> None:
        """Reads the file: new entries and their chain, every acknowledgement, the drafts."""
        self._listed = set()  # of a start that was killed before its list was complete
        if self.file.with_name(self.file.name + "-journal").exists():
            self._check_acks()  # stopped while it became a ledger: nothing may have been acknowledged
            return
        connection = driver.connect(f"{self.file.as_uri()}?mode=ro", uri=True)
        try:
            connection.execute(f"PRAGMA key = \"x'{self.key}'\"")
            if connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'entry'").fetchone():
                self._read_entries(connection)
                self._check_drafts(connection)
            self._check_acks()
        finally:
            connection.close()
        self._expected = {
            action: seq
            for action, (seq, kind) in self._own.items()
            if seq > self.painted and kind not in BY_ITSELF
        }
        self.unconfirmed += len(self._expected.keys() - self.acks.keys())

    def forget_what_was_read(self) -> None:
        """After a cut the file may be shorter than it was: read it from its start."""
        self.rows, self._seq, self._hash = 0, 0, "0" * 64
        self._own, self._hashes = {}, {}

    def _read_entries(self, connection: Any) -> None:
        rows = connection.execute(
            "SELECT header, public, personal, salt, hash FROM entry ORDER BY id LIMIT -1 OFFSET ?",
            (self.rows,),
        ).fetchall()
        for header, public, personal, salt, digest in rows:
            self.rows += 1
            self._check_entry(header, public, personal, salt, bytes(digest).hex())

    def _check_entry(self, header: str, public: str, personal: str | None, salt: Any, digest: str) -> None:
        told = json.loads(header)
        if hashlib.sha256(b"cp1.entry\0" + header.encode()).hexdigest() != digest:
            self.faults.append(f"hash {told['seq']}")
        if told["seq"] != self._seq + 1 or told["prev"] != self._hash:
            self.faults.append(f"chain {told['seq']} after {self._seq}")
        if hashlib.sha256(b"cp1.public\0" + public.encode()).hexdigest() != told["public"]:
            self.faults.append(f"public {told['seq']}")
        if personal is not None:
            kept = hashlib.sha256(b"cp1.personal\0" + salt + personal.encode()).hexdigest()
            if kept != told["personal"]:
                self.faults.append(f"personal {told['seq']}")
        if told["action"] in self._own:
            self.faults.append(f"twice {told['action']}")
        self._seq, self._hash = told["seq"], digest
        self._own[told["action"]] = (told["seq"], told["kind"])
        self._hashes[told["action"]] = digest

    def _check_acks(self) -> None:
        for action, (seq, digest) in self.acks.items():
            found = self._own.get(action)
            if found is None:
                self.faults.append(f"lost {action}")
            elif digest != "-" and (found[0] != seq or self._hashes[action] != digest):
                self.faults.append(f"other {action}")

    def _check_drafts(self, connection: Any) -> None:
        found = {name: json.loads(body) for name, body in connection.execute("SELECT name, body FROM draft")}
        count = found.get("tally", {"n": 0})["n"]
        if count < self.drafts:
            self.faults.append(f"draft {count} < {self.drafts}")
        open_now = found.get("lane", {}).get("action", "")
        if open_now in self._own:
            self.faults.append(f"draft of a written crossing {open_now}")
        if self.lane and self.lane not in self._own and open_now != self.lane:
            self.faults.append(f"lane draft lost {self.lane}")

    def _check_listed(self, start: int) -> None:
        """The restart asks about everything that no screen has shown, and the officer answers."""
        for action in self._expected.keys() - self._listed:
            self.faults.append(f"not asked about {action}")
        for action in self._listed - self._own.keys():
            self.faults.append(f"asked about nothing {action}")
        self._listed, self._expected = set(), {}
        self.lane = ""  # the new start may put another crossing in its place
        self.painted = max(self.painted, start)
