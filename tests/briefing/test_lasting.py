"""Whatever an editor writes into an entry stands there after anything the program does.

Random edits of the file, words on single lines, changes of the source and other parsers, all of
small texts. The parser here is a toy, so that thousands of cases take seconds; the briefing room
sees its articles as it sees real ones, and finds overrides by the same rules.
"""

import hashlib
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.briefing import (
    LoadedEntry,
    edit_entry,
    is_up_to_date,
    load_entry,
    make_entry,
    update_entry,
    with_override,
)
from briefbook.briefing.merge import plain_body
from briefbook.briefing.writing import quoted
from briefbook.model import (
    Article,
    Block,
    BlockKind,
    Facts,
    Fate,
    Found,
    Header,
    Line,
    Name,
    Override,
    SourceFile,
)
from briefbook.parsing.told import RULES, find_told
from briefbook.problems import ProblemError
from tests.tried import many

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
POOL = (
    "The quay is closed.",
    "Rye: 9 crowns # a sack.",
    "~ Share this",
    "“Nobody” knows - said Ina.",
    "- a list",
    "~ Order bread",
    "Two ships. One pier.",
    "The quay is closed.",
    "By Nora Quill",
)

# --------------------------------------------------------------------------- a toy of a parser


def source_of(lines: list[str]) -> SourceFile:
    return SourceFile(
        path="sources/a.txt",
        header=Header(),
        lines=tuple(lines),
        first_line=1,
        encoding="utf-8",
        sha256=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    )


def read(source: SourceFile, overrides: tuple[Override, ...], version: int) -> Article:
    """The first line is the headline; "~" starts furniture; other versions see other things."""
    told = find_told(overrides, dict(enumerate(source.lines, 1)))
    lines: list[Line] = []
    for number, text in enumerate(source.lines, 1):
        fate = Fate.DROPPED if text.startswith("~") or f"{version}" in text else Fate.BODY
        if number == (2 if version == 2 else 1):
            fate = Fate.METADATA
        if number in told.fates:
            now = told.fates[number]
            lines.append(Line(number, text, now, RULES[now], None, otherwise=fate))
        else:
            lines.append(Line(number, text, fate, "a rule"))
    body = [line.text for line in lines if line.fate is Fate.BODY]
    titles = [line for line in lines if line.fate is Fate.METADATA]
    title = Found(titles[0].text, titles[0].number, "a rule") if titles else None
    outlet = Found(f"Gulf Desk {len(body)}", None, "a rule") if version != 3 else None
    return Article(
        lines=tuple(lines),
        blocks=tuple(
            Block(kind=BlockKind.PARAGRAPH, text=line.text, first=line.number, last=line.number)
            for line in lines
            if line.fate is Fate.BODY
        ),
        repairs=(),
        slips=told.lost,
        facts=Facts(title=title, outlet=outlet),
        body="\n\n".join(body),
        summary=tuple(body[:1]),
        key_points=tuple(body[: version + 1]),
        names=tuple(Name(word, "place") for text in body for word in re.findall("quay|pier", text)),
    )


# --------------------------------------------------------------------------- what editors do


@dataclass
class Wanted:
    """What an editor wrote, and must find again."""

    pieces: list[str] = field(default_factory=list)  # in the file, as they stand
    absent: list[str] = field(default_factory=list)  # keys that were deleted
    body: str | None = None  # all below the front matter, where that was changed


Edit = Callable[[str, str, Wanted], str]


def put(text: str, key: str, lines: str, wanted: Wanted) -> str:
    """Write a key with its value anew, or insert it before the last key."""
    wanted.pieces.append(lines)
    pattern = re.compile(rf"^{key}:.*\n(?:[ -].*\n)*", re.MULTILINE)
    if pattern.search(text):
        return pattern.sub(lambda _: lines, text, count=1)
    return text.replace("\nparsed:", f"\n{lines}parsed:")


def title(text: str, said: str, wanted: Wanted) -> str:
    single = said.replace("'", "''")
    return put(text, "title", f"title:   'T{single}'  # {said}\n", wanted)


def beside_title(text: str, said: str, wanted: Wanted) -> str:
    wanted.pieces.append(f"  # {said}\n")
    return re.sub(r"^(title:.*)$", lambda m: f"{m[1]}  # {said}", text, count=1, flags=re.M)


def without_outlet(text: str, said: str, wanted: Wanted) -> str:
    wanted.absent += ["outlet"] if "\noutlet:" in text else []
    return re.sub(r"^outlet:.*\n", "", text, flags=re.M)


def own_key(text: str, said: str, wanted: Wanted) -> str:
    block = f"mine: |  # {said}\n  {said}\n\n  # no comment {said}\n"
    return put(text, "mine", block, wanted)


def note(text: str, said: str, wanted: Wanted) -> str:
    return put(text, "note", f"note: >-\n  x {said}\n  y\n", wanted)


def correction(text: str, said: str, wanted: Wanted) -> str:
    lines = f"corrections:\n  # {said}\n- date: 2026-11-22\n  was: {quoted(said)}\n  now: b\n"
    return put(text, "corrections", lines, wanted)


def reviewed(text: str, said: str, wanted: Wanted) -> str:
    return put(text, "reviewed", f"reviewed: [0a1b2c3d, {quoted(said)}]   # {said}\n", wanted)


def comment(text: str, said: str, wanted: Wanted) -> str:
    wanted.pieces.append(f"\n# {said}\n")
    return text.replace("\nstory:", f"\n# {said}\nstory:")


def beside_parsed(text: str, said: str, wanted: Wanted) -> str:
    wanted.pieces.append(f"# {said}\n")
    return re.sub(r"^(parsed:.*)$", lambda m: f"{m[1]}  # {said}", text, flags=re.M)


def among_points(text: str, said: str, wanted: Wanted) -> str:
    wanted.pieces += [f"# {said}\n"] if "\nkey_points:\n" in text else []
    return text.replace("\nkey_points:\n", f"\nkey_points:\n  # {said}\n")


def among_overrides(text: str, said: str, wanted: Wanted) -> str:
    wanted.pieces += [f"# a {said}\n", f"# b {said}\n", "{line: 90, keep: 0a1b2c3d}"]
    lines = f"overrides:  # a {said}\n  - {{line: 90, keep: 0a1b2c3d}}\n  # b {said}\n"
    return text.replace("\nparsed:", f"\n{lines}parsed:")


def points(text: str, said: str, wanted: Wanted) -> str:
    return put(text, "key_points", f"key_points: # {said}\n  - {quoted(said)}\n  - b\n", wanted)


def summary(text: str, said: str, wanted: Wanted) -> str:
    loaded = load_entry(text, "briefings/a.md")[0]
    wanted.pieces.append(f"summary: {quoted(f's {said}')}\n")
    return edit_entry(loaded, {"summary": f"s {said}"}).text


def order(text: str, said: str, wanted: Wanted) -> str:
    wanted.pieces.append("---\nstatus: draft # x\n")
    text = re.sub(r"^status:.*\n", "", text, flags=re.M)
    return text.replace("---\n", "---\nstatus: draft # x\n", 1)


def topics(text: str, said: str, wanted: Wanted) -> str:
    return put(text, "topics", "topics: [ port,farming ]\n", wanted)


def in_body(change: Callable[[list[str], str], list[str]]) -> Edit:
    def edit(text: str, said: str, wanted: Wanted) -> str:
        front, line, body = text.partition("\n---\n")
        now = "\n\n".join(change(body.split("\n\n"), said))
        wanted.body = None if plain_body(now) == plain_body(body) else now
        return front + line + now

    return edit


EDITS: tuple[Edit, ...] = (
    title,
    beside_title,
    without_outlet,
    own_key,
    note,
    correction,
    reviewed,
    comment,
    beside_parsed,
    among_points,
    among_overrides,
    points,
    summary,
    order,
    topics,
    in_body(lambda blocks, said: [*blocks[:1], f"<!-- {said} -->", *blocks[1:]]),
    in_body(lambda blocks, said: [f"{blocks[0]} {said}", *blocks[1:]]),
    in_body(lambda blocks, said: blocks[1:]),
    in_body(lambda blocks, said: [f"  {said}", "", *blocks, "\n"]),
)
# A title can be changed only once, and a list of points and a body too.
ALONE = ({title, beside_title}, {points, among_points}, set(EDITS[-4:]))


def one_of_a_kind(edits: list[Edit]) -> list[Edit]:
    return [
        edit
        for n, edit in enumerate(edits)
        if not any(edit in kind and kind.intersection(edits[:n]) for kind in ALONE)
    ]


# --------------------------------------------------------------------------- any of these


_said = st.lists(
    st.sampled_from(
        ["#", ": ", "'", '"', "\\", "é", "{", "]", "- ", "…", "한", "x", " ", "~", "%"]
    ),
    max_size=5,
).map(lambda parts: f"ed{''.join(parts)}ed")
_lines = st.lists(st.sampled_from(POOL), min_size=2, max_size=6)
_edits = st.lists(st.sampled_from(EDITS), max_size=4, unique=True).map(one_of_a_kind)
_words = st.lists(st.tuples(st.integers(0, 5), st.booleans()), max_size=3)


def tell(loaded: LoadedEntry, article: Article, words: list[tuple[int, bool]]) -> LoadedEntry:
    """Keep and drop some lines; of two words on one line the second is about a line of before."""
    for place, keep in words:
        loaded = with_override(loaded, article.lines[place % len(article.lines)], keep=keep)
    return loaded


def build(loaded: LoadedEntry, source: SourceFile, version: int, *, reparse: bool) -> LoadedEntry:
    """Bring an entry up to its source, as a build or `reparse` does; then nothing is to be done."""
    if not reparse and is_up_to_date(loaded.entry, source.sha256):
        return loaded
    article = read(source, loaded.entry.overrides, version)
    try:
        now = update_entry(loaded, source, article, parser=version)
    except ProblemError as refused:
        assert "nothing of this text was kept" in str(refused)
        return loaded
    now = now or loaded
    assert is_up_to_date(now.entry, source.sha256)
    assert update_entry(now, source, article, parser=version) is None
    assert "body" in now.entry.edited or now.entry.body == plain_body(article.body)
    return now


def check(loaded: LoadedEntry, wanted: Wanted, before: LoadedEntry) -> None:
    plain = loaded.text.replace("\r\n", "\n")
    for piece in wanted.pieces:
        assert piece in plain
    if wanted.body is not None:
        assert plain.partition("\n---\n")[2] == wanted.body
    now, was = loaded.entry, before.entry
    for key in wanted.absent:
        assert getattr(now, key) is None
    for key in ("overrides", "id", "slug", "added", "story", "note", "corrections", "reviewed"):
        assert getattr(now, key) == getattr(was, key)


@settings(max_examples=many(short=500, long=2000), derandomize=True)
@given(_lines, _lines, _edits, _said, _words, st.integers(1, 3), st.booleans(), st.booleans())
def test_nothing_an_editor_wrote_is_ever_lost(
    first: list[str],
    later: list[str],
    edits: list[Edit],
    said: str,
    words: list[tuple[int, bool]],
    version: int,
    windows: bool,
    reparse: bool,
) -> None:
    source, wanted = source_of(first), Wanted()
    article = read(source, (), 1)
    try:
        made = make_entry(
            source, article, parser=1, added=NOW, story="quay", taken_slugs=(), language="en"
        )
    except ProblemError:
        return  # nothing but furniture
    text = made.text
    for edit in edits:
        text = edit(text, said, wanted)
    if windows:
        text = text.replace("\n", "\r\n")
    told = tell(load_entry(text, made.path)[0], article, words)
    check(told, wanted, told)
    now = build(told, source, 1, reparse=False)
    check(now, wanted, told)
    now = build(now, source_of(later), version, reparse=reparse)
    check(now, wanted, told)
