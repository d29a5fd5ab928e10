"""Tells, from its form alone, whether a regular expression can take more than linear time.

Going back takes more than linear time only where some word can be read in two ways, again and
again: while one repetition goes round it can also lead from this one to another (or to itself by
other steps) that goes round with the same word, and what follows can fail. A search that starts
anew at each place of a text is a repetition, too, ahead of all others. That is the theorem of
Weber and Seidl on the ambiguity of finite automata; what is asked here is the automaton of the
positions of an expression, each with what must stand before and behind it.

Told in favour of caution: a look ahead or behind of more than two characters is taken to hold
always, a reference to a group to match anything. Told against it: a repetition with an upper bound
counts as so many steps that do not go round, however large the bound is.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import product
from re import _compiler, _parser  # type: ignore[attr-defined]  # not in typeshed
from re import _constants as sre  # type: ignore[attr-defined]  # not in typeshed
from typing import Any

from tests.torture.attacks import _ALPHABET, _literals

Tree = Sequence[tuple[Any, Any]]
_END = -1  # stands for the end of a text, and for its start
_UNROLLED = 3  # copies of what is repeated so many times or more


@dataclass(slots=True)
class _Node:
    """A step of an expression between two characters."""

    empty: list["_Way"] = field(default_factory=list)
    atom: int | None = None  # the position that is read next
    after: int = -1  # the node behind it


@dataclass(frozen=True, slots=True)
class _Way:
    """A step that reads nothing, and what must stand around it; None: anything."""

    to: int
    last: frozenset[int] | None = None
    before: frozenset[int] | None = None  # the one before the last
    next: frozenset[int] | None = None


@dataclass(frozen=True, slots=True)
class _Edge:
    """From behind one position to another, and what must have been read and what is read."""

    to: int
    last: frozenset[int] | None
    before: frozenset[int] | None
    reads: frozenset[int]


class Automaton:
    """The positions of an expression and the ways between them."""

    def __init__(self, pattern: "re.Pattern[Any]", *, is_full: bool = False) -> None:
        """Read an expression; `is_full`: it must match to the end of the text."""
        said = pattern.pattern
        said = said.decode("latin-1") if isinstance(said, bytes) else said
        self._flags = pattern.flags
        tree = list(_parser.parse(said, pattern.flags & ~re.DEBUG))
        letters = {*_ALPHABET, *(chr(one) for one in _literals(tree))}
        self._letters = sorted(letters, key=lambda c: (c not in _ALPHABET, c))[:400]
        self._said: dict[tuple[str, int], frozenset[str]] = {}
        self._word = self._matching((sre.IN, [(sre.CATEGORY, sre.CATEGORY_WORD)]), self._flags)
        self._find_sets(tree, self._flags)
        self.letters = self._kinds()
        self.everything = frozenset(range(len(self.letters)))
        self._nodes: list[_Node] = [_Node()]
        self.atoms: list[frozenset[int]] = []
        self._after_atom: list[int] = []
        self.needs = 1  # so many characters before a place are asked after
        self.nested: list[frozenset[int]] = []  # read by a repetition in another that may be empty
        end = self._build(tree, 0, self._flags)
        if is_full:
            end = self._step(end, next=frozenset([_END]))
        self._end = end

    # ----------------------------------------------------------------- characters

    def _matching(self, atom: tuple[Any, Any], flags: int) -> frozenset[str]:
        key = repr(atom), flags
        if key not in self._said:
            state = _parser.State()
            state.flags, state.str = flags, ""
            one = _compiler.compile(_parser.SubPattern(state, [atom]), flags & ~re.DEBUG)
            self._said[key] = frozenset(c for c in self._letters if one.match(c))
        return self._said[key]

    def _find_sets(self, tree: Tree, flags: int) -> None:
        for kind, value in tree:
            if kind in _ATOMS:
                self._matching((kind, value), flags)
            for inner, flagged in _inner(kind, value, flags):
                self._find_sets(inner, flagged)

    def _kinds(self) -> list[str]:
        """Return one letter of each kind that no part of the expression tells apart."""
        sets = list(self._said.values())
        found: dict[tuple[bool, ...], str] = {}
        self._kind_of: dict[str, int] = {}
        for letter in self._letters:
            key = tuple(letter in one for one in sets)
            found.setdefault(key, letter)
            self._kind_of[letter] = list(found).index(key)
        return list(found.values())

    def _set(self, kind: Any, value: Any, flags: int) -> frozenset[int]:
        return frozenset(self._kind_of[c] for c in self._matching((kind, value), flags))

    # ----------------------------------------------------------------- the ways through it

    def _node(self) -> int:
        self._nodes.append(_Node())
        return len(self._nodes) - 1

    def _step(self, start: int, end: int | None = None, **around: frozenset[int] | None) -> int:
        end = self._node() if end is None else end
        self._nodes[start].empty.append(_Way(end, **around))
        return end

    def _build(self, tree: Tree, at: int, flags: int) -> int:
        for kind, value in tree:
            at = self._one(kind, value, at, flags)
        return at

    def _one(self, kind: Any, value: Any, at: int, flags: int) -> int:
        if kind in _ATOMS:
            return self._atom(self._set(kind, value, flags), at)
        if kind is sre.GROUPREF:
            return self._atom(self.everything, at)
        if kind is sre.SUBPATTERN:
            _, more, less, inner = value
            return self._build(list(inner), at, (flags | more) & ~less)
        if kind is sre.ATOMIC_GROUP:
            return self._build(list(value), at, flags)
        if kind is sre.BRANCH:
            end = self._node()
            for branch in value[1]:
                self._step(self._build(list(branch), self._step(at), flags), end)
            return end
        if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
            return self._repeat(kind, value, at, flags)
        if kind is sre.AT:
            return self._anchor(value, at, flags)
        if kind in (sre.ASSERT, sre.ASSERT_NOT):
            return self._look(kind, value, at, flags)
        raise NotImplementedError(kind)

    def _atom(self, letters: frozenset[int], at: int) -> int:
        end = self._node()
        start = self._step(at)
        self._nodes[start].atom, self._nodes[start].after = len(self.atoms), end
        self.atoms.append(letters)
        self._after_atom.append(end)
        return end

    def _repeat(self, kind: Any, value: Any, at: int, flags: int) -> int:
        least, most, inner = value
        body = list(inner)
        for _ in range(min(least, _UNROLLED)):
            at = self._build(body, at, flags)
        if most is not sre.MAXREPEAT:
            end = self._node()
            self._step(at, end)
            for _ in range(min(most - least, _UNROLLED)):
                at = self._build(body, self._step(at), flags)
                self._step(at, end)
            return end
        loop = self._step(at)
        count = len(self.atoms)
        self._step(self._build(body, self._step(loop), flags), loop)
        if self._may_be_empty(loop) and any(self._goes_round(body)):
            self.nested += self.atoms[count:][:1]
        taken = kind is sre.POSSESSIVE_REPEAT and self._single(body, flags)
        behind = (self.everything | {_END}) - taken if taken else None
        return self._step(loop, next=behind)

    def _may_be_empty(self, loop: int) -> bool:
        """Tell whether what is repeated can read nothing and come back."""
        ways = self._nodes[loop].empty
        return any(end == loop for way in ways for end, *_ in self._empty_ways(way.to))

    def _goes_round(self, tree: Tree) -> Iterator[bool]:
        for kind, value in tree:
            if kind in (sre.MAX_REPEAT, sre.MIN_REPEAT):
                yield value[1] is sre.MAXREPEAT
            for inner, _ in _inner(kind, value, 0):
                yield from self._goes_round(inner)

    def _anchor(self, where: Any, at: int, flags: int) -> int:
        none = frozenset([_END])
        word = frozenset(self._kind_of[c] for c in self._word)
        other = (self.everything | none) - word
        if where in (sre.AT_BEGINNING, sre.AT_BEGINNING_STRING):
            lines = self._newline if flags & re.MULTILINE else frozenset()
            return self._step(at, last=none | lines)
        if where in (sre.AT_END, sre.AT_END_STRING):
            lines = self._newline if flags & re.MULTILINE else frozenset()
            return self._step(at, next=none | lines)
        end = self._node()
        pairs = [(word, other), (other, word)]
        if where is not sre.AT_BOUNDARY:
            pairs = [(word, word), (other, other)]
        for last, following in pairs:
            self._step(at, end, last=last, next=following)
        return end

    @cached_property
    def _newline(self) -> frozenset[int]:
        return frozenset([self._kind_of["\n"]])

    def _look(self, kind: Any, value: Any, at: int, flags: int) -> int:
        way, inner = value
        body = list(inner)
        if way > 0:
            self._build(body, self._step(at), flags)  # it may go round itself
            return self._step(at, next=self._seen(kind, body, flags))
        if len(body) == 2 and kind is sre.ASSERT_NOT and body[1][0] is sre.ANY:
            self.needs = 2
            return self._step(at, before=self._seen(kind, body[:1], flags))
        return self._step(at, last=self._seen(kind, body, flags))

    def _seen(self, kind: Any, body: Tree, flags: int) -> frozenset[int] | None:
        """Return what a look of one character allows; None where it is longer."""
        letters = self._single(body, flags)
        if not letters:
            return None
        return letters if kind is sre.ASSERT else (self.everything | {_END}) - letters

    def _single(self, body: Tree, flags: int) -> frozenset[int]:
        """Return the characters one of which a part reads; none where it reads more or less."""
        if len(body) != 1:
            return frozenset()
        kind, value = body[0]
        if kind in _ATOMS:
            return self._set(kind, value, flags)
        if kind is sre.AT and value in (sre.AT_END, sre.AT_END_STRING, sre.AT_BEGINNING):
            return frozenset([_END])
        if kind is sre.SUBPATTERN:
            return self._single(list(value[-1]), (flags | value[1]) & ~value[2])
        if kind is sre.BRANCH:
            each = [self._single(list(branch), flags) for branch in value[1]]
            return frozenset().union(*each) if all(each) else frozenset()
        return frozenset()

    # ----------------------------------------------------------------- the positions

    @cached_property
    def starts(self) -> list[_Edge]:
        """The ways from the start to the first positions."""
        return list(self._edges(0))

    @cached_property
    def follow(self) -> list[list[_Edge]]:
        """The ways from behind each position to the next ones."""
        return [list(self._edges(node)) for node in self._after_atom]

    def _edges(self, node: int) -> Iterator[_Edge]:
        for end, last, before, following in self._empty_ways(node):
            atom = self._nodes[end].atom
            if atom is None:
                continue
            reads = self.atoms[atom] if following is None else self.atoms[atom] & following
            if reads:
                yield _Edge(atom, last, before, reads)

    def _empty_ways(self, node: int) -> Iterator[tuple[int, Any, Any, Any]]:
        """Yield all nodes that are reached without reading, each as often as there are ways."""
        todo: list[tuple[int, Any, Any, Any, frozenset[int]]] = [
            (node, None, None, None, frozenset([node]))
        ]
        while todo:
            at, last, before, following, been = todo.pop()
            yield at, last, before, following
            for way in self._nodes[at].empty:
                if way.to not in been:
                    around = (
                        _both(last, way.last),
                        _both(before, way.before),
                        _both(following, way.next),
                    )
                    if frozenset() not in around:
                        todo.append((way.to, *around, been | {way.to}))

    def always_ends(self, atom: int) -> bool:
        """Tell whether behind a position the expression matches, whatever follows."""
        return any(
            end == self._end and last is before is following is None
            for end, last, before, following in self._empty_ways(self._after_atom[atom])
        )

    @cached_property
    def rounds(self) -> list[set[int]]:
        """The sets of positions that lead to one another without what matches, whatever follows.

        Whoever goes back to such a position is done.
        """
        self._done = {atom for atom in range(len(self.atoms)) if self.always_ends(atom)}
        reach = [
            set() if atom in self._done else self._reached(atom) for atom in range(len(self.atoms))
        ]
        found: list[set[int]] = []
        for atom, others in enumerate(reach):
            if atom in others and not any(atom in one for one in found):
                found.append({other for other in others if atom in reach[other]})
        return found

    def _reached(self, atom: int) -> set[int]:
        seen: set[int] = set()
        todo = [atom]
        while todo:
            for edge in self.follow[todo.pop()]:
                if edge.to not in seen and edge.to not in self._done:
                    seen.add(edge.to)
                    todo.append(edge.to)
        return seen


_ATOMS = frozenset([sre.LITERAL, sre.NOT_LITERAL, sre.IN, sre.ANY])


def _inner(kind: Any, value: Any, flags: int) -> Iterator[tuple[Tree, int]]:
    if kind is sre.SUBPATTERN:
        yield list(value[-1]), (flags | value[1]) & ~value[2]
    elif kind is sre.BRANCH:
        yield from ((list(branch), flags) for branch in value[1])
    elif kind in (sre.MAX_REPEAT, sre.MIN_REPEAT, sre.POSSESSIVE_REPEAT):
        yield list(value[2]), flags
    elif kind in (sre.ASSERT, sre.ASSERT_NOT):
        yield list(value[1]), flags
    elif kind is sre.ATOMIC_GROUP:
        yield list(value), flags


def _both(one: frozenset[int] | None, other: frozenset[int] | None) -> frozenset[int] | None:
    return other if one is None else one if other is None else one & other


_START = -1  # the position of a search that has not begun to match


def ambiguous(pattern: "re.Pattern[Any]", way: str) -> str | None:
    """Return a piece that makes an expression take more than linear time; None: there is none.

    Args:
        pattern: The expression.
        way: search | match | fullmatch.
    """
    automaton = Automaton(pattern, is_full=way == "fullmatch")
    for letters in automaton.nested:
        return automaton.letters[min(letters)]
    for round_ in automaton.rounds:
        if piece := _twice_within(automaton, round_):
            return piece
    ending = [(goal, round_) for round_ in automaton.rounds for goal in sorted(round_)]
    before: list[tuple[int, set[int]]] = []
    if way == "search":
        before.append((_START, {_START}))
    before += [(atom, round_) for round_ in automaton.rounds for atom in sorted(round_)]
    for (first, around), (goal, round_) in product(before, ending):
        if first != goal and (piece := _shared(automaton, first, around, goal, round_)):
            return piece
    return None


def _twice_within(automaton: Automaton, round_: set[int]) -> str | None:
    """Return a piece that leads round in two ways that part and meet again."""
    for atom in round_:
        edges = [edge for edge in automaton.follow[atom] if edge.to in round_]
        for one, other in ((a, b) for a, b in product(edges, edges) if a is not b):
            if one.to == other.to and one.reads & other.reads and one.last == other.last:
                return automaton.letters[min(one.reads & other.reads)]
    return None


def _shared(
    automaton: Automaton, first: int, around: set[int], goal: int, round_: set[int]
) -> str | None:
    """Return a word that goes round from a position, from there to a goal, and round the goal."""
    kinds = sorted(automaton.atoms[goal])
    lasts = kinds if first == _START else sorted(automaton.atoms[first] & automaton.atoms[goal])
    befores = [*automaton.everything] if automaton.needs > 1 else [_END]
    begun = [(first, first, goal, last, before) for last in lasts for before in befores]
    seen = dict.fromkeys(begun, "")
    todo = list(begun)
    while todo:
        at = todo.pop()
        word = seen[at]
        for there in _next(automaton, at, around, round_):
            if there not in seen:
                seen[there] = word + automaton.letters[there[3]]
                if there[:3] == (first, goal, goal):
                    return seen[there]
                todo.append(there)
    return None


_At = tuple[int, int, int, int, int]


def _next(automaton: Automaton, at: _At, around: set[int], round_: set[int]) -> Iterator[_At]:
    """Yield where three readings of the same next letter lead."""
    one, way, goal, last, before = at
    keeps = automaton.needs > 1
    goals = list(_read(automaton, goal, last, before, round_))
    if not goals:
        return
    ways = list(_read(automaton, way, last, before, None))
    ones = list(_read(automaton, one, last, before, around))
    for (c, reads_c), (b, reads_b) in product(goals, ways):
        if both := reads_c & reads_b:
            for a, reads_a in ones:
                for letter in both & reads_a:
                    yield a, b, c, letter, last if keeps else _END


def _read(
    automaton: Automaton, position: int, last: int, before: int, within: Iterable[int] | None
) -> Iterator[tuple[int, frozenset[int]]]:
    """Yield where a letter leads from a position, and which letters do."""
    edges = automaton.starts if position == _START else automaton.follow[position]
    if position == _START:
        yield _START, automaton.everything
    for edge in edges:
        fits = edge.last is None or last in edge.last
        fits = fits and (edge.before is None or before in edge.before)
        if fits and (within is None or edge.to in within):
            yield edge.to, edge.reads
