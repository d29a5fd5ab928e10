"""Finished briefings, and how each generator wants them written.

In: a count and a seed, or what another corpus says. Out: briefings in order of time, and their
files in the layout of each generator: the same texts, each in its own dialect of front matter.
"""

import json
import re
import uuid
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from scripts.bench import phrases
from scripts.bench.writing import Event, Writer

SEED = 7
_STEP = timedelta(minutes=97)
_END = datetime(2026, 9, 1, 12, tzinfo=UTC)
_WORDS = (450, 700)  # of a body
_SLUG = re.compile(r"[^a-z0-9]+")
BASE_URL = "https://briefings.example"

TOPICS = """politics economy markets energy climate health science space technology robots chips
    security privacy defence coasts islands mountains cities border-towns elections courts trade
    labour education housing transport aviation shipping farming food water mining media culture
    sport football cycling weather migration language""".split()


@dataclass(frozen=True, slots=True, kw_only=True)
class Briefing:
    """One finished entry, whatever the generator."""

    slug: str
    title: str
    date: datetime  # in UTC
    topics: tuple[str, ...]
    summary: str
    url: str
    body: str  # Markdown

    @property
    def moment(self) -> str:
        return f"{self.date:%Y-%m-%dT%H:%M:%SZ}"


def briefings(count: int, extra: int, seed: int = SEED) -> Iterator[Briefing]:
    """Yield `count` briefings and then `extra` newer ones."""
    writer = Writer(seed)
    weights = [1 / (number + 4) ** 0.8 for number in range(len(TOPICS))]
    for number in range(count + extra):
        event = writer.event()
        title = writer.headline(event)
        topics = dict.fromkeys(writer.chance.choices(TOPICS, weights, k=2 if number % 5 < 2 else 1))
        date = _END + _STEP * (number - count)
        yield Briefing(
            slug=f"{date:%Y-%m-%d}-{_SLUG.sub('-', title.lower())[:48].strip('-')}-{number}",
            title=title,
            date=date,
            topics=tuple(topics),
            summary=writer.fill(writer.one(*phrases.LEADS), event),
            url=f"https://wire.example/{number}",
            body=_body(writer, event, number),
        )


def _body(writer: Writer, event: Event, number: int) -> str:
    """Return 450 to 700 words with headings, lists, quotes, links, emphasis and some tables."""
    chance = writer.chance
    blocks: list[str] = []
    for position, paragraph in enumerate(writer.paragraphs(event, chance.randint(*_WORDS) - 80)):
        if position and position % 3 == 0:
            blocks.append(f"## {writer.one(*phrases.HEADINGS)} {position}")
        blocks.append(_marked(writer, paragraph))
        if position == 1 and chance.random() < 0.75:
            lines = (writer.fill(writer.one(*phrases.FILLERS), event) for _ in range(4))
            blocks.append("\n".join(f"- {line}" for line in lines))
        if position == 4 and chance.random() < 0.5:
            blocks.append(f"> {writer.fill(writer.one(*phrases.FACTS), event)}")
    if number % 10 == 3:
        rows = (f"| {writer.word()} | {chance.randrange(900)} |" for _ in range(5))
        blocks.append("\n".join(["| Item | Count |", "| --- | ---: |", *rows]))
    return "\n\n".join(blocks) + "\n"


def _marked(writer: Writer, paragraph: str) -> str:
    """Return a paragraph with a link, a bold or an emphasised word, or as it is."""
    words = paragraph.split(" ")
    at = writer.chance.randrange(len(words))
    plain = words[at]
    if plain.isalpha():
        forms = (f"**{plain}**", f"*{plain}*", f"[{plain}](https://news.example/{at})", plain)
        words[at] = writer.one(*forms)
    return " ".join(words)


# --------------------------------------------------------------------------- layouts


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)  # a JSON string is one of YAML in double quotes


def _listed(texts: tuple[str, ...]) -> str:
    return f"[{', '.join(map(_quoted, texts))}]"


def as_briefbook(one: Briefing) -> tuple[str, str]:
    name = uuid.uuid5(uuid.NAMESPACE_URL, one.slug)
    return f"briefings/{one.slug}.md", (
        f"---\nid: urn:uuid:{name}\nslug: {one.slug}\ntitle: {_quoted(one.title)}\n"
        f"added: {one.moment}\nlanguage: en\nurl: {one.url}\nsummary: {_quoted(one.summary)}\n"
        f"topics: {_listed(one.topics)}\n---\n\n{one.body}"
    )


def as_yaml(folder: str) -> Callable[[Briefing], tuple[str, str]]:
    """Return the layout of a generator that wants YAML front matter in files by topic."""

    def layout(one: Briefing) -> tuple[str, str]:
        return f"{folder}/{one.topics[0]}/{one.slug}.md", (
            f"---\ntitle: {_quoted(one.title)}\ndate: {one.moment}\nslug: {one.slug}\n"
            f"topics: {_listed(one.topics)}\nsummary: {_quoted(one.summary)}\n---\n\n{one.body}"
        )

    return layout


def as_pelican(one: Briefing) -> tuple[str, str]:
    return f"content/briefings/{one.topics[0]}/{one.slug}.md", (
        f"Title: {one.title}\nDate: {one.moment}\nSlug: {one.slug}\nTags: {', '.join(one.topics)}\n"
        f"Summary: {one.summary}\n\n{one.body}"
    )


LAYOUTS: dict[str, Callable[[Briefing], tuple[str, str]]] = {
    "briefbook": as_briefbook,
    "hugo": as_yaml("content/briefings"),
    "pelican": as_pelican,
    "eleventy": as_yaml("src/briefings"),
}


def settings(topics: Iterable[str], lines: str) -> str:
    """Return the `site.yaml` of the site of these entries.

    Args:
        topics: The slugs of all topics.
        lines: What it says beside that.
    """
    listed = "".join(f"  - {{slug: {slug}, title: {slug.capitalize()}}}\n" for slug in topics)
    return (
        f"title: Bench\nbase_url: {BASE_URL}\nlanguage: en\npublish: full\n{lines}topics:\n{listed}"
    )
