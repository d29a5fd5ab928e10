"""Texts: what an editor wrote and readers would not see as it was meant.

In: the editor's own words in entries and in `site.yaml`. Out: a warning for each control
character, each link that is taken out and each piece of HTML that is shown as text. That none of it
can do harm is the work of publishing; here it is only said. What the parser wrote is left out: in
it every sign means itself.
"""

import re
from collections.abc import Callable, Iterator

from briefbook.model import Entry, Site
from briefbook.problems import Place, Problem, in_order, warning
from briefbook.text.markdown import LINK_SCHEMES
from briefbook.text.visible import UNPRINTABLE
from briefbook.text.words import shortened

_CODE = re.compile(r"`[^`]*`|^(?: {4}|\t).*")
_LINK = re.compile(r"\]\(\s*<?([^\s()<>]+)|^ {0,3}\[[^\[\]]+\]:\s*<?([^\s<>]+)")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_HTML = re.compile(
    r"<(?:a|abbr|audio|b|blockquote|br|button|center|code|div|em|embed|figure|font|form|h[1-6]|hr|i"
    r"|iframe|img|input|ins|li|link|mark|meta|object|ol|p|pre|q|s|script|small|span|strong|style|sub"
    r"|sup|svg|table|tbody|td|th|thead|tr|u|ul|video)(?=[\s/>])|<!--",
    re.IGNORECASE,
)


def check_entry_texts(entry: Entry, place: Callable[[str], Place]) -> tuple[Problem, ...]:
    """Return warnings about what the editor of an entry wrote, by place.

    Args:
        entry: The entry.
        place: Where a key of its front matter stands.
    """
    problems: list[Problem] = []
    for field, text in _editors_texts(entry):
        problems += _hidden(text, f"'{field}'", place(field))
    if entry.note:
        problems += _markdown(entry.note, "'note'", place("note"))
    for number, line in enumerate(_body_lines(entry), entry.body_line):
        here = Place(entry.place.path, number)
        problems += _hidden(line, "this line", here)
        problems += [warning(here, what, fix) for what, fix in _unshown(line)]
    return in_order(problems)


def check_site_texts(site: Site, path: str = "site.yaml") -> tuple[Problem, ...]:
    """Return warnings about the texts of `site.yaml`."""
    plain = {"title": site.title, "description": site.description, "about": site.about}
    problems: list[Problem] = []
    for key, text in plain.items():
        problems += _hidden(text, f"'{key}'", Place(path))
    problems += _markdown(site.about, "'about'", Place(path))
    for topic in site.topics:
        problems += _hidden(f"{topic.title}{topic.description}", f"topic {topic.slug}", Place(path))
    for outlet in site.outlets:
        name = f"outlet '{outlet.name}'"
        problems += _hidden("".join(outlet.spellings) + (outlet.note or ""), name, Place(path))
        problems += _markdown(outlet.note or "", f"'note' of {name}", Place(path))
    return in_order(problems)


def targets(line: str) -> list[str]:
    """Return where the links lead that are written in a line of Markdown."""
    return [link[1] or link[2] for link in _LINK.finditer(_CODE.sub("", line))]


def _editors_texts(entry: Entry) -> Iterator[tuple[str, str]]:
    """Yield the texts of the front matter that are the editor's, by field."""
    for field in ("title", "outlet", "origin", "date_basis", "summary"):
        if _is_editors(entry, field):
            yield field, getattr(entry, field) or ""
    for field in ("authors", "key_points", "people", "organisations", "places"):
        if _is_editors(entry, field):
            yield field, "".join(getattr(entry, field))
    yield "note", entry.note or ""
    for correction in entry.corrections:
        yield "corrections", f"{correction.was}{correction.now}{correction.why}"


def _is_editors(entry: Entry, field: str) -> bool:
    return entry.parsed is None or field in entry.edited


def _hidden(text: str, where: str, place: Place) -> Iterator[Problem]:
    for character in sorted(set(UNPRINTABLE.findall(text))):
        what = f"{where} has the character U+{ord(character):04X}, which no page shows"
        yield warning(place, what, "delete it; it is invisible in most editors")


def _body_lines(entry: Entry) -> list[str]:
    return entry.body.split("\n") if _is_editors(entry, "body") else []


def _markdown(text: str, where: str, place: Place) -> Iterator[Problem]:
    for line in text.split("\n"):
        for what, fix in _unshown(line):
            yield warning(place, f"{where}: {what}", fix)


def _unshown(line: str) -> Iterator[tuple[str, str]]:
    """Yield what of a line is not shown as it was meant, each once, and what to do."""
    for target in dict.fromkeys(targets(line)):
        scheme = _SCHEME.match(target)
        if scheme and scheme[1].lower() not in LINK_SCHEMES:
            shown = shortened(target, 60)
            what = f"the link to '{shown}' is taken out: only web and mail addresses stay"
            yield what, "write an address that starts with https://, or leave the link out"
    for tag in dict.fromkeys(_HTML.findall(_CODE.sub("", line))):
        what = f"'{tag}' is shown as the text it is: HTML is not read"
        yield what, "write it in Markdown, or between ` and ` if it shall be shown"
