"""What is for coordinators is never hinted at to others: a workspace that has it answers them as one that has not.

Two workspaces are alike, but that one of them also holds a coordinators' report, use case, answer of a person and
event, full of invented words and of words that other sources hold too. Whatever others ask or look at, both tell them
the same, letter for letter and number for number; and coordinators do find it.
"""

from __future__ import annotations

import dataclasses
import itertools
import random
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.overview import Overview
from knowledge.adapters.generations import GenerationShelf
from knowledge.answering.consulting import Consultation
from knowledge.errors import NotFoundError
from knowledge.events.digests import Digests
from knowledge.events.feeds import Feeds
from knowledge.events.nearby import Nearby
from knowledge.inquiries.contexts import Contexts
from knowledge.introductions.relatives import Relatives
from knowledge.introductions.schedule import read_schedule
from knowledge.map.graph import read_map
from knowledge.matching.cards import Cards
from knowledge.members.listing import Viewer
from knowledge.model import (
    AnnouncementId,
    AnnouncementKind,
    Audience,
    DocumentKind,
    FeedScope,
    GenerationId,
    Language,
    MemberId,
    Wording,
    member_id,
)
from knowledge.publishing import Publisher
from knowledge.roles import FixedRoles
from knowledge.settings import Settings
from knowledge.store import open_store
from knowledge.wiring import Knowledge, assemble
from tests import builders
from tests.fakes import NOON, SetClock, SmallEmbedder

AINO, MIKAEL = member_id("T1", "U1"), member_id("T1", "UCOORD")
WORD, TITLE, HOLDER = "kvorbalointi", "Zumbrakkiselvitys", "Hämyharjun salakunta"
OPEN = {
    "sanelu.md": (
        "Sanelun ohje",
        Audience.MEMBERS,
        "Sanelun äänitallenne säilytetään 7 vuorokautta. Se on nopea.",
    ),
    "maksu.md": ("Jäsenmaksu", Audience.PUBLIC, "Jäsenmaksu on 900 euroa vuodessa. Se laskutetaan tammikuussa."),
    "pilotti.md": (
        "Pilotin opas",
        Audience.PUBLIC,
        "Pilotti kestää kuusi kuukautta. Siitä sovitaan kirjallisesti.",
    ),
    "turva.md": (
        "Tietoturva",
        Audience.MEMBERS,
        "Tietoturvan arviointi tehdään ennen pilotin alkua.",
    ),
    "kaatumiset.md": (
        "Kaatumiset",
        Audience.PUBLIC,
        "Sänkyanturi varoittaa hoitajaa. Kaatumiset vähenivät.",
    ),
    "kotihoito.md": (
        "Kotihoidon reitit",
        Audience.MEMBERS,
        "Reitit suunnittelee tekoäly. Matkat lyhenivät.",
    ),
}
HIDDEN = (
    f"{WORD.capitalize()} maksaa 31 000 euroa, ja sen hyväksyy Hämyharju.",
    f"Sanelun äänitallenne ja jäsenmaksu liittyvät: {WORD} on pilotti, jonka tietoturvan arviointi on kesken.",
    "Kotihoidon reitit, sänkyanturi ja kaatumiset: neuvottelu on luottamuksellinen.",
    "Ett hemligt avtal om hemvården och fallrisk.",
)
ASKED = (
    f"Mitä {WORD} maksaa?",
    f"Mikä on {TITLE}?",
    f"Kuka tietää aiheesta {WORD}?",
    f"Onko tapahtumia aiheesta {WORD}?",
    f"Mitä {HOLDER} tekee?",
    "Kuka käyttää puheentunnistusta?",
    "Mitä tapahtumia on tulossa?",
    "Vad kostar medlemskapet?",
    "Kuinka kauan sanelun äänitallenne säilytetään?",
)
VIEWERS = (
    Viewer(AINO, Audience.MEMBERS),
    Viewer(AINO, Audience.MEMBERS, is_private=False),
    Viewer(member_id("T9", "UGUEST"), Audience.PUBLIC),
)


@dataclass(frozen=True)
class World:
    """A workspace, at a Thursday at nine in Finland."""

    knowledge: Knowledge
    clock: SetClock


def _world(folder: Path, *, hides: bool) -> World:
    clock, embedder = SetClock(NOON), SmallEmbedder()
    store, shelf = open_store(f"sqlite:///{folder / 'solmu.sqlite'}"), GenerationShelf(folder / "index", 3, clock)
    knowledge = assemble(Settings(data_dir=folder), store, shelf, embedder, clock)
    homes = {audience: builders.source(number, audience) for number, audience in enumerate(Audience, 1)}
    with store() as work:
        work.organisations.put(builders.organisation())
        for user in ("U1", "U2", "U3"):
            work.members.put(builders.member(user, of=builders.organisation(f"Järjestö {user}")))
            work.organisations.put(builders.organisation(f"Järjestö {user}"))
        for audience, home in homes.items():
            if hides or audience is not Audience.COORDINATORS:
                work.sources.add(home)
        for key, (title, audience, text) in OPEN.items():
            work.documents.put(builders.content(builders.document(key, of=homes[audience], title=title), text), NOON)
        case = builders.document("case", of=homes[Audience.MEMBERS], kind=DocumentKind.USECASE)
        work.documents.put(builders.content(case, "Puheentunnistus kirjaa käynnit.", case=True), NOON)
        _announce(work, "open", Audience.MEMBERS, "Tekoälyaamu")
        if hides:
            _hide(work, homes[Audience.COORDINATORS])
        work.commit()
    Publisher(store, shelf, embedder).publish()
    return World(knowledge, clock)


def _hide(work: Any, home: Any) -> None:
    report = builders.document("report", of=home, title=TITLE)
    work.documents.put(builders.content(report, *HIDDEN), NOON)
    answer = builders.document("answer", of=home, title=WORD, kind=DocumentKind.CURATED)
    work.documents.put(builders.content(answer, f"{WORD} on pilotti, josta sovitaan erikseen."), NOON)
    case = builders.document("secret-case", of=home, title=TITLE, kind=DocumentKind.USECASE)
    told = dataclasses.replace(builders.use_case(case.id, TITLE), organisation=HOLDER, topics=(WORD, "puheentunnistus"))
    content = dataclasses.replace(builders.content(case, f"{WORD} kotihoidossa ja puheentunnistus."), use_case=told)
    work.documents.put(content, NOON)
    _announce(work, "hidden", Audience.COORDINATORS, f"{WORD} ja puheentunnistus")


def _announce(work: Any, name: str, audience: Audience, title: str) -> None:
    changes = {
        "kind": AnnouncementKind.EVENT,
        "audience": audience,
        "wordings": (Wording(Language.FI, title, "Tervetuloa."),),
    }
    work.announcements.put(
        builders.announcement(name, **changes, topics=("puheentunnistus", title.split(maxsplit=1)[0]))
    )
    work.events.put(builders.event(name))
    work.events.put_occurrence(builders.occurrence(f"o-{name}", of=name))


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[World, World]]:
    """The one that hides something, and the one that has nothing to hide."""
    made = tuple(_world(tmp_path_factory.mktemp("world"), hides=hides) for hides in (True, False))
    yield made[0], made[1]
    for world in made:
        world.knowledge.store.dispose()


def _questions() -> list[str]:
    """Those above, and 30 of words drawn from all sources, hidden ones too, as the same seed draws them."""
    texts = [text for _, _, text in OPEN.values()] + [*HIDDEN, TITLE, HOLDER, WORD]
    words = sorted({word.strip(".,:") for text in texts for word in text.split()})
    draw = random.Random(7)
    drawn = [" ".join(draw.sample(words, draw.randint(1, 4))) for _ in range(30)]
    return [*ASKED, *(f"{text}?" for text in drawn)]


def _told(found: Consultation) -> str:
    """All of an answer but how long it took, and the index's name, which is drawn by lot and shown to nobody."""
    answer = dataclasses.replace(found.answer, took_ms=0, generation=GenerationId(""))
    return repr(dataclasses.replace(found, answer=answer))


def _same(worlds: tuple[World, World], look: Callable[[World], Any]) -> str:
    """What both tell, which must be the same and without a word of what is hidden."""
    hiding, bare = (repr(look(world)) for world in worlds)
    assert hiding == bare
    assert not any(word.casefold() in hiding.casefold() for word in (TITLE, HOLDER, "31 000", "o-hidden"))
    return hiding


@pytest.mark.parametrize("viewer", VIEWERS, ids=("directly", "in a channel", "outsider"))
def test_answers_are_the_same(worlds: tuple[World, World], viewer: Viewer) -> None:
    """Status, reason, quotes, their scores, people, use cases, events and every word of the text."""
    statuses = set()
    for question in _questions():
        hiding, bare = (world.knowledge.consultant.ask(question, viewer) for world in worlds)
        assert _told(hiding) == _told(bare), question
        statuses.add(hiding.answer.status)
    assert len(statuses) > 1


def test_coordinators_do_find_it(worlds: tuple[World, World]) -> None:
    """Else nothing above would prove anything."""
    viewer = Viewer(MIKAEL, Audience.COORDINATORS)
    hiding, bare = (_told(world.knowledge.consultant.ask(f"Mitä {WORD} maksaa?", viewer)) for world in worlds)
    assert "31 000 euroa" in hiding
    assert "31 000" not in bare
    assert "o-hidden" in _told(worlds[0].knowledge.consultant.ask(f"Onko tapahtumia aiheesta {WORD}?", viewer))


@pytest.mark.parametrize("audience", [Audience.PUBLIC, Audience.MEMBERS])
def test_searches_weigh_the_same(worlds: tuple[World, World], audience: Audience) -> None:
    """Every passage with all parts of its score, and how rare the words of the question are."""
    for question in _questions()[:30]:
        found = [world.knowledge.searcher.find(question, audience=audience) for world in worlds]
        hits = [[(hit.document.key, hit.score, hit.parts) for hit in each.hits] for each in found]
        assert hits[0] == hits[1], question
        assert found[0].rarity == found[1].rarity, question


def test_nothing_else_that_people_look_at_tells_of_it(worlds: tuple[World, World]) -> None:
    """The directory, the map, who does the same, events near, calendars, digests, and the figures on the Home tab."""
    for viewer, topic in itertools.product(VIEWERS, ("puheentunnistus", WORD, "kotihoito")):
        _same(worlds, lambda world, v=viewer, t=topic: world.knowledge.directory.find(t, v))
    for audience in (Audience.PUBLIC, Audience.MEMBERS):
        _same(worlds, lambda world, a=audience: read_map(world.knowledge.store, a, world.knowledge.synonyms))
        _same(worlds, lambda world, a=audience: Overview(world.knowledge.store, world.knowledge.shelf).shelf(a))
    assert "Relative" in _same(worlds, _relatives)
    assert "o-open" in _same(worlds, lambda world: _nearby(world).of(AINO))
    assert "BEGIN:VEVENT" in _same(worlds, _calendars)
    assert "Tekoälyaamu" in _same(worlds, _digest)


def _relatives(world: World) -> object:
    made = world.knowledge
    return Relatives(made.store, Cards(made.store, made.embedder, made.synonyms), world.clock).of(AINO)


def _nearby(world: World) -> Nearby:
    return Nearby(world.knowledge.store, world.knowledge.topics, world.knowledge.embedder, world.clock)


def _calendars(world: World) -> Sequence[object]:
    told = []
    for audience in (Audience.PUBLIC, Audience.MEMBERS):
        feeds = Feeds(world.knowledge.store, world.clock, lambda _, a=audience: a, lambda _: Language.FI)
        for scope, topic in ((FeedScope.ALL, ""), (FeedScope.OWN, ""), (FeedScope.TOPIC, WORD)):
            told.append(feeds.read(feeds.make(AINO, scope, topic)))
        told.append(feeds.topics(AINO))
    return told


def _digest(world: World) -> object:
    later = SetClock(NOON + timedelta(days=1))
    digests = Digests(world.knowledge.store, later, read_schedule(f"{later():%a} 14:00".lower()), FixedRoles())
    made = [digests.find(AnnouncementId(name)) for name in digests.draft_due()]
    return [dataclasses.replace(each, made_at=NOON) for each in made if each]


def test_a_passage_of_it_is_gone_for_others(worlds: tuple[World, World]) -> None:
    """Its surroundings are refused as those of a passage that never was."""
    store = worlds[0].knowledge.store
    with store.reading() as work:
        hidden = [each for each in work.documents.live() if each.audience is Audience.COORDINATORS]
        number = work.documents.of_document(hidden[0].id)[0].id
    for audience in (Audience.PUBLIC, Audience.MEMBERS):
        with pytest.raises(NotFoundError, match=f"no passage {number}"):
            Contexts(store).around(number, audience)
    assert Contexts(store).around(number, Audience.COORDINATORS).passage.id == number


def test_time_does_not_tell_either(worlds: tuple[World, World]) -> None:
    """Medians of the same questions asked in turns lie within a third, or 3 ms: what a busy machine does by itself."""
    seconds: tuple[list[float], list[float]] = ([], [])
    for question in _questions()[:40]:
        for world, taken in zip(worlds, seconds, strict=True):
            started = time.perf_counter()
            world.knowledge.consultant.ask(question, Viewer(MemberId("T1:U1"), Audience.MEMBERS))
            taken.append(time.perf_counter() - started)
    hiding, bare = map(statistics.median, seconds)
    assert abs(hiding - bare) < max(0.003, bare / 3)
