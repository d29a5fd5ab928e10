"""Reporting: explanations of several texts as Markdown, for the body of a pull request.

In: explanations. Out: one Markdown text of at most `LONGEST` characters. What stands in a source is
shown in fenced blocks only, whose fence is longer than any in it: there no text can break out,
mention people, or refer to anything. What does not fit is counted, never silently left out.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from briefbook.explaining.explain import Explanation
from briefbook.model import Fate, Line
from briefbook.text.visible import visible

# What the body of a pull request may have; characters beyond U+FFFF count as two.
LONGEST = 65_536
# Room for the words that say what did not fit.
_RESERVE = 400
_INDENT = "  "


@dataclass(frozen=True, slots=True)
class _Part:
    """One headed block of what is told of a text."""

    head: str  # Markdown, ours
    lines: tuple[str, ...]  # of the source, plain
    is_folded: bool = False  # shown when the reader asks for it


def report(found: Sequence[Explanation], longest: int = LONGEST) -> str:
    """Return explanations as Markdown: what was kept, dropped and flagged of each text.

    What fits is told in this order: of all texts how many lines had which fate, then what is
    flagged, then fields, dropped lines, metadata and kept lines, of the first text first.
    """
    opening = _opening(len(found))
    room = longest - _RESERVE - _length(opening)
    heads: list[str] = []
    for head in map(_head, found):
        if _length(head) > room:
            break
        room -= _length(head)
        heads.append(head)
    told = [_parts(explanation) for explanation in found[: len(heads)]]
    bodies: list[list[str]] = [[] for _ in heads]
    is_whole = len(heads) == len(found)
    for parts_of_rank in zip(*told, strict=True):
        for part, body in zip(parts_of_rank, bodies, strict=True):
            shown, is_all = _fitted(part, room)
            room -= _length(shown)
            body.append(shown)
            is_whole = is_whole and is_all
    texts = "".join(head + "".join(body) for head, body in zip(heads, bodies, strict=True))
    return opening + texts + ("" if is_whole else _closing(len(found) - len(heads)))


def _opening(count: int) -> str:
    said = {0: "No text became an entry.", 1: "One text became an entry."}
    return said.get(count, f"{count} texts became entries.") + (
        " Look at what is flagged and at what was dropped; correct the entry in `briefings/`,"
        " and what you change stays.\n"
    )


def _closing(untold: int) -> str:
    more = f" {untold} more {'text is' if untold == 1 else 'texts are'} not listed." * bool(untold)
    return f"\nThis is not all, for length.{more} `briefbook explain FILE` shows all of a text.\n"


def _head(found: Explanation) -> str:
    counted = {fate: sum(line.fate is fate for line in found.article.lines) for fate in Fate}
    flagged = len(found.article.slips)
    entry = f" → {_code(found.entry)}" if found.entry else ""
    said = ", ".join(f"{count} {fate}" for fate, count in counted.items())
    total = sum(counted.values())
    return (
        f"\n### {_code(found.path)}{entry}\n\n"
        f"{total} line{'s' * (total != 1)}: {said}. "
        f"{f'**{flagged} flagged.**' if flagged else 'Nothing is flagged.'}\n"
    )


def _parts(found: Explanation) -> tuple[_Part, ...]:
    lines = found.article.lines
    kept = tuple(_numbered(line) for line in lines if line.fate is Fate.BODY)
    dropped = [line for line in lines if line.fate is Fate.DROPPED]
    read = [line for line in lines if line.fate is Fate.METADATA]
    return (
        _Part("**Flagged**, please look", tuple(str(slip) for slip in found.article.slips)),
        _Part("**What is known of it**", tuple(_facts(found))),
        _Part("**Dropped**, by rule", tuple(_by_rule(dropped))),
        _Part(f"Metadata, lines: {len(read)}", tuple(_by_rule(read)), is_folded=True),
        _Part(f"Kept, lines: {len(kept)}", kept, is_folded=True),
    )


def _facts(found: Explanation) -> Iterator[str]:
    for field in found.fields:
        where = f"line {field.line}" if field.line else "the text as a whole"
        yield f"{field.name}: {field.shown}  ({where}: {field.rule})"
    yield from (f"bottom line: {sentence}" for sentence in found.article.summary)
    yield f"topics: {', '.join(found.topics) or 'none'}"
    yield f"story: {found.story}"
    yield from (f"{_INDENT}with: {title}" for title in found.beside)


def _by_rule(those: Sequence[Line]) -> Iterator[str]:
    """Yield lines in their order, those that follow each other under one rule below it."""
    for rule, lines in groupby(those, key=lambda line: line.rule):
        yield f"{rule}:"
        yield from (f"{_INDENT}{_numbered(line)}" for line in lines)


def _numbered(line: Line) -> str:
    return f"{line.number}: {line.text.strip()}"


# --------------------------------------------------------------------------- Markdown that fits


def _fitted(part: _Part, room: int) -> tuple[str, bool]:
    """Return a part with as many of its lines as there is room for, and whether these are all."""
    if not part.lines:
        return "", True
    lines = tuple(map(_one_line, part.lines))
    fence = _fence(lines)
    count = _count_fitting(lines, room - _length(_block(part, (), fence)))
    if count == len(lines):
        return _block(part, lines, fence), True
    shown = lines[: _count_fitting(lines, room - _length(_block(part, (_cut(len(lines)),), fence)))]
    if not shown:
        return "", False
    return _block(part, (*shown, _cut(len(lines) - len(shown))), fence), False


def _count_fitting(lines: Sequence[str], room: int) -> int:
    """Count how many of the first lines there is room for, each with its line end."""
    for count, line in enumerate(lines):
        room -= _length(line) + 1
        if room < 0:
            return count
    return len(lines)


def _cut(count: int) -> str:
    return f"… and {count} more line{'s' * (count != 1)}"


def _block(part: _Part, lines: Sequence[str], fence: str) -> str:
    text = "".join(f"{line}\n" for line in lines)
    fenced = f"{fence}text\n{text}{fence}\n"
    if part.is_folded:
        return f"\n<details><summary>{part.head}</summary>\n\n{fenced}\n</details>\n"
    return f"\n{part.head}\n\n{fenced}"


def _fence(lines: Sequence[str]) -> str:
    """Return a fence longer than any run of its sign in the lines."""
    return "`" * max(3, 1 + _longest_run(lines))


def _code(name: str) -> str:
    """Return a file name as code, whatever its characters."""
    name = _one_line(name)
    ticks = "`" * (1 + _longest_run((name,)))
    return f"{ticks} {name} {ticks}" if "`" in name else f"{ticks}{name}{ticks}"


def _longest_run(texts: Sequence[str]) -> int:
    return max((len(run) for text in texts for run in re.findall("`+", text)), default=0)


def _one_line(text: str) -> str:
    return visible(text).replace("\n", " ")


def _length(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2
