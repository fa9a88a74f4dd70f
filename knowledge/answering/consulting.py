"""A question answered by documents with the people behind them, by people, or by events where it asks for those."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass, field

from knowledge.answering.answerer import Answerer
from knowledge.answering.knowers import topic_for_people
from knowledge.answering.rendering import TEXTS, answer_text
from knowledge.answering.writing import AnswerWriter, OnBegin, OnSentence, QuotesAlone, nobody_listens
from knowledge.conduct.rules import reason_to_refuse
from knowledge.events.finding import Finder
from knowledge.events.programme import NO_PROGRAMME, Programme
from knowledge.members.directory import Directory
from knowledge.members.listing import Listing, Viewer
from knowledge.model import Answer, AnswerStatus, DocumentId, Handle, Language, Reason

NO_LISTING = Listing("")
QUOTES_ALONE = QuotesAlone()
MOST_WHO_MAY_KNOW = 2


@dataclass(frozen=True, slots=True)
class Consultation:
    """An answer, and whom to turn to: the directory's listing, or contacts for the use cases that the answer lists.

    `preface` goes before the answer, where there is something to say first. A `programme` that is sure is the answer
    itself; one that is not goes below it. Where nothing was found, `may_know` lists people who know the topic.
    `is_for_outsider` says that it is read by somebody alone for whom the network's people are not.
    """

    answer: Answer
    listing: Listing = NO_LISTING
    contacts: Mapping[DocumentId, Handle] = field(default_factory=dict)
    preface: str = ""
    programme: Programme = NO_PROGRAMME
    may_know: Listing = NO_LISTING
    is_for_outsider: bool = False


class Consultant:
    """Answers questions with documents, people and events."""

    def __init__(
        self, answerer: Answerer, directory: Directory, finder: Finder, writer: AnswerWriter = QUOTES_ALONE
    ) -> None:
        self._answerer = answerer
        self._directory = directory
        self._finder = finder
        self._writer = writer

    def ask(
        self,
        text: str,
        viewer: Viewer,
        on_sentence: OnSentence = nobody_listens,
        on_begin: OnBegin = nobody_listens,
        *,
        language: Language = Language.UNKNOWN,
        otherwise: Language = Language.UNKNOWN,
    ) -> Consultation:
        """The answer for the viewer, in the question's language unless another is wished for.

        `otherwise` is that of a question whose own cannot be told; where that is not known, it is the default one.
        Raises ModelMismatchError as the answerer does. Where a language model writes, `on_sentence` hears each sentence
        once it has been checked, before the whole answer is there; what it heard is void where the answer has nothing
        `written`. `on_begin` hears before that what has been found.
        """
        answer = _spoken(self._answerer.ask(text, audience=viewer.audience, otherwise=otherwise), language)
        if reason_to_refuse(text) is not Reason.NONE:
            return Consultation(answer)
        if topic := topic_for_people(text):
            return self._by_people(answer, topic, viewer)
        programme = self._finder.find(text, viewer)
        if programme.is_sure and not programme.is_empty:
            return Consultation(_from_events(answer, programme), programme=programme)
        if answer.status is AnswerStatus.NOT_FOUND:
            return Consultation(answer, programme=programme, may_know=self._who_may_know(text, viewer))
        written = self._writer.write(text, answer, on_sentence, on_begin)
        contacts = self._directory.contacts(answer.use_cases, viewer)
        return Consultation(written, contacts=contacts, programme=programme)

    def _who_may_know(self, question: str, viewer: Viewer) -> Listing:
        """The first few people who know what the question is about, for a member whom nobody reads along with."""
        if not (viewer.sees_people and viewer.is_private):
            return NO_LISTING
        found = self._directory.find(question, viewer, with_seekers=False)
        people = [each for each in found.people if each.shown.member != viewer.member]
        return Listing(question, (), tuple(people[:MOST_WHO_MAY_KNOW]))

    def refuse_personal_data(self, language: Language, reason: Reason = Reason.PERSONAL_DATA) -> Consultation:
        """The answer to a question whose text was thrown away: it held a personal code, or told of a patient."""
        return Consultation(self._answerer.refuse_personal_data(language, reason))

    def _by_people(self, answer: Answer, topic: str, viewer: Viewer) -> Consultation:
        """People first, then use cases; where there is neither, what the documents say, and that nobody is known."""
        listing = self._directory.find(topic, viewer, with_seekers=False)
        if not listing.is_empty:
            return Consultation(_from_listing(answer, listing, viewer), listing)
        if not (viewer.sees_people and viewer.is_private):
            return Consultation(answer)
        if answer.status is AnswerStatus.NOT_FOUND:
            return Consultation(_nobody(answer))
        preface = TEXTS.get("people.documents_only", answer.language)
        return Consultation(answer, preface=preface if answer.status is AnswerStatus.ANSWERED else "")


def _spoken(answer: Answer, language: Language) -> Answer:
    """The same answer in the words of a language; quotes stay as they are."""
    if language in {Language.UNKNOWN, answer.language}:
        return answer
    text = answer_text(language, answer.reason, answer.citations, answer.use_cases)
    return dataclasses.replace(answer, language=language, text=text)


def _from_listing(answer: Answer, listing: Listing, viewer: Viewer) -> Answer:
    knows_all = viewer.sees_people and viewer.is_private
    opening = "found" if listing.people else "use_cases_only" if knows_all else "use_cases"
    return dataclasses.replace(
        answer,
        status=AnswerStatus.ANSWERED,
        reason=Reason.NONE,
        text=TEXTS.get(f"people.{opening}", answer.language),
        citations=(),
        use_cases=listing.use_cases,
    )


def _from_events(answer: Answer, programme: Programme) -> Answer:
    return dataclasses.replace(
        answer,
        status=AnswerStatus.ANSWERED,
        reason=Reason.NONE,
        text=TEXTS.get(f"events.{programme.told.value}", answer.language),
        citations=(),
        use_cases=(),
    )


def _nobody(answer: Answer) -> Answer:
    reason = Reason.NOBODY_KNOWS
    text = TEXTS.get(f"reason.{reason.value}", answer.language)
    return dataclasses.replace(answer, reason=reason, text=text, citations=(), use_cases=())
