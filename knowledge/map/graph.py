"""What is on the map: organisations, use cases and topics that the viewer may see, and what ties them. No person is."""

from __future__ import annotations

import enum
from collections import Counter, defaultdict
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field

from knowledge.matching.catalogue import live_use_cases
from knowledge.matching.topics import topic_in, topic_key, topic_names
from knowledge.model import Audience, Language, Organisation, OrganisationKind, UseCase
from knowledge.organisations import name_key
from knowledge.ports import UnitOfWorkFactory
from knowledge.searching.synonyms import Synonyms

SPOKEN = (Language.FI, Language.SV, Language.EN)
_Spelling = tuple[str, Language]


class NodeKind(enum.StrEnum):
    """What a point of the map stands for."""

    ORGANISATION = "organisation"
    USE_CASE = "usecase"
    TOPIC = "topic"


@dataclass(frozen=True, slots=True)
class Node:
    """A point of the map. `names` is its name by language; `stage` and `url` are a use case's, else empty."""

    id: str
    kind: NodeKind
    names: Mapping[Language, str]
    organisation_kind: OrganisationKind = OrganisationKind.UNKNOWN
    stage: str = ""
    url: str = ""

    def name(self, language: Language) -> str:
        """The name in a language; one in Finnish where that is unknown."""
        return self.names[language if language in self.names else Language.FI]


@dataclass(frozen=True, slots=True)
class EcosystemMap:
    """Nodes by id, and the ties: of each use case to its organisation, and to its topics, by ids."""

    nodes: Mapping[str, Node]
    owners: Mapping[str, str] = field(default_factory=dict)
    topics: Mapping[str, tuple[str, ...]] = field(default_factory=dict)

    def of(self, kind: NodeKind) -> list[Node]:
        """The nodes of a kind."""
        return [node for node in self.nodes.values() if node.kind is kind]


def read_map(uow: UnitOfWorkFactory, audience: Audience, synonyms: Synonyms) -> EcosystemMap:
    """The map of the use cases that somebody of this audience may read."""
    with uow.reading() as work:
        registered = {name_key(each.name): each for each in work.organisations.all()}
        cases = [(case, document.language) for document, case in live_use_cases(work, audience)]
    return make_map(cases, synonyms, registered)


def make_map(
    use_cases: Sequence[tuple[UseCase, Language]],
    synonyms: Synonyms,
    registered: Mapping[str, Organisation] | None = None,
) -> EcosystemMap:
    """The map of these use cases, each with its language; `registered` tells more of organisations, by plain name."""
    spellings = _spellings(use_cases, synonyms)
    topic_ids = {key: f"t{number}" for number, key in enumerate(spellings)}
    nodes, owners, topics = {}, {}, {}
    for number, (use_case, language) in enumerate(use_cases):
        node = _case_node(f"u{number}", use_case)
        nodes[node.id] = node
        topics[node.id] = tuple(
            dict.fromkeys(topic_ids[topic_key(each, language, synonyms)] for each in use_case.topics)
        )
        if name := name_key(use_case.organisation):
            owners[node.id] = f"o:{name}"
            known = (registered or {}).get(name)
            kind = known.kind if known else OrganisationKind.UNKNOWN
            spelt = known.name if known else use_case.organisation
            nodes.setdefault(f"o:{name}", Node(f"o:{name}", NodeKind.ORGANISATION, _same(spelt), kind))
    for key, counted in spellings.items():
        nodes[topic_ids[key]] = Node(topic_ids[key], NodeKind.TOPIC, _topic_names(counted, synonyms))
    return EcosystemMap(nodes, owners, topics)


def about(whole: EcosystemMap, topic: str, synonyms: Synonyms) -> EcosystemMap:
    """The part of the map that has a topic, named in any of the languages: its use cases, theirs and their topics."""
    wanted = set[Hashable]().union(*(topic_names(topic, language, synonyms) for language in SPOKEN))
    named = {
        node.id
        for node in whole.of(NodeKind.TOPIC)
        for language, name in node.names.items()
        if not wanted.isdisjoint(topic_names(name, language, synonyms))
    }
    kept = {case for case, topics in whole.topics.items() if not named.isdisjoint(topics)}
    ids = kept | {whole.owners[case] for case in kept & whole.owners.keys()}
    ids |= {each for case in kept for each in whole.topics[case]}
    return EcosystemMap(
        {key: node for key, node in whole.nodes.items() if key in ids},
        {case: owner for case, owner in whole.owners.items() if case in kept},
        {case: topics for case, topics in whole.topics.items() if case in kept},
    )


def _case_node(identifier: str, use_case: UseCase) -> Node:
    return Node(identifier, NodeKind.USE_CASE, _same(use_case.title), stage=use_case.stage, url=use_case.url)


def _same(name: str) -> Mapping[Language, str]:
    return dict.fromkeys(SPOKEN, name)


def _spellings(
    use_cases: Sequence[tuple[UseCase, Language]], synonyms: Synonyms
) -> Mapping[Hashable, Counter[_Spelling]]:
    """How each topic is spelt, and how often."""
    found: defaultdict[Hashable, Counter[_Spelling]] = defaultdict(Counter)
    for use_case, language in use_cases:
        for topic in use_case.topics:
            found[topic_key(topic, language, synonyms)][topic, language] += 1
    return found


def _topic_names(counted: Counter[_Spelling], synonyms: Synonyms) -> Mapping[Language, str]:
    """In each language the name used most; where it is not used, a translation; without one, the name used most."""
    spelt = [spelling for spelling, _ in counted.most_common()]
    names = {}
    for wanted in SPOKEN:
        told = [topic for topic, language in spelt if language is wanted]
        translated = (topic_in(topic, language, wanted, synonyms) for topic, language in spelt)
        names[wanted] = told[0] if told else next(filter(None, translated), spelt[0][0])
    return names
