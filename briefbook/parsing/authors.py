"""Authors: which of the names on a page are those of who wrote the text.

In: the page, its headline and its date. Out: the names, or none. Names behind a word such as "By",
names that stand alone near headline or date, and names in boxes about the author are candidates;
signs with weights (`weights/authors.tsv`) choose. Names in captions, comments and teasers lose.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from briefbook.parsing.bylines import (
    is_given,
    name_before_more,
    names_in,
    names_of,
    subject_of_biography,
)
from briefbook.parsing.choice import choose, load
from briefbook.parsing.cues import words_of
from briefbook.parsing.lines import TextLine, kept_of_text
from briefbook.parsing.page import FULL_STOP, Page
from briefbook.parsing.steps import step, steps
from briefbook.text.words import STOP_WORDS, collapsed, fold_word, folded

# A byline has at most this many words; "Published by … in … on …, tagged …" is long.
_MOST_WORDS = 30
# A longer line that ends in a full stop is a sentence: "Von Montag an gilt ein neuer Fahrplan."
_SHORT = 6
# A bare name stands within this many lines of headline, date or start.
_NEAR = 4
# Lines between a name and what it stands near.
_AWAY = steps(0, 1, 2, 3, 4, 8, 20)
# A biography stands in the last part of a text.
_TAIL = 0.6
# A label above a name ("Published by", "Autor:") has at most this many words.
_LABEL_WORDS = 3
# Each name is looked for in the whole text, so that only so many are; no page about one article has
# a tenth of them.
_MOST_CANDIDATES = 400
_PARTS = re.compile(r"(?:(?<!\s)\s+)?[|•·/–—()]\s*|(?<!\s)\s+-\s+|(?<!\s)\s\s+")
_HANDLE = re.compile(r"[^\W\d_][\w.@\-]{2,24}(?=\s|$|[,|])")
# Labels come back on every page of an outlet: so many are remembered.
_KEPT_NAMES = 2048
_ENDS_IN_COLON = re.compile(r"[:]\s*$")


@dataclass(frozen=True, slots=True)
class Candidate:
    """Names that could be the authors'."""

    place: int  # index of their line
    names: tuple[str, ...]
    signs: tuple[str, ...]


def find_authors(page: Page, headline: int | None, dated: int | None) -> Candidate | None:
    """Return the authors, or None where no name is surely theirs.

    Args:
        page: The page.
        headline: Index of the headline's line.
        dated: Index of the line of the date of publication.
    """
    found = author_candidates(page, headline, dated)
    chosen = choose(load("authors"), [c.signs for c in found], [_key(c.names) for c in found])
    return found[chosen.place] if chosen else None


def plain_byline(page: Page, places: Sequence[int]) -> Candidate | None:
    """Return the names of the first byline or date line that plainly says "by", None without one.

    Args:
        page: The page.
        places: Indexes of the bylines and date lines, in order.
    """
    for i in places:
        if names := names_in(page.lines[i].text, anywhere=bool(page.dated[i].dates)):
            return Candidate(i, names, ())
    # The cleaner may see a biography as the end of the article or as what follows it.
    tail = int(page.start + _TAIL * (page.end - page.start))
    biographies = (
        (i, subject_of_biography(page.lines[i].text))
        for i in range(tail, min(len(page.lines), page.end + _NEAR))
        if page.lines[i].prose
    )
    return next((Candidate(i, (name,), ()) for i, name in biographies if name), None)


def _key(names: tuple[str, ...]) -> str:
    return folded(" ".join(names))


def author_candidates(page: Page, headline: int | None, dated: int | None) -> list[Candidate]:
    """Return the names that could be the authors', with their signs, in order."""
    near = _near(page, headline, dated)
    found: list[Candidate] = []
    for i, line in enumerate(page.lines):
        if len(found) >= _MOST_CANDIDATES:
            break
        is_sentence = line.words > _SHORT and FULL_STOP.search(line.text[-8:])
        short = line.words <= _MOST_WORDS and not is_sentence
        forms = list(_forms(page, i, bare=i in near)) if short else []
        if name := subject_of_biography(line.text) if line.prose else None:
            forms.append(("biography", "", (name,)))
        if not forms:
            continue
        around = (*_place_signs(page, i, headline, dated), *_neighbour_signs(page, i))
        for form, word, names in forms:
            own = _name_signs(page, i, names)
            order = f"name {min(3, len(found))} of the page"
            signs = (
                f"form {form}",
                f"{form} {page.kinds[i]}",
                f"word {word}",
                order,
                *own,
                *around,
            )
            found.append(Candidate(i, names, signs))
    return found


def _near(page: Page, headline: int | None, dated: int | None) -> set[int]:
    """Return the lines a bare name may stand on."""
    near: set[int] = set()
    for middle in (headline, dated, page.start):
        if middle is not None:
            near.update(range(middle - _NEAR, middle + _NEAR + 1))
    near.update(range(page.end - 3, page.end + 3))
    return near


def _forms(page: Page, i: int, *, bare: bool) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Yield form, word before the names, and names of each part of a line that may name authors."""
    line = page.lines[i]
    says_author = _says_author(line)
    label = _label_above(page, i)
    if not (says_author or bare or label or line.cues):
        return
    text = collapsed(_undated(page, i))
    match = None
    for match in _author_words().finditer(text) if says_author else ():
        word = fold_word(match["word"])
        behind = text[match.end() :]
        form = "inside" if match.start() else "opening"
        if names := names_of(behind):
            yield form, word, names
            if two := name_before_more(names[0]):
                yield f"{form}, two words", word, two
        elif not line.prose and (page.dated[i].dates or not match.start()):
            handle = _HANDLE.match(behind)
            if handle and handle[0].casefold() not in STOP_WORDS:
                yield f"{form}, handle", word, (handle[0],)
    for cue in line.cues:
        if cue.rest and cue.section in ("end", "box") and (names := names_of(cue.rest)):
            yield f"{cue.section} cue", "", names
    if label and (names := names_of(text)):
        yield "below a label", label, names
    elif bare and match is None:
        yield from _bare_forms(text)


@kept_of_text
def _says_author(line: TextLine) -> bool:
    return not words_of("author").isdisjoint(line.folded.split())


def _label_above(page: Page, i: int) -> str:
    """Return the word for an author that ends the short line above, "" where there is none."""
    if not i or page.lines[i - 1].words > _LABEL_WORDS:
        return ""
    last = page.lines[i - 1].folded.rpartition(" ")[2]
    return last if last in words_of("author") else ""


@lru_cache(_KEPT_NAMES)
def _bare_forms(text: str) -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Return the first part of a short line that is a name, most often none."""
    return tuple(_bare_names(text))


def _bare_names(text: str) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    if text.upper() == text.lower():  # where no script tells names from words
        return
    for n, part in enumerate(_PARTS.split(text)[:5]):
        if names := names_of(part, whole=True):
            yield f"bare {min(n, 2)}", "", names
            return
        if names := name_before_more(part):
            yield f"bare {min(n, 2)}, two words", "", names
            return


def _undated(page: Page, i: int) -> str:
    text = page.lines[i].text.strip() if not page.dated[i].dates else page.lines[i].text
    for found in reversed(page.dated[i].dates):
        text = text[: found.start] + " | " + text[found.end :]
    return text.strip(" |·•,–—-\t")


@cache
def _author_words() -> re.Pattern[str]:
    words = "|".join(sorted(map(re.escape, words_of("author")), key=len, reverse=True))
    return re.compile(
        rf"(?:^|(?<=[\s|·•/(–—,;:>]))(?P<word>{words})(?:\s+(?:by|von|par|por|di|door))?"
        rf"(?:\s*:\s*|\s+)",
        re.I,
    )


def _name_signs(page: Page, i: int, names: tuple[str, ...]) -> Iterator[str]:
    """Yield what the names look like, and where else they stand."""
    yield f"names {min(3, len(names))}"
    yield f"words of the name {len(names[0].split())}"
    yield "given name" if is_given(names[0].split()[0]) else "no given name"
    if names[0].isupper():
        yield "capitals"
    key = folded(names[0])
    times = page.everything.count(key) - page.lines[i].folded.count(key)
    yield f"said again {min(3, times)}"
    if any(key in line.folded for line in page.lines[page.start : page.end] if line.prose):
        yield "in the prose"
    if any(key == line.folded for line in page.lines):
        yield "stands alone somewhere"


def _place_signs(page: Page, i: int, headline: int | None, dated: int | None) -> Iterator[str]:
    """Yield where the line stands from headline, date, start and end of the text."""
    for name, at in (("headline", headline), ("date", dated)):
        if at is None:
            yield f"no {name}"
        elif i == at:
            yield f"at the {name}"
        else:
            yield f"{'below' if i > at else 'above'} the {name} by {step(_AWAY, abs(i - at))}"
    yield from page.place_signs(i, headline, _AWAY)


def _neighbour_signs(page: Page, i: int) -> Iterator[str]:
    """Yield what kinds of lines stand around."""
    kinds = f"_{page.kinds}_"
    line = page.lines[i]
    yield f"above {kinds[i]}"
    yield f"below {kinds[i + 2]}"
    yield f"{kinds[i]} and {kinds[i + 2]}"
    if page.has_gaps:
        yield f"gaps {page.gap(i):d}{page.gap(i + 1):d}"
    for cue in line.cues[:2]:
        yield f"cue {cue.section}"
    for cue in page.lines[i - 1].cues[:1] if i else ():
        yield f"above: {cue.section}"
    words = line.words
    yield "words " + (str(words) if words < 6 else "6-9" if words < 10 else "10-")
    if page.dated[i].dates:
        yield "date in the line"
    if _ENDS_IN_COLON.search(line.text):
        yield "ends in a colon"
