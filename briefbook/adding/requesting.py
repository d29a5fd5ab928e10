"""One request for a page, without anything that happens by itself.

Nothing is followed, asked again or remembered; each connection is shown before anything is sent on
it; an unpacked answer has an end. `fetching.py` decides what to make of it.
"""

import http.client
import ipaddress
import socket
import zlib
from collections.abc import Callable
from functools import partial
from gzip import GzipFile
from io import BytesIO
from typing import Any
from urllib.parse import quote, urlsplit, urlunsplit
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector, ProxyHandler, Request

LookAt = Callable[[socket.socket], None]


def is_private(address: str) -> bool:
    """Tell whether an IP address is of this machine or its own network."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    mapped = getattr(found, "ipv4_mapped", None) or found
    return not mapped.is_global


def is_local(host: str) -> bool:
    """Tell whether a name is one of this machine or its own network, whatever it resolves to."""
    return host == "localhost" or host.endswith((".localhost", ".local", ".internal"))


def wire_address(url: str) -> str:
    """Return an address as it goes over the wire, without its fragment."""
    parts = urlsplit(url)
    host = (parts.hostname or "").encode("idna").decode("ascii") if parts.hostname else ""
    host = f"[{host}]" if ":" in host else host
    netloc = host + (f":{parts.port}" if parts.port else "")
    if "@" in parts.netloc:
        netloc = parts.netloc  # refused by whoever asks for it
    path, query = (quote(part, safe="%/:=&?~+!$,;'@()*[]") for part in (parts.path, parts.query))
    return urlunsplit((parts.scheme, netloc, path, query, ""))


def unpacked(packed: bytes, encoding: str, limit: int) -> bytes | None:
    """Unpack at most so many bytes; None where the way of packing is not known.

    Raises:
        BadGzipFile, EOFError, zlib.error: It is damaged, or ends before its end.
    """
    name = encoding.strip().casefold()
    if name in ("", "identity"):
        return packed
    if name in ("gzip", "x-gzip"):
        return GzipFile(fileobj=BytesIO(packed)).read(limit)  # of several parts, each
    if name == "deflate":
        unpacker = zlib.decompressobj()
        content = unpacker.decompress(packed, limit)
        if not unpacker.eof and len(content) < limit:
            raise EOFError
        return content
    return None


def open_address(
    url: str, headers: dict[str, str], *, timeout: float, look_at: Callable[[str], None]
) -> http.client.HTTPResponse:
    """Ask for an address; a redirection and an error are answers like any.

    Args:
        url: The address as it goes over the wire.
        headers: Of the request.
        timeout: Seconds without a byte.
        look_at: Is given the IP address of the other end before anything is asked there, or the
            host where a proxy asks for us; what it raises ends the request.

    Raises:
        OSError: There is no connection.
        http.client.HTTPException: What comes is no answer.
    """
    request = Request(url, headers=headers)

    def look(connected: socket.socket) -> None:
        is_by_proxy = request.host != urlsplit(url).netloc
        peer = str(connected.getpeername()[0])
        try:
            look_at((urlsplit(url).hostname or "") if is_by_proxy else peer)
        except OSError:
            connected.close()
            raise

    answer: http.client.HTTPResponse = _opener(look).open(request, timeout=timeout)
    return answer


def _opener(look_at: LookAt) -> OpenerDirector:
    """Return what opens http and https, by a proxy where the system has one."""
    opener = OpenerDirector()
    opener.add_handler(ProxyHandler())
    opener.add_handler(_Plain(look_at))
    opener.add_handler(_Secure(look_at))
    return opener


class _Connection(http.client.HTTPConnection):
    def __init__(self, *given: Any, look_at: LookAt, **more: Any) -> None:
        super().__init__(*given, **more)
        self._look_at = look_at

    def connect(self) -> None:
        super().connect()
        self._look_at(self.sock)


class _SecureConnection(_Connection, http.client.HTTPSConnection):
    """The same behind a certificate; each `super()` above is HTTPSConnection here."""


class _Plain(HTTPHandler):
    def __init__(self, look_at: LookAt) -> None:
        super().__init__()
        self._connection = partial(_Connection, look_at=look_at)

    def http_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, req)


class _Secure(HTTPSHandler):
    def __init__(self, look_at: LookAt) -> None:
        super().__init__()
        self._connection = partial(_SecureConnection, look_at=look_at)

    def https_open(self, req: Request) -> http.client.HTTPResponse:
        return self.do_open(self._connection, req)
