"""Rights: what a role does not include is refused, and the refusal is on paper."""

from __future__ import annotations

import pytest

from checkpoint_app.domain.facts import By
from checkpoint_app.domain.roles import ACTION_REFUSED, ALLOWED, Action, NotAllowed, Role
from checkpoint_app.services.desk import Desk, new_action
from checkpoint_app.services.rights import Rights
from tests.services.desks import entries


def test_every_action_has_its_row() -> None:
    assert set(ALLOWED) == set(Action)


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
def test_a_role_may_what_the_table_says_and_nothing_else(desk: Desk, action: Action, role: Role) -> None:
    rights = Rights(desk.ledger, new_action, role_of=lambda _officer: role)
    by = By(desk.by.shift, "07")
    if role in ALLOWED[action]:
        rights.check(action, by)
        told = []
    else:
        with pytest.raises(NotAllowed):
            rights.check(action, by)
        told = [{"action": action.value, "role": role.value}]
    desk.ledger.keep({}).result()
    assert entries(desk, ACTION_REFUSED) == told


@pytest.mark.parametrize("role", list(Role))
@pytest.mark.parametrize("action", list(Action))
def test_whoever_has_not_signed_on_works_a_lane_and_no_more(desk: Desk, action: Action, role: Role) -> None:
    rights = Rights(desk.ledger, new_action, role_of=lambda _officer: role)
    if action in {Action.RECORD, Action.VERIFY} and role in ALLOWED[action]:
        rights.check(action, By(desk.by.shift, ""))
        return
    with pytest.raises(NotAllowed):
        rights.check(action, By(desk.by.shift, ""))


def test_while_nobody_has_a_pin_everything_is_allowed(desk: Desk) -> None:
    for action in Action:
        desk.rights.check(action, desk.by)
    assert entries(desk, ACTION_REFUSED) == []
