import pickle
import re
from functools import partial
from typing import Any

import pytest

from briefbook.model import Site, TracedSentence
from briefbook.problems import ProblemError
from briefbook.publishing.body import BodyRenderer, BodySetting, RenderedBody, render_body
from briefbook.publishing.folders import read_words
from briefbook.text import markdown

AT = "/briefings/a/"


@pytest.fixture
def bodies(site: Site) -> BodyRenderer:
    return BodyRenderer(site, read_words(site, None)[0])


def page(bodies: BodyRenderer, text: str, *sentences: TracedSentence) -> str:
    return bodies.page(text, at=AT, sentences=sentences).html


def test_gives_each_block_an_id_and_the_line_of_its_source(bodies: BodyRenderer) -> None:
    made = bodies.page(
        "# Head\n\nOne. Two.\n\n- item",
        at=AT,
        sentences=(
            TracedSentence("body", "One.", (7, 8)),
            TracedSentence("body", "Two.", (9, 9)),
            TracedSentence("body", "item", (12, 12)),
        ),
    )
    assert made.html == (
        '<h2 id="p1">Head</h2>\n<p data-line="7" id="p2">One. Two.</p>\n'
        '<ul>\n<li data-line="12" id="p3">item</li>\n</ul>'
    )
    assert made.places == ((7, "p2"), (12, "p3"))


def test_marks_the_editors_sentences(bodies: BodyRenderer) -> None:
    made = page(bodies, "One. *Mine* & more.", TracedSentence("body", "Mine & more.", None))
    assert re.sub(r' title="[^"]+"', "", made) == (
        '<p id="p1">One. <em><ins class="editors">Mine</ins></em>'
        '<ins class="editors"> &amp; more.</ins></p>'
    )


def test_a_source_cannot_forge_the_editors_mark(bodies: BodyRenderer) -> None:
    made = page(bodies, 'One \ufdd0two\ufdd1 <ins class="editors">three</ins>.')
    assert "<ins" not in made


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("<script>alert(1)</script>", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("a <b onclick=x>b</b>", "a &lt;b onclick=x&gt;b&lt;/b&gt;"),
        ("<!-- hidden -->", "&lt;!-- hidden --&gt;"),
        ("{{ 7*7 }} {% raw %}", "{{ 7*7 }} {% raw %}"),
        ("]]> x", "]]&gt; x"),
        ("&lt;b&gt; &amp;lt; AT&T &copy;", "&lt;b&gt; &amp;lt; AT&amp;T ©"),
        ("of x?a=1&copy=2&reg=3, &notit;", "of x?a=1&amp;copy=2&amp;reg=3, &amp;notit;"),
        (f"&#{5000 * '9'};", f"&amp;#{5000 * '9'};"),
        ("2025\\. was", "2025. was"),
        ("a\x00b\x08c", "abc"),
    ],
)
def test_markup_in_a_text_is_shown_as_text(bodies: BodyRenderer, text: str, shown: str) -> None:
    assert page(bodies, text) == f'<p id="p1">{shown}</p>'


@pytest.mark.parametrize(
    "target",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "java&#115;cript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "&#106;avascript&colon;x",
        "file:///etc/passwd",
    ],
)
def test_links_that_run_something_lose_their_target(bodies: BodyRenderer, target: str) -> None:
    for made in (page(bodies, f"[x]({target})"), bodies.feed(f"[x]({target})", at=AT)):
        assert "href" not in made or 'href="../' in made or "https://harbour.example" in made
        assert "script:" not in made.lower()


def test_pictures_become_links_because_they_would_ask_other_servers(bodies: BodyRenderer) -> None:
    assert page(bodies, "![alt](https://a.example/x.png)") == (
        '<p id="p1"><a href="https://a.example/x.png" rel="noopener nofollow">alt</a></p>'
    )


def test_links_are_relative_on_pages_and_absolute_in_feeds(bodies: BodyRenderer) -> None:
    text = "[a](/topics/x/) [b](#p1) [c](https://a.example/?x=1&y=2) <me@a.example>"
    on_page, in_feed = page(bodies, text), bodies.feed(text, at=AT)
    assert re.findall('href="([^"]+)"', on_page) == [
        "../../topics/x/",
        "#p1",
        "https://a.example/?x=1&amp;y=2",
        "mailto:me@a.example",
    ]
    assert re.findall('href="([^"]+)"', in_feed) == [
        "https://harbour.example/news/topics/x/",
        "https://harbour.example/news/briefings/a/#p1",
        "https://a.example/?x=1&amp;y=2",
        "mailto:me@a.example",
    ]


def test_a_feed_has_no_class_id_style_or_line(bodies: BodyRenderer) -> None:
    made = bodies.feed("# A\n\n> **B:** c\n\n| a | b |\n|--|--:|\n| 1 | 2 |\n\n**Q?**", at=AT)
    assert not re.search(r"(class|id|style|data-line|align|role)=", made)
    assert "<table>" in made


def test_names_callouts_questions_and_cells(bodies: BodyRenderer) -> None:
    made = page(bodies, "> **Note:** x\n\n**Why?**\n\n| a | b |\n|:--|--:|\n| 1 | 2 |\n\n> plain")
    assert made.count('class="callout"') == 1
    assert '<p class="question"' in made
    assert '<td class="right">2</td>' in made
    assert 'class="wide"' in made


@pytest.mark.parametrize(
    "line", ["# Update", "1. x", "- x", "> x", "*a* _b_ `c`", "[a](b)", "a|b", "<b>", "&amp;"]
)
def test_an_escaped_line_shows_itself(bodies: BodyRenderer, line: str) -> None:
    made = page(bodies, markdown.escape(line), TracedSentence("body", line, (1, 1)))
    assert made.startswith('<p data-line="1" id="p1">')


def test_one_body_leaves_nothing_for_the_next(bodies: BodyRenderer) -> None:
    page(bodies, "[a]: https://a.example/\n\nx", TracedSentence("body", "[a]", (1, 1)))
    assert page(bodies, "see [a]") == '<p id="p1">see [a]</p>'


def test_a_line_of_brackets_does_not_hang_the_build(bodies: BodyRenderer) -> None:
    text = "[" * 10_000 + " [a](https://a.example/)"
    assert page(bodies, text).endswith(
        '<a href="https://a.example/" rel="noopener nofollow">a</a></p>'
    )


def test_what_is_nested_too_deeply_is_the_editors_to_mend(bodies: BodyRenderer) -> None:
    text = "\n".join("    " * level + "- x" for level in range(300))
    with pytest.raises(ProblemError) as caught:
        page(bodies, text)
    assert str(caught.value) == (
        "_site/briefings/a/: error: the Markdown is nested too deeply to be read\n"
        "    fix: take some levels out of its lists and quotes"
    )
    assert page(bodies, "still works") == '<p id="p1">still works</p>'


def test_callouts_that_follow_each_other_stay_two(bodies: BodyRenderer) -> None:
    body = "> **Did You Know?** One.\n\n> **Tip:** Two.\n\nThree."
    made = bodies.page(body, at="/", ids=False).html
    assert made.count('<blockquote class="callout">') == 2
    assert made.index("One.") < made.index("Two.") < made.index("Three.")


def test_a_list_that_starts_later_keeps_its_number(bodies: BodyRenderer) -> None:
    made = bodies.page("3. three\n4. four", at="/", ids=False).html
    assert '<ol start="3">' in made


def test_a_very_long_line_is_shown_beside_the_lines_around_it(bodies: BodyRenderer) -> None:
    long = "word " * 20_000
    made = page(bodies, f"Before *it*.\n\nShort.\n{long}\n\nAfter.")
    assert made.count("word") == 20_000
    assert made.index("<em>it</em>") < made.index("Short.") < made.index("word word")
    assert "After." in made


def test_a_body_is_rendered_once_for_its_page_and_its_feeds(site: Site) -> None:
    asked: list[str] = []

    def counted(text: str, **given: Any) -> RenderedBody:
        asked.append(text)
        return render_body(text, **given)

    bodies = BodyRenderer(site, read_words(site, None)[0], counted)
    for text in ("One.", "One.", "Two."):
        assert bodies.page(text, at=AT).html == f'<p id="p1">{text}</p>'
        assert bodies.feed(text, at=AT) == f"<p>{text}</p>"
    assert asked == ["One.", "Two."]


@pytest.mark.parametrize("text", ["One **two**.", "`One` [two](/topics/x/)."])
def test_a_body_can_be_rendered_in_another_process(text: str) -> None:
    setting = BodySetting(base_url="https://a.example", table="Table", editors_title="x")
    sentences = (TracedSentence("body", "One two.", (4, 4)),)
    work = partial(render_body, text, at=AT, setting=setting, sentences=sentences)
    there: RenderedBody = pickle.loads(pickle.dumps(pickle.loads(pickle.dumps(work))()))
    assert there == work()
    assert there.places == ((4, "p1"),)


def test_a_link_within_the_site_leads_elsewhere_in_a_feed_whatever_stands_around_it(
    bodies: BodyRenderer,
) -> None:
    text = 'say `<a href="x">` ![a "b" <c>](/p.png "t") [d](../e/ "f > g") [h](https://i.example/)'
    assert page(bodies, text) == (
        '<p id="p1">say <code>&lt;a href="x"&gt;</code> '
        '<a href="../../p.png" title="t">a "b" &lt;c&gt;</a> '
        '<a href="../e/" title="f &gt; g">d</a> '
        '<a href="https://i.example/" rel="noopener nofollow">h</a></p>'
    )
    assert bodies.feed(text, at=AT) == (
        '<p>say <code>&lt;a href="x"&gt;</code> '
        '<a href="https://harbour.example/news/p.png" title="t">a "b" &lt;c&gt;</a> '
        '<a href="https://harbour.example/news/briefings/e/" title="f &gt; g">d</a> '
        '<a href="https://i.example/">h</a></p>'
    )
