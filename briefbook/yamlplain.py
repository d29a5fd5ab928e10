"""The YAML that this program writes -> its tree, in one pass.

A fast way for most entries of a site: keys at the left margin, and behind them a text in double
quotes, a plain word, a list or a group on one line, or a list with an item a line. Anything else (a
comment, another quote, a blank line, a key without a value or one that stands twice) is not read
here at all, and `yamltree.py` reads it. So this way has no mistakes to report, and gives the same
nodes as that one; a test compares the two.
"""

import re

from briefbook.yamlnodes import ListNode, MappingNode, Node, ScalarNode

_MOST_KEYS = 200  # of one group, far below what is refused
_DEEPEST = 8  # levels, far below what is refused

# What may stand between double quotes as it is: nothing that cannot be seen, ends a line for YAML
# or may not stand in it. These are the few that may not: a class of the many would take Python
# longer to compile than a small build has for all else.
_SHOWN = r"^\x00-\x1f\"\\\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff"
# Those that YAML and Python write alike, and no half of a character.
_ESCAPE = (
    r"\\(?:[\"\\nrt]|x[0-9a-f]{2}|u(?!d[89a-f])[0-9a-f]{4}|"
    r"U000[1-9a-f][0-9a-f]{4}|U0010[0-9a-f]{4})"
)
_QUOTED = rf'"([{_SHOWN}]*(?:{_ESCAPE}[{_SHOWN}]*)*)"'
# Words that end where YAML ends them too, as no space, comma, bracket or sign of its own is in
# them. Behind a key of its own line a word may hold more than inside brackets.
_WORD = r"([A-Za-z0-9][A-Za-z0-9_./:~%+=@-]*)(?<!:)"
_INNER_WORD = r"([A-Za-z0-9][A-Za-z0-9_./-]*)"
_NAME = r"([A-Za-z_][A-Za-z0-9_]{0,60})"

# A key with its value, an item with a line of its own; a key with its value in braces, an item in
# brackets, both with what stands behind them.
_PAIR = re.compile(rf"{_NAME}: (?:{_QUOTED}|{_WORD})\n")
_ITEM = re.compile(rf"  - (?:{_QUOTED}|{_WORD})\n")
_INNER_PAIR = re.compile(rf"{_NAME}: (?:{_QUOTED}|{_INNER_WORD})(?:, |(?=\}}))")
_INNER_ITEM = re.compile(rf"(?:{_QUOTED}|{_INNER_WORD})(?:, |(?=\]))")
# The same with a list or a group as the value.
_KEY = re.compile(rf"{_NAME}:(?: (?=[\[{{])|\n(?=  - ))")
_DASH = "  - "
_INNER_KEY = re.compile(rf"{_NAME}: (?=[\[{{])")


class _OtherError(Exception):
    """The text is written in another way."""


def read_plain(text: str, first_line: int) -> MappingNode | None:
    r"""Read a mapping that is written as this program writes it.

    Args:
        text: The YAML, each of its lines ended with \n.
        first_line: The physical line of the file on which `text` starts.

    Returns:
        Its tree, as `read_tree` gives it; None: it is written in another way, or wrong.
    """
    try:
        return _Reader(text, first_line).read()
    except _OtherError:
        return None


class _Reader:
    """Reads one text from its start to its end."""

    def __init__(self, text: str, first_line: int) -> None:
        self._text = text
        self._line = first_line
        self._at = 0

    def read(self) -> MappingNode:
        text, first_line = self._text, self._line
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        value: Node | None = None
        while self._at < len(text):
            at, line = self._at, self._line
            match = _PAIR.match(text, at) or _KEY.match(text, at)
            if match is None or match[1] in pairs:
                raise _OtherError
            name = match[1]
            key = ScalarNode(name, True, at, at + len(name), line)
            self._at = match.end()
            if match.re is _PAIR:
                self._line += 1
                value = _scalar(match[2], match[3], key.end + 2, self._at - 1, line)
            elif text[self._at - 1] == "\n":
                self._line += 1
                value = self._items()
            else:
                value = self._rest_of_line()
            pairs[name] = (key, value)
        if value is None or len(pairs) > _MOST_KEYS:
            raise _OtherError
        return MappingNode(tuple(pairs.values()), 0, value.end, first_line, False)

    def _items(self) -> ListNode:
        """Read a list with an item a line."""
        text, start, line = self._text, self._at + 2, self._line
        items: list[Node] = []
        while text.startswith(_DASH, self._at):
            at = self._at + len(_DASH)
            if match := _ITEM.match(text, self._at):
                self._at = match.end()
                items.append(_scalar(match[1], match[2], at, self._at - 1, self._line))
                self._line += 1
            else:
                self._at = at
                items.append(self._rest_of_line())
        return ListNode(tuple(items), start, items[-1].end, line)

    def _rest_of_line(self) -> Node:
        """Read a list in brackets or a group in braces, and the end of the line behind it."""
        value = self._enclosed(1)
        if not self._text.startswith("\n", self._at):
            raise _OtherError
        self._at += 1
        self._line += 1
        return value

    def _enclosed(self, depth: int) -> Node:
        opening = self._text[self._at : self._at + 1]
        if depth > _DEEPEST or opening not in ("[", "{"):
            raise _OtherError
        return self._group(depth) if opening == "{" else self._list(depth)

    def _list(self, depth: int) -> ListNode:
        text, start, line = self._text, self._at, self._line
        at = start + 1
        items: list[Node] = []
        while not text.startswith("]", at) or text.startswith(", ", at - 2):
            if match := _INNER_ITEM.match(text, at):
                quoted, word = match.groups()
                after = match.end()
                end = after - 2 if text[after - 1] == " " else after
                items.append(_scalar(quoted, word, at, end, line))
                at = after
            else:
                self._at = at
                items.append(self._enclosed(depth + 1))
                at = self._behind("]")
        self._at = at + 1
        return ListNode(tuple(items), start, self._at, line)

    def _group(self, depth: int) -> MappingNode:
        text, start, line = self._text, self._at, self._line
        at = start + 1
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        while not text.startswith("}", at) or text.startswith(", ", at - 2):
            match = _INNER_PAIR.match(text, at) or _INNER_KEY.match(text, at)
            if match is None or match[1] in pairs or len(pairs) == _MOST_KEYS:
                raise _OtherError
            name = match[1]
            key = ScalarNode(name, True, at, at + len(name), line)
            at = match.end()
            if match.re is _INNER_PAIR:
                end = at - 2 if text[at - 1] == " " else at
                value: Node = _scalar(match[2], match[3], key.end + 2, end, line)
            else:
                self._at = at
                value = self._enclosed(depth + 1)
                at = self._behind("}")
            pairs[name] = (key, value)
        self._at = at + 1
        return MappingNode(tuple(pairs.values()), start, self._at, line, True)

    def _behind(self, closing: str) -> int:
        """Return where it goes on behind a list or group inside another one."""
        if self._text.startswith(", ", self._at):
            return self._at + 2
        if self._text.startswith(closing, self._at):
            return self._at
        raise _OtherError


def _scalar(quoted: str | None, word: str, start: int, end: int, line: int) -> ScalarNode:
    if quoted is None:
        return ScalarNode(word, True, start, end, line)
    if "\\" in quoted:
        quoted = _unescaped(quoted)
    return ScalarNode(quoted, False, start, end, line)


def _unescaped(quoted: str) -> str:
    """Return what a text with escapes means; Python reads all of `_ESCAPE` as YAML does."""
    return quoted.encode("raw_unicode_escape").decode("unicode_escape")
