"""Capitals: the names in a line that is all capitals, as headlines and tables of results are.

Capital letters say nothing there, so only what the rest of the text or a list has as a name counts;
and what stands alone before the numbers of a row.
"""

import re
from collections.abc import Iterator, Sequence

from briefbook.parsing.naming.knowledge import is_in, mask
from briefbook.parsing.naming.runs import ROW, Form, is_place, sign

_PART = re.compile(r"[^\W\d_][\w.'’&]*|[.,:/-]{0,40}\d[\w.,:/-]*|[^\w\s]")
_DATE = re.compile(r"\d{4}-\d\d-\d\d")
_LISTS = mask("country", "region", "large city", "organisation", "company", "team")
_ORDINARY = mask("ordinary")
_LONGEST = 5  # words of a name
_MOST_PARTS = 400  # of a line


def add_capitals(lines: Sequence[str], forms: dict[str, Form]) -> None:
    """Add the names of lines of capitals to the forms of a text, by their keys."""
    lasts = (key.rsplit(" ", 1)[-1] for key in forms if " " in key)
    present = frozenset(forms)
    named = present | {last for last in lasts if not is_in(last, _ORDINARY)}
    for line in lines:
        parts = _PART.findall(line)[:_MOST_PARTS]
        folded = [part.lower().removesuffix("'s") for part in parts]
        for start, end in _names(folded, named):
            key, text = " ".join(folded[start:end]), " ".join(parts[start:end])
            if key.count(".") == 1:  # the stop of the line, or "ST. LOUIS"
                key, text = key.removesuffix("."), text.removesuffix(".")
            above = sign(folded[start - 1]) if start else "^"
            below = sign(folded[end]) if end < len(folded) else "$"
            if below in ("0", "at") and above in ("^", "0") and is_place(key):
                key += ROW
            if key not in present:
                further = sign(folded[start - 2]) if start > 1 else "^"
                later = sign(folded[end + 1]) if end + 1 < len(folded) else " "
                around = (further, f"(capitals) {above}", f"(capitals) {below}", later, True)
                forms.setdefault(key, Form(text)).mentions.append(around)


def _names(folded: list[str], present: frozenset[str]) -> Iterator[tuple[int, int]]:
    """Yield start and end of the names of a line, the longest first at each place."""
    at = 0
    while at < len(folded):
        if not folded[at][0].isalpha():
            at += 1
            continue
        end = _longest(folded, at, present) or _row(folded, at)
        if end:
            yield at, end
        at = end or at + 1


def _longest(folded: list[str], at: int, present: frozenset[str]) -> int:
    """Return the end of the longest name that starts at a part, 0 where none does."""
    for end in range(min(len(folded), at + _LONGEST), at, -1):
        name = " ".join(folded[at:end])
        bare = name.removesuffix(".")
        if name in present or bare in present:
            return end
        if end == at + 1 and is_in(bare, _ORDINARY):
            continue
        if is_in(name, _LISTS) or is_in(bare, _LISTS):
            return end
    return 0


def _row(folded: list[str], at: int) -> int:
    """Return the end of a stretch of words that opens a line and stands before numbers, else 0."""
    if at:
        return 0
    end: int = at
    while end < len(folded) and folded[end][0].isalpha():
        end += 1
    numbers = folded[end:]
    if numbers and _DATE.fullmatch(numbers[0]) and end - at <= 3:
        return end
    if end - at > 3 or len(numbers) < 2 or any(part[0].isalpha() for part in numbers):
        return 0
    return 0 if all(is_in(word, _ORDINARY) for word in folded[at:end]) else end
