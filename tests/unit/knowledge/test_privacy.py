"""Personal identity codes: every valid one is seen, however it is written, and invalid ones are not."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from knowledge.privacy import CHECK_CHARACTERS, holds_identity_code

SIGNS = {1800: "+", 1900: "-YXWVU", 2000: "ABCDEF"}


def code(born: date, number: int, sign: str) -> str:
    """The valid code of an invented person; the check character is the nine digits modulo 31."""
    digits = f"{born:%d%m}{born.year % 100:02}{number:03}"
    return f"{digits[:6]}{sign}{digits[6:]}{CHECK_CHARACTERS[int(digits) % 31]}"


def test_the_check_character_is_that_of_the_authoritys_example() -> None:
    """131052308 modulo 31 is 25, the character T: the agency's own example 131052-308T."""
    assert 131052308 % 31 == 25
    assert code(date(1952, 10, 13), 308, "-") == "131052-308T"
    assert holds_identity_code("131052-308T")


@pytest.mark.parametrize("sign", ["-", "Y", "X", "W", "V", "U"])
def test_every_sign_of_the_1900s_is_seen(sign: str) -> None:
    """Since 2023 the letters U to Y stand for the century beside the hyphen."""
    assert holds_identity_code(f"131052{sign}308T")


@pytest.mark.parametrize("sign", ["A", "B", "C", "D", "E", "F"])
def test_every_sign_of_the_2000s_is_seen(sign: str) -> None:
    """The letters A to F stand for the 2000s: 010203 002 modulo 31 is 3."""
    assert 10203002 % 31 == 3
    assert holds_identity_code(f"010203{sign}0023")


def test_the_sign_of_the_1800s_is_seen() -> None:
    """A plus stands for the 1800s."""
    assert holds_identity_code("131052+308T")


@pytest.mark.parametrize(
    "text",
    [
        "131052-308t",
        "Potilas 131052-308T tuli vastaanotolle.",
        "hetu:131052-308T, nimi salattu",
        "(131052-308T)",
        "131052 -308T",
        "131052- 308 T",
        "13 10 52 - 308T",
        "131052–308T",
        "131052—308T",
        "131052\u2011308T",
        "131052\u2212308T",
        "131052-\u200b308T",
        "131052-\n308T",
        "\uff11\uff13\uff11\uff10\uff15\uff12-308T",
        "131052-308T.",
        "hetu131052-308T",
        "112233-131052-308T",
        "1. 131052-308T",
        "131052-308T/010203A0023",
    ],
)
def test_a_code_is_seen_however_it_is_written(text: str) -> None:
    """Lower case, spaces, odd dashes, invisible characters and full-width digits hide nothing."""
    assert holds_identity_code(text)


@pytest.mark.parametrize(
    "text",
    [
        "131052-308U",
        "131052-3080",
        "310252-308T",
        "131352-308T",
        "131052-308",
        "131052G308T",
        "131052308T",
        "0131052-308T",
        "131052-308TA",
        "Soita 050 131 0523 klo 8-16.",
        "Y-tunnus 1234567-8",
        "Päätös 13.10.1952 § 308 T",
        "",
    ],
)
def test_what_is_no_code_is_not_taken_for_one(text: str) -> None:
    """A wrong check character, an impossible date, an unknown sign, and longer numbers are let through."""
    assert not holds_identity_code(text)


@given(
    st.dates(date(1800, 1, 1), date(2099, 12, 31)),
    st.integers(2, 999),
    st.data(),
    st.sampled_from(["", " ", ",", "\n", "(", "ä:"]),
    st.sampled_from(["", " ", ".", "\n", ")", "?"]),
)
def test_every_valid_code_is_seen(born: date, number: int, data: st.DataObject, before: str, after: str) -> None:
    """Whoever it may belong to, in either case, alone or among other signs."""
    sign = data.draw(st.sampled_from(SIGNS[born.year // 100 * 100]))
    valid = code(born, number, sign)
    for written in (valid, valid.lower(), " ".join(valid)):
        assert holds_identity_code(f"{before}{written}{after}")


@given(st.dates(date(1900, 1, 1), date(1999, 12, 31)), st.integers(2, 999), st.sampled_from(CHECK_CHARACTERS))
def test_no_other_check_character_is_valid(born: date, number: int, check: str) -> None:
    """Of the 31 check characters one is right."""
    valid = code(born, number, "-")
    assume(check != valid[-1])
    assert not holds_identity_code(valid[:-1] + check)
