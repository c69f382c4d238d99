"""Which addresses may be opened, and how much may be read from them."""

from __future__ import annotations

import ipaddress
import logging
import socket
import weakref
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from licensecheck.base.errors import Unreadable
from licensecheck.base.files import LIMIT
from licensecheck.base.message import Message, word

if TYPE_CHECKING:
    from requests.adapters import HTTPAdapter


_KEPT: Final = 256 * 1024 * 1024

LONGEST: Final = 8_000

_IP = ipaddress.IPv4Address | ipaddress.IPv6Address

_NAT64: Final = ipaddress.ip_network("64:ff9b::/96")

_GLOBAL6: Final = ipaddress.ip_network("2000::/3")

_SHARED: Final = ipaddress.ip_network("100.64.0.0/10")

_UNIQUE_LOCAL: Final = ipaddress.ip_network("fc00::/7")

_RESERVED: Final = tuple(
    ipaddress.ip_network(n) for n in ("192.0.0.0/24", "192.88.99.0/24", "2001::/23", "2002::/16", "3fff::/20")
)
"""Entries of the registries that :mod:`ipaddress` of older Pythons lacks or takes for global."""

_PRIVATE4: Final = tuple(ipaddress.ip_network(n) for n in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"))

_CLOUD: Final = frozenset(
    ipaddress.ip_address(a)
    for a in ("169.254.169.254", "169.254.170.2", "100.100.100.200", "168.63.129.16", "192.0.0.192", "fd00:ec2::254")
)
"""Where clouds answer with a machine's credentials: AWS and most others, ECS, Alibaba, Azure, Oracle, AWS over IPv6."""


class Limits(NamedTuple):
    """How far one read goes: seconds of silence, bytes after decompression, redirects, retries, seconds in all."""

    timeout: float = 15.0
    bytes: int = LIMIT
    redirects: int = 5
    retries: int = 2
    total: float = 60.0


def printable(value: str) -> str:
    """A header or a name without characters that a terminal would act on, cut to a length."""
    return "".join(c if c.isprintable() else " " for c in value[:LONGEST])


def literal_address(host: str) -> _IP | None:
    """The address that a host is written as, in any form that a resolver takes, or None for a name."""
    if host in ("localhost", "localhost.localdomain") or host.endswith(".localhost"):
        return ipaddress.IPv4Address("127.0.0.1")
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def kind(address: str | _IP) -> str:
    """Why an IP address is not of the public Internet (``loopback``, ``private`` and so on), or ""."""
    ip = ipaddress.ip_address(address.partition("%")[0]) if isinstance(address, str) else address
    if ip in _CLOUD:
        return "cloud metadata"
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped:
            return kind(ip.ipv4_mapped)
        if ip in _NAT64:
            return kind(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
        if ip.sixtofour or ip.teredo:
            return "tunnelled"
    if ip.is_unspecified:
        return "unspecified"
    if ip.is_loopback:
        return "loopback"
    if ip.is_link_local:
        return "link-local"
    if ip.is_multicast:
        return "multicast"
    if ip in _SHARED or ip in _UNIQUE_LOCAL or any(ip in network for network in _PRIVATE4):
        return "private"
    reserved = not ip.is_global or ip.is_reserved or any(ip in network for network in _RESERVED)
    return "reserved" if reserved or (ip.version == 6 and ip not in _GLOBAL6) else ""


def refuse_inner(ip: str | _IP, host: str, named: bool, private: bool) -> None:
    """Raise :class:`Unreadable` if ``host`` may not be reached at ``ip``; ``named`` is whether the user gave the host."""
    what = kind(ip)
    inner = what in ("loopback", "private")
    if not what or (inner and named and private):
        return
    leads = Message("{host} leads to a {what} address ({ip})", host=printable(host)[:100], what=word(what), ip=str(ip))
    if inner and named:
        raise Unreadable(Message("{leads}: if this is intended, use --allow-private", leads=leads))
    raise Unreadable(
        Message("{leads}, which licensecheck does not read: save the page yourself and check that file", leads=leads)
    )


def connect(host: str, port: int, named: bool, private: bool, timeout: float) -> socket.socket:
    """A connection to one of the addresses of ``host``, all of which were checked."""
    shown = printable(host)[:100]
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise Unreadable(
            Message("there is no server called {shown}: check the spelling and your connection", shown=shown)
        ) from None
    for *_, address in found:
        refuse_inner(str(address[0]), host, named, private)
    last: OSError | None = None
    for family, form, protocol, _, address in found:
        opened: socket.socket | None = None
        try:
            opened = socket.socket(family, form, protocol)
            opened.settimeout(timeout)
            opened.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            opened.connect(address)
        except OSError as error:
            last = error
            if opened is not None:
                opened.close()
            continue
        return opened
    silent, empty = Message("it does not answer"), Message("it has no address")
    reason = silent if isinstance(last, TimeoutError) else (last and last.strerror) or empty
    raise Unreadable(
        Message("no connection to {shown}: {reason}. Check the address, or try again later", shown=shown, reason=reason)
    )


def guarded_adapter(
    opener: Callable[[str, int], socket.socket],
    sockets: weakref.WeakSet[socket.socket],
    cache: Path | None,
    limits: Limits,
) -> HTTPAdapter:
    """An adapter of requests whose own connections are made by ``opener``, and noted in ``sockets``.

    With ``cache`` it is hishel's, by RFC 9111: that one hands a body on as it comes, so that the limits hold, and
    keeps it only when it came whole. CacheControl stores the token where a server varies by it and fails at a bad
    date; requests-cache reads a body to its end first.
    """
    from requests.adapters import HTTPAdapter
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

    class Plain(HTTPConnection):
        def _new_conn(self) -> socket.socket:
            return opener(self._dns_host, self.port or 80)

        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

    class Secure(HTTPSConnection):
        def _new_conn(self) -> socket.socket:
            return opener(self._dns_host, self.port or 443)

        def connect(self) -> None:
            super().connect()
            sockets.add(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class SecurePool(HTTPSConnectionPool):
        ConnectionCls = Secure

    options: dict[str, Any] = {}
    base: Any = HTTPAdapter
    if cache is not None:
        from hishel import CacheOptions, SqliteStorage
        from hishel.requests import CacheAdapter

        logging.getLogger("hishel").addHandler(logging.NullHandler())
        base = CacheAdapter
        options["storage"] = SqliteStorage(
            database_path=cache / "http.db", max_stream_size=limits.bytes, max_size=_KEPT
        )
        options["rfc"] = CacheOptions(shared=False)

    class Guarded(base):  # type: ignore[misc]
        def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
            super().init_poolmanager(*args, **kwargs)
            self.poolmanager.pool_classes_by_scheme = {"http": PlainPool, "https": SecurePool}

    adapter: HTTPAdapter = Guarded(**options)
    return adapter
