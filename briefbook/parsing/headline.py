"""Headline: which of the lines around the start of a text is its headline.

In: the page. Out: the headline, or None. Every line that could be one is a candidate; signs with
weights (`weights/headline.tsv`) choose. Another that plainly was a headline too is kept as an other
one, for the editor to see.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from briefbook.parsing.bylines import is_given, names_of
from briefbook.parsing.choice import choose, load
from briefbook.parsing.cues import find_cues
from briefbook.parsing.lines import PARTS, TextLine, is_item, kept_of_text
from briefbook.parsing.page import BREADCRUMB, CAPTION_END, LABEL_WORDS, Page, has_cue
from briefbook.parsing.wording import Wording, telling
from briefbook.text.words import folded

# Headlines have some 4 to 20 words; others are teasers or paragraphs.
_MOST_WORDS = 30
_LONGEST = 300  # characters
# A line that is a phrase of these is no headline.
_FURNITURE = ("furniture", "box", "end")
# So many lines above the start of the text, and below it where the start was seen too early, are
# looked at: farther away stand menus and other articles.
_ABOVE = 40
_BELOW = 9
_ABOVE_RUNNING = 15
# A text of at most so many lines is no page but a paste.
_PASTE = 40
# A lead has so many lines; more telling words than so many a headline seldom has.
_LEAD = 5
_FULL = 8
# Two headlines that share this much of their words say the same.
_SAME = 0.5
# Another headline stands within this many lines of the chosen one; farther off it is a menu's.
_NEAR = 8
# A headline of whose telling words less than this stand in the text is worth a look.
CONTRADICTED = 0.34
# What divides a headline from the outlet behind it or the path before it.
_DIVIDER = re.compile(r"\s(?:[|»>›→·•]|[-–—])\s")
# A text so short may stand in other lines by chance.
_HOLDABLE = 15
# Lengths that headlines, labels and paragraphs differ in; found on the development pages.
_LENGTHS = ((5, "4-5"), (8, "6-8"), (14, "9-14"), (20, "15-20"))
# "Policy & Trade": a section's name.
_JOINED = re.compile(r"\s[&/+]\s")
_PATH = re.compile(r"\s[»>›→]\s")
_CAPITALS = re.compile(r"\b[A-Z]{2,5}\b")
_ADDRESS = re.compile(r"@|https?:|www\.")
# So many surroundings of a candidate are remembered.
_KEPT = 2048


@dataclass(frozen=True, slots=True)
class Headline:
    """The headline and the others that stood for it."""

    text: str  # without white space around it
    line: int  # 1-based physical line
    place: int  # index among the lines that are not blank
    rule: str
    present: float  # 0 to 1: the share of its telling words that stand in the body at all
    others: tuple[str, ...] = ()
    other_lines: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A line, or a part of one, that could be the headline."""

    place: int  # index of its line
    text: str
    folded: str
    signs: tuple[str, ...]
    is_whole: bool  # the text is all of its line


def find_headline(page: Page) -> Headline | None:
    """Return the headline of a page, or None where no line is surely one."""
    wording = page_wording(page)
    found = headline_candidates(page, wording)
    chosen = choose(load("headline"), [one.signs for one in found], [one.folded for one in found])
    if chosen is None:
        return None
    best = _where_it_stands(page, found, found[chosen.place])
    best = _borne_out_instead(page, found, best)
    others = _others(page, found, best)
    # Of the same letters the first one: "DREDGING" is not where "Dredging" stands.
    first = next(one for one in found if one.text == best.text and best.place - one.place <= _NEAR)
    return Headline(
        text=best.text,
        line=page.lines[first.place if first.is_whole else best.place].number,
        place=best.place,
        rule="the body bears it out best" if len(found) > 1 else "stands above the text",
        present=wording.present(telling(best.folded)),
        others=tuple(one.text for one in others),
        other_lines=tuple(page.lines[one.place].number for one in others),
    )


def _where_it_stands(page: Page, found: list[Candidate], best: Candidate) -> Candidate:
    """Return the candidate of the same words that is a line of its own, nearest to the text."""
    same = [one for one in found if one.folded == best.folded and one.is_whole]
    return min(same, key=lambda one: abs(one.place - page.start), default=best)


def _borne_out_instead(page: Page, found: list[Candidate], best: Candidate) -> Candidate:
    """Return a line between headline and text that the text bears out, if it does not the headline.

    "US-Iraq talks" above a text on Korea and Iraq belongs to another text.
    """
    if "a foreign name" not in best.signs:
        return best
    between = (
        one
        for one in found
        if best.place < one.place < page.start
        and one.is_whole
        and page.lines[one.place].words > LABEL_WORDS
        and one.folded != best.folded
        and "a foreign name" not in one.signs
    )
    return next(between, best)


def _others(page: Page, found: list[Candidate], best: Candidate) -> list[Candidate]:
    """Return other headlines near the chosen one: repeated as it is, and saying something else."""
    others = {
        one.folded: one
        for one in reversed(found)
        if abs(one.place - best.place) <= _NEAR
        and len(page.places.get(one.folded, ())) > 1
        and len(one.folded.split()) > 3
        and one.folded != best.folded
        and not _agree(one.text, best.text)
    }
    return list(reversed(others.values()))


def headline_candidates(page: Page, wording: Wording) -> list[Candidate]:
    """Return the lines that could be the headline, with their signs, in order."""
    found: list[tuple[int, _Variant, tuple[str, ...]]] = []
    order = 0
    shares: list[float] = []  # how many words of each the lead has
    lead_end = min(page.running + _LEAD, page.end)
    lead = _wording(page.lines[page.running : lead_end])
    for i in _near_start(page):
        line = page.lines[i]
        if not _could_be(page, i) or _is_bare_label(page, line, wording):
            continue
        around = (
            f"candidate {min(3, order)}",
            *_own_signs(line),
            *_place_signs(page, i),
            *_neighbour_signs(page, i),
        )
        order += 1
        for variant in _variants(line):
            if not variant.folded:
                continue
            said = lead.present(variant.telling, own=page.running <= i < lead_end)
            shares.append(said * min(_FULL, len(variant.telling)))
            signs = (
                f"part {variant.part}",
                *_borne_signs(variant, wording, own=page.start <= i < page.end),
                f"in the lead {int(said * 4.99)}",
                *_repeat_signs(page, i, variant.folded),
                *around,
            )
            found.append((i, variant, signs))
    best = sorted(set(shares), reverse=True)
    return [
        Candidate(
            i,
            variant.text,
            variant.folded,
            (*signs, f"place {min(3, best.index(share))} by the lead"),
            variant.part == "whole",
        )
        for (i, variant, signs), share in zip(found, shares, strict=True)
    ]


def _near_start(page: Page) -> list[int]:
    """Return the lines near the start of the article, or of its running text."""
    near = {*range(max(0, page.start - _ABOVE), min(page.start + _BELOW, len(page.lines)))}
    last = min(page.running + 1, len(page.lines))
    return sorted(near.union(range(max(0, page.running - _ABOVE_RUNNING), last)))


def _could_be(page: Page, i: int) -> bool:
    line = page.lines[i]
    return (
        _may_be_headline(line)
        and not (line.words <= LABEL_WORDS and _is_in_menu(page, i))
        and not page.is_date_line(i, beside=1)
        and not page.bylines[i]
    )


@kept_of_text
def _may_be_headline(line: TextLine) -> bool:
    """Tell whether a line could be a headline as far as it says itself."""
    return (
        bool(line.folded)
        and line.words <= _MOST_WORDS
        and len(line.text) < _LONGEST
        and not has_cue(line, "origin")
        and not any(c.section in _FURNITURE and not c.is_inside for c in line.cues)
        and not is_item(line.text)
        and not line.text.startswith(">")
        and not CAPTION_END.search(line.text[-100:])
        and not _starts_at_home(line)
    )


def _is_in_menu(page: Page, i: int) -> bool:
    """Tell whether a short line stands close between others, on a page with blank lines."""
    return page.has_gaps and not page.gap(i) and not page.gap(i + 1)


def _starts_at_home(line: TextLine) -> bool:
    """Tell whether a line is a path that starts with a phrase of furniture: "Home / Ports"."""
    path = BREADCRUMB.split(line.text, maxsplit=1)
    return len(path) > 1 and any(cue.section == "furniture" for cue in find_cues(path[0]))


def _is_bare_label(page: Page, line: TextLine, wording: Wording) -> bool:
    """Tell whether a line of a few words is a label that the text does not take up."""
    return (
        line.words <= LABEL_WORDS
        and _JOINED.search(line.text) is not None
        and len(page.places[line.folded]) == 1
        and line.folded not in page.path_ends
        and not wording.present(telling(line.folded))
    )


class _Variant(NamedTuple):
    """A line, or a part of one, as a headline."""

    part: str  # whole | head | tail
    text: str
    folded: str
    telling: Sequence[str]  # the words that say something


@kept_of_text
def _variants(line: TextLine) -> tuple[_Variant, ...]:
    """Return the whole line, and where a divider is in it its first and its last part."""
    text = line.text.strip().lstrip("# ")
    found: list[_Variant] = []
    if len(_PATH.findall(text)) < 2:
        found.append(_Variant("whole", text, line.folded, telling(line.folded)))
    dividers = list(_DIVIDER.finditer(text))
    if dividers:
        head, tail = text[: dividers[-1].start()].strip(), text[dividers[-1].end() :].strip()
        for part, of_part in (("head", head), ("tail", tail)):
            key = folded(of_part)
            found.append(_Variant(part, of_part, key, telling(key)))
    return tuple(found)


@kept_of_text
def _own_signs(line: TextLine) -> tuple[str, ...]:
    """Return what the line itself looks like."""
    return tuple(_looks(line))


def _looks(line: TextLine) -> Iterator[str]:
    text, words = line.text.strip(), line.words
    yield f"words {_length(words)}"
    if text[-1] in '.?!:…“”"':
        yield f"ends in {text[-1]}"
    if text.isupper():
        yield "capitals"
    if not text[0].isupper():
        yield "starts small"
    if text.startswith("#"):
        yield "marked as heading"
    if line.numbered:
        yield "digits"
    if _ADDRESS.search(text):
        yield "address"
    if BREADCRUMB.search(text):
        yield "path"
    if words <= 3 and PARTS.search(text):
        yield "parts"
    if 1 < words <= LABEL_WORDS and names_of(text, whole=True):
        yield "a name" if is_given(text.split()[0]) else "like a name"
    for cue in line.cues[:2]:
        yield f"cue {cue.section}" + (" inside" if cue.is_inside else "")


def _length(words: int) -> str:
    if words < 4:
        return str(words)
    return next((name for most, name in _LENGTHS if words <= most), "21-")


def _place_signs(page: Page, i: int) -> Iterator[str]:
    """Yield where the line stands."""
    away = page.start - i
    if away > 0:
        near = str(away) if away <= 8 else "9-15" if away < 16 else "16-"
        yield f"above the text by {near}"
    else:
        yield "in the text by " + (str(-away) if away > -4 else "4-8" if away > -9 else "9-")
    down = page.running - i
    if down < 0:
        yield "below running text"
    else:
        near = str(down) if down < 6 else "6-8" if down < 9 else "9-15" if down < 16 else "16-"
        yield f"above running text by {near}"
    if len(page.lines) <= _PASTE and i < 3:
        yield f"line {i} of a paste, {'prose above' if 'P' in page.kinds[:i] else 'no prose above'}"
        yield f"line {i} of a paste, {page.kinds[i]} above {page.kinds[i + 1 : i + 2]}"
    yield f"line {i}" if i < 3 else "line 3-9" if i < 10 else "line 10-"
    if page.has_gaps:
        yield f"gaps {page.gap(i):d}{page.gap(i + 1):d}"
        yield f"gaps {page.gap(i):d}{page.gap(i + 1):d} words {_length(page.lines[i].words)}"
    if 0 < away <= 15:
        between = page.kinds[i + 1 : page.start]
        yield f"nearest long line {between.count('M')}" if page.kinds[i] == "M" else "no long line"
        yield "only metadata between" if set(between) <= {"D", "B", "F"} else "more between"


def _neighbour_signs(page: Page, i: int) -> Iterator[str]:
    """Yield what kinds of lines stand around."""
    kinds = page.kinds
    yield from _kinds_around(kinds[max(0, i - 6) : i], kinds[i], kinds[i + 1 : i + 7])
    yield from _length_signs(page, i)


@lru_cache(_KEPT)
def _kinds_around(above: str, own: str, below: str) -> tuple[str, ...]:
    """Return what kinds of lines stand around: the six above, the line, and the six below."""
    over = f"__{above}"
    under = f"{below[:3]}___"[:3]
    signs = [
        f"above {over[-1]}",
        f"two above {over[-2]}",
        f"{over[-1]} {own} {under[0]}",
        f"below {under[:2]}",
        f"two below {under[1]}",
        f"three below {under[2]}",
        f"{own} and {under}",
        f"prose below {min(3, below.count('P'))}",
        f"menu above {above[-4:].count('S')}",
    ]
    for letter, name in (("D", "date"), ("B", "byline")):
        if letter in below[:4]:
            signs.append(f"{name} soon below")
        if letter in above[-3:]:
            signs.append(f"{name} soon above")
    if above.count("P") > 1:
        signs.append("prose above")
    return tuple(signs)


def _length_signs(page: Page, i: int) -> Iterator[str]:
    """Yield whether the lines next to it are longer, as a standfirst is, or shorter, as a label."""
    for j, name in ((i - 1, "above"), (i + 1, "below")):
        if 0 <= j < len(page.lines) and page.kinds[j] in "MSP":
            share = page.lines[j].words / page.lines[i].words
            # A standfirst is longer by about half at least; a kicker is half as long.
            yield f"{name} " + ("longer" if share > 1.4 else "alike" if share > 0.6 else "shorter")


def _repeat_signs(page: Page, i: int, key: str) -> Iterator[str]:
    """Yield where else the page says the same."""
    places = page.places.get(key, ())
    yield f"said above {min(2, sum(j < i for j in places))}"
    yield f"said below {min(2, sum(j > i for j in places))}"
    if page.path_ends.get(key, i) != i:
        yield "ends a path"
    if key == page.lines[i].folded and any(
        one.folded in page.places for one in _variants(page.lines[i]) if one.part != "whole"
    ):
        yield "a part of it is a line of its own"
    if len(key) >= _HOLDABLE:
        at = page.everything.find(key)
        if at < page.offsets[i]:
            yield "held by a line above"
        if page.everything.find(key, page.offsets[i] + len(page.lines[i].folded)) >= 0:
            yield "held by a line below"


def _borne_signs(variant: _Variant, wording: Wording, *, own: bool) -> Iterator[str]:
    """Yield how far the body bears the words out."""
    text, words = variant.text, variant.telling
    if not words:
        yield "borne out: no telling word"
        return
    share = wording.bears_out(words, own=own)
    yield f"borne out {int(share * 4.99)}"
    yield f"words {_length(len(variant.folded.split()))} borne out {int(share * 2.99)}"
    yield f"present {int(wording.present(words, own=own) * 4.99)}"
    if not text.isupper() and not all(map(wording.has, _CAPITALS.findall(text))):
        yield "a foreign name"


def page_wording(page: Page) -> Wording:
    """Return the words of the body of a page."""
    return _wording(page.lines[page.start : page.end])


def _wording(lines: Sequence[TextLine]) -> Wording:
    body = [line for line in lines if line.words > LABEL_WORDS]
    return Wording([line.text for line in body], [line.folded for line in body])


def _agree(one: str, other: str) -> bool:
    first, second = _telling(one), _telling(other)
    return len(first & second) >= _SAME * min(len(first), len(second)) if first and second else True


def _telling(text: str) -> set[str]:
    """Return the words of a title that say something; "US" is a country, "us" is not."""
    return {*telling(folded(text)), *_CAPITALS.findall(text)}
