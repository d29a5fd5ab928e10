"""Kin: the longer forms of a text that a form belongs to, as last word, first word or letters."""

from collections.abc import Mapping, Sequence

from briefbook.parsing.naming.heads import PARTICLES

# What a company's name has at its end and its short form has not.
LEGAL = frozenset(
    """inc inc. corp corp. co co. ltd ltd. plc llc ag sa nv spa gmbh ab oy as bv company corporation
    group holdings limited""".split()
)
_SMALL = PARTICLES | {"of", "the", "and", "for"}
KINDS = ("person", "organisation", "place")


def relations(keys: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """Return for each key the longer keys it belongs to, with how.

    How is last, first, letters ("KFP"), or company: the longer one says its legal form too.
    """
    found: dict[str, list[tuple[str, str]]] = {}
    present = set(keys)
    for key in keys:
        words = key.split()
        if len(words) < 2:
            continue
        for how, part in (("last", words[-1]), ("first", words[0])):
            if part in present:
                found.setdefault(part, []).append((how, key))
        for size in range(2, len(words)):
            for how, part in (("last", " ".join(words[-size:])), ("first", " ".join(words[:size]))):
                if part in present:
                    found.setdefault(part, []).append((how, key))
        trimmed = len(words)
        while trimmed and words[trimmed - 1] in LEGAL:
            trimmed -= 1
        if trimmed < len(words) and (short := " ".join(words[:trimmed])) in present:
            found.setdefault(short, []).append(("company", key))
        letters = "".join(
            word[0]
            for word in words
            if word not in PARTICLES and word not in ("of", "the", "and", "for")
        )
        if letters in present and len(letters) > 1:
            found.setdefault(letters, []).append(("letters", key))
    return found


def kin_signs(related: Sequence[tuple[str, str]], kinds: Mapping[str, str]) -> list[str]:
    """Return what the longer forms that a form belongs to say of it, as signs."""
    return sorted({f"{how} of {kinds.get(longer, 'nothing')}" for how, longer in related})
