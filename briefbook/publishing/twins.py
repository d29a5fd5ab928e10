"""Twins: the same as a page says, for programs, as `index.json` beside each entry and story.

In: a Press and an entry or story. Out: JSON, the same for the same input. Like every page it is
made of what PublicEntry lets out. Keys are only ever added; README, section "For programs".
"""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime

from briefbook.model import (
    Claim,
    Correction,
    PublicEntry,
    PublicRecord,
    Status,
    Story,
    TracedSentence,
)
from briefbook.publishing import urls
from briefbook.publishing.characters import printable
from briefbook.publishing.contents import Contents
from briefbook.publishing.jsontext import indented
from briefbook.publishing.moments import aware
from briefbook.publishing.press import Press

VERSION = 1

Data = dict[str, object]


def entry_twin(press: Press, of: PublicEntry) -> bytes:
    """Return an entry for programs; of a withdrawn one that it was withdrawn, and why."""
    known: Data = {
        "version": VERSION,
        "id": of.id,
        "slug": of.slug,
        "page": urls.absolute(press.contents.site, urls.entry(of.slug)),
        "status": of.status.value,
        "title": of.title,
        "note": of.note,
    }
    if of.status is Status.WITHDRAWN:
        told = of.retraction
        since = {"withdrawn": _stamp(told.date), "why": told.why} if told else {}
        return _written({**known, **since})
    return _written(
        {
            **known,
            "outlet": of.outlet,
            "origin": of.origin,
            "authors": list(of.authors),
            "published": _stamp(of.published),
            "date_basis": of.date_basis,
            "added": _stamp(of.appeared),
            "updated": _stamp(of.updated),
            "language": of.language,
            "original": of.url if of.url and urls.is_web(of.url) else None,
            "summary": of.summary,
            "key_points": list(of.key_points),
            "people": list(of.people),
            "organisations": list(of.organisations),
            "places": list(of.places),
            "topics": list(of.topics),
            "story": _story(press.contents, of),
            "corrections": [_correction(each) for each in of.corrections],
            "is_extract": of.is_extract,
            "body": of.body,
            "sentences": [_sentence(each) for each in of.sentences],
            "record": _record(of.record) if of.record else None,
        }
    )


def story_twin(press: Press, of: Story) -> bytes:
    """Return a story for programs."""
    site = press.contents.site
    entries = [*map(press.contents.entry, of.entries)]
    known = set(of.entries)
    return _written(
        {
            "version": VERSION,
            "slug": of.slug,
            "page": urls.absolute(site, urls.story(of.slug)),
            "title": of.title,
            "entries": [
                {
                    "slug": entry.slug,
                    "page": urls.absolute(site, urls.entry(entry.slug)),
                    "title": entry.title,
                    "outlet": entry.outlet,
                    "published": _stamp(entry.published),
                    "summary": entry.summary,
                }
                for entry in entries
            ],
            "origins": [
                {"name": origin.name or None, "entries": carried}
                for origin in of.origins
                if (carried := [slug for slug in origin.entries if slug in known])
            ],
            "agreements": [
                {"subject": row.subject, "value": row.value, "claims": claims}
                for row in of.agreements
                if len(claims := _claims(row.claims, known)) > 1
            ],
            "differences": [
                {"subject": row.subject, "claims": claims}
                for row in of.differences
                if len(claims := _claims(row.claims, known)) > 1
            ],
        }
    )


def _claims(claims: Sequence[Claim], known: Collection[str]) -> list[Data]:
    return [
        {"entry": claim.key, "value": claim.value, "sentence": claim.sentence}
        for claim in claims
        if claim.key in known
    ]


def _story(contents: Contents, of: PublicEntry) -> str | None:
    """Return the story others tell too; the name of one told once may be that of a hidden entry."""
    story = contents.story_of(of.slug)
    return story.slug if story and len(story.entries) > 1 else None


def _correction(of: Correction) -> Data:
    return {
        "date": _stamp(of.date),
        "kind": of.kind.value,
        "was": of.was,
        "now": of.now,
        "why": of.why,
    }


def _sentence(of: TracedSentence) -> Data:
    """Return a sentence with its source lines; null where it is the editor's."""
    return {"field": of.field, "text": of.text, "lines": list(of.lines) if of.lines else None}


def _record(of: PublicRecord) -> Data:
    return {
        "lines": of.lines,
        "kept": of.kept,
        "metadata": of.metadata,
        "dropped": [{"rule": rule, "lines": count} for rule, count in of.dropped],
        "repairs": [
            {"line": each.line, "was": each.was, "now": each.now, "rule": each.rule}
            for each in of.repairs
        ],
        "edited": list(of.edited),
    }


def _stamp(when: date | datetime | None) -> str | None:
    """Return a day, or a moment in UTC."""
    if when is None or not isinstance(when, datetime):
        return when.isoformat() if when else None
    return aware(when).isoformat().replace("+00:00", "Z")


def _written(data: Mapping[str, object]) -> bytes:
    return (printable(indented(data)) + "\n").encode()
