"""What an editor says of a text beside it -> the header above the text.

Comes in: the values of options, the bytes of a text. Goes out: the same bytes below a header that
says both. The text itself is never touched: a header is put before it in its own encoding and with
its own line ends, or the one it has is given the further values.
"""

import codecs
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import tzinfo

from briefbook.briefing import Value, key_lines, rewrite_front_matter
from briefbook.model import Header, SourceFile
from briefbook.problems import Place, Problem, in_order
from briefbook.reading import HEADER_KEYS, read_header, split_lines

Given = Mapping[str, str | Sequence[str] | None]
# The keys that an option says one value of, several times if need be.
_SINGLE = {"authors": "author", "topics": "topic"}
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
_LINE_END = re.compile(r"\r\n|\n|\r")


def option_of(key: str) -> str:
    """Return the option that says a key of a header, such as --author."""
    return f"--{_SINGLE.get(key, key)}"


def read_given(given: Given, zone: tzinfo) -> tuple[Header, tuple[Problem, ...]]:
    """Read what options say of a text, as strictly as a header is read.

    Args:
        given: Key of a header -> what was given for it; None or nothing is not given.
        zone: The time zone of moments without an offset.

    Returns:
        The header, without what is wrong; and all that is, each at its option.
    """
    lines, keys = ["---"], []
    for key, value in given.items():
        if value:
            lines += key_lines(key, value if isinstance(value, str) else tuple(value))
            keys.append(key)
    if not keys:
        return Header(), ()
    header, _, problems = read_header((*lines, "---"), "options", zone)
    return header, in_order(_at_option(problem, keys) for problem in problems)


def _at_option(problem: Problem, keys: Sequence[str]) -> Problem:
    line = problem.place.line or 0
    known = 2 <= line < len(keys) + 2
    return replace(problem, place=Place(option_of(keys[line - 2]) if known else "the options"))


def values_of(header: Header) -> dict[str, Value]:
    """Return what a header says, by key, in the order they are written."""
    said = {key: getattr(header, key) for key, _ in HEADER_KEYS}
    return {
        key: str(value) if isinstance(value, str) else value
        for key, value in said.items()
        if value is not None
    }


def with_header(content: bytes, source: SourceFile, values: Mapping[str, Value]) -> bytes:
    """Return a text with a header that says some values; what else it has in one stays.

    Args:
        content: All bytes of the text.
        source: What reading made of them.
        values: By key; they win over what the header of the text says.
    """
    own = values_of(source.header)
    changes = {key: value for key, value in values.items() if own.get(key) != value}
    if not changes:
        return content
    mark = next((mark for mark in _MARKS if content.startswith(mark)), b"")
    codec = "utf-8" if source.encoding == "utf-8-sig" else source.encoding
    text = content[len(mark) :].decode(codec)
    end = _header_end(text, source.path)
    if end:
        header = rewrite_front_matter(text[:end], changes, path=source.path)
    else:
        found = _LINE_END.search(text)
        line_end = found[0] if found else "\n"
        lines = [line for key, value in changes.items() for line in key_lines(key, value)]
        header = "".join(f"{line}{line_end}" for line in ("---", *lines, "---"))
    below = content[len(mark) + len(text[:end].encode(codec)) :]
    return mark + _encoded(header, codec) + below


def _header_end(text: str, path: str) -> int:
    """Return the offset behind the header of a text; 0 where it has none."""
    _, taken, _ = read_header(split_lines(text), path)
    ends = [found.end() for _, found in zip(range(taken), _LINE_END.finditer(text), strict=False)]
    return 0 if not taken else ends[-1] if len(ends) == taken else len(text)


def _encoded(header: str, codec: str) -> bytes:
    """Encode a header; what the encoding does not have stands as an escape, in double quotes."""
    return b"".join(_encoded_character(character, codec) for character in header)


def _encoded_character(character: str, codec: str) -> bytes:
    try:
        return character.encode(codec)
    except UnicodeEncodeError:
        code = ord(character)
        escape = f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"
        return escape.encode(codec)
