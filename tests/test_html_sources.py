"""HTML pages in `sources/`, from the file to the site."""

import subprocess
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from .test_hostile_text import Page

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

FERRY = """\
<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Second ferry | Mudflat Post</title>
<link rel="canonical" href="https://mudflat.example/second-ferry">
<meta property="og:site_name" content="Mudflat Post"></head>
<body><nav><a href="/">Home</a></nav><article>
<h1>Second ferry for the northern islands</h1>
<p class="byline">By Mina Hart</p>
<p>A second ferry will serve the northern islands from May, the port authority said on Tuesday.</p>
<p>The islands asked for it for eleven years, and last winter the shops of Skarnes ran out of flour
when the only ship lay in dock for six weeks.</p>
<p>The ship costs 41 million, of which the province pays half.</p>
</article><footer><p>© 2026 Mudflat Post</p></footer></body></html>
"""
PATH = "sources/ferry.html"
ENTRY = "briefings/second-ferry-for-the-northern-islands.md"


@pytest.mark.parametrize("ending", ["html", "htm", "xhtml", "HTML"])
def test_a_page_becomes_an_entry_that_checks(site: "MakeSite", ending: str) -> None:
    folder = site(f"-- sources/ferry.{ending} --\n{FERRY}")
    assert folder.build().code == 0
    entry = folder.read(ENTRY)
    assert 'outlet: "Mudflat Post"' in entry
    assert "url: https://mudflat.example/second-ferry" in entry
    assert 'authors: ["Mina Hart"]' in entry
    assert "Home" not in entry
    assert folder.check().out.strip() == "nothing to complain about"


def test_a_header_above_the_page_wins(site: "MakeSite") -> None:
    folder = site(f"-- {PATH} --\n---\noutlet: Harbour Daily\n---\n{FERRY}")
    assert folder.build().code == 0
    assert 'outlet: "Harbour Daily"' in folder.read(ENTRY)


def test_a_changed_page_brings_its_entry_along(site: "MakeSite") -> None:
    folder = site(f"-- {PATH} --\n{FERRY}")
    folder.build()
    folder.edit(ENTRY, 'title: "Second ferry for the northern islands"', 'title: "Two ferries"')
    folder.edit(PATH, "41 million", "43 million")
    assert folder.build().code == 0
    entry = folder.read(ENTRY)
    assert "43 million" in entry
    assert 'title: "Two ferries"' in entry


def test_explain_numbers_the_lines_that_can_be_seen(site: "MakeSite") -> None:
    result = site(f"-- {PATH} --\n{FERRY}").run("explain", PATH)
    assert result.code == 0
    shown = " ".join(result.out.split())
    assert "url https://mudflat.example/second-ferry line 2: html: canonical link" in shown
    assert "4 d dropped html: not of the main text Home" in shown


def test_the_same_page_gives_the_same_bytes(site: "MakeSite") -> None:
    folder = site(f"-- {PATH} --\n{FERRY}")
    folder.build()
    before = folder.tree()
    folder.delete(ENTRY)
    folder.build()
    assert folder.tree() == before


HOSTILE = (
    "<script>alert(1)</script>",
    '<a href="javascript:alert(1)">Press here for the whole truth about the harbour.</a>',
    "<img src=x onerror=alert(1)>",
    "&lt;script&gt;alert(1)&lt;/script&gt; is what the sign at the quay said on Monday.",
    "<p>[click](javascript:alert(1)) and <iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<svg onload=alert(1)><script>alert(1)</script></svg>",
)


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_html_is_only_text(site: "MakeSite", hostile: str) -> None:
    plain = site(f"-- {PATH} --\n{FERRY}")
    plain.build()
    address = "/briefings/second-ferry-for-the-northern-islands/"
    acts = Page(plain.page(address)).acts
    plain.edit(PATH, "<p>The islands", f"{hostile}<p>The islands")
    assert plain.build().code == 0
    assert Page(plain.page(address)).acts == acts


def test_without_the_extra_the_other_sources_are_built(
    site: "MakeSite", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    quay = "The quay is closed\n\nThe quay is closed until the ice is gone, its master said.\n"
    folder = site(f"-- {PATH} --\n{FERRY}-- sources/quay.txt --\n{quay}")
    result = folder.build()
    assert result.code == 1
    assert result.err.startswith(
        f"{PATH}: error: HTML sources need trafilatura, which is not installed\n"
        '    fix: install it with `pip install "briefbook[html]"`, in a clone'
    )
    assert folder.entries() == ["briefings/the-quay-is-closed.md"]


def test_nothing_that_reads_html_is_loaded_before_a_page_is_read() -> None:
    script = "import sys, briefbook.cli; print('trafilatura' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "False"
