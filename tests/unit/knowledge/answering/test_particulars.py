"""Amounts, dates, names and turns of a written sentence are the source's own, in one language and across."""

from __future__ import annotations

import pytest

from knowledge.answering.particulars import amounts_stand, names_stand, turns_stand
from knowledge.model import Language

FI, SV, EN = Language.FI, Language.SV, Language.EN


@pytest.mark.parametrize(
    ("claim", "source", "stands"),
    [
        ("Se maksaa 1 200 euroa.", "Hinta on 1 200 €.", True),
        ("Se maksaa 1 300 euroa.", "Hinta on 1 200 €.", False),
        ("Se säilyy yhden vuoden.", "Se säilyy 12 kuukautta.", True),
        ("Se säilyy 12 kuukautta.", "Se säilyy 12 vuotta.", False),
        ("Lokit säilyvät 2 vuotta.", "Tallenteet säilyvät 7 vuotta, lokit 2 vuotta.", True),
        ("Lokit säilyvät 7 vuotta.", "Tallenteet säilyvät 7 vuotta, lokit 2 vuotta.", False),
        ("Se on 14. lokakuuta.", "Se on 14.10.2026.", True),
        ("Se on 14.10.2027.", "Se on 14.10.2026.", False),
        ("Raportti valmistuu marraskuussa.", "Raportti valmistuu joulukuussa.", False),
        ("Kokous alkaa klo 9.30.", "Kokous alkaa klo 8.30.", False),
        ("Kurssilla oli seitsemän lääkäriä.", "Kurssilla oli 7 lääkäriä.", True),
        ("Kurssilla oli 12 lääkäriä.", "Kurssilla oli 48 lääkäriä ja 12 hoitajaa.", False),
        (
            "Hakemuksia tuli yhdeksän, joista 29 hyväksyttiin.",
            "Hakemuksia tuli 29, joista yhdeksän hyväksyttiin.",
            False,
        ),
        ("Se testataan joka viikko.", "Se testataan joka kuukausi.", False),
        ("Siihen kuluu 30 päivää.", "Siihen kuluu enintään 30 päivää.", False),
    ],
)
def test_amounts_in_one_language(claim: str, source: str, stands: bool) -> None:  # noqa: FBT001 - what the row says
    """The same value of the same thing, in whatever form; no other unit, no other month, no lost limit."""
    assert amounts_stand(claim, FI, source, FI) is stands


@pytest.mark.parametrize(
    ("claim", "language", "stands"),
    [
        ("It costs 84,000 euros.", EN, True),
        ("It costs 84 euros.", EN, False),
        ("Det kostar 84 000 euro.", SV, True),
    ],
)
def test_amounts_across_languages(claim: str, language: Language, stands: bool) -> None:  # noqa: FBT001 - as above
    """A comma parts thousands in English and decimals elsewhere."""
    assert amounts_stand(claim, language, "Se maksaa 84 000 euroa.", FI) is stands


@pytest.mark.parametrize(
    ("claim", "stands"),
    [
        ("Puheenjohtaja on Aino Kuusela.", True),
        ("Puheenjohtaja on Carita Lindholm.", False),
        ("Ohje koskee Kuuselan ryhmää.", True),
        ("Siitä kerrotaan THL:lle.", False),
        ("Laite on CE-merkitty.", True),
        ("Fimea valvoo sitä.", True),
        ("FPA valvoo sitä.", False),
        ("Versio 4b korjaa vian.", False),
        ("Puheenjohtaja kutsuu koolle.", True),
    ],
)
def test_names(claim: str, stands: bool) -> None:  # noqa: FBT001 - as above
    """Names may be inflected, never exchanged; the first word of a sentence is one only if no dictionary has it."""
    assert (
        names_stand(claim, FI, "Ryhmän puheenjohtaja on Aino Kuusela. Laitteella on CE-merkintä Fimea:n luvalla.")
        is stands
    )


@pytest.mark.parametrize(
    ("claim", "source", "language", "stands"),
    [
        ("Tallennetta ei saa jakaa.", "Tallennetta ei saa jakaa.", FI, True),
        ("Tallennetta saa jakaa.", "Tallennetta ei saa jakaa.", FI, False),
        ("Tallennetta ei saa jakaa.", "Tallennetta saa jakaa.", FI, False),
        ("Ryhmä antaa suosituksia.", "Ryhmä ei tee päätöksiä, vaan antaa suosituksia.", FI, True),
        ("Ryhmä tekee päätöksiä.", "Ryhmä ei tee päätöksiä, vaan antaa suosituksia.", FI, False),
        ("Kurssi on pakollinen.", "Kurssi on vapaaehtoinen.", FI, False),
        ("Aika väheni.", "Aika kasvoi.", FI, False),
        ("Kurssi käydään ennen lupaa.", "Kurssi käydään luvan jälkeen.", FI, False),
        ("Armbandet mätte platsen.", "Armbandet mätte pulsen men inte platsen.", SV, False),
        ("Armbandet mätte pulsen.", "Armbandet mätte pulsen men inte platsen.", SV, True),
        ("The fee is refunded.", "The fee is not refunded.", EN, False),
        ("Only nurses may see it.", "Nurses may see it.", EN, False),
        ("Nurses may see it.", "Only nurses may see it.", EN, False),
        ("Tallenteen saa jakaa.", "Tallenteen saa jakaa, jos potilas on antanut luvan.", FI, False),
        ("Bidraget betalas ut.", "Bidraget betalas ut om resultatet publiceras.", SV, False),
        ("Anvisningen handlar om taligenkänning.", "Anvisningen handlar om taligenkänning.", SV, True),
    ],
)
def test_turns(claim: str, source: str, language: Language, stands: bool) -> None:  # noqa: FBT001 - as above
    """`Not`, `only`, `before` and the like stand where the source has them, and are not left out where it denies."""
    assert turns_stand(claim, language, source, language) is stands


def test_turns_across_languages() -> None:
    """A denial in one language is one in another; Swedish `en` is an article and Finnish `en` is not."""
    assert turns_stand("Avgiften återbetalas inte.", SV, "Maksua ei palauteta.", FI)
    assert not turns_stand("Avgiften återbetalas.", SV, "Maksua ei palauteta.", FI)
    assert turns_stand("Gruppen har en ledare.", SV, "Ryhmällä on johtaja.", FI)
