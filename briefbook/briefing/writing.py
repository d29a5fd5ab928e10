"""Values -> the YAML that stands for them in the front matter of an entry.

Texts stand in double quotes with escapes for what cannot be seen, because unquoted YAML cuts
`Update #2`, breaks on `: ` and turns `on` into true. Only words of our own making, such as slugs,
stand plain, and only where every YAML reader takes them for a text.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import UTC, date, datetime
from functools import lru_cache

import yaml

Value = str | int | bool | date | datetime | tuple["Value", ...] | Mapping[str, "Value"]

# The order of keys in a file we write (DESIGN, section 4).
KEY_ORDER = (
    "id",
    "slug",
    "title",
    "outlet",
    "origin",
    "authors",
    "published",
    "date_basis",
    "added",
    "updated",
    "language",
    "url",
    "summary",
    "key_points",
    "people",
    "organisations",
    "places",
    "topics",
    "publish",
    "story",
    "status",
    "publish_after",
    "note",
    "aliases",
    "former_stories",
    "corrections",
    "overrides",
    "review",
    "reviewed",
    "parsed",
)

# Their values are words of our own making: no quotes where none are needed.
_WORDS = frozenset(
    {"id", "slug", "language", "url", "topics", "publish", "story", "status", "aliases"}
    | {"former_stories", "overrides", "reviewed", "parsed", "kind", "field"}
)
# Groups whose values are written after their own keys, not after the key they stand in.
_GROUPS = frozenset({"corrections", "issued"})
# Of whole sentences, or of groups of keys.
_BLOCK_LISTS = frozenset({"key_points", "review", "corrections", "overrides"})

_PLAIN = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./:~%+=@-]*(?<!:)")
_PLAIN_IN_FLOW = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]*")
# A number for YAML 1.2, which other programs read; the resolver below knows YAML 1.1.
_NUMBER = re.compile(r"\d+(\.\d*)?([eE][-+]?\d+)?|0o[0-7]+")
_RESOLVER = yaml.resolver.Resolver()

# A run of letters, a digit, or what stands between them.
_LETTERS_OR_DIGIT = re.compile(r"[^\W\d_]+|\d|[\W_]+")
_FIRST_UNSPACED = "\u0530"  # below: Latin, Greek, Cyrillic

_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t"}
# Control, format (bidi controls, byte order mark, soft hyphen), line and paragraph separator,
# surrogate, private use, and not assigned. But Persian and emoji need their joiners as they are.
_INVISIBLE = frozenset({"Cc", "Cf", "Zl", "Zp", "Cs", "Co", "Cn"})
_JOINERS = frozenset("\u200c\u200d")
# What `_escaped` does not leave as it is anyway.
_UNUSUAL = re.compile(r"[^ !#-\[\]-~]")

_REMEMBERED = 1 << 13  # words and characters; most come again in the next entry


def key_lines(key: str, value: Value, *, indent: str = "") -> list[str]:
    """Write one key with its value, as lines without line ends."""
    if isinstance(value, tuple) and value and key in _BLOCK_LISTS:
        items = (f"{indent}  - {inline(key, item)}" for item in value)
        return [f"{indent}{key}:", *items]
    return [f"{indent}{key}: {inline(key, value)}"]


def inline(key: str, value: Value, *, flow: bool = False) -> str:
    """Write the value of a key on one line; `flow`: inside brackets or braces."""
    if isinstance(value, str):
        if key == "issued":
            return sheltered(value)
        return word(value, flow=flow) if key in _WORDS else quoted(value)
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return moment(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return f"[{', '.join(inline(key, item, flow=True) for item in value)}]"
    if isinstance(value, Mapping):
        pairs = (
            f"{word(k, flow=True)}: {inline(_writes_as(key, k), v, flow=True)}"
            for k, v in value.items()
        )
        return f"{{{', '.join(pairs)}}}"
    return str(value)


def _writes_as(group: str, key: str) -> str:
    """Return the key whose way of writing a value inside a group follows."""
    return key if group == "corrections" or key in _GROUPS else group


def moment(value: datetime) -> str:
    """Write an aware moment: Z for UTC, else its offset; whole seconds."""
    text = value.replace(microsecond=0).isoformat()
    return text.replace("+00:00", "Z") if value.utcoffset() == UTC.utcoffset(None) else text


@lru_cache(maxsize=_REMEMBERED)
def word(text: str, *, flow: bool = False) -> str:
    """Write a text plain where that is safe, else quoted; `flow`: inside brackets or braces."""
    shape = _PLAIN_IN_FLOW if flow else _PLAIN
    if shape.fullmatch(text) and not _NUMBER.fullmatch(text):
        tag = _RESOLVER.resolve(yaml.ScalarNode, text, (True, False))  # type: ignore[no-untyped-call]
        if tag == "tag:yaml.org,2002:str":  # not no, 1e3, 2025-04-23, 12345678 …
            return text
    return quoted(text)


def quoted(text: str) -> str:
    """Write a text in double quotes."""
    return f'"{_all_escaped(text)}"'


def _all_escaped(text: str) -> str:
    return _UNUSUAL.sub(lambda match: _escaped(match[0]), text)


def sheltered(text: str) -> str:
    """Write a text in double quotes so that no word of it stands there as it is.

    Who replaces a word in a whole file means what is published from now on, not what is remembered
    of what was: with that word changed too nobody would know any more that there was a correction.
    """
    return f'"{"".join(map(_sheltered_word, _LETTERS_OR_DIGIT.findall(text)))}"'


@lru_cache(maxsize=_REMEMBERED)
def _sheltered_word(piece: str) -> str:
    if not piece[0].isalnum():
        return _all_escaped(piece)
    if piece[0] < _FIRST_UNSPACED:
        return _code(piece[0]) + _all_escaped(piece[1:])
    # Where words are not set apart, any two letters may be one.
    return "".join(_escaped(c) if n % 2 else _code(c) for n, c in enumerate(piece))


@lru_cache(maxsize=_REMEMBERED)
def _escaped(character: str) -> str:
    if character in _ESCAPES:
        return _ESCAPES[character]
    if " " <= character <= "~" or character in _JOINERS:
        return character
    if unicodedata.category(character) not in _INVISIBLE:
        return character
    return _code(character)


def _code(character: str) -> str:
    code = ord(character)
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
