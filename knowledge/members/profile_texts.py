"""What members agreed to show of what they wrote, sentence by sentence, ready to be held against topics."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from knowledge.documents import text_hash
from knowledge.language.detecting import detect_language
from knowledge.language.sentences import split_sentences
from knowledge.members.listing import Knows
from knowledge.members.topics import Prepared, Topic, Topics
from knowledge.model import Language, Member, MemberId, TextHash, shown
from knowledge.ports import Embedder, Vectors

Vector = NDArray[np.float32]
Stored = Callable[[], Mapping[TextHash, Vector]]
"""Gives the vectors of the texts of all profiles; called only where something was not seen before."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence or a topic of somebody."""

    knows: Knows
    text: str
    language: Language


@dataclass(frozen=True, slots=True)
class _Profile:
    """A member as they were when their texts were made ready."""

    member: Member
    said: tuple[Said, ...]
    prepared: Prepared


class ProfileTexts:
    """Keeps what is shown of profiles in memory, for as long as it is shown, and no longer."""

    def __init__(self, topics: Topics, embedder: Embedder) -> None:
        self._topics = topics
        self._embedder = embedder
        self._lock = threading.Lock()
        self._profiles: dict[MemberId, _Profile] = {}

    def fitting(
        self, topic: Topic, everybody: Sequence[Member], stored: Stored
    ) -> Iterator[tuple[Member, Said, float]]:
        """Everything that anybody shows, with its fit to the topic."""
        for profile in self._up_to_date(everybody, stored):
            if profile.said:
                fits = profile.prepared.fits(topic).tolist()
                yield from ((profile.member, said, fit) for said, fit in zip(profile.said, fits, strict=True))

    def _up_to_date(self, everybody: Sequence[Member], stored: Stored) -> list[_Profile]:
        with self._lock:
            kept = {
                member.id: profile
                for member in everybody
                if (profile := self._profiles.get(member.id)) and profile.member == member
            }
            new = [member for member in everybody if member.id not in kept]
            self._profiles = kept | self._made(new, stored)
            return [self._profiles[member.id] for member in everybody]

    def _made(self, members: Sequence[Member], stored: Stored) -> dict[MemberId, _Profile]:
        said = {member.id: tuple(_said(member)) for member in members}
        texts = [each.text for some in said.values() for each in some]
        vectors = vectors_of(texts, stored() if texts else {}, self._embedder)
        made, start = {}, 0
        for member in members:
            own = said[member.id]
            part = vectors[start : start + len(own)]
            made[member.id] = _Profile(member, own, self._topics.prepare([each.text for each in own], part))
            start += len(own)
        return made


def vectors_of(texts: Sequence[str], stored: Mapping[TextHash, Vector], embedder: Embedder) -> Vectors:
    """The texts' vectors, shape (texts, dimension); what is not stored is embedded.

    That are the texts of profiles that were imported, or saved under another model.
    """
    missing = [text for text in dict.fromkeys(texts) if text_hash(text) not in stored]
    made = dict(zip(missing, embedder.embed_passages(missing), strict=True))
    found = [made[text] if text in made else stored[text_hash(text)] for text in texts]
    return np.stack(found) if found else np.zeros((0, embedder.identity.dimension), dtype=np.float32)


def _said(member: Member) -> Iterator[Said]:
    seen = shown(member)
    for knows, text in ((Knows.OFFERS, seen.offers), (Knows.SEEKS, seen.seeks)):
        language = detect_language(text)
        for sentence in split_sentences(text, language):
            yield Said(knows, sentence, language)
    for text in seen.topics:
        yield Said(Knows.TOPICS, text, detect_language(text))
