"""Questions: pure functions of a key whose answers are kept, with what each was made from.

A question may ask others while it is answered; what it asked is noted. When something is told anew,
or a group gets other rows, all that was made from it is looked at again: first what it asked, and
only if one of those answers is another one now the question itself. So what is kept is always what
would be made anew, without anybody saying what depends on what.

In one build everything is told before it is asked: first the inputs, then group by group.
"""

from collections import Counter, deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, TypeVar, cast

from briefbook.asking import Question as Asked
from briefbook.packing import DamagedStateError, packed, unpacked
from briefbook.remembering.families import Family
from briefbook.remembering.nodes import (
    UNREAD,
    Node,
    Question,
    is_unanswered,
    mark_of,
    plain,
    told_mark,
)
from briefbook.remembering.readers import Readers
from briefbook.remembering.rows import Rows
from briefbook.remembering.store import (
    Place,
    Store,
    StoredNode,
    numbers_in,
    numbers_packed,
)

T = TypeVar("T")

Row = tuple[str, str, str, str]  # family, key of the group, sort key, value
Touched = dict[str, set[str]]  # keys of groups, by family
# Nodes that wait to be written, with their answers; a page takes ten kilobytes.
_EASED_AT = 2048
# Far questions whose work is given away at once: what is sent is held until it is done.
_AT_A_TIME = 512


class Memory:
    """The answers of questions, from one build to the next."""

    def __init__(self, store: Store | None = None) -> None:
        """Begin.

        Args:
            store: Where answers are kept; None: only as long as this object lives, for one build.
        """
        self._store = store
        self.made: Counter[str] = Counter()  # how often each question was answered in this build
        self._questions: dict[str, Question[Any]] = {}
        self._families: dict[str, Family] = {}
        self._start()

    def _start(self) -> None:
        has_past = self._store is not None and not self._store.is_new
        self._past = self._store if has_past else None
        self._last = self._past.last_number() if self._past else 0
        self._taken: dict[int, Node] = {}  # of the builds before, by number
        self._begun: list[Node | None] = []  # in this build, in order of their numbers
        self._first = self._last
        self._suspects: set[int] = set()  # something they were made from may have changed
        self._suspect_keys: dict[str, set[str]] = {}
        self._other: set[int] = set()  # what they were made from has changed, beyond questions
        self._old_reads: dict[int, tuple[int, ...]] = {}
        self._reading: dict[int, None] | None = None
        self._unkept: list[Node] = []  # begun in this build, and the state does not have them yet
        self._readers = Readers()  # after a first build
        self.made.clear()
        for question in self._questions.values():
            question.nodes = {}
        for family in self._families.values():
            family.rows = Rows(family.name, self._past)

    # ------------------------------------------------------------------ wiring

    def question(
        self,
        name: str,
        make: Callable[[str], T],
        *,
        is_large: bool = False,
        is_kept: bool = True,
    ) -> Question[T]:
        """Return a question that a function answers, which may ask others.

        Args:
            name: Its name.
            make: The function.
            is_large: Its answers take much memory and are seldom asked for again: in a first build
                they are let go of when many are at hand.
            is_kept: Whether the build after this has the answer; else it has a mark that tells it
                from others, and the answer is made once more for those who ask.
        """
        question = self._add(Question(self, name, make, is_kept=is_kept))
        question.is_large = is_large
        return question

    def far_question(
        self,
        name: str,
        near: Callable[[str], tuple[Any, ...]],
        far: Callable[..., T],
        *,
        is_large: bool = False,
    ) -> Question[T]:
        """Return a question whose work may be done in other processes.

        Args:
            name: Its name.
            near: Returns the arguments for a key; it may ask other questions.
            far: A pure top-level function of these.
            is_large: As of `question`.
        """
        question = self._add(Question(self, name, lambda key: far(*near(key)), near, far))
        question.is_large = is_large
        return question

    def told(self, name: str) -> Question[Any]:
        """Return a question whose answers are told from outside; None: nothing was."""
        return self._add(Question(self, name, lambda key: None))

    def family(self, name: str) -> "Family":
        """Return groups of rows."""
        family = self._families[name] = Family(self, name)
        family.rows = Rows(name, self._past)
        return family

    def _add(self, question: Question[T]) -> Question[T]:
        if question.name in self._questions:
            raise ValueError(f"two questions are called {question.name}")
        self._questions[question.name] = question
        return question

    # ------------------------------------------------------------------ asking

    def ask(self, question: Question[T], key: str) -> T:
        """Return the answer of a question about a key."""
        node = question.nodes.get(key) or self._known(question, key)
        if node is None:
            node = self._begin(question, key)
            self._answer(node)
            if self._reading is None and len(self._unkept) >= _EASED_AT:
                self._ease()
        elif node.number in self._suspects:
            self._look_again(node)
        if self._reading is not None:
            self._reading[node.number] = None
        answer = node.answer
        return cast(T, self._loaded(node) if answer is UNREAD else answer)

    def ask_all(
        self,
        question: Asked[T],
        keys: Iterable[str],
        each: Callable[[Callable[..., T], Sequence[tuple[Any, ...]]], Iterable[T]],
        then: Callable[[str], object] = str,
    ) -> None:
        """Let the work of a far question be done for many keys at once.

        Args:
            question: One that was made by `far_question`.
            keys: What it will be asked about.
            each: Applies a function to many tuples of arguments, such as in several processes.
            then: Called with each key whose answer was made, while that is at hand.
        """
        asked: Question[T] = self._questions[question.name]
        waiting: Iterator[None] = iter(())
        remaining = iter(keys)
        while some := [*islice(remaining, _AT_A_TIME)]:
            nodes, given = self._near(asked, some)
            deque(waiting, 0)  # the others worked on these meanwhile
            waiting = self._far(asked, nodes, given, each, then)
            next(waiting, None)
            self._ease()
        deque(waiting, 0)

    def _near(
        self, question: Question[T], keys: Iterable[str]
    ) -> tuple[list[tuple[Node, tuple[int, ...]]], list[tuple[Any, ...]]]:
        """Return what has to be made of some keys, with what it reads and what it is made from."""
        assert question.near is not None
        waiting: list[tuple[Node, tuple[int, ...]]] = []
        given: list[tuple[Any, ...]] = []
        for key in keys:
            node = self._node(question, key)
            if node is None:
                node = self._begin(question, key)
            elif node.number not in self._suspects or not self._must_be_made(node):
                continue
            outer, self._reading = self._reading, {}
            try:
                given.append(question.near(key))
            finally:
                reads, self._reading = tuple(self._reading), outer
            waiting.append((node, reads))
        return waiting, given

    def _far(
        self,
        question: Question[T],
        waiting: Sequence[tuple[Node, tuple[int, ...]]],
        given: Sequence[tuple[Any, ...]],
        each: Callable[[Callable[..., T], Sequence[tuple[Any, ...]]], Iterable[T]],
        then: Callable[[str], object],
    ) -> Iterator[None]:
        """Take one answer after the other."""
        assert question.far is not None
        for (node, reads), answer in zip(waiting, each(question.far, given), strict=True):
            self._set(node, answer, reads)
            then(node.key)
            yield

    def tell(self, question: Asked[Any], key: str, answer: object) -> bool:
        """Tell the answer of a told question, and return whether it is another one now."""
        node = self._node(self._questions[question.name], key)
        if node is None:
            if answer is None and self._past:
                return False
            node = self._begin(self._questions[question.name], key)
            node.answer, node.is_changed = answer, True
            return True
        if self._same(node, answer):
            return False
        node.answer, node.blob, node.is_kept, node.is_changed = answer, None, False, True
        self._spread([node.number])
        return True

    def tell_all(
        self,
        question: Asked[Any],
        answers: Mapping[str, object],
        marks: Mapping[str, object],
    ) -> set[str]:
        """Tell all answers that a question has now, and return the keys of those that are others.

        Args:
            question: One that was made by `told`.
            answers: By key; what is missing is gone.
            marks: As of `tell_some`.
        """
        known = self._past.marks(question.name) if self._past else {}
        some: dict[str, object] = {key: None for key in known if key not in answers}
        for key, answer in answers.items():
            mark = told_mark(marks.get(key))
            if mark is None or known.get(key) != mark:
                some[key] = answer
        return self.tell_some(question, some, marks)

    def tell_some(
        self,
        question: Asked[Any],
        answers: Mapping[str, object],
        marks: Mapping[str, object],
    ) -> set[str]:
        """Tell the answers that may be others now, and return the keys of those that are.

        Takes as long as these are many, not all that were ever told.

        Args:
            question: One that was made by `told`, and is told so or by `tell_all` alone.
            answers: By key; None: it is gone. All others stay as they are.
            marks: By key, what stands for an answer: while it is equal, so is the answer, and
                nobody looks at that. None or missing: the answer itself has to be looked at.
        """
        name, store = question.name, self._store
        there: dict[str, bytes | None] = {}
        gone: list[str] = []
        other: set[str] = set()
        for key, answer in answers.items():
            known = self._past.mark(name, key) if self._past else None
            mark = told_mark(marks.get(key)) if answer is not None else None
            if mark is not None and known == (mark,):
                continue
            if answer is not None:
                there[key] = mark
            elif known or self._past is None:  # it may have been told in this build
                gone.append(key)
            if self.tell(question, key, answer):
                other.add(key)
        if store is not None:
            store.change_marks(name, gone, there.items())
        return other

    def told_before(self, question: Asked[Any], start: str) -> list[str]:
        """Return the keys of answers that were told by the build before and begin so, sorted.

        Args:
            question: One that is told by `tell_all` and `tell_some` alone.
            start: How they begin.
        """
        return self._past.marked(question.name, start) if self._past else []

    def regroup(self, rows_of: Asked[tuple[Row, ...]], keys: Iterable[str] = ()) -> Touched:
        """Bring groups up to a question that says which rows each of its keys puts into which.

        Args:
            rows_of: The question.
            keys: What it was not asked about before, and what is gone; about those that may have
                changed it is asked anyway.

        Returns:
            The keys of the groups that have other rows now, by family.
        """
        gone: dict[str, list[Place]] = {}
        new: dict[str, list[Place]] = {}
        for key in sorted({*keys, *self.suspects(rows_of)}):
            before = self.before(rows_of, key) or ()
            now = rows_of(key)
            if before == now:
                continue
            # One key may say a row twice, such as for two reasons.
            had, has = dict.fromkeys(before), dict.fromkeys(now)
            for row in had:
                if row not in has:
                    gone.setdefault(row[0], []).append(row[1:])
            for row in has:
                if row not in had:
                    new.setdefault(row[0], []).append(row[1:])
        return {
            name: self._families[name].change(gone.get(name, ()), new.get(name, ()))
            for name in sorted(gone.keys() | new.keys())
        }

    def before(self, question: Asked[T], key: str) -> T | None:
        """Return the answer of the build before; None: there was none."""
        stored = self._past.node(question.name, key) if self._past else None
        return cast(T, unpacked(stored[3])) if stored else None

    def is_known(self, question: Asked[Any], key: str) -> bool:
        """Tell whether what a question was answered in the build before surely still holds."""
        node = self._node(self._questions[question.name], key)
        return node is not None and node.number not in self._suspects

    def peek(self, question: Asked[T], key: str) -> T | None:
        """Return an answer that was asked in this build or the last; it is not held afterwards.

        For going through many answers of which each may be large. None: there is none.
        """
        node = self._questions[question.name].nodes.get(key)
        if node is None:
            return self.before(question, key)
        is_at_hand = node.answer is not UNREAD or not node.question.is_kept
        if is_at_hand or node.number in self._suspects or self._store is None:
            return question(key)
        stored = self._store.node_by_number(node.number)
        return cast(T, unpacked(stored[3])) if stored else question(key)

    def knows(self, question: Asked[Any], key: str) -> bool:
        """Tell whether a question was answered about a key, in this build or the last."""
        return self._node(self._questions[question.name], key) is not None

    def suspects(self, question: Asked[Any]) -> set[str]:
        """Return the keys about which a question has to be asked anew, as its answer may differ."""
        return set(self._suspect_keys.get(question.name, ()))

    def keys(self, question: Asked[Any]) -> Iterator[str]:
        """Yield the keys about which a question was answered in the build before, sorted."""
        return self._past.keys(question.name) if self._past else iter(())

    def keys_holding(self, question: Asked[Any], wanted: Sequence[Sequence[str]]) -> set[str]:
        """Return the keys whose answers in the build before held some strings, and maybe more.

        Answers are not unpacked for this, so it is quick for very many; a part of another string
        counts too.

        Args:
            question: The question.
            wanted: Strings of which an answer has to hold all, of any of these.
        """
        return self._past.keys_holding(question.name, wanted) if self._past else set()

    def keys_of(self, family: str) -> list[str]:
        """Return the keys of the groups of a family that have rows, sorted."""
        return [key for key, _ in self._families[family].rows.counts("")]

    def has_changed(self, question: Asked[Any], key: str) -> bool:
        """Tell whether an answer that was asked in this build is another one than before."""
        node = self._questions[question.name].nodes.get(key)
        return node is not None and node.is_changed

    def forget(self, question: Asked[Any], key: str) -> None:
        """Forget an answer that nobody will ask for again."""
        node = self._node(self._questions[question.name], key)
        if node is not None:
            self._suspects.add(node.number)

    def number(self, question: str, key: str) -> Iterator[int]:
        """Yield the number of a node, if there is one."""
        node = self._node(self._questions[question], key)
        if node is not None:
            yield node.number

    def numbers(self, question: str, first: str, last: str) -> Iterator[int]:
        """Yield the numbers of the nodes of a question whose keys lie between two."""
        if self._past:
            yield from self._past.numbers(question, first, last)

    # ------------------------------------------------------------------ nodes

    def _node(self, question: Question[Any], key: str) -> Node | None:
        return question.nodes.get(key) or self._known(question, key)

    def _known(self, question: Question[Any], key: str) -> Node | None:
        if self._past is None:
            return None
        stored = self._past.node(question.name, key)
        return self._take(stored) if stored else None

    def _at(self, number: int) -> Node | None:
        """Return a node of this build, or one that was taken from those before."""
        if number <= self._first:
            return self._taken.get(number)
        return self._begun[number - self._first - 1]

    def _numbered(self, number: int) -> Node | None:
        if number > self._last:
            return None
        node = self._at(number)
        if node is None and self._past and (stored := self._past.node_by_number(number)):
            node = self._take(stored)
        return node

    def _take(self, stored: StoredNode) -> Node:
        number, name, key, blob, reads = stored
        question = self._questions.get(name)
        if question is None:
            raise DamagedStateError(f"nobody asks {name!r}")
        node = question.nodes[key] = self._taken[number] = Node(number, question, key)
        node.blob, node.reads, node.is_kept = blob, numbers_in(reads), True
        return node

    def _loaded(self, node: Node) -> object:
        """Return an answer that is not at hand and still holds."""
        if not node.question.is_kept:
            return self._made_again(node)
        if node.blob is None:  # let go of, and not to be held again
            assert self._store is not None
            stored = self._store.node_by_number(node.number)
            assert stored is not None
            return unpacked(stored[3])
        node.answer, node.blob = unpacked(node.blob), None
        return node.answer

    def _made_again(self, node: Node) -> object:
        """Return an answer of which only a mark is kept; what it was made from is the same."""
        outer, self._reading = self._reading, {}
        try:
            self.made[node.question.name] += 1
            node.answer = node.question.make(node.key)
        finally:
            self._reading = outer
        return node.answer

    def _begin(self, question: Question[Any], key: str) -> Node:
        self._last += 1
        node = question.nodes[key] = Node(self._last, question, key)
        self._begun.append(node)
        self._unkept.append(node)
        return node

    def _drop(self, node: Node) -> None:
        node.question.nodes.pop(node.key)
        if node.number <= self._first:
            self._taken.pop(node.number)
        else:
            self._begun[node.number - self._first - 1] = None

    def _answer(self, node: Node) -> None:
        outer, self._reading = self._reading, {}
        try:
            answer = node.question.make(node.key)
        except Exception:
            # Who deals with it was made from the same as this would have been.
            if outer is not None:
                outer |= self._reading
            self._unmade(node)
            raise
        finally:
            reads, self._reading = tuple(self._reading), outer
        self._set(node, answer, reads)

    def _unmade(self, node: Node) -> None:
        """Have a node looked at again that could not be answered."""
        if is_unanswered(node):
            self._drop(node)
        else:
            self._suspects.add(node.number)
            self._other.add(node.number)

    def _set(self, node: Node, answer: object, reads: tuple[int, ...]) -> None:
        self.made[node.question.name] += 1
        self._suspects.discard(node.number)
        if is_unanswered(node):
            node.answer, node.reads, node.is_changed = answer, reads, True
            return
        if reads != node.reads:
            self._old_reads.setdefault(node.number, node.reads)
            node.reads, node.is_kept = reads, False
        if not self._same(node, answer):
            node.answer, node.blob, node.is_kept, node.is_changed = answer, None, False, True
        elif node.answer is UNREAD and node.blob is None:
            node.answer = answer  # it was let go of, and may have to be written again

    def _look_again(self, node: Node) -> None:
        if self._must_be_made(node):
            self._answer(node)
        else:
            self._suspects.discard(node.number)

    def _must_be_made(self, node: Node) -> bool:
        """Tell whether something a suspect was made from is another thing now."""
        if node.number in self._other:
            return True
        for number in node.reads:
            read = self._numbered(number)
            if read is None:
                return True
            if number in self._suspects and not self._can_look_again(read):
                return True
            if read.is_changed:
                return True
        return False

    def _can_look_again(self, read: Node) -> bool:
        """Look at what a suspect was made from; False: it fails now, as the suspect will find."""
        outer, self._reading = self._reading, None
        try:
            self._look_again(read)
        except Exception:
            return False
        finally:
            self._reading = outer
        return True

    def _same(self, node: Node, answer: object) -> bool:
        if node.answer is UNREAD and not node.question.is_kept and node.blob:
            if node.blob != mark_of(answer):
                return False
            node.answer = answer
        before = self._loaded(node) if node.answer is UNREAD else node.answer
        return before is answer or plain(before) == plain(answer)

    # ------------------------------------------------------------------ what has changed

    def _spread(self, numbers: Iterable[int]) -> None:
        """Suspect all that was made from nodes, and from what was made from it."""
        if self._past is None:
            return
        # In order, as the readers of nodes that stand beside each other are stored together.
        wave = sorted(numbers)
        while wave:
            found = {reader for number in wave for reader in self._past.readers(number)}
            wave = sorted(found - self._suspects)
            for reader in wave:
                self._suspect(reader)

    def _suspect(self, number: int) -> None:
        node = self._numbered(number)
        if node is None:
            return
        if node.is_changed or not node.is_kept:
            raise RuntimeError(f"{node.question.name} {node.key!r} was asked before all was told")
        self._suspects.add(number)
        self._suspect_keys.setdefault(node.question.name, set()).add(node.key)

    def rows_changed(self, nodes: Iterable[int]) -> None:
        """Have the views of groups looked at again whose rows are others now."""
        fresh = [number for number in nodes if number not in self._other]
        for number in fresh:
            self._other.add(number)
            if number not in self._suspects:
                self._suspect(number)
        self._spread(fresh)

    # ------------------------------------------------------------------ keeping

    def fact(self, name: str) -> object:
        """Return something that was known when the state was saved last; None: nothing was."""
        return self._past.fact(name) if self._past else None

    def set_fact(self, name: str, value: object) -> None:
        """Know something from the next `save` on, which no answer may be made from."""
        if self._store is not None:
            self._store.set_fact(name, value)

    def save(self) -> None:
        """Keep all answers, without those that may be wrong by now and nobody asked for."""
        if self._store is None:
            return
        self._drop_unasked()
        self._keep_new()
        changed = [node for node in self._all() if not (node.is_kept or is_unanswered(node))]
        self._store.put_nodes(map(self._stored, changed))
        if self._past is None:
            self._readers.add(changed)
            self._store.fill_readers(self._readers.blocks(self._is_there))
        else:
            old = self._old_reads
            gone = ((read, number) for number, reads in old.items() for read in reads)
            fresh = [node for number in sorted(old) if (node := self._at(number))]
            fresh += (node for node in self._begun if node and node.number not in old)
            self._store.change_readers(
                gone, sorted((read, node.number) for node in fresh for read in node.reads)
            )
        for family in self._families.values():
            family.rows.keep(self._store)
        self._store.commit()

    def _all(self) -> Iterator[Node]:
        """Yield all nodes that are known in this build, in the order of their numbers."""
        yield from (node for _, node in sorted(self._taken.items()))
        yield from filter(None, self._begun)

    def _is_there(self, number: int) -> bool:
        return self._at(number) is not None

    def _ease(self) -> None:
        """Let go of the large answers that were made: they are written now and read when asked for.

        Nothing may be in the middle of being answered. A build after others makes few, and looks
        up in the state what was there before it.
        """
        if self._past is None and self._store is not None and len(self._unkept) >= _EASED_AT:
            self._keep_new()

    def _keep_new(self) -> None:
        """Write what was begun in this build, without what was forgotten since."""
        assert self._store is not None
        there = [node for node in self._unkept if self._at(node.number) is node]
        new = [node for node in there if not is_unanswered(node)]
        self._unkept = [node for node in there if is_unanswered(node)]  # others work on them
        self._store.put_nodes(map(self._stored, new))
        if self._past is None:
            self._readers.add(new)
        for node in new:
            node.is_kept = True
            if node.question.is_large:
                node.answer = UNREAD
            if self._past is None:
                node.reads = ()

    def _stored(self, node: Node) -> StoredNode:
        blob = node.blob
        if blob is None:
            blob = packed(node.answer) if node.question.is_kept else mark_of(node.answer)
        return node.number, node.question.name, node.key, blob, numbers_packed(node.reads)

    def start_again(self) -> None:
        """Begin the next build with what was saved."""
        if self._store is not None:
            self._store.take_back()
            self._start()

    def _drop_unasked(self) -> None:
        assert self._store is not None
        gone: list[tuple[int, int]] = []
        for number in sorted(self._suspects):
            node = self._numbered(number)
            if node is not None:
                reads = self._old_reads.pop(number, node.reads)
                gone += ((read, number) for read in reads)
                self._drop(node)
        self._store.change_readers(gone, ())
        self._store.drop_nodes(self._suspects)
        self._suspects = set()
