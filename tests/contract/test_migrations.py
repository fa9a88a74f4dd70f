"""Databases of earlier versions: brought to the present schema with everything they hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import numpy as np
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from sqlalchemy import Connection, String, text

from knowledge.model import (
    NO_ORGANISATION,
    Exclusion,
    IntroductionId,
    MemberId,
    ModelIdentity,
    OrganisationId,
    Reply,
    Side,
    TextHash,
)
from knowledge.store import open_store
from knowledge.store.engine import open_engine
from knowledge.store.migrate import SCRIPTS
from knowledge.store.tables import Base
from tests.builders import introduction, member

SMALL = ModelIdentity("small", "1", 2)
KEY = TextHash("0" * 64)


def test_the_first_schema_is_brought_up(store_url: str) -> None:
    """A database made before sentences had vectors keeps its passages' vectors, and lacks only the sentences'."""
    engine = open_engine(store_url)
    with engine.begin() as connection:
        _upgrade(connection, "0001")
        connection.execute(text("INSERT INTO models (id, name, revision, dimension) VALUES (1, 'small', '1', 2)"))
        connection.execute(
            text("INSERT INTO vectors (text_hash, model, data) VALUES (:key, 1, :data)"),
            {"key": KEY, "data": np.array([0.5, -1], dtype="<f4").tobytes()},
        )
    engine.dispose()
    store = open_store(store_url)
    with store.reading() as work:
        assert work.vectors.get([KEY], SMALL)[KEY].tolist() == [0.5, -1]
        assert work.vectors.missing([KEY], SMALL) == set()
        assert work.vectors.missing_sentences([KEY], SMALL) == {KEY}
    store.dispose()


def test_wishes_of_the_release_before_go_on(store_url: str) -> None:
    """For the organisation that their author is of, also those that it keeps while the new one works beside it.

    Blind where they said no to a proposal; and back again.
    """
    wishes = [("T1:U1", "T1:U2", False), ("T1:U1", "T1:U3", False), ("T1:U2", "T1:U1", False), ("T1:U3", "T1:U1", True)]
    engine = open_engine(store_url)
    with engine.begin() as connection:
        _upgrade(connection, "0012")
        for number in (1, 2, 3):
            connection.execute(text(_MEMBER), {"id": f"T1:U{number}", "home": f"o{number}"})
        for by, named, for_all in wishes:
            connection.execute(text(_WISH), {"by": by, "member": named, "for_all": for_all})
        connection.execute(text(_DECLINED))
        _upgrade(connection, "0013")
        wishes.append(("T1:U3", "T1:U2", True))
        connection.execute(text(_LATER_WISH), {"by": "T1:U3", "member": "T1:U2", "for_all": True})
    store = open_store(store_url)
    with store.reading() as work:
        named, other, away, later = (
            Exclusion(MemberId(by), MemberId(member), NO_ORGANISATION, for_all, date.max)
            for by, member, for_all in wishes[1:]
        )
        blind = Exclusion.suggested(named.by, other.by, IntroductionId("i1"), date(2026, 3, 9))
        away, later = (replace(each, on_behalf_of=OrganisationId("o3")) for each in (away, later))
        assert list(work.members.exclusions()) == [blind, named, other, away, later]
    store.dispose()
    with engine.begin() as connection:
        _downgrade(connection, "0012")
        left = connection.execute(text('SELECT "by", member, for_all FROM exclusions'))
        assert sorted((by, member, bool(for_all)) for by, member, for_all in left) == sorted(wishes)
    engine.dispose()


def test_whoever_was_a_member_is_not_away(store_url: str) -> None:
    """A profile from before counts as there, so does one that the release before still writes; and it can be undone."""
    engine = open_engine(store_url)
    with engine.begin() as connection:
        _upgrade(connection, "0013")
        connection.execute(text(_MEMBER), {"id": "T1:U1", "home": "o1"})
        _upgrade(connection, "head")
        connection.execute(text(_MEMBER), {"id": "T1:U2", "home": "o1"})
    store = open_store(store_url)
    with store.reading() as work:
        assert {each.id: each.is_away for each in work.members.all()} == {"T1:U1": False, "T1:U2": False}
    store.dispose()
    with engine.begin() as connection:
        _downgrade(connection, "0013")
        assert connection.execute(text("SELECT organisation FROM members WHERE id = 'T1:U1'")).scalar_one() == "o1"
    engine.dispose()


def test_a_yes_that_waits_is_a_yes_for_the_release_before(store_url: str) -> None:
    """It knows no other reply, and would read no introduction at all; that it waits is written down beside it."""
    engine = open_engine(store_url)
    store = open_store(store_url)
    with store() as work:
        for user in ("U1", "U2"):
            work.members.put(member(user))
        said = replace(introduction(), first=Side(MemberId("T1:U1"), Reply.YES))
        work.introductions.put(said.held_by(said.first.member))
        work.commit()
    with engine.begin() as connection:
        row = connection.execute(text("SELECT first_reply, first_held, second_held FROM introductions")).one()
        assert tuple(row) == ("yes", True, False)
    store.dispose()
    with engine.begin() as connection:
        _downgrade(connection, "0014")
        assert connection.execute(text("SELECT first_reply FROM introductions")).scalar_one() == "yes"
    engine.dispose()


def test_the_migrations_make_the_tables(store_url: str) -> None:
    """What the migrations create, one after another, is what the models describe."""
    open_store(store_url).dispose()
    engine = open_engine(store_url)
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": _differ})
        differences = compare_metadata(context, Base.metadata)
    engine.dispose()
    assert differences == []


def _differ(context: MigrationContext, _is: object, _will_be: object, there: object, here: object) -> bool | None:
    """Whether two types differ; None lets Alembic judge. SQLite holds nobody to a length."""
    lengths_matter = context.dialect.name != "sqlite"
    return None if lengths_matter or not (isinstance(there, String) and isinstance(here, String)) else False


_MEMBER = (
    "INSERT INTO members (id, organisation, role, languages, topics, offers, seeks, consents, joined_at,"
    " available_from, silent_rounds, handle)"
    " VALUES (:id, :home, '', '[]', '[]', '', '', '[]', '2026-01-01', '2026-01-01', 0, :id)"
)
_WISH = "INSERT INTO exclusions VALUES (:by, :member, '', :for_all, '9999-12-31')"
_LATER_WISH = _WISH.replace("VALUES", '("by", member, organisation, for_all, until) VALUES')
_DECLINED = (
    "INSERT INTO introductions VALUES ('i1', 'T1:U2', 'T1:U1', 'open', 'no', 'unknown', 'unknown', 'round', '', '',"
    " '{}', 'declined', '2026-03-09 10:00:00', '2026-03-09 11:00:00')"
)


def _upgrade(connection: Connection, to: str) -> None:
    command.upgrade(_config(connection), to)


def _downgrade(connection: Connection, to: str) -> None:
    command.downgrade(_config(connection), to)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.attributes["connection"] = connection
    return config
