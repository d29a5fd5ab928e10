"""Headline: which of the lines around the start of a text is its headline.

In: the page. Out: the headline, or None. Every line that could be one is a candidate; signs with
weights (`weights/headline.tsv`) choose. Another that plainly was a headline too is kept as an other
one, for the editor to see.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from briefbook.parsing.bylines import is_given, names_of
from briefbook.parsing.choice import choose, load
from briefbook.parsing.cues import find_cues
from briefbook.parsing.lines import TextLine, is_item
from briefbook.parsing.page import (
    BREADCRUMB,
    CAPTION_END,
    LABEL_WORDS,
    PARTS,
    Page,
    has_cue,
)
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
    found: list[Candidate] = []
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
        for part, text in _variants(line):
            key = line.folded if part == "whole" else folded(text)
            if key:
                said = lead.present(telling(key), own=page.running <= i < lead_end)
                shares.append(said * min(_FULL, len(telling(key))))
                own = (
                    *_borne_signs(text, key, wording, own=page.start <= i < page.end),
                    f"in the lead {int(said * 4.99)}",
                    *_repeat_signs(page, i, key),
                )
                signs = (f"part {part}", *own, *around)
                found.append(Candidate(i, text, key, signs, part == "whole"))
    return _compared(found, shares)


def _compared(found: list[Candidate], shares: list[float]) -> list[Candidate]:
    """Return candidates with signs that say how they do beside the others."""
    best = sorted(set(shares), reverse=True)
    return [
        replace(one, signs=(*one.signs, f"place {min(3, best.index(share))} by the lead"))
        for one, share in zip(found, shares, strict=True)
    ]


def _near_start(page: Page) -> list[int]:
    """Return the lines near the start of the article, or of its running text."""
    near = {*range(max(0, page.start - _ABOVE), min(page.start + _BELOW, len(page.lines)))}
    last = min(page.running + 1, len(page.lines))
    return sorted(near.union(range(max(0, page.running - _ABOVE_RUNNING), last)))


def _could_be(page: Page, i: int) -> bool:
    line = page.lines[i]
    return (
        bool(line.folded)
        and line.words <= _MOST_WORDS
        and len(line.text) < _LONGEST
        and not has_cue(line, "origin")
        and not any(c.section in _FURNITURE and not c.is_inside for c in line.cues)
        and not (line.words <= LABEL_WORDS and _is_in_menu(page, i))
        and not page.is_date_line(i, beside=1)
        and not page.bylines[i]
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


def _variants(line: TextLine) -> Iterator[tuple[str, str]]:
    """Yield the whole line, and where a divider is in it its first and its last part."""
    text = line.text.strip().lstrip("# ")
    if len(_PATH.findall(text)) < 2:
        yield "whole", text
    dividers = list(_DIVIDER.finditer(text))
    if dividers:
        yield "head", text[: dividers[-1].start()].strip()
        yield "tail", text[dividers[-1].end() :].strip()


def _own_signs(line: TextLine) -> Iterator[str]:
    """Yield what the line itself looks like."""
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
    if any(map(str.isdigit, text)):
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
    kinds = f"__{page.kinds}___"
    here = i + 2
    own = kinds[here]
    yield f"above {kinds[here - 1]}"
    yield f"two above {kinds[here - 2]}"
    yield f"{kinds[here - 1]} {own} {kinds[here + 1]}"
    yield f"below {kinds[here + 1]}{kinds[here + 2]}"
    yield f"two below {kinds[here + 2]}"
    yield f"three below {kinds[here + 3]}"
    yield f"{own} and {kinds[here + 1 : here + 4]}"
    near = page.kinds[i + 1 : i + 7]
    yield f"prose below {min(3, near.count('P'))}"
    for letter, name in (("D", "date"), ("B", "byline")):
        if letter in near[:4]:
            yield f"{name} soon below"
        if letter in page.kinds[max(0, i - 3) : i]:
            yield f"{name} soon above"
    if page.kinds[max(0, i - 6) : i].count("P") > 1:
        yield "prose above"
    yield f"menu above {page.kinds[max(0, i - 4) : i].count('S')}"
    yield from _length_signs(page, i)


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
        folded(text) in page.places for part, text in _variants(page.lines[i]) if part != "whole"
    ):
        yield "a part of it is a line of its own"
    if len(key) >= _HOLDABLE:
        at = page.everything.find(key)
        if at < page.offsets[i]:
            yield "held by a line above"
        if page.everything.find(key, page.offsets[i] + len(page.lines[i].folded)) >= 0:
            yield "held by a line below"


def _borne_signs(text: str, key: str, wording: Wording, *, own: bool) -> Iterator[str]:
    """Yield how far the body bears the words out."""
    words = telling(key)
    if not words:
        yield "borne out: no telling word"
        return
    share = wording.bears_out(words, own=own)
    yield f"borne out {int(share * 4.99)}"
    yield f"words {_length(len(key.split()))} borne out {int(share * 2.99)}"
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
