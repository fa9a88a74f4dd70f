"""Questions that are not looked up, each for its own reason."""

from __future__ import annotations

import json
import time
from pathlib import Path

import pytest

from knowledge.answering.rendering import answer_text
from knowledge.conduct.rules import LONGEST_QUESTION, reason_to_refuse
from knowledge.model import Language, Reason

DATA = Path(__file__).parents[3] / "data"


@pytest.mark.parametrize(
    "text",
    [
        "Milloin puheentunnistuspilotti alkoi?",
        "Hei, milloin pilotti alkoi?",
        "Kiitos! Entä kuka pilottia johtaa?",
        "Mitä sanotaan potilaiden kivun hoidosta?",
        "Miten minulla olisi mahdollisuus osallistua pilottiin?",
        "Kuka auttaa hankinnoissa?",
        "Mikä on diabeteksen seurantasovelluksen arviointitulos?",
        "När började piloten?",
        "Hej, var hittar jag anvisningen?",
        "Vilka patienter deltog i studien?",
        "Which hospitals use triage tools for chest pain?",
        "What does the guide say about fever in children?",
        "I have a question about procurement",
        "Mitä annosvirheille tehtiin?",
        "Kuinka paljon insuliiniannoksia kirjautui väärin?",
        "Voiko asiakas kieltäytyä tutkasta?",
        "Mitä teen, jos syötin henkilötietoja väärään palveluun?",
        "Meillä potilailla on kipua mittaava sovellus, onko muilla vastaavaa?",
        "Voinko ottaa kollegan mukaan tekoälyaamuun?",
        "Vad gör man om någon har ont om tid?",
        "What happened with the insulin dose?",
        "How can I find use cases on pain assessment?",
        "Minulla on kysymys oireiden arvioinnista",
        "Vi har ett projekt om symtom hos barn",
        "Should I apply for funding before the pilot?",
        "Hei, osaatko sanoa milloin seminaari on?",
        "helpdesk",
        "MDR",
        "7",
    ],
)
def test_questions_about_the_documents_are_looked_up(text: str) -> None:
    """A question is no greeting because it opens with one, and no plea for advice because it speaks of an illness."""
    assert reason_to_refuse(text) is Reason.NONE


@pytest.mark.parametrize(
    "text",
    ["Hei!", "moikka", "Hyvää päivää", "Kiitos paljon!", "Kuka olet?", "Mitä osaat?", "hej", "Tack så mycket",
     "Vem är du?", "Hello there", "thanks", "What can you do?", "Hei Solmu 👋", "ok", "Moro", "Mites menee?",
     "Oletko robotti?", "Mitä sä osaat?", "Kiitos, tämä auttoi", "Selvä, kiitos", "Hyvää viikonloppua kaikille",
     "Är du en robot?", "Tack för hjälpen!", "Vad kan jag fråga dig?", "Hejdå", "Are you a bot?", "What’s your name?",
     "Thank you so much!", "good night", "ok thanks", "👍 kiitos", "Hei! Mitä kuuluu?"],
)  # fmt: skip
def test_small_talk_is_answered_as_such(text: str) -> None:
    """A greeting or thanks alone, in three languages, is not searched for."""
    assert reason_to_refuse(text) is Reason.SMALL_TALK


@pytest.mark.parametrize(
    "text",
    [
        "Minulla on kova rintakipu, mitä teen?",
        "Lapsellani on kuumetta, pitäisikö lähteä päivystykseen",
        "Mitä lääkettä voin antaa potilaalle?",
        "Pitäisikö minun mennä lääkäriin?",
        "Jag har ont i bröstet",
        "Mitt barn har feber",
        "I have a headache",
        "My chest hurts",
        "Should I take ibuprofen?",
        "what dose should I give for my patient",
        "Mulla on pää kipeä",
        "Mikä annos parasetamolia 3-vuotiaalle lapselle?",
        "Voinko ottaa ibuprofeenia raskaana ollessa?",
        "Voiko Buranaa ottaa Panadolin kanssa?",
        "Onko tämä luomi vaarallinen?",
        "Miten hoidan flunssan?",
        "Asukas kaatui ja valittaa lonkkaa, mitä teemme?",
        "Potilaallani on INR 5, mitä teen marevanin kanssa?",
        "Kan jag ta Ibuprofen när jag är gravid?",
        "Min mamma är förvirrad, ska vi åka till jouren?",
        "Is this mole dangerous?",
        "My patient has an INR of 5, what should I do?",
        "How do I treat my flu?",
    ],
)
def test_nobodys_health_is_advised_on(text: str) -> None:
    """A question about one person's symptoms or medicine is led to professionals, in three languages."""
    assert reason_to_refuse(text) is Reason.CLINICAL_ADVICE


@pytest.mark.parametrize(
    "text",
    [
        "En halua enää elää",
        "Mulla on itsemurha-ajatuksia",
        "Asiakas puhuu tappavansa itsensä, mitä teen?",
        "Jag vill inte leva längre",
        "Klienten hotar ta livet av sig",
        "I want to die",
        "My friend says she will kill herself",
        "Hei! Haluan kuolla.",
    ],
)
def test_somebody_in_danger_is_led_to_help(text: str) -> None:
    """Words of suicide, one's own or another's, come before greetings and advice, and name the emergency number."""
    assert reason_to_refuse(text) is Reason.CRISIS
    for language in (Language.FI, Language.SV, Language.EN):
        assert "112" in answer_text(language, Reason.CRISIS, (), ())


@pytest.mark.parametrize(
    "text",
    [
        "Miten itsemurhariskiä ennustava malli toimii?",
        "Mitä itsemurhien ehkäisyyn on hankittu?",
        "Vilka appar finns mot självskadebeteende?",
        "Which tools detect suicidal messages?",
    ],
)
def test_work_against_suicide_is_no_crisis(text: str) -> None:
    """A question about tools and projects is looked up, whatever they are for."""
    assert reason_to_refuse(text) is Reason.NONE


def test_no_question_of_the_sets_is_refused_for_its_words() -> None:
    """Questions about the sample, and those made to look like small talk or pleas for advice."""
    asked = [json.loads(line) for line in (DATA / "sample_questions.jsonl").read_text(encoding="utf-8").splitlines()]
    alike = [json.loads(line) for line in (DATA / "conduct_questions.jsonl").read_text(encoding="utf-8").splitlines()]
    questions = [line["question"] for line in asked if line["document"]]
    questions += [line["text"] for line in alike if line["expected"] == "question"]
    assert len(questions) >= 260
    assert [text for text in questions if reason_to_refuse(text) is not Reason.NONE] == []


@pytest.mark.parametrize("text", ["voi vittu", "Vilken jävla bot", "this sucks", "perkele!"])
def test_swearing_is_answered_calmly(text: str) -> None:
    """Somebody who swears and asks nothing hears what the bot is for."""
    assert reason_to_refuse(text) is Reason.SMALL_TALK


@pytest.mark.parametrize(
    "text", ["Miksi helvetissä tietosuojaohjetta ei löydy?", "Where is the damn procurement guide?"]
)
def test_an_angry_question_is_a_question(text: str) -> None:
    """Who swears about the material still wants it."""
    assert reason_to_refuse(text) is Reason.NONE


@pytest.mark.parametrize("text", ["", "   ", "\n", "?!", "👋", "…", "***"])
def test_nothing_is_no_question(text: str) -> None:
    """Without a letter or digit there is nothing to look up."""
    assert reason_to_refuse(text) is Reason.EMPTY


def test_a_question_has_a_longest_length() -> None:
    """2000 characters are a question; one more is not."""
    assert LONGEST_QUESTION == 2000
    assert reason_to_refuse("pilotti " * 250) is Reason.NONE
    assert reason_to_refuse("pilotti " * 250 + "x") is Reason.TOO_LONG


@pytest.mark.parametrize("rest", ["", "Hei! ", "Minulla on kuumetta. ", "pilotti " * 300])
def test_personal_data_comes_before_every_other_reason(rest: str) -> None:
    """Whatever else a text is, an identity code in it is told first: it must not be kept or logged."""
    assert reason_to_refuse(f"{rest}131052-308T") is Reason.PERSONAL_DATA


@pytest.mark.parametrize("text", ["hei " * 490 + "pilotti", "kiitos paljon " * 140 + "ja", "minulla " * 240])
def test_no_text_takes_long_to_judge(text: str) -> None:
    """A thousand greetings or persons in a row are judged in a blink: no pattern tries them in every way."""
    started = time.perf_counter()
    assert reason_to_refuse(text) is Reason.NONE
    assert time.perf_counter() - started < 1
