"""Ratings, questions to the network and curated answers over a real database: who may do what, and what is erased."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from knowledge.errors import NotFoundError
from knowledge.inquiries.contexts import Contexts, OutOfReachError
from knowledge.inquiries.curating import Curation, Edited
from knowledge.inquiries.inquiring import (
    Heard,
    Inquiries,
    NothingAskedError,
    NotYoursError,
    OverError,
    Wish,
    inquiry_id,
)
from knowledge.inquiries.ratings import Ratings
from knowledge.inquiries.shelving import add_sources, document_of
from knowledge.members.profiles import Profiles
from knowledge.model import (
    NOBODY,
    Audience,
    ChannelId,
    Complaint,
    InquiryState,
    LetterKind,
    MemberId,
    PassageId,
    QuestionId,
    Verdict,
)
from knowledge.privacy import IdentityCodeError
from knowledge.roles import FixedRoles
from knowledge.store import Store, open_store
from tests.builders import content, document, member, organisation, question, source
from tests.fakes import SetClock, SmallEmbedder
from tests.inquiring import given_answer

ASKER, REPLIER, OTHER, COORDINATOR = (MemberId(f"T1:U{number}") for number in (1, 2, 3, 9))
E1 = QuestionId("Ev1")
I1 = inquiry_id(E1)
C1 = ChannelId("C1")
CODE = "131052-308T"
EDITED = Edited("Kauanko käyttöönotto kestää?", "Neljä viikkoa.", Audience.MEMBERS)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """A database with one question in it."""
    opened = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}")
    with opened() as work:
        work.questions.add(question())
        work.commit()
    return opened


@pytest.fixture
def inquiries(store: Store) -> Inquiries:
    """What askers do."""
    return Inquiries(store, SetClock())


@pytest.fixture
def curation(store: Store) -> Curation:
    """What repliers and the one coordinator do."""
    return Curation(store, SetClock(), FixedRoles([COORDINATOR]))


def _ask(inquiries: Inquiries, text: str = "Kauanko kestää?") -> None:
    inquiries.ask(E1, ASKER, Wish(text, C1, is_named=True))
    inquiries.note_posted(I1, "5.1")


def _say(inquiries: Inquiries, text: str = "Neljä viikkoa.", *, author: MemberId = REPLIER, ts: str = "6.1") -> bool:
    return inquiries.hear(Heard(C1, "5.1", ts, author, text))


def _accepted(inquiries: Inquiries) -> None:
    _ask(inquiries)
    assert _say(inquiries)
    inquiries.accept(I1, "6.1", ASKER)


def _letters(store: Store, person: MemberId) -> list[LetterKind]:
    with store.reading() as work:
        return [each.kind for each in work.letters.of(person)]


def _state(store: Store) -> InquiryState:
    with store.reading() as work:
        return work.inquiries.get(I1).state


def test_a_rating_is_changed_by_a_later_click(store: Store) -> None:
    """Thumbs down keeps the reason given before; thumbs up takes it away."""
    ratings = Ratings(store, SetClock(), FixedRoles())
    ratings.praise(E1, ASKER)
    assert ratings.object(E1, ASKER).complaint is Complaint.NONE
    ratings.explain(E1, ASKER, Complaint.OUTDATED, "  Uusi ohje on tullut.  ")
    again = ratings.object(E1, ASKER)
    assert (again.verdict, again.complaint, again.words) == (Verdict.BAD, Complaint.OUTDATED, "Uusi ohje on tullut.")
    ratings.praise(E1, ASKER)
    with store.reading() as work:
        [kept] = work.ratings.all()
    assert (kept.verdict, kept.complaint, kept.words) == (Verdict.GOOD, Complaint.NONE, "")


def test_words_with_an_identity_code_are_not_kept(store: Store) -> None:
    """Nothing of the rating is changed then."""
    ratings = Ratings(store, SetClock(), FixedRoles())
    with pytest.raises(IdentityCodeError):
        ratings.explain(E1, ASKER, Complaint.WRONG, f"Potilas {CODE} sai toisen vastauksen.")
    with store.reading() as work:
        assert work.ratings.all() == []


def test_admins_hear_once_of_what_is_called_outdated(store: Store) -> None:
    """Of each cited document one letter, whoever says so and however often; of other complaints none."""
    ratings = Ratings(store, SetClock(), FixedRoles(admins=[COORDINATOR]))
    with store() as work:
        work.ratings.record(given_answer())
        work.commit()
    ratings.explain(E1, ASKER, Complaint.WRONG, "")
    assert _letters(store, COORDINATOR) == []
    for person in (ASKER, OTHER):
        ratings.explain(E1, person, Complaint.OUTDATED, "")
    assert _letters(store, COORDINATOR) == [LetterKind.OUTDATED] * 2


@pytest.mark.parametrize("rate", [Ratings.praise, Ratings.object])
def test_only_what_was_asked_is_rated(store: Store, rate: Callable[..., object]) -> None:
    """A button of a question that is gone rates nothing."""
    with pytest.raises(NotFoundError):
        rate(Ratings(store, SetClock(), FixedRoles()), QuestionId("Ev9"), ASKER)


def test_a_passage_stands_between_its_neighbours(store: Store) -> None:
    """One before and one after, as far as there are; of a changed document the passage alone, marked."""
    doc, contexts = document(), Contexts(store)
    with store() as work:
        work.sources.add(source())
        work.documents.put(content(doc, "Yksi.", "Kaksi.", "Kolme.", "Neljä."), doc.read_at)
        numbers = [each.id for each in work.documents.of_document(doc.id)]
        work.commit()
    second = contexts.around(numbers[1], Audience.PUBLIC)
    assert [each.text for each in (*second.before, second.passage, *second.after)] == ["Yksi.", "Kaksi.", "Kolme."]
    assert contexts.around(numbers[0], Audience.PUBLIC).before == ()
    assert contexts.around(numbers[3], Audience.PUBLIC).after == ()
    assert not second.is_outdated
    with store() as work:
        work.documents.put(content(doc, "Yksi.", "Uusi.", revision="r2"), doc.read_at)
        work.commit()
    changed = contexts.around(numbers[1], Audience.PUBLIC)
    assert (changed.before, changed.passage.text, changed.after) == ((), "Kaksi.", ())
    assert changed.is_outdated
    with pytest.raises(NotFoundError):
        contexts.around(PassageId(999), Audience.PUBLIC)


def test_a_passage_is_shown_to_those_who_may_read_it(store: Store) -> None:
    """Who may read it is told by the source's audience now, not by who saw the answer."""
    home = source(audience=Audience.MEMBERS)
    doc = document(of=home)
    with store() as work:
        work.sources.add(home)
        work.documents.put(content(doc, "Yksi."), doc.read_at)
        [passage] = work.documents.of_document(doc.id)
        work.commit()
    with pytest.raises(OutOfReachError):
        Contexts(store).around(passage.id, Audience.PUBLIC)
    assert Contexts(store).around(passage.id, Audience.COORDINATORS).passage.text == "Yksi."


def test_only_the_asker_puts_a_question_to_the_network_and_once(inquiries: Inquiries, store: Store) -> None:
    """Not another person, not without words, not with an identity code, and not a second time."""
    wish = Wish("Kauanko?", C1, is_named=False)
    with pytest.raises(NotYoursError):
        inquiries.ask(E1, OTHER, wish)
    with pytest.raises(NothingAskedError):
        inquiries.ask(E1, ASKER, Wish("  ", C1, is_named=False))
    with pytest.raises(IdentityCodeError):
        inquiries.ask(E1, ASKER, Wish(f"Onko {CODE} sallittu?", C1, is_named=False))
    assert inquiries.question(E1, ASKER).text == "Milloin pilotti alkoi?"
    assert inquiries.ask(E1, ASKER, wish).id == I1
    with pytest.raises(OverError):
        inquiries.ask(E1, ASKER, wish)
    with store.reading() as work:
        assert [each.text for each in work.inquiries.unposted()] == ["Kauanko?"]


def test_only_what_others_write_in_the_thread_is_a_reply(inquiries: Inquiries, store: Store) -> None:
    """The asker's own words, other threads and identity codes are passed over; each reply is told once."""
    _ask(inquiries)
    assert not _say(inquiries, author=ASKER)
    assert not _say(inquiries, f"Kysy potilaalta {CODE}.")
    assert not inquiries.hear(Heard(C1, "4.9", "6.1", REPLIER, "Muualla."))
    assert not inquiries.hear(Heard(ChannelId("C2"), "5.1", "6.1", REPLIER, "Muualla."))
    assert _letters(store, ASKER) == []
    assert _say(inquiries)
    assert _say(inquiries, "Neljä tai viisi viikkoa.")
    assert _letters(store, ASKER) == [LetterKind.INQUIRY_REPLY]
    assert inquiries.reply(I1, "6.1")[1].text == "Neljä tai viisi viikkoa."


def test_a_deleted_reply_is_forgotten(inquiries: Inquiries) -> None:
    """Nobody can accept it then."""
    _ask(inquiries)
    assert _say(inquiries)
    inquiries.unsay(C1, "5.1", "6.1")
    with pytest.raises(NotFoundError):
        inquiries.accept(I1, "6.1", ASKER)


def test_the_replier_is_asked_before_anything_is_kept(inquiries: Inquiries, curation: Curation, store: Store) -> None:
    """Only the asker accepts, once; only that reply's author agrees; who refuses ends it."""
    _ask(inquiries)
    assert _say(inquiries)
    with pytest.raises(NotYoursError):
        inquiries.accept(I1, "6.1", OTHER)
    inquiries.accept(I1, "6.1", ASKER)
    with pytest.raises(OverError):
        inquiries.accept(I1, "6.1", ASKER)
    assert _letters(store, REPLIER) == [LetterKind.REPLY_CONSENT]
    with pytest.raises(NotYoursError):
        curation.agree(I1, OTHER, "Muu Henkilö")
    curation.refuse(I1, REPLIER)
    assert _state(store) is InquiryState.CLOSED
    with pytest.raises(OverError):
        curation.agree(I1, REPLIER, "Outi Saarela")
    assert _letters(store, COORDINATOR) == []
    assert not _say(inquiries, ts="7.1")


def test_a_coordinator_edits_and_approves(inquiries: Inquiries, curation: Curation, store: Store) -> None:
    """Nobody else does; asker and author are told, and an indexing is asked for. It is done once."""
    _accepted(inquiries)
    curation.agree(I1, REPLIER, "Outi Saarela")
    assert _letters(store, COORDINATOR) == [LetterKind.CURATE]
    with pytest.raises(NotYoursError):
        curation.approve(I1, EDITED, OTHER)
    with pytest.raises(NothingAskedError):
        curation.approve(I1, Edited("Kauanko?", " ", Audience.MEMBERS), COORDINATOR)
    assert curation.offered(I1).text == "Neljä viikkoa."
    curation.approve(I1, EDITED, COORDINATOR)
    with pytest.raises(OverError):
        curation.approve(I1, EDITED, COORDINATOR)
    with pytest.raises(OverError):
        curation.offered(I1)
    assert LetterKind.CURATED in _letters(store, ASKER)
    assert LetterKind.CURATED in _letters(store, REPLIER)
    with store.reading() as work:
        [answer] = work.inquiries.answers()
        assert (answer.question, answer.name, answer.author) == (EDITED.question, "Outi Saarela", REPLIER)
        assert work.runs.latest().requested_by == "curation"  # type: ignore[union-attr]


def test_a_dismissed_answer_is_not_kept(inquiries: Inquiries, curation: Curation, store: Store) -> None:
    """The coordinator's no erases the copy."""
    _accepted(inquiries)
    curation.agree(I1, REPLIER, "")
    curation.dismiss(I1, COORDINATOR)
    assert _state(store) is InquiryState.CLOSED
    with pytest.raises(NotFoundError):
        curation.answer(I1)


def _shelve(store: Store, curation: Curation) -> None:
    """As the indexer does."""
    with store() as work:
        add_sources(work, SetClock())
        [home] = work.sources.all()
        doc = document(I1, of=home)
        assert doc.id == document_of(curation.answer(I1))
        work.documents.put(content(doc, "Neljä viikkoa."), doc.read_at)
        work.commit()


def _live(store: Store) -> int:
    with store.reading() as work:
        return len(work.documents.live())


def test_the_author_takes_the_answer_back(inquiries: Inquiries, curation: Curation, store: Store) -> None:
    """Nobody else does; its document is gone at once."""
    _accepted(inquiries)
    curation.agree(I1, REPLIER, "Outi Saarela")
    curation.approve(I1, EDITED, COORDINATOR)
    _shelve(store, curation)
    with pytest.raises(NotYoursError):
        curation.retract(I1, ASKER)
    assert _live(store) == 1
    curation.retract(I1, REPLIER)
    assert _live(store) == 0
    with store.reading() as work:
        assert work.inquiries.answers() == []


def test_who_leaves_takes_their_words_along(inquiries: Inquiries, curation: Curation, store: Store) -> None:
    """The author's answer is erased with the profile, everywhere."""
    _accepted(inquiries)
    curation.agree(I1, REPLIER, "Outi Saarela")
    curation.approve(I1, EDITED, COORDINATOR)
    _shelve(store, curation)
    profiles = Profiles(store, SmallEmbedder(), SetClock(), farewells=(curation.forget,))
    with store() as work:
        work.organisations.put(organisation())
        work.members.put(member("U2", id=REPLIER))
        work.commit()
    profiles.leave(REPLIER)
    assert _live(store) == 0
    with store.reading() as work:
        assert work.inquiries.answers_by(REPLIER) == []
        with pytest.raises(NotFoundError):
            work.inquiries.reply(I1, "6.1")


@pytest.mark.parametrize("is_approved", [True, False])
def test_of_an_asker_who_leaves_the_message_alone_is_left(
    inquiries: Inquiries, curation: Curation, store: Store, *, is_approved: bool
) -> None:
    """Until it is taken down; another's answer that was taken in stays, without the asker."""
    _accepted(inquiries)
    curation.agree(I1, REPLIER, "")
    if is_approved:
        curation.approve(I1, EDITED, COORDINATOR)
    curation.forget(ASKER)
    [gone] = curation.withdrawn()
    assert (gone.asker, gone.text, gone.ts) == ("", "", "5.1")
    curation.end(I1)
    assert curation.withdrawn() == []
    with store.reading() as work:
        assert len(work.inquiries.answers()) == is_approved
        assert work.inquiries.by(ASKER) == []


def test_of_an_inquiry_on_its_way_nothing_but_the_place_is_left(inquiries: Inquiries, curation: Curation) -> None:
    """Its message may stand in the channel any moment, and would be nobody's."""
    inquiries.ask(E1, ASKER, Wish("Kauanko?", C1, is_named=True))
    curation.forget(ASKER)
    [left] = curation.withdrawn()
    assert (left.asker, left.text, left.is_named, left.channel) == (NOBODY, "", False, C1)
    assert inquiries.waiting() == []
    assert not inquiries.note_posted(I1, "5.1")
    assert curation.withdrawn()[0].ts == "5.1"
