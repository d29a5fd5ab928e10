"""YAML text -> a tree of nodes that know where they stand.

Comes in: the text of one YAML document. Goes out: its mapping, every node with its characters, its
offsets and its physical line, and every mistake of form. PyYAML's own loader is not used because it
lets duplicate keys pass, follows aliases and forgets positions; its event parser (the C one) tells
all that is needed and is faster than composing.

Refused, because no editor needs them and each can hurt: anchors, aliases, tags and merge keys (an
alias bomb is a few lines), nesting below `DEEPEST`, and documents above `LONGEST`.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from briefbook.problems import Place, Problem, ProblemError, error

DEEPEST = 20  # levels of lists and mappings; the deepest file of ours has four
LONGEST = 512 * 1024  # characters; a thousand topics with ten words each need about a quarter

# PyYAML without libyaml has no C loader; the slow one gives the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_LINE_END = re.compile(r"\r\n|\n|\r")
# What YAML 1.1 allows in a stream (its production c-printable).
_UNREADABLE = re.compile("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_KEEPS_BLANK_LINES = re.compile(r"[|>]\d?\+")

_QUOTE_IT = 'check this line; a value with ": ", " #" or quotes in it must stand in double quotes'


@dataclass(frozen=True, slots=True)
class ScalarNode:
    """A single value, as written."""

    text: str  # its characters, unquoted and unescaped, not resolved to a number or a date
    plain: bool  # written without quotes, | or >
    start: int  # offset of its first character in the text
    end: int  # offset behind its last one, without the blank lines that follow
    line: int  # physical line, 1-based


@dataclass(frozen=True, slots=True)
class ListNode:
    """A list."""

    items: tuple["Node", ...]
    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class MappingNode:
    """Keys and their values, in the order written."""

    pairs: tuple[tuple[ScalarNode, "Node"], ...]
    start: int
    end: int
    line: int
    flow: bool  # written in braces


Node = ScalarNode | ListNode | MappingNode


def read_tree(
    text: str, path: str, *, first_line: int = 1
) -> tuple[MappingNode | None, tuple[Problem, ...]]:
    """Read one YAML mapping.

    Args:
        text: The YAML, without a byte order mark.
        path: The file it stands in, for problems.
        first_line: The physical line of the file on which `text` starts.

    Returns:
        The mapping, or None when the text has no value or cannot be read at all; and every mistake.
    """
    reader = _Reader(text, path, first_line)
    try:
        root = reader.read()
    except ProblemError as stopped:
        return None, (*reader.problems, *stopped.problems)
    return root, tuple(reader.problems)


class _Reader:
    """Builds the tree of one text; collects what is wrong with it."""

    def __init__(self, text: str, path: str, first_line: int) -> None:
        self.problems: list[Problem] = []
        self._text = text
        self._path = path
        self._first_line = first_line
        # YAML counts U+0085, U+2028 and U+2029 as line ends, editors do not; so lines are ours.
        self._line_starts = [0, *(match.end() for match in _LINE_END.finditer(text))]

    def read(self) -> MappingNode | None:
        self._refuse_unreadable()
        events = self._events()
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                break
        else:
            return None
        root = self._node(next(events), events, depth=1)
        for _ in events:  # what follows may be broken too, or be a second document
            pass
        if isinstance(root, MappingNode):
            return root
        if isinstance(root, ScalarNode) and not root.text:
            return None
        raise ProblemError(
            error(
                self._place(root.start),
                f"this must be lines of 'key: value', not {describe(root)}",
                "write each setting on its own line as 'key: value'",
            )
        )

    def _refuse_unreadable(self) -> None:
        if len(self._text) > LONGEST:
            self._stop(0, f"more than {LONGEST // 1024} KiB of YAML", "make it shorter")
        if found := _UNREADABLE.search(self._text):
            self._stop(
                found.start(),
                f"the character U+{ord(found[0]):04X} is not allowed in YAML",
                "delete it; it is invisible in most editors",
            )

    def _events(self) -> Iterator[yaml.Event]:
        """Yield the parser's events; its complaints become problems, and nothing else passes."""
        documents = 0
        try:
            for event in yaml.parse(self._text, Loader=_LOADER):
                if isinstance(event, yaml.DocumentStartEvent):
                    documents += 1
                    if documents > 1:
                        where = _start(event)
                        self._stop(where, "a second YAML document starts here", "delete the '---'")
                self._refuse_machinery(event)
                yield event
        except yaml.MarkedYAMLError as broken:
            mark = broken.problem_mark or broken.context_mark
            where = min(mark.index, len(self._text)) if mark else 0
            if where and not self._text[where:].strip():  # "at the end" helps nobody
                where = broken.context_mark.index if broken.context_mark else where
            self._stop(where, f"this is not valid YAML: {broken.problem}", _QUOTE_IT)

    def _refuse_machinery(self, event: yaml.Event) -> None:
        where = _start(event)
        if getattr(event, "anchor", None) is not None:
            self._stop(
                where,
                "YAML anchors (&) and aliases (*) are not read",
                "write the value out; a text that starts with & or * needs double quotes",
            )
        if getattr(event, "tag", None) is not None:
            self._stop(
                where,
                "YAML tags (!) are not read",
                "leave the tag out; a text that starts with ! needs double quotes",
            )

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        if depth > DEEPEST:
            where = _start(event)
            self._stop(where, f"nested deeper than {DEEPEST} levels", "write it flatter")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, events, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(event, events, depth)
        return self._scalar(event)

    def _scalar(self, event: yaml.Event) -> ScalarNode:
        assert isinstance(event, yaml.ScalarEvent)
        start, end = _start(event), _end(event)
        if event.style in ("|", ">") and not _KEEPS_BLANK_LINES.match(self._text, start):
            end = start + len(self._text[start:end].rstrip())
        # The parser says None for an unquoted value, although its type stub says str.
        plain = not event.style
        return ScalarNode(event.value, plain, start, end, self._line(start))

    def _list(
        self, event: yaml.SequenceStartEvent, events: Iterator[yaml.Event], depth: int
    ) -> ListNode:
        start = _start(event)
        items = []
        while not isinstance(following := next(events), yaml.SequenceEndEvent):
            items.append(self._node(following, events, depth + 1))
        # The end mark of a block list lies behind the blank lines and comments that follow it.
        end = _end(following) if event.flow_style or not items else items[-1].end
        return ListNode(tuple(items), start, end, self._line(start))

    def _mapping(
        self, event: yaml.MappingStartEvent, events: Iterator[yaml.Event], depth: int
    ) -> MappingNode:
        start = _start(event)
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        while not isinstance(following := next(events), yaml.MappingEndEvent):
            key = self._key(self._node(following, events, depth + 1))
            value = self._node(next(events), events, depth + 1)
            if key.text in pairs:
                self._report_twice(pairs[key.text][0], key)
            pairs.setdefault(key.text, (key, value))
        last = next(reversed(pairs.values()))[1] if pairs else None
        end = _end(following) if event.flow_style or last is None else last.end
        return MappingNode(
            tuple(pairs.values()), start, end, self._line(start), bool(event.flow_style)
        )

    def _key(self, node: Node) -> ScalarNode:
        if not isinstance(node, ScalarNode) or not node.text:
            self._stop(
                node.start,
                f"{describe(node)} stands where a key is expected",
                "write 'key: value', the key a plain word",
            )
        elif node.plain and node.text == "<<":
            self._stop(node.start, "YAML merge keys (<<) are not read", "write the keys out")
        assert isinstance(node, ScalarNode)
        return node

    def _report_twice(self, first: ScalarNode, second: ScalarNode) -> None:
        self.problems.append(
            error(
                self._place(second.start),
                f"the key '{second.text}' stands twice, on lines {first.line} and {second.line}",
                "delete one of the two",
            )
        )

    def _stop(self, where: int, what: str, fix: str) -> None:
        raise ProblemError(error(self._place(where), what, fix))

    def _place(self, where: int) -> Place:
        return Place(self._path, self._line(where))

    def _line(self, where: int) -> int:
        return self._first_line + bisect_right(self._line_starts, where) - 1


def _start(event: yaml.Event) -> int:
    assert event.start_mark is not None
    return event.start_mark.index


def _end(event: yaml.Event) -> int:
    assert event.end_mark is not None
    return event.end_mark.index


_NUMBER = re.compile(r"[-+]?\d[\d_]*(\.\d+)?")


def describe(node: Node) -> str:
    """Say in plain words what a node is, such as "a list" or "a number"."""
    if isinstance(node, ListNode):
        return "a list"
    if isinstance(node, MappingNode):
        return "a group of keys"
    if not node.text:
        return "nothing"
    return "a number" if is_number(node) else "a text"


def is_number(node: Node) -> bool:
    """Tell whether a value was written as a number, without quotes."""
    return isinstance(node, ScalarNode) and node.plain and _NUMBER.fullmatch(node.text) is not None
