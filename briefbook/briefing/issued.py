"""What readers were last shown of an entry, against what they will be shown: what was wrong.

Pure. What differs only in white space, quotes, case or punctuation was not wrong, nor was what
was not said at all, nor a number that came or went with the sentence around it.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from briefbook.briefing.merge import hash_value
from briefbook.briefing.writing import Value
from briefbook.model import Entry, Issued, Status
from briefbook.text.figures import changed_figures, figures, same_figure
from briefbook.text.markdown import read_blocks

# What writes a word in another way, and what stands between words.
_WITHIN_WORDS = frozenset("'’‘ʼ`´′")
# Punctuation that says something: "5%" is not "5".
_TELLING = frozenset("%‰#&@*§/")


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that readers were shown and that is another now."""

    field: str  # title, published, summary or figures
    was: str  # of figures: the first; each has a change of its own
    now: str  # "": it is gone


def issued_of(entry: Entry, *, is_whole: bool, shown: Callable[[], str]) -> Issued:
    """Return what readers are shown of an entry.

    Args:
        entry: The entry.
        is_whole: Whether its body is shown as a whole.
        shown: Returns its body as far as it is shown, Markdown; asked only where that is new.
    """
    before = entry.parsed.issued if entry.parsed else None
    body = hash_value((entry.body, "whole" if is_whole else "extract"))
    is_known = before is not None and before.body == body
    return Issued(
        slug=entry.slug,
        story=entry.story,
        status=entry.status,
        title=entry.title,
        published=entry.published,
        summary=entry.summary,
        figures=before.figures if before and is_known else _figures_of(shown()),
        body=body,
        corrections=sum(not correction.draft for correction in entry.corrections),
        updated=before.updated if before else None,
    )


def _figures_of(body: str) -> tuple[str, ...]:
    return figures("\n".join(block.text for block in read_blocks(body)))


def changes_between(was: Issued, now: Issued) -> tuple[Change, ...]:
    """Return what readers were told wrongly, by what they are told now."""
    changes = [
        Change(field, old, new)
        for field, old, new in (
            ("title", was.title, now.title),
            ("published", day_of(was.published), day_of(now.published)),
            ("summary", was.summary, now.summary),
        )
        if old and not alike(old, new)
    ]
    pairs = _figures_apart(was, now, changes)
    return (*changes, *(Change("figures", *pair) for pair in pairs))


def _figures_apart(was: Issued, now: Issued, told: list[Change]) -> Iterator[tuple[str, str]]:
    """Yield the changed numbers of a body that no changed title or bottom line tells already."""
    if was.figures == now.figures:
        return  # as of nearly all entries, of which none changes from itself
    elsewhere = [
        pair
        for change in told
        for pair in changed_figures(figures(change.was), figures(change.now))
    ]
    for old, new in changed_figures(was.figures, now.figures):
        if not any(same_figure(a, old) and same_figure(b, new) for a, b in elsewhere):
            yield old, new


def with_parsers_changes(
    issued: Issued, was: Issued, now: Issued, is_still_there: Callable[[str, str], bool]
) -> Issued:
    """Take for issued what only the parser changed: another reading of a text is no correction.

    Args:
        issued: What readers were last shown.
        was: What the entry said before its source was parsed again.
        now: What it says after that.
        is_still_there: Tells of a field and what was read for it whether the source still says
            that; then the parser reads the source differently, else the source has changed.
    """
    taken = replace(issued, figures=_figures_reread(issued, was, now, is_still_there))
    if taken.figures == now.figures:
        taken = replace(taken, body=now.body)
    if _is_reread(issued.title, was.title, now.title) and is_still_there("title", was.title):
        taken = replace(taken, title=now.title)
    summaries = (issued.summary, was.summary, now.summary)
    if _is_reread(*summaries) and is_still_there("summary", was.summary):
        taken = replace(taken, summary=now.summary)
    dates = (issued.published, was.published, now.published)
    if _is_reread(*dates) and is_still_there("published", day_of(was.published)):
        taken = replace(taken, published=now.published)
    return taken


def _is_reread(issued: object, was: object, now: object) -> bool:
    """Tell whether a value was what was issued until its source was parsed again."""
    return issued == was != now


def _figures_reread(
    issued: Issued, was: Issued, now: Issued, is_still_there: Callable[[str, str], bool]
) -> tuple[str, ...]:
    """Return the numbers of now, but for those that an editor or the source has changed."""
    others = [*changed_figures(issued.figures, was.figures)]
    others += [
        (old, new)
        for old, new in changed_figures(was.figures, now.figures)
        if not is_still_there("figures", old)
    ]
    taken = list(now.figures)
    for old, new in others:
        at = next((n for n, figure in enumerate(taken) if same_figure(figure, new)), None)
        if at is not None:
            taken[at] = old
    return tuple(taken)


def alike(one: str, other: str) -> bool:
    """Tell whether two texts differ in nothing but white space, quotes, case and punctuation."""
    return one == other or _bare(one) == _bare(other)


def day_of(when: date | datetime | None) -> str:
    """Return the day that pages print; "" where there is none."""
    return (when.date() if isinstance(when, datetime) else when).isoformat() if when else ""


def issued_value(issued: Issued) -> Mapping[str, Value]:
    """Return what stands under `issued`; what says nothing, or only `published`, is left out."""
    value: dict[str, Value | None] = {
        "slug": issued.slug,
        "story": issued.story,
        "status": "" if issued.status is Status.PUBLISHED else issued.status.value,
        "title": issued.title,
        "published": issued.published.isoformat() if issued.published else "",
        "summary": issued.summary,
        "figures": issued.figures,
        "body": issued.body,
        "corrections": issued.corrections,
        "updated": issued.updated,
    }
    return {key: said for key, said in value.items() if said}


def _bare(text: str) -> str:
    """Return the letters, digits and telling signs of a text, words apart, without case."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"\s+", " ", "".join(_plain(character) for character in plain)).strip()


def _plain(character: str) -> str:
    if character in _WITHIN_WORDS:
        return ""
    is_mark = unicodedata.category(character)[0] == "P" and character not in _TELLING
    return " " if is_mark else character
