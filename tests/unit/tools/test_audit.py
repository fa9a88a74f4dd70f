"""The audit of what Solmu is made of: what it calls a problem, and what it says where it learned nothing."""

from __future__ import annotations

import pytest

from tools import audit
from tools.audit import forbidden, told_by, unreviewed

REPORT = [
    {"name": "well", "version": "1.0", "vulns": []},
    {"name": "weak", "version": "2.0", "vulns": [{"id": "PYSEC-2026-1"}, {"id": "PYSEC-2026-2"}]},
    {"name": "rare", "skip_reason": "Dependency not found"},
]


def test_a_vulnerability_that_nobody_reviewed_is_a_problem() -> None:
    """Each is named with the version that has it; a reviewed one is none."""
    told = told_by(REPORT)
    assert (told.known, told.unknown) == (2, 1)
    assert unreviewed(told, {"PYSEC-2026-1": "not called"}) == ["weak 2.0: PYSEC-2026-2"]


def test_silence_is_said_aloud(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """A registry that knows nothing of any version has audited nothing: no failure, and no silence either."""
    monkeypatch.setattr(audit, "ask_registry", lambda _: told_by(REPORT[2:]))
    assert audit.main() == 0
    assert "NOT AUDITED for vulnerabilities: the registry told nothing of any of 1 pinned versions." in (
        capsys.readouterr().out
    )


def test_a_vulnerable_version_fails(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """With its name, so that it can be looked up."""
    monkeypatch.setattr(audit, "ask_registry", lambda _: told_by(REPORT))
    assert audit.main() == 1
    assert "weak 2.0: PYSEC-2026-1" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("licence", "is_problem"),
    [
        ("MIT", False),
        ("LGPL-3.0-or-later", False),
        ("AGPL-3.0-only", True),
        ("License :: OSI Approved :: GNU Affero General Public License v3", True),
        ("", True),
    ],
)
def test_licences_that_bind_who_offers_a_service_are_problems(licence: str, is_problem: bool) -> None:  # noqa: FBT001
    """AGPL and its like, and whatever tells no licence, unless somebody reviewed it."""
    assert bool(forbidden({"one": licence}, {})) is is_problem
    assert forbidden({"one": licence}, {"one": "asked its author"}) == []
