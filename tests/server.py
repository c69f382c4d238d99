"""A web server on the loopback for the tests of what is read from the network, and a name server in a dictionary."""

from __future__ import annotations

import gzip
import json
import socket
import ssl
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, NamedTuple

import pytest

PUBLIC = "93.184.215.14"
"""An address of the public Internet, which the tests lead to the server instead."""


class Asked(NamedTuple):
    """A request that came."""

    path: str
    headers: dict[str, str]


Answer = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Answers by the routes of its server, and notes what was asked."""

    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    server: Server

    def log_message(self, format: str, *args: Any) -> None:
        """Tests read the notes, not the standard error."""

    def do_GET(self) -> None:
        self.server.asked.append(Asked(self.path, {k.lower(): v for k, v in self.headers.items()}))
        with suppress(OSError):
            self.server.routes.get(self.path, status(404))(self)

    def give(
        self, code: int, body: bytes = b"", headers: Sequence[tuple[str, str]] = (), length: int | None = None
    ) -> None:
        self.send_response(code)
        for name, value in headers:
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body) if length is None else length))
        self.end_headers()
        self.wfile.write(body)

    def chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))


class Server(ThreadingHTTPServer):
    """Routes are by path with query; ``asked`` are the requests that came, in order."""

    daemon_threads = True
    scheme = "http"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.routes: dict[str, Answer] = {}
        self.asked: list[Asked] = []
        self.stopping = threading.Event()

    @property
    def base(self) -> str:
        return f"{self.scheme}://127.0.0.1:{self.server_port}"

    def paths(self) -> list[str]:
        return [asked.path for asked in self.asked]

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that goes away early is what many tests are about."""


@contextmanager
def running(context: ssl.SSLContext | None = None) -> Iterator[Server]:
    """A server in a thread of its own, over TLS where there is a context."""
    server = Server()
    if context is not None:
        server.scheme = "https"
        server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stopping.set()
        server.shutdown()
        server.server_close()
        thread.join()


def page(body: bytes | str, kind: str = "text/plain", headers: Sequence[tuple[str, str]] = ()) -> Answer:
    data = body.encode() if isinstance(body, str) else body
    return lambda handler: handler.give(200, data, [("Content-Type", kind), *headers])


def record(tree: Any, headers: Sequence[tuple[str, str]] = ()) -> Answer:
    return page(json.dumps(tree), "application/json", headers)


def status(code: int, headers: Sequence[tuple[str, str]] = ()) -> Answer:
    return lambda handler: handler.give(code, b"", headers)


def redirect(location: str, code: int = 302) -> Answer:
    return status(code, [("Location", location)])


def turns(*answers: Answer) -> Answer:
    """One answer after another; the last for good."""
    left = list(answers)
    return lambda handler: (left.pop(0) if len(left) > 1 else left[0])(handler)


def unless_modified(body: bytes, *, etag: str = "", modified: str = "") -> Answer:
    """304 for who has it already."""

    def answer(handler: Handler) -> None:
        headers = [(k, v) for k, v in (("ETag", etag), ("Last-Modified", modified)) if v]
        known = (etag and handler.headers.get("If-None-Match") == etag) or (
            modified and handler.headers.get("If-Modified-Since") == modified
        )
        if known:
            handler.send_response(304)
            for name, value in headers:
                handler.send_header(name, value)
            handler.end_headers()
        else:
            handler.give(200, body, headers)

    return answer


def truncated(body: bytes, announced: int) -> Answer:
    def answer(handler: Handler) -> None:
        handler.give(200, body, length=announced)
        handler.close_connection = True

    return answer


def truncated_chunks(handler: Handler) -> None:
    handler.send_response(200)
    handler.send_header("Transfer-Encoding", "chunked")
    handler.end_headers()
    handler.chunk(b"All rights ")
    handler.close_connection = True


def endless(code: int = 200, headers: Sequence[tuple[str, str]] = ()) -> Answer:
    def answer(handler: Handler) -> None:
        handler.send_response(code)
        for name, value in (*headers, ("Transfer-Encoding", "chunked")):
            handler.send_header(name, value)
        handler.end_headers()
        while not handler.server.stopping.is_set():
            handler.chunk(b"a" * 65536)

    return answer


def drip(where: str) -> Answer:
    """One byte and a pause, for ever: in the body, or already in the headers."""

    def answer(handler: Handler) -> None:
        handler.send_response(200)
        if where == "body":
            handler.send_header("Content-Length", "100000")
            handler.end_headers()
        else:
            handler.flush_headers()
            handler.wfile.write(b"X-Slow: ")
        while not handler.server.stopping.is_set():
            handler.wfile.write(b"a")
            handler.wfile.flush()
            time.sleep(0.05)

    return answer


def silent(handler: Handler) -> None:
    handler.server.stopping.wait(10)
    handler.close_connection = True


def bomb(megabytes: int, chunked: bool = False) -> Answer:
    """Zeros that gzip to a thousandth."""
    data = gzip.compress(b"\0" * 1024 * 1024) * megabytes

    def answer(handler: Handler) -> None:
        if not chunked:
            handler.give(200, data, [("Content-Encoding", "gzip")])
            return
        handler.send_response(200)
        handler.send_header("Content-Encoding", "gzip")
        handler.send_header("Transfer-Encoding", "chunked")
        handler.end_headers()
        handler.chunk(data)
        handler.chunk(b"")

    return answer


class Names:
    """Names and their addresses, turn by turn, in place of a name server; what was connected to is noted.

    A connection to ``PUBLIC`` reaches ``server``: nothing leaves the machine.
    """

    def __init__(self, monkeypatch: pytest.MonkeyPatch, server: Server | None = None) -> None:
        self.known: dict[str, list[list[str]]] = {}
        self.lookups: list[str] = []
        self.connected: list[Any] = []
        real_lookup, real_connect = socket.getaddrinfo, socket.socket.connect

        def lookup(host: str, port: int, *args: Any, **kwargs: Any) -> Any:
            self.lookups.append(host)
            if host in self.known:
                answers = self.known[host]
                found = answers.pop(0) if len(answers) > 1 else answers[0]
                return [row for ip in found for row in real_lookup(ip, port, type=socket.SOCK_STREAM)]
            flags = socket.AI_NUMERICHOST
            return real_lookup(host, port, type=socket.SOCK_STREAM, flags=flags)

        def connect(opened: socket.socket, address: Any) -> None:
            self.connected.append(address[0])
            if address[0] == PUBLIC and server is not None:
                address = ("127.0.0.1", server.server_port)
            real_connect(opened, address)

        monkeypatch.setattr(socket, "getaddrinfo", lookup)
        monkeypatch.setattr(socket.socket, "connect", connect)
