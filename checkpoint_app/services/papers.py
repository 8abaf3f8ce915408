"""Who somebody is: a document, a phone or a name typed into one field, or what the register knows."""

from __future__ import annotations

import re
from dataclasses import dataclass

from checkpoint_app.domain import lane
from checkpoint_app.domain.crossing import Check
from checkpoint_app.domain.identity import typed_document
from checkpoint_app.domain.lane import LaneState
from checkpoint_app.domain.phones import Phone, parse_phone
from checkpoint_app.domain.words import CheckKind, Evidence
from checkpoint_app.services.endings import DigitsMissing, DocumentRefused
from checkpoint_app.services.open_crossing import OpenCrossing
from checkpoint_app.services.typed import as_typed

_PLACES = re.compile(r"[0-9]+[Xx]?")
_MOBILE, _DOCUMENT = 11, 18
_REGISTER = "register"


@dataclass(frozen=True, slots=True)
class Typed:
    """What a text was taken for: document, phone or name; whose, by number; `notes` as in `Document`."""

    kind: str
    person: int
    notes: tuple[str, ...] = ()


class Papers(OpenCrossing):
    """Documents, phones and names of the people of the open crossing."""

    def document(self, text: str) -> Typed:
        """A document number read out or shown, a phone number, or a name; the form decides.

        Raises DocumentRefused for a number that contradicts itself, DigitsMissing for one of wrong length.
        """
        typed = as_typed(text)
        if typed and not any(sign.isdigit() for sign in typed):
            self.name(typed)
            return Typed("name", self.state.person)
        phone = parse_phone(typed)
        if phone.kind in {"mobile", "landline"}:
            return self._phone(phone)
        _refuse_odd_length(phone.text)
        found = typed_document(typed)
        if found.contradicts_itself:
            raise DocumentRefused(notes=" ".join(found.notes))
        state = self._with_document(found.text, found.kind.value, evidence=Evidence.DECLARED, source="typed")
        self._move(state)
        return Typed("document", _holder(self.state, found.text), found.notes)

    def phone(self, text: str) -> Typed:
        """The phone of the person whose turn it is, numbers of other countries too; raises DigitsMissing."""
        phone = parse_phone(as_typed(text))
        digits = sum(sign.isdigit() for sign in phone.text)
        if phone.kind == "odd" and (digits < len(phone.text.lstrip("+")) or not 5 <= digits <= 15):
            raise DigitsMissing(kind="phone", digits=digits, wanted=_MOBILE)
        if phone.kind == "odd":
            _refuse_odd_length(phone.text)
        return self._phone(phone)

    def name(self, text: str) -> None:
        """The name of the person whose turn it is."""
        self._move(lane.with_name(self._started(), as_typed(text)))

    def known_person(self, document: str, *, name: str = "", phone: str = "") -> None:
        """Somebody found in the register and compared by the officer; without a document, the person whose
        turn it is. What was typed or scanned stays, the register fills blanks.
        """
        found = typed_document(as_typed(document)) if document else None
        if found:
            state = self._with_document(
                found.text, found.kind.value, evidence=Evidence.REGISTERED, source=_REGISTER
            )
            whose = _holder(state, found.text)
        else:
            state = self._started()
            whose = state.person
            state = lane.with_check(state, self._registered(whose))
        self._move(lane.with_told(state, whose, name=as_typed(name), phone=parse_phone(as_typed(phone)).text))

    def _registered(self, whose: int) -> Check:
        return Check(
            CheckKind.IDENTITY, "presented", Evidence.REGISTERED, self._now(), whose, source=_REGISTER
        )

    def _phone(self, phone: Phone) -> Typed:
        state = self._started()
        self._move(lane.with_phone(state, phone.text))
        return Typed("phone", state.person)

    def _with_document(self, number: str, kind: str, *, evidence: Evidence, source: str) -> LaneState:
        return lane.with_document(
            self._started(), number, kind, evidence=evidence, source=source, digest="", now=self._now()
        )


def _holder(state: LaneState, document: str) -> int:
    assert state.open is not None
    return next(person.number for person in state.open.people if person.document == document)


def _refuse_odd_length(text: str) -> None:
    """Raises DigitsMissing for digits that can only be a phone or citizen's number typed short or long.

    Eight and nine digits are papers of other places; ten with 1 in front are taken for a phone, not for the
    old permits of Taiwan people, which are rare and can be scanned.
    """
    if not _PLACES.fullmatch(text):
        return
    places = len(text)
    if text[0] == "0" and places < 10:
        raise DigitsMissing(kind="phone", digits=places, wanted=_MOBILE)
    if re.match("1[3-9]", text) and places in {10, 12}:
        raise DigitsMissing(kind="phone", digits=places, wanted=_MOBILE)
    if places in {13, 14, 16, 17, 19, 20}:
        raise DigitsMissing(kind="document", digits=places, wanted=_DOCUMENT)
