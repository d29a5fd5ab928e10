"""The words of the interface, and that no page has others."""

import ast
import json
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest
from babel import Locale
from babel.numbers import format_decimal
from jinja2 import Environment, TemplateRuntimeError, nodes
from markupsafe import Markup

from briefbook.model import (
    Agreement,
    Claim,
    Correction,
    CorrectionKind,
    Difference,
    Origin,
    OutletSetting,
    Publication,
    PublicEntry,
    PublicRecord,
    ShownRepair,
    Site,
    Status,
    Story,
    Topic,
    TracedSentence,
)
from briefbook.publishing import words as under_test
from briefbook.publishing.folders import bundled, read_own, read_words
from briefbook.publishing.templates import make_environment
from briefbook.publishing.words import Wording, Words, element, read_wordings
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]

PACKAGE = Path(__file__).parents[2] / "briefbook" / "publishing"
TEMPLATES = sorted(bundled().rglob("*.html"))
LANGUAGES = sorted(path.stem for path in (bundled() / "words").glob("*.yaml"))
# The names of formats are the same in all languages.
FORMATS = {"RSS", "Atom", "JSON", "OPML", "Briefbook"}
VOID = {"meta", "link", "br", "hr", "input", "rect", "img"}
# What is read out or shown, besides text.
SPOKEN = ("aria-label", "title", "alt", "placeholder", "label")


def wordings(language: str) -> dict[str, Wording]:
    content = (bundled() / "words" / f"{language}.yaml").read_bytes()
    found, problems = read_wordings(content, f"{language}.yaml", language)
    assert problems == []
    return found


def words(site: Site, own: Path | None = None) -> Words:
    found, problems = read_words(site, read_own(own).files)
    assert problems == ()
    return found


def own_words(folder: Path, language: str, text: str) -> Path:
    (folder / "words").mkdir(exist_ok=True)
    (folder / "words" / f"{language}.yaml").write_text(text, "utf-8")
    return folder


# --------------------------------------------------------------------------- every key


def asked_in_templates() -> Iterator[str]:
    """Yield each key that a template asks for; of one put together its start and a star."""
    for path in TEMPLATES:
        tree = Environment().parse(path.read_text("utf-8"))
        for call in tree.find_all(nodes.Call):
            if isinstance(call.node, nodes.Name) and call.node.name in ("say", "forms"):
                yield from _constants(call.args[0])


def _constants(node: nodes.Node) -> Iterator[str]:
    if isinstance(node, nodes.Const):
        yield str(node.value)
    elif isinstance(node, nodes.CondExpr):
        assert node.expr2 is not None
        yield from (*_constants(node.expr1), *_constants(node.expr2))
    else:
        assert isinstance(node, nodes.Concat), f"line {node.lineno}: keys are written out"
        first = node.nodes[0]
        assert isinstance(first, nodes.Const)
        yield f"{first.value}*"


def asked_in_python() -> Iterator[str]:
    for path in PACKAGE.glob("*.py"):
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if (
                isinstance(call, ast.Call)
                and isinstance(call.func, ast.Attribute)
                and call.func.attr in ("say", "html", "plain")
                and call.args
                and path.name not in ("views.py", "words.py")
            ):
                yield from _literals(call.args[0])


def _literals(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Constant):
        assert isinstance(node.value, str)
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from (*_literals(node.body), *_literals(node.orelse))
    elif isinstance(node, ast.JoinedStr):
        first = node.values[0]
        assert isinstance(first, ast.Constant)
        assert isinstance(first.value, str)
        yield first.value + "*"


def test_every_key_that_is_asked_for_is_there_and_no_other() -> None:
    asked = {*asked_in_templates(), *asked_in_python()}
    starts = tuple(key[:-1] for key in asked if key.endswith("*"))
    known = wordings("en").keys()
    assert {key for key in asked if not key.endswith("*")} <= known
    assert [key for key in known if key not in asked and not key.startswith(starts)] == []
    assert [start for start in starts if not any(key.startswith(start) for key in known)] == []


def test_every_word_that_is_put_into_a_key_has_one() -> None:
    known = wordings("en").keys()
    assert {f"correction_{kind}" for kind in CorrectionKind} <= known
    assert {"preview_draft", "preview_scheduled"} <= known
    assert {f"moved_{what}" for what in ("briefing", "story", "page")} <= known
    for start in ("kind", "empty", "none"):
        assert {
            f"{start}_{kind}" for kind in ("person", "organisation", "place", "outlet")
        } <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_all_languages_have_the_same_keys_and_put_in_the_same(language: str) -> None:
    english, other = wordings("en"), wordings(language)
    assert list(english) == list(other)
    assert [key for key in english if english[key].names != other[key].names] == []


def test_korean_words_are_korean() -> None:
    for key, wording in wordings("ko").items():
        plain = re.sub(r"\]\(\w+\)|\{\w+\}", "", wording.forms["other"])
        assert set(re.findall(r"[A-Za-z]+", plain)) <= FORMATS, key


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.stem)
def test_no_template_has_words_of_its_own(path: Path) -> None:
    plain = re.sub(r"\{#.*?#\}|\{%.*?%\}|\{\{.*?\}\}", "", path.read_text("utf-8"), flags=re.S)
    plain = re.sub(r" '\S+'; worker-src .*", "", plain)  # a content security policy
    found = Texts(plain, "")
    assert {word for _, text in found.texts for word in re.findall(r"[^\W\d_]+", text)} <= FORMATS
    for key, value in found.attributes:
        if key in SPOKEN or (key.startswith("data-") and not key.startswith("data-pagefind")):
            assert set(re.findall(r"[^\W\d_]+", value)) <= FORMATS, (key, value)


# --------------------------------------------------------------------------- filling


def filled(text: str, language: str = "en", **values: object) -> str:
    found, _ = read_wordings(f"x: {text}\n".encode(), "x.yaml", language)
    return str(Words(language, found).html("x", **values))


def test_what_is_put_in_is_escaped_unless_it_is_markup() -> None:
    assert filled("'{a} & {b}'", a="<i>", b=Markup("<b>")) == "&lt;i&gt; &amp; <b>"
    assert filled("'{a}'", a="\x00{b}\ud800") == "{b}"


def test_words_stand_in_an_element_that_is_given() -> None:
    link = element("a", href='/?a=1&b="2"', rel=None)
    expected = 'See <a href="/?a=1&amp;b=&#34;2&#34;">the &lt;list&gt; of X</a>.'
    assert filled("'See [the <list> of {a}](to).'", a="X", to=link) == expected


def test_numbers_are_written_as_in_the_language() -> None:
    assert filled("'{count}행'", "ko", count=1234) == "1,234행"
    assert filled("'{count}'", "de", count=1234) == "1.234"


@pytest.mark.parametrize(("count", "expected"), [(1, "1 list"), (3, "3 listy"), (5, "5 listów")])
def test_the_form_of_a_number_is_that_of_the_language(count: int, expected: str) -> None:
    forms = "{one: '{count} list', few: '{count} listy', other: '{count} listów'}"
    assert filled(forms, "pl", count=count) == expected


def test_plain_words_are_escaped_by_the_page_alone(site: Site) -> None:
    assert words(site).plain("about_title", site="<b>&{site}") == "About <b>&{site}"


@pytest.mark.parametrize("key", ["no_such_key", "about_title"])
def test_an_unknown_key_and_a_missing_name_are_errors(site: Site, key: str) -> None:
    with pytest.raises(TemplateRuntimeError, match=key):
        words(site).html(key)


def test_an_unknown_key_names_the_template_and_its_line(
    make_publication: MakePublication, tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "about.html").write_text('<p>\n{{ say("abuot") }}\n')
    _, problems, _ = make_site(make_publication(), tmp_path)
    assert [str(problem.place) for problem in problems] == ["templates/pages/about.html:2"]
    assert "no words are known as 'abuot'" in problems[0].what


# --------------------------------------------------------------------------- words files


def test_a_sites_own_words_win_key_by_key(site: Site, tmp_path: Path) -> None:
    own_words(tmp_path, "ko", "topics: 분야\nown_key: 우리 말\n")
    found = words(replace(site, language="ko-KR"), tmp_path)
    assert (found.plain("topics"), found.plain("search")) == ("분야", "검색")
    assert found.plain("own_key") == "우리 말"


def test_a_new_language_falls_back_to_english_where_it_has_no_words(
    site: Site, tmp_path: Path
) -> None:
    own_words(tmp_path, "de", "topics: Themen\n")
    found = words(replace(site, language="de"), tmp_path)
    assert (found.plain("topics"), found.plain("search")) == ("Themen", "Search")
    assert found.plain("reports", count=1) == "1 report"


def test_a_language_without_words_is_a_warning_at_its_line_of_site_yaml(site: Site) -> None:
    found, problems = read_words(replace(site, language="he", language_line=4))
    assert found.plain("topics") == "Topics"
    assert [str(problem) for problem in problems] == [
        "site.yaml:4: warning: there are no words in 'he', so those of the pages are English\n"
        "    fix: add templates/words/he.yaml, made like the en.yaml of the program"
    ]
    assert read_words(replace(site, language="en-GB"))[1] == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b\n- c\n", ":2: error: this is not YAML"),
        ("- a\n", ":1: error: a words file has keys with texts"),
        ("search: Suche\ntopics: [a]\n", ":2: warning: this is no text"),
        ("topics: {one: x, many: y, other: z}\n", ":1: warning: 'de' has no plural form 'many'"),
        ("topics: {one: x}\n", ":1: warning: the form 'other' is missing"),
        ("\nabout_title: Über {seite}\n", ":2: warning: nothing is given for 'seite'"),
    ],
)
def test_what_is_wrong_with_a_words_file_is_told_and_english_stands_in(
    site: Site, tmp_path: Path, text: str, expected: str
) -> None:
    found, problems = read_words(
        replace(site, language="de"), read_own(own_words(tmp_path, "de", text)).files
    )
    assert str(problems[0]).startswith(f"templates/words/de.yaml{expected}")
    assert (found.plain("topics"), found.plain("about_title", site="X")) == ("Topics", "About X")


def test_words_that_are_no_utf_8_are_told(site: Site, tmp_path: Path) -> None:
    own_words(tmp_path, "de", "")
    (tmp_path / "words" / "de.yaml").write_bytes(b"topics: \xff")
    _, problems = read_words(replace(site, language="de"), read_own(tmp_path).files)
    assert "this is not UTF-8 text" in str(problems[0])


# --------------------------------------------------------------------------- whole sites


class Texts(HTMLParser):
    """The texts of a page with the language each is in, and what its attributes say."""

    def __init__(self, html: str, language: str) -> None:
        super().__init__()
        self._open: list[tuple[str, str]] = [("", language)]
        self.texts: list[tuple[str, str]] = []
        self.attributes: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {key: value or "" for key, value in attrs}
        self.attributes += given.items()
        language = given.get("lang") or self._open[-1][1]
        self.texts += [(language, given[key]) for key in SPOKEN if key in given]
        if tag not in VOID:
            self._open.append((tag, language))

    def handle_endtag(self, tag: str) -> None:
        while len(self._open) > 1 and self._open.pop()[0] != tag:
            pass

    def handle_data(self, data: str) -> None:
        if self._open[-1][0] not in ("script", "style"):
            self.texts.append((self._open[-1][1], data))


KOREAN = Site(
    title="항만 브리핑",
    description="항만에서 일어나는 일.",
    base_url="https://harbour.example",
    language="ko",
    timezone="Asia/Seoul",
    outlets=(OutletSetting(name="항만신문", home="https://123.example", note="믿을 만하다."),),
)
RECORD = PublicRecord(
    lines=20,
    kept=12,
    metadata=3,
    dropped=(("end cue: share", 4), ("furniture: menu", 1)),
    repairs=(ShownRepair(5, "Ã©", "é", "encoding damage"),),
    edited=("key_points", "title"),
    editors_sentences=1,
)


def korean_site(entry: MakeEntry, publication: MakePublication) -> dict[str, str]:
    """Return the pages and feeds of a Korean site about English texts; names are Korean."""
    plain = {"outlet": "항만신문", "authors": ("김안",), "url": None, "date_basis": "line 2: 'x'"}
    names = {"people": ("김안",), "organisations": ("항만청",), "places": ("부산",)}
    entries = [
        entry(
            "a",
            story="a",
            record=RECORD,
            note="주의.",
            aliases=("old",),
            corrections=tuple(
                Correction(date=date(2026, 11, 22), kind=kind, was="one", now="two", why="실수.")
                for kind in CorrectionKind
            ),
            sentences=(TracedSentence(field="body", text="The work takes two years.", lines=None),),
            **plain,
            **names,
        ),
        entry("b", story="a", is_extract=True, **{**plain, "outlet": None}, **names),
        entry("c", origin="통신", story="a", **{**plain, "published": date(2026, 9, 1)}, **names),
        entry("d", status=Status.DRAFT, published=None, **plain, **names),
        entry("e", status=Status.WITHDRAWN, **plain, **names),
    ]
    story = Story(
        slug="a",
        title="Dredging begins",
        entries=("a", "b", "c"),
        origins=(Origin(name="통신", entries=("a", "c")), Origin(name="", entries=("b",))),
        agreements=(
            Agreement("Mud", "40 tons", (Claim("a", "40", "It is 40."), Claim("b", "40", "So."))),
        ),
        differences=(
            Difference("Share: mud", (Claim("a", "4", "It is 4."), Claim("b", "5", "It is 5."))),
        ),
    )
    topics = (
        Topic(slug="port", title="항만", description="배와 진흙.", entries=("a", "b", "c", "d")),
        Topic(slug="empty", title="빈 주제", description="", entries=()),
    )
    made = publication(
        *entries,
        site=KOREAN,
        stories=(story,),
        topics=topics,
        addresses=(
            "/people/lost/",
            "/topics/port/2020/01/",
            "/editions/2020-01-01/",
            "/x/feed.xml",
        ),
    )
    files, problems, _ = make_site(made, None)
    assert not [problem for problem in problems if problem.place.path != "published.txt"]
    return {file.path: file.content.decode() for file in files if file.path.endswith(("l", "n"))}


def english_words(html: str) -> set[str]:
    korean = [text for language, text in Texts(html, "ko").texts if language == "ko"]
    without_addresses = [re.sub(r"https?://\S+|\S+\.example\S*", "", text) for text in korean]
    return {word for text in without_addresses for word in re.findall(r"[A-Za-z]+", text)} - FORMATS


def test_a_korean_site_says_nothing_in_english_but_what_is_marked_as_english(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    files = korean_site(make_entry, make_publication)
    pages = {path: html for path, html in files.items() if path.endswith(".html")}
    assert len(pages) > 25
    # The title of a window can carry no language, and may be that of a text.
    shown = {
        path: re.sub(r"<title>.*?</title>", "", html, flags=re.S) for path, html in pages.items()
    }
    found = {path: english_words(html) for path, html in shown.items() if english_words(html)}
    assert found == {}


def test_lists_of_a_korean_site_are_described_in_korean(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    files = korean_site(make_entry, make_publication)
    found = {
        path: described[1]
        for path, html in files.items()
        if path.endswith(".html") and not path.startswith(("briefings/", "stories/"))
        if (described := re.search(r'name="description" content="([^"]*)"', html))
    }
    assert len(found) > 8
    assert [text for text in found.values() if re.search(r"[A-Za-z]", text)] == []


def test_the_feeds_of_a_korean_site_speak_korean(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    files = korean_site(make_entry, make_publication)
    for path in ("feed.json", "editions/feed.json", "corrections/feed.json"):
        feed = json.loads(files[path])
        assert set(re.findall(r"[A-Za-z]+", feed["title"] + feed["description"])) == set()
        assert [
            english_words(item["content_html"])
            for item in feed["items"]
            if english_words(item["content_html"])
        ] == []


def test_dates_of_a_korean_site_are_korean(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    files = korean_site(make_entry, make_publication)
    assert "2026년 11월 21일" in files["briefings/a/index.html"]
    assert "2026년 11월" in files["archive/index.html"]
    assert '<html lang="ko" dir="ltr">' in files["index.html"]


def test_words_of_the_site_within_a_text_carry_their_own_language(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entry = make_entry("a", language="ar", summary="نص", body="نص", key_points=("نص",))
    files, _, _ = make_site(make_publication(entry), None)
    feed = json.loads(next(file.content for file in files if file.path == "feed.json"))
    html = feed["items"][0]["content_html"]
    assert '<strong lang="en" dir="ltr">Bottom line:</strong>' in html
    assert Texts(html, "").texts.count(("ar", "نص")) == 2
    assert ("en", "Bottom line:") in Texts(html, "").texts


def test_a_quoted_date_keeps_its_order_among_words_that_run_the_other_way(site: Site) -> None:
    template = "{{ english(x) }}"

    def shown(language: str, said: str) -> str:
        there = replace(site, language=language)
        environment = make_environment(there, read_words(there)[0])
        return environment.from_string(template).render(x=said)

    assert shown("en", "line 6: '3 מרץ'") == "line 6: &#39;<bdi>3 מרץ</bdi>&#39;"
    assert shown("en", "line 6: '<b>'") == "line 6: &#39;&lt;b&gt;&#39;"
    assert shown("ko", "end cue: share") == '<bdi lang="en" dir="ltr">end cue: share</bdi>'


@pytest.mark.parametrize("language", sorted(under_test._IN_THREES))
def test_numbers_of_shipped_languages_are_those_of_all(language: str) -> None:
    locale = Locale.parse(language)
    for number in (*range(2_000), *(10**n + d for n in range(3, 16) for d in (-1, 0, 1, 21))):
        assert under_test._plural_form(language, number) == locale.plural_form(number), number
        assert under_test._written(language, number) == format_decimal(number, locale=locale), (
            number
        )
