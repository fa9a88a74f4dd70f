"""Profiles: joining the network, changing what one told, pausing, wishing not to meet somebody, and leaving."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Sequence
from datetime import date

from knowledge.documents import text_hash
from knowledge.errors import NotFoundError, SolmuError
from knowledge.language.detecting import detect_language
from knowledge.language.sentences import split_sentences
from knowledge.members.catalogue import find_or_make
from knowledge.members.drafts import ProfileDraft, checked
from knowledge.members.parting import keep_for_others
from knowledge.members.registry import hold, let_idle_go, listed
from knowledge.model import (
    NO_ORGANISATION,
    NOBODY,
    Consent,
    Exclusion,
    Language,
    Member,
    MemberId,
    Organisation,
    OrganisationId,
)
from knowledge.ports import Clock, Embedder, UnitOfWork, UnitOfWorkFactory


class NotAllowedError(SolmuError):
    """Somebody asks for what only others may do."""


class Profiles:
    """What members do with their own profiles. `default` is the language for whoever has none.

    `farewells` are done before somebody is erased, by what others wait for them to let go; each may be repeated.
    """

    def __init__(
        self,
        uow: UnitOfWorkFactory,
        embedder: Embedder,
        clock: Clock,
        default: Language = Language.FI,
        farewells: Sequence[Callable[[MemberId], None]] = (),
    ) -> None:
        self._uow = uow
        self._embedder = embedder
        self._clock = clock
        self._farewells = farewells
        self._default = Language.FI if default is Language.UNKNOWN else default

    def save(self, member: MemberId, draft: ProfileDraft) -> Member:
        """Keep the profile and the vectors of what it says; raises BadProfileError, and keeps nothing then."""
        saved = self.record(member, draft)
        self.embed(member)
        return saved

    def record(self, member: MemberId, draft: ProfileDraft) -> Member:
        """Keep the profile alone, which takes no time; raises BadProfileError, and keeps nothing then.

        The language that they are to be spoken to in takes the place of an earlier choice, and they are there, who may
        have been away before.
        """
        tidy = checked(draft)
        with self._uow() as work:
            before = work.members.have([member]).get(member)
            old = before.organisation if before else NO_ORGANISATION
            organisation = hold(work, find_or_make(work, tidy.organisation), beside=old).id
            if before and before.organisation != organisation:
                _release_contact(work, before)
                _keep_reach(work, member)
            saved = self._made(member, organisation, tidy, before)
            work.members.put(saved)
            if before and before.organisation != organisation:
                let_idle_go(work)
            work.languages.put(member, saved.languages[0])
            work.commit()
        return saved

    def embed(self, member: MemberId) -> None:
        """Keep the vectors of what the member wrote; does nothing for whoever has left or changed it meanwhile."""
        written = self.find(member)
        if written is None:
            return
        texts = statements(written)
        vectors = dict(zip(map(text_hash, texts), self._embedder.embed_passages(texts), strict=True))
        identity = self._embedder.identity
        with self._uow() as work:
            now = work.members.have([member]).get(member)
            if now is not None and statements(now) == texts:
                work.members.put_vectors(member, vectors, identity)
                work.commit()

    def find(self, member: MemberId) -> Member | None:
        """The profile, where there is one."""
        with self._uow.reading() as work:
            return work.members.have([member]).get(member)

    def leave(self, member: MemberId) -> None:
        """Erase everything of the member, introductions too; others go on being left alone by them.

        Their organisation goes where nothing else tells of it.
        """
        for farewell in self._farewells:
            farewell(member)
        with self._uow() as work:
            keep_for_others(work, member, self._clock())
            work.members.remove(member)
            let_idle_go(work)
            work.commit()

    def snooze(self, member: MemberId, until: date) -> Member:
        """Propose the member to nobody before that day, and hold back what they said yes to; raises NotFoundError."""
        return self._change(member, until, holds_back=True)

    def resume(self, member: MemberId) -> Member:
        """Propose the member again, as if no proposal had stayed without an answer; raises NotFoundError."""
        return self._change(member, date.min)

    def wishes(self, member: MemberId) -> Sequence[Exclusion]:
        """Whom the member does not want to be introduced to, as far as that still holds."""
        today = self._clock().date()
        with self._uow.reading() as work:
            return [each for each in work.members.exclusions() if each.by == member and each.until >= today]

    def exclude(self, wish: Exclusion) -> None:
        """Keep a wish not to be introduced; raises NotFoundError where its author has no profile.

        One that is for all is for the organisation that its author is of now, also when they go to another one.
        """
        with self._uow() as work:
            own = work.members.get(wish.by).organisation
            work.members.exclude(dataclasses.replace(wish, on_behalf_of=own) if wish.for_all else wish)
            work.commit()

    def allow(self, wish: Exclusion) -> None:
        """Take a wish back."""
        with self._uow() as work:
            work.members.allow(wish)
            work.commit()

    def organisations(self, viewer: MemberId) -> Sequence[Organisation]:
        """Those that the viewer can be shown, by name: see `knowledge.members.registry`."""
        with self._uow.reading() as work:
            return listed(work, viewer)

    def organisation_of(self, member: Member) -> Organisation:
        """The one that the member belongs to."""
        with self._uow.reading() as work:
            return work.organisations.get(member.organisation)

    def language_of(self, member: MemberId, default: Language | None = None) -> Language:
        """The language to speak with somebody: the one they chose, else their profile's first, else the default."""
        with self._uow.reading() as work:
            wished = work.languages.of(member)
            found = work.members.have([member]).get(member)
        if wished is not Language.UNKNOWN:
            return wished
        return found.languages[0] if found and found.languages else default or self._default

    def _made(
        self, member: MemberId, organisation: OrganisationId, draft: ProfileDraft, before: Member | None
    ) -> Member:
        made = Member(
            member,
            organisation,
            draft.role,
            draft.languages,
            draft.topics,
            draft.offers,
            draft.seeks,
            draft.consents,
            self._clock(),
        )
        if before is None:
            return made
        # Who is named no more cannot be told by what stood beside their name before.
        was_named = Consent.NAME in before.consents - made.consents
        return dataclasses.replace(
            made,
            handle=made.handle if was_named else before.handle,
            joined_at=before.joined_at,
            available_from=before.available_from,
            silent_rounds=before.silent_rounds,
        )

    def _change(self, member: MemberId, available_from: date, *, holds_back: bool = False) -> Member:
        with self._uow() as work:
            changed = dataclasses.replace(work.members.lock(member), available_from=available_from, silent_rounds=0)
            work.members.put(changed)
            for each in work.introductions.of(member) if holds_back else ():
                work.introductions.put(work.introductions.lock(each.id).held_by(member))
            work.commit()
        return changed


def statements(member: Member) -> list[str]:
    """What is embedded of a profile: each topic, and each sentence of what is offered and sought, once."""
    sentences = [
        sentence for text in (member.offers, member.seeks) for sentence in split_sentences(text, detect_language(text))
    ]
    return list(dict.fromkeys((*member.topics, *sentences)))


def _keep_reach(work: UnitOfWork, member: MemberId) -> None:
    """Write down for whom wishes are before their author changes to another organisation: not all say it yet."""
    for wish in work.members.exclusions():
        if wish.by == member and wish.for_all:
            work.members.exclude(wish)


def _release_contact(work: UnitOfWork, member: Member) -> None:
    """Somebody who changes to another organisation speaks no more for the old one."""
    try:
        old = work.organisations.get(member.organisation)
    except NotFoundError:
        return
    if old.contact == member.id:
        work.organisations.put(dataclasses.replace(old, contact=NOBODY))
