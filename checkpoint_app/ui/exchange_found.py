"""What the exchange page shows, read from the desk's services in one go."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from checkpoint_app.domain.datasets import DataSet
from checkpoint_app.domain.peers import Peer, PeerRole
from checkpoint_app.services.delivery import Delivery
from checkpoint_app.services.desk import Desk
from checkpoint_app.storage import forks, spans
from checkpoint_app.storage.arrivals import Arrived
from checkpoint_app.storage.receipts import Receipt
from checkpoint_app.storage.refusals import Refused
from checkpoint_app.ui.exchange_rows import Came, Decided, Due, Found, Gap, InRow, OutRow

MOST_SHIFTS, MOST_CAME, MOST_GAPS = 60, 40, 20
Names = Mapping[str, str]


def read(desk: Desk) -> Found:
    """Belongs into another thread."""
    known = desk.peers.all()
    trusted = tuple(each for each in known if each.revoked is None)
    names = {each.desk: called(each, own=desk.settings.station) for each in known}
    receipt = desk.sending.last_receipt()
    return Found(
        due=_due(desk, trusted, names),
        out=tuple(_out(each) for each in desk.sending.states(limit=MOST_SHIFTS) if each.ranges),
        gaps=(
            *_forks(desk, names),
            *_ours(desk, names),
            *_quiet(desk, names),
            *_theirs(desk, trusted, names),
        )[:MOST_GAPS],
        came=_came(desk, names, receipt),
        receipt=receipt.at if receipt else None,
        peers=len(trusted),
        names=names,
    )


def called(peer: Peer, *, own: str) -> str:
    """Headquarters and other stations by their name, a desk of this very station by the desk's."""
    if peer.role is not PeerRole.HEADQUARTERS and peer.station in {own, ""}:
        return peer.desk
    return peer.station or peer.desk


def recipients(trusted: Sequence[Peer]) -> tuple[Peer, ...]:
    """Whom bundles are for unless desks are named: headquarters, where there is none everybody."""
    above = tuple(each for each in trusted if each.role is PeerRole.HEADQUARTERS)
    return above or tuple(trusted)


def _due(desk: Desk, trusted: Sequence[Peer], names: Names) -> Due:
    if not trusted:
        return Due()
    plan = desk.sending.plan()
    to = tuple(names[each.desk] for each in plan.to)
    return Due(plan.count if plan.fresh else 0, plan.size, plan.since, to)


def _out(row: Delivery) -> OutRow:
    return OutRow(
        row.shift,
        row.group,
        row.first,
        row.last,
        row.size,
        row.opened,
        sealed=row.sealed is not None,
        exported=row.exported,
        receipted=row.receipted,
        wrong=row.wrong,
    )


def _ours(desk: Desk, names: Names) -> tuple[Gap, ...]:
    with desk.ledger.reader() as reader:
        found, heard = spans.gaps(reader), spans.heard(reader)
    return tuple(
        Gap(
            each.desk,
            names.get(each.desk, each.desk),
            each.first,
            each.last,
            ours=True,
            at=heard.get(each.desk),
            epoch=each.epoch,
        )
        for each in found
    )


def _forks(desk: Desk, names: Names) -> Iterator[Gap]:
    with desk.ledger.reader() as reader:
        found = forks.rows(reader)
    for each in found:
        name = names.get(each.desk, each.desk)
        yield Gap(each.desk, name, each.seq, each.seq - 1, ours=each.ours, epoch=each.epoch, fork=True)


def _quiet(desk: Desk, names: Names) -> Iterator[Gap]:
    """Desks of this station that miss no known number but were not heard for long."""
    for each in desk.neighbours.standing():
        if each.quiet and not each.missing:
            at = each.heard or None
            yield Gap(each.desk, names.get(each.desk, each.desk), 0, -1, ours=True, at=at, quiet=True)


def _theirs(desk: Desk, trusted: Sequence[Peer], names: Names) -> Iterator[Gap]:
    above = next(iter(recipients(trusted)), None)
    if above is None:
        return
    for each in desk.sending.unconfirmed():
        yield Gap(above.desk, names[above.desk], each.first, each.last, ours=False, at=each.at)


def _came(desk: Desk, names: Names, receipt: Receipt | None) -> tuple[InRow, ...]:
    """The newest first; what waits for a decision before everything."""
    rows = [*_sets(desk, names), *(_row(each, names) for each in desk.taking.recent(MOST_CAME))]
    if receipt is not None:
        held = tuple((each.first, each.last) for each in receipt.held)
        rows.append(InRow("receipt", Came.RECEIPT, names.get(receipt.by, receipt.by), receipt.at, spans=held))
    pending = [row for row in rows if row.came is Came.DIRECTIVE and row.decided is Decided.PENDING]
    others = sorted((row for row in rows if row not in pending), key=lambda row: -row.at)
    return (*pending, *others)[:MOST_CAME]


def _row(came: Arrived | Refused, names: Names) -> InRow:
    if isinstance(came, Refused):
        who = names.get(came.sender, came.sender)
        reason = came.facts.get("reason", "")
        return InRow(
            came.digest, Came.REFUSED, who, came.found, about=came.name, check=came.check, reason=reason
        )
    held = tuple((each.first, each.last) for each in came.held)
    who = names.get(came.sender, came.station or came.sender)
    return InRow(came.bundle, Came.MERGED, who, came.at, spans=held, count=came.added, forks=came.forks)


def _sets(desk: Desk, names: Names) -> Iterator[InRow]:
    adopted = desk.directives.adopted()
    newest: dict[str, int] = {}
    for one in adopted:
        newest[one.data.name] = max(newest.get(one.data.name, 0), one.data.version)
    for data in desk.directives.pending():
        yield _set(data, names, at=data.published, before=newest.get(data.name, 0), decided=Decided.PENDING)
    for one in adopted:
        current = one.data.version == newest[one.data.name]
        decided = Decided.ADOPTED if current else Decided.NEWER
        yield _set(one.data, names, at=one.at, before=0, decided=decided)


def _set(data: DataSet, names: Names, *, at: int, before: int, decided: Decided) -> InRow:
    return InRow(
        data.action,
        Came.DIRECTIVE,
        names.get(data.publisher, data.publisher),
        at,
        about=data.name,
        version=data.version,
        before=before,
        until=data.until,
        number=data.number,
        decided=decided,
    )
