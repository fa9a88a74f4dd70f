"""Where a language model may be reached: questions and passages travel encrypted, or not beyond the own network."""

from __future__ import annotations

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit


def check_address(address: str, plain_hosts: Collection[str]) -> None:
    """Raises ValueError for an address that holds a secret, is none, or is neither encrypted nor near.

    `plain_hosts` are reached without TLS because the operator said so.
    """
    parts = urlsplit(address)
    if parts.scheme not in {"http", "https"} or not parts.hostname or parts.query or parts.fragment:
        message = "expected the address of an OpenAI-compatible server such as https://models.example.org/v1"
        raise ValueError(message)
    if parts.username is not None or parts.password is not None:
        message = "expected no name or password in the address; a key goes into SOLMU_LLM_API_KEY"
        raise ValueError(message)
    if parts.scheme == "http" and not (_is_near(parts.hostname) or parts.hostname in plain_hosts):
        message = (
            "expected https://, because questions and passages are sent there; "
            "where the network between is your own, name the host in SOLMU_LLM_HTTP_HOSTS"
        )
        raise ValueError(message)


def _is_near(host: str) -> bool:
    """Whether the host is this machine, or an address of a private network; a name could lead anywhere."""
    if host == "localhost":
        return True
    try:
        address = ip_address(host)
    except ValueError:
        return False
    return address.is_loopback or (address.is_private and not address.is_unspecified)
