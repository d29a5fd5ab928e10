"""Nodes: what is known in one build of one question about one key; how answers are told apart."""

import hashlib
import io
import pickle
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from briefbook.remembering.questions import Memory

T = TypeVar("T")

UNREAD = object()  # in place of an answer that the state has, or nobody has yet


class Node:
    """One question about one key."""

    __slots__ = ("answer", "blob", "is_changed", "is_kept", "key", "number", "question", "reads")

    def __init__(self, number: int, question: "Question[Any]", key: str) -> None:
        self.number = number
        self.question = question
        self.key = key
        self.answer: object = UNREAD
        self.blob: bytes | None = None  # the answer as it is stored, or its mark
        # Numbers of what it was made from; in a first build known until the state has them.
        self.reads: tuple[int, ...] = ()
        self.is_changed = False  # in this build
        self.is_kept = False  # the state has it as it is


class Question(Generic[T]):
    """A pure function of a key, asked through the memory."""

    __slots__ = ("_memory", "_name", "far", "is_kept", "is_large", "make", "near", "nodes")

    def __init__(
        self,
        memory: "Memory",
        name: str,
        make: Callable[[str], T],
        near: Callable[[str], tuple[Any, ...]] | None = None,
        far: Callable[..., T] | None = None,
        is_kept: bool = True,
    ) -> None:
        self._memory = memory
        self._name = name
        self.make = make
        self.near = near  # what `far` has to be given
        self.far = far  # does the work, and may do so in another process
        self.nodes: dict[str, Node] = {}  # what is known of it in this build, by key
        self.is_large = False  # its answers are not held
        self.is_kept = is_kept  # else only what tells an answer from others

    @property
    def name(self) -> str:
        """What it is called."""
        return self._name

    def __call__(self, key: str) -> T:
        """Return the answer."""
        return self._memory.ask(self, key)


def plain(answer: object) -> bytes:
    """Return bytes that are equal for equal values, whichever of their parts are one object."""
    out = io.BytesIO()
    pickler = pickle.Pickler(out, pickle.HIGHEST_PROTOCOL)
    pickler.fast = True
    pickler.dump(answer)
    return out.getvalue()


def is_unanswered(node: Node) -> bool:
    """Tell whether a node was begun in this build and has no answer yet."""
    return node.answer is UNREAD and node.blob is None and not node.is_kept


def told_mark(mark: object) -> bytes | None:
    """Return what stands for an answer as it is stored; None: nothing does."""
    return None if mark is None else plain(mark)


def mark_of(answer: object) -> bytes:
    """Return what tells an answer from others."""
    return hashlib.blake2b(plain(answer), digest_size=16).digest()
