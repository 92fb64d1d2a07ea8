"""To which addresses requests may go: none that lead into the network that Dateline stands in."""

from __future__ import annotations

from ipaddress import IPv6Address, ip_address, ip_network
from urllib.parse import urlsplit

from django.conf import settings
from django.core.exceptions import ValidationError

# Addresses that stand for others, which may be anybody's: NAT64, 6to4, Teredo.
TUNNELS = [
    ip_network(text)
    for text in (
        "64:ff9b::/96",
        "64:ff9b:1::/48",
        "2002::/16",
        "2001::/32",
        "192.88.99.0/24",
    )
]


class Refused(Exception):
    """An address to which no request goes, and why."""


def check_address(text: str, *, secure: bool) -> None:
    """Raises Refused for an IP address that requests may not go to.

    `WEBHOOK_PRIVATE_NETWORKS` names those that they may go to though they are private, and without
    TLS.
    """
    address = ip_address(text.partition("%")[0])
    if isinstance(address, IPv6Address) and address.ipv4_mapped:
        address = address.ipv4_mapped
    if any(address in network for network in settings.WEBHOOK_PRIVATE_NETWORKS):
        return
    within = not address.is_global or address.is_multicast or address.is_reserved
    if within or getattr(address, "is_site_local", False) or any(address in t for t in TUNNELS):
        raise Refused(
            f"{address} is not an address on the internet. WEBHOOK_PRIVATE_NETWORKS may allow it."
        )
    if not secure:
        raise Refused("Over the internet it has to be https.")


def check_url(url: str) -> None:
    """A validator: whether a request could go there. Names are looked up when one does."""
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        raise ValidationError("Enter an address that begins with https://") from None
    if parts.scheme not in ("http", "https") or not host:
        raise ValidationError("Enter an address that begins with https://")
    if not url.isascii():
        raise ValidationError("Enter the address as it is sent, in ASCII: xn--… and %C3%BC.")
    if parts.username or parts.password:
        raise ValidationError("Leave name and password out: the signature tells who calls.")
    if parts.fragment:
        raise ValidationError("Leave out what follows the #: it is never sent.")
    try:
        ip_address(host)
    except ValueError:
        if parts.scheme == "http" and not settings.WEBHOOK_PRIVATE_NETWORKS:
            raise ValidationError("Enter an address that begins with https://") from None
        return
    try:
        check_address(host, secure=parts.scheme == "https")
    except Refused as reason:
        raise ValidationError(str(reason)) from None
