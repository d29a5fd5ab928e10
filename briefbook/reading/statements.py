"""What a page states about itself, in its head: headline, authors, date, site, address, language.

In: the tree of a page. Out: the statements as lines, and the facts with their lines. JSON-LD speaks
first, then OpenGraph and other meta elements. Only what is plainly said counts: no date is guessed,
and a value that is none (an author that is an address, a date in words) is passed over.
"""

import json
import re
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any, TypeVar

from briefbook.model import Facts, Found
from briefbook.text.entities import unescaped
from briefbook.yamlfields import YEARS_OF_DAYS, is_web_address

T = TypeVar("T")

_ARTICLE = re.compile(r"(?:Article|BlogPosting|Report)$")
_TITLES = ("og:title", "twitter:title", "dc.title", "headline")
_AUTHORS = ("author", "article:author", "dc.creator", "parsely-author", "sailthru.author")
_DATES = (
    "article:published_time",
    "og:published_time",
    "datepublished",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "pubdate",
    "publishdate",
    "publish-date",
    "date",
)
_SITES = ("og:site_name", "application-name")
_ISO_DATE = re.compile(r"(\d{4})[-/](\d{2})[-/](\d{2})(?:[T ].*)?", re.S)
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*")
_DIVIDER = re.compile(r"(?<!\s)\s+[|–—·»:-]+\s+|:\s+")
_BETWEEN_NAMES = re.compile(r"(?:(?<!\s)\s+)?(?:[;,|]|\band\b|\bund\b|\bet\b)\s*")
_NO_NAME = re.compile(r"https?:|www\.|[@/\d]")
_JOINERS = "\u200c\u200d"  # which some scripts need inside words
_LONGEST = 400  # characters of a value
_LONGEST_NAME = 80
_MOST_AUTHORS = 20


def find_statements(tree: Any, lines: Sequence[str] = ()) -> tuple[tuple[str, ...], Facts]:
    """Return the statements as the first lines of the page, and the facts they state.

    The language is stated too, but in many pages by a template and not by who wrote the text, so
    it counts only where the text leaves it open.

    Args:
        tree: The page.
        lines: The lines that can be seen on it.
    """
    meta = _meta(tree)
    article, by_id = _article(tree)
    outlet = _first(_outlets(article, by_id, meta), _plain)
    title = _first(_titles(tree, article, meta), _plain)
    if title:
        site = outlet.value if outlet else ""
        title = replace(title, value=_without_site(title.value, site, frozenset(lines)))
    found: dict[str, Found[Any] | None] = {
        "title": title,
        "authors": _first(_author_lists(article, by_id, meta), _names),
        "published": _first(_dates(tree, article, meta), _moment),
        "outlet": outlet,
        "url": _first(_addresses(tree, meta), _address),
        "language": _first(iter([("html: lang", tree.get("lang") or "")]), _language),
    }
    stated: list[str] = []
    facts: dict[str, Found[Any]] = {}
    for name, fact in found.items():
        if fact is None:
            continue
        value = fact.value
        is_list = isinstance(value, tuple)
        shown = ", ".join(value) if is_list else value if isinstance(value, str) else fact.quote
        stated.append(shown)
        facts[name] = replace(fact, line=len(stated), quote=shown)
    return tuple(stated), Facts(**facts)


def _first(said: Iterator[tuple[str, Any]], read: Callable[[Any], T | None]) -> Found[T] | None:
    """Return the first value that can be read; its line is set when all are known."""
    for rule, raw in said:
        value = read(raw)
        if value:
            return Found(value, None, rule, _plain(raw) or "")
    return None


# --------------------------------------------------------------------------- where it is said


def _meta(tree: Any) -> dict[str, list[str]]:
    """Return the contents of the meta elements by their names, in small letters."""
    found: dict[str, list[str]] = {}
    for element in tree.iter("meta"):
        content = element.get("content")
        for attribute in ("property", "name", "itemprop"):
            if content and (name := element.get(attribute)):
                found.setdefault(name.casefold(), []).append(content)
    return found


def _article(tree: Any) -> tuple[dict[str, Any], dict[str, dict[str, Any]]]:
    """Return the first article that JSON-LD describes, {} for none, and all objects by @id."""
    objects: list[dict[str, Any]] = []
    for script in tree.iter("script"):
        if script.get("type", "").partition(";")[0].strip().casefold() != "application/ld+json":
            continue
        try:
            objects += _objects(json.loads(script.text or "", strict=False))
        except (ValueError, RecursionError):
            continue  # broken JSON states nothing
    by_id = {str(one["@id"]): one for one in reversed(objects) if "@id" in one and len(one) > 1}
    article = next((one for one in objects if any(map(_ARTICLE.search, _types(one)))), {})
    return article, by_id


def _objects(data: Any) -> Iterator[dict[str, Any]]:
    """Yield the objects at the top, in lists and in a @graph: what lies deeper is not this page."""
    for one in data if isinstance(data, list) else [data]:
        if isinstance(one, dict):
            yield one
            inner = one.get("@graph") or one.get("mainEntity") or []
            yield from (
                each for each in (inner if isinstance(inner, list) else [inner])
                if isinstance(each, dict)
            )  # fmt: skip


def _types(one: dict[str, Any]) -> list[str]:
    types = one.get("@type", "")
    return [str(each) for each in (types if isinstance(types, list) else [types])]


def _titles(
    tree: Any, article: dict[str, Any], meta: dict[str, list[str]]
) -> Iterator[tuple[str, Any]]:
    yield "html: JSON-LD", article.get("headline")
    for name in _TITLES:
        for said in meta.get(name, ()):
            yield f"html: meta {name}", said
    if tree.find(".//h1") is None:
        title = tree.find(".//title")
        yield "html: title", title.text_content() if title is not None else None


def _outlets(
    article: dict[str, Any], by_id: dict[str, dict[str, Any]], meta: dict[str, list[str]]
) -> Iterator[tuple[str, Any]]:
    for name in _names_of(article.get("publisher"), by_id):
        yield "html: JSON-LD", name
    for key in _SITES:
        for said in meta.get(key, ()):
            yield f"html: meta {key}", said


def _author_lists(
    article: dict[str, Any], by_id: dict[str, dict[str, Any]], meta: dict[str, list[str]]
) -> Iterator[tuple[str, Any]]:
    yield "html: JSON-LD", list(_names_of(article.get("author"), by_id, only_people=True))
    for key in _AUTHORS:
        said = meta.get(key, [])
        yield f"html: meta {key}", [part for one in said for part in _BETWEEN_NAMES.split(one)]


def _dates(
    tree: Any, article: dict[str, Any], meta: dict[str, list[str]]
) -> Iterator[tuple[str, Any]]:
    yield "html: JSON-LD", article.get("datePublished")
    for key in _DATES:
        for said in meta.get(key, ()):
            yield f"html: meta {key}", said
    for element in tree.iter("time"):
        if "datePublished" in element.get("itemprop", "").split():
            yield "html: time", element.get("datetime")


def _addresses(tree: Any, meta: dict[str, list[str]]) -> Iterator[tuple[str, Any]]:
    for link in tree.iter("link"):
        if "canonical" in link.get("rel", "").casefold().split():
            yield "html: canonical link", link.get("href")
    for said in meta.get("og:url", ()):
        yield "html: meta og:url", said


def _names_of(
    said: Any, by_id: dict[str, dict[str, Any]], *, only_people: bool = False
) -> Iterator[str]:
    """Yield the names of people or organisations, given as words, objects or references."""
    for one in said if isinstance(said, list) else [said]:
        if isinstance(one, str):
            yield one
        elif isinstance(one, dict):
            whole = {**by_id.get(str(one.get("@id")), {}), **one}
            types = _types(whole)
            if only_people and types != [""] and "Person" not in types:
                continue
            names = whole.get("name")
            yield from (str(n) for n in (names if isinstance(names, list) else [names]) if n)


# --------------------------------------------------------------------------- what it says


def _plain(said: Any) -> str | None:
    """Return words as one line of text, None for what is none."""
    if not isinstance(said, str) or len(said) > 4 * _LONGEST:
        return None
    text = " ".join(unescaped(said).split())
    text = "".join(c for c in text if c.isprintable() or c in _JOINERS).strip()
    return text if text and len(text) <= _LONGEST else None


def _without_site(title: str, site: str, lines: Collection[str]) -> str:
    """Return a title without the name of the site, or a section, behind or before it.

    Args:
        title: The title as stated.
        site: The name of the site, "" where it is not known.
        lines: The lines that can be seen: what is left of a title stands there alone.
    """
    for divider in _DIVIDER.finditer(title):
        for part in (title[: divider.start()], title[divider.end() :]):
            if part in lines:
                return part
    name = re.escape(site)
    shorter = re.sub(rf"(?<!\s)\s+[|–—·»-]\s+{name}$|^{name}\s+[|–—·»:-]\s+", "", title, flags=re.I)
    return (shorter if site else title) or title


def _names(said: Any) -> tuple[str, ...] | None:
    names = [name for one in said[:_MOST_AUTHORS] if (name := _plain(one))]
    names = [re.sub(r"^(?:by|von|par|por)\s+", "", name, flags=re.I) for name in names]
    people = [n for n in names if n and len(n) <= _LONGEST_NAME and not _NO_NAME.search(n)]
    return tuple(dict.fromkeys(people)) or None


def _moment(said: Any) -> date | datetime | None:
    """Read an ISO date; a time counts only with its offset, or it may be another day.

    Pages without a date say 0001-01-01, and the last days of the calendar have no name elsewhere.
    """
    text = _plain(said) or ""
    found = _ISO_DATE.fullmatch(text)
    if found is None:
        return None
    try:
        day = date(int(found[1]), int(found[2]), int(found[3]))
        moment = datetime.fromisoformat(text) if len(text) > 10 else None
    except ValueError:
        return None
    if day.year not in YEARS_OF_DAYS:
        return None
    return moment if moment is not None and moment.tzinfo is not None else day


def _address(said: Any) -> str | None:
    text = _plain(said) or ""
    return text if is_web_address(text) else None


def _language(said: Any) -> str | None:
    text = _plain(said) or ""
    return text if _LANGUAGE.fullmatch(text) else None
