"""The text of an entry file <-> its front matter and body; rewriting that touches nothing else.

Comes in: the whole text of a file in `briefings/`, an editor's. Goes out: its parts with their
positions, or the text with some values replaced. A rewrite replaces the characters of the changed
values and nothing else, so comments, key order, quoting, unknown keys and line ends stay; a comment
inside a replaced value moves above its key. Every rewrite is read again before it is handed out.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from briefbook.briefing.writing import KEY_ORDER, Value, inline, key_lines
from briefbook.problems import Place, ProblemError, error
from briefbook.yamlfields import ListNode, MappingNode, Node, ScalarNode, read_tree

_BOM = "\ufeff"
_LINE = re.compile(r"[^\r\n]*(\r\n|\n|\r|\Z)")
_COMMENT = re.compile(r"(?:^|(?<=[\s,\[\]{}:]))#[^\r\n]*")


@dataclass(frozen=True, slots=True)
class Parts:
    """An entry file, cut up; `text` is the whole of it."""

    text: str
    start: int  # offset of the first character below the opening ---
    end: int  # offset of the closing ---
    body_start: int  # offset of the first character below the closing ---

    @property
    def front(self) -> str:
        """The YAML between the two --- lines, each of its lines ended."""
        return self.text[self.start : self.end]

    @property
    def body(self) -> str:
        """All that stands below."""
        return self.text[self.body_start :]

    @property
    def line_end(self) -> str:
        r"""How lines of this file end: \r\n or \n, as its first line does."""
        return "\r\n" if self.text[: self.start].endswith("\r\n") else "\n"

    @property
    def body_line(self) -> int:
        """The physical line the body starts on, 1-based."""
        return len(_line_ends(self.text[: self.body_start])) + 1


def split(text: str, path: str) -> Parts:
    """Find front matter and body.

    Raises:
        ProblemError: The text does not start with front matter, or that has no end.
    """
    offset = 1 if text.startswith(_BOM) else 0
    start, opening = _next_line(text, offset)
    if opening.rstrip() != "---":
        what = "this file does not start with front matter"
        fix = 'start it with a line ---, then "title: …", then another line ---'
        raise ProblemError(error(Place(path, 1), what, fix))
    here = text.find("---", start)
    while here >= 0:
        if here == start or text[here - 1] in "\r\n":  # the start of a line
            after, line = _next_line(text, here)
            if line.rstrip() == "---":
                return Parts(text=text, start=start, end=here, body_start=after)
        here = text.find("---", here + 3)
    what = "the front matter that starts here has no end"
    fix = "put a line with only --- between the front matter and the text"
    raise ProblemError(error(Place(path, 1), what, fix))


def replace(
    text: str, changes: Mapping[str, Value | None], *, body: str | None = None, path: str = ""
) -> str:
    r"""Give some keys of an entry file new values, and leave everything else as it is.

    Args:
        text: The whole file.
        changes: Key -> its new value; None takes the key away. New keys are inserted in the order
            of `KEY_ORDER`, unknown ones before `parsed`. What a key says already is not rewritten.
        body: The new body, with \n line ends; None leaves it.
        path: The file, for problems.

    Raises:
        ProblemError: The front matter cannot be read.
        RuntimeError: The result would not say what it should; a fault of this program.
    """
    parts = split(text, path)
    before = _mapping(parts, path)
    said = {key.text: _spelt(value) for key, value in (before.pairs if before else ())}
    changes = {
        key: value
        for key, value in changes.items()
        if value is None or said.get(key) != _spelt_value(value)
    }
    front = _Rewrite(parts, before).apply(changes)
    below = parts.body if body is None else _with_line_ends(body, parts.line_end)
    result = text[: parts.start] + front + text[parts.end : parts.body_start] + below
    _verify(result, before, changes, below, path)
    return result


def _mapping(parts: Parts, path: str) -> MappingNode | None:
    tree, problems = read_tree(parts.front, path, first_line=2)
    if problems:
        raise ProblemError(*problems)
    if tree is not None and tree.flow:
        what = "the front matter is written in braces"
        raise ProblemError(error(Place(path, tree.line), what, "write each key on its own line"))
    return tree


class _Rewrite:
    """One rewriting of one front matter: a list of edits, applied from the end."""

    def __init__(self, parts: Parts, tree: MappingNode | None) -> None:
        self._front = parts.front
        self._eol = parts.line_end
        self._pairs = {key.text: (key, value) for key, value in (tree.pairs if tree else ())}
        self._indent = ""
        if tree is not None:
            first = line_start(self._front, tree.start)
            self._indent = self._front[first : tree.start]
        self._edits: list[tuple[int, int, str]] = []

    def apply(self, changes: Mapping[str, Value | None]) -> str:
        new: dict[int, list[tuple[str, Value]]] = {}
        for key in sorted(changes, key=_rank):
            value = changes[key]
            if key in self._pairs and value is None:
                self._remove(key, changes)
            elif key in self._pairs and value is not None:
                self._exchange(*self._pairs[key], value)
            elif value is not None:
                new.setdefault(self._place_for(key, changes), []).append((key, value))
        for where, pairs in new.items():
            lines = [line for key, value in pairs for line in self._lines(key, value)]
            self._edits.append((where, where, "".join(lines)))
        front = self._front
        for start, end, replacement in sorted(self._edits, reverse=True):
            front = front[:start] + replacement + front[end:]
        return front

    def _lines(self, key: str, value: Value) -> list[str]:
        return [line + self._eol for line in key_lines(key, value, indent=self._indent)]

    def _remove(self, name: str, changes: Mapping[str, Value | None]) -> None:
        key, value = self._pairs[name]
        start = line_start(self._front, key.start)
        end = line_after(self._front, value.end)
        comments = self._comment_lines(key, value, end)
        if not comments and self._is_behind_kept_blanks(name, changes):
            end = _behind_blanks(self._front, end)
        self._edits.append((start, end, comments))

    def _is_behind_kept_blanks(self, name: str, changes: Mapping[str, Value | None]) -> bool:
        """Tell whether blank lines in place of a key would be read as a part of the one before."""
        start = self._pairs[name][0].start
        above = [value for key, value in self._staying(changes).values() if key.start < start]
        return bool(above) and self._keeps_blanks(above[-1].end)

    def _staying(self, changes: Mapping[str, Value | None]) -> dict[str, tuple[ScalarNode, Node]]:
        """Return the pairs that are not taken away, in the order of the file."""
        return {
            name: pair for name, pair in self._pairs.items() if changes.get(name, "") is not None
        }

    def _keeps_blanks(self, end: int) -> bool:
        """Tell whether the value that ends there is a block text to which blank lines belong."""
        return self._front[:end].endswith(("\n", "\r"))

    def _exchange(self, key: ScalarNode, old: Node, value: Value) -> None:
        """Replace the characters of a value, or all behind the colon when its shape changes."""
        lines = key_lines(key.text, value)
        between = self._front[key.end : old.start]
        inline_before = old.end > old.start and not re.search(r"[\r\n#]", between)
        if len(lines) == 1 and inline_before:
            start, replacement = old.start, inline(key.text, value)
        else:
            start = key.end + between.index(":") + 1
            rest = [f" {inline(key.text, value)}"]
            if len(lines) > 1:
                rest = ["", *(self._indent + line for line in lines[1:])]
            replacement = self._eol.join(rest)
        end = max(old.end, start)
        if self._keeps_blanks(end):
            replacement += self._eol
        self._edits.append((start, end, replacement))
        if comments := self._comment_lines(key, old, end):
            above = line_start(self._front, key.start)
            self._edits.append((above, above, comments))

    def _comment_lines(self, key: ScalarNode, value: Node, end: int) -> str:
        """Collect the comments between a key and `end`, each as a line of its own."""
        comments = []
        for start, stop in _gaps(self._front, key, value, end):
            comments += _COMMENT.findall(self._front, start, stop)
        return "".join(f"{self._indent}{comment.rstrip()}{self._eol}" for comment in comments)

    def _place_for(self, key: str, changes: Mapping[str, Value | None]) -> int:
        """Find the offset, a line start, where a new key goes: behind the last one before it."""
        stays = self._staying(changes)
        before = [name for name in stays if name in KEY_ORDER and _rank(name) < _rank(key)]
        if before and key in KEY_ORDER:
            nearest = max(before, key=_rank)
            return line_after(self._front, stays[nearest][1].end)
        after = [name for name in stays if name in KEY_ORDER and _rank(name) > _rank(key)]
        if after:
            nearest = min(after, key=_rank)
            return line_start(self._front, stays[nearest][0].start)
        ends = (line_after(self._front, value.end) for _, value in stays.values())
        return max(ends, default=0)


def _behind_blanks(text: str, at: int) -> int:
    """Return where the first line that is not blank starts, at or behind the start of a line."""
    while at < len(text):
        after, line = _next_line(text, at)
        if line.strip():
            break
        at = after
    return at


def _rank(key: str) -> tuple[int, str]:
    """Sort keys in the order they are written; unknown ones just before `parsed`."""
    if key in KEY_ORDER and key != "parsed":
        return (KEY_ORDER.index(key), "")
    return (len(KEY_ORDER) + (key == "parsed"), "" if key == "parsed" else key)


def _gaps(text: str, key: ScalarNode, value: Node, end: int) -> Iterator[tuple[int, int]]:
    """Yield the stretches between the scalars of a value, where only signs and comments stand."""
    here = key.end
    for leaf in _leaves(value):
        yield here, leaf.start
        if text[leaf.start : leaf.start + 1] in ("|", ">") and leaf.plain is False:
            header, _ = _next_line(text, leaf.start)  # `|  # comment` is a part of the block text
            yield leaf.start, min(header, leaf.end)
        here = leaf.end
    yield here, end


def _leaves(node: Node) -> Iterator[ScalarNode]:
    if isinstance(node, ScalarNode):
        yield node
    elif isinstance(node, ListNode):
        for item in node.items:
            yield from _leaves(item)
    else:
        for key, value in node.pairs:
            yield key
            yield from _leaves(value)


def _verify(
    result: str,
    before: MappingNode | None,
    changes: Mapping[str, Value | None],
    body: str,
    path: str,
) -> None:
    """Read a rewritten text again and compare it with what it must say."""
    expected = {key.text: _spelt(value) for key, value in (before.pairs if before else ())}
    for key, value in changes.items():
        if value is None:
            expected.pop(key, None)
        else:
            expected[key] = _spelt_value(value)
    try:
        parts = split(result, path)
        after = _mapping(parts, path)
    except ProblemError as broken:
        raise RuntimeError(f"rewriting {path} would break it: {broken}") from broken
    found = {key.text: _spelt(value) for key, value in (after.pairs if after else ())}
    if found != expected or parts.body != body:
        wrong = sorted(k for k in found | expected if found.get(k) != expected.get(k))
        raise RuntimeError(f"rewriting {path} would change more than it should: {wrong or 'body'}")


# What a value says, without how it is written.
Spelt = str | list["Spelt"] | dict[str, "Spelt"]


def _spelt(node: Node) -> Spelt:
    if isinstance(node, ScalarNode):
        return node.text
    if isinstance(node, ListNode):
        return [_spelt(item) for item in node.items]
    return {key.text: _spelt(value) for key, value in node.pairs}


def _spelt_value(value: Value) -> Spelt:
    if isinstance(value, str):
        return value
    if isinstance(value, tuple):
        return [_spelt_value(item) for item in value]
    if isinstance(value, Mapping):
        return {key: _spelt_value(inner) for key, inner in value.items()}
    return inline("", value)


def _next_line(text: str, start: int) -> tuple[int, str]:
    """Return where the next line starts, and the line at `start` without its end."""
    match = _LINE.match(text, start)
    assert match is not None  # the pattern matches the empty text
    return match.end(), text[start : match.start(1)]


def line_start(text: str, offset: int) -> int:
    """Return where the line that an offset stands in starts."""
    return max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1


def line_after(text: str, offset: int) -> int:
    """Return the start of the line below the one that `offset` ends."""
    if offset and text[offset - 1] in "\r\n":
        return offset
    return _next_line(text, offset)[0]


def _line_ends(text: str) -> Sequence[str]:
    return re.findall(r"\r\n|\n|\r", text)


def _with_line_ends(body: str, line_end: str) -> str:
    return body.replace("\n", line_end) + (line_end if body and not body.endswith("\n") else "")


def new_entry_text(values: Mapping[str, Value], body: str) -> str:
    r"""Write a new entry file: keys in the order of `KEY_ORDER`, then the body; \n line ends."""
    lines = [line for key in sorted(values, key=_rank) for line in key_lines(key, values[key])]
    return "\n".join(["---", *lines, "---", _with_line_ends(body, "\n")])
