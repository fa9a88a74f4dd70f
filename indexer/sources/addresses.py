"""Which network addresses may be fetched from: the public ones, and those an operator allows."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from indexer.sources import failures

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network
_NAT64 = IPv6Network("64:ff9b::/96")


async def resolve(host: str, port: int, allowed: Sequence[Network]) -> list[str]:
    """The host's addresses, to be connected to as they are; raises FetchFailure if any of them is not allowed."""
    try:
        told = await asyncio.get_running_loop().getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise failures.unknown_host(host) from error
    addresses = list(dict.fromkeys(str(entry[4][0]) for entry in told))
    if not all(is_allowed(ip_address(address), allowed) for address in addresses):
        raise failures.private_address(host)
    return addresses


def is_allowed(address: Address, allowed: Sequence[Network]) -> bool:
    """Whether it is public, or in one of the allowed networks, also where it is wrapped into an IPv6 address."""
    inner = _unwrapped(address)
    if any(inner in network for network in allowed if network.version == inner.version):
        return True
    return inner.is_global and not inner.is_multicast


def _unwrapped(address: Address) -> Address:
    """The IPv4 address that an IPv6 address leads to, where it does."""
    if isinstance(address, IPv4Address):
        return address
    if address in _NAT64:
        return IPv4Address(int(address) & 0xFFFF_FFFF)
    teredo = address.teredo
    return address.ipv4_mapped or address.sixtofour or (teredo[1] if teredo else address)
