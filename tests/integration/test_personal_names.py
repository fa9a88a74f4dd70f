"""Names of files and addresses pass the same door as texts: what is personal data is stored nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.listeners.source_problems import source_problem
from knowledge.adapters.file_shelf import FolderShelf
from knowledge.administering.acting import Acting
from knowledge.administering.pages import Pages
from knowledge.administering.uploads import Uploads
from knowledge.model import Audience, Language, MemberId
from knowledge.privacy import PersonalDataError, refuse_personal_name
from knowledge.store import open_store
from tests.fakes import SetClock

ADMIN = MemberId("T1:U1")
PERSONAL = ("131052-308T.pdf", "lausunto_131052%2D308t.pdf", "potilas_Maija_Virtanen_s._3.4.1952.pdf")


@pytest.mark.parametrize("name", PERSONAL)
def test_a_name_that_is_personal_data_is_stored_nowhere(tmp_path: Path, clock: SetClock, name: str) -> None:
    """Neither as a file, nor as an address, nor in the audit log; also where signs stand for spaces."""
    store, folder = open_store(f"sqlite:///{tmp_path / 'solmu.sqlite'}"), tmp_path / "uploads"
    acting = Acting(store, lambda _: True, clock)
    with pytest.raises(PersonalDataError):
        Uploads(acting, FolderShelf(folder), 1000).add(name, b"Ohje", Audience.PUBLIC, ADMIN)
    with pytest.raises(PersonalDataError):
        Pages(acting).add(f"https://example.org/{name}", Audience.PUBLIC, ADMIN)
    assert not folder.exists()
    with store.reading() as work:
        assert work.sources.all() == []
        assert work.audit.latest(10) == []
    store.dispose()


@pytest.mark.parametrize("name", ["Potilasohje 2026-03-12.pdf", "maija_virtanen_esitys.pptx", "liite-131052-308A.pdf"])
def test_an_ordinary_name_is_no_personal_data(name: str) -> None:
    """A name alone, a date, and a number with a wrong check character."""
    refuse_personal_name(name)


def test_admins_read_why_in_their_language() -> None:
    """What was found is not repeated."""
    with pytest.raises(PersonalDataError) as refused:
        refuse_personal_name(PERSONAL[0])
    told = [source_problem(refused.value, language) for language in (Language.FI, Language.SV, Language.EN)]
    assert ["henkilötunnus" in told[0], "personbeteckning" in told[1], "identity code" in told[2]] == [True] * 3
    assert not any("131052" in each for each in told)
