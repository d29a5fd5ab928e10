"""Guarding: who may look at the desk, and who may write by it.

Whatever else runs in a browser can send requests to loopback too: another site by a form or a
script, or one whose name was made to point here (DNS rebinding). So every request must name this
very host, and a write must come from a page of ours and carry the token that only those have.
Pure. Out: a refusal with its status and a plain sentence, or None.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from hmac import compare_digest
from urllib.parse import parse_qsl

LARGEST_FORM = 1024 * 1024  # bytes; an act sends a few words, a patch of a body at most a text
_MOST_FIELDS = 1000
_FORM = "application/x-www-form-urlencoded"
_NAMES = ("127.0.0.1", "localhost", "[::1]")
_HTTP_PORT = 80  # not named in addresses


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a request is not answered."""

    status: int
    said: str  # one sentence


_NOT_OURS = Refusal(403, "This is not an address of the desk: open the one the terminal names.")
_FOR_ANOTHER = Refusal(403, "Another site may link to the desk, and no more.")
_NOT_FROM_US = Refusal(403, "Only a page of the desk itself may change anything.")
_NO_TOKEN = Refusal(
    403, "This page is from before the desk was started again: load it anew, then try again."
)
_NO_FORM = Refusal(403, "Only forms of the desk are taken.")
_NO_LENGTH = Refusal(403, "A form must say how long it is, and be so long.")
_TOO_LONG = Refusal(413, "The form is longer than 1 MiB.")


def refused_look(headers: Message, port: int) -> Refusal | None:
    """Refuse a request whose Host is not a loopback name with our port, or for another site's page.

    Such a page could read nothing, but take the message of an act away by asking for its page.

    Args:
        headers: Of the request.
        port: On which the desk listens.
    """
    if not _host(headers, port):
        return _NOT_OURS
    return _FOR_ANOTHER if is_asked_elsewhere(headers) and not _is_link(headers) else None


def is_asked_elsewhere(headers: Message) -> bool:
    """Tell whether a browser says that a page of another site made it ask."""
    return headers.get("Sec-Fetch-Site", "").lower() in ("cross-site", "same-site")


def _is_link(headers: Message) -> bool:
    """Tell whether a browser goes to a page, which it shows in a window and not within another."""
    asked = headers.get("Sec-Fetch-Mode", ""), headers.get("Sec-Fetch-Dest", "")
    return asked == ("navigate", "document")


def refused_write(headers: Message, port: int) -> Refusal | None:
    """Refuse a write that is not a form of moderate length from a page of ours.

    Args:
        headers: Of the request.
        port: On which the desk listens.
    """
    host = _host(headers, port)
    if host is None:
        return _NOT_OURS
    if not _is_from(f"http://{host}", headers):
        return _NOT_FROM_US
    if headers.get_content_type() != _FORM or "Content-Type" not in headers:
        return _NO_FORM
    length = _only(headers, "Content-Length")
    if length is None or not length.isascii() or not length.isdigit():
        return _NO_LENGTH
    # A number of thousands of digits is too long, whatever it says; reading it would take its time.
    return _TOO_LONG if len(length) > 12 or int(length) > LARGEST_FORM else None


def read_form(content: bytes, length: int, token: str) -> dict[str, str] | Refusal:
    """Read a form that carries the token, or refuse it.

    Args:
        content: The body of the request.
        length: How many bytes were promised; half a form must not be taken for a whole one.
        token: What the field `token` has to be.

    Returns:
        The other fields, of each name the last value.
    """
    if len(content) != length:
        return _NO_LENGTH
    try:
        text = content.decode("ascii")
        fields = dict(
            parse_qsl(text, True, errors="strict", max_num_fields=_MOST_FIELDS, encoding="utf-8")
        )
    except ValueError:  # of both kinds: no ASCII or UTF-8, too many fields
        return _NO_FORM
    given = fields.pop("token", "")
    return fields if compare_digest(given.encode(), token.encode()) else _NO_TOKEN


def _host(headers: Message, port: int) -> str | None:
    """Return the Host where it is one of ours; None otherwise."""
    host = (_only(headers, "Host") or "").lower()
    ours = [f"{name}:{port}" for name in _NAMES]
    if port == _HTTP_PORT:
        ours += _NAMES
    return host if host in ours else None


def _is_from(ours: str, headers: Message) -> bool:
    """Tell whether a request comes from a page of this origin."""
    if "Origin" in headers:
        return (_only(headers, "Origin") or "").lower() == ours
    return (_only(headers, "Referer") or "").lower().startswith(f"{ours}/")


def _only(headers: Message, name: str) -> str | None:
    """Return a header that is there once; two of a name are as good as none."""
    found = headers.get_all(name, [])
    return str(found[0]) if len(found) == 1 else None


def is_path(go_to: str) -> bool:
    """Tell whether an address is a path on this server, to which a browser may be sent."""
    return go_to.startswith("/") and not go_to.startswith("//") and _is_plain(go_to)


def _is_plain(text: str) -> bool:
    return text.isascii() and text.isprintable() and "\\" not in text and " " not in text


def read_query(query: str) -> Mapping[str, str]:
    """Read what stands behind the question mark of an address; of each name the last value."""
    try:
        return dict(parse_qsl(query, True, max_num_fields=_MOST_FIELDS))
    except ValueError:
        return {}
