"""`verify`: names what was changed, with and without heads that left the building."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from checkpoint_app.crypto.desk import DeskKey
from checkpoint_app.domain import canonical
from checkpoint_app.domain.entry import Head, entry_hash, public_digest, seal_message
from checkpoint_app.storage import desk as own
from checkpoint_app.storage.engine import Connection
from tests.cli import desks
from tests.cli.desks import Post, forced

EDITED = 3


def faults(post: Post, *words: str | Path) -> list[tuple[str, int, int | None]]:
    answer = post.ask("--json", "verify", *words)
    (record,) = answer.records
    assert answer.status == (0 if record["sound"] else 1)
    return [(fault["what"], fault["seq"], fault["upto"]) for fault in record["faults"]]


def rows(connection: Connection) -> list[Any]:
    return connection.execute("SELECT id, header, public FROM entry ORDER BY seq").fetchall()


def with_lane(header: str, public: str, *, prev: str | None = None) -> tuple[str, str]:
    """The entry as a forger would have it: another lane, its digest right again."""
    changed = canonical.encode({**json.loads(public), "lane": 9}).decode()
    fields = {**json.loads(header), "public": public_digest(changed.encode())}
    return canonical.encode(fields | ({"prev": prev} if prev else {})).decode(), changed


def recompute(connection: Connection, *, start: int) -> None:
    """Edits one entry and makes every hash, link and seal after it fit again, with the desk's own key."""
    key = own.read_desk_key(connection)
    assert key is not None
    prev = ""
    for ident, header, public in rows(connection):
        seq = json.loads(header)["seq"]
        if seq == start:
            header, public = with_lane(header, public)
        elif seq > start:
            header, public = _linked(header, public, prev=prev, key=key)
        digest = entry_hash(header.encode())
        connection.execute(
            "UPDATE entry SET header = ?, public = ?, hash = ? WHERE id = ?", (header, public, digest, ident)
        )
        prev = digest.hex()


def _linked(header: str, public: str, *, prev: str, key: DeskKey) -> tuple[str, str]:
    fields = json.loads(header)
    if fields["kind"] == "sealed":
        head = Head(fields["desk"], fields["epoch"], fields["seq"] - 1, prev)
        signature = key.sign(seal_message(head, key=key.key_id)).hex()
        body = {**json.loads(public), "head": prev, "signature": signature}
        public = canonical.encode(body).decode()
        fields["public"] = public_digest(public.encode())
    return canonical.encode({**fields, "prev": prev}).decode(), public


def cut_tail(connection: Connection, *, after: int) -> None:
    connection.execute("DELETE FROM entry WHERE seq > ?", (after,))


def test_a_ledger_as_it_was_written_fits(post: Post) -> None:
    answer = post.ask("verify")
    assert (answer.status, answer.out.splitlines()[-1]) == (0, "everything fits")
    assert faults(post, "--head", post.head()) == []


def test_an_edited_public_part_is_named(post: Post) -> None:
    with forced(post.folder, post.key) as connection:
        connection.execute(
            "UPDATE entry SET public = replace(public, '\"lane\":1', '\"lane\":9') WHERE seq = ?", (EDITED,)
        )
    assert faults(post) == [("public", EDITED, None)]


def test_an_edited_header_is_named_by_its_own_hash_and_no_other(post: Post) -> None:
    with forced(post.folder, post.key) as connection:
        ident, header, public = rows(connection)[EDITED - 1]
        header, public = with_lane(header, public)
        connection.execute("UPDATE entry SET header = ?, public = ? WHERE id = ?", (header, public, ident))
    assert faults(post) == [("header", EDITED, None)]
    assert f"{EDITED}: does not have its own hash" in post.ask("verify").out


def test_an_entry_with_its_own_hash_right_again_breaks_the_link_after_it(post: Post) -> None:
    with forced(post.folder, post.key) as connection:
        ident, header, public = rows(connection)[EDITED - 1]
        header, public = with_lane(header, public)
        digest = entry_hash(header.encode())
        connection.execute(
            "UPDATE entry SET header = ?, public = ?, hash = ? WHERE id = ?", (header, public, digest, ident)
        )
    assert faults(post) == [("link", EDITED + 1, None)]


def test_a_header_nobody_can_read_is_named_also_at_the_end_of_a_part(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("checkpoint_app.services.proof.PART", EDITED)
    with forced(post.folder, post.key) as connection:
        connection.execute("UPDATE entry SET header = replace(header, '{', '{ ') WHERE seq = ?", (EDITED,))
    assert faults(post) == [("unreadable", EDITED, None)]


def test_a_recomputed_chain_is_named_from_the_last_head_that_agrees(post: Post) -> None:
    agreed, later = _two_heads(post)
    with forced(post.folder, post.key) as connection:
        recompute(connection, start=agreed.seq + 2)
    assert faults(post, *_given(agreed, later)) == [("recomputed", agreed.seq + 1, later.seq)]


def test_without_an_outside_head_a_recomputed_chain_goes_unnoticed(post: Post) -> None:
    agreed, _later = _two_heads(post)
    with forced(post.folder, post.key) as connection:
        recompute(connection, start=agreed.seq + 2)
    assert faults(post) == []


def test_a_cut_tail_is_missed_without_a_head_and_named_with_one(post: Post) -> None:
    agreed, later = _two_heads(post)
    with forced(post.folder, post.key) as connection:
        cut_tail(connection, after=agreed.seq)
    assert faults(post) == []
    assert faults(post, *_given(later)) == [("head", agreed.seq + 1, later.seq)]


def test_a_deleted_entry_leaves_a_gap(post: Post) -> None:
    with forced(post.folder, post.key) as connection:
        connection.execute("DELETE FROM entry WHERE seq = ?", (EDITED,))
    assert faults(post)[0] == ("gap", EDITED, EDITED)


def test_a_backup_is_verified_with_the_key_of_the_folder(post: Post, tmp_path: Path) -> None:
    (tmp_path / "backups").mkdir()
    made = post.ask("--json", "backup", tmp_path / "backups").records[0]["backup"]
    assert faults(post, made) == []
    with forced(Path(made), post.key) as connection:
        connection.execute("UPDATE entry SET salt = zeroblob(32) WHERE seq = ?", (EDITED,))
    assert faults(post, Path(made) / "ledger.db") == [("personal", EDITED, None)]


@pytest.mark.parametrize("words", [("--head", "CPS1:nonsense"), ("absent.db",)])
def test_what_is_no_head_and_no_backup_is_refused(post: Post, words: tuple[str, ...]) -> None:
    answer = post.ask("verify", *words)
    assert (answer.status, answer.out) == (1, "")
    assert answer.err


def _two_heads(post: Post) -> tuple[Head, Head]:
    """Where the chain stands, and where it stands two vehicles later."""
    with post.opened() as desk:
        first = desk.ledger.head()
        for plate in ("豫D00001", "豫D00002"):
            desks.cross(desk, plate=plate, names=("王五",))
        return first, desk.ledger.head()


def _given(*heads: Head) -> list[str]:
    return [
        word for head in heads for word in ("--head", f"CPS1:{head.desk}:{head.epoch}:{head.seq}:{head.hash}")
    ]


def test_a_page_that_no_entry_stands_on_is_looked_at_too(post: Post) -> None:
    with forced(post.folder, post.key) as connection:
        connection.execute("CREATE TABLE gone(body BLOB)")
        connection.execute("INSERT INTO gone VALUES(zeroblob(100000))")
        connection.execute("DROP TABLE gone")
    (record,) = post.ask("--json", "verify").records
    assert record["pages"]
    ledger = post.folder / "ledger.db"
    with ledger.open("r+b") as file:
        file.seek(ledger.stat().st_size - 2_000)
        file.write(b"\xff" * 64)
    answer = post.ask("--json", "verify")
    (record,) = answer.records
    assert (record["sound"], record["pages"], answer.status) == (True, False, 1)
    doctor = post.ask("--json", "doctor")
    assert [one["state"] for one in doctor.records if one["about"] == "pages"] == ["bad"]
