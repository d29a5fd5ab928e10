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
from functools import lru_cache
from typing import NoReturn

import yaml

from briefbook.problems import Place, Problem, ProblemError, error
from briefbook.yamlnodes import ListNode, MappingNode, Node, ScalarNode, describe
from briefbook.yamlplain import read_plain

DEEPEST = 20  # levels of lists and mappings; the deepest file of ours has four
MOST_KEYS = 1000  # of one mapping; each unknown one is compared with all known ones
LONGEST = 512 * 1024  # characters; a thousand topics with ten words each need about a quarter

# PyYAML without libyaml has no C loader; the slow one gives the same events.
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_LINE_END = re.compile(r"\r\n|\n|\r")
# What YAML 1.1 does not allow in a stream (all but its production c-printable), and a byte order
# mark at its start, a second one of its file: libyaml does not count it, and all offsets behind it
# would be wrong by one.
_UNREADABLE = re.compile(
    "\\A\ufeff|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]"
)
_KEEPS_BLANK_LINES = re.compile(r"[|>]\d?\+")

_QUOTE_IT = 'check this line; a value with ": ", " #" or quotes in it must stand in double quotes'


@lru_cache(maxsize=2)  # what was just rewritten is read to verify it, and then to load it
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
    plain = read_plain(text, first_line) if len(text) <= LONGEST else None
    return (plain, ()) if plain else read_any_tree(text, path, first_line=first_line)


def read_any_tree(
    text: str, path: str, *, first_line: int = 1
) -> tuple[MappingNode | None, tuple[Problem, ...]]:
    """Read one YAML mapping, in whatever way it is written; like `read_tree`."""
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
        loader = _LOADER(self._text)
        self._next = loader.get_event
        try:
            return self._document()
        except yaml.MarkedYAMLError as broken:
            raise self._broken(broken) from broken
        finally:
            loader.dispose()

    def _refuse_unreadable(self) -> None:
        if len(self._text) > LONGEST:
            self._stop(0, f"more than {LONGEST // 1024} KiB of YAML", "make it shorter")
        if found := _UNREADABLE.search(self._text):
            self._stop(
                found.start(),
                f"the character U+{ord(found[0]):04X} is not allowed in YAML",
                "delete it; it is invisible in most editors",
            )

    def _document(self) -> MappingNode | None:
        self._next()  # the start of the stream
        if isinstance(self._next(), yaml.StreamEndEvent):
            return None
        root = self._node(self._next(), 1)
        self._next()  # the end of the document
        if isinstance(following := self._next(), yaml.DocumentStartEvent):
            self._stop(_start(following), "a second YAML document starts here", "delete the '---'")
        if isinstance(root, MappingNode):
            return root
        if isinstance(root, ScalarNode) and not root.text:
            return None
        return self._stop(
            root.start,
            f"this must be lines of 'key: value', not {describe(root)}",
            "write each setting on its own line as 'key: value'",
        )

    def _node(self, event: yaml.Event, depth: int) -> Node:
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if depth > DEEPEST:
            self._stop(_start(event), f"nested deeper than {DEEPEST} levels", "write it flatter")
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(event, depth)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._list(event, depth)
        return self._refuse_machinery(event)

    def _scalar(self, event: yaml.ScalarEvent) -> ScalarNode:
        if event.anchor is not None or event.tag is not None:
            self._refuse_machinery(event)
        start, end = _start(event), _end(event)
        if event.style in ("|", ">") and not self._ends_blank(event.value, start):
            end = start + len(self._text[start:end].rstrip())
        return ScalarNode(event.value, not event.style, start, end, self._line(start))

    def _ends_blank(self, value: str, start: int) -> bool:
        """Tell whether white space at the end of a block text is a part of what it says."""
        kept = _KEEPS_BLANK_LINES.match(self._text, start)
        return kept is not None or value.rstrip("\n") != value.rstrip()

    def _list(self, event: yaml.SequenceStartEvent, depth: int) -> ListNode:
        if event.anchor is not None or event.tag is not None:
            self._refuse_machinery(event)
        start = _start(event)
        items = []
        while not isinstance(following := self._next(), yaml.SequenceEndEvent):
            items.append(self._node(following, depth + 1))
        # The end mark of a block list lies behind the blank lines and comments that follow it.
        end = _end(following) if event.flow_style or not items else items[-1].end
        return ListNode(tuple(items), start, end, self._line(start))

    def _mapping(self, event: yaml.MappingStartEvent, depth: int) -> MappingNode:
        if event.anchor is not None or event.tag is not None:
            self._refuse_machinery(event)
        start = _start(event)
        pairs: dict[str, tuple[ScalarNode, Node]] = {}
        twice: set[str] = set()
        while not isinstance(following := self._next(), yaml.MappingEndEvent):
            key = self._key(self._node(following, depth + 1))
            value = self._node(self._next(), depth + 1)
            if len(pairs) == MOST_KEYS:
                self._stop(key.start, f"more than {MOST_KEYS} keys in one group", "delete some")
            if key.text in pairs and key.text not in twice:
                self._report_twice(pairs[key.text][0], key)
                twice.add(key.text)
            pairs.setdefault(key.text, (key, value))
        last = next(reversed(pairs.values()))[1] if pairs else None
        end = _end(following) if event.flow_style or last is None else last.end
        flow = bool(event.flow_style)
        return MappingNode(tuple(pairs.values()), start, end, self._line(start), flow)

    def _broken(self, broken: yaml.MarkedYAMLError) -> ProblemError:
        mark = broken.problem_mark or broken.context_mark
        where = min(mark.index, len(self._text)) if mark else 0
        if broken.context_mark and not self._text[where:].strip():  # "at the end" helps nobody
            where = broken.context_mark.index
        what = f"this is not valid YAML: {broken.problem}"
        return ProblemError(error(self._place(where), what, _QUOTE_IT))

    def _refuse_machinery(self, event: yaml.Event) -> NoReturn:
        if getattr(event, "tag", None) is not None:
            self._stop(
                _start(event),
                "YAML tags (!) are not read",
                "leave the tag out; a text that starts with ! needs double quotes",
            )
        self._stop(
            _start(event),
            "YAML anchors (&) and aliases (*) are not read",
            "write the value out; a text that starts with & or * needs double quotes",
        )

    def _key(self, node: Node) -> ScalarNode:
        if not isinstance(node, ScalarNode) or not node.text:
            self._stop(
                node.start,
                f"{describe(node)} stands where a key is expected",
                "write 'key: value', the key a plain word",
            )
        if node.plain and node.text == "<<":
            self._stop(node.start, "YAML merge keys (<<) are not read", "write the keys out")
        return node

    def _report_twice(self, first: ScalarNode, second: ScalarNode) -> None:
        self.problems.append(
            error(
                self._place(second.start),
                f"the key '{second.text}' stands twice, on lines {first.line} and {second.line}",
                "delete one of the two",
            )
        )

    def _stop(self, where: int, what: str, fix: str) -> NoReturn:
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
