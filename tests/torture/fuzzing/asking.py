"""Requests to the desk of a small site, in process: whatever is sent, nothing is lost.

The site is built once; after each request its entries are put back, so that inputs do not hang on
those before them. An input is JSON: a whole request, in which "{token}" and the like stand for what
only a page of the desk knows.
"""

import json
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from io import BytesIO
from pathlib import Path
from types import SimpleNamespace
from urllib.parse import parse_qsl, quote_plus, urlsplit

from briefbook.briefing import LoadedEntry, hash_value, load_entry
from briefbook.build import Preview, preview
from briefbook.desk.acts import act
from briefbook.desk.connections import Connections
from briefbook.desk.fields import SETTABLE
from briefbook.desk.patching import WORDS, form_value
from briefbook.desk.raw_texts import raw_texts
from briefbook.desk.server import _Answer
from briefbook.desk.session import Shown
from briefbook.desk.state import DeskState, Outcome
from briefbook.keeping import Kept
from briefbook.model import Entry
from briefbook.options import Options
from briefbook.problems import Severity
from tests.conftest import SITE
from tests.torture.fuzzing import pieces, texts
from tests.torture.fuzzing.draw import Draw
from tests.torture.fuzzing.of_texts import NOW

_PORT = 8000
_TOKEN = "a-token"
_ACTS = (
    *("set", "unpin", "hand-back", "dismiss", "bring-back", "line", "patch", "unpublish"),
    *("withdraw", "restore", "say-why", "confirm", "unconfirm", "dismiss-correction", "redraft"),
)
_FIELDS = (
    *("field", "value", "note", "line", "correction", "date", "kind", "about", "was", "now"),
    *("why", "status", "undo", "topic-port", "topic-farming", "topic-", "entry", "stamp", "q"),
)
_WORDS = (
    *(
        "",
        "0",
        "1",
        "-1",
        "²",
        "9" * 5000,
        "port",
        "2026-13-45",
        "2026-11-20",
        "draft",
        "published",
    ),
    *("withdrawn", "hidden", "correction", "retraction", "on", "en", "https://a.example/?b&copy=1"),
    *("keep", "drop", "undo", "title", "body", "summary", "parsed", "id", "../..", "\r\nX: y"),
)
# What the forms of the desk send for each act.
_SET = {
    "field": [one.key for one in SETTABLE],
    "value": ["draft", "published", "2026-11-24", "2026-11-24T06:00", "en", "A title", ""],
    "topic-port": ["on"],
}
_CORRECTED = {
    "correction": ["0", "1"],
    "why": ["Because.", "", "a “b”: c #d"],
    "kind": ["correction", "update", "clarification"],
}
_FITTING: Mapping[str, Mapping[str, Sequence[str]]] = {
    "set": _SET,
    "hand-back": {"field": ["title", "outlet", "authors", "summary", "people", "published"]},
    "dismiss": {"note": ["a note", 'title: the source now says "x"', "{note}"]},
    "bring-back": {"note": ["title: an old note"]},
    "line": {"line": [f"{{line {n} {word}}}" for n in (1, 3, 6, 8, 11) for word in WORDS]},
    "patch": {"line": [f"{{line {n} {word}}}" for n in (1, 3, 6, 8, 11) for word in WORDS]},
    "withdraw": {"why": ["It was wrong.", "a: “b” #c"]},
    "restore": {"status": ["published", "draft", "withdrawn"]},
    "say-why": {"why": ["It was wrong.", "a: “b” #c"]},
    "confirm": _CORRECTED,
    "unconfirm": _CORRECTED,
    "dismiss-correction": _CORRECTED,
    "redraft": {
        "date": ["2026-11-20", "2026-11-20T10:00:00+09:00", "20261120", "2026-W47-5", "0001-01-01"],
        "kind": ["correction", "update"],
        "about": ["title", "", "a: b"],
        **{name: ["a", "", "b “c”: #d"] for name in ("was", "now", "why")},
    },
}
_PATHS = (
    *("/", "/_desk/", "/_desk/act", "/_desk/events", "/_desk/live.js", "/_desk/assets/desk.css"),
    *("/_desk/entries/{slug}/", "/_desk/entries/{slug}/line/1/drop/", "/_desk/entries/no/"),
    *(
        "/briefings/{slug}",
        "/briefings/{slug}/?a=b",
        "/../site.yaml",
        "/%2e%2e/site.yaml",
        "//a.b/",
    ),
    *("/%00", "/..%2fsite.yaml", "/.git/config", "/news/", "/news", "/%ff%fe", "/assets/", "*"),
    *("http://127.0.0.1:8000/", "/pagefind/../x", "/_desk/?q=%ff&sort=x", "/?" + "a=b&" * 2000),
)
_HEADERS = (
    *(
        "Host: 127.0.0.1:{port}",
        "Host: LOCALHOST:{port}",
        "Host: evil.example",
        "Host:",
        "X" * 70000,
    ),
    *("Origin: http://127.0.0.1:{port}", "Origin: null", "Origin: http://evil.example", "Origin:"),
    *("Referer: http://127.0.0.1:{port}/_desk/", "Content-Length: -1", "Content-Length: ²", "a"),
    *("Content-Length: 99999999999999", "Transfer-Encoding: chunked", "Content-Type: text/plain"),
    *(
        "Content-Type: application/x-www-form-urlencoded; charset=\xff",
        "Expect: 100-continue",
        ": b",
    ),
    *(
        "Connection: keep-alive",
        "Range: bytes=0-1",
        "Cookie: a=b",
        " folded",
        "Content-Type:",
        "\x00",
    ),
)
_SOURCES = {
    "ferry": "Ferry runs twice a day from June\n\nBy Ana Reyes, Harbour Post\nMay 3, 2026\n\n"
    "The ferry to the outer islands will run twice a day from June. The harbour board said so on"
    " Friday.\n\n- Tickets cost $5.\n- Cars stay ashore.\n\nShare this article\n",
    "barley": "Barley harvest starts early\n\nBy Tom Okafor, Field Gazette\nMay 4, 2026\n\nFarmers"
    " have started the barley harvest two weeks early. A dry spring is the reason, they say.\n",
    "quay": "Quay closes for a week\n\nBy Kim Ji-woo, Harbour Post\nMay 5, 2026\n\nThe old quay"
    " will be closed for a week in July. Its planks are to be replaced, the town said.\n",
}
_OWN = '---\ntitle: My own\nadded: 2026-11-20\nnote: "Mine"  # keep\n---\nWords of my own.\n'


@dataclass(slots=True)
class _House:
    """A built site, as a session shows it, without building again."""

    state: DeskState
    shown: Shown
    files: Mapping[Path, bytes]
    token: str = _TOKEN
    has_ended: bool = True
    outcome: Outcome | None = None

    def act(self, form: Mapping[str, str]) -> str:
        """Do one act, as the session does."""
        self.outcome = act(self.state, form)
        return self.outcome.go_to

    def forget(self, outcome: Outcome | None) -> None:
        """Do nothing: what an act did is not shown here."""

    def index_file(self, path: str) -> bytes | None:
        """Answer that there is no search index."""
        return None

    def changed(self) -> dict[Path, bytes]:
        """Return the files that are other than before, or new; put all back."""
        root = self.state.root
        now = {file: file.read_bytes() for file in _files(root)}
        assert self.files.keys() <= now.keys()
        other = {file: content for file, content in now.items() if self.files.get(file) != content}
        for file in other:
            if file in self.files:
                file.write_bytes(self.files[file])
            else:
                file.unlink()
        return other


def _files(root: Path) -> list[Path]:
    return [file for file in root.rglob("*") if file.is_file() and ".briefbook" not in file.parts]


@cache
def _house() -> _House:
    root = Path(tempfile.mkdtemp(prefix="fuzzed-desk-"))
    for folder in ("sources", "briefings"):
        (root / folder).mkdir()
    (root / "site.yaml").write_text(SITE, "utf-8")
    for name, text in _SOURCES.items():
        (root / f"sources/{name}.txt").write_text(text, "utf-8")
    (root / "briefings/my-own.md").write_text(_OWN, "utf-8")
    _build(root)
    barley = root / "briefings/barley-harvest-starts-early.md"
    barley.write_text(_with_corrections(barley.read_text("utf-8")), "utf-8")
    down = root / "briefings/quay-closes-for-a-week.md"
    down.write_text(_with_retraction(down.read_text("utf-8")), "utf-8")
    built = _build(root)
    state = DeskState(root=root, prepared=built.prepared, problems=built.problems, now=NOW)
    files = {file.path: file.content for file in built.prepared.files}
    shown = Shown(files=files, build="1.1", turn="1.1", state=state)
    return _House(state, shown, {file: file.read_bytes() for file in _files(root)})


def _build(root: Path) -> Preview:
    return preview(root, Options(now=NOW), Kept())


def _with_corrections(text: str) -> str:
    """Return an entry with an edited body, a draft of a correction and one that is told."""
    rows = (
        "corrections:\n"
        '  - {date: 2026-11-20, kind: correction, field: title, was: "a", now: "b", draft: true}\n'
        '  - {date: 2026-11-19, kind: update, was: "c", now: "d", why: "e"}\n'
        'review: ["title: the source now says “x”", "a note"]\n'
        'reviewed: ["title: an old note"]\n'
        "parsed:"
    )
    return text.replace("parsed:", rows, 1) + "\nThe editor added this.\n"


def _with_retraction(text: str) -> str:
    """Return an entry that was published for a day and is withdrawn now."""
    rows = (
        "status: withdrawn\npublish_after: 2026-11-20  # a day\ncorrections:\n"
        "  - {date: 2026-11-20, kind: retraction, why: 'It was wrong.'}"
    )
    return text.replace("status: published", rows, 1)


def make_request(draw: Draw) -> str:
    """Return a request: mostly a form of the desk, some of its fields other than it sends."""
    if draw.seldom(12):
        return json.dumps({"raw": texts.raw_text(draw)})
    if draw.below(4) == 3:
        method = draw.pick(("GET", "POST", "HEAD", "PUT", "OPTIONS", "get", "G\x00", ""))
        headers = [draw.pick(_HEADERS[:2]), *draw.some(lambda d: d.pick(_HEADERS), 5)]
        line = f"{method} {draw.pick(_PATHS)} {draw.pick(('HTTP/1.1', 'HTTP/1.0', 'HTTP/9', ''))}"
        return json.dumps({"head": [line, *headers], "body": draw.pick(_WORDS[:8])})
    form = {"act": draw.pick(_ACTS), "entry": draw.pick(("{slug}", "{other}", "{down}"))}
    form |= {name: draw.pick(some) for name, some in _FITTING.get(form["act"], {}).items()}
    form |= {name: _value(draw) for name in ("value", "why") if name in form and draw.below(2)}
    if draw.seldom(3):
        form |= {draw.pick(_FIELDS): _value(draw) for _ in range(1 + draw.below(4))}
    return json.dumps({"form": form})


def _value(draw: Draw) -> str:
    kind = draw.below(6)
    if kind == 0:
        return texts.sentence(draw)
    if kind == 1:
        return texts.noise(draw)
    if kind == 2:
        return draw.pick(pieces.DATES)
    if kind == 3:
        return "{line " + str(1 + draw.below(12)) + " " + draw.pick(WORDS) + "}"
    return draw.pick(_WORDS)


def check_request(case: str) -> None:
    """No request fails; one that is refused changes nothing; what is written can be read again."""
    house, given = _house(), json.loads(case)
    house.outcome = None
    status = _send(house, _bytes(house, given))
    other = house.changed()
    assert status is None or 100 <= status < 500 or status in (501, 505), status
    done = house.outcome.done if house.outcome else ""
    assert bool(other) <= bool(done), (status, list(other))
    assert len(other) <= 1, list(other)
    for file, content in other.items():
        _check_written(house, file, content)


def _check_written(house: _House, file: Path, content: bytes) -> None:
    path = file.relative_to(house.state.root).as_posix()
    now, problems = load_entry(content.decode(), path)
    was, _ = load_entry(house.files[file].decode(), path)
    assert all(problem.severity is not Severity.ERROR for problem in problems)
    assert (now.entry.id, now.entry.slug) == (was.entry.id, was.entry.slug)
    assert "parsed:" in was.text, path  # what is the editor's own work is never written
    outcome = house.outcome
    assert outcome is not None
    again = dict(parse_qsl(urlsplit(outcome.go_to).query, True))
    if again.get("undo") in ("line", "patch") or not again:
        return
    if again["undo"] == "bring-back" and again["note"] not in was.entry.review:
        return  # of what an entry lacks: it stands for review by itself again
    undone = _undone(house, file, content, again)
    assert _said(undone.entry) == _said(was.entry), again


def _said(entry: Entry) -> dict[str, object]:
    """Return what an entry says, wherever in its file; a correction put back stands last."""
    said = {name: getattr(entry, name) for name in Entry.__slots__}
    said["corrections"] = sorted(str(replace(one, line=0, place=0)) for one in entry.corrections)
    return said | {"body_line": 0, "review": ()}  # notes are made anew by each build


def _undone(house: _House, file: Path, content: bytes, form: Mapping[str, str]) -> LoadedEntry:
    """Press the button that undoes what was just done; return the entry after that."""
    state = house.state
    path = file.relative_to(state.root).as_posix()
    prepared = state.prepared
    assert prepared is not None
    now, _ = load_entry(content.decode(), path)
    loaded = tuple(now if one.path == path else one for one in prepared.loaded)
    file.write_bytes(content)
    given = {**form, "act": form["undo"], "entry": now.entry.slug, "stamp": hash_value(now.text)}
    outcome = act(replace(state, prepared=replace(prepared, loaded=loaded)), given)
    text = file.read_bytes().decode()
    house.changed()
    assert outcome.done, (form, outcome)
    return load_entry(text, path)[0]


def _bytes(house: _House, given: Mapping[str, object]) -> bytes:
    """Return a request as it is sent."""
    slug, other = "ferry-runs-twice-a-day-from-june", "barley-harvest-starts-early"
    if "raw" in given:
        return str(given["raw"]).encode("utf-8", "surrogateescape")
    if "form" in given:
        form = given["form"]
        assert isinstance(form, dict)
        known = {"slug": slug, "other": other, "down": "quay-closes-for-a-week"}
        form = {key: known.get(str(value).strip("{}"), str(value)) for key, value in form.items()}
        form = {key: _line_value(house, str(form["entry"]), value) for key, value in form.items()}
        form = {"token": _TOKEN, "stamp": _stamp(house, form["entry"]), **form}
        body = "&".join(f"{_quoted(key)}={_quoted(value)}" for key, value in form.items()).encode()
        head = (
            f"POST /_desk/act HTTP/1.1\r\nHost: 127.0.0.1:{_PORT}\r\n"
            f"Origin: http://127.0.0.1:{_PORT}\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
        )
        return head.encode() + body
    rows = given["head"]
    assert isinstance(rows, list)
    head = "\r\n".join([*rows, "", ""]).replace("{port}", str(_PORT)).replace("{slug}", slug)
    return (head + str(given["body"])).encode("utf-8", "surrogatepass")


def _quoted(text: str) -> str:
    return quote_plus(text.encode("utf-8", "surrogatepass"))


def _line_value(house: _House, slug: str, value: str) -> str:
    """Return what the form of a line sends, for "{line 3 drop}"."""
    prepared = house.state.prepared
    if not value.startswith("{line ") or prepared is None or slug not in raw_texts(prepared):
        return value
    _, number, word = value.strip("{}").split(" ")
    lines = raw_texts(prepared)[slug].article.lines
    line = next((line for line in lines if line.number == int(number)), None)
    return form_value(line, word) if line else value


def _stamp(house: _House, slug: str) -> str:
    prepared = house.state.prepared
    assert prepared is not None
    loaded = next((one for one in prepared.loaded if one.entry.slug == slug), None)
    return hash_value(loaded.text) if loaded else ""


def _send(house: _House, request: bytes) -> int | None:
    """Send bytes to the desk; return the status it answers with, None where it says nothing."""
    wire = _Wire(request)
    server = SimpleNamespace(
        session=house, server_port=_PORT, connections=Connections(lambda: None)
    )
    _Answer(wire, ("127.0.0.1", 1), server)  # type: ignore[arg-type] # as much as it needs
    first = wire.sent.split(b"\r\n", 1)[0].split(b" ")
    return int(first[1]) if first[0].startswith(b"HTTP/") else None


@dataclass(slots=True, eq=False)
class _Wire:
    """A connection that has sent all it will."""

    request: bytes
    sent: bytes = field(default=b"")

    def makefile(self, mode: str, size: int = -1) -> BytesIO:
        """Return what was sent to the server."""
        return BytesIO(self.request)

    def sendall(self, content: bytes) -> None:
        """Keep what the server answers."""
        self.sent += bytes(content)

    def settimeout(self, seconds: float) -> None:
        """Do nothing: there is nothing to wait for."""

    def shutdown(self, how: int) -> None:
        """Do nothing: nobody listens."""
