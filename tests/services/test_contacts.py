"""The duty phone list: set, changed, dropped; names and numbers are personal."""

from __future__ import annotations

import pytest

from checkpoint_app.domain.roles import NotAllowed, Role
from checkpoint_app.services.contacts import ContactNeedsBoth, Contacts, UnknownContact
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.rights import Rights
from tests.services.desks import entries


def names(desk: Desk) -> list[tuple[str, str, str]]:
    return [(each.name, each.phone, each.about) for each in desk.contacts.everybody()]


def test_a_line_is_set_changed_and_dropped(desk: Desk) -> None:
    contacts, by = desk.contacts, desk.by
    contacts.set("县人民医院", "0373-7260120", about="急诊", by=by).result()
    contacts.set("指挥部", "13800138000", by=by).result()
    first = contacts.everybody()[0]
    contacts.set("县人民医院", "0373-7260121", ident=first.id, by=by).result()
    assert names(desk) == [("县人民医院", "0373-7260121", ""), ("指挥部", "13800138000", "")]
    contacts.drop(first.id, by=by).result()
    assert names(desk) == [("指挥部", "13800138000", "")]


def test_nothing_of_it_is_public(desk: Desk) -> None:
    desk.contacts.set("县人民医院", "0373-7260120", about="急诊", by=desk.by).result()
    (entry,) = entries(desk, "contact_set")
    assert list(entry) == ["about"]


@pytest.mark.parametrize(("name", "phone"), [("", "110"), ("指挥部", ""), ("指挥部", "none")])
def test_a_line_without_name_or_number_is_refused(desk: Desk, name: str, phone: str) -> None:
    with pytest.raises(ContactNeedsBoth):
        desk.contacts.set(name, phone, by=desk.by)


def test_a_line_that_is_none_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownContact):
        desk.contacts.drop("x", by=desk.by)
    with pytest.raises(UnknownContact):
        desk.contacts.set("指挥部", "110", ident="x", by=desk.by)


def test_an_officer_does_not_change_the_list(desk: Desk) -> None:
    rights = Rights(desk.ledger, new_action, role_of=lambda _officer: Role.OFFICER)
    with pytest.raises(NotAllowed):
        Contacts(desk.ledger, rights, new_action).set("指挥部", "110", by=desk.by)
    assert entries(desk, "contact_set") == []
