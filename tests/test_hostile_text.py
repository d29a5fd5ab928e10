"""Whatever a source, an entry or a file name says, pages and feeds show it as text and no more."""

import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder, Result

    MakeSite = Callable[[str], Folder]

HOSTILE = {
    "script": "<script>alert(1)</script>",
    "closed script": "</script></title></style><script>alert(1)</script>",
    "event": '"><img src=x onerror=alert(1)>',
    "event without quotes": "' onmouseover='alert(1)' x='",
    "vector": "<svg/onload=alert(1)>",
    "frame": "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "Markdown link": "[click](javascript:alert(1)) and [data](data:text/html,<script>1</script>)",
    "Markdown image": "![x](https://spy.example/pixel.png)",
    "autolink": "<javascript:alert(1)>",
    "entity": "&lt;script&gt;alert(1)&lt;/script&gt; &#60;script&#62;",
    "end of CDATA": "]]><script>alert(1)</script>",
    "template": "{{ 7*7 }} {% raw %} {# gone #}",
    "comment": "<!-- hidden",
    "control characters": "a\x01b\x07c\x1b[31md\x7fe\x85f",
    "reversed": "abc \u202efed\u2066 ghi",
    "noncharacters": "a\ufdd0b\ufffeb\U0001ffffc",
    "reference": "[note]: javascript:alert(1)",
    "refresh": '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">',
}
SCRIPT = re.compile(r"^\s*(?:javascript|vbscript|data):", re.IGNORECASE)
OWN_SCRIPT = re.compile(r"(?:\.\./|\./|/news/)*assets/(?:site|search)\.js")
ITEM, ATOM = "item", "{http://www.w3.org/2005/Atom}"
ADDRESSES = ("href", "src", "action", "formaction", "srcdoc", "poster", "cite")


def _is_ours(tag: str, attributes: dict[str, str | None]) -> bool:
    """The site's own scripts, which no text can change; data that is never run; the search form."""
    if tag == "script":
        is_data = attributes == {"type": "application/ld+json"}
        return is_data or bool(OWN_SCRIPT.fullmatch(attributes.get("src") or ""))
    return tag == "form" and attributes.get("role") == "search" and "action" not in attributes


class Page(HTMLParser):
    """What a browser would find in a page that can act."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.acts: list[str] = []
        self.text = ""
        self.feed(content)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        dangerous = ("script", "iframe", "object", "embed", "svg", "img", "form", "base")
        if tag in dangerous and not _is_ours(tag, dict(attrs)):
            self.acts.append(tag)
        for name, value in attrs:
            if name.startswith("on") or (name in ADDRESSES and SCRIPT.match(value or "")):
                self.acts.append(f"{tag} {name}={value}")
        if tag == "meta" and dict(attrs).get("http-equiv") == "refresh":
            self.acts.append(f"refresh {dict(attrs).get('content')}")

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        self.acts.append(f"comment {data[:20]}")


def assert_harmless(folder: "Folder") -> None:
    """Every page can do nothing, and every feed and map is XML whose HTML can do nothing."""
    files = folder.tree("_site")
    assert any(path.startswith("briefings/") for path in files)
    for path, content in files.items():
        if path.endswith(".html"):
            assert Page(content.decode()).acts == [], path
        elif path.endswith((".xml", ".atom")):
            root = ET.fromstring(content)
            for element in (*root.iter(ITEM), *root.iter(f"{ATOM}entry")):
                for part in element.iter():
                    if part.tag.endswith(("content", "encoded", "description")):
                        assert Page(part.text or "").acts == [], path
            for element in (*root.iter("link"), *root.iter(f"{ATOM}link")):
                address = element.get("href") or element.text or ""
                assert address.startswith("https://harbour.example/news"), path
        if path.endswith(".png"):
            continue
        text = content.decode()
        assert not re.search(
            r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufffe\uffff]", text
        )


def quoted(text: str) -> str:
    """Write a text as an editor can in YAML, whatever is in it."""
    inside = "".join(c if " " <= c <= "~" and c not in '"\\' else f"\\U{ord(c):08x}" for c in text)
    return f'"{inside}"'


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=list(HOSTILE))
def test_in_a_source_it_is_only_text(site: "MakeSite", hostile: str) -> None:
    folder = site("")
    folder.write(
        "sources/a.txt",
        f"Dredging {hostile} begins in the harbour\n\nBy Ann {hostile} Marrow\n\n"
        f"The dredging of the harbour {hostile} began on Monday.\n\n{hostile}\n\n"
        f"- Item one {hostile}\n- Item two of the list\n- Item three of it\n\n"
        f"“{hostile}”\n\nDid You Know? {hostile}\n\n"
        "Two ships will work in the western channel until spring, the authority said.\n",
    )
    result = folder.build()
    assert result.code == 0, result.err
    assert_harmless(folder)


@pytest.mark.parametrize("hostile", HOSTILE.values(), ids=list(HOSTILE))
def test_in_front_matter_and_body_it_is_only_text(site: "MakeSite", hostile: str) -> None:
    text = quoted(hostile)
    folder = site("")
    for slug in ("first", "second"):
        folder.write(
            f"briefings/{slug}.md",
            f"---\ntitle: {text}\nadded: 2026-01-01\noutlet: {text}\norigin: {text}\n"
            f"authors: [{text}]\nnote: {text}\nsummary: {text}\nkey_points: [{text}]\n"
            f"people: [{text}]\norganisations: [{text}]\nplaces: [{text}]\nstory: one\n"
            f"date_basis: {text}\ntopics: [port]\n"
            f"corrections: [{{date: 2026-01-02, was: {text}, now: {text}, why: {text}}}]\n---\n"
            f"{hostile}\n\n## {hostile}\n\n- {hostile}\n\n> {hostile}\n\n"
            f"| a | b |\n| - | - |\n| {hostile} | c |\n",
        )
    result = folder.build()
    assert result.code == 0, result.err
    assert_harmless(folder)


@pytest.mark.parametrize(
    "name",
    [
        "<script>alert(1)<",
        "' onload='x",
        "{{ 7*7 }}",
        "]]>",
        "javascript:alert(1)",
        "-rf",
        "a b#c?d%2e",
        "\u202egnp",
        "ферма",
        "con",
    ],
)
def test_in_a_file_name_it_is_only_text(site: "MakeSite", name: str) -> None:
    folder = site("")
    folder.write(f"sources/{name}.txt", "Ferry sails again\n\nIt sailed.\n\nIt was full.\n")
    folder.write(f"briefings/{name}.md", "---\ntitle: Wet\nadded: 2026-01-01\nslug: wet\n---\nWet.")
    result = folder.build()
    assert result.code == 0, result.err
    assert_harmless(folder)
    assert folder.check().code == 0


def test_a_file_name_with_a_line_break_is_refused_in_one_line(site: "MakeSite") -> None:
    folder = site("-- sources/good.txt --\nFerry sails again\n\nIt sailed.\n\nIt was full.\n")
    folder.write("sources/a\nb.txt", "x\n")
    result = folder.build()
    assert result.err == (
        "sources/a\\nb.txt: error: the name has characters that cannot be shown\n"
        "    fix: rename the file\n"
    )
    assert result.code == 1


def test_settings_are_only_text(site: "MakeSite") -> None:
    text = quoted(" ".join(HOSTILE.values()))
    folder = site(
        f"-- site.yaml --\ntitle: {text}\ndescription: {text}\nabout: {text}\n"
        "base_url: https://harbour.example/news\npublish: full\n"
        f"outlets: [{{name: Port Times, note: {text}}}]\n"
        f"topics: [{{slug: port, title: {text}, description: {text}, words: [{text}, harbour]}}]\n"
        "-- sources/a.txt --\n---\noutlet: Port Times\ntopics: [port]\n---\n"
        "Ferry sails again\n\nIt sailed.\n\nIt was full.\n"
    )
    result = folder.build()
    assert result.code == 0, result.err
    assert_harmless(folder)


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "//spy.example", "x"])
def test_an_address_that_is_none_is_refused(site: "MakeSite", url: str) -> None:
    folder = site(f"-- sources/a.txt --\n---\nurl: {url}\n---\nFerry sails\n\nIt did.\n\nYes.\n")
    result = folder.build()
    assert result.code == 1
    assert f"sources/a.txt:2: error: '{url}' is not a web address" in result.err


def test_what_a_person_sees_of_it_is_what_the_source_says(site: "MakeSite") -> None:
    hostile = "<b>bold</b> & [link](javascript:1) {{ 7*7 }} *star* `code` <!-- kept -->"
    folder = site("")
    folder.write(
        "sources/a.txt",
        "The island ferry sails again\n\n"
        f"The island ferry sailed on Monday with {hostile} aboard.\n\n"
        "Nobody on the island had seen a fuller ferry.\n",
    )
    folder.build()
    page = Page(folder.page("/briefings/the-island-ferry-sails-again/"))
    assert f"The island ferry sailed on Monday with {hostile} aboard." in page.text
    (item,) = ET.fromstring(folder.read("_site/feed.xml")).findall("channel/item")
    (encoded,) = item.findall("{http://purl.org/rss/1.0/modules/content/}encoded")
    assert (
        f"The island ferry sailed on Monday with {hostile} aboard." in Page(encoded.text or "").text
    )


@pytest.mark.parametrize(
    "line",
    ["a" * 1_000_000, "ab, " * 50_000, "[" * 1_000_000, "x. " * 66_000, " " * 999_999 + "x"],
    ids=["one word", "words", "brackets", "sentences", "spaces"],
)
def test_a_line_of_up_to_a_million_characters_does_not_hang_the_build(
    site: "MakeSite", line: str
) -> None:
    folder = site("")
    folder.write("sources/a.txt", f"Ferry sails again\n\nIt sailed.\n\n{line}\n\nIt was full.\n")
    result = folder.build()
    assert result.code == 0, result.err
    assert_harmless(folder)


def test_a_terminal_is_not_commanded_by_a_source(site: "MakeSite") -> None:
    folder = site("")
    folder.write(
        "sources/a.txt",
        "Ferry \x1b]0;owned\x07 sails again\n\nIt \x1b[2J sailed \u202eaway.\n\nIt was full.\n",
    )
    shown = folder.run("explain", str(folder.root / "sources/a.txt"))
    assert shown.code == 0
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]", shown.out)


def test_signs_that_part_the_keys_of_the_build_state_are_only_text(
    site: "MakeSite", command: "Callable[..., Result]"
) -> None:
    names = '"A\\u001fB C", "Ann\\u001eKim", "\\u001f"'
    entry = f"---\ntitle: T\nadded: 2026-11-03T10:00:00Z\npeople: [{names}]\n---\nA line.\n"
    folder = site(f"-- briefings/one.md --\n{entry}-- briefings/two.md --\n{entry}")
    for _ in range(2):
        result = command("build", "--root", str(folder.root), "--now", "2026-11-21T18:00:00Z")
        assert (result.code, result.err) == (0, "")
        folder.edit("briefings/two.md", "A line.", "A line. Another.")


def test_a_template_whose_name_is_no_text_ends_no_build(
    site: "MakeSite", command: "Callable[..., Result]"
) -> None:
    folder = site("")
    assets = folder.root / "templates/assets"
    assets.mkdir(parents=True)
    (assets / os.fsdecode(b"\xff.txt")).write_text("x")
    result = command("build", "--root", str(folder.root), "--now", "2026-11-21T18:00:00Z")
    assert (result.code, result.err) == (
        1,
        "templates/assets/\\udcff.txt: error: the name has characters that cannot be shown\n"
        "    fix: rename the file\n",
    )
    assert (folder.root / "_site/index.html").is_file()
