"""YAML as editors write it, as programs write it, and as nobody should."""

from collections.abc import Callable

from briefbook.briefing.writing import KEY_ORDER
from briefbook.config import OUTLET_KEYS, SITE_KEYS, TOPIC_KEYS
from briefbook.reading import HEADER_KEYS
from tests.torture.fuzzing import pieces, texts
from tests.torture.fuzzing.draw import Draw

_SITE = tuple(key for key, _ in SITE_KEYS)
_SITE_GROUPS = tuple(
    f"{group}.{key}"
    for group, keys in (("topics", TOPIC_KEYS), ("outlets", OUTLET_KEYS))
    for key, _ in keys
)
_HEADER = tuple(key for key, _ in HEADER_KEYS)
_ENTRY = KEY_ORDER
_ENTRY_GROUPS = tuple(
    f"{group}.{key}"
    for group, keys in (
        ("corrections", "date kind field was now why draft"),
        ("overrides", "line fate text"),
        ("parsed", "source sha256 parser wrote issued overrides"),
    )
    for key in keys.split()
)
_FRONTS = (
    "title: Ferry\nadded: 2026-11-21\n",
    'id: urn:uuid:5b2c4f3e-5d0b-5b8e-9c57-8f3f2a1f7c11\nslug: ferry\ntitle: "Ferry"\n'
    "added: 2026-11-21T18:00:00Z\n",
    'title: "Ferry"  # mine\npublished: 2026-05-03\nown: {a: [b, "c"]}\n',
)
_PARSED = (
    f"parsed: {{source: sources/a.txt, sha256: {'a' * 64}, parser: 3,"
    " wrote: {title: 51ab03c2}}\n",
    f"parsed: {{source: sources/a.txt, sha256: {'b' * 64}, parser: 3, wrote: {{title: 1, a: 2}},"
    " issued: {slug: ferry, title: Ferry, status: published, corrections: 1}}\n",
    "parsed: {source: a}\n",
)

_PLAIN = (
    *("ferry", "on", "no", "null", "~", "", "1899", "1e3", "0x1F", "0o17", "12:30:45", "true"),
    *("2026-13-45", "2026-11-21", "2026-11-21T18:00:00+09:00", "2026-11-21 18:00 Z", "0001-01-01"),
    *("9999-12-31T23:59:59-12:00", "1000-01-01T00:00:00+14:00", "9" * 400, "-1", "1_000", ".inf"),
    *("en", "pt-BR", "xx-yy-zz-11111111111", "ko_KR", "Asia/Seoul", "Mars/Base", "UTC", "../etc"),
    *("https://harbour.example/news/", "http://[::1", "https://a:99999/", "javascript:alert(1)"),
    *("full", "EXTRACT", "ful", "draft", "published", "withdrawn", "scheduled", "hidden", "port"),
    *(
        "Update #2",
        "a: b",
        "- a",
        "[a",
        "{a",
        "*a",
        "&a b",
        "!!str a",
        "!a",
        "@a",
        "`a",
        "%a",
        "? a",
    ),
    *(
        "a #b",
        "#",
        '"',
        "'",
        "|",
        ">",
        ":",
        "-",
        "<<",
        "=",
        ",",
        "]",
        "}",
        "\\",
        "urn:uuid:" + "0" * 36,
    ),
    *(
        "5b2c4f3e",
        "a-b-c",
        "-a",
        "a--b",
        "a" * 81,
        "ABC",
        "/",
        "sources/a.txt",
        "Etc/GMT+25",
        "e" * 64,
    ),
    *("urn:uuid:5b2c4f3e-5d0b-5b8e-9c57-8f3f2a1f7c11", "https://user@x.example/?a#b", "0", "1001"),
)
# What may stand behind a key, so that whole files are right at times.
_TEXTS = ("Ferry", "Harbour Post", '"Update #2: “new”"', "'it''s'", "1899", "on", "Ferry  # why")
_LISTS = ("[Ana Reyes, O’Hara]", '["a", "b, c"]', "[]", "Ana Reyes", '"one"')
_DAYS = (
    *("2026-11-21", "2026-11-21T18:00:00+09:00", "2026-11-21 18:00 Z", "1000-01-01", "9998-12-31"),
    *("2026-1-2", "2026-11-21T06:00", '"2026-02-28"', "1000-01-01T00:00+14:00"),
)
_SLUGS = ("port", "farming", "a-b-c", "[port, farming]", "[]", '["port"]')
_ADDRESSES = ("https://harbour.example/news", '"http://[::1]:80/a?b=c&copy=1#d"', "https://a.b/ü")
_OF_TEXTS = "title outlet origin name note about description summary why was now".split()
_OF_LISTS = "authors key_points people organisations places review reviewed".split()
_GOOD: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(_OF_TEXTS, _TEXTS),
    **dict.fromkeys([*_OF_LISTS, "own_outlets", "words", "require", "exclude"], _LISTS),
    **dict.fromkeys("published retrieved publish_after added updated date".split(), _DAYS),
    **dict.fromkeys("aliases topics former_stories".split(), _SLUGS),
    **dict.fromkeys("slug story".split(), _SLUGS[:3]),
    **dict.fromkeys("url base_url home".split(), _ADDRESSES),
    "language": ("en", "pt-BR", "ko", "zh-Hant-TW"),
    "timezone": ("UTC", "Asia/Seoul", "Etc/GMT+12", "America/St_Johns"),
    "publish": ("full", "extract", "Full"),
    "status": ("draft", "published", "withdrawn"),
    "kind": ("correction", "clarification", "update", "retraction"),
    "id": ("urn:uuid:5b2c4f3e-5d0b-5b8e-9c57-8f3f2a1f7c11",),
    "feed_length": ("1", "40", "1000"),
    "search": ("true", "false"),
    "draft": ("true", "false"),
    "parts": ("[stories, names]", "[]", "twins"),
}
_ODD_LINES = (
    *(
        "# a comment",
        "",
        "   ",
        "---",
        "...",
        "%YAML 1.1",
        "\t",
        "- a",
        "? a",
        ": b",
        "<<: *a",
        "a",
    ),
    *("&a a: b", "*a : b", "!!map", "{a: b}", "[a]", '"a": b', "'a': b", "a:b", "  a: b", "    b"),
    *(
        "[1]: 2",
        "{a: 1}: 2",
        "a: &x [*x, *x]",
        "a: !!python/object:os.system ls",
        "a: |+",
        "\ufeff",
    ),
)


def mapping(draw: Draw, keys: tuple[str, ...], lists: tuple[str, ...] = ()) -> str:
    """Return lines of a mapping whose keys are mostly known.

    Args:
        draw: The choices.
        keys: Those that are known.
        lists: Those of them that hold groups, with the keys of these behind a dot: "topics.slug".
    """
    grouped: dict[str, list[str]] = {}
    for name in lists:
        group, _, key = name.partition(".")
        grouped.setdefault(group, []).append(key)
    rows: list[str] = []
    for _ in range(draw.below(14)):
        if draw.is_empty:
            break
        rows += _entry(draw, keys, grouped, "")
    if not draw.seldom(10):  # each key once, as a key that stands twice is all that would be seen
        rows = _once(rows)
    if draw.seldom(5):
        rows = _damaged(draw, rows)
    end = draw.pick(("\n", "\n", "\n", "\r\n", "\r"))
    return end.join([*rows, ""])


def _entry(
    draw: Draw, keys: tuple[str, ...], grouped: dict[str, list[str]], indent: str
) -> list[str]:
    if draw.seldom(24):
        return [indent + draw.pick(_ODD_LINES)]
    key = draw.pick(keys)
    if draw.seldom(40):
        key = draw.pick(
            (key[:-1], key.upper(), f'"{key}"', f"{key} ", "own", "note2", texts.noise(draw))
        )
    if key in grouped and not draw.seldom(4):
        return [f"{indent}{key}:", *_groups(draw, tuple(grouped[key]), indent)]
    if key in _GOOD and draw.below(12):
        return [f"{indent}{key}: {draw.pick(_GOOD[key])}"]
    comment = draw.pick(("", "", "", "  # why", " #", "#x"))
    shape = draw.below(8)
    if shape == 0:
        return [f"{indent}{key}:", *(f"{indent}  - {_scalar(draw)}" for _ in range(draw.below(4)))]
    if shape == 1:
        mark = draw.pick(("|", ">", "|-", ">+", "|2", "|+"))
        lines = draw.some(texts.line, 3)
        return [f"{indent}{key}: {mark}{comment}", *(f"{indent}  {row}" for row in lines)]
    if shape == 2:
        items = ", ".join(_scalar(draw) for _ in range(draw.below(4)))
        return [f"{indent}{key}: [{items}]{comment}"]
    if shape == 3 and draw.seldom(2):
        pairs = ", ".join(f"{draw.pick(keys)}: {_scalar(draw)}" for _ in range(draw.below(4)))
        return [f"{indent}{key}: {{{pairs}}}{comment}"]
    if shape == 4 and draw.seldom(2):
        deep = draw.below(40)
        return [f"{indent}{key}: {'[' * deep}{']' * deep}"]
    return [f"{indent}{key}: {_scalar(draw)}{comment}"]


def _once(rows: list[str]) -> list[str]:
    """Take out the rows of a key that stood above already."""
    found: dict[str, list[str]] = {}
    key, again = "", False
    for row in rows:
        if not row.startswith((" ", "-")):
            key = row.partition(":")[0]
            again = key in found
        if not again:
            found.setdefault(key, []).append(row)
    return [row for some in found.values() for row in some]


def _groups(draw: Draw, keys: tuple[str, ...], indent: str) -> list[str]:
    found: list[str] = []
    for _ in range(draw.below(4)):
        rows = _once([row for _ in range(2 + draw.below(4)) for row in _entry(draw, keys, {}, "")])
        found += [f"{indent}  {'  ' if n else '- '}{row}" for n, row in enumerate(rows)]
    return found


def _scalar(draw: Draw) -> str:
    shape = draw.below(6)
    if shape <= 1:
        return draw.pick(_PLAIN)
    if shape == 2:
        return _quoted(draw, texts.sentence(draw))
    if shape == 3:
        return _quoted(draw, texts.noise(draw))
    if shape == 4:
        return draw.pick(pieces.DATES)
    return draw.pick((*pieces.PEOPLE, *pieces.GROUPS))


def _quoted(draw: Draw, text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return draw.pick(
        (f'"{escaped}"', "'{}'".format(text.replace("'", "''")), f'"{text}"', f"'{text}'", text)
    )


def _damaged(draw: Draw, rows: list[str]) -> list[str]:
    at = draw.below(len(rows) + 1)
    changes: tuple[Callable[[], list[str]], ...] = (
        lambda: [*rows[:at], draw.pick(_ODD_LINES), *rows[at:]],
        lambda: [*rows, *rows],
        lambda: rows[at:],
        lambda: [f" {row}" for row in rows],
        lambda: [*rows[:at], *(texts.damaged(draw, row) for row in rows[at:])],
        lambda: [*rows[:at], *pieces.MARKS_OF_GIT[:3], *rows[at:]],
        lambda: [row.replace(": ", ":\t") for row in rows],
    )
    return draw.pick(changes)()


def site_text(draw: Draw) -> str:
    """Return what may be a `site.yaml`."""
    if draw.seldom(8):
        return texts.raw_text(draw)
    return draw.pick(("", "title: Harbour Brief\n")) + mapping(draw, _SITE, _SITE_GROUPS)


def source_text(draw: Draw) -> str:
    """Return a source that mostly has a header; bytes that are no UTF-8 stand as surrogates."""
    if draw.seldom(8):
        return texts.raw_text(draw)
    text = header(draw) + draw.pick(("", "\n", "\r\n")) + texts.article(draw)
    return text.encode("utf-8", "replace").decode("utf-8", "surrogateescape")


def header(draw: Draw) -> str:
    """Return what may be the header of a source."""
    return f"{_rule(draw)}{mapping(draw, _HEADER)}{_rule(draw)}"


def entry_text(draw: Draw) -> str:
    """Return what may be the file of an entry."""
    if draw.seldom(8):
        return texts.raw_text(draw)
    parsed = draw.pick(("", "", *_PARSED))
    front = draw.pick(("", *_FRONTS)) + mapping(draw, _ENTRY, _ENTRY_GROUPS) + parsed
    return f"{_rule(draw)}{front}{_rule(draw)}{texts.article(draw)}"


def _rule(draw: Draw) -> str:
    if draw.seldom(12):
        return draw.pick(("--- \n", "\ufeff---\n", "----\n", "", " ---\n", "---", "---\r"))
    return "---\n"
