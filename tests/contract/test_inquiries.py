"""Ratings of answers, questions to the network, and curated answers, on SQLite and on PostgreSQL."""

from __future__ import annotations

import pytest

from knowledge.errors import NotFoundError
from knowledge.model import ChannelId, Complaint, InquiryId, InquiryState, MemberId, PassageId, QuestionId, Verdict
from knowledge.store import Store
from tests.builders import content, document, member, organisation, question, source
from tests.inquiring import curated_answer, given_answer, inquiry, inquiry_reply, rating

E1, I1 = QuestionId("Ev1"), InquiryId("i1")
U1, U2, U3 = MemberId("T1:U1"), MemberId("T1:U2"), MemberId("T1:U3")


def test_what_an_answer_was_made_of_is_read_back(store: Store) -> None:
    """Every field survives, and a second record replaces the first."""
    with store() as work:
        work.questions.add(question())
        work.ratings.record(given_answer())
        work.ratings.record(given_answer(passages=(PassageId(9),)))
        work.commit()
    with store.reading() as work:
        assert work.ratings.answer(E1) == given_answer(passages=(PassageId(9),))
        with pytest.raises(NotFoundError):
            work.ratings.answer(QuestionId("Ev2"))


def test_a_person_has_one_rating_of_an_answer(store: Store) -> None:
    """The later word replaces the earlier; another person's stays beside it."""
    with store() as work:
        work.questions.add(question())
        work.ratings.rate(rating())
        work.ratings.rate(rating(person=U2))
        last = rating(verdict=Verdict.BAD, complaint=Complaint.OUTDATED, words="Uusi ohje on tullut.")
        work.ratings.rate(last)
        work.commit()
    with store.reading() as work:
        assert work.ratings.all() == [last, rating(person=U2)]
        assert work.ratings.rating(E1, U1) == last
        with pytest.raises(NotFoundError):
            work.ratings.rating(E1, U3)


def test_answers_and_ratings_of_many_questions_are_read_at_once(store: Store) -> None:
    """Those that there are, of more questions than one statement takes, and of no others."""
    with store() as work:
        for name in ("Ev1", "Ev2", "Ev3"):
            work.questions.add(question(name))
            work.ratings.record(given_answer(name))
            work.ratings.rate(rating(name))
        work.commit()
    asked = [E1, QuestionId("Ev3"), *(QuestionId(f"unknown {number}") for number in range(600))]
    with store.reading() as work:
        assert work.ratings.answers(asked) == {name: given_answer(name) for name in ("Ev1", "Ev3")}
        assert sorted(each.question for each in work.ratings.of(asked)) == ["Ev1", "Ev3"]
        assert (work.ratings.answers([]), work.ratings.of([])) == ({}, [])


def test_ratings_are_erased_with_the_person(store: Store) -> None:
    """Who leaves takes their ratings along, and nobody else's."""
    with store() as work:
        work.questions.add(question())
        work.organisations.put(organisation())
        work.members.put(member("U1", id=U1))
        work.ratings.rate(rating())
        work.ratings.rate(rating(person=U2))
        work.members.remove(U1)
        assert work.ratings.all() == [rating(person=U2)]


def test_an_inquiry_is_added_once_and_replaced(store: Store) -> None:
    """The same question asked twice is one inquiry; it is found by its message once it has one."""
    posted = inquiry(ts="5.1", state=InquiryState.ASKED, accepted="6.1")
    with store() as work:
        assert work.inquiries.add(inquiry())
        assert not work.inquiries.add(inquiry(text="Toinen?"))
        assert work.inquiries.get(I1) == inquiry()
        assert work.inquiries.unposted() == [inquiry()]
        work.inquiries.put(posted)
        work.commit()
    with store() as work:
        assert work.inquiries.lock(I1) == posted
        assert work.inquiries.at(ChannelId("C1"), "5.1") == posted
        assert work.inquiries.unposted() == []
        assert work.inquiries.within([InquiryState.ASKED]) == [posted]
        assert work.inquiries.within([InquiryState.OPEN]) == []
        assert work.inquiries.by(U1) == [posted]
        for channel, ts in (("C2", "5.1"), ("C1", "5.2")):
            with pytest.raises(NotFoundError):
                work.inquiries.at(ChannelId(channel), ts)


def test_replies_are_kept_by_their_time(store: Store) -> None:
    """An edited reply replaces what it was; a removed one and those of who is forgotten are gone."""
    with store() as work:
        work.inquiries.add(inquiry())
        for ts, author in (("6.1", U2), ("6.2", U3), ("6.3", U3)):
            work.inquiries.put_reply(inquiry_reply(ts=ts, author=author))
        work.inquiries.put_reply(inquiry_reply(ts="6.1", text="Korjattu."))
        assert work.inquiries.reply(I1, "6.1") == inquiry_reply(ts="6.1", text="Korjattu.")
        work.inquiries.remove_reply(I1, "6.2")
        work.inquiries.forget_replies(U2)
        for ts in ("6.1", "6.2"):
            with pytest.raises(NotFoundError):
                work.inquiries.reply(I1, ts)
        assert work.inquiries.reply(I1, "6.3").author == U3


def test_only_approved_answers_are_listed(store: Store) -> None:
    """One that waits is read by its id alone; erasing the inquiry erases its answer."""
    with store() as work:
        work.inquiries.add(inquiry())
        work.inquiries.put_answer(curated_answer(is_approved=False))
        assert work.inquiries.answers() == []
        assert work.inquiries.answer(I1) == curated_answer(is_approved=False)
        work.inquiries.put_answer(curated_answer())
        assert work.inquiries.answers() == [curated_answer()]
        assert work.inquiries.answers_by(U2) == [curated_answer()]
        assert work.inquiries.answers_by(U1) == []
        work.inquiries.remove(I1)
        with pytest.raises(NotFoundError):
            work.inquiries.answer(I1)


def test_an_answer_alone_can_be_erased(store: Store) -> None:
    """The inquiry stays."""
    with store() as work:
        work.inquiries.add(inquiry())
        work.inquiries.put_answer(curated_answer())
        work.inquiries.remove_answer(I1)
        assert work.inquiries.answers() == []
        assert work.inquiries.get(I1) == inquiry()


def test_an_erased_document_is_out_of_every_reach(store: Store) -> None:
    """Unlike a retired one, its passages are gone for earlier generations too; the revision rises."""
    kept, gone = document("kept.md"), document("gone.md")
    with store() as work:
        work.sources.add(source())
        for each in (kept, gone):
            work.documents.put(content(each, "Teksti."), each.read_at)
        before, [passage] = work.revision(), work.documents.of_document(gone.id)
        work.documents.erase(gone.id)
        assert work.documents.passages([passage.id]) == {}
        assert [each.id for each in work.documents.live()] == [kept.id]
        assert work.revision() == before + 1
