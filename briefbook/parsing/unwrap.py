"""Unwrap: whether a text is hard-wrapped, and which physical lines are one.

Text copied from a PDF or an e-mail has a line end after every 60 to 90 characters, in the middle of
sentences. In: the lines of a text, as they stand. Out: which of them belong together. The text as a
whole decides, and conservatively: its lines are filled to about one width, most go on in the next
with a small letter, and hardly any is longer. A poem, a list, an address, results, or a text with
a paragraph a line are none of this and stay as they are, but for a widest line that breaks off.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefbook.parsing.bylines import is_byline
from briefbook.parsing.dates import find_dates
from briefbook.text.words import STOP_WORDS

# Columns. Narrower texts are poems and lists; wider lines are whole paragraphs.
_NARROWEST, _WIDEST = 45, 110
_TOO_LONG = 120
# Share of the text that may stand in longer lines, such as an address on the web.
_MOST_TOO_LONG = 0.1
# At least so many lines go on in the next, and this share of those long enough to: English prose
# has 0.7, German with its capitals 0.55.
# A line that ends in a word such as "the" counts, whatever the next begins with.
_FEWEST_GOING_ON = 3
# Fewer are enough in mail, and where every line that is long enough goes on and not one more word
# would have fit.
_FEW_GOING_ON = 2
_LEAST_GOING_ON = 0.4
# Of these, so many are filled: the next word would not have fit. PDFs set letters of unequal width,
# so 0.8 of the width counts as full; verse is filled in 0.3 to 0.6 of its lines.
_LEAST_FILLED = 0.85
_FULL = 0.8
# In scripts without small letters, sentences end inside this share of the lines that go on. Lists
# of headlines have none.
_LEAST_STOPS = 0.2
# A line shorter than this share of the width ends a paragraph.
_SHORT = 0.6
# A line is broken by itself only where it is about as wide as windows are, in columns.
_BROKEN_FROM = 60
# A line into which the next word would have fit was ended on purpose.
_FITS = 0.9
_LEAST_SPACED = 0.8
_TOP = 6  # lines; headline, byline and date stand here
_SHORTEST_TITLE = 20  # columns
_LONGEST_DATE = 40

_STOP = re.compile(r"[.!?…:。！？؟؛;][\"'”’»)\]]*$")
_STOP_INSIDE = re.compile(r"[.!?؟]\s|[。！？]")
_WIDE = re.compile(r"[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\uff00-\uff60]+")
_OPENING = "\"'“‘«„([¿¡"
_MARKED = re.compile(r"\s*(?:[*•\-–·▪‣◦●○#>|]|\(?\d{1,3}[.)]|\(?[a-z]\))\s+\S")
_DIVIDED = re.compile(r"\t|\S\s{3,}\S|\s\|\s")
_HYPHEN = re.compile(r"[^\W\d_][-\u2010\u00ad]$")


@dataclass(frozen=True, slots=True)
class Row:
    """One physical line, as unwrapping sees it."""

    number: int  # 1-based
    text: str  # without quote marks; white space at the end gone
    columns: int  # its width
    indent: int  # columns of white space at its start


def rows_of(lines: Sequence[tuple[int, str]]) -> tuple[Row, ...]:
    """Return lines with their widths: letters of East Asian scripts take two columns."""
    rows: list[Row] = []
    for number, line in lines:
        text = line.rstrip()
        rows.append(Row(number, text, _columns(text), len(text) - len(text.lstrip())))
    return tuple(rows)


def _columns(text: str) -> int:
    return len(text) if text.isascii() else len(text) + sum(map(len, _WIDE.findall(text)))


def is_too_long(lines: Iterable[str]) -> bool:
    """Tell whether too much of a text stands in long lines: `width_of` says 0 of its rows then."""
    return _are_too_long([_columns(line.rstrip()) for line in lines])


def _are_too_long(columns: Sequence[int]) -> bool:
    too_long = sum([own for own in columns if own > _TOO_LONG])
    return too_long > sum(columns) * _MOST_TOO_LONG


def width_of(rows: Sequence[Row], *, in_mail: bool = False) -> int:
    """Return the width a text is wrapped to, in columns; 0 for a text that is not wrapped.

    Args:
        rows: The lines that are not blank, in order.
        in_mail: It came in a mail, where less is proof enough.
    """
    if not rows or _are_too_long([row.columns for row in rows]):
        return 0
    long = sorted(row.columns for row in rows if _NARROWEST // 2 < row.columns <= _TOO_LONG)
    width = long[len(long) * 95 // 100] if long else 0
    if not _NARROWEST <= width <= _WIDEST:
        return 0
    could = filled = brimful = divided = 0
    going_on: list[Row] = []
    for row, following in pairwise(rows):
        if following.number != row.number + 1 or row.columns < _SHORT * width:
            continue
        could += 1
        if _STOP.search(row.text[-6:]):
            continue
        if begins_small(following.text) or _ends_open(row.text):
            going_on.append(row)
            columns = row.columns + 1 + _first_word(following)
            filled += columns > _FULL * width
            brimful += columns > width
            divided += ends_in_hyphen(row.text)
    fewest = _FEW_GOING_ON if in_mail or brimful == could else _FEWEST_GOING_ON
    is_wrapped = (
        len(going_on) + divided >= fewest
        and len(going_on) >= _LEAST_GOING_ON * could
        and filled >= _LEAST_FILLED * len(going_on)
        and _is_prose(rows, going_on)
    )
    return width if is_wrapped else 0


def _is_prose(rows: Sequence[Row], going_on: Sequence[Row]) -> bool:
    """Tell whether sentences end now and then, and not at the ends of lines alone.

    Where a script has small letters, these prove enough.
    """
    cased = sum(any(map(str.islower, row.text)) for row in going_on)
    inside = sum(bool(_STOP_INSIDE.search(row.text)) for row in rows)
    return 2 * cased > len(going_on) or inside >= _LEAST_STOPS * len(going_on)


def join(rows: Sequence[Row], width: int, noise: set[int]) -> tuple[tuple[Row, ...], ...]:
    """Return the rows of a wrapped text in groups, each one logical line.

    Args:
        rows: The lines in order, without those dropped already.
        width: What the text is wrapped to, in columns.
        noise: Numbers of dropped lines; a paragraph goes on over them.
    """
    groups: list[list[Row]] = []
    spaced = _is_spaced(rows, width)
    for place, row in enumerate(rows):
        group = groups[-1] if groups else []
        if group and _connects(group, row, noise) and (
            _belongs(group, row, width, noise, is_first=len(groups) == 1, spaced=spaced)
            or (place < _TOP and _is_rest_of_title(group[-1], row))
        ):  # fmt: skip
            group.append(row)
        else:
            groups.append([row])
    return tuple(map(tuple, groups))


def join_broken(rows: Sequence[Row]) -> tuple[tuple[Row, ...], ...]:
    """Return the rows of a text that is not wrapped in groups, each one logical line.

    A mail program or a narrow window may have broken a single line. It goes on in the one right
    below where none of the text is wider by that one's first word, it is no end of a sentence, and
    what follows begins with a small letter.
    """
    groups: list[list[Row]] = []
    widest = max((row.columns for row in rows), default=0)
    for row in rows:
        if groups and _is_broken(groups[-1], row, widest):
            groups[-1].append(row)
        else:
            groups.append([row])
    return tuple(map(tuple, groups))


def _is_broken(group: Sequence[Row], row: Row, widest: int) -> bool:
    above = group[-1]
    return (
        row.text.lstrip().lstrip(_OPENING)[:1].islower()
        and _BROKEN_FROM <= above.columns <= _WIDEST
        and above.columns + 1 + _first_word(row) > widest
        and not begins_small(group[0].text)
        and above.text[-1:].isalnum()  # a line of verse often ends with a comma
        and _connects(group, row, set())
        and not _is_title(above.text)
    )


def _ends_open(text: str) -> bool:
    """Tell whether a line ends in a word such as "the": what follows may begin with a capital."""
    return text.rsplit(None, 1)[-1].casefold() in STOP_WORDS


def _is_spaced(rows: Sequence[Row], width: int) -> bool:
    """Tell whether blank lines stand between paragraphs: below nearly every short line."""
    gaps = [b.number != a.number + 1 for a, b in pairwise(rows) if a.columns < _SHORT * width]
    return bool(gaps) and sum(gaps) >= _LEAST_SPACED * len(gaps)


def begins_small(text: str) -> bool:
    """Tell whether a line begins with a letter that is no capital; many scripts have none."""
    first = text.lstrip().lstrip(_OPENING)[:1]
    return first.isalpha() and not first.isupper()


def ends_in_hyphen(text: str) -> bool:
    """Tell whether a line ends in a hyphen behind a letter."""
    return bool(_HYPHEN.search(text[-2:]))


def _connects(group: Sequence[Row], row: Row, noise: set[int]) -> bool:
    """Tell whether nothing stands between a line and the logical line above, and neither is apart.

    Apart are rows of a table, items, bylines and date lines.
    """
    above = group[-1]
    if row.number != above.number + 1 and not _is_over_noise(above, row, noise):
        return False
    if _stands_alone(above) or _stands_alone(row):
        return False
    return not _MARKED.match(row.text) and not is_byline(row.text) and not _is_date(row)


def _is_date(row: Row) -> bool:
    """Tell whether a line is a date and hardly more."""
    if row.columns > _LONGEST_DATE or _STOP.search(row.text[-6:]):
        return False
    return sum(found.end - found.start for found in find_dates(row.text)) * 2 > row.columns


def _is_over_noise(above: Row, row: Row, noise: set[int]) -> bool:
    return any(n in noise for n in range(above.number + 1, row.number))


def _is_rest_of_title(above: Row, row: Row) -> bool:
    """Tell whether a line ends a headline that is set in larger letters and so in shorter lines."""
    small = row.text.lstrip()[:1].islower()
    return small and above.columns >= _SHORTEST_TITLE and not _STOP.search(above.text[-6:])


def _belongs(
    group: Sequence[Row], row: Row, width: int, noise: set[int], *, is_first: bool, spaced: bool
) -> bool:
    """Tell whether a line goes on with the logical line that it connects to.

    Args:
        group: The logical line so far.
        row: The line.
        width: What the text is wrapped to.
        noise: Numbers of dropped lines.
        is_first: The logical line is the first of the text, which may be its headline.
        spaced: Blank lines stand between the paragraphs of the text.
    """
    above = group[-1]
    over_noise = _is_over_noise(above, row, noise)
    small, stopped = begins_small(row.text), bool(_STOP.search(above.text[-6:]))
    if ends_in_hyphen(above.text) and (small or over_noise):
        return True
    if len(group) > 1 and small and not stopped:
        return True  # whatever the line above is as long as: some programs wrap wrapped text again
    if above.columns < _SHORT * width or above.text.isupper() != row.text.isupper():
        return False
    if row.indent > above.indent + 1 and not _MARKED.match(group[0].text):
        return False
    if small:
        return not over_noise or not stopped
    if over_noise and stopped:
        return False
    if spaced:
        return True
    if is_first and len(group) <= 2 and not any(_STOP_INSIDE.search(r.text + " ") for r in group):
        return False  # a headline as wide as the text
    fits = above.columns + 1 + _first_word(row) <= _FITS * width
    return not fits and not above.text.endswith(":") and not _is_title(above.text)


def _stands_alone(row: Row) -> bool:
    """Tell whether a line is a row of a table, or nothing but signs."""
    return bool(_DIVIDED.search(row.text)) or not any(map(str.isalnum, row.text))


def _first_word(row: Row) -> int:
    """Return the columns of a row's first word; where nothing divides words, of a letter."""
    word = row.text.split(None, 1)[0] if row.text.strip() else ""
    return 2 if _WIDE.match(word) and not "\uac00" <= word[0] <= "\ud7a3" else len(word)


def _is_title(text: str) -> bool:
    """Tell whether a line is written as a title, nearly every longer word with a capital."""
    long = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(long) >= 3 and sum(word[0].isupper() for word in long) >= 0.8 * len(long)
