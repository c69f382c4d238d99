"""What is read from the network: guarded, polite, within limits. All against a real server on the loopback."""

from __future__ import annotations

import gzip
import ipaddress
import re
import socket
import ssl
import subprocess
import sys
import threading
import time
import tracemalloc
from collections.abc import Iterator
from email.utils import formatdate
from hashlib import sha256
from pathlib import Path

import growth
import pytest
from hypothesis import given
from hypothesis import strategies as st
from server import (
    PUBLIC,
    Handler,
    Names,
    Server,
    bomb,
    drip,
    endless,
    page,
    redirect,
    running,
    silent,
    status,
    truncated,
    truncated_chunks,
    turns,
    unless_modified,
)

from licensecheck.base.errors import Unreadable
from licensecheck.model import Retrieval
from licensecheck.targets import fetch, guard
from licensecheck.targets.fetch import Fetcher, Page, Refused
from licensecheck.targets.guard import Limits, kind

SMALL = Limits(timeout=1.0, bytes=100_000, redirects=3, retries=2, total=5.0)


@pytest.fixture(autouse=True)
def bare(monkeypatch: pytest.MonkeyPatch) -> None:
    """No proxy and no certificates of the machine that tests."""
    for name in ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "NO_PROXY", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.lower(), raising=False)


@pytest.fixture
def server() -> Iterator[Server]:
    with running() as started:
        yield started


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch, server: Server) -> Names:
    """A name server that knows what a test tells it; ``data.example`` is on the public Internet."""
    names = Names(monkeypatch, server)
    names.known["data.example"] = [[PUBLIC]]
    return names


@pytest.fixture
def nobody(monkeypatch: pytest.MonkeyPatch) -> Names:
    """A name server, and nobody behind its addresses."""
    return Names(monkeypatch)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The pauses that were made, without making them."""
    made: list[float] = []
    monkeypatch.setattr(fetch, "_wait", made.append)
    return made


@pytest.fixture
def local() -> Iterator[Fetcher]:
    """May read from the loopback what the user named."""
    with Fetcher(allow_private=True, limits=SMALL) as fetcher:
        yield fetcher


def read(fetcher: Fetcher, url: str, *, trusted: bool = True, robots: bool = False, **headers: str) -> Page:
    return fetcher.get(url, trusted=trusted, robots=robots, headers=tuple(headers.items()))


def refused(url: str, message: str, *, trusted: bool = False, allow_private: bool = False) -> None:
    with Fetcher(allow_private=allow_private, limits=SMALL) as fetcher, pytest.raises(Unreadable, match=message):
        fetcher.get(url, trusted=trusted, robots=False)


# --- a page ---------------------------------------------------------------------------------------------------------


def test_a_page_says_what_when_and_from_where(server: Server, local: Fetcher) -> None:
    body = "© 2024 — CC BY 4.0".encode()
    server.routes["/terms"] = page(body, "text/HTML; charset=utf-8", [("Link", "<a>; rel=license"), ("Link", "<b>")])
    server.routes["/old"] = redirect("terms#part")
    before = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    got = read(local, server.base + "/old")
    assert (got.status, got.media_type, got.body) == (200, "text/html", body)
    assert (got.url, got.final) == (server.base + "/old", server.base + "/terms")
    assert got.header("LINK") == "<a>; rel=license, <b>"
    assert got.header("absent") == ""
    assert before <= got.time <= time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())
    assert got.retrieval == Retrieval(got.url, got.final, got.time, 200, sha256(body).hexdigest())


def test_it_says_who_it_is_and_asks_for_what_it_can_read(server: Server, local: Fetcher) -> None:
    server.routes["/"] = page("")
    read(local, server.base)
    asked = server.asked[0].headers
    assert asked["user-agent"].startswith("licensecheck/")
    assert asked["accept-encoding"] == "gzip"
    assert not {"authorization", "cookie", "referer"} & set(asked)


def test_no_password_of_the_machine_is_sent(
    server: Server, local: Fetcher, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login someone password secret\n")
    monkeypatch.setenv("NETRC", str(netrc))
    server.routes["/"] = page("")
    read(local, server.base + "/")
    assert "authorization" not in server.asked[0].headers


def test_headers_cannot_reach_the_terminal(server: Server, local: Fetcher) -> None:
    server.routes["/"] = page("", headers=[("X-Rights", "a\x1b[31m\x07b")])
    assert read(local, server.base + "/").header("x-rights") == "a [31m b"


def test_importing_costs_no_network_library() -> None:
    code = (
        "import sys, licensecheck.targets.fetch, licensecheck.targets.hubs\n"
        "print(sorted({'requests', 'urllib3', 'hishel', 'protego', 'sqlite3'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# --- what is no address ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd", "FILE:///etc/passwd", "ftp://data.example/x", "gopher://data.example/", "data:text/plain,MIT",
        "javascript:alert(1)", "jar:http://data.example!/x", "dict://data.example:11211/", "ldap://data.example/", "unix:/run/x",
        "//data.example/x", "data.example/x", "/etc/passwd", "", " ", ":", "http", "http:", "http:///x", "https://", "http://:80/",
        "http://[::1", "http://data.example:99999/", "http://data.example:x/", "http://exa mple/", "http://*.example/",
        "http://user@data.example/", "http://user:secret@data.example/", "http://data.example/" + "a" * 9_000,
    ],
)  # fmt: skip
def test_other_addresses_open_nothing(nobody: Names, url: str, trusted: bool) -> None:
    refused(url, ".", trusted=trusted)
    assert nobody.connected == []


def test_a_password_in_an_address_is_not_repeated(nobody: Names) -> None:
    with Fetcher() as fetcher, pytest.raises(Unreadable) as caught:
        fetcher.get("https://user:secret@data.example/", trusted=True)
    assert "secret" not in str(caught.value)
    assert "remove it" in str(caught.value)


@pytest.mark.parametrize("trusted", [True, False])
@pytest.mark.parametrize("url", ["https://data.example/", "http://127.0.0.1/", "http://[::1]/"])
def test_offline_opens_no_socket(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, url: str, trusted: bool) -> None:
    def fail(*args: object, **kwargs: object) -> None:
        raise AssertionError("a socket was opened")

    for owner, name in (
        (socket, "socket"),
        (socket.socket, "connect"),
        (socket, "getaddrinfo"),
        (socket, "create_connection"),
    ):
        monkeypatch.setattr(owner, name, fail)
    with (
        Fetcher(offline=True, allow_private=True, cache=tmp_path / "kept") as fetcher,
        pytest.raises(Unreadable, match=r"^not read because the run is offline"),
    ):
        fetcher.get(url, trusted=trusted)
    assert not (tmp_path / "kept").exists()


# --- the guard ------------------------------------------------------------------------------------------------------

INNER = [
    "127.0.0.1", "127.1", "127.0.1", "2130706433", "0x7f000001", "0x7f.1", "017700000001", "0177.0.0.1", "0x7F.0.0.0x1", "127.255.255.254",
    "0", "0.0.0.0", "0.1.2.3", "10.0.0.1", "167772161", "0xa.1", "012.0.0.1", "172.16.0.1", "172.31.255.255", "192.168.1.1", "3232235777",
    "100.64.0.1", "100.127.255.255", "169.254.169.254", "2852039166", "0xa9fea9fe", "0251.0376.0251.0376", "169.254.170.2", "100.100.100.200",
    "168.63.129.16", "192.0.0.192", "192.0.2.1", "198.18.0.1", "198.51.100.1", "203.0.113.1", "224.0.0.1", "239.255.255.250", "240.0.0.1",
    "255.255.255.255", "192.88.99.1", "[::1]", "[::]", "[0:0:0:0:0:0:0:1]", "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::ffff:10.0.0.1]",
    "[::ffff:169.254.169.254]", "[::127.0.0.1]", "[::ffff:0:127.0.0.1]", "[64:ff9b::127.0.0.1]", "[64:ff9b::10.0.0.1]", "[64:ff9b::a9fe:a9fe]",
    "[64:ff9b:1::1]", "[2002:7f00:1::]", "[2002:a00:1::1]", "[2002:a9fe:a9fe::]", "[2001:0:7f00:1::]", "[2001:db8::1]", "[fc00::1]",
    "[fd00:ec2::254]", "[fd12:3456::1]", "[fe80::1]", "[fe80::1%25lo]", "[fec0::1]", "[ff02::1]", "[100::1]", "[3fff::1]", "[5f00::1]",
    "①②⑦.⓪.⓪.①", "127。0。0。1", "127.0.0.1.",
]  # fmt: skip


@pytest.mark.parametrize("host", INNER)
def test_a_link_never_leads_into_the_machine_or_its_network(nobody: Names, host: str) -> None:
    for scheme in ("http", "https"):
        refused(
            f"{scheme}://{host}/latest/meta-data/", "leads to|there is no server called|not valid", allow_private=True
        )
    assert nobody.connected == []


@pytest.mark.parametrize("host", [h for h in INNER if h.isascii() and "%" not in h])
def test_each_form_is_seen_for_what_it_is(nobody: Names, host: str) -> None:
    bare = host.strip("[]").rstrip(".")
    literal = guard.literal_address(bare)
    assert literal is not None
    assert kind(literal)


def test_the_guard_would_let_a_public_address_pass(names: Names, server: Server) -> None:
    server.routes["/"] = page("public")
    with Fetcher(limits=SMALL) as fetcher:
        assert read(fetcher, f"http://{PUBLIC}/", trusted=False).body == b"public"
        assert read(fetcher, "http://data.example/", trusted=False).body == b"public"
    assert names.connected == [PUBLIC, PUBLIC]
    assert server.asked[1].headers["host"] == "data.example"


@pytest.mark.parametrize(
    "addresses",
    [["127.0.0.1"], ["::1"], ["10.1.2.3"], ["169.254.169.254"], [PUBLIC, "127.0.0.1"], ["192.168.0.9", PUBLIC], [PUBLIC, "::ffff:10.0.0.1"]],
    ids="+".join,
)  # fmt: skip
@pytest.mark.parametrize("host", ["localhost", "data.example.", "inner.example"])
def test_a_name_that_leads_inside_is_refused(nobody: Names, host: str, addresses: list[str]) -> None:
    nobody.known[host] = [addresses]
    refused(f"http://{host}/", "leads to a (loopback|private|cloud metadata) address", allow_private=True)
    assert nobody.connected == []


def test_the_address_that_was_checked_is_the_one_connected_to(names: Names, server: Server) -> None:
    names.known["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]
    server.routes["/"] = page("as checked")
    with Fetcher(limits=SMALL) as fetcher:
        assert read(fetcher, "http://rebinding.example/", trusted=False).body == b"as checked"
    assert names.lookups == ["rebinding.example"]
    assert names.connected == [PUBLIC]
    refused("http://rebinding.example/", "loopback")
    assert names.connected == [PUBLIC]


def test_a_name_that_turns_inside_between_two_hops_is_refused(names: Names, server: Server) -> None:
    names.known["rebinding.example"] = [[PUBLIC], ["127.0.0.1"]]
    names.known["other.example"] = [[PUBLIC]]
    server.routes["/"] = redirect("http://other.example/on", 307)
    server.routes["/on"] = redirect("http://rebinding.example:8080/")
    refused("http://rebinding.example/", "rebinding.example leads to a loopback address")
    assert names.connected == [PUBLIC, PUBLIC]


def test_an_address_that_does_not_answer_is_followed_by_the_next(names: Names, server: Server, local: Fetcher) -> None:
    server.routes["/"] = page("second")
    names.known["two.example"] = [["::1", "127.0.0.1"]]
    assert read(local, f"http://two.example:{server.server_port}/").body == b"second"
    assert names.connected[-1] == "127.0.0.1"


@pytest.mark.parametrize("code", [301, 302, 303, 307, 308])
@pytest.mark.parametrize(
    ("location", "message"),
    [
        ("http://169.254.169.254/latest/meta-data/", "cloud metadata"),
        ("http://localhost/", "loopback"),
        ("http://127.0.0.1/", "loopback"),
        ("http://0x7f.1/", "loopback"),
        ("//[::1]/", "loopback"),
        ("//10.0.0.1/", "private"),
        ("https://[::ffff:10.0.0.1]/", "private"),
        ("http://data.example@127.0.0.1/", "user name"),
        ("http://127.0.0.1\\@data.example/", "."),
        ("file:///etc/passwd", "does not follow"),
        ("FILE:/etc/passwd", "does not follow"),
        ("ftp://data.example/x", "does not follow"),
        ("gopher://data.example/x", "does not follow"),
        ("data:text/html,CC0", "does not follow"),
        ("http://[broken/", "not a valid address"),
    ],
)
def test_a_redirect_leads_no_further_than_a_link(
    names: Names, server: Server, location: str, message: str, code: int
) -> None:
    names.known["localhost"] = [["127.0.0.1"]]
    server.routes["/"] = redirect(location, code)
    for trusted in (False, True):
        names.connected.clear()
        refused("http://data.example/", message, trusted=trusted, allow_private=True)
        assert names.connected == [PUBLIC]


def test_the_user_may_name_an_inner_address_and_must_mean_it(server: Server) -> None:
    server.routes["/"] = page("mine")
    refused(server.base + "/", "loopback address .* --allow-private", trusted=True)
    refused(server.base + "/", "does not read", trusted=False, allow_private=True)
    assert server.asked == []
    with Fetcher(allow_private=True) as fetcher:
        assert read(fetcher, server.base + "/").body == b"mine"
        refused(server.base + "/", "does not read", trusted=False, allow_private=True)
        with pytest.raises(Unreadable, match="does not read"):
            read(fetcher, server.base + "/", trusted=False)


@pytest.mark.parametrize("host", ["169.254.169.254", "169.254.1.1", "0.0.0.0", "224.0.0.1", "240.0.0.1", "[fe80::1]"])
def test_some_addresses_are_nobodys(nobody: Names, host: str) -> None:
    refused(f"http://{host}/", "does not read", trusted=True, allow_private=True)
    assert nobody.connected == []


@pytest.mark.parametrize(
    ("address", "what"),
    [("127.0.0.1", "loopback"), ("::1", "loopback"), ("10.0.0.1", "private"), ("100.64.0.1", "private"), ("fd12::1", "private"),
     ("169.254.1.1", "link-local"), ("fe80::1%eth0", "link-local"), ("100.100.100.200", "cloud metadata"), ("2002:808:808::", "tunnelled"),
     ("0.0.0.0", "unspecified"), ("ff0e::1", "multicast"), ("3fff::1", "reserved"), ("64:ff9b::808:808", ""), ("::ffff:8.8.8.8", ""), ("2606:4700::1111", "")],
)  # fmt: skip
def test_kinds_of_addresses(address: str, what: str) -> None:
    assert kind(address) == what


def test_an_inner_server_may_redirect_within_itself_and_not_to_another(
    server: Server, local: Fetcher, names: Names
) -> None:
    names.known["intranet.example"] = [["127.0.0.1"]]
    names.known["router.example"] = [["127.0.0.1"]]
    base = f"http://intranet.example:{server.server_port}"
    server.routes["/a"] = redirect("/b")
    server.routes["/b"] = page("here")
    server.routes["/c"] = redirect(f"http://router.example:{server.server_port}/b")
    assert read(local, base + "/a").body == b"here"
    with pytest.raises(Unreadable, match=r"router\.example leads to a loopback address"):
        read(local, base + "/c")


@given(st.ip_addresses(v=4))
def test_no_form_hides_an_inner_address(ip: ipaddress.IPv4Address) -> None:
    number = int(ip)
    hidden = [
        ipaddress.IPv6Address((0xFFFF << 32) | number),
        ipaddress.IPv6Address((0x64FF9B << 96) | number),
    ]
    assert [bool(kind(form)) for form in hidden] == [bool(kind(ip))] * 2
    assert kind(ipaddress.IPv6Address(number))
    assert kind(ipaddress.IPv6Address((0x2002 << 112) | (number << 80)))
    assert kind(ip) or (ip.is_global and not ip.is_multicast and not ip.is_private)
    for written in (str(number), hex(number), f"0{number:o}"):
        assert kind(guard.literal_address(written) or "0.0.0.0") == kind(ip)


@given(st.ip_addresses(v=6))
def test_what_is_public_over_ipv6_is_global_unicast(ip: ipaddress.IPv6Address) -> None:
    if not kind(ip):
        assert ip.ipv4_mapped or ip in ipaddress.ip_network("64:ff9b::/96") or (ip.is_global and not ip.is_multicast)


def test_an_unknown_name_and_a_closed_door_are_told(names: Names, local: Fetcher) -> None:
    with pytest.raises(Unreadable, match=r"there is no server called nowhere\.example"):
        read(local, "http://nowhere.example/")
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        with pytest.raises(Unreadable, match=r"no connection to 127\.0\.0\.1"):
            read(local, f"http://127.0.0.1:{held.getsockname()[1]}/")


# --- redirects and secrets ------------------------------------------------------------------------------------------


def test_loops_end(server: Server, local: Fetcher) -> None:
    server.routes["/a"] = redirect("/b")
    server.routes["/b"] = redirect("/a")
    with pytest.raises(Unreadable, match="more than 3 times"):
        read(local, server.base + "/a")
    assert server.paths() == ["/a", "/b", "/a", "/b"]


def test_as_many_redirects_as_are_allowed(server: Server, local: Fetcher) -> None:
    for n in range(3):
        server.routes[f"/{n}"] = redirect(f"/{n + 1}")
    server.routes["/3"] = page("there")
    assert read(local, server.base + "/0").body == b"there"


def test_the_body_of_a_redirect_is_not_read(server: Server, local: Fetcher) -> None:
    server.routes["/a"] = endless(301, [("Location", "/b"), ("ETag", '"x"')])
    server.routes["/b"] = page("there")
    with growth.ends():
        assert read(local, server.base + "/a").body == b"there"


def test_a_token_goes_to_its_host_alone(server: Server, local: Fetcher, names: Names) -> None:
    with running() as other:
        names.known["hub.example"] = [["127.0.0.1"]]
        hub = f"http://hub.example:{server.server_port}"
        server.routes["/a"] = redirect("/b")
        server.routes["/b"] = redirect(f"http://data.example:{other.server_port}/c")
        server.routes["/c"] = redirect("/d")
        server.routes["/d"] = page("there")
        assert read(local, hub + "/a", Authorization="Bearer secret", Accept="text/x").body == b"there"
    sent = [(asked.path, asked.headers.get("authorization"), asked.headers["accept"]) for asked in server.asked]
    assert sent == [
        ("/a", "Bearer secret", "text/x"),
        ("/b", "Bearer secret", "text/x"),
        ("/c", None, "text/x"),
        ("/d", None, "text/x"),
    ]


def test_a_token_is_not_sent_in_the_clear(nobody: Names) -> None:
    with Fetcher(limits=SMALL) as fetcher, pytest.raises(Unreadable, match="does not send a token without encryption"):
        read(fetcher, "http://data.example/", Authorization="Bearer secret")
    assert nobody.connected == []


# --- TLS ------------------------------------------------------------------------------------------------------------


class Tls:
    """An authority of the test, and a server with its certificate for ``data.example``; ``asked`` are the names asked for."""

    def __init__(self, folder: Path) -> None:
        import trustme

        authority = trustme.CA()
        self.bundle = folder / "authority.pem"
        authority.cert_pem.write_to_path(str(self.bundle))
        self.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        authority.issue_cert("data.example").configure_cert(self.context)
        self.asked: list[str | None] = []
        self.context.sni_callback = lambda opened, name, context: self.asked.append(name)


@pytest.fixture(scope="module")
def tls(tmp_path_factory: pytest.TempPathFactory) -> Tls:
    return Tls(tmp_path_factory.mktemp("tls"))


@pytest.fixture
def secure(tls: Tls, monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    tls.asked.clear()
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tls.bundle))
    with running(tls.context) as started:
        yield started


def test_the_certificate_is_for_the_name_and_not_the_address(
    tls: Tls, secure: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = Names(monkeypatch, secure)
    names.known = {"data.example": [[PUBLIC]], "other.example": [[PUBLIC]]}
    secure.routes["/"] = page("sealed")
    with Fetcher(limits=SMALL) as fetcher:
        got = read(fetcher, "https://data.example/", trusted=False, Authorization="Bearer secret")
    assert got.body == b"sealed"
    assert (tls.asked, names.connected, names.lookups) == (["data.example"], [PUBLIC], ["data.example"])
    assert secure.asked[0].headers["host"] == "data.example"
    refused("https://other.example/", "certificate is not valid")
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    refused("https://data.example/", "certificate is not valid")
    assert len(secure.asked) == 1


def test_https_does_not_lead_back_to_http(secure: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, secure)
    names.known["data.example"] = [[PUBLIC]]
    secure.routes["/"] = redirect("http://data.example/plain")
    refused("https://data.example/", "from https to http")
    refused("https://data.example/", "from https to http", trusted=True)
    assert names.connected == [PUBLIC, PUBLIC]


def test_headers_that_drip_over_tls_are_cut(secure: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    names = Names(monkeypatch, secure)
    names.known["data.example"] = [[PUBLIC]]
    secure.routes["/"] = drip("headers")
    with Fetcher(limits=SMALL._replace(total=1.0)) as fetcher, pytest.raises(Unreadable, match="more than 1 seconds"):
        read(fetcher, "https://data.example/", trusted=False)


# --- limits ---------------------------------------------------------------------------------------------------------


def test_an_endless_body_ends(server: Server, local: Fetcher) -> None:
    server.routes["/"] = endless()
    with pytest.raises(Unreadable, match="larger than 97 kB"):
        read(local, server.base + "/")


def test_a_body_that_is_announced_too_large_is_not_begun(server: Server, local: Fetcher) -> None:
    server.routes["/"] = truncated(b"", 10**12)
    with pytest.raises(Unreadable, match="larger than"):
        read(local, server.base + "/")


def test_a_body_of_the_limit_is_read_and_one_byte_more_is_not(server: Server, local: Fetcher) -> None:
    server.routes["/fits"] = page(b"a" * SMALL.bytes)
    server.routes["/over"] = page(b"a" * (SMALL.bytes + 1))
    assert len(read(local, server.base + "/fits").body) == SMALL.bytes
    with pytest.raises(Unreadable, match="larger than"):
        read(local, server.base + "/over")


@pytest.mark.parametrize("chunked", [False, True])
@pytest.mark.parametrize("kept", [False, True])
def test_a_bomb_does_not_unfold(server: Server, tmp_path: Path, chunked: bool, kept: bool) -> None:
    server.routes["/small"] = page("warm")
    server.routes["/"] = bomb(300, chunked)
    with Fetcher(allow_private=True, limits=SMALL, cache=tmp_path if kept else None) as fetcher:
        read(fetcher, server.base + "/small")
        tracemalloc.start()
        try:
            with pytest.raises(Unreadable, match="larger than"):
                read(fetcher, server.base + "/")
            assert tracemalloc.get_traced_memory()[1] < 8_000_000
        finally:
            tracemalloc.stop()


def test_gzip_is_read_and_other_compression_is_not(server: Server, local: Fetcher) -> None:
    server.routes["/gzip"] = bomb(0)
    server.routes["/broken"] = page(b"no gzip", headers=[("Content-Encoding", "gzip")])
    server.routes["/br"] = page(b"\x8b\x01", headers=[("Content-Encoding", "br")])
    assert read(local, server.base + "/gzip").body == b""
    with pytest.raises(Unreadable, match="cannot be decompressed"):
        read(local, server.base + "/broken")
    with pytest.raises(Unreadable, match="compressed in a way"):
        read(local, server.base + "/br")


@pytest.mark.parametrize("where", ["body", "headers"])
def test_a_drip_is_cut_at_the_deadline(server: Server, where: str) -> None:
    server.routes["/"] = drip(where)
    with (
        Fetcher(allow_private=True, limits=SMALL._replace(total=0.6)) as fetcher,
        pytest.raises(Unreadable, match="took more than"),
    ):
        read(fetcher, server.base + "/")


def test_silence_is_not_waited_for(server: Server) -> None:
    server.routes["/"] = silent
    with (
        Fetcher(allow_private=True, limits=SMALL._replace(timeout=0.3)) as fetcher,
        pytest.raises(Unreadable, match=r"did not answer for 0\.3"),
    ):
        read(fetcher, server.base + "/")


@pytest.mark.parametrize("kept", [False, True])
def test_a_body_cut_short_is_no_page(server: Server, tmp_path: Path, kept: bool) -> None:
    server.routes["/length"] = turns(truncated(b"CC BY", 50), page("CC BY-NC-ND"))
    server.routes["/chunks"] = truncated_chunks
    with Fetcher(allow_private=True, limits=SMALL, cache=tmp_path if kept else None) as fetcher:
        with pytest.raises(Unreadable, match="less data than it announced"):
            read(fetcher, server.base + "/length")
        assert read(fetcher, server.base + "/length").body == b"CC BY-NC-ND"
        for _ in range(2):
            with pytest.raises(Unreadable, match=r"broke|less data than"):
                read(fetcher, server.base + "/chunks")


def test_a_server_that_talks_something_else_is_told(local: Fetcher) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def answer() -> None:
            opened, _ = listening.accept()
            with opened:
                opened.recv(1000)
                opened.sendall(b"220 mail ready\r\n")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(Unreadable, match="broke"):
            read(local, f"http://127.0.0.1:{listening.getsockname()[1]}/")
        thread.join()


# --- retries --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("code", [429, 502, 503, 504])
def test_what_passes_is_asked_again(server: Server, local: Fetcher, pauses: list[float], code: int) -> None:
    server.routes["/"] = turns(status(code), status(code), page("at last"))
    assert read(local, server.base + "/").body == b"at last"
    assert pauses == [0.5, 1.0]


@pytest.mark.parametrize("code", [400, 401, 403, 404, 410, 451, 500, 501])
def test_what_stays_is_asked_once(server: Server, local: Fetcher, pauses: list[float], code: int) -> None:
    server.routes["/"] = status(code)
    with pytest.raises(Refused) as caught:
        read(local, server.base + "/")
    assert (caught.value.status, len(server.asked), pauses) == (code, 1, [])


def test_asking_ends(server: Server, local: Fetcher, pauses: list[float]) -> None:
    server.routes["/"] = status(503)
    with pytest.raises(Refused, match="does not work at present"):
        read(local, server.base + "/")
    assert len(server.asked) == 3


def test_retry_after_is_heeded(server: Server, local: Fetcher, pauses: list[float]) -> None:
    server.routes["/"] = turns(
        status(429, [("Retry-After", "3")]),
        status(503, [("Retry-After", formatdate(time.time() + 4, usegmt=True))]),
        page("ok"),
    )
    assert read(local, server.base + "/").body == b"ok"
    assert pauses[0] == 3
    assert 2 <= pauses[1] <= 4


@pytest.mark.parametrize("value", ["soon", "-1", "1e400", "9" * 400, "Thu, 99 Foo 2024 00:00:00 GMT", ""])
def test_a_senseless_retry_after_is_not(server: Server, local: Fetcher, pauses: list[float], value: str) -> None:
    server.routes["/"] = turns(status(429, [("Retry-After", value)]), page("ok"))
    assert read(local, server.base + "/").body == b"ok"
    assert pauses == [0.5]


def test_nobody_is_waited_for_an_hour(server: Server, local: Fetcher, pauses: list[float]) -> None:
    server.routes["/"] = status(429, [("Retry-After", "3600")])
    with pytest.raises(Refused, match="in 3,600 seconds, or with a token"):
        read(local, server.base + "/")
    assert (len(server.asked), pauses) == (1, [])


@pytest.mark.parametrize(
    ("code", "advice"),
    [(401, "log in"), (403, "accept its terms"), (404, "check its spelling"), (410, "archived copy"), (429, "try again later"),
     (451, "legal"), (500, "try again later"), (204, "open the address"), (300, "open the address"), (304, "open the address"), (206, "open the address")],
)  # fmt: skip
def test_a_refusal_says_what_to_do(server: Server, local: Fetcher, pauses: list[float], code: int, advice: str) -> None:
    server.routes["/"] = status(code)
    with pytest.raises(Refused, match=f"{advice}") as caught:
        read(local, server.base + "/")
    assert f"HTTP {code}" in str(caught.value)


# --- robots.txt -----------------------------------------------------------------------------------------------------


def test_robots_are_asked_once_and_heeded(server: Server, local: Fetcher) -> None:
    rules = "User-agent: *\nDisallow: /private\nDisallow: /*.cgi$\nAllow: /private/terms\n"
    server.routes["/robots.txt"] = page(rules)
    for path in ("/a", "/private/terms", "/private/data", "/x.cgi", "/x.cgi?y"):
        server.routes[path] = page(path)
    for path in ("/a", "/private/terms", "/x.cgi?y"):
        assert read(local, server.base + path, robots=True).body == path.encode()
    for path in ("/private/data", "/x.cgi"):
        with pytest.raises(Unreadable, match=r"robots\.txt asks programs not to"):
            read(local, server.base + path, robots=True)
    assert server.paths() == ["/robots.txt", "/a", "/private/terms", "/x.cgi?y"]


def test_robots_may_name_us(server: Server, local: Fetcher) -> None:
    server.routes["/robots.txt"] = page("User-agent: *\nDisallow:\n\nUser-agent: licensecheck\nDisallow: /\n")
    with pytest.raises(Unreadable, match="asks programs not to"):
        read(local, server.base + "/a", robots=True)


def test_robots_hold_where_a_redirect_leads(server: Server, local: Fetcher) -> None:
    server.routes["/robots.txt"] = page("User-agent: *\nDisallow: /b\n")
    server.routes["/a"] = redirect("/b")
    with pytest.raises(Unreadable, match="asks programs not to"):
        read(local, server.base + "/a", robots=True)
    assert "/b" not in server.paths()


def test_pages_ask_robots_by_default_and_interfaces_do_not(server: Server, local: Fetcher) -> None:
    server.routes["/a"] = page("a")
    assert local.get(server.base + "/a", trusted=True).body == b"a"
    assert local.get(server.base + "/a", trusted=True, robots=False).body == b"a"
    assert server.paths() == ["/robots.txt", "/a", "/a"]


@pytest.mark.parametrize(("answer", "readable"), [(status(404), True), (status(403), True), (status(500), False), (status(503), False), (page(b"\xff\x00" * 99), True)])  # fmt: skip
def test_robots_that_cannot_be_read(
    server: Server, local: Fetcher, pauses: list[float], answer: object, readable: bool
) -> None:
    server.routes["/robots.txt"] = answer  # type: ignore[assignment]
    server.routes["/a"] = page("a")
    if readable:
        assert read(local, server.base + "/a", robots=True).body == b"a"
    else:
        with pytest.raises(Unreadable, match=r"robots\.txt could not be read"):
            read(local, server.base + "/a", robots=True)
        assert "/a" not in server.paths()


def test_robots_get_no_token(server: Server, local: Fetcher) -> None:
    server.routes["/a"] = page("a")
    read(local, server.base + "/a", robots=True, Authorization="Bearer secret")
    assert ["authorization" in asked.headers for asked in server.asked] == [False, True]


def test_hostile_robots_take_linear_time(server: Server, local: Fetcher) -> None:
    server.routes["/robots.txt"] = page("User-agent: *\n" + ("Disallow: /" + "*a" * 40 + "b$\n") * 1_000)
    small, large = "/" + "a" * 500, "/" + "a" * 4_000
    for path in (small, large):
        server.routes[path] = page("ok")
    assert growth.linear(lambda path: read(local, server.base + path, robots=True), small, large).body == b"ok"


# --- copies ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def keeping(tmp_path: Path) -> Iterator[Fetcher]:
    with Fetcher(allow_private=True, limits=SMALL, cache=tmp_path / "deep" / "kept") as fetcher:
        yield fetcher


@pytest.mark.parametrize(
    ("answer", "asks"),
    [
        (unless_modified(b"terms", etag='"v1"'), "if-none-match"),
        (unless_modified(b"terms", modified="Wed, 21 Oct 2015 07:28:00 GMT"), "if-modified-since"),
        (page(b"terms", headers=[("ETag", '"v1"'), ("Cache-Control", "max-age=31536000, immutable")]), "if-none-match"),
    ],
    ids=["etag", "last-modified", "fresh for a year"],
)
def test_a_copy_is_asked_for_again(server: Server, tmp_path: Path, answer: object, asks: str) -> None:
    server.routes["/"] = answer  # type: ignore[assignment]
    pages = []
    for _ in range(3):
        with Fetcher(allow_private=True, limits=SMALL, cache=tmp_path) as fetcher:
            pages.append(read(fetcher, server.base + "/"))
    assert [(got.status, got.body, got.sha256) for got in pages] == [(200, b"terms", sha256(b"terms").hexdigest())] * 3
    assert [asks in asked.headers for asked in server.asked] == [False, True, True]


def test_a_copy_of_gzip_is_unfolded_again(server: Server, keeping: Fetcher) -> None:
    server.routes["/"] = page(gzip.compress(b"terms"), headers=[("Content-Encoding", "gzip"), ("ETag", '"g"')])
    known = unless_modified(b"", etag='"g"')
    assert read(keeping, server.base + "/").body == b"terms"
    server.routes["/"] = known
    assert read(keeping, server.base + "/").body == b"terms"


def test_what_changed_is_read_anew(server: Server, keeping: Fetcher) -> None:
    server.routes["/"] = unless_modified(b"CC BY", etag='"1"')
    assert read(keeping, server.base + "/").body == b"CC BY"
    server.routes["/"] = unless_modified(b"CC BY-NC", etag='"2"')
    assert read(keeping, server.base + "/").body == b"CC BY-NC"
    server.routes["/"] = status(410)
    with pytest.raises(Refused, match="removed for good"):
        read(keeping, server.base + "/")


def test_what_was_read_with_a_token_is_not_kept(server: Server, keeping: Fetcher, tmp_path: Path) -> None:
    server.routes["/"] = page(
        b"for members", headers=[("ETag", '"1"'), ("Vary", "Authorization"), ("Cache-Control", "public, max-age=9")]
    )
    for _ in range(2):
        read(keeping, server.base + "/", Authorization="Bearer secret")
    assert all("if-none-match" not in asked.headers for asked in server.asked)
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"secret" not in kept
    assert b"members" not in kept


def test_a_copy_does_not_open_the_inside_to_a_link(server: Server, keeping: Fetcher) -> None:
    server.routes["/"] = page(b"inner", headers=[("ETag", '"1"'), ("Cache-Control", "max-age=999")])
    assert read(keeping, server.base + "/").body == b"inner"
    with pytest.raises(Unreadable, match="loopback"):
        read(keeping, server.base + "/", trusted=False)


def test_strange_dates_do_no_harm(server: Server, keeping: Fetcher) -> None:
    def answer(handler: Handler) -> None:
        handler.send_response_only(200)
        for name, value in (
            ("Date", "yesterday"),
            ("Expires", "0"),
            ("Last-Modified", "\xff"),
            ("ETag", '"1"'),
            ("Age", "x"),
            ("Cache-Control", "max-age=abc,,="),
        ):
            handler.send_header(name, value)
        handler.send_header("Content-Length", "2")
        handler.end_headers()
        handler.wfile.write(b"ok")

    server.routes["/"] = answer
    assert [read(keeping, server.base + "/").body for _ in range(2)] == [b"ok", b"ok"]


def test_a_broken_store_does_no_harm(server: Server, tmp_path: Path) -> None:
    server.routes["/"] = unless_modified(b"terms", etag='"1"')
    (tmp_path / "file").write_text("a file where a folder should be")
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "http.db").write_bytes(b"no database at all" * 400)
    code = (
        "import sys, pathlib\nfrom licensecheck.targets.fetch import Fetcher\n"
        "with Fetcher(allow_private=True, cache=pathlib.Path(sys.argv[1])) as fetcher:\n"
        "    print(fetcher.get(sys.argv[2], trusted=True, robots=False).body)"
    )
    for folder in ("file", "broken"):
        words = [sys.executable, "-c", code, str(tmp_path / folder), server.base + "/"]
        done = subprocess.run(words, capture_output=True, text=True, check=False)
        assert (done.stdout, done.stderr) == ("b'terms'\n", "")


# --- proxies --------------------------------------------------------------------------------------------------------


def test_a_proxy_is_for_what_the_user_named(server: Server, names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    with running() as proxy:
        monkeypatch.setenv("http_proxy", proxy.base)
        proxy.routes["http://data.example/"] = page("by proxy")
        server.routes["/"] = page("direct")
        names.known["inner.example"] = [["10.0.0.1"]]
        with Fetcher(limits=SMALL) as fetcher:
            assert read(fetcher, "http://data.example/", trusted=True).body == b"by proxy"
            assert read(fetcher, "http://data.example/", trusted=False).body == b"direct"
            with pytest.raises(Unreadable, match="private"):
                read(fetcher, "http://inner.example/", trusted=False)
            for url in ("http://127.0.0.1/", "http://2130706433/", "http://localhost/", "http://169.254.169.254/"):
                with pytest.raises(Unreadable, match="leads to"):
                    read(fetcher, url, trusted=True)
        assert proxy.paths() == ["http://data.example/"]


def test_a_proxy_that_is_not_there_is_told(names: Names, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        monkeypatch.setenv("http_proxy", f"http://127.0.0.1:{held.getsockname()[1]}")
        refused("http://data.example/", "proxy", trusted=True)


def test_messages_are_plain(server: Server, local: Fetcher, pauses: list[float]) -> None:
    """No message shows a library's words, a class, or an object's address."""
    messages = []
    for path, answer in {
        "/a": status(503),
        "/b": truncated(b"", 9),
        "/c": redirect("ftp://x/"),
        "/d": endless(),
        "/e": status(403),
    }.items():
        server.routes[path] = answer
        with pytest.raises(Unreadable) as caught:
            read(local, server.base + path)
        messages.append(str(caught.value))
    assert not [m for m in messages if re.search(r"Error|Exception|object at|urllib3|<|\n", m)]
    assert not [m for m in messages if m.endswith(".") or not 20 < len(m) < 200]
