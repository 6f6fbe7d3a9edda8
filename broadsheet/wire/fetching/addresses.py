"""Which addresses the fetch door may connect to: public ones, and the exceptions the site names."""

from __future__ import annotations

from collections.abc import Sequence
from ipaddress import ip_network

from ssrfguard import DEFAULT_DENIED, AddressTable, Block, Policy, Reach

#: Ranges that ssrfguard's table leaves open or decodes, and that no publisher's site lives in.
EXTRA_DENIED = (
    ("::ffff:0:0/96", "IPv4-mapped", "RFC 4291"),
    ("::ffff:0:0:0/96", "IPv4-translated", "RFC 2765"),
    ("2001:20::/28", "ORCHIDv2", "RFC 7343"),
    ("168.63.129.16/32", "a cloud's host agent", "Microsoft Azure"),
)


def _denied() -> AddressTable:
    extra = {
        ip_network(cidr): Block(network=ip_network(cidr), name=name, rfc=rfc, reach=Reach.DENIED)
        for cidr, name, rfc in EXTRA_DENIED
    }
    kept = tuple(block for block in DEFAULT_DENIED.blocks if block.network not in extra)
    return AddressTable((*kept, *extra.values()))


DENIED = _denied()


def is_exception(host: str, port: int, allow: Sequence[str]) -> bool:
    """Whether the site has named this very host and port as its own."""
    name = f"[{host}]" if ":" in host else host
    return f"{name.lower()}:{port}" in {entry.lower() for entry in allow}


def policy_for(host: str, port: int, *, allow: Sequence[str], ports: Sequence[int]) -> Policy:
    """The rules for connecting to one host and port.

    Args: host and port as the address gives them; allow, the named exceptions ("host:port"); ports open everywhere.
    Returns: ssrfguard's policy, which is asked again for every address the name resolves to.
    """
    if is_exception(host, port, allow):
        anywhere = (ip_network("0.0.0.0/0"), ip_network("::/0"))
        return Policy(denied_networks=DENIED, allowed_networks=anywhere, allowed_ports=frozenset({port}))
    return Policy(denied_networks=DENIED, allowed_ports=frozenset(ports))
