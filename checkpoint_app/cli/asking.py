"""Questions at the keyboard, and what to say where nobody can answer."""

from __future__ import annotations

from checkpoint_app.cli.output import say
from checkpoint_app.domain.errors import Refusal


class AnswerNeeded(Refusal):
    """A question was asked where nobody answers; facts: option, which says it beforehand."""


def asked(question: str, *, option: str) -> str:
    """The answer to a question; raises AnswerNeeded when what is typed has ended."""
    try:
        return input(question)
    except EOFError as error:
        say()
        raise AnswerNeeded(option=option) from error
