"""Metadata: who wrote a text, who published it, whose it first was, and when.

In: the cleaned lines. Out: `Facts`, each value with its line and rule. Better no value than a
wrong one: a date counts only from a date line, byline or dateline, never from prose.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from briefbook.model import Facts, Fate, Found, Header
from briefbook.parsing.clean import CleanText, Verdict
from briefbook.parsing.dateline import dateline_of
from briefbook.parsing.dates import find_dates
from briefbook.parsing.mail import MAIL_DATE, MAIL_HEADER
from briefbook.parsing.outlets import find_outlet
from briefbook.text.scripts import language_of
from briefbook.text.words import collapsed

_HOST = re.compile(r"\b(?:www\.)?((?:[a-z0-9][a-z0-9-]{0,62}\.)+[a-z]{2,24})\b", re.I)
_ACRONYM = re.compile(r"\s*\([A-Z]{2,8}\)\s*$")
_CREDIT_TAIL = re.compile(r"[\s.,;:!)\]]+$")
_LONGEST_NAME = 48
_LONGEST_CREDIT = 400  # characters; no more are looked at for whose text it was


def find_facts(text: CleanText, body: str, header: Header, stated: Facts | None = None) -> Facts:
    """Return what a source says about itself; the header, where it speaks, wins.

    Args:
        text: The cleaned lines.
        body: The kept text, for the language.
        header: What the editor wrote above the text.
        stated: What an HTML page states about itself; it is preferred to what its text says.
    """
    dateline = _dateline(text)
    language = language_of(body)
    facts = Facts(
        title=_title(text),
        authors=_authors(text),
        outlet=_outlet(text),
        origin=_origin(text) or _dateline_agency(dateline),
        published=_published(text, dateline),
        language=Found(language, None, "commonest words") if language else None,
    )
    return _with_header(_with_stated(facts, stated, text) if stated else facts, header)


def _with_stated(facts: Facts, stated: Facts, text: CleanText) -> Facts:
    """Return facts with those a page states; its language is often that of a template alone."""
    title = stated.title
    if title is not None:
        # As its line reads when it is mended, so that it stands there.
        mended = next((v.text for v in text.verdicts if v.number == title.line), title.value)
        title = replace(title, value=mended)
    return Facts(
        title=title or facts.title,
        authors=stated.authors or facts.authors,
        outlet=stated.outlet or facts.outlet,
        origin=facts.origin,
        published=stated.published or facts.published,
        url=stated.url or facts.url,
        language=facts.language or stated.language,
    )


def _with_header(facts: Facts, header: Header) -> Facts:
    def said(key: str) -> tuple[int | None, str, str]:
        return header.lines.get(key), "header", ""

    if header.outlet is not None:
        facts = replace(facts, outlet=Found(header.outlet, *said("outlet")))
    if header.origin is not None:
        facts = replace(facts, origin=Found(header.origin, *said("origin")))
    if header.authors is not None:
        facts = replace(facts, authors=Found(header.authors, *said("authors")))
    if header.published is not None:
        line, rule, _ = said("published")
        quote = header.published.isoformat()
        facts = replace(facts, published=Found(header.published, line, rule, quote))
    if header.language is not None:
        facts = replace(facts, language=Found(header.language, *said("language")))
    if header.url is not None:
        facts = replace(facts, url=Found(header.url, *said("url")))
    return facts


def _title(text: CleanText) -> Found[str] | None:
    if text.headline is None:
        return None
    return Found(text.headline.text, text.headline.line, text.headline.rule, text.headline.text)


# --------------------------------------------------------------------------- authors


def _authors(text: CleanText) -> Found[tuple[str, ...]] | None:
    found = text.roles.authors
    if found is None:
        return None
    line = text.roles.page.lines[found.place]
    rule = "author biography" if line.prose else "byline"
    return Found(found.names, line.number, rule, collapsed(line.text))


# --------------------------------------------------------------------------- outlet and origin


def _outlet(text: CleanText) -> Found[str] | None:
    page = text.roles.page
    found = find_outlet(page, text.headline.text if text.headline else "")
    if found is None:
        return None
    line = page.lines[found.place]
    return Found(found.name, line.number, found.rule, line.text.strip())


def _origin(text: CleanText) -> Found[str] | None:
    """Return the origin a credit line names, as it names it; a host name without "www."."""
    for verdict in text.verdicts:
        if verdict.fate is not Fate.METADATA:
            continue
        for cue in text.cues.get(verdict.number, ()):
            if cue.section != "origin" or not cue.rest:
                continue
            at = verdict.text.find(cue.rest)
            said = (verdict.text[at:].strip() if at >= 0 else cue.rest)[:_LONGEST_CREDIT]
            host = _HOST.search(said)
            value = host[1] if host else _CREDIT_TAIL.sub("", _ACRONYM.sub("", collapsed(said)))
            if value and len(value) <= 2 * _LONGEST_NAME:
                return Found(value, verdict.number, "source credit", verdict.text.strip())
    return None


# --------------------------------------------------------------------------- date


def _published(
    text: CleanText, dateline: tuple[Verdict, re.Match[str]] | None
) -> Found[date | datetime] | None:
    """Return the date of publication: of a date line or byline, else of a dateline with a year."""
    found = text.roles.publication
    # 04/05/2025 in English: no value is better than a wrong one.
    if found is not None and not found.found.is_ambiguous:
        line = text.roles.page.lines[found.place]
        quote = collapsed(line.text[found.found.start : found.found.end])
        rule = text.roles.by_line.get(found.place, "date line")
        return Found(found.found.value, line.number, rule, quote)
    if dateline and dateline[1]["date"]:
        verdict, match = dateline
        dates = find_dates(match["date"])
        if dates:
            return Found(dates[0].value, verdict.number, "dateline", collapsed(match["date"]))
    return _sent(text)


def _sent(text: CleanText) -> Found[date | datetime] | None:
    """Return when the mail was sent that a text came in."""
    for verdict in text.verdicts:
        if verdict.rule == MAIL_DATE:
            for found in find_dates(verdict.text):
                quote = collapsed(verdict.text[found.start : found.end])
                return Found(found.value, verdict.number, MAIL_HEADER, quote)
    return None


def _dateline(text: CleanText) -> tuple[Verdict, re.Match[str]] | None:
    """Return the dateline that opens the text: «SEOUL, April 23 (Agency) — »."""
    for verdict in text.body[:6]:
        if match := dateline_of(verdict.text):
            return verdict, match
    return None


def _dateline_agency(dateline: tuple[Verdict, re.Match[str]] | None) -> Found[str] | None:
    if dateline is None or not dateline[1]["agency"]:
        return None
    verdict, match = dateline
    return Found(match["agency"].strip(), verdict.number, "dateline", collapsed(match[0]))


def dateline_lacks_year(text: CleanText) -> Sequence[int]:
    """Return the line of a dateline that names a day but no year, as a list of none or one."""
    dateline = _dateline(text)
    if dateline is None or not dateline[1]["date"]:
        return ()
    verdict, match = dateline
    said = match["date"]
    has_day = bool(re.search(r"\d", said)) and bool(re.search(r"[^\W\d_]{3}", said))
    return (verdict.number,) if has_day and not re.search(r"(?:19|20)\d\d", said) else ()


def ambiguous_dates(text: CleanText) -> tuple[tuple[int, str], ...]:
    """Return line and words of the date of the text if it can be read two ways."""
    found = text.roles.publication
    if found is None or not found.found.is_ambiguous:
        return ()
    line = text.roles.page.lines[found.place]
    return ((line.number, line.text[found.found.start : found.found.end].strip()),)
