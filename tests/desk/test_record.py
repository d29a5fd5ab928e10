"""The page of an entry: its source line by line, its fields, and nothing that could do harm."""

import re
from collections.abc import Callable
from html.parser import HTMLParser
from typing import TYPE_CHECKING

import pytest

from briefbook.desk.pages import desk_asset
from briefbook.desk.source_lines import LONGEST_SHOWN
from tests.desk.opened import Desk, opened, page_text

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

FERRY = """\
-- sources/ferry.txt --
Home / Harbour / Second ferry for the northern harbour

Second ferry for the northern harbour

By Mina Hart | March 3, 2026

A second ferry will serve the harbour from May, the port said on Tuesday.The ship carries 80 cars.

From April 22 to 2025 the quay is closed to all but residents and the fire brigade.

Also Read: Five harbours worth a detour
"""
PAGE = "/_desk/entries/second-ferry-for-the-northern-harbour/"
ENTRY = "briefings/second-ferry-for-the-northern-harbour.md"


@pytest.fixture
def desk(site: "MakeSite") -> Desk:
    return opened(site(FERRY))


class _Tags(HTMLParser):
    """Collects what could run or load something."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.ids: list[str] = []
        self.labels: set[str | None] = set()
        self.controls: list[dict[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        more = dict(attrs)
        self.found.append((tag, more))
        self.ids += [more["id"]] if more.get("id") else []  # type: ignore[list-item] # not None
        if tag == "label":
            self.labels.add(more.get("for"))
        is_hidden = more.get("type") in ("hidden", "checkbox")  # a box stands within its label
        if tag in ("input", "select", "textarea") and not is_hidden:
            self.controls.append(more)


def tags(html: str) -> _Tags:
    found = _Tags()
    found.feed(html)
    return found


def test_each_line_says_number_fate_rule_and_what_it_gave(desk: Desk) -> None:
    said = page_text(desk.page(PAGE))
    for line in (
        "1 − dropped repeats the headline Home / Harbour / Second ferry",
        "3 = metadata headline → title Second ferry for the northern harbour",
        "5 = metadata byline → authors, published By Mina Hart | March 3, 2026",
        "11 − dropped furniture: also read Also Read: Five harbours worth a detour",
    ):
        assert line in said


def test_repairs_and_slips_are_marked_where_they_are(desk: Desk) -> None:
    html = desk.page(PAGE)
    assert 'on Tuesday.<span class="mend">[<del></del>→<ins>␣</ins>]</span>The ship' in html
    said = page_text(html)
    assert "the fire brigade. ! the date range “April 22 to 2025” cannot be right" in said


def test_each_field_says_whose_it_is_and_where_from(desk: Desk) -> None:
    desk.act("second-ferry-for-the-northern-harbour", "set", field="outlet", value="Gulf Desk")
    said = page_text(desk.page(PAGE))
    assert f"yours · changes {ENTRY}:5" in said
    assert f"the program's , line 5: byline · changes {ENTRY}:6" in said
    assert "the program's , line 5: 'March 3, 2026'" in said


def test_a_draft_says_that_it_waits(desk: Desk) -> None:
    desk.act("second-ferry-for-the-northern-harbour", "set", field="status", value="draft")
    assert "A draft: it is not published" in page_text(desk.page(PAGE))


def test_lines_can_be_filtered(desk: Desk) -> None:
    dropped = page_text(desk.page(f"{PAGE}?show=dropped"))
    assert "Also Read: Five" in dropped
    assert "The ship carries" not in re.sub(r"Fields.*", "", dropped)
    assert "All 6 Kept 2 Dropped 2 Marked 2" in dropped


def test_a_long_line_is_folded_and_whole(site: "MakeSite") -> None:
    long = "The quay is long. " * 1200
    text = f"The quay of the harbour is long\n\n{long}\n\nIt was built of stone by the town.\n"
    desk = opened(site(f"-- sources/quay.txt --\n{text}"))
    html = desk.page("/_desk/entries/the-quay-of-the-harbour-is-long/")
    shown, rest = re.findall(
        r'<div class="said" dir="auto">(The quay is long[^<]*)<details>.*?</summary>([^<]*)<', html
    )[0]
    assert len(shown) == LONGEST_SHOWN
    assert shown + rest == long.rstrip("\n")
    assert "… the rest of 21600 characters" in html


def test_five_thousand_lines_have_one_form(site: "MakeSite") -> None:
    lines = "\n\n".join(f"Berth {n} of the harbour was mended in March." for n in range(5000))
    desk = opened(site(f"-- sources/berths.txt --\nAll berths of the harbour\n\n{lines}\n"))
    assert desk.state.prepared is not None
    slug = desk.state.prepared.loaded[0].entry.slug
    html = desk.page(f"/_desk/entries/{slug}/")
    assert html.count('value="line"') == 1
    assert html.count('<li id="L') == 5001
    assert len(html) < 5_000_000


def test_an_entry_whose_source_is_gone_says_so(desk: Desk) -> None:
    desk.folder.delete("sources/ferry.txt")
    desk.build()
    said = page_text(desk.page(PAGE))
    assert "sources/ferry.txt is not there, so its lines cannot be shown." in said


def test_the_editors_own_entry_says_that_it_is_never_written(site: "MakeSite") -> None:
    own = "---\ntitle: A note of my own\npublished: 2026-03-03\n---\nThe quay is closed.\n"
    desk = opened(site(f"-- briefings/own.md --\n{own}"))
    said = page_text(desk.page("/_desk/entries/own/"))
    assert "This entry is your own work: the program never writes it." in said
    assert "Show the line" in said


def test_what_was_done_is_told_with_a_button_that_undoes_it(desk: Desk) -> None:
    slug = "second-ferry-for-the-northern-harbour"
    outcome = desk.act(slug, "set", field="title", value="A boat")
    html = desk.page(outcome.go_to)
    assert f"{ENTRY}: title set to “A boat”; it was “Second ferry" in page_text(html)
    assert "<button>Undo: put back what was there</button>" in html
    desk.build()
    assert "Undo:" not in desk.page(outcome.go_to)


def test_what_was_refused_is_told_with_place_and_fix(desk: Desk) -> None:
    slug = "second-ferry-for-the-northern-harbour"
    outcome = desk.act(slug, "set", field="published", value="2026-02-31")
    said = page_text(desk.page(outcome.go_to))
    assert (
        f"Nothing was written {ENTRY}:6 there is no such date as '2026-02-31' "
        "To mend it: correct the date"
    ) in said


HOSTILE = """\
</div><script>alert(1)</script> of the harbour "quoted' & more

By <img src=x onerror=alert(2)> | March 3, 2026

<script>alert(3)</script> and <a href="javascript:alert(4)">a link</a> stand at the quay.<!-- Then

"></textarea><svg onload=alert(5)> was read aloud by {{ 7 * 7 }} and {% raw %} at the harbour quay.

\u202ereversed by a control\u202c and \u0007 a bell, said the port authority of the harbour.
"""


def test_hostile_text_and_names_are_only_text(site: "MakeSite") -> None:
    name = 'sources/a "><script>alert(6)</script>.txt'
    folder = site("")
    folder.write(name.replace("/script", "∕script"), HOSTILE)
    folder.write("sources/x<b>.md", "---\nurl: javascript:alert(1)\n---\nA text.\n")
    desk = opened(folder)
    assert desk.state.prepared is not None
    slug = desk.state.prepared.loaded[0].entry.slug
    desk.act(slug, "set", field="outlet", value="</textarea><script>alert(7)</script>")
    pages = [desk.page(), desk.page(f"/_desk/entries/{slug}/"), desk.page("/_desk/?reason=%22%3E")]
    pages.append(desk.page(f"/_desk/entries/{slug}/?undo=set&field=%22%3E%3Cscript%3E&value=x"))
    for html in pages:
        found = tags(html)
        assert {tag for tag, _ in found.found}.isdisjoint(
            {"script", "img", "svg", "style", "iframe"}
        )
        for tag, more in found.found:
            assert not [name for name in more if name.startswith("on") or name == "style"], tag
            assert not (more.get("href") or "").casefold().startswith("javascript")
        assert "\u202e" not in html
        assert "\u0007" not in html
    assert "{{ 7 * 7 }}" in page_text(pages[1])


def test_every_control_has_a_label_and_every_id_stands_once(desk: Desk) -> None:
    for html in (desk.page(), desk.page(PAGE)):
        found = tags(html)
        assert len(found.ids) == len(set(found.ids))
        assert {more.get("id") for more in found.controls} <= found.labels
        assert [tag for tag, _ in found.found].count("h1") == 1
        assert {"main", "header"} <= {tag for tag, _ in found.found}


def test_only_the_files_of_the_desk_are_given_out() -> None:
    kind, content = desk_asset("desk.css") or ("", b"")
    assert kind == "text/css; charset=utf-8"
    assert b":focus-visible" in content
    for name in ("../pages.py", "pages.py", "", "queue.html", "/etc/passwd"):
        assert desk_asset(name) is None
