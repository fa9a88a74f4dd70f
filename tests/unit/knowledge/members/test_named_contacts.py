"""Roles are compared word by word: the same one, or one inside the other, and nothing that only looks alike."""

from __future__ import annotations

import pytest

from knowledge.members.named_contacts import common_role
from knowledge.model import Language


@pytest.mark.parametrize(
    ("own", "named", "language", "common"),
    [
        ("palvelupäällikkö", "palvelupäällikkö", Language.FI, "palvelupäällikkö"),
        (" Palvelupäällikkö ", "kotihoidon palvelupäällikkö", Language.FI, "Palvelupäällikkö"),
        ("kotihoidon palvelupäällikkö", "palvelupäällikkö", Language.FI, "palvelupäällikkö"),
        ("kuntoutuspäällikkö", "Kuntoutuspäälliköt, puh. 050 123", Language.FI, "kuntoutuspäällikkö"),
        ("utvecklingschef", "utvecklingschefen för hemvården", Language.SV, "utvecklingschef"),
        ("Service manager", "service managers of adult psychiatry", Language.EN, "Service manager"),
        ("päällikkö", "palvelupäällikkö", Language.FI, ""),
        ("palvelupäällikkö", "palveluesimies", Language.FI, ""),
        ("hoidon johtaja", "johtaja, hoidon kehittäminen", Language.FI, ""),
        ("lehtori", "", Language.FI, ""),
        ("", "lehtori", Language.FI, ""),
        ("–", "lehtori", Language.FI, ""),
    ],
)
def test_a_role_is_the_same_or_stands_in_the_other(own: str, named: str, language: Language, common: str) -> None:
    """Whole words in their order, whatever their case and form; what is told is the shorter of the two texts."""
    assert common_role(own, named, language) == common
