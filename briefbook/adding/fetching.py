"""A web address -> the page there, politely and within bounds; with `requesting.py`, the network.

One request for the page and one for robots.txt of its host, with a name that says who asks; nothing
is tried again. Bounded are the time of it all, the bytes before and after unpacking, and the
redirections. A page of the web that leads into the editor's own network is not followed there.

trafilatura, which reads the page afterwards, could fetch it too: but it does not say what went
wrong, asks again without checking certificates, and does not ask robots.txt.
"""

import http.client
import socket
import ssl
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field
from email.message import Message
from gzip import BadGzipFile
from typing import NoReturn
from urllib.error import URLError
from urllib.parse import urljoin, urlsplit
from urllib.robotparser import RobotFileParser

from briefbook import __version__
from briefbook.adding.patience import TooLateError, within
from briefbook.adding.requesting import is_local, is_private, open_address, unpacked, wire_address
from briefbook.problems import Place, ProblemError, error
from briefbook.yamlfields import is_web_address

ROBOT = "briefbook"
USER_AGENT = f"{ROBOT}/{__version__} (an editor adds one page)"
_PAGES = frozenset({"text/html", "application/xhtml+xml"})
_LARGEST_ROBOTS = 500 * 1024  # bytes; RFC 9309 asks for no more
_MOVED = frozenset({301, 302, 303, 307, 308})
_KEPT_FROM_PROGRAMS = frozenset({401, 402, 403, 405, 406, 451})
_COPY_IT = (
    "open the page in a browser, save it or copy its text into a file, and run "
    "`briefbook add FILE --url ADDRESS`"
)
_LATER = "try again later, or copy its text into a file and add that"


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What a fetch may take."""

    seconds: float = 30.0  # for all of it
    silence: float = 15.0  # seconds without a byte
    size: int = 2 * 1024 * 1024  # bytes of the page, packed and unpacked
    redirections: int = 5
    is_private: Callable[[str], bool] = is_private


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchedPage:
    """A page as it was answered."""

    url: str  # where it was found in the end
    content: bytes  # unpacked
    charset: str | None  # as the answer names it


def fetch_page(url: str, bounds: Bounds | None = None) -> FetchedPage:
    """Fetch an HTML page.

    Raises:
        ProblemError: There is no such page, it may not be fetched, it is none, or it is beyond the
            bounds.
    """
    bounds = bounds or Bounds()
    place = Place(url)
    _refuse_address(url, place)
    try:
        return within(bounds.seconds, lambda: _Visit(place, bounds).page(url))
    except TooLateError:
        what = f"the page had not come after {bounds.seconds:.0f} seconds"
        raise ProblemError(error(place, what, _LATER)) from None


def _refuse_address(url: str, place: Place) -> None:
    if not is_web_address(url):
        fix = "write it in full, such as https://example.org/news/ferry"
        raise ProblemError(error(place, "this is no web address", fix))
    if "@" in urlsplit(url).netloc:
        what = "the address holds a user name or a password, which would be stored with the text"
        raise ProblemError(error(place, what, _COPY_IT))


class _PrivateError(OSError):
    """A page of the web led into the editor's own network."""


@dataclass(slots=True)
class _Visit:
    """One fetch: where it has been so far."""

    place: Place
    bounds: Bounds
    may_be_private: bool = True  # the editor typed the first address; no page may name such a one
    robots: dict[str, RobotFileParser] = field(default_factory=dict)  # by scheme and host

    def page(self, url: str) -> FetchedPage:
        url = wire_address(url)
        for _ in range(self.bounds.redirections + 1):
            self._ask_robots(url)
            with self._open(url) as answer:
                if answer.status not in _MOVED:
                    return self._read_page(url, answer)
                url = self._next(url, answer.headers.get("Location"))
        raise self._refusal(f"it leads on more than {self.bounds.redirections} times", _COPY_IT)

    def _next(self, url: str, location: str | None) -> str:
        try:
            following = wire_address(urljoin(url, (location or "").strip()).partition("#")[0])
        except (ValueError, UnicodeError):
            following = ""
        if not location or not is_web_address(following) or "@" in urlsplit(following).netloc:
            self._refuse("it leads to something that is no web page", _COPY_IT)
        return following

    def _read_page(self, url: str, answer: http.client.HTTPResponse) -> FetchedPage:
        self._refuse_status(answer.status)
        kind = answer.headers.get_content_type() if "Content-Type" in answer.headers else ""
        content = self._content(answer, self.bounds.size)
        if kind not in _PAGES and not (kind == "" and b"<html" in content[:4096].lower()):
            self._refuse(
                f"this is no HTML page but {kind or 'something without a type'}",
                "save it, make a text of it, and run `briefbook add FILE --url ADDRESS`",
            )
        return FetchedPage(url=url, content=content, charset=_charset(answer.headers))

    def _refuse_status(self, status: int) -> None:
        if status in (404, 410):
            what = f"the page is not there: the server answers {status}"
            self._refuse(what, "check the address")
        if status in _KEPT_FROM_PROGRAMS:
            self._refuse(f"the server does not give this page to programs: {status}", _COPY_IT)
        if status != 200:
            self._refuse(f"the server gives no page at present: {status}", _LATER)

    # ------------------------------------------------------------------- robots.txt

    def _ask_robots(self, url: str) -> None:
        parts = urlsplit(url)
        host = f"{parts.scheme}://{parts.netloc}"
        if host not in self.robots:
            self.robots[host] = self._read_robots(f"{host}/robots.txt")
        if not self.robots[host].can_fetch(ROBOT, url):
            self._refuse("robots.txt of this site asks programs not to fetch this page", _COPY_IT)

    def _read_robots(self, url: str) -> RobotFileParser:
        """Read the rules of a host; where it has none, everything may be fetched (RFC 9309)."""
        lines: list[str] = []
        for _ in range(self.bounds.redirections + 1):
            with self._open(url) as answer:
                if answer.status in _MOVED:
                    url = self._next(url, answer.headers.get("Location"))
                    continue
                if answer.status >= 500:
                    what = f"the server does not say what programs may fetch: {answer.status}"
                    self._refuse(what, _LATER)
                if answer.status == 200:
                    content = self._content(answer, _LARGEST_ROBOTS, is_cut=True)
                    lines = content.decode("utf-8", "replace").splitlines()
                break
        rules = RobotFileParser()
        rules.parse([line for line in lines if _can_be_read(line)])
        return rules

    # ------------------------------------------------------------------- one request

    def _open(self, url: str) -> http.client.HTTPResponse:
        headers = {
            "User-Agent": USER_AGENT,
            "Accept": "text/html, application/xhtml+xml, */*;q=0.1",
        }
        headers |= {"Accept-Encoding": "gzip", "Accept-Language": "*"}
        silence = self.bounds.silence
        try:
            return open_address(url, headers, timeout=silence, look_at=self._look_at)
        except (OSError, http.client.HTTPException, ValueError) as failed:
            self._fail(failed, url)

    def _look_at(self, host: str) -> None:
        """See which network a connection leads to, before anything is asked there."""
        private = self.bounds.is_private(host) or is_local(host)
        if private and not self.may_be_private:
            raise _PrivateError
        self.may_be_private = private

    def _content(
        self, answer: http.client.HTTPResponse, limit: int, *, is_cut: bool = False
    ) -> bytes:
        """Return the unpacked content; what is above the limit is refused, or cut off."""
        if not is_cut and (answer.length or 0) > limit:  # as announced
            self._too_large(limit)
        try:
            packed = answer.read(limit + 1)
        except (OSError, http.client.HTTPException) as failed:
            self._fail(failed, answer.url)
        if answer.length and len(packed) <= limit:  # a half page must not be taken for a whole one
            self._refuse("the page broke off before its end", _LATER)
        try:
            content = unpacked(packed, answer.headers.get("Content-Encoding", ""), limit + 1)
        except (BadGzipFile, EOFError, zlib.error):
            self._refuse("the page came damaged", _LATER)
        if content is None:
            self._refuse("the page came packed in a way that nobody asked for", _COPY_IT)
        if not is_cut and max(len(content), len(packed)) > limit:
            self._too_large(limit)
        return content[:limit]

    # ------------------------------------------------------------------- what went wrong

    def _fail(self, failed: Exception, url: str) -> NoReturn:
        reason = failed.reason if isinstance(failed, URLError) else failed
        host = urlsplit(url).hostname
        if isinstance(reason, _PrivateError):
            self._refuse_private(url)
        if isinstance(reason, socket.gaierror):
            self._refuse(f"the host '{host}' was not found", "check the address and the network")
        if isinstance(reason, ssl.SSLCertVerificationError):
            said = reason.verify_message or "it is not valid"
            self._refuse(f"the certificate of '{host}' cannot be trusted: {said}", _COPY_IT)
        if isinstance(reason, TimeoutError):
            what = f"'{host}' said nothing for {self.bounds.silence:.0f} seconds"
            self._refuse(what, _LATER)
        if isinstance(reason, http.client.HTTPException):
            self._refuse(f"the answer of '{host}' is no whole answer", _LATER)
        said = getattr(reason, "strerror", None) or str(reason) or type(reason).__name__
        self._refuse(f"'{host}' cannot be reached: {said}", "check the address and the network")

    def _refuse_private(self, url: str) -> NoReturn:
        what = f"the page leads into your own network, to {url}, and is not followed there"
        self._refuse(what, "if you want that page, add it by its own address")

    def _too_large(self, limit: int) -> NoReturn:
        what = f"the page is larger than the limit of {limit / 1024 / 1024:.1f} MiB"
        self._refuse(what, "copy the text of the article into a file and add that")

    def _refuse(self, what: str, fix: str) -> NoReturn:
        raise self._refusal(what, fix)

    def _refusal(self, what: str, fix: str) -> ProblemError:
        return ProblemError(error(self.place, what, fix))


def _can_be_read(line: str) -> bool:
    """Tell whether the library can read a line of robots.txt.

    It fails on paths such as http://[ and on times such as ², and would read none of the others.
    """
    try:
        RobotFileParser().parse(["User-agent: *", line])
    except ValueError:
        return False
    return True


def _charset(headers: Message) -> str | None:
    charset = headers.get_content_charset()
    return charset if isinstance(charset, str) else None
