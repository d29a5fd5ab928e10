"""Sites of hostile texts: one with them in all its places, and one that shows them raw."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
from markupsafe import Markup

from briefbook.publishing import body, compiling, press, templates, words
from briefbook.publishing.characters import printable
from briefbook.publishing.loading import Compiled
from tests.browser.hostile.corpus import Hostile
from tests.conftest import SITE, Folder
from tests.test_hostile_text import quoted

# What an entry of its own says of each text, for the rules of Markdown to read.
_CONTEXTS = (
    "{0}",
    "## {0}",
    "- {0}",
    "> {0}",
    "[{0}]({0})",
    '![{0}]({0} "{0}")',
    "<{0}>",
    "`{0}`",
    "**{0}**",
    "| a | {0} |\n| - | - |\n| {0} | b |",
    '[press][r]\n\n[r]: {0} "{0}"',
    '{{: title="{0}" }}',
)
_TOPICS = 4
_MOST_IN_A_NAME = 60  # of a file; 255 bytes are the most, and its ending stands behind it


def write_site(root: Path, texts: Sequence[Hostile], each: int) -> Folder:
    """Write a site with texts in every place that takes one, `each` of them in an entry."""
    folder = Folder(root)
    groups = grouped(texts, each)
    folder.write("site.yaml", _settings(groups))
    for number, group in enumerate(groups, 1):
        before = groups[number - 2] if number > 1 else []
        folder.write(f"briefings/{_file_name(group[0], number)}.md", _entry(number, group, before))
        folder.write(f"sources/{_file_name(group[-1], number)}.txt", _source(number, group))
    if find_spec("trafilatura"):
        folder.write("sources/page.html", _page(groups[0]))
    return folder


def shown(text: str) -> str:
    """Return a text as a browser shows it: what no page may hold is gone, and blanks are one."""
    return " ".join(printable(text).split())


def grouped(texts: Sequence[Hostile], each: int) -> list[list[str]]:
    """Return what each entry says; entry `h1` says the first."""
    return [[one.text for one in texts[at : at + each]] for at in range(0, len(texts), each)]


def write_raw_site(root: Path, texts: Sequence[Hostile]) -> Folder:
    """Write a site with an entry for each text, `/briefings/h<number>/`, to be built unguarded."""
    folder = Folder(root)
    folder.write("site.yaml", f"{SITE}search: false\n")
    for one in texts:
        folder.write(
            f"briefings/h{one.number}.md",
            f"---\ntitle: Number {one.number}\nadded: 2026-01-01\nsummary: {quoted(one.text)}\n"
            f"---\n{one.text}\n",
        )
    return folder


@contextmanager
def without_guards() -> Iterator[None]:
    """Build without the sanitizer, without escaping and without the rules of Markdown."""

    def raw(text: str, *rest: object, **more: object) -> tuple[str, tuple[()]]:
        return text, ()

    def unescaping(**options: object) -> object:
        return real(**(options | {"autoescape": False}))

    real = compiling.DirectEnvironment
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(body, "_IN_PAGES", _Identity())
        patch.setattr(body, "_IN_FEEDS", _Identity())
        patch.setattr(body, "usual_html", raw)
        patch.setattr(templates, "DirectEnvironment", unescaping)
        patch.setattr(templates, "escape", Markup)
        patch.setattr(templates, "_NOT_IN_SCRIPTS", ())
        patch.setattr(words, "escape", Markup)
        patch.setattr(Compiled, "_known", {})
        patch.setattr(press, "COMPILED", {})  # what sites that were built before have left
        yield


class _Identity:
    """A sanitizer that lets everything by."""

    def clean(self, html: str) -> str:
        return html


def _settings(groups: Sequence[Sequence[str]]) -> str:
    said = quoted(" ".join(groups[0]))
    topics = "".join(
        f"  - {{slug: t{number}, title: {quoted(' '.join(group))}, description: {said},"
        f" words: {_list(group)}}}\n"
        for number, group in enumerate(groups[:_TOPICS])
    )
    outlets = "".join(
        f"  - {{name: {quoted(' '.join(group))}, home: https://good.example/{number},"
        f" aliases: [{quoted(group[0])}], note: {quoted(_markdown(group[:1]))}}}\n"
        for number, group in enumerate(groups[:_TOPICS])
    )
    return (
        f"title: {quoted(groups[-1][0])}\ndescription: {said}\n"
        f"about: {quoted(_markdown(groups[0]))}\n"
        f"base_url: https://harbour.example/news\npublish: full\n"
        f"outlets:\n{outlets}topics:\n{topics}"
    )


def _entry(number: int, group: Sequence[str], before: Sequence[str]) -> str:
    said, each = quoted(" ".join(group)), _list(group)
    # A name has a page where two entries meet.
    names = _list([*group, *before[:1]])
    return (
        f"---\nslug: h{number}\ntitle: {said}\nadded: 2026-01-{number % 28 + 1:02}\n"
        f"published: 2026-01-01\ndate_basis: {said}\noutlet: {said}\norigin: {said}\n"
        f"authors: {each}\nsummary: {said}\nkey_points: {each}\n"
        f"note: {quoted(_markdown(group[:1]))}\n"
        f"people: {names}\norganisations: {names}\nplaces: {names}\n"
        f"topics: [t{number % _TOPICS}]\nstory: s{number // 2}\n"
        f"url: {quoted(f'https://good.example/{number}?{_in_address(group)}')}\n"
        f"corrections: [{{date: 2026-02-01, was: {said}, now: {said}, why: {said}}}]\n"
        f"? {quoted(group[0])}\n: {said}\n---\n{_markdown(group)}\n"
    )


def _source(number: int, group: Sequence[str]) -> str:
    # A file with NUL bytes is no text.
    texts = (text.replace("\0", "") for text in group)
    lines = [line for text in texts for line in text.splitlines() if line.strip()]
    said = "\n\n".join(
        f"The crew of the ferry to the outer islands says that on the morning of day {day} they"
        f" read {line} and went on with their work. Nobody on board had seen it before."
        for day, line in enumerate(lines, 1)
    )
    return (
        f"---\noutlet: {quoted(' '.join(group))}\nauthors: {_list(group)}\n---\n"
        f"Harbour {number} reads {lines[0]}\n\nBy Ann {lines[-1]} Marrow, March 3, 2026\n\n"
        f"{said}\n\nThe harbour of {number} opens again on Monday, the port said.\n"
    )


def _page(group: Sequence[str]) -> str:
    """Return a source that is a page, with the texts as its markup."""
    inside = "\n".join(f"<p>The crew of ship {at} said {text}</p>" for at, text in enumerate(group))
    return (
        "<!doctype html><title>The ferry sails</title><article><h1>The ferry sails</h1>"
        "<p>The ferry to the outer islands sails twice a day from June, the board said.</p>"
        f"<p>Two ships will work in the western channel until spring.</p>{inside}</article>"
    )


def _markdown(group: Sequence[str]) -> str:
    return "\n\n".join(context.format(text) for text in group for context in _CONTEXTS)


def _list(texts: Sequence[str]) -> str:
    return "[" + ", ".join(map(quoted, dict.fromkeys(texts))) + "]"


def _in_address(group: Sequence[str]) -> str:
    """Return what of texts may stand in the address of an original."""
    return "".join(sign for sign in "".join(group) if sign in "'()=;/@!*&")[:80]


def _file_name(text: str, number: int) -> str:
    return f"{number} " + "".join(
        sign if sign.isprintable() and sign not in "/\\" else "_" for sign in text[:_MOST_IN_A_NAME]
    )
