"""Nodes of a YAML tree: what stands in a mapping, and where.

Named tuples, as there are many and they are made quickly.
"""

import re
from typing import NamedTuple


class ScalarNode(NamedTuple):
    """A single value, as written."""

    text: str  # its characters, unquoted and unescaped, not resolved to a number or a date
    plain: bool  # written without quotes, | or >
    start: int  # offset of its first character in the text
    end: int  # offset behind its last one, without the blank lines that follow
    line: int  # physical line, 1-based


class ListNode(NamedTuple):
    """A list."""

    items: tuple["Node", ...]
    start: int
    end: int
    line: int


class MappingNode(NamedTuple):
    """Keys and their values, in the order written."""

    pairs: tuple[tuple[ScalarNode, "Node"], ...]
    start: int
    end: int
    line: int
    flow: bool  # written in braces


Node = ScalarNode | ListNode | MappingNode

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
