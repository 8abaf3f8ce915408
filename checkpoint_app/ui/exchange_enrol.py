"""Two desks get to know each other: our card to be scanned, theirs read, its end typed as it is heard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from checkpoint_app.domain.peers import Card, Peer, PeerRole, card_text
from checkpoint_app.i18n import _
from checkpoint_app.ui import lettering
from checkpoint_app.ui.exchange_parts import CardHead, Deed, DeedKey
from checkpoint_app.ui.exchange_text import hour
from checkpoint_app.ui.field import Field
from checkpoint_app.ui.form_parts import Note, label
from checkpoint_app.ui.page_parts import Notes
from checkpoint_app.ui.painted import Painted, painting
from checkpoint_app.ui.qr_paint import draw_qr
from checkpoint_app.ui.record_detail import Rule
from checkpoint_app.ui.said import joined
from checkpoint_app.ui.theme import look
from checkpoint_app.ui.told import Told, Tone

PAD, GROUP, MOST_PEERS, HEARD_WIDTH = 16, 26, 4, 360
SHARES = (604, 660)


def role_word(role: PeerRole) -> str:
    return _("headquarters") if role is PeerRole.HEADQUARTERS else _("station")


class OwnCode(Painted):
    """Our card as a code, the fingerprint beside it in five lines."""

    def __init__(self) -> None:
        super().__init__()
        self.card: Card | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_card(self, card: Card | None) -> None:
        self.card = card
        if card is not None:
            self.setAccessibleName(f"{card.station} {card.desk} {card.fingerprint}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(520, 380)

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.card is None:
            return
        with painting(self) as painter:
            groups = self.card.fingerprint.split()
            face = lettering.font(look().px(GROUP), bold=True)
            beside = max(lettering.width(group, face) for group in groups) + 2 * PAD
            place = QRectF(0, 0, self.width() - beside - PAD, self.height())
            square = draw_qr(painter, card_text(self.card), place)
            self._paint_groups(painter, groups, x=square.right() + PAD, height=square.height())

    def _paint_groups(self, painter: QPainter, groups: Sequence[str], *, x: float, height: float) -> None:
        theme, shown = look().theme, look()
        small = lettering.font(shown.px(14))
        face = lettering.font(shown.px(GROUP), bold=True)
        step = shown.px(GROUP) * 1.5
        top = max(step / 2, (height - step * (len(groups) + 1)) / 2)
        lettering.draw_at(painter, _("Fingerprint"), face=small, x=x, centre=top, colour=theme.ink2)
        for place, group in enumerate(groups, 1):
            lettering.draw_at(painter, group, face=face, x=x, centre=top + place * step, colour=theme.ink)


class Groups(Painted):
    """The fingerprint of the other card, its last group covered: that one is heard and typed."""

    def __init__(self) -> None:
        super().__init__()
        self.card: Card | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_card(self, card: Card | None) -> None:
        self.card = card
        self.setAccessibleName(" ".join(card.fingerprint.split()[:-1]) if card else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(300, round(look().px(GROUP) * 1.6))

    def paintEvent(self, _event: QPaintEvent) -> None:
        if self.card is None:
            return
        theme, x = look().theme, 0.0
        face = lettering.font(look().px(GROUP), bold=True)
        with painting(self) as painter:
            for group in (*self.card.fingerprint.split()[:-1], "?????"):
                colour = theme.warn if group.startswith("?") else theme.ink
                x += lettering.draw_at(
                    painter, group, face=face, x=x, centre=self.height() / 2, colour=colour
                )
                x += 18


class OwnSide(QFrame):
    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.head, self.code, self.about = CardHead(), OwnCode(), Note(size=14, rows=2)
        inner = QVBoxLayout()
        inner.setContentsMargins(PAD, PAD, PAD, 12)
        inner.setSpacing(10)
        inner.addWidget(self.code, 1)
        inner.addWidget(self.about)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Rule())
        column.addLayout(inner, 1)

    def show_card(self, card: Card | None) -> None:
        name = joined(card.station, card.desk) if card else ""
        self.head.show_words(_("Our card"), name)
        self.code.show_card(card)
        self.about.show_text(
            _("Let the other desk scan it. Read the fingerprint to them, in person or on the telephone."),
            Tone.QUIET,
        )


class OtherSide(QFrame):
    """`F1` enrols once a card was read and the last group typed."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("role", "card")
        self.card: Card | None = None
        self.head, self.title = CardHead(), label("heading")
        self.about, self.groups = Note(size=16), Groups()
        self.heard = Field("", width=HEARD_WIDTH)
        self.heard.edit.setMaxLength(5)
        self.peers, self.words = Notes(), Note(size=14, rows=2, middle=True)
        self.keys = tuple(DeedKey() for _each in range(4))
        self._lay_out()

    def show_card(self, card: Card | None) -> None:
        self.card = card
        self.head.show_words(_("The other desk's card"))
        self.title.setText(lettering.plain(joined(card.station, card.desk)) if card else _("Not scanned yet"))
        self.about.show_text(_other_about(card), Tone.QUIET)
        self.groups.show_card(card)
        self.groups.setVisible(card is not None)
        self.heard.set_label(_("Last five digits, as they read them to you"))
        self.heard.set_value("")
        self.heard.setVisible(card is not None)

    def show_peers(self, peers: Sequence[Peer], *, now: int) -> None:
        told = [_peer_line(peer, now=now) for peer in peers[:MOST_PEERS]]
        more = len(peers) - MOST_PEERS
        if more > 0:
            told.append(Told(_("and {n} more").format(n=more), Tone.HINT))
        self.peers.tell(told or [Told(_("No desk is enrolled here yet"), Tone.HINT)])

    def show_deeds(self, deeds: Sequence[Deed]) -> None:
        for key, deed in zip(self.keys, (*deeds, *[None] * len(self.keys)), strict=False):
            key.show_deed(deed)

    def say(self, text: str, tone: Tone = Tone.BAD) -> None:
        self.words.show_text(text, tone)

    def _lay_out(self) -> None:
        inner = QVBoxLayout()
        inner.setContentsMargins(PAD, PAD, PAD, 8)
        inner.setSpacing(8)
        for part in (self.title, self.about, self.groups, self.heard):
            inner.addWidget(part)
        inner.addStretch(1)
        inner.addWidget(self.peers)
        foot = QHBoxLayout()
        foot.setContentsMargins(PAD, 8, PAD, 10)
        foot.setSpacing(8)
        foot.addStretch(1)
        for key in self.keys:
            foot.addWidget(key)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.head)
        column.addWidget(Rule())
        column.addLayout(inner, 1)
        said = QHBoxLayout()
        said.setContentsMargins(PAD, 0, PAD, 4)
        said.addWidget(self.words)
        column.addLayout(said)
        column.addWidget(Rule())
        column.addLayout(foot)


class EnrolView(QWidget):
    """Both cards side by side."""

    def __init__(self) -> None:
        super().__init__()
        self.own, self.other = OwnSide(), OtherSide()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.own, SHARES[0])
        row.addWidget(self.other, SHARES[1])


def _other_about(card: Card | None) -> str:
    if card is None:
        return _(
            "Hold the code on its screen before a lane's camera, scan it with a hand scanner, "
            "or open its card file."
        )
    return _("It says it is a {role}. Compare these groups with what they read to you.").format(
        role=role_word(card.role)
    )


def _peer_line(peer: Peer, *, now: int) -> Told:
    name = joined(peer.station, peer.desk, role_word(peer.role))
    if peer.revoked is not None:
        return Told(_("{desk}: revoked {time}").format(desk=name, time=hour(peer.revoked, now=now)), Tone.BAD)
    return Told(_("{desk}: enrolled {time}").format(desk=name, time=hour(peer.since, now=now)), Tone.GOOD)
