import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from briefbook.checking.links import check_site
from briefbook.model import (
    Entry,
    Parsed,
    Publication,
    PublicEntry,
    Record,
    Site,
    Status,
    TracedSentence,
)
from briefbook.publishing import public_entry
from briefbook.publishing.folders import bundled
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]


def made(publication: Publication, templates: Path | None = None) -> dict[str, bytes]:
    files, _, _ = make_site(publication, templates)
    return {file.path: file.content for file in files}


def test_a_whole_site_is_made_without_a_problem(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    files, problems, addresses = make_site(make_publication(make_entry()), None)
    assert problems == ()
    assert addresses == (
        "/",
        "/about/",
        "/archive/",
        "/archive/2026/11/",
        "/briefings/dredging-begins/",
        "/corrections/",
        "/corrections/feed.atom",
        "/corrections/feed.json",
        "/corrections/feed.xml",
        "/editions/",
        "/editions/2026-11-21/",
        "/editions/feed.atom",
        "/editions/feed.json",
        "/editions/feed.xml",
        "/feed.atom",
        "/feed.json",
        "/feed.xml",
        "/organisations/",
        "/outlets/",
        "/outlets/port-times/",
        "/people/",
        "/places/",
        "/search/",
        "/subscribe/",
        "/topics/",
        "/topics/port/",
        "/topics/port/2026/11/",
        "/topics/port/feed.atom",
        "/topics/port/feed.json",
        "/topics/port/feed.xml",
    )
    assert {"404.html", "sitemap.xml", "robots.txt", "assets/style.css"} <= {
        file.path for file in files
    }


def test_pages_come_before_the_lists_and_feeds_that_point_to_them(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    order = list(made(make_publication(make_entry("a", aliases=("old",)))))
    places = [
        order.index(path)
        for path in (
            "assets/style.css",
            "briefings/a/index.html",
            "briefings/old/index.html",
            "outlets/port-times/index.html",
            "topics/port/2026/11/index.html",
            "outlets/index.html",
            "topics/port/index.html",
            "index.html",
            "feed.xml",
            "sitemap.xml",
        )
    ]
    assert places == sorted(places)


def test_the_same_publication_gives_the_same_bytes(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(make_entry("a"), make_entry("b"))
    assert make_site(publication, None) == make_site(publication, None)


def test_one_more_entry_changes_no_page_of_an_old_one_but_its_neighbours(
    make_publication: MakePublication, many_entries: Callable[[int], tuple[PublicEntry, ...]]
) -> None:
    before = made(make_publication(*many_entries(5)))
    after = made(make_publication(*many_entries(6)))
    changed = {path for path in before if before[path] != after[path]}
    assert {path for path in changed if path.startswith("briefings/")} == {
        "briefings/number-5/index.html"
    }


def test_colliding_pages_are_left_out_but_the_first(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        make_entry("a", title="First"),
        make_entry("b", aliases=("a", "c")),
        make_entry("d", aliases=("c", "d")),
    )
    files, problems, _ = make_site(publication, None)
    assert [problem.what for problem in problems] == [
        "entry a and alias of entry b want the same address /briefings/a/",
        "alias of entry b and alias of entry d want the same address /briefings/c/",
    ]
    found = {file.path: file for file in files}
    assert b"First" in found["briefings/a/index.html"].content
    assert found["briefings/c/index.html"].made_from == "alias of entry b"


def test_a_slug_that_leads_out_is_left_out_and_the_rest_is_built(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    files, problems, addresses = make_site(
        make_publication(make_entry("../../x"), make_entry("b")), None
    )
    assert [str(problem) for problem in problems] == [
        "_site: error: the address '/briefings/../../x/' is no plain path\n"
        "    fix: use only a-z, 0-9 and - in slug: and aliases:"
    ]
    assert not any(".." in file.path for file in files)
    assert "/briefings/b/" in addresses


def test_a_template_that_fails_is_named_with_its_line(
    make_entry: MakeEntry, make_publication: MakePublication, tmp_path: Path
) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "entry.html").write_text("<p>\n{{ page.nothing }}\n")
    (tmp_path / "pages" / "about.html").write_text("\n\n{% if %}\n")
    files, problems, addresses = make_site(make_publication(make_entry()), tmp_path)
    assert [str(problem.place) for problem in problems] == [
        "templates/pages/about.html:3",
        "templates/pages/entry.html:2",
    ]
    assert problems[1].what == (
        "the template failed: 'briefbook.publishing.pages.EntryPage object' has no attribute"
        " 'nothing'"
    )
    assert "/about/" not in addresses
    assert "/topics/" in addresses
    assert "index.html" in {file.path for file in files}


def test_every_address_ever_published_answers(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        make_entry(),
        addresses=(
            "/archive/2025/01/",
            "/briefings/lost/",
            "/stories/lost/",
            "/topics/port/2025/01/",
        ),
    )
    files, problems, addresses = make_site(publication, None)
    assert [str(problem) for problem in problems] == [
        "published.txt: error: /briefings/lost/ was published and nothing stands there now, so a"
        " page says that it was withdrawn\n    fix: put its file back into briefings/ and write"
        " `status: withdrawn` in it, or write `aliases: [lost]` in the entry 'dredging-begins', if"
        " that is where it went; if it was never public, delete the line from published.txt",
        "published.txt: error: /stories/lost/ was published and nothing stands there now, so a"
        " page says that it was withdrawn\n    fix: write `former_stories: [lost]` in the entries"
        " that were filed there; if it was never public, delete the line from published.txt",
    ]
    found = {file.path: file.content.decode() for file in files if file.path.endswith(".html")}
    assert "was withdrawn by the editor" in found["briefings/lost/index.html"]
    # A month is emptied by other words in site.yaml: that is no withdrawal.
    assert "Nothing stands in this month any more" in found["topics/port/2025/01/index.html"]
    assert "Nothing stands in this month any more" in found["archive/2025/01/index.html"]
    assert "/briefings/lost/" in addresses


def test_a_line_of_published_txt_that_is_no_address_is_reported(
    make_publication: MakePublication,
) -> None:
    _, problems, _ = make_site(make_publication(addresses=("../x", "/a.txt")), None)
    assert [problem.what for problem in problems] == [
        "'../x' is no address of a page or feed",
        "'/a.txt' is no address of a page or feed",
    ]


def test_a_story_of_one_report_has_a_page_only_where_it_was_public_once(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entry = make_entry("a", story="s")
    assert "stories/s/index.html" not in made(make_publication(entry))
    known = make_publication(entry, addresses=("/stories/s/",))
    assert "stories/s/index.html" in made(known)


def test_a_former_story_leads_to_where_its_reports_are_now(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        make_entry("a", story="new", former_stories=("old",), title="Ferry sails"),
        make_entry("b", story="new", former_stories=("old",)),
        addresses=("/stories/old/",),
    )
    files, problems, addresses = make_site(publication, None)
    page = {file.path: file.content for file in files}["stories/old/index.html"].decode()
    assert problems == ()
    assert "This story has moved" in page
    assert '<meta http-equiv="refresh" content="0; url=../new/">' in page
    assert '<a href="../new/" lang="en" dir="auto">Ferry sails</a>' in page
    assert "/stories/old/" in addresses
    assert b"/stories/old/" not in made(publication)["sitemap.xml"]


def test_a_former_story_of_one_report_leads_to_that_report(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(make_entry("a", story="new", former_stories=("old",)))
    assert b'href="../../briefings/a/"' in made(publication)["stories/old/index.html"]
    bare = make_publication(make_entry("a", former_stories=("old",)))
    assert b'href="../../briefings/a/"' in made(bare)["stories/old/index.html"]


def test_a_divided_story_lists_where_its_reports_are_now(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        make_entry("a", story="one", former_stories=("old",), title="Ferry <sails>"),
        make_entry("b", story="two", former_stories=("old",), title="Herons"),
        make_entry("c", story="two", former_stories=("old",)),
        make_entry("d", former_stories=("old",), status=Status.WITHDRAWN),
        addresses=("/stories/old/",),
    )
    page = made(publication)["stories/old/index.html"].decode()
    assert "This story was divided" in page
    assert 'http-equiv="refresh"' not in page
    main = page.partition("<main")[2].partition("</main>")[0]
    links = re.findall(r'<a href="([^"]*)"[^>]*>([^<]*)</a>', main)
    assert links == [
        ("../../briefings/a/", "Ferry &lt;sails&gt;"),
        ("../two/", "Herons"),
    ]


def test_a_former_story_whose_reports_are_withdrawn_leads_to_what_says_so(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        make_entry("a", former_stories=("old",), status=Status.WITHDRAWN),
        addresses=("/stories/old/",),
    )
    assert b'href="../../briefings/a/"' in made(publication)["stories/old/index.html"]


def test_a_story_that_is_told_again_stands_at_its_address(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        make_entry("a", story="new", former_stories=("old",)),
        make_entry("b", story="old", title="Only this one stayed"),
    )
    page = made(publication)["stories/old/index.html"].decode()
    assert "Only this one stayed" in page
    assert "moved" not in page


def test_addresses_of_drafts_are_not_public(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    draft = make_entry(
        "a", status=Status.DRAFT, aliases=("old",), story="s", former_stories=("past",)
    )
    other = make_entry("b", status=Status.DRAFT, story="s")
    files, _, addresses = make_site(make_publication(draft, other), None)
    paths = {file.path for file in files}
    assert "briefings/a/index.html" in paths
    assert not [address for address in addresses if "/briefings/" in address]
    assert "/stories/s/" not in addresses
    assert "/stories/past/" not in addresses
    assert "/archive/2026/11/" not in addresses


def test_links_hold_under_any_base_address(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        make_entry("a", story="s", aliases=("old",), note="[x](/topics/port/) [y](#p1)"),
        make_entry("b", story="s", body="# A\n\nb\n\n- c\n- d"),
        make_entry("w", status=Status.WITHDRAWN),
        addresses=("/briefings/lost/", "/topics/lost/feed.xml"),
    )
    for base in ("https://harbour.example", "https://harbour.example/news/deep"):
        site = replace(publication.site, base_url=base)
        files = made(replace(publication, site=site))
        assert check_site(files, base) == ()


def test_what_lies_beyond_an_excerpt_stands_in_no_file(
    stored_entry: Callable[..., Entry],
    record_of: Callable[..., Record],
    make_publication: MakePublication,
    site: Site,
) -> None:
    secret = "The secret stands at the end."
    body = " ".join(f"Sentence number {number} says so." for number in range(100)) + " " + secret
    parsed = Parsed(source="sources/a.txt", sha256="0", parser=1, wrote={})
    shown = public_entry(
        stored_entry(body=body, parsed=parsed),
        topics=("port",),
        record=record_of(TracedSentence("body", secret, (99, 99))),
        site=site,
    )
    files = made(make_publication(shown))
    assert not [path for path, content in files.items() if b"secret" in content]
    assert [path for path, content in files.items() if b"Sentence number 5 says" in content]


def test_every_page_template_is_used(
    make_entry: MakeEntry, make_publication: MakePublication, tmp_path: Path
) -> None:
    for template in (bundled() / "pages").glob("*.html"):
        (tmp_path / "pages").mkdir(exist_ok=True)
        (tmp_path / "pages" / template.name).write_text(f"{template.name} was rendered")
    publication = make_publication(
        make_entry("a", story="s", aliases=("old",), former_stories=("past",)),
        make_entry("b", story="s"),
        make_entry("c", former_stories=("past",)),
        make_entry("w", status=Status.WITHDRAWN),
    )
    rendered = set(made(publication, tmp_path).values())
    for template in (bundled() / "pages").glob("*.html"):
        assert f"{template.name} was rendered".encode() in rendered


def test_every_part_is_included_somewhere() -> None:
    everything = "".join(path.read_text("utf-8") for path in bundled().rglob("*.html"))
    asked_for = everything + (
        Path(__file__).parents[2] / "briefbook" / "publishing" / "feed_items.py"
    ).read_text("utf-8")
    for part in (bundled() / "parts").glob("*.html"):
        assert f'"parts/{part.name}"' in asked_for


def test_an_entry_with_a_mistake_in_its_file_is_not_called_withdrawn(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        make_entry(), addresses=("/briefings/typo/", "/stories/of-typo/"), faulty=("typo",)
    )
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    page = next(file.content for file in files if file.path == "briefings/typo/index.html")
    assert b"cannot be shown at the moment" in page
    assert b"withdrawn" not in page.lower()
