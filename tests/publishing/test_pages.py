import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from html.parser import HTMLParser

import pytest

from briefbook.model import (
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
    TracedSentence,
)
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]
# No page has a script of its own: only files that every reader gets alike.
OWN_SCRIPT = re.compile(r"(?:\.\./|\./|/news/)*assets/(?:site|search)\.js")
HOSTILE = [
    "</title><script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 777*777 }}",
    "]]>",
    "<!--",
    "a\x00b\x1b",
    "\u202egnitrats",
    "\ud800",
]


def page(publication: Publication, path: str = "briefings/dredging-begins/index.html") -> str:
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    return next(file.content for file in files if file.path == path).decode()


def text(html: str) -> str:
    """The text of a page, white space collapsed."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


class Tags(HTMLParser):
    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


RECORD = PublicRecord(
    lines=20,
    kept=12,
    metadata=3,
    dropped=(("share buttons", 4), ("comments", 1)),
    repairs=(ShownRepair(5, "Ã©", "é", "encoding damage"),),
    edited=("key_points", "title"),
    editors_sentences=2,
)


def test_an_entry_shows_everything_in_the_order_a_reader_needs(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entry = make_entry(
        note="Mind the *date*.",
        origin="Agency",
        corrections=(
            Correction(date=date(2026, 11, 22), was="Tuesday", now="Monday", why="A slip."),
        ),
        record=RECORD,
    )
    shown = text(page(make_publication(entry)).partition("<main")[2])
    order = [
        "The port",
        "Dredging begins",
        "Outlet Port Times",
        "Origin Agency",
        "By Ann Kim",
        "Published November 21, 2026 from line 2:",
        "Added here November 21, 2026",
        "Original port-times.example",
        "Editor’s note Mind the date",
        "Bottom line Dredging",
        "Key points The work",
        "The text Dredging",
        "Named in the text People Ann Kim",
        "Corrections Correction November 22, 2026 Was Tuesday Now Monday A slip.",
        "Record of the source The source has 20 lines",
        "share buttons 4",
        "encoding damage",
        "2 sentences are the editor’s",
        "Changed by the editor: key points, title.",
    ]
    places = [shown.find(part) for part in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)


def test_the_source_card_spells_an_outlet_as_the_rest_of_the_site_does(
    site: Site, make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    outlets = (
        OutletSetting(name="Port Times", aliases=("port-times.example",)),
        OutletSetting(name="Quay Agency", aliases=("quay.example",)),
    )
    entry = make_entry(outlet="port-times.example", origin="quay.example")
    made = page(make_publication(entry, site=replace(site, outlets=outlets)))
    shown = text(made.partition("<main")[2])
    assert "Outlet Port Times Origin Quay Agency" in shown
    # The search offers each outlet once, by that name.
    assert '<bdi data-pagefind-filter="outlet" data-pagefind-meta="outlet">Port Times</bdi>' in made


def test_what_nobody_knows_is_said_and_what_is_empty_vanishes(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entry = make_entry(
        outlet=None,
        published=None,
        date_basis=None,
        url=None,
        authors=(),
        summary="",
        key_points=(),
        people=(),
        organisations=(),
        places=(),
        body="",
        topics=(),
    )
    shown = text(page(make_publication(entry)).partition("<main")[2].partition("</main>")[0])
    assert "Outlet not named in the text" in shown
    assert "Published no date in the text" in shown
    assert "Original no link in the source" in shown
    assert "The record of this entry is not available" in shown
    for heading in ("Bottom line", "Key points", "The text", "Named", "Corrections", "By "):
        assert heading not in shown


def test_line_numbers_and_the_editors_sentences_are_shown(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entry = make_entry(
        sentences=(
            TracedSentence("title", "Dredging begins", None),
            TracedSentence("key_points", "It costs 40 million.", None),
            TracedSentence("body", "The work takes two years.", (9, 9)),
        ),
        record=RECORD,
    )
    made = page(make_publication(entry))
    assert '<p data-line="9" id="p2">The work takes two years.</p>' in made
    assert ">It costs 40 million.</ins>" in made
    assert "The headline is the editor’s." in made
    assert "The numbers beside the text are lines of the source." in made


def test_neighbours_are_those_of_the_order_of_arrival(
    make_publication: MakePublication, many_entries: Callable[[int], tuple[PublicEntry, ...]]
) -> None:
    made = page(make_publication(*many_entries(3)), "briefings/number-2/index.html")
    assert re.findall(r'<a href="([^"]+)" rel="(prev|next)"', made) == [
        ("../number-1/", "prev"),
        ("../number-3/", "next"),
    ]


def test_a_story_shows_reports_origins_and_differences(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    story = Story(
        slug="s",
        title="The dredging",
        entries=("a", "b", "c"),
        origins=(Origin(name="Agency", entries=("a", "b")), Origin(name="", entries=("c",))),
        differences=(
            Difference(
                "cost",
                (
                    Claim("a", "40 million", "It costs 40 million."),
                    Claim("c", "50 million", "It will cost 50 million."),
                ),
            ),
        ),
    )
    entries = (
        make_entry("a", story="s"),
        make_entry("b", story="s", outlet="Wave"),
        make_entry("c", story="s", outlet=None),
    )
    publication = make_publication(*entries, stories=(story,))
    shown = text(page(publication, "stories/s/index.html"))
    assert "3 reports by 2 outlets and 1 not named, 2 origins accounts differ" in shown
    assert "Cost 40 million It costs 40 million. Port Times 50 million" in shown
    assert "Agency , carried by Port Times , Wave not named" in shown
    beside = text(page(publication, "briefings/a/index.html"))
    assert "Also reported by Dredging begins Wave" in beside
    assert "The story: 3 reports, 2 origins accounts differ" in beside


def test_a_withdrawn_entry_says_so_and_why(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    gone = make_entry(
        status=Status.WITHDRAWN,
        note="On request.",
        body="",
        summary="",
        key_points=(),
        corrections=(
            Correction(
                date=date(2026, 11, 22), kind=CorrectionKind.RETRACTION, why="It was false."
            ),
        ),
    )
    made = page(make_publication(gone))
    assert "What stood at this address was withdrawn by the editor." in text(made)
    assert "On request." in made
    assert "Withdrawn November 22, 2026 Dredging begins What stood" in text(made)
    assert "Why It was false." in text(made)
    assert '<meta name="robots" content="noindex">' in made


def test_a_former_address_leads_on_without_script(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    made = page(make_publication(make_entry(aliases=("old",))), "briefings/old/index.html")
    assert '<meta http-equiv="refresh" content="0; url=../dredging-begins/">' in made
    assert (
        '<link rel="canonical" href="https://harbour.example/news/briefings/dredging-begins/">'
        in made
    )
    assert '<a href="../dredging-begins/" lang="en" dir="auto">Dredging begins</a>' in made


def test_an_extract_says_so_and_leads_to_the_whole_text(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    shown = text(page(make_publication(make_entry(is_extract=True))))
    assert "From the text" in shown
    assert "Read the whole text at port-times.example" in shown
    assert "The text belongs to others, so only its beginning is shown here." in shown


def test_a_draft_is_marked(make_entry: MakeEntry, make_publication: MakePublication) -> None:
    publication = make_publication(make_entry(status=Status.DRAFT))
    assert "This briefing is not published." in page(publication)
    assert "Draft" in text(page(publication, "index.html"))


def test_a_right_to_left_text_runs_right_to_left(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    made = page(make_publication(make_entry(language="ar", body="نص")))
    assert '<div class="text" lang="ar" dir="rtl">' in made


def test_the_editors_word_on_an_outlet_stands_beside_its_name(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(make_entry(outlet="PORT TIMES"))
    note = "Owned by *the port*.\n\nAnd more."
    outlets = (OutletSetting(name="Port Times", note=note),)
    publication = replace(publication, site=replace(publication.site, outlets=outlets))
    made = page(publication)
    assert "Port Times Editor’s note: Owned by the port." in text(made)
    assert "And more" not in made
    assert re.search(r'<a href="../../outlets/port-times/"><bdi[^>]*>Port Times</bdi></a>', made)


def test_about_shows_the_editors_words_and_how_the_site_is_made(
    make_publication: MakePublication,
) -> None:
    publication = make_publication()
    site = replace(publication.site, about="We are **nobody**. <script>x</script>")
    made = page(replace(publication, site=site), "about/index.html")
    assert "<strong>nobody</strong>" in made
    assert "<script>" not in made
    assert "How this site is made" in made


@pytest.mark.parametrize("hostile", HOSTILE)
def test_hostile_text_is_only_text_on_every_page(
    make_entry: MakeEntry, make_publication: MakePublication, hostile: str
) -> None:
    values = {
        "title": hostile,
        "outlet": hostile,
        "origin": hostile,
        "authors": (hostile,),
        "date_basis": hostile,
        "summary": hostile,
        "key_points": (hostile,),
        "body": hostile,
        "people": (hostile,),
        "organisations": (hostile,),
        "places": (hostile,),
        "note": hostile,
        "url": "javascript:alert(1)",
        "language": 'en" onload="x',
        "story": "s",
        "corrections": (
            Correction(date=date(2026, 11, 22), was=hostile, now=hostile, why=hostile),
        ),
        "record": replace(RECORD, dropped=((hostile, 1),)),
        "sentences": (TracedSentence("body", hostile, None),),
    }
    publication = make_publication(
        make_entry("a", aliases=("old",), **values), make_entry("b", **values)
    )
    publication = replace(
        publication,
        site=replace(publication.site, title=hostile, description=hostile, about=hostile),
        stories=(
            replace(
                publication.stories[0],
                title=hostile,
                origins=(Origin(name=hostile, entries=("a", "b")),),
                differences=(Difference(hostile, (Claim("a", hostile, hostile),)),),
            ),
        ),
    )
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    for file in files:
        if not file.path.endswith(".html"):
            continue
        made = file.content.decode()
        assert not re.search(r"[\x00\x1b\ud800]", made)
        assert "603729" not in made
        for tag, attributes in Tags(made).found:
            assert tag not in ("img", "iframe", "object", "style")
            if tag == "script" and attributes.get("type") != "application/ld+json":
                assert OWN_SCRIPT.fullmatch(attributes["src"] or "")
            assert tag != "form" or file.path == "search/index.html"
            assert not any(name.startswith("on") for name in attributes), (file.path, attributes)
            assert not (attributes.get("href") or "").lower().startswith(("javascript", "data"))


def test_every_page_is_sound(make_entry: MakeEntry, make_publication: MakePublication) -> None:
    publication = make_publication(
        make_entry("a", story="s", aliases=("old",), record=RECORD, note="# Head"),
        make_entry("b", story="s", former_stories=("past", "gone")),
        make_entry("c", former_stories=("past",)),
        make_entry("w", status=Status.WITHDRAWN),
    )
    files, _, _ = make_site(publication, None)
    for file in files:
        if not file.path.endswith(".html"):
            continue
        made = file.content.decode()
        tags = [tag for tag, _ in Tags(made).found]
        assert tags.count("h1") == 1, file.path
        assert tags.count("main") == 1
        assert made.startswith('<!doctype html>\n<html lang="en" dir="ltr">')
        assert "default-src 'none'" in made
        assert 'href="#main"' in made
        assert not re.search(r"<[^>]+ style=", made)
        assert ('rel="canonical"' in made) == (
            file.path
            not in (
                "404.html",
                "briefings/w/index.html",
                "search/index.html",
                "stories/past/index.html",
            )
        )


def test_the_page_for_unknown_addresses_uses_the_base_path(
    make_publication: MakePublication,
) -> None:
    made = page(make_publication(), "404.html")
    assert re.findall('href="([^"]+)"', made)[0:2] == [
        "/news/assets/style.css",
        "/news/assets/icon.svg",
    ]
    assert "../" not in made


def test_feeds_are_announced_nearest_first(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    made = page(make_publication(make_entry(added=datetime(2026, 11, 21, tzinfo=UTC))))
    assert re.findall(
        r'rel="alternate" type="[^"]+[+](?:xml|json)" title="[^"]+" href="([^"]+)"', made
    ) == [
        "../../topics/port/feed.xml",
        "../../topics/port/feed.atom",
        "../../topics/port/feed.json",
        "../../feed.xml",
        "../../feed.atom",
        "../../feed.json",
    ]


def test_key_points_lead_to_their_places_in_the_text(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entry = make_entry(
        body="Dredging of the harbour began on Monday.\n\nThe work takes two years.",
        key_points=("The work takes two years.", "It costs 40 million."),
        sentences=(
            TracedSentence("summary", "Dredging of the harbour began on Monday.", (3, 3)),
            TracedSentence("key_points", "The work takes two years.", (5, 5)),
            # Kept back from the text that is shown, so there is nowhere to go.
            TracedSentence("key_points", "It costs 40 million.", (9, 9)),
            TracedSentence("body", "Dredging of the harbour began on Monday.", (3, 3)),
            TracedSentence("body", "The work takes two years.", (5, 5)),
        ),
    )
    made = page(make_publication(entry))
    assert re.findall(r'class="place" href="#(\w+)"[^>]*>([^<]+)<', made) == [
        ("p1", "line 3"),
        ("p2", "line 5"),
    ]


def test_neighbours_are_those_of_the_entrys_first_topic(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (
        make_entry("a"),
        make_entry("elsewhere", topics=()),
        make_entry("b", title="Second"),
        make_entry("c"),
    )
    publication = make_publication(*entries)
    made = page(publication, "briefings/b/index.html")
    assert re.findall(r'href="../(\w+)/" rel="(\w+)"', made) == [("a", "prev"), ("c", "next")]
    assert "Added before in The port" in made
    unfiled = page(publication, "briefings/elsewhere/index.html")
    assert re.findall(r'href="../(\w+)/" rel="(\w+)"', unfiled) == [("a", "prev"), ("b", "next")]
    assert "Added before</span>" in unfiled


def test_an_entry_of_a_long_story_names_its_newest_reports_and_leads_to_the_rest(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = [make_entry(f"r{number}", story="s") for number in range(30)]
    made = page(make_publication(*entries), "briefings/r3/index.html")
    box = made.partition('class="story-box"')[2].partition("</section>")[0]
    named = re.findall(r'class="title" href="../(\w+)/"', box)
    assert named == [f"r{number}" for number in range(20, 30)]
    assert "30 reports" in box
