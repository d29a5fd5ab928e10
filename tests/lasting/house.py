"""A whole site in memory: toy sources, a toy parser, and all that a real build does to entries.

Reading and writing files, and making pages, are left out, so that thousands of builds take seconds.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache

import pytest

from briefbook import updating
from briefbook.briefing import (
    Briefings,
    LoadedEntry,
    Matching,
    gather,
    load_entry,
    match_sources,
    update_entry,
)
from briefbook.briefing.shelf import Outcome
from briefbook.bringing import bring_along
from briefbook.issuing import without_rereading
from briefbook.model import (
    Article,
    Block,
    BlockKind,
    Facts,
    Fate,
    Found,
    Header,
    Line,
    Name,
    Override,
    Site,
    SourceFile,
    Status,
    TopicSetting,
)
from briefbook.options import Options
from briefbook.parsing.told import RULES, find_told
from briefbook.problems import ProblemError

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)


def read_toy(source: SourceFile, overrides: tuple[Override, ...], version: int) -> Article:
    """The first line is the headline; "~" starts furniture; other versions see other things."""
    told = find_told(overrides, dict(enumerate(source.lines, 1)))
    lines: list[Line] = []
    for number, text in enumerate(source.lines, 1):
        fate = Fate.BODY
        if text.startswith("~") or (version > 1 and f"by-{version}" in text):
            fate = Fate.DROPPED
        if number == 1:
            fate = Fate.METADATA
        if number in told.fates:
            now = told.fates[number]
            lines.append(Line(number, text, now, RULES[now], None, otherwise=fate))
        else:
            lines.append(Line(number, text, fate, "a rule"))
    kept = [line for line in lines if line.fate is Fate.BODY]
    body = [line.text for line in kept]
    titles = [line for line in lines if line.fate is Fate.METADATA]
    head = titles[0].text.removesuffix(" - Wire") if version > 1 and titles else ""
    title = Found(head or titles[0].text, titles[0].number, "a rule") if titles else None
    return Article(
        lines=tuple(lines),
        blocks=tuple(
            Block(kind=BlockKind.PARAGRAPH, text=line.text, first=line.number, last=line.number)
            for line in kept
        ),
        repairs=(),
        slips=told.lost,
        facts=Facts(title=title, outlet=Found(f"Gulf Desk {version % 3}", None, "a rule")),
        body="\n\n".join(body),
        summary=tuple(body[version % 2 :][:1]),
        key_points=tuple(body[: version + 1]),
        names=tuple(
            Name(word, "place") for text in body for word in re.findall("Velm|Mirow", text)
        ),
    )


def source_of(path: str, lines: tuple[str, ...]) -> SourceFile:
    return SourceFile(
        path=path,
        header=Header(),
        lines=lines,
        first_line=1,
        encoding="utf-8",
        sha256=hashlib.sha256("\n".join(lines).encode()).hexdigest(),
    )


def topics(slug: str) -> tuple[TopicSetting, ...]:
    aliases = () if slug == "port" else ("port",)
    words = ("ferry", "quay")
    return (TopicSetting(slug=slug, title="The port", words=words, aliases=aliases),)


@dataclass(slots=True)
class House:
    """Sources and entries by path, as they lie on disk."""

    sources: dict[str, tuple[str, ...]]
    monkeypatch: pytest.MonkeyPatch
    entries: dict[str, str] = field(default_factory=dict)
    addresses: set[str] = field(default_factory=set)
    parser: int = 1
    site: Site = field(default_factory=lambda: Site(title="Harbour", topics=topics("port")))
    now: datetime = NOW

    def build(self) -> None:
        """Do what a build does to entries, and write them."""
        written, everything = self.brought()
        self.entries |= written
        self.addresses |= set(_addresses(everything))

    def brought(self, *, backwards: bool = False) -> tuple[dict[str, str], tuple[LoadedEntry, ...]]:
        """Return what a build would write, and the entries as they will be."""
        self.monkeypatch.setattr(updating, "PARSER", self.parser)
        matching, briefings = self._matching(backwards=backwards)
        articles = {
            path: read_toy(source_of(path, lines), matching.overrides.get(path, ()), self.parser)
            for path, lines in self.sources.items()
        }
        brought = bring_along(
            matching,
            briefings,
            articles,
            tuple(sorted(self.addresses)),
            self.site,
            Options(now=self.now),
        )
        updates = brought.updates
        jobs = [*updates.new, *(now for _, now in updates.rewritten)]
        return {one.path: one.text for one in jobs}, brought.everything

    def reparse(self) -> None:
        """Parse everything again, as `reparse --write` does."""
        matching, _ = self._matching()
        for match in matching.pairs:
            source, was = match.source, match.loaded
            article = read_toy(source, was.entry.overrides, self.parser)
            try:
                now = update_entry(was, source, article, parser=self.parser, language="en")
            except ProblemError as refused:
                assert "nothing of this text was kept" in str(refused)
                continue
            if now is not None:
                now = without_rereading(was, now, article, self.site, is_reparsed=True)
                self.entries[now.path] = now.text

    def loaded(self) -> dict[str, LoadedEntry]:
        return {path: _load(text, path) for path, text in self.entries.items()}

    def _matching(self, *, backwards: bool = False) -> tuple[Matching, Briefings]:
        entries, sources = self.loaded().values(), self.sources.items()
        step = -1 if backwards else 1
        outcomes = [Outcome(found=one, problems=()) for one in entries]
        briefings, problems = gather(outcomes[::step], tuple(self.entries))
        assert problems == (), str(problems[0])
        read = [source_of(path, lines) for path, lines in sources]
        return match_sources(read[::step], briefings), briefings


@lru_cache(maxsize=64)
def _load(text: str, path: str) -> LoadedEntry:
    return load_entry(text, path)[0]


def _addresses(everything: tuple[LoadedEntry, ...]) -> Iterator[str]:
    """Yield the addresses that a site of these entries would publish."""
    stories: dict[str, int] = {}
    for one in everything:
        if one.entry.status not in (Status.PUBLISHED, Status.WITHDRAWN):
            continue
        yield from (f"/briefings/{slug}/" for slug in (one.entry.slug, *one.entry.aliases))
        if one.entry.story and one.entry.status is Status.PUBLISHED:
            stories[one.entry.story] = stories.get(one.entry.story, 0) + 1
    yield from (f"/stories/{key}/" for key, count in stories.items() if count > 1)


def answers(entries: Mapping[str, LoadedEntry]) -> set[str]:
    """Return the addresses that entries stand at or lead on from, whatever their states."""
    found = set()
    for one in entries.values():
        found |= {f"/briefings/{slug}/" for slug in (one.entry.slug, *one.entry.aliases)}
        found |= {f"/stories/{key}/" for key in (one.entry.story, *one.entry.former_stories) if key}
    return found
