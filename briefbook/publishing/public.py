"""The only way out: what of an entry may be shown.

In: an Entry, its topics and its Record. Out: a PublicEntry. Everything that pages, feeds and
indexes show comes from here, so what `publish:` or a withdrawal keeps back is kept back everywhere.
Refuses a hidden entry, which was never published and has no page.
"""

import dataclasses
import re
from collections import Counter
from datetime import datetime

from briefbook.model import (
    Article,
    Entry,
    Fate,
    PublicEntry,
    PublicRecord,
    Publish,
    Record,
    ShownRepair,
    Site,
    SourceRecord,
    Status,
    TracedSentence,
)
from briefbook.text import markdown, sentences
from briefbook.text.expressions import compiled
from briefbook.text.spellings import Spellings
from briefbook.text.words import collapsed

# The longest excerpt, in words: what DESIGN section 4 allows of a text that belongs to others.
EXCERPT_WORDS = 75

# Scripts without spaces: two characters there count as one word, or an excerpt in Japanese would
# be the whole text. A run without a space, such as a long address, counts again every 40.
_NO_SPACES = r"\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff"
_NO_TEXT = ("heading", "rule")  # kinds of block that say nothing when nothing follows them
_LAST_WORD = re.compile(r"\S+\Z")
_FIRST_WORD = re.compile(r"\A\S+")
_BESIDE = 24  # characters to each side of a repair, at most
_WORD = rf"[{_NO_SPACES}]{{1,2}}|[^\s{_NO_SPACES}]{{1,40}}"


def public_entry(
    entry: Entry, *, topics: tuple[str, ...], record: Record | None, site: Site
) -> PublicEntry:
    """Return what of an entry may be shown.

    Args:
        entry: The entry as its file says; not a hidden one.
        topics: Slugs of its topics, best first.
        record: How it came from its source; None: the source is not there.
        site: What `site.yaml` says.
    """
    if entry.status is Status.HIDDEN:
        raise ValueError(f"{entry.place} is hidden and has nothing to show")
    if entry.status is Status.WITHDRAWN:
        return _withdrawn(_shown(entry, topics, record, site, is_extract=True))
    return _shown(entry, topics, record, site, is_extract=not is_full(entry, site))


def shown_body(entry: Entry, site: Site) -> str:
    """Return as much of the body of an entry as is shown, Markdown."""
    return entry.body if is_full(entry, site) else excerpt(entry.body)


def is_full(entry: Entry, site: Site) -> bool:
    """Tell whether the whole body of an entry may be shown."""
    if entry.publish is not None:
        return entry.publish is Publish.FULL
    return _is_own(entry, site) or site.publish is Publish.FULL


def _is_own(entry: Entry, site: Site) -> bool:
    """Tell whether a text belongs to the site: the editor's own work, or of an own outlet."""
    return entry.parsed is None or (entry.outlet is not None and _is_own_outlet(entry.outlet, site))


def _is_own_outlet(outlet: str, site: Site) -> bool:
    spellings = Spellings(known.spellings for known in site.outlets)
    return spellings.key(outlet) in map(spellings.key, site.own_outlets)


def _shown(
    entry: Entry, topics: tuple[str, ...], record: Record | None, site: Site, *, is_extract: bool
) -> PublicEntry:
    body = excerpt(entry.body) if is_extract else entry.body
    traced = record.sentences if record else ()
    if is_extract:
        traced = _of_what_is_shown(traced, body)
    return PublicEntry(
        id=entry.id,
        slug=entry.slug,
        title=entry.title,
        outlet=entry.outlet,
        origin=entry.origin,
        authors=entry.authors,
        published=entry.published,
        date_basis=_date_basis(entry),
        added=entry.added,
        updated=entry.updated if _is_later(entry.updated, entry.appeared) else None,
        language=entry.language or site.language,
        url=entry.url,
        summary=entry.summary,
        key_points=entry.key_points,
        people=entry.people,
        organisations=entry.organisations,
        places=entry.places,
        topics=topics,
        story=entry.story,
        status=entry.status,
        note=entry.note,
        aliases=entry.aliases,
        former_stories=entry.former_stories,
        publish_after=entry.publish_after,
        corrections=tuple(each for each in entry.corrections if not each.draft),
        body=body,
        is_extract=is_extract,
        is_own=_is_own(entry, site),
        sentences=traced,
        record=_public_record(record, entry, traced, is_extract=is_extract) if record else None,
    )


def _is_later(when: datetime | None, than: datetime) -> bool:
    """Tell whether a correction came after readers could see what it corrects."""
    return when is not None and when > than


def _withdrawn(shown: PublicEntry) -> PublicEntry:
    """Leave the title, the note, and when and why; its topics tell whose readers must know."""
    return dataclasses.replace(
        shown,
        outlet=None,
        origin=None,
        authors=(),
        published=None,
        date_basis=None,
        url=None,
        corrections=tuple(
            # Days and kinds of the others stay: by its place among them a feed knows an item.
            dataclasses.replace(
                each, was="", now="", why=each.why if each is shown.retraction else ""
            )
            for each in shown.corrections
        ),
        summary="",
        key_points=(),
        people=(),
        organisations=(),
        places=(),
        body="",
        sentences=(),
        record=None,
    )


def source_record(article: Article) -> SourceRecord:
    """Return what may be shown of how a source was read."""
    lines = article.lines
    fates = Counter(line.fate for line in lines)
    # A rule is made of our own words and phrases of the cue files, never of the line it dropped.
    rules = Counter(line.rule for line in lines if line.fate is Fate.DROPPED)
    return SourceRecord(
        lines=len(lines),
        kept=fates[Fate.BODY],
        metadata=fates[Fate.METADATA],
        dropped=tuple(sorted(rules.items(), key=lambda item: (-item[1], item[0]))),
        repairs=_shown_repairs(article),
    )


def _public_record(
    record: Record, entry: Entry, traced: tuple[TracedSentence, ...], *, is_extract: bool
) -> PublicRecord:
    source = record.source
    return PublicRecord(
        lines=source.lines,
        kept=source.kept,
        metadata=source.metadata,
        dropped=source.dropped,
        repairs=() if is_extract else source.repairs,
        edited=entry.edited,
        editors_sentences=sum(sentence.lines is None for sentence in traced),
    )


def _date_basis(entry: Entry) -> str | None:
    """Return where the date stands; for a date that an editor changed that no longer holds."""
    stale = "published" in entry.edited and "date_basis" not in entry.edited
    return None if stale else entry.date_basis


def _shown_repairs(article: Article) -> tuple[ShownRepair, ...]:
    """Return the repairs with the word before and after, as a bare space would show nothing."""
    lines = {line.number: line.text for line in article.lines}
    shown = []
    for repair in article.repairs:
        text = lines[repair.line]
        end = repair.start + len(repair.was)
        before = _LAST_WORD.findall(text[max(0, repair.start - _BESIDE) : repair.start])
        after = _FIRST_WORD.findall(text[end : end + _BESIDE])
        left, right = "".join(before[-1:]), "".join(after[:1])
        shown.append(
            ShownRepair(
                repair.line,
                left + repair.was + right,
                left + repair.now + right,
                repair.rule,
            )
        )
    return tuple(shown)


def _of_what_is_shown(traced: tuple[TracedSentence, ...], body: str) -> tuple[TracedSentence, ...]:
    shown = "\n".join(collapsed(block.text) for block in markdown.read_blocks(body))
    return tuple(
        sentence
        for sentence in traced
        if sentence.field != "body" or collapsed(sentence.text) in shown
    )


def excerpt(body: str, limit: int = EXCERPT_WORDS) -> str:
    """Return the start of a Markdown body, at most `limit` words.

    Whole blocks as long as they fit; the paragraph that does not is cut at the end of a sentence,
    or, when nothing would be left at all, after a word, with " …".
    """
    blocks = markdown.read_blocks(body)
    lines = body.split("\n")
    left = limit
    whole = 0  # blocks that fit
    for block in blocks:
        count = len(compiled(_WORD).findall(block.text))
        if count > left:
            break
        left -= count
        whole += 1
    if whole == len(blocks):
        return body.strip()
    rest = ""
    if blocks[whole].kind == "paragraph":
        nothing_yet = all(block.kind in _NO_TEXT for block in blocks[:whole])
        rest = _cut(blocks[whole].text, left, even_within_a_sentence=nothing_yet)
    elif blocks[whole].kind == "row":
        # Half a table is no table.
        while whole and blocks[whole - 1].kind == "row":
            whole -= 1
    if not rest:
        while whole and blocks[whole - 1].kind in _NO_TEXT:
            whole -= 1
    kept = "\n".join(lines[: blocks[whole].line - 1]).rstrip()
    return "\n\n".join(filter(None, (kept, rest)))


def _cut(text: str, limit: int, *, even_within_a_sentence: bool) -> str:
    """Return the start of a plain paragraph as Markdown; "" when nothing fits."""
    if limit <= 0:
        return ""
    end = 0
    for _, after in sentences.spans(text):
        if len(compiled(_WORD).findall(text[:after])) > limit:
            break
        end = after
    if end:
        return markdown.escape(text[:end])
    if not even_within_a_sentence:
        return ""
    last = [word.end() for word in compiled(_WORD).finditer(text)][limit - 1]
    return markdown.escape(text[:last]) + " …"
