"""Judging: the lines of a source -> their verdicts, with the editor's word on single lines.

In: the lines that are not blank, what HTML says of them, what the editor says. Out: logical lines
with their verdicts, as the rest of parsing sees them. The rules are asked first as if the editor
had said nothing: that tells which of their words change anything, and what an entry would be
without one.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from briefbook.model import Fate, Page
from briefbook.parsing.apart import take_apart, whole_fates
from briefbook.parsing.clean import CleanText, clean
from briefbook.parsing.logical import Logical, as_they_stand, logical_lines
from briefbook.parsing.pages import clean_page, without_statements
from briefbook.parsing.told import Told


@dataclass(frozen=True, slots=True)
class Judged:
    """The lines of a source with their fates."""

    logical: Logical
    cleaned: CleanText
    page: Page | None
    otherwise: Mapping[int, Fate] = field(default_factory=dict)  # of lines the editor decided

    def fate_of(self, told: Mapping[int, Fate]) -> dict[int, Fate]:
        """Return the fates of some physical lines."""
        return {
            number: verdict.fate
            for verdict in self.cleaned.verdicts
            for number in self.logical.lines_of(verdict.number)
            if number in told
        }


def judge(raw: Mapping[int, str], page: Page | None, told: Told) -> Judged:
    """Give every line its fate.

    Args:
        raw: The lines that are not blank by their numbers, as they stand.
        page: What HTML says of them; None: the source is plain text.
        told: What the editor says of some.
    """
    free = _judged(as_they_stand(raw) if page else logical_lines(raw), page, Told())
    if not told.fates:
        return free
    otherwise = free.fate_of(told.fates)
    # What the rules say too needs no force, and stays in its place among the others.
    words = {n: fate for n, fate in told.fates.items() if fate is not otherwise[n]}
    judged = _told(free, raw, Told(words)) if words else free
    if judged.fate_of(told.fates) != told.fates:  # with these words the rules say something else
        judged = _told(free, raw, told)
    return replace(judged, cleaned=_made_sure(judged.cleaned, told), otherwise=otherwise)


def _told(free: Judged, raw: Mapping[int, str], told: Told) -> Judged:
    page = without_statements(free.page, told.fates) if free.page else None
    return _judged(take_apart(free.logical, raw, told), page, told)


def _made_sure(cleaned: CleanText, told: Told) -> CleanText:
    """Return cleaned lines of which those the editor decided are no guesses."""
    return replace(
        cleaned,
        verdicts=tuple(
            replace(verdict, is_sure=True) if verdict.number in told.fates else verdict
            for verdict in cleaned.verdicts
        ),
    )


def _judged(logical: Logical, page: Page | None, told: Told) -> Judged:
    fates = whole_fates(logical, told)
    if page is not None:
        cleaned = clean_page(logical.numbered, page, told=fates)
    else:
        cleaned = clean(logical.numbered, told=fates, wholes=logical.wholes)
    return Judged(logical, logical.with_decided(cleaned), page)
