"""Structure: tell what each kept line is, and join the lines into blocks.

In: the kept lines of a source, with the repairs. Out: blocks in order (headings, paragraphs,
items, quotes, callouts, questions and answers, table rows) and the kind of each line. What a line
says by its own marks is certain; of the others, the best way through the whole text is taken by
the weights of their signs. Text is never changed beyond its repairs; only a list's marker or a
quote's mark goes into the block's own field.
"""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Container, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise, zip_longest

from briefbook.model import Block, BlockKind
from briefbook.parsing import sequence
from briefbook.parsing.blocksigns import BodyLine, Bundle, bundles_of
from briefbook.parsing.cues import find_cues, telling_words
from briefbook.parsing.tables import cells_of, table_rows
from briefbook.text.markdown import without_closing_marks
from briefbook.text.words import count_words

_BULLET = re.compile(r"^\s*(?P<mark>[*•\-–·▪‣◦●○])\s+(?=\S)")
_NUMBER = re.compile(r"^\s*(?P<mark>\d{1,2})[.)]\s+(?=\S)")
_QUOTE = re.compile(r"^\s*>\s?")
_MARKDOWN_HEADING = re.compile(r"^\s{0,3}(?P<mark>#{1,6})\s+(?=\S)")
_STOP = re.compile(r"[.!…。！۔।][\"'”’»)\]」』）]*\s*$")
_ATTRIBUTED = re.compile(r"^[“\"„«].{10,}[”\"»]\s*[–—-]{1,2}\s*\S.{2,80}$")
_LABELLED = re.compile(r"^(?P<label>[^:?!.]{2,40}(?:[:?!]))\s+(?=\S)")
_LABEL_LENGTH = 40
# What a line may start with that says by its own marks what it is.
_OPENING = frozenset('#>QA*•-–·▪‣◦●○"“„«')
_QUESTION_THEN_ANSWER = re.compile(r"^(?P<q>[^?!]{8,240}\?)\s+(?P<a>\S.{8,})$", re.S)
_Q_OR_A = re.compile(r"^(?P<mark>Q|A)\s*[:.]\s+(?=\S)")
_QUESTION_WORDS = 40
# A heading above questions has at most so many characters; longer lines are not looked up.
_LONGEST_HEADING = 120
# A first line of this many words that is not written as a title is the standfirst.
_STANDFIRST_WORDS = 9
# A line of this many words that ends in a colon above a marked list introduces it: 54 of 61 do.
_LEAD_IN_WORDS = 4
# A second article can only begin below this many kept lines of the first.
_LEAST_ABOVE = 3
# The states of the table of weights. An item has two: the first of a list is another thing than the
# next, as a gap above the first is usual.
STATES = {
    "heading": BlockKind.HEADING,
    "paragraph": BlockKind.PARAGRAPH,
    "item": BlockKind.ITEM,
    "next item": BlockKind.ITEM,
    "table": BlockKind.TABLE,
}
# More than all signs of a line weigh together.
_HELD = 10**6
# Bundles of signs whose weights are remembered, a few megabytes: 1,000 texts have 20,000 of them.
_REMEMBERED = 2**15
# What may turn out to be a question in a list of them.
_MAY_ASK = (BlockKind.HEADING, BlockKind.ITEM, BlockKind.PARAGRAPH)


@dataclass(frozen=True, slots=True)
class Structured:
    """The blocks of a text and the kind of each line."""

    blocks: tuple[Block, ...]
    kinds: dict[int, BlockKind]  # by line number
    glued: int | None  # line of the headline of a second article, None where there is one text


def structure(
    lines: Sequence[BodyLine], repeats: Sequence[int] = (), bylines: Sequence[int] = ()
) -> Structured:
    """Tell what each line is.

    Args:
        lines: The kept lines in order.
        repeats: Numbers of dropped lines that repeat the headline below the start: where a
            heading follows one, a second article begins.
        bylines: Numbers of byline lines: where one follows a heading deep in the text, too.
    """
    kinds = _kinds(lines)
    glued = _second_article(lines, kinds, repeats, bylines)
    blocks: list[Block] = []
    for line in lines:
        level = 3 if glued is not None and line.number > glued else 2
        blocks.extend(_blocks(line, kinds[line.number], level))
    return Structured(tuple(blocks), kinds, glued)


def _kinds(lines: Sequence[BodyLine]) -> dict[int, BlockKind]:
    certain = certain_kinds(lines)
    model = sequence.load("structure")
    unpacked = sequence.packing(len(model.states)).unpacked
    weight_of = _WEIGHTS.__getitem__
    scores = [unpacked(sum(map(weight_of, own))) for own in bundles_of(lines, certain)]
    found = likely_kinds(lines, certain, scores, model)
    faq = _faq_headings(lines)
    kinds: dict[int, BlockKind] = {}
    in_faq = False
    for i, line in enumerate(lines):
        following = lines[i + 1] if i + 1 < len(lines) else None
        kind = found[line.number]
        heads_faq = kind is BlockKind.HEADING and line.number in faq
        if heads_faq:
            in_faq = True
        elif in_faq and kind in _MAY_ASK:
            kind = _question(line, following) or kind
        previous = kinds.get(lines[i - 1].number) if i else None
        answers = previous is BlockKind.QUESTION and _is_bare_question(lines[i - 1])
        if answers and kind is BlockKind.PARAGRAPH:
            kind = BlockKind.ANSWER
        if in_faq and kind is BlockKind.HEADING:
            in_faq = heads_faq
        kinds[line.number] = kind
    return kinds


def weight_of(bundle: Bundle) -> int:
    """Return what the signs of a bundle weigh together, packed."""
    make, seen = bundle
    model = sequence.load("structure")
    return sequence.packing(len(model.states)).packed(model.scores(make(*seen)))


class _Weights(dict[Bundle, int]):
    """What bundles weigh, found out when they are first met."""

    def __missing__(self, bundle: Bundle) -> int:
        if len(self) >= _REMEMBERED:
            self.clear()
        self[bundle] = weight = weight_of(bundle)
        return weight


_WEIGHTS = _Weights()


def certain_kinds(lines: Sequence[BodyLine]) -> dict[int, BlockKind]:
    """Return what is certain of some lines, by line number: no weight is asked of them."""
    own = {line.number: _own_kind_of(line.text) for line in lines}
    rows = table_rows(lines, own)
    own |= dict.fromkeys(_numbered_steps(lines), BlockKind.ITEM)
    faq = _faq_headings(lines)
    kinds: dict[int, BlockKind] = {}
    for line, below in zip_longest(lines, lines[1:]):
        kind = BlockKind.TABLE if line.number in rows else own[line.number]
        if kind is None and below is not None:
            above_list = own[below.number] is BlockKind.ITEM
            if (line is lines[0] and _is_standfirst(line.text)) or (
                above_list and _leads_in(line.text)
            ):
                kind = BlockKind.PARAGRAPH
            elif line.number in faq:
                kind = BlockKind.HEADING
        if kind is not None:
            kinds[line.number] = kind
    return kinds


def likely_kinds(
    lines: Sequence[BodyLine],
    certain: Mapping[int, BlockKind],
    scores: Sequence[sequence.Weights],
    model: sequence.Model,
    allowed: Mapping[int, Container[str]] | None = None,
) -> dict[int, BlockKind]:
    """Return the kind of each line on the best way through the text.

    Args:
        lines: The kept lines.
        certain: What is certain of some, by line number.
        scores: What the signs of each line speak for each state.
        model: The weights.
        allowed: The kinds that some lines may be, by line number; for learning.
    """
    held: list[sequence.Weights] = []
    for line, own in zip(lines, scores, strict=True):
        kind = certain.get(line.number)
        if kind is not None:
            kinds: Container[str] = (kind if kind in STATES.values() else BlockKind.PARAGRAPH,)
        elif allowed is None or line.number not in allowed:
            held.append(own)
            continue
        else:
            kinds = allowed[line.number]
        weights = zip(model.states, own, strict=True)
        held.append(tuple(w + _HELD * (STATES[state] in kinds) for state, w in weights))
    path = sequence.best_states(model, held)
    return {
        line.number: certain.get(line.number) or STATES[model.states[state]]
        for line, state in zip(lines, path, strict=True)
    }


def _is_standfirst(text: str) -> bool:
    """Tell whether a first line is a standfirst: too long for a heading, not set as a title."""
    telling = [word for word in text.split() if len(word) > 3]
    capitals = sum(word[0].isupper() or word[0].isdigit() for word in telling)
    return count_words(text) >= _STANDFIRST_WORDS and capitals < 0.6 * len(telling)


def _leads_in(text: str) -> bool:
    """Tell whether a line above a list introduces it; a shorter one may be its heading."""
    return text.endswith(":") and count_words(text) >= _LEAD_IN_WORDS


def _faq_headings(lines: Sequence[BodyLine]) -> frozenset[int]:
    """Return the numbers of the lines that may head questions, where the text asks any."""
    if not any("?" in line.text for line in lines):
        return frozenset()
    folded = {x.number: x.text.casefold() for x in lines if len(x.text) <= _LONGEST_HEADING}
    # Few texts have any of these words, so that few lines are looked up.
    whole = "\n".join(folded.values())
    words = [word for word in telling_words("faq") if word in whole]
    return frozenset(
        number
        for number, text in folded.items()
        if any(word in text for word in words)
        and any(cue.section == "faq" for cue in find_cues(text))
    )


def _own_kind_of(text: str) -> BlockKind | None:
    """Return what a line is by its own look alone, None where its neighbours decide."""
    if text[0] in _OPENING:
        if _MARKDOWN_HEADING.match(text):
            return BlockKind.HEADING
        if _QUOTE.match(text) or _ATTRIBUTED.match(text):
            return BlockKind.QUOTE
        if mark := _Q_OR_A.match(text):
            return BlockKind.QUESTION if mark["mark"] == "Q" else BlockKind.ANSWER
        if _BULLET.match(text):
            return BlockKind.ITEM
    if _callout_label(text):
        return BlockKind.CALLOUT
    return None


def _callout_label(text: str) -> str:
    """Return the label that opens a callout ("Did You Know?"), "" where there is none."""
    start = text[: _LABEL_LENGTH + 1]
    if ":" not in start and "?" not in start and "!" not in start:
        return ""
    label = _LABELLED.match(text[:80])
    if label and any(cue.section == "callout" for cue in find_cues(label["label"].rstrip(":"))):
        return label["label"]
    return ""


def _is_bare_question(line: BodyLine) -> bool:
    return line.text.rstrip("\"'”’").endswith("?")


def _question(line: BodyLine, following: BodyLine | None) -> BlockKind | None:
    text = _without_marker(line.text)[1]
    answered = following is not None and bool(_STOP.search(following.text))
    if len(text.split()) <= _QUESTION_WORDS and text.endswith("?") and answered:
        return BlockKind.QUESTION
    if _QUESTION_THEN_ANSWER.match(text):
        return BlockKind.QUESTION
    return None


def _numbered_steps(lines: Sequence[BodyLine]) -> set[int]:
    """Return the numbers of the lines of a numbered list: neighbours whose numbers rise.

    A single one, or one with text below, may as well be a heading.
    """
    found: set[int] = set()
    for above, line in pairwise(lines):
        if not (above.text[0].isdigit() and line.text[0].isdigit()):
            continue
        one, two = _NUMBER.match(above.text), _NUMBER.match(line.text)
        if one and two and int(one["mark"]) < int(two["mark"]):
            found |= {above.number, line.number}
    return found


def _second_article(
    lines: Sequence[BodyLine],
    kinds: dict[int, BlockKind],
    repeats: Sequence[int],
    bylines: Sequence[int],
) -> int | None:
    """Return the line of a second article's headline.

    It is a heading deep in the text, right below a repeated headline or right above a byline.
    """
    if not lines:
        return None
    numbers = [line.number for line in lines]
    of_repeats, of_bylines = set(repeats), set(bylines)
    for sign in sorted((*repeats, *bylines)):
        above = bisect_left(numbers, sign)
        below = bisect_right(numbers, sign)
        if above < _LEAST_ABOVE:
            continue
        if sign in of_bylines and kinds[numbers[above - 1]] is BlockKind.HEADING:
            return numbers[above - 1]
        is_heading = below < len(numbers) and kinds[numbers[below]] is BlockKind.HEADING
        if sign in of_repeats and is_heading:
            return numbers[below]
    return None


def _without_marker(text: str) -> tuple[str, str]:
    """Return a line's list marker, as Markdown writes it, and its text."""
    if bullet := _BULLET.match(text):
        return "-", text[bullet.end() :]
    if number := _NUMBER.match(text):
        return f"{int(number['mark'])}.", text[number.end() :]
    return "", text


def _blocks(line: BodyLine, kind: BlockKind, level: int) -> list[Block]:
    make = _MAKERS.get(kind)
    if make is not None:
        return make(line, level)
    return [Block(kind=kind, text=line.text, first=line.number, last=line.number)]


def _heading(line: BodyLine, level: int) -> list[Block]:
    text = line.text
    if mark := _MARKDOWN_HEADING.match(text):
        text = without_closing_marks(text[mark.end() :])
        level = max(level, min(len(mark["mark"]), 4))
    return [
        Block(kind=BlockKind.HEADING, text=text, first=line.number, last=line.number, level=level)
    ]


def _item(line: BodyLine, level: int) -> list[Block]:
    marker, text = _without_marker(line.text)
    n = line.number
    return [Block(kind=BlockKind.ITEM, text=text, first=n, last=n, marker=marker)]


def _quote(line: BodyLine, level: int) -> list[Block]:
    text = _QUOTE.sub("", line.text, count=1)
    return [Block(kind=BlockKind.QUOTE, text=text, first=line.number, last=line.number)]


def _callout(line: BodyLine, level: int) -> list[Block]:
    n = line.number
    label = _callout_label(line.text)
    return [Block(kind=BlockKind.CALLOUT, text=line.text, first=n, last=n, marker=label)]


def _asked(line: BodyLine, level: int) -> list[Block]:
    text = _without_marker(line.text)[1]
    n = line.number
    if both := _QUESTION_THEN_ANSWER.match(text):
        return [
            Block(kind=BlockKind.QUESTION, text=both["q"], first=n, last=n),
            Block(kind=BlockKind.ANSWER, text=both["a"], first=n, last=n),
        ]
    return [Block(kind=BlockKind.QUESTION, text=text, first=n, last=n)]


def _row(line: BodyLine, level: int) -> list[Block]:
    n, cells = line.number, cells_of(line.text)
    if len(cells) < 2:  # the columns are lost: the line stays a line
        return [Block(kind=BlockKind.TABLE, text=line.text, first=n, last=n)]
    return [Block(kind=BlockKind.TABLE, text="\n".join(cells), first=n, last=n, cells=cells)]


_MAKERS: dict[BlockKind, Callable[[BodyLine, int], list[Block]]] = {
    BlockKind.HEADING: _heading,
    BlockKind.ITEM: _item,
    BlockKind.QUOTE: _quote,
    BlockKind.CALLOUT: _callout,
    BlockKind.QUESTION: _asked,
    BlockKind.TABLE: _row,
}
