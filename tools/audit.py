"""Audits what Solmu is made of: known vulnerabilities of the pinned versions, and licences of what is installed.

Ends with 1 where a pinned version has a known vulnerability that nobody has reviewed, or a licence is not allowed.
Where the registry tells nothing of vulnerabilities, that is said aloud and does not fail: silence is not safety.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.metadata import Distribution, distributions
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
CONSTRAINTS = ROOT / "constraints.txt"
REVIEWED = ROOT / "tools" / "audit.toml"
SECONDS = 300
_FORBIDDEN = re.compile(r"\bAGPL|\bAffero|\bSSPL\b|Server Side Public|Business Source|Commons Clause", re.IGNORECASE)
"""Licences under which offering Solmu over a network would bind those who do."""


class AuditUnreachableError(RuntimeError):
    """The registry could not be asked."""


@dataclass(frozen=True)
class Told:
    """What the registry told: pinned versions it knows, those it does not, and their vulnerabilities by name."""

    known: int
    unknown: int
    vulnerable: Mapping[str, Sequence[str]]


def ask_registry(constraints: Path) -> Told:
    """What is known of the pinned versions; raises AuditUnreachableError."""
    command = [sys.executable, "-m", "pip_audit", "-r", str(constraints), "--no-deps", "--disable-pip"]
    asked = subprocess.run(
        [*command, "--vulnerability-service", "pypi", "--progress-spinner", "off", "--format", "json"],
        capture_output=True,
        text=True,
        timeout=SECONDS,
        check=False,
    )
    if "No module named" in asked.stderr:
        sys.exit("pip-audit is not installed: `make audit` installs it.")
    if not asked.stdout.strip():
        raise AuditUnreachableError((asked.stderr.strip().splitlines() or ["pip-audit said nothing"])[-1])
    return told_by(json.loads(asked.stdout)["dependencies"])


def told_by(dependencies: Sequence[Mapping[str, Any]]) -> Told:
    """The same out of pip-audit's report; a version that it skipped is one that nothing is known of."""
    known = [each for each in dependencies if "skip_reason" not in each]
    vulnerable = {
        f"{each['name']} {each['version']}": [found["id"] for found in each["vulns"]] for each in known if each["vulns"]
    }
    return Told(len(known), len(dependencies) - len(known), vulnerable)


def unreviewed(told: Told, reviewed: Mapping[str, str]) -> list[str]:
    """A line for each vulnerability that nobody has reviewed."""
    return [f"{what}: {name}" for what, names in told.vulnerable.items() for name in names if name not in reviewed]


def licence_of(distribution: Distribution) -> str:
    """What the distribution says of its licence, by its expression, its classifiers or its own words."""
    told = distribution.metadata
    classifiers = [line for line in told.get_all("Classifier") or () if line.startswith("License ::")]
    return told.get("License-Expression") or "; ".join(classifiers) or (told.get("License") or "")[:200]


def forbidden(licences: Mapping[str, str], reviewed: Mapping[str, str]) -> list[str]:
    """A line for each distribution whose licence is not allowed, or not told at all."""
    return [
        f"{name}: {licence or 'no licence told'}"
        for name, licence in sorted(licences.items())
        if name not in reviewed and (not licence or _FORBIDDEN.search(licence))
    ]


def _vulnerabilities(reviewed: Mapping[str, str]) -> Iterator[str]:
    try:
        told = ask_registry(CONSTRAINTS)
    except (AuditUnreachableError, subprocess.TimeoutExpired, ValueError) as error:
        print(f"NOT AUDITED for vulnerabilities: the registry could not be asked ({error}).")
        return
    if not told.known:
        print(f"NOT AUDITED for vulnerabilities: the registry told nothing of any of {told.unknown} pinned versions.")
        return
    print(f"Vulnerabilities: {told.known} pinned versions audited, {told.unknown} unknown to the registry.")
    yield from unreviewed(told, reviewed)


def main() -> int:
    """Audit, print, and return the exit code."""
    reviewed = tomllib.loads(REVIEWED.read_text(encoding="utf-8"))
    licences = {each.metadata["Name"].lower(): licence_of(each) for each in distributions() if each.metadata["Name"]}
    problems = [*_vulnerabilities(reviewed["vulnerabilities"]), *forbidden(licences, reviewed["licences"])]
    print(f"Licences: {len(licences)} installed distributions looked at.")
    for problem in problems:
        print(f"  {problem}")
    return int(bool(problems))


if __name__ == "__main__":
    sys.exit(main())
