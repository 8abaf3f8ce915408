"""What is looked up in the register behind `*`, and how its people are shown. Pure."""

from __future__ import annotations

import re

from checkpoint_app.domain.masking import mask_id, mask_name, mask_phone
from checkpoint_app.domain.register import Resident
from checkpoint_app.i18n import N_
from checkpoint_app.ui.messages import Words

_END = re.compile("[0-9]{3}[0-9Xx]")
_INITIALS = re.compile("[A-Za-z]{2,8}")

NOBODY = Words(
    N_("Nobody in the register fits"), N_("Nothing was changed"), N_("type the whole number or the name")
)


def is_name(text: str) -> bool:
    """Chinese characters, or words of letters: somebody's name when the register does not know it."""
    signs = text.replace("·", "").replace(" ", "")
    return bool(signs) and not signs.isascii() and signs.isalpha()


def is_fragment(text: str) -> bool:
    """Whether the register is asked: first letters, a name, or the last four of a document or phone."""
    return bool(_INITIALS.fullmatch(text) or _END.fullmatch(text)) or is_name(text)


def shown(person: Resident, *, hidden: bool) -> str:
    """Name and document, else phone, masked; `hidden` covers the name altogether."""
    name = "***" if hidden else mask_name(person.name)
    number = mask_id(person.document) or mask_phone(person.phone)
    return f"{name} {number}".strip()
