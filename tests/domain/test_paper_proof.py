"""What the codes of a sheet carry: small, whole or refused, the same again when read."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checkpoint_app.domain import paper_proof
from checkpoint_app.domain.paper_proof import PaperProof, ProofUnreadable, part_of, read, texts

QR_ALPHANUMERIC = re.compile(r"[0-9A-Z $%*+\-./:]+")
DIGESTS = st.binary(min_size=8, max_size=8)


@st.composite
def proofs(draw: st.DrawFn, most: int = 150) -> PaperProof:
    steps = draw(st.lists(st.tuples(st.integers(1, 2_000), DIGESTS), max_size=most))
    seals, place = [], draw(st.integers(0, 10**9))
    first = place + 1
    for step, digest in steps:
        place += step
        seals.append((place, digest))
    return PaperProof(
        draw(st.sampled_from(("A", "G25-01", "ABCDEFGHIJKLMNOPQRSTUVWX"))),
        draw(st.binary(min_size=8, max_size=8)).hex(),
        first,
        max(place, first),
        draw(st.binary(min_size=32, max_size=32)).hex(),
        tuple(seals),
        draw(st.sampled_from(("", "G25-01.20221015.1", "x" * 48))),
    )


def usual(seals: int) -> PaperProof:
    """A shift sealed so many times, as desks name theirs."""
    marks = tuple((1_000_000 + 500 * place, bytes([place % 256]) * 8) for place in range(1, seals + 1))
    end = marks[-1][0]
    return PaperProof("G107-S-1", "0f" * 8, 1_000_001, end - 1, "ab" * 32, marks, "G107-S-1.20261121.3")


@given(proofs(), st.randoms(use_true_random=False))
def test_what_is_read_is_what_was_printed_in_any_order_and_case_and_with_blanks(
    proof: PaperProof, random: object
) -> None:
    printed = list(texts(proof))
    random.shuffle(printed)  # type: ignore[attr-defined]
    slack = [" ".join((text[:9].lower(), text[9:], "\n")) for text in printed]
    assert read([*slack, printed[0]]) == proof


@given(proofs())
def test_every_text_is_alphanumeric_for_a_code_and_of_a_size_a_webcam_reads(proof: PaperProof) -> None:
    for text in texts(proof):
        assert QR_ALPHANUMERIC.fullmatch(text)
        assert len(text) <= paper_proof.MOST_TEXT


def test_sixty_seals_stand_in_one_text_and_a_hundred_in_two() -> None:
    assert [len(texts(usual(count))) for count in (1, 60, 100)] == [1, 1, 2]
    assert len(texts(usual(60))[0]) < 1_200


@given(proofs(most=20), st.data())
def test_one_wrong_sign_is_noticed(proof: PaperProof, data: st.DataObject) -> None:
    printed = list(texts(proof))
    place = data.draw(st.integers(0, len(printed[0]) - 1))
    wrong = data.draw(
        st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ:. ").filter(lambda c: c != printed[0][place])
    )
    with pytest.raises(ProofUnreadable):
        read([printed[0][:place] + wrong + printed[0][place + 1 :], *printed[1:]])


def test_a_missing_part_is_named() -> None:
    printed = texts(usual(150))
    assert len(printed) == 3
    with pytest.raises(ProofUnreadable) as refused:
        read((printed[0], printed[2]))
    assert refused.value.facts == {"reason": "part", "missing": [2]}


def test_parts_of_two_sheets_do_not_mix() -> None:
    one, other = texts(usual(100)), texts(replace(usual(100), shift="G107-S-1.20261121.4"))
    with pytest.raises(ProofUnreadable) as refused:
        read((one[0], other[1]))
    assert refused.value.facts["reason"] == "mixed"


@given(st.one_of(st.text(max_size=200), st.text("CPH1:.0123456789ABCDEF=", max_size=80)))
def test_other_texts_are_refused_never_an_error(text: str) -> None:
    assert part_of(text) is None or text.strip().upper().startswith("CPH1")
    with pytest.raises(ProofUnreadable):
        read([text])


@given(st.binary(max_size=120))
def test_bytes_that_nobody_printed_are_refused_even_with_the_right_tag(data: bytes) -> None:
    import base64

    tag = paper_proof._tag(data)
    text = f"CPH1:1.1:{tag}:{base64.b32encode(data).decode().rstrip('=')}"
    with pytest.raises(ProofUnreadable):
        read([text])


def test_nothing_at_all_is_refused() -> None:
    with pytest.raises(ProofUnreadable):
        read([])


@pytest.mark.parametrize(
    "change",
    [
        {"first": 0},
        {"first": 2_000_000},
        {"seals": ((5, b"x" * 8), (5, b"y" * 8))},
        {"seq": 2**54},
    ],
)
def test_numbers_that_no_chain_has_are_refused(change: dict[str, object]) -> None:
    with pytest.raises(ProofUnreadable):
        read(texts(replace(usual(3), **change)))  # type: ignore[arg-type]


def test_an_endless_count_of_seals_is_not_begun() -> None:
    with pytest.raises(ProofUnreadable):
        read(texts(usual(2_001)))
