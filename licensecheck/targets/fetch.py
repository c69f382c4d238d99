"""The bytes at one address, read politely and within limits: the only module that opens a connection.

What is scanned is untrusted, and so are the addresses in it: such an address must not lead to this machine or its
network. A name is resolved once, all of its addresses are checked, and the connection is made to an address that was
checked, so a second answer of the name server changes nothing (DNS rebinding). Redirects are followed here, hop
by hop, each with the same checks. Addresses are judged by the IANA special-purpose registries (RFC 6890) as
:mod:`ipaddress` has them, and by the forms that hide an IPv4 address in an IPv6 one (RFC 4291, 6052, 3056, 4380).

Proxies of the environment (``HTTPS_PROXY``) are used for addresses that the user named and for no other: a proxy
resolves names by itself, so that no address could be checked. ``REQUESTS_CA_BUNDLE`` names certificates to trust.

Kept copies are asked for again each time (``Cache-Control: no-cache``), so that an answer is never older than the run;
a server that answers "not modified" saves the transfer. Pages that were read with a credential are not kept.
"""

from __future__ import annotations

import hashlib
import os
import socket
import threading
import time
import weakref
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Final, NamedTuple
from urllib.parse import urljoin, urlsplit

from licensecheck import __version__
from licensecheck.base.errors import Unreadable
from licensecheck.base.message import Message
from licensecheck.model import Retrieval
from licensecheck.targets.guard import (
    LONGEST,
    Limits,
    connect,
    guarded_adapter,
    literal_address,
    printable,
    refuse_inner,
)

if TYPE_CHECKING:
    from protego import Protego
    from requests import PreparedRequest, Response
    from requests.adapters import HTTPAdapter

AGENT: Final = f"licensecheck/{__version__} (dataset-licensecheck; reads licenses of datasets)"
_ACCEPT: Final = "text/html,application/xhtml+xml,text/plain;q=0.9,*/*;q=0.8"
_NAME: Final = "licensecheck"
"""What ``robots.txt`` calls us."""
_AGAIN: Final = frozenset({429, 502, 503, 504})
_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PATIENCE: Final = 20.0
"""Seconds that a server may ask us to wait; whoever asks for more is not waited for."""
_BACK_OFF: Final = 0.5
_CHUNK: Final = 64 * 1024
_ROBOTS: Final = 500 * 1024
"""Bytes of ``robots.txt`` that count (RFC 9309, 2.5)."""
_ENCODINGS: Final = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})


class Page(NamedTuple):
    """A page that was read. ``headers`` have lower-case names and may repeat one; ``sha256`` is of ``body``."""

    url: str
    final: str
    status: int
    time: str
    sha256: str
    media_type: str
    headers: tuple[tuple[str, str], ...]
    body: bytes

    @property
    def retrieval(self) -> Retrieval:
        """That it was read, for the evidence."""
        return Retrieval(self.url, self.final, self.time, self.status, self.sha256)

    def header(self, name: str) -> str:
        """The values of one header, joined by commas, or ""."""
        return ", ".join(value for key, value in self.headers if key == name.lower())


class Refused(Unreadable):
    """A server's answer that is not a page: its ``status``, and its headers with lower-case names."""

    def __init__(self, message: str, status: int, headers: Mapping[str, str]) -> None:
        super().__init__(message)
        self.status = status
        self.headers = headers


class Fetcher:
    """Reads addresses, one at a time: use one in each thread. Close it, or use it as a context.

    ``offline`` refuses everything before a socket is opened. ``allow_private`` lets addresses that the user named lead
    to loopback and private networks. ``cache`` is a folder for copies, made where it is missing.
    """

    def __init__(
        self,
        offline: bool = False,
        allow_private: bool = False,
        cache: Path | None = None,
        limits: Limits = Limits(),  # noqa: B008 - an immutable tuple
    ) -> None:
        self.offline = offline
        self.allow_private = allow_private
        self.limits = limits
        self._cache = cache
        self._adapters: dict[tuple[bool, bool], HTTPAdapter] = {}
        self._robots: dict[tuple[str, bool], Protego] = {}
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """Give back connections and the cache."""
        for adapter in self._adapters.values():
            adapter.close()
        self._adapters.clear()

    def get(self, url: str, *, trusted: bool, headers: Sequence[tuple[str, str]] = (), robots: bool = True) -> Page:
        """The page at ``url``.

        ``trusted`` is whether the user gave this address, and not something that was scanned. ``headers`` go to the
        host of ``url`` and, but for ``Accept``, to no other that it redirects to. ``robots`` asks ``robots.txt`` first,
        as pages want it; the interfaces that a hub made for programs are read without.

        Raises :class:`Refused` if the server does not answer with a page, and :class:`Unreadable` for all else.
        """
        scheme = _scheme(url)
        if scheme not in ("http", "https"):
            raise Unreadable(
                Message(
                    "licensecheck reads http and https addresses, not {scheme}: save the page and check that file",
                    scheme=scheme or Message("an address without a scheme"),
                )
            )
        if self.offline:
            raise Unreadable(
                Message(
                    "not read because the run is offline: run it again without --offline, or save the page and check that file"
                )
            )
        with self._until(time.monotonic() + self.limits.total) as deadline:
            return self._follow(url, trusted, dict(headers), robots, deadline)

    def _follow(self, url: str, trusted: bool, headers: dict[str, str], robots: bool, deadline: float) -> Page:
        request = _prepared(url)
        first = str(request.url)
        home = _host(first)
        for _ in range(self.limits.redirects + 1):
            address = str(request.url)
            named = trusted and _host(address) == home
            if robots:
                self._ask_robots(address, named, deadline)
            response = self._patiently(request, named, headers, deadline)
            try:
                if response.status_code not in _REDIRECTS or "location" not in response.headers:
                    return self._page(url, address, response, deadline)
                request = _redirected(address, response.headers["location"])
            finally:
                response.close()
            if _strips(address, str(request.url)):
                headers = {k: v for k, v in headers.items() if k.lower() == "accept"}
        raise Unreadable(
            Message(
                "the address redirects more than {redirects} times: open it in a browser and use the final address",
                redirects=self.limits.redirects,
            )
        )

    def _patiently(self, request: PreparedRequest, named: bool, headers: dict[str, str], deadline: float) -> Response:
        turn = 0
        while True:
            response = self._send(request, named, headers, deadline)
            if response.status_code not in _AGAIN or turn >= self.limits.retries:
                return response
            pause = _retry_after(response)
            pause = _BACK_OFF * 2**turn if pause is None else pause
            if pause > min(_PATIENCE, deadline - time.monotonic()):
                return response
            response.close()
            _wait(pause)
            turn += 1

    def _send(self, request: PreparedRequest, named: bool, headers: dict[str, str], deadline: float) -> Response:
        address = str(request.url)
        secret = any(name.lower() != "accept" for name in headers)
        if secret and _scheme(address) == "http" and not (named and self.allow_private):
            raise Unreadable(Message("licensecheck does not send a token without encryption: use an https address"))
        request = request.copy()
        own = {"User-Agent": AGENT, "Accept": _ACCEPT, "Accept-Encoding": "gzip", "Cache-Control": "no-cache"}
        request.headers.update({**own, **headers})
        adapter = self._adapter(named, self._cache is not None and not secret)
        with self._explained(_host(address), deadline):
            return adapter.send(
                request,
                stream=True,
                timeout=(self.limits.timeout, self.limits.timeout),
                verify=os.environ.get("REQUESTS_CA_BUNDLE") or os.environ.get("CURL_CA_BUNDLE") or True,
                proxies=self._proxies(address) if named else {},
            )

    def _proxies(self, address: str) -> dict[str, str]:
        from requests.utils import get_environ_proxies, select_proxy

        proxies: dict[str, str] = get_environ_proxies(address)
        if select_proxy(address, proxies):
            literal = literal_address(_host(address))
            if literal is not None:
                refuse_inner(literal, _host(address), True, self.allow_private)
        return proxies

    def _page(self, url: str, final: str, response: Response, deadline: float) -> Page:
        if response.status_code not in (200, 203):
            raise Refused(_refusal(response), response.status_code, {k.lower(): v for k, v in response.headers.items()})
        if not {e.strip() for e in response.headers.get("content-encoding", "").lower().split(",")} <= _ENCODINGS:
            raise Unreadable(
                Message(
                    "the page is compressed in a way that licensecheck cannot read: save the page and check that file"
                )
            )
        with self._explained(_host(final), deadline):
            body = b"".join(self._chunks(response))
        return Page(
            url,
            final,
            response.status_code,
            datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            hashlib.sha256(body).hexdigest(),
            response.headers.get("content-type", "").split(";")[0].strip().lower(),
            tuple((k.lower(), printable(v)) for k, v in response.raw.headers.items()),
            body,
        )

    def _chunks(self, response: Response) -> Iterator[bytes]:
        large = Message(
            "the page is larger than {size} kB: save the part with the terms and check that file",
            size=f"{self.limits.bytes // 1024:,}",
        )
        declared = response.headers.get("content-length", "")
        if declared.isdecimal() and len(declared) < 20 and int(declared) > self.limits.bytes:
            raise Unreadable(large)
        size = 0
        for chunk in response.raw.stream(_CHUNK, decode_content=True):
            size += len(chunk)
            if size > self.limits.bytes:
                raise Unreadable(large)
            yield chunk

    def _ask_robots(self, address: str, named: bool, deadline: float) -> None:
        from protego import Protego

        root = urljoin(address, "/robots.txt")
        if address == root:
            return
        if (root, named) not in self._robots:
            try:
                text = self._follow(root, named, {}, False, deadline).body[:_ROBOTS].decode("utf-8", "replace")
            except Refused as error:
                if not 400 <= error.status < 500 or error.status == 429:
                    raise Unreadable(
                        Message(
                            "its robots.txt could not be read (HTTP {status}), so the page was not read: try again later",
                            status=error.status,
                        )
                    ) from None
                text = ""
            self._robots[root, named] = Protego.parse(text)
        if not self._robots[root, named].can_fetch(address, _NAME):
            raise Unreadable(
                Message(
                    "its robots.txt asks programs not to read it: open it in a browser, save it and check that file"
                )
            )

    def _adapter(self, named: bool, kept: bool) -> HTTPAdapter:
        key = (named, kept)
        if key not in self._adapters:
            self._adapters[key] = guarded_adapter(
                lambda host, port: connect(host, port, named, self.allow_private, self.limits.timeout),
                self._sockets,
                self._cache if kept else None,
                self.limits,
            )
        return self._adapters[key]

    @contextmanager
    def _until(self, deadline: float) -> Iterator[float]:
        """Cuts the connections at the deadline, wherever the reading is: a server may drip header by header."""
        timer = threading.Timer(max(0.0, deadline - time.monotonic()), self._cut)
        timer.daemon = True
        timer.start()
        try:
            yield deadline
        finally:
            timer.cancel()

    def _cut(self) -> None:
        for opened in list(self._sockets):
            try:
                socket.socket.shutdown(opened, socket.SHUT_RDWR)
            except OSError:
                continue

    @contextmanager
    def _explained(self, host: str, deadline: float) -> Iterator[None]:
        """Turns what the libraries raise into a sentence for people."""
        from requests import exceptions as r
        from urllib3 import exceptions as u

        late = Message("reading it took more than {seconds} seconds: try again later", seconds=f"{self.limits.total:g}")
        try:
            yield
        except (r.RequestException, u.HTTPError, OSError, ValueError) as error:
            if time.monotonic() >= deadline:
                reason = late
            elif isinstance(error, r.SSLError | u.SSLError):
                reason = Message(
                    "its certificate is not valid: check the address (REQUESTS_CA_BUNDLE adds your own certificates)"
                )
            elif isinstance(error, r.ProxyError | u.ProxyError):
                reason = Message("the proxy does not answer: check HTTPS_PROXY")
            elif isinstance(error, r.Timeout | u.TimeoutError | TimeoutError):
                reason = Message(
                    "{host} did not answer for {seconds} seconds: try again later",
                    host=host,
                    seconds=f"{self.limits.timeout:g}",
                )
            elif isinstance(error, u.IncompleteRead) or "IncompleteRead" in repr(error):
                reason = Message("{host} sent less data than it announced: try again later", host=host)
            elif isinstance(error, r.ContentDecodingError | u.DecodeError):
                reason = Message(
                    "the answer of {host} cannot be decompressed: save the page and check that file", host=host
                )
            else:
                reason = Message("the connection to {host} broke: try again later", host=host)
            raise Unreadable(reason) from None
        if time.monotonic() >= deadline:
            # what was cut may look like the end of a body that was announced without its length
            raise Unreadable(late)


def _wait(seconds: float) -> None:
    time.sleep(seconds)


def _scheme(url: str) -> str:
    head, colon, _ = url.strip().partition(":")
    return head.lower() if colon and head.isascii() and head.replace("+", "").isalnum() else ""


def _prepared(url: str) -> PreparedRequest:
    """The request for an address as a person or a page writes it.

    Raises :class:`Unreadable` if it is not valid, or contains a password, which reports would show.
    """
    from requests import Request, RequestException
    from urllib3.exceptions import LocationParseError
    from urllib3.util import parse_url

    if len(url) > LONGEST:
        raise Unreadable(
            Message("the address is longer than {longest} characters, so it is not read", longest=f"{LONGEST:,}")
        )
    try:
        prepared = Request("GET", url.strip().partition("#")[0]).prepare()
        parsed = parse_url(str(prepared.url))
    except (RequestException, LocationParseError, ValueError):
        raise Unreadable(Message("the address is not valid: check its spelling")) from None
    if parsed.auth or "authorization" in prepared.headers:
        raise Unreadable(Message("the address contains a user name or password: remove it"))
    return prepared


def _host(url: str) -> str:
    """The host that a connection for this address would be made to: by the parser that makes it."""
    from urllib3.util import parse_url

    return (parse_url(url).host or "").strip("[]").rstrip(".").lower()


def _redirected(here: str, location: str) -> PreparedRequest:
    try:
        target = urljoin(here, location.encode("latin-1").decode("utf-8", "replace").strip())
        scheme = urlsplit(target).scheme.lower()
    except ValueError:
        raise Unreadable(
            Message("the redirect target is not a valid address: open it in a browser and use the final address")
        ) from None
    if scheme not in ("http", "https"):
        raise Unreadable(
            Message(
                "the address redirects to a {plain}: address, which licensecheck does not follow",
                plain=printable(scheme)[:20],
            )
        )
    if scheme == "http" and _scheme(here) == "https":
        raise Unreadable(
            Message(
                "the address redirects from https to http, which licensecheck does not follow: use the final https address"
            )
        )
    return _prepared(target)


def _strips(old: str, new: str) -> bool:
    from requests import Session

    with Session() as session:
        return bool(session.should_strip_auth(old, new))  # type: ignore[no-untyped-call]


def _retry_after(response: Response) -> float | None:
    """Seconds that ``Retry-After`` asks for, or None."""
    from urllib3.exceptions import InvalidHeader
    from urllib3.util import Retry

    value = response.headers.get("retry-after")
    try:
        return Retry().parse_retry_after(value) if value and len(value) < 60 else None
    except (InvalidHeader, ValueError, OverflowError):
        return None


def _refusal(response: Response) -> Message:
    status = response.status_code
    if status in (401, 403):
        return Message(
            "the server does not let licensecheck read it (HTTP {status}): log in, accept its terms if it asks, save the page and check that file",
            status=status,
        )
    if status == 404:
        return Message("there is nothing at this address (HTTP 404): check its spelling")
    if status == 410:
        return Message("the page was removed for good (HTTP 410): look for its new address or an archived copy")
    if status == 429 and (pause := _retry_after(response)):
        return Message(
            "the server was asked too often (HTTP 429): try again in {seconds} seconds, or with a token",
            seconds=f"{pause:,.0f}",
        )
    if status == 429:
        return Message("the server was asked too often (HTTP 429): try again later, or with a token")
    if status == 451:
        return Message("the page is withheld for legal reasons (HTTP 451)")
    if status >= 500:
        return Message("the server does not work at present (HTTP {status}): try again later", status=status)
    return Message(
        "the server answers with HTTP {status}: open the address in a browser, save the page and check that file",
        status=status,
    )
