"""What the audit log tells of roles and exports, to whom, and for how long."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner

from indexer.sourcing import add_source
from knowledge.__main__ import app
from knowledge.adapters.file_shelf import FolderShelf
from knowledge.administering.acting import Acting
from knowledge.administering.sources import SourceDesk
from knowledge.auditing import AuditLog, forget_old
from knowledge.members.profiles import NotAllowedError
from knowledge.model import (
    SHELL,
    SOLMU,
    Act,
    ActOutcome,
    Audience,
    AuditEntry,
    MemberId,
    Role,
    Source,
    SourceId,
    SourceKind,
    member_id,
)
from knowledge.role_changes import KnownRoles, RoleChanges
from knowledge.roles import FixedRoles
from knowledge.settings import Settings
from knowledge.store import Store
from knowledge.wiring import open_shelf
from tests.fakes import NOON, SetClock

AINO, MIKAEL, RIIKKA = (member_id("T1", user) for user in ("UAINO", "UMIKAEL", "URIIKKA"))
ROLES = FixedRoles([MIKAEL], [RIIKKA])


def _acts(store: Store) -> list[tuple[MemberId, Act, str]]:
    with store.reading() as work:
        return [(each.who, each.act, each.subject) for each in work.audit.since(NOON - timedelta(days=999))]


def test_only_admins_read_it_and_only_staff_export(store: Store) -> None:
    """A refused act leaves no line; reading the whole log does."""
    log = AuditLog(store, SetClock(), ROLES)
    for refused in (
        lambda: log.latest(5, MIKAEL),
        lambda: log.table(NOON, AINO),
        lambda: log.note(Act.ROUND, "", AINO),
    ):
        with pytest.raises(NotAllowedError):
            refused()
    assert _acts(store) == []
    log.note(Act.NETWORK_EXPORT, "", MIKAEL)
    assert [each.who for each in log.latest(5, RIIKKA)] == [MIKAEL]
    table = log.table(NOON, RIIKKA).decode("utf-8-sig").splitlines()
    assert table[0] == "when;who;act;subject;outcome"
    assert [line.split(";")[1:3] for line in table[1:]] == [
        ["T1:UMIKAEL", "network_export"],
        ["T1:URIIKKA", "audit_export"],
    ]


def test_roles_that_come_and_go_are_noted_once(store: Store) -> None:
    """However often is looked, and by whatever process; a workspace that cannot be asked keeps its roles."""
    now = {MIKAEL: Role.COORDINATOR, RIIKKA: Role.ADMIN}
    away: set[str] = set()

    def everybody() -> KnownRoles:
        return KnownRoles(dict(now), away)

    for _ in range(2):
        RoleChanges(store, SetClock(), everybody).note()
    given = [(SOLMU, Act.ROLE_GIVEN, "admin:T1:URIIKKA"), (SOLMU, Act.ROLE_GIVEN, "coordinator:T1:UMIKAEL")]
    assert _acts(store) == given
    now[MIKAEL] = Role.ADMIN
    RoleChanges(store, SetClock(), everybody).note()
    changed = [(SOLMU, Act.ROLE_TAKEN, "coordinator:T1:UMIKAEL"), (SOLMU, Act.ROLE_GIVEN, "admin:T1:UMIKAEL")]
    assert _acts(store) == [*given, *changed]
    now.clear()
    away.add("T1")
    RoleChanges(store, SetClock(), everybody).note()
    assert _acts(store) == [*given, *changed]
    now[member_id("T2", "UEEVA")] = Role.ADMIN
    RoleChanges(store, SetClock(), everybody).note()
    assert _acts(store) == [*given, *changed, (SOLMU, Act.ROLE_GIVEN, "admin:T2:UEEVA")]


def test_an_act_is_forgotten_after_its_time(store: Store) -> None:
    """As many days as the settings say."""
    with store() as work:
        for days in (10, 40):
            work.audit.add(AuditEntry(NOON - timedelta(days=days), SHELL, Act.ERASE_PERSON, f"T1:U{days}"))
        work.commit()
    forget_old(store, SetClock(), timedelta(days=30))
    assert _acts(store) == [(SHELL, Act.ERASE_PERSON, "T1:U10")]


def test_the_shell_lists_and_exports_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The export is a line of it; a file that cannot be written leaves none."""
    monkeypatch.setenv("SOLMU_DATA_DIR", str(tmp_path))
    file, runner = tmp_path / "log.csv", CliRunner()
    assert runner.invoke(app, ["audit", "--export", str(tmp_path / "none" / "log.csv")]).exit_code == 1
    assert runner.invoke(app, ["audit", "--export", str(file)]).exit_code == 0
    assert [line.split(";")[1:3] for line in file.read_text("utf-8-sig").splitlines()[1:]] == [
        ["shell", "audit_export"]
    ]
    listed = runner.invoke(app, ["audit", "--since", "2026-01-01"]).output
    assert listed.count("audit_export") == 1


def test_sources_that_the_shell_adds_and_changes_are_noted(store: Store) -> None:
    """What stays as it was is not."""
    place, clock = "https://example.org/ohje", SetClock()
    with store() as work:
        for audience in (Audience.MEMBERS, Audience.MEMBERS, Audience.COORDINATORS):
            add_source(work, place, use_cases=False, audience=audience, columns=(), link=None, clock=clock)
        work.commit()
    added, changed = _acts(store)
    assert added == (SHELL, Act.SOURCE_ADD, "source:s1")
    assert changed == (SHELL, Act.SOURCE_AUDIENCE, "source:s1:coordinators")


def test_whoever_tries_what_only_admins_may_is_kept(store: Store, tmp_path: Path) -> None:
    """Nothing is changed; looking leaves no line, an act that was tried does, also where a look comes before it."""
    acting, shelf = Acting(store, ROLES.is_admin, SetClock()), open_shelf(Settings(data_dir=tmp_path), SetClock())
    desk = SourceDesk(acting, shelf, lambda _: 0, FolderShelf(tmp_path / "uploads"))
    with store() as work:
        work.sources.add(Source(SourceId("s1"), SourceKind.WEB, "https://example.org", Audience.MEMBERS, NOON))
        work.commit()
    for tried in (
        lambda: desk.check(MIKAEL),
        lambda: desk.card(SourceId("s1"), MIKAEL),
        lambda: desk.set_audience(SourceId("s1"), Audience.PUBLIC, MIKAEL),
        lambda: desk.set_schedule(SourceId("s1"), "off", MIKAEL),
        lambda: desk.check_request("", MIKAEL),
        lambda: desk.check_adding(MIKAEL),
    ):
        with pytest.raises(NotAllowedError):
            tried()
    with store.reading() as work:
        kept = [(each.who, each.act, each.subject, each.outcome) for each in work.audit.since(NOON)]
        assert work.sources.get(SourceId("s1")).audience is Audience.MEMBERS
    refused = ActOutcome.REFUSED
    assert kept == [
        (MIKAEL, Act.SOURCE_AUDIENCE, "s1:public", refused),
        (MIKAEL, Act.SOURCE_CHANGE, "s1:schedule", refused),
        (MIKAEL, Act.REINDEX, "all", refused),
        (MIKAEL, Act.SOURCE_ADD, "", refused),
    ]
