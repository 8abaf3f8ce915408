"""Words in the person's language: gettext, switched while running."""

from __future__ import annotations

import gettext
import locale

from checkpoint_app.config import resource

LANGUAGES = ("zh_CN", "en")
_current: gettext.NullTranslations = gettext.NullTranslations()
_language = "en"


def use(language: str) -> str:
    """Switch to one of LANGUAGES and return it; zh… and Windows' "Chinese…" are Chinese, the rest English."""
    global _current, _language
    chosen = "zh_CN" if language.lower().startswith(("zh", "chinese")) else "en"
    if chosen == "en":
        _current = gettext.NullTranslations()
    else:
        with resource(f"locale/{chosen}/LC_MESSAGES/checkpoint.mo").open("rb") as compiled:
            _current = gettext.GNUTranslations(compiled)
    _language = chosen
    return chosen


def language() -> str:
    """The language in use, one of LANGUAGES."""
    return _language


def system_language() -> str:
    """What the computer is set to; Chinese when it does not say, as the first users are."""
    return (locale.getlocale()[0] or "zh_CN").replace("-", "_")


def _(text: str) -> str:
    """`text` in the current language; placeholders are filled by the caller with `.format()`."""
    return _current.gettext(text)


def N_(text: str) -> str:  # noqa: N802 - gettext's own name
    """Marks a text for translation without translating it yet."""
    return text


def ngettext(one: str, many: str, count: int) -> str:
    """The form of a counted text for `count`."""
    return _current.ngettext(one, many, count)
