"""`Article` -> the text of an entry: a new file, or an old one with what the source now says.

Pure. What is made is read again at once, so that nothing is written which would be refused, or
taken for an editor's change, at the next build.
"""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, tzinfo

from briefbook.briefing.drafts import Drafting, correction_group
from briefbook.briefing.entry import (
    LoadedEntry,
    around_body,
    load_entry,
    merged_fields,
    read_parsed,
)
from briefbook.briefing.frontmatter import new_entry_text
from briefbook.briefing.frontmatter import replace as rewritten
from briefbook.briefing.issued import issued_value
from briefbook.briefing.items import change_items
from briefbook.briefing.merge import (
    MERGED_FIELDS,
    hash_value,
    merge,
    plain_body,
    without_dismissed,
)
from briefbook.briefing.mint import mint_id, mint_path, mint_slug
from briefbook.briefing.overrides import overrides_hash
from briefbook.briefing.writing import Value, key_lines
from briefbook.model import Article, Found, Issued, Parsed, SourceFile, Status
from briefbook.problems import Place, ProblemError, error
from briefbook.text.naming import name_key, name_slug
from briefbook.text.words import first_words
from briefbook.yamlfields import LANGUAGE, clean_text, is_web_address

# The longest title that is made of the start of a text.
_TITLE_WORDS = 20
# Characters of a file that is surely not too long to be read.
_LONGEST_PLAIN = 200_000
_KINDS = {"people": "person", "organisations": "organisation", "places": "place"}


def make_entry(
    source: SourceFile,
    article: Article,
    *,
    parser: int,
    added: datetime,
    story: str | None,
    taken_slugs: Container[str],
    taken_ids: Container[str] = (),
    taken_paths: Container[str] = (),
    language: str | None = None,
    zone: tzinfo = UTC,
) -> LoadedEntry:
    """Make the entry of a source that has none; it is not written yet.

    Args:
        source: The source.
        article: What the parser made of it.
        parser: Version of the parser.
        added: Now; an aware moment.
        story: Slug of the story it was filed in.
        taken_slugs: All slugs and aliases there are.
        taken_ids: All ids there are.
        taken_paths: All files in `briefings/`, their paths without case (`str.casefold`).
        language: Of the site; stands in when the source does not say its own.
        zone: Of the site; that of moments without an offset, which an editor may write later.

    Raises:
        ProblemError: Nothing of the source was kept, or its text cannot stand in an entry.
    """
    fields = parser_fields(source, article, story=story, language=language)
    title = str(fields["title"])
    identity = mint_id(source.sha256, taken_ids)
    slug = mint_slug(title, identity, taken_slugs)
    path = mint_path(slug, taken_paths)
    wrote = merge({}, {}, fields).wrote
    parsed = Parsed(source=source.path, sha256=source.sha256, parser=parser, wrote=wrote)
    values: dict[str, Value] = {key: value for key, value in fields.items() if key != "body"}
    values |= {"id": identity, "slug": slug, "added": added.astimezone(UTC)}
    values |= {"status": Status.PUBLISHED.value, "parsed": parsed_value(parsed)}
    if review := review_notes(article, (), ()):
        values["review"] = review
    made = _load(new_entry_text(values, str(fields.get("body", ""))), path, source, zone)
    if made.entry.edited:
        raise RuntimeError(f"{path}: {made.entry.edited} would not be read as they were written")
    return made


def update_entry(
    loaded: LoadedEntry,
    source: SourceFile,
    article: Article,
    *,
    parser: int,
    language: str | None = None,
) -> LoadedEntry | None:
    """Bring an entry up to what its source now says; the editor's fields and its story stay.

    Args:
        loaded: The entry as it stands on disk.
        source: Its source as it is now.
        article: What the parser makes of that, told the overrides of the entry.
        parser: Version of the parser.
        language: Of the site; stands in when the source does not say its own.

    Returns:
        The entry to be written, or None when not a byte of it changes.

    Raises:
        ProblemError: Nothing of the source was kept, or its text cannot stand in an entry.
    """
    entry, old = loaded.entry, _known(loaded)
    fields = parser_fields(source, article, story=None, language=language)
    merged = merge(merged_fields(entry), old.wrote, fields, kept=("story",))
    changes = {key: value for key, value in merged.changes.items() if key != "body"}
    body = str(merged.changes["body"] or "") if "body" in merged.changes else None
    review = review_notes(article, merged.notes, entry.reviewed)
    if review != entry.review:
        changes["review"] = review or None
    new = replace(
        old,
        source=source.path,
        sha256=source.sha256,
        parser=parser,
        overrides=overrides_hash(entry.overrides),
        wrote=merged.wrote,
    )
    if new != old:
        changes["parsed"] = parsed_value(new)
    if not changes and body is None:
        return None
    text = rewritten(loaded.text, changes, body=body, path=loaded.path)
    return _load(text, loaded.path, source, loaded.zone)


def move_entry(loaded: LoadedEntry, path: str) -> LoadedEntry:
    """Let an entry know that its source, otherwise unchanged, lies elsewhere now."""
    old = _known(loaded)
    new = replace(old, source=path)
    text = rewritten(loaded.text, {"parsed": parsed_value(new)}, path=loaded.path)
    return load_entry(text, loaded.path, zone=loaded.zone)[0]


def refile_entry(loaded: LoadedEntry, story: str, *, leads_on: bool) -> LoadedEntry:
    """File an entry, whose story is not the editor's, in another one; nothing else changes.

    Args:
        loaded: The entry as it stands on disk.
        story: The key of its story from now on.
        leads_on: Whether the address of the story it leaves must lead here.
    """
    entry, old = loaded.entry, _known(loaded)
    wrote = {**old.wrote, "story": hash_value(story)}
    parsed = replace(old, wrote={field: wrote[field] for field in MERGED_FIELDS if field in wrote})
    changes: dict[str, Value | None] = {"story": story, "parsed": parsed_value(parsed)}
    if leads_on and entry.story and entry.story not in entry.former_stories:
        changes["former_stories"] = (*entry.former_stories, entry.story)
    text = rewritten(loaded.text, changes, path=loaded.path)
    return load_entry(text, loaded.path, zone=loaded.zone)[0]


def return_field(
    loaded: LoadedEntry, field: str, value: Value | None, *, review: tuple[str, ...]
) -> LoadedEntry:
    """Hand a field of an entry back to the program: it is what the source says, and follows that.

    Args:
        loaded: The entry as it stands on disk.
        field: One of PARSER_FIELDS.
        value: What the source says; None: nothing.
        review: The notes that are left.
    """
    entry, old = loaded.entry, _known(loaded)
    wrote = {**old.wrote, **({} if value is None else {field: hash_value(value)})}
    wrote = {name: wrote[name] for name in MERGED_FIELDS if name in wrote}
    if value is None:
        wrote.pop(field, None)
    changes: dict[str, Value | None] = {"parsed": parsed_value(replace(old, wrote=wrote))}
    if field != "body":
        changes[field] = value
    if review != entry.review:
        changes["review"] = review or None
    body = str(value or "") if field == "body" else None
    text = rewritten(loaded.text, changes, body=body, path=loaded.path)
    return load_entry(text, loaded.path, zone=loaded.zone)[0]


def with_seen_body(loaded: LoadedEntry, was: str, now: str) -> LoadedEntry:
    """Let an entry know that its editor has seen how the parser's body changes.

    Where the parser last wrote something else than `was`, more has changed than the editor saw, and
    the next build tells so.

    Args:
        loaded: The entry as it stands on disk, or as it will.
        was: The body that the parser made of its source until now.
        now: The body that it makes of it from now on.
    """
    old = _known(loaded)
    if old.wrote.get("body") != hash_value(plain_body(was)):
        return loaded
    parsed = replace(old, wrote={**old.wrote, "body": hash_value(plain_body(now))})
    text = rewritten(loaded.text, {"parsed": parsed_value(parsed)}, path=loaded.path)
    return load_entry(text, loaded.path, zone=loaded.zone)[0]


def issue_entry(
    loaded: LoadedEntry,
    issued: Issued,
    changes: Mapping[str, Value | None],
    drafting: Drafting,
) -> LoadedEntry:
    """Let an entry know what readers are shown of it from now on.

    Args:
        loaded: The entry as it stands on disk, or as it will.
        issued: What readers are shown of it.
        changes: Keys with new values that follow from that; None takes a key away.
        drafting: What becomes of its corrections.
    """
    parsed = replace(_known(loaded), issued=issued)
    if not (changes or drafting.changes or drafting.added):
        quickly = _with_parsed(loaded, parsed)
        if quickly:
            return quickly
    changes = {**changes, "parsed": parsed_value(parsed)}
    text = rewritten(loaded.text, changes, path=loaded.path)
    if drafting.changes or drafting.added:
        text = change_items(
            text,
            "corrections",
            [correction_group(correction) for correction in loaded.entry.corrections],
            drafting.changes,
            drafting.added,
            path=loaded.path,
        )
    return load_entry(text, loaded.path, zone=loaded.zone)[0]


def _with_parsed(loaded: LoadedEntry, parsed: Parsed) -> LoadedEntry | None:
    """Return an entry with another `parsed`, if that stands on one line as the program wrote it.

    No other line changes, so none is read again: that is most of the work, and each entry that is
    new is issued. Where anything may be otherwise it is left to those who read all of it.
    """
    entry, text = loaded.entry, loaded.text
    was, now = _parsed_line(_known(loaded)), _parsed_line(parsed)
    at = text.find(f"\n{was}\n")
    number = loaded.lines.get("parsed")
    is_plain = "\r" not in text and len(text) + len(now) < _LONGEST_PLAIN
    # As a scheduled entry is at hand it is not what its file says.
    if not is_plain or at < 0 or entry.status is not Status.PUBLISHED:
        return None
    if number is None or text.count("\n", 0, at + 1) + 1 != number:
        return None  # it is not the front matter where that line stands
    read = read_parsed(now, loaded.path, number, loaded.zone)
    if read != parsed:
        return None
    text = f"{text[: at + 1]}{now}{text[at + 1 + len(was) :]}"
    before, behind = around_body(text, entry.body)
    return replace(loaded, entry=replace(entry, parsed=read), before=before, behind=behind)


def _parsed_line(parsed: Parsed) -> str:
    return "\n".join(key_lines("parsed", parsed_value(parsed)))


def parser_fields(
    source: SourceFile, article: Article, *, story: str | None, language: str | None = None
) -> dict[str, Value]:
    """Return what the parser says about each merged field; absent where it says nothing.

    Raises:
        ProblemError: Nothing of the source was kept, so that there is nothing to say.
    """
    url, tongue = article.url or "", article.language or language or ""
    published = article.facts.published
    texts = {
        "title": _title(source, article),
        "outlet": article.outlet or "",
        "origin": article.origin or "",
        "date_basis": date_basis(published) if published else "",
        "language": tongue if LANGUAGE.fullmatch(tongue) else "",
        "url": url if is_web_address(url) else "",
        "summary": " ".join(article.summary),
        "story": story or "",
        "publish": str(source.header.publish or ""),
    }
    lists: dict[str, Sequence[str]] = {
        "authors": article.authors,
        "key_points": article.key_points,
    }
    for field, kind in _KINDS.items():
        lists[field] = _distinct(kind, [name.text for name in article.names if name.kind == kind])
    fields: dict[str, Value] = {key: clean_text(text) for key, text in texts.items()}
    fields |= {key: tuple(filter(None, map(clean_text, items))) for key, items in lists.items()}
    fields["body"] = plain_body(article.body)
    fields = {key: value for key, value in fields.items() if value}
    if published:
        fields["published"] = _whole_seconds(published.value)
    if source.header.topics is not None:
        fields["topics"] = source.header.topics
    if source.header.publish_after is not None:
        fields["publish_after"] = source.header.publish_after
    return fields


def _distinct(kind: str, names: Sequence[str]) -> list[str]:
    """Return names once each, in the spelling that comes first: "U.S." is "United States"."""
    first: dict[str, str] = {}
    for name in names:
        slug = name_slug(kind, name)
        first.setdefault(name_key(kind, slug) if slug else name, name)
    return list(first.values())


def date_basis(published: Found[date | datetime]) -> str:
    """Say where a date stands: "line 2: 'April 23, 2025'", "header line 3: …"."""
    where = published.rule
    if published.line is not None:
        where = f"{'header line' if 'header' in published.rule else 'line'} {published.line}"
    return f"{where}: '{published.quote}'" if published.quote else where


def review_notes(
    article: Article, merge_notes: Sequence[str], reviewed: Sequence[str]
) -> tuple[str, ...]:
    """List what an editor should look at: slips of the text, then fields the source now denies."""
    notes = [clean_text(str(slip)) for slip in article.slips]
    notes += [clean_text(note) for note in merge_notes]
    return without_dismissed(filter(None, notes), reviewed)


def _title(source: SourceFile, article: Article) -> str:
    """Return the headline; for a text without one its bottom line, else its first words.

    The title is shown where the text may not be, and a block can be the whole text. Of a row of a
    table it is the first cell: what stands between cells is none of their words.
    """
    parts = (part for block in article.blocks for part in (block.cells or (block.text,)))
    first_block = first_words(next(filter(str.strip, parts), ""), _TITLE_WORDS)
    for title in (article.title, *article.summary, first_block):
        if title and title.strip():
            return title
    what = "nothing of this text was kept, so no entry can be made of it"
    fix = "look at it with 'briefbook explain', or paste the text again"
    if any(line.otherwise for line in article.lines):
        fix = "take an override out of its entry, so that a line is left"
    raise ProblemError(error(Place(source.path), what, fix))


def _whole_seconds(when: date | datetime) -> date | datetime:
    if not isinstance(when, datetime):
        return when
    # A moment without an offset could be any of 26 hours; its day is all that it says.
    return when.date() if when.tzinfo is None else when.replace(microsecond=0)


def parsed_value(parsed: Parsed) -> Mapping[str, Value]:
    """Return what stands under `parsed`."""
    value: dict[str, Value] = {
        "source": parsed.source,
        "sha256": parsed.sha256,
        "parser": parsed.parser,
        **({"overrides": parsed.overrides} if parsed.overrides else {}),
        "wrote": dict(parsed.wrote),
    }
    return value | {"issued": issued_value(parsed.issued)} if parsed.issued else value


def _known(loaded: LoadedEntry) -> Parsed:
    if loaded.entry.parsed is None:
        raise ValueError(f"{loaded.path} is the editor's own work and is never written")
    return loaded.entry.parsed


def _load(text: str, path: str, source: SourceFile, zone: tzinfo) -> LoadedEntry:
    try:
        return load_entry(text, path, zone=zone)[0]
    except ProblemError as refused:
        problems = (
            error(
                Place(source.path),
                f"its text cannot stand in an entry: {problem.what}",
                problem.fix,
            )
            for problem in refused.problems
        )
        raise ProblemError(*problems) from refused
