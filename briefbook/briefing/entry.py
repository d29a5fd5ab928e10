"""The text of a file in `briefings/` -> `Entry`, checked; every mistake at once, with its line.

Pure. Refused: what has no title, identities and addresses of the wrong form (a slug becomes a
folder, so `../` never passes), dates that do not exist, and files with git conflict markers, whose
two halves would otherwise both be published. Unknown keys are the editor's and stay; they are
mentioned only when they look like a misspelling.
"""

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, tzinfo
from pathlib import PurePosixPath

from briefbook.briefing.doubts import doubts, misspelt_keys, with_mends
from briefbook.briefing.frontmatter import Parts, split
from briefbook.briefing.merge import MERGED_FIELDS, edited_fields, plain_body
from briefbook.briefing.mint import mint_id, slug_from
from briefbook.briefing.overrides import read_overrides
from briefbook.briefing.writing import Value
from briefbook.conflicts import refuse_marks
from briefbook.files import too_many_lines
from briefbook.model import (
    Correction,
    CorrectionKind,
    Entry,
    Issued,
    Parsed,
    Publish,
    Status,
    WrittenStatus,
)
from briefbook.problems import Place, Problem, ProblemError, Severity, warning
from briefbook.yamlfields import Fields, as_moment, read_fields

_ID = re.compile(r"urn:uuid:[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_LINE_END = re.compile(r"\r\n|\n|\r")
_BLANK_LINES = re.compile(r"(?:[ \t]*(?:\r\n|\n|\r))+")
_CORRECTION_KEYS = ("date", "kind", "field", "was", "now", "why", "draft")
_IMPLIED = ("id", "slug", "added")  # of a handwritten entry: from file name and date
# What a text becomes may have half as many lines more than a source, for the heads of its tables.
MOST_LINES = 40_000  # that are not blank
MOST_ITEMS = 2000  # of one list; pages that name so many can still be made at once
_NEVER = datetime.min.replace(tzinfo=UTC)  # stands in where an error is reported anyway


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedEntry:
    """An entry and the file it was read from, exactly, for rewriting."""

    entry: Entry
    # The file around the body of the entry, which would else be held twice.
    before: str
    behind: str
    lines: Mapping[str, int]  # key of the front matter -> physical line
    zone: tzinfo = UTC  # of its moments without an offset
    implied: tuple[str, ...] = ()  # keys an entry must have whose values come from elsewhere

    @property
    def text(self) -> str:
        """The whole file, with its own line ends."""
        return f"{self.before}{self.entry.body}{self.behind}" if self.behind else self.before

    @property
    def path(self) -> str:
        """The file, from the project root."""
        return self.entry.place.path

    def place(self, key: str) -> Place:
        """Return where a key stands; the top of the file when it is not there."""
        return Place(self.path, self.lines.get(key, 1))


def load_entry(
    text: str, path: str, *, zone: tzinfo = UTC
) -> tuple[LoadedEntry, tuple[Problem, ...]]:
    """Read an entry.

    Args:
        text: The whole file.
        path: The file, from the project root; the slug of a handwritten entry comes from its name.
        zone: The time zone of moments without an offset.

    Returns:
        The entry, and warnings.

    Raises:
        ProblemError: With every mistake of the file.
    """
    refuse_marks(text, path)
    parts = split(text, path)
    fields = read_fields(parts.front, path, first_line=2)
    if fields.tree is None and fields.problems:
        raise ProblemError(*fields.problems)
    for key in fields.lines:
        fields.refuse_long(key, MOST_ITEMS)
    entry = _entry(fields, parts, path, zone)
    if entry.body.count("\n") >= MOST_LINES:  # else it cannot have more
        place, lines = Place(path, entry.body_line), entry.body.split("\n")
        if long := too_many_lines(lines, MOST_LINES, place, "the body"):
            fields.problems.append(long)
    warnings = misspelt_keys(fields, parts)
    if any(problem.severity is Severity.ERROR for problem in fields.problems):
        raise ProblemError(*with_mends(fields.problems, fields, parts, path), *warnings)
    warnings += doubts(fields, parts, path, entry)
    implied = tuple(key for key in _IMPLIED if key not in fields)
    before, behind = around_body(text, entry.body)
    loaded = LoadedEntry(
        entry=entry,
        before=before,
        behind=behind,
        lines=dict(fields.lines),
        zone=zone,
        implied=implied,
    )
    return loaded, (*fields.problems, *warnings)


def around_body(text: str, body: str) -> tuple[str, str]:
    """Return what stands before and behind a body; all and nothing where it has other line ends."""
    at = text.rfind(body) if body else -1
    behind = text[at + len(body) :] if at >= 0 else ""
    return (text[:at], behind) if behind else (text, "")


def read_parsed(line: str, path: str, number: int, zone: tzinfo) -> Parsed | None:
    """Return what a line `parsed: …` of an entry says; None where anything about it is wrong.

    Args:
        line: The line, without its end.
        path: The file it stands in.
        number: Its number there.
        zone: The time zone of moments without an offset.
    """
    fields = read_fields(line, path, first_line=number)
    parsed = _parsed(fields, zone)
    return None if fields.problems else parsed


def merged_fields(entry: Entry) -> dict[str, Value]:
    """Return the fields of an entry that are merged, without the absent ones."""
    values = {field: getattr(entry, field) for field in MERGED_FIELDS}
    return {
        field: str(value) if isinstance(value, Publish) else value
        for field, value in values.items()
        if value or (field == "topics" and value is not None)
    }


def _entry(fields: Fields, parts: Parts, path: str, zone: tzinfo) -> Entry:
    parsed = _parsed(fields, zone)
    published = fields.date("published", zone)
    title = fields.text("title")
    if "title" not in fields:
        fields.report("title", "'title' is missing", 'add a line title: "…"')
    slug = _slug(fields, path)
    entry = Entry(
        place=Place(path),
        id=_identity(fields, slug),
        slug=slug,
        title=title or "",
        added=_added(fields, published, zone),
        body=plain_body(parts.body),
        body_line=_body_line(parts),
        outlet=fields.text("outlet"),
        origin=fields.text("origin"),
        authors=fields.texts("authors") or (),
        published=published,
        date_basis=fields.text("date_basis"),
        updated=fields.moment("updated", zone),
        language=fields.language("language"),
        url=fields.url("url"),
        summary=fields.text("summary") or "",
        key_points=fields.texts("key_points") or (),
        people=fields.texts("people") or (),
        organisations=fields.texts("organisations") or (),
        places=fields.texts("places") or (),
        topics=fields.slugs("topics"),
        publish=fields.choice("publish", Publish),
        story=fields.slug("story"),
        status=_status(fields),
        publish_after=fields.moment_in("publish_after", zone),
        note=fields.text("note", lines=True),
        aliases=fields.slugs("aliases") or (),
        former_stories=fields.slugs("former_stories") or (),
        corrections=_corrections(fields, zone),
        overrides=read_overrides(fields),
        review=fields.texts("review") or (),
        reviewed=fields.texts("reviewed") or (),
        parsed=parsed,
    )
    if parsed is None:
        return entry
    return replace(entry, edited=edited_fields(merged_fields(entry), parsed.wrote))


def _slug(fields: Fields, path: str) -> str:
    if "slug" in fields:
        return fields.slug("slug") or ""
    if "parsed" in fields:
        fields.report("slug", "'slug' is missing", "put the line back: it is the entry's address")
    slug = slug_from(PurePosixPath(path).stem, "")
    if not slug:
        fields.report("slug", "no address can be made of the file name", "add a line slug: …")
    return slug


def _identity(fields: Fields, slug: str) -> str:
    identity = fields.text("id")
    if identity is None and "parsed" in fields:
        fields.report(
            "id", "'id' is missing", "put the line back: feed readers know the entry by it"
        )
    elif identity is not None and not _ID.fullmatch(identity):
        what = "'id' must be a text such as urn:uuid:5b2c4f3e-5d0b-5b8e-9c57-8f3f2a1f7c11"
        fields.report("id", what, "put the id back that the entry had")
    return identity or mint_id(f"slug:{slug}")


def _added(fields: Fields, published: date | None, zone: tzinfo) -> datetime:
    found = fields.moment("added", zone)
    if "added" in fields:
        return found or _NEVER
    if "parsed" in fields or "published" not in fields:
        fields.report("added", "'added' is missing", "add a line such as added: 2026-11-21")
    return as_moment(published, zone) if published else _NEVER


def _status(fields: Fields) -> Status:
    if (fields.text("status") or "").casefold() == Status.SCHEDULED:
        what = "'scheduled' is no status: when an entry appears is said by 'publish_after'"
        fix = "write status: published and a line such as publish_after: 2026-11-24T06:00"
        fields.report("status", what, fix)
        return Status.DRAFT
    found = fields.choice("status", WrittenStatus)
    return Status(found) if found else Status.PUBLISHED


def _corrections(fields: Fields, zone: tzinfo) -> tuple[Correction, ...]:
    corrections: list[Correction] = []
    counted: Counter[tuple[str, str]] = Counter()
    for item in fields.groups("corrections", known=_CORRECTION_KEYS):
        when = item.date("date", zone)
        if "date" not in item:
            item.report(None, "a correction needs 'date'", "add a line such as date: 2026-11-21")
        chosen = item.choice("kind", CorrectionKind)
        kind = chosen or CorrectionKind.CORRECTION
        was, now, why = (item.text(key, lines=True) or "" for key in ("was", "now", "why"))
        field, draft = item.text("field") or "", item.flag("draft", default=False)
        says_all = kind is CorrectionKind.RETRACTION or was or now or why
        if not says_all and (chosen or "kind" not in item):
            what = "this correction does not say what was corrected"
            item.problems.append(warning(item.place(), what, "add its 'was', 'now' or 'why'"))
        if when is None:
            continue
        day = (when.isoformat(), field)
        counted[day] += 1
        corrections.append(
            Correction(
                date=when,
                kind=kind,
                was=was,
                now=now,
                why=why,
                field=field,
                draft=draft,
                place=counted[day],
                line=item.place().line or 1,
            )
        )
    return tuple(corrections)


def _parsed(fields: Fields, zone: tzinfo) -> Parsed | None:
    parsed = fields.group("parsed")
    if parsed is None:
        return None
    source, sha256 = parsed.text("source"), parsed.text("sha256")
    parser = parsed.number("parser", 0, 10**6)
    if source is None or sha256 is None or not _SHA256.fullmatch(sha256) or parser is None:
        what = "'parsed' is damaged: it needs source, sha256 and parser"
        fields.report("parsed", what, "put the line back as the program wrote it")
        return None
    wrote = parsed.group("wrote")
    hashes = {key: wrote.text(key) or "" for key in wrote.lines} if wrote else {}
    issued = _issued(parsed, zone)
    return Parsed(
        source=source,
        sha256=sha256,
        parser=parser,
        overrides=parsed.text("overrides"),
        wrote=hashes,
        issued=issued,
    )


def _issued(parsed: Fields, zone: tzinfo) -> Issued | None:
    issued = parsed.group("issued")
    if issued is None:
        return None
    slug, title = issued.slug("slug"), issued.text("title")
    if slug is None or title is None:
        what = "'issued' is damaged: it needs slug and title"
        issued.report(None, what, "take it out of 'parsed'; `build` writes it again")
        return None
    return Issued(
        slug=slug,
        story=issued.slug("story"),
        status=issued.choice("status", Status) or Status.PUBLISHED,
        title=title,
        published=issued.date("published", zone),
        summary=issued.text("summary") or "",
        figures=issued.texts("figures") or (),
        body=issued.text("body") or "",
        corrections=issued.number("corrections", 0, 10**6) or 0,
        updated=issued.moment("updated", zone),
    )


def _body_line(parts: Parts) -> int:
    opening = _BLANK_LINES.match(parts.body)
    if opening is None or not parts.body.strip():
        return parts.body_line
    return parts.body_line + len(_LINE_END.findall(opening[0]))
