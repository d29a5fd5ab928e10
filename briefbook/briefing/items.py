"""Items of a list of groups in an entry's front matter: changed where they stand.

Pure. An editor's own items keep their order, quoting and comments while the program adds one,
changes one of its own, or takes it away. Every rewrite is read again before it is handed out.
"""

from collections.abc import Iterator, Mapping, Sequence

from briefbook.briefing.frontmatter import line_after, line_start, split
from briefbook.briefing.frontmatter import replace as rewritten
from briefbook.briefing.writing import Value, inline
from briefbook.yamlfields import ListNode, MappingNode, Node, ScalarNode, read_tree

Group = Mapping[str, Value]
_Edit = tuple[int, int, str]  # of the front matter: from, to, what stands there instead


class _AwkwardError(Exception):
    """One item alone cannot be changed in the form the list is written in."""


def change_items(
    text: str,
    key: str,
    was: Sequence[Group],
    changes: Mapping[int, Group | None],
    added: Sequence[Group] = (),
    *,
    path: str = "",
) -> str:
    """Change, take away and add items of a list.

    Args:
        text: The whole file of an entry.
        key: The key of the list.
        was: What its items say; from it the list is written anew where its form does not allow to
            change one item alone.
        changes: Place in the list, from 0 -> keys of that item with their new values; None: it
            goes.
        added: What stands below the others from now on.
        path: The file, for problems.

    Raises:
        ProblemError: The front matter cannot be read.
    """
    parts = split(text, path)
    try:
        edits = sorted(_edits(parts.front, key, changes, added, parts.line_end), reverse=True)
    except _AwkwardError:
        kept = [
            {**item, **(changes.get(n) or {})}
            for n, item in enumerate(was)
            if changes.get(n, item) is not None
        ]
        return rewritten(text, {key: (*kept, *added) or None}, path=path)
    front = parts.front
    for start, end, replacement in edits:
        front = front[:start] + replacement + front[end:]
    _verify(parts.front, front, key, changes, added)
    return text[: parts.start] + front + text[parts.end :]


def _edits(
    front: str,
    key: str,
    changes: Mapping[int, Group | None],
    added: Sequence[Group],
    line_end: str,
) -> Iterator[_Edit]:
    items = _items(front, key)
    stay = len(items) - sum(change is None for change in changes.values())
    if not stay:
        raise _AwkwardError  # an empty list, or none
    is_block = front[: items[0].start].rstrip(" \t").endswith("-")
    for n, change in changes.items():
        if change is None:
            yield _without(front, items[n], is_block=is_block)
        else:
            yield from _exchanges(front, key, items[n], change)
    lines = [inline(key, group, flow=True) for group in added]
    if is_block and lines:
        first = items[0].start
        dash = front[line_start(front, first) : first]
        if dash.strip() != "-":  # the group starts below its dash
            raise _AwkwardError
        where = line_after(front, items[-1].end)
        yield where, where, "".join(f"{dash}{line}{line_end}" for line in lines)
    elif lines:
        yield items[-1].end, items[-1].end, "".join(f", {line}" for line in lines)


def _items(front: str, key: str) -> tuple[MappingNode, ...]:
    tree, _ = read_tree(front, "")
    pairs = tree.pairs if tree else ()
    node: Node | None = next((value for name, value in pairs if name.text == key), None)
    if not isinstance(node, ListNode):
        raise _AwkwardError
    return tuple(item for item in node.items if isinstance(item, MappingNode))


def _without(front: str, item: MappingNode, *, is_block: bool) -> _Edit:
    start, end = line_start(front, item.start), line_after(front, item.end)
    if not is_block or "#" in front[start:end]:
        raise _AwkwardError
    return start, end, ""


def _exchanges(front: str, key: str, item: MappingNode, change: Group) -> Iterator[_Edit]:
    values = {name.text: value for name, value in item.pairs}
    for name, value in change.items():
        node = values.get(name)
        is_whole = isinstance(node, ScalarNode) and node.start < node.end
        if node is None or not is_whole or front[node.start] in "|>":
            raise _AwkwardError
        text = inline(key, {name: value})[1:-1].partition(": ")[2]
        yield node.start, node.end, text


def _verify(
    before: str,
    after: str,
    key: str,
    changes: Mapping[int, Group | None],
    added: Sequence[Group],
) -> None:
    """Read a rewritten list again and compare it with what it must say."""
    expected = []
    for n, item in enumerate(_items(before, key)):
        change = changes.get(n, {})
        if change is not None:
            expected.append(_said(item) | {name: _spelt(value) for name, value in change.items()})
    expected += [{name: _spelt(value) for name, value in group.items()} for group in added]
    found = [_said(item) for item in _items(after, key)]
    if found != expected:
        raise RuntimeError(f"rewriting {key} would make {found} of {expected}")


def _said(item: MappingNode) -> dict[str, str]:
    return {name.text: value.text for name, value in item.pairs if isinstance(value, ScalarNode)}


def _spelt(value: Value) -> str:
    return value if isinstance(value, str) else inline("", value)
