"""What must be right before a profile is kept."""

from __future__ import annotations

import dataclasses

import pytest

from knowledge.members.drafts import BadProfileError, Field, ProfileDraft, Trouble, checked
from knowledge.model import Language

CODE = "131052-308T"
GOOD = ProfileDraft("Järvirannan hyvinvointialue", "", (Language.FI,), (), "", "", frozenset())


def _troubles(**changes: object) -> dict[Field, Trouble]:
    with pytest.raises(BadProfileError) as caught:
        checked(dataclasses.replace(GOOD, **changes))  # type: ignore[arg-type]
    assert CODE not in str(caught.value)
    return dict(caught.value.troubles)


def test_white_space_and_repetitions_are_put_in_order() -> None:
    """A name is one line, a text keeps its lines, a topic is named once as it was written first."""
    draft = ProfileDraft(
        "  Järvirannan \n hyvinvointialue\x00",
        " kehittäjä ",
        (Language.SV, Language.FI, Language.SV),
        (" Puheentunnistus", "", "kirjaaminen", "puheentunnistus "),
        " Ensimmäinen\t rivi. \r\n\n\u2028 Toinen\ud800 rivi. ",
        "\n",
        frozenset(),
    )
    assert checked(draft) == ProfileDraft(
        "Järvirannan hyvinvointialue",
        "kehittäjä",
        (Language.SV, Language.FI),
        ("Puheentunnistus", "kirjaaminen"),
        "Ensimmäinen rivi.\nToinen rivi.",
        "",
        frozenset(),
    )


@pytest.mark.parametrize("field", [Field.ORGANISATION, Field.ROLE, Field.TOPICS, Field.OFFERS, Field.SEEKS])
@pytest.mark.parametrize("written", [CODE, "Soita: 131052–308t.", "131052 -\n308T"])
def test_a_personal_identity_code_is_refused_wherever_it_stands(field: Field, written: str) -> None:
    """The error names the part, and holds nothing of what was written."""
    value = (written,) if field is Field.TOPICS else written
    assert _troubles(**{field.value: value}) == {field: Trouble.IDENTITY_CODE}


def test_a_code_cut_into_two_topics_is_found() -> None:
    """A comma in the middle of it hides nothing."""
    assert _troubles(topics=("131052-", "308T")) == {Field.TOPICS: Trouble.IDENTITY_CODE}


@pytest.mark.parametrize(
    ("field", "longest"),
    [("organisation", 120), ("role", 100), ("offers", 700), ("seeks", 700)],
)
def test_a_text_has_its_longest(field: str, longest: int) -> None:
    """One character more is too long."""
    assert checked(dataclasses.replace(GOOD, **{field: "a" * longest}))
    assert _troubles(**{field: "a" * (longest + 1)}) == {Field(field): Trouble.TOO_LONG}


def test_topics_have_their_number_and_length() -> None:
    """Twelve topics of sixty letters are fine."""
    twelve = tuple(f"{number:02}{'a' * 58}" for number in range(12))
    assert checked(dataclasses.replace(GOOD, topics=twelve)).topics == twelve
    assert _troubles(topics=(*twelve, "yksi")) == {Field.TOPICS: Trouble.TOO_MANY}
    assert _troubles(topics=("a" * 61,)) == {Field.TOPICS: Trouble.TOO_LONG}


def test_everything_that_is_wrong_is_told_at_once() -> None:
    """An organisation and a language are needed; a code outweighs a length."""
    assert _troubles(organisation=" ", languages=(), offers=f"{'a ' * 400}{CODE}") == {
        Field.ORGANISATION: Trouble.MISSING,
        Field.LANGUAGES: Trouble.MISSING,
        Field.OFFERS: Trouble.IDENTITY_CODE,
    }
