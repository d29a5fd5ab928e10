"""Explain: why a text became what it became.

In: a site's folder and a file. Out: the article with fates and rules, its fields with value, line
and rule, its topics with the words that decided, and its story.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from briefbook.briefing import (
    Briefings,
    FaultyEntry,
    match_sources,
    override_value,
    read_entries,
    read_entry,
)
from briefbook.build import read_settings
from briefbook.explaining.topicnotes import reason_json, reason_notes
from briefbook.files import path_in
from briefbook.filing import (
    entry_item,
    source_item,
    stories_of,
    topic_specs,
    topics_of_now,
    unfiled_beside,
    unknown_topics,
    with_examples,
    with_stories,
    with_topics_of_now,
)
from briefbook.grouping import (
    SharedWords,
    StoryReason,
    TopicReason,
    explain_story,
    topic_reasons,
)
from briefbook.model import Article, Entry, Fate, Found, Name, Override, Repair, Site, SourceFile
from briefbook.parsing import parse
from briefbook.problems import Place, ProblemError, error
from briefbook.reading import read_outside_source, read_source
from briefbook.text.hashes import line_hash
from briefbook.text.visible import named

# Characters on each side of a repair, enough to find it by.
_AROUND = 12


@dataclass(frozen=True, slots=True)
class Field:
    """One field of the article."""

    name: str
    value: Any  # as JSON shows it: a text or a list of texts
    line: int | None
    rule: str

    @property
    def shown(self) -> str:
        """The value in one line."""
        return "; ".join(self.value) if isinstance(self.value, list) else str(self.value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """All that is to be said about one source."""

    path: str
    entry: str | None  # the path of the entry that was made of it
    article: Article
    overrides: tuple[Override, ...]  # the editor's word on lines, of the entry of this source
    fields: tuple[Field, ...]
    topics: Mapping[str, tuple[str, ...]]  # slug -> words that decided
    reasons: tuple[TopicReason, ...]  # of all topics, given ones first; none where they are pinned
    unfiled: SharedWords | None  # what it shares with others that have no topic either
    story: str
    beside: tuple[str, ...]  # titles already in that story
    why_story: tuple[str, ...]  # what decided, in sentences

    @property
    def notes(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Everything beyond lines and fields, in headed rows."""
        return (
            ("bottom line", self.article.summary),
            ("key points", self.article.key_points),
            ("names", tuple(_named_by_kind(self.article.names))),
            ("overrides", tuple(_told_overrides(self.article))),
            (
                "repairs",
                tuple(_told(repair, self.article) for repair in self.article.repairs),
            ),
            ("for review", tuple(map(str, self.article.slips))),
            ("topics", reason_notes(self.topics, self.reasons, self.unfiled)),
            (
                "story",
                (self.story, *(f"with “{title}”" for title in self.beside), *self.why_story),
            ),
        )


def explain(root: Path, file: Path) -> Explanation:
    """Explain one text, as the site in `root` would take it.

    Raises:
        NothingBuiltError: `site.yaml` has mistakes.
        ProblemError: The file cannot be read, is an entry and no source, or names a topic that is
            not in `site.yaml`.
    """
    site = read_settings(root)
    zone = ZoneInfo(site.timezone)
    _refuse_entry(root, file, zone)
    source = _source(root, file, zone)
    named = Place(source.path, source.header.lines.get("topics"))
    if unknown := unknown_topics(source.header.topics or (), named, site):
        raise ProblemError(*unknown)
    briefings, _ = read_entries(root, zone=zone)
    overrides = _overrides(source, briefings)
    article = parse(source, overrides)
    entries = [with_topics_of_now(loaded.entry, site) for loaded in briefings.entries]
    own = next((e for e in entries if e.parsed and e.parsed.sha256 == source.sha256), None)
    others = [entry for entry in entries if entry is not own]
    item = source_item(source, article)
    story = (own.story if own else None) or stories_of(others, [item])[item.key]
    earlier = others if own is None else [e for e in others if e.arrival < own.arrival]
    reason = explain_story([*map(entry_item, with_stories(earlier)), item])
    topics = _pinned(source, own, site)
    reasons: tuple[TopicReason, ...] = ()
    if topics is None:
        reasons = topic_reasons(item, topic_specs(site, with_examples(entries, site)))
        topics = {reason.slug: reason.words for reason in reasons if reason.filed}
    return Explanation(
        path=source.path,
        entry=own.place.path if own else None,
        article=article,
        overrides=overrides,
        fields=fields_of(article),
        topics=topics,
        reasons=reasons,
        unfiled=None if topics or not reasons else unfiled_beside(item, others, site),
        story=story,
        beside=tuple(entry.title for entry in others if entry.story == story),
        why_story=tuple(_told_story(reason, own, {e.slug: e.title for e in earlier})),
    )


def _overrides(source: SourceFile, briefings: Briefings) -> tuple[Override, ...]:
    """Return the overrides of the entry that a build would find for a source where it lies."""
    near = [
        loaded
        for loaded in briefings.entries
        if (made := loaded.entry.parsed)
        and (made.sha256 == source.sha256 or made.source == source.path)
    ]
    matching = match_sources([source], replace(briefings, entries=tuple(near)))
    return matching.overrides.get(source.path, ())


def _told_overrides(article: Article) -> Iterator[str]:
    """Tell what the editor's word did; what it did not do is told for review."""
    for line in article.lines:
        if line.otherwise is line.fate:
            yield f"line {line.number}: {line.rule}, as the rules do too"
        elif line.otherwise is not None:
            yield f"line {line.number}: {line.rule}, {line.otherwise} by the rules"


def _told_story(reason: StoryReason, own: Entry | None, titles: Mapping[str, str]) -> Iterator[str]:
    """Tell why a text is in its story; likeness is the logarithm of odds, 0 is even."""
    if own is not None and own.story and own.story != reason.story:
        yield f"as its entry says; without that it would be in {reason.story}"
    if reason.beside is None:
        yield "nothing that came before shares a telling word with it"
        return
    near = "like" if reason.story == reason.nearest else "not enough like"
    yield (
        f"{near} “{titles[reason.beside]}”: {reason.likeness:.1f}, needed {reason.needed:.1f}; "
        f"shared: {', '.join(reason.shared)}"
    )
    if reason.next_story is not None:
        yield f"next is {reason.next_story}: {reason.next_likeness:.1f}"


def _pinned(source: SourceFile, own: Entry | None, site: Site) -> dict[str, tuple[str, ...]] | None:
    """Return the topics an editor pinned, with where; None where nobody did."""
    if own is not None and own.topics is not None:
        return dict.fromkeys(own.topics, (f"pinned in {own.place.path}",))
    if source.header.topics is not None:
        topics = topics_of_now(source.header.topics, site)
        return dict.fromkeys(topics, ("pinned in the header",))
    return None


def explain_all(root: Path, files: Iterable[Path]) -> tuple[Explanation, ...]:
    """Explain texts that may be named by their entries; entries without a source are passed over.

    Raises:
        NothingBuiltError, ProblemError: As `explain` does, of the first file that has something.
    """
    zone = ZoneInfo(read_settings(root).timezone)
    sources: list[Path] = []
    for file in files:
        path = _entry_in(root, file)
        source = _source_of(root, path, zone) if path else None
        if path is None:
            sources.append(file)
        elif source is not None and (root / source).is_file():
            sources.append(root / source)
    return tuple(explain(root, source) for source in dict.fromkeys(sources))


def _entry_in(root: Path, file: Path) -> str | None:
    """Return the path of a file that is an entry; None of any other."""
    path = path_in(root, file, "briefings")
    return path if path is not None and (root / path).is_file() else None


def _source_of(root: Path, path: str, zone: ZoneInfo) -> str | None:
    """Return the source that an entry names."""
    found = read_entry(root, path, zone=zone).found
    if isinstance(found, FaultyEntry):
        return min(found.sources, default=None)
    return found.entry.parsed.source if found.entry.parsed else None


def _refuse_entry(root: Path, file: Path, zone: ZoneInfo) -> None:
    """Refuse a file of `briefings/`, and name the source that was probably meant."""
    path = _entry_in(root, file)
    if path is None:
        return
    source = _source_of(root, path, zone)
    if source is None:
        what, fix = "this is an entry without a source", "explain is for the texts in sources/"
    else:
        what, fix = f"this is an entry; its source is {source}", f"run `briefbook explain {source}`"
    raise ProblemError(error(Place(path), what, fix))


def _source(root: Path, file: Path, zone: ZoneInfo) -> SourceFile:
    """Read a file given from here or, as problems name files, from the folder of the site."""
    if path := path_in(root, file, "sources"):
        return read_source(root, path, zone=zone)
    if not file.exists() and (root / file).exists():
        file = root / file
    return read_outside_source(file, zone=zone)


def _named_by_kind(names: Sequence[Name]) -> Iterator[str]:
    for kind in dict.fromkeys(name.kind for name in names):
        yield f"{kind}: {', '.join(name.text for name in names if name.kind == kind)}"


def _told(repair: Repair, article: Article) -> str:
    """Return a repair with what stood and stands around it."""
    text = next(line.text for line in article.lines if line.number == repair.line)
    end = repair.start + len(repair.was)
    before, after = text[max(0, repair.start - _AROUND) : repair.start], text[end : end + _AROUND]
    now = f"“{before}{repair.now}{after}”".replace("\n", " ")
    return f"line {repair.line}: {repair.rule}: “{before}{named(repair.was)}{after}” is now {now}"


def fields_of(article: Article) -> tuple[Field, ...]:
    """Return the fields an article has, each with its line and rule."""
    facts = article.facts
    found: list[Field] = []
    for name in ("title", "authors", "outlet", "origin", "published", "url", "language"):
        value: Found[Any] | None = getattr(facts, name)
        if value is not None:
            found.append(Field(name, _plain(value.value), value.line, value.rule))
    return tuple(found)


def _plain(value: Any) -> Any:
    if isinstance(value, tuple):
        return list(value)
    return value if isinstance(value, str) else value.isoformat()


def as_json(found: Explanation, only: Fate | None = None) -> dict[str, Any]:
    """Return an explanation as JSON values; the keys are stable.

    Args:
        found: The explanation.
        only: Of the lines give just those of this fate.
    """
    article = found.article
    return {
        "source": found.path,
        "lines": [
            {
                "number": line.number,
                "text": line.text,
                "hash": line_hash(line.text),
                "fate": str(line.fate),
                "rule": line.rule,
                "block": str(line.block) if line.block else None,
            }
            for line in article.lines
            if only in (None, line.fate)
        ],
        "fields": {
            field.name: {"value": field.value, "line": field.line, "rule": field.rule}
            for field in found.fields
        },
        "summary": list(article.summary),
        "key_points": list(article.key_points),
        "names": [{"text": name.text, "kind": name.kind} for name in article.names],
        "repairs": [
            {"line": r.line, "start": r.start, "was": r.was, "now": r.now, "rule": r.rule}
            for r in article.repairs
        ],
        "overrides": [override_value(override) for override in found.overrides],
        "review": [str(slip) for slip in article.slips],
        "topics": {slug: list(words) for slug, words in found.topics.items()},
        "topic_reasons": [reason_json(reason) for reason in found.reasons],
        "unfiled_with": list(found.unfiled.words) if found.unfiled else [],
        "story": found.story,
        "why_story": list(found.why_story),
    }
