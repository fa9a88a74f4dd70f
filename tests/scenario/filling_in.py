"""The profile's form as somebody fills it in."""

from __future__ import annotations

from typing import Any

from knowledge.model import Consent

OFFER = "Meillä on malli rakenteisesta kirjaamisesta <!channel>."


def option(value: str) -> dict[str, Any]:
    """What Slack tells of an option that was chosen."""
    return {"value": value, "text": {"type": "plain_text", "text": value}}


def filled_in(
    *consents: Consent,
    organisation: str = "Järvirannan hyvinvointialue",
    role: str = "kehittämispäällikkö",
    language: str = "fi",
    offers: str = OFFER,
    seeks: str = "",
) -> dict[str, Any]:
    """The profile's form, with these consents ticked, as `StandIn.submit` takes it."""
    told = [each for each in consents if each not in {Consent.ROUNDS, Consent.QUESTIONS, Consent.EVENTS}]
    done = [each for each in consents if each not in told]
    values: dict[str, Any] = {
        "organisation_name": {"value": organisation},
        "role": {"value": role},
        "spoken": {"selected_option": option(language)},
        "languages": {"selected_options": [option("fi"), option("sv")]},
        "topics": {"value": "puheentunnistus, kirjaaminen"},
        "offers": {"value": offers},
        "seeks": {"value": seeks or None},
        "shown": {"selected_options": [option(each.value) for each in told]},
        "allowed": {"selected_options": [option(each.value) for each in done]},
    }
    return {name: {"value": value} for name, value in values.items()}
