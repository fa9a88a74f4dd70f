"""Sources as admins look after them in Slack: the real bot, the real indexer, a stand-in that hands out files."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bot.blocks import source_forms, sources
from bot.blocks.message_shortcuts import ADD_KNOWLEDGE
from bot.blocks.quarantine import RELEASE
from bot.sandbox.values import Payload
from indexer.wiring import Indexer, open_indexer
from indexer.worker import Worker
from knowledge.model import Act, Source
from knowledge.settings import Settings
from tests.scenario.bot_process import BotProcess, copy_index
from tests.scenario.home_tab import home, id_of
from tests.scenario.talking import ask_directly
from tests.standin import ADMIN, COORDINATOR, MEMBER, StandIn

QUOTE = "Varalaitteiden luovutuspiste on toimiston takaovella klo 8–10."
QUESTION = "Missä varalaitteiden luovutuspiste on?"
GUIDE = f"# Laiteohje\n\n{QUOTE} Avaimen saa vahtimestarilta.\n"


@dataclass(frozen=True)
class Office:
    """A workspace, the bot in it, and an indexer that works when it is told to."""

    slack: StandIn
    bot: BotProcess
    indexer: Indexer

    def read(self) -> None:
        """Do the runs that wait."""
        worker = Worker(self.indexer)
        assert worker.work_once()
        while worker.work_once():
            pass

    def told(self, user: str, words: str) -> str:
        """What the bot said to somebody directly with these words, once it did."""
        direct = self.slack.dm(user)
        return self.slack.wait_for(
            lambda: next((one.text for one in self.slack.from_bot(direct) if words in one.text), "")
        )

    def window(self, user: str, words: str) -> str:
        """The window that somebody sees, once it says this."""

        def seen() -> str:
            try:
                text = json.dumps(self.slack.modal(user), ensure_ascii=False)
            except LookupError:
                return ""
            return text if words in text else ""

        return self.slack.wait_for(seen)

    def uploaded(self) -> Source:
        """The source of the file that was handed over last."""
        with self.indexer.knowledge.store.reading() as work:
            return work.sources.all()[-1]

    def kept(self) -> Path:
        """Where it lies in the data folder."""
        return self.bot.data_dir / self.uploaded().location


@pytest.fixture(scope="module")
def office(built_index: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """A workspace of its own: what is published here is nobody else's."""
    data = copy_index(built_index, tmp_path_factory.mktemp("sources") / "data")
    settings = {"SOLMU_DUE_SECONDS": "0.5"}
    with (
        StandIn() as slack,
        BotProcess(data, slack.environment(), **settings) as bot,
        open_indexer(Settings(data_dir=data)) as indexer,
    ):
        yield Office(slack, bot, indexer)


def _chosen(value: str) -> Payload:
    return {"value": {"type": "static_select", "selected_option": {"value": value}}}


def _files(*files: Payload) -> Payload:
    return {"value": {"type": "file_input", "files": list(files)}}


def test_a_file_becomes_a_source_for_its_audience(office: Office) -> None:
    """Chosen in the form, fetched from Slack with the token, read by the indexer, and quoted to those it is for."""
    slack = office.slack
    slack.open_app(ADMIN)
    assert "Indeksoijaa ei ole vielä nähty" in home(slack, ADMIN, lambda text: sources.OPEN in text)
    slack.click_view(ADMIN, sources.OPEN, home=True)
    office.window(ADMIN, "Lisää tiedosto")
    slack.click_view(ADMIN, sources.ADD_FILE)
    office.window(ADMIN, "file_input")
    audience = _chosen("coordinators")
    wrong = slack.submit(ADMIN, {source_forms.FILE: _files(slack.upload("kuva.png", b"x")), sources.AUDIENCE: audience})
    assert "Tämäntyyppistä tiedostoa ei osata lukea" in wrong[source_forms.FILE]
    guide = slack.upload("laiteohje.md", GUIDE.encode())
    assert slack.submit(ADMIN, {source_forms.FILE: _files(guide), sources.AUDIENCE: audience}) == {}
    office.told(ADMIN, "Tiedosto laiteohje.md on nyt lähde")
    office.told(ADMIN, "odottaa")
    office.read()
    office.told(ADMIN, "Aineistot ovat ajan tasalla. Uusia 1")
    assert QUOTE in ask_directly(slack, COORDINATOR, QUESTION).text
    assert QUOTE not in ask_directly(slack, MEMBER, QUESTION).text
    with office.indexer.knowledge.store.reading() as work:
        assert [(each.act, each.who, each.subject) for each in work.audit.latest(2)] == [
            (Act.REINDEX, id_of(ADMIN), f"sync:{office.uploaded().id}"),
            (Act.SOURCE_ADD, id_of(ADMIN), office.uploaded().id),
        ]
    assert office.kept().read_text() == GUIDE


def test_a_dry_run_publishes_nothing_and_a_real_one_tells_what_was_cited(office: Office) -> None:
    """The difference by title; then admins hear once that the quoted passage is gone, and by how many it was quoted."""
    slack, source = office.slack, office.uploaded()
    office.kept().write_text("# Laiteohje\n\nVaralaitteita ei enää luovuteta.\n")
    published = office.indexer.knowledge.shelf.kept()
    for task, words in (("plan", "muuttuneita 1"), ("sync", "muuttuneita 1, ennallaan 0")):
        slack.open_app(ADMIN)
        slack.click_view(ADMIN, sources.OPEN, home=True)
        office.window(ADMIN, source.id)
        slack.click_view(ADMIN, sources.SHOW, _block_of(slack.modal(ADMIN), source.id))
        office.window(ADMIN, f"{sources.RUN}_{task}")
        slack.click_view(ADMIN, f"{sources.RUN}_{task}")
        office.told(ADMIN, "odottaa")
        office.read()
        office.told(ADMIN, words)
        if task == "plan":
            assert office.indexer.knowledge.shelf.kept() == published
    letter = office.told(ADMIN, "Vastauksissa lainattuja asiakirjoja on muuttunut tai poistunut: 1.")
    assert letter


def test_an_earlier_index_is_taken_into_use(office: Office) -> None:
    """The list has dates; after the click the earlier generation answers again."""
    slack = office.slack
    shelf = office.indexer.knowledge.shelf
    before = shelf.kept()[1].generation
    slack.open_app(ADMIN)
    slack.click_view(ADMIN, sources.OPEN, home=True)
    office.window(ADMIN, sources.GENERATIONS)
    slack.click_view(ADMIN, sources.GENERATIONS)
    office.window(ADMIN, "Käytössä: rakennettu")
    slack.click_view(ADMIN, source_forms.ROLL_BACK, _block_of(slack.modal(ADMIN), before))
    slack.wait_for(lambda: shelf.current().manifest.generation == before)


def test_a_shared_file_is_an_admins_to_add(office: Office) -> None:
    """The shortcut on a message: others are refused in words; of an admin's click a source comes, once."""
    slack = office.slack
    direct = slack.dm(ADMIN)
    ts = slack.post(ADMIN, direct, "", files=(slack.upload("muistio.txt", b"Kokous on tiistaina kello 9."),))
    slack.message_shortcut(MEMBER, ADD_KNOWLEDGE, direct, ts)
    office.window(MEMBER, "Tämä on vain ylläpitäjille.")
    for outcome in ("Tiedosto muistio.txt on nyt lähde", "Tämä on jo lähteenä."):
        slack.message_shortcut(ADMIN, ADD_KNOWLEDGE, direct, ts)
        office.window(ADMIN, "Tiedosto muistio.txt luetaan")
        assert slack.submit(ADMIN, {sources.AUDIENCE: _chosen("public")}) == {}
        office.told(ADMIN, outcome)


def test_a_document_in_quarantine_is_an_admins_to_let_in(office: Office) -> None:
    """What stands in it is told nowhere; once an admin says that it is a false alarm, it is read and quoted."""
    slack = office.slack
    slack.open_app(ADMIN)
    slack.click_view(ADMIN, sources.OPEN, home=True)
    office.window(ADMIN, "Lisää tiedosto")
    slack.click_view(ADMIN, sources.ADD_FILE)
    office.window(ADMIN, "file_input")
    coded = (
        "# Lomakeohje\n\nEsimerkkitunnus 131052-308T on lomakkeen mallissa. Lomake palautetaan kansliaan perjantaina.\n"
    )
    form = slack.upload("lomakeohje.md", coded.encode())
    assert slack.submit(ADMIN, {source_forms.FILE: _files(form), sources.AUDIENCE: _chosen("members")}) == {}
    office.told(ADMIN, "Tiedosto lomakeohje.md on nyt lähde")
    office.read()
    office.told(ADMIN, "ei oteta mukaan")
    slack.open_app(ADMIN)
    slack.click_view(ADMIN, sources.OPEN, home=True)
    source = office.uploaded().id
    office.window(ADMIN, source)
    slack.click_view(ADMIN, sources.SHOW, _block_of(slack.modal(ADMIN), source))
    shown = office.window(ADMIN, "Karanteenissa olevia asiakirjoja: 1.")
    assert "henkilötunnus" in shown
    assert "131052" not in shown
    block = next(each for each in slack.modal(ADMIN)["blocks"] if each.get("accessory", {}).get("action_id") == RELEASE)
    slack.click_view(ADMIN, RELEASE, block["block_id"])
    office.window(ADMIN, "Asiakirja otetaan mukaan")
    office.read()
    assert "perjantaina" in ask_directly(slack, MEMBER, "Milloin lomake palautetaan kansliaan?").text


def _block_of(view: Payload, value: str) -> str:
    """The block whose button carries this value."""
    return next(block["block_id"] for block in view["blocks"] if block.get("accessory", {}).get("value") == value)
