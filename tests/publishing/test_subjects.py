"""Which names and outlets have a page, where it stands, and that it stays there."""

import itertools
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from briefbook.model import OutletSetting, Publication, PublicEntry, Status
from briefbook.publishing.subject_pages import MOST_BESIDE, MOST_LINES
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]
NOBODY = {"people": (), "organisations": (), "places": (), "outlet": None}
START = datetime(2026, 11, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def naming(make_entry: MakeEntry) -> MakeEntry:
    """Makes an entry that names only what it is told to, of no outlet."""

    def make(slug: str, **changes: object) -> PublicEntry:
        return make_entry(slug, **(NOBODY | {"topics": ()} | changes))

    return make


def pages(publication: Publication) -> dict[str, str]:
    """Return the pages of subjects by address, without the lists of all."""
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    kinds = ("people/", "organisations/", "places/", "outlets/")
    return {
        "/" + file.path.removesuffix("index.html"): file.content.decode()
        for file in files
        if file.path.startswith(kinds) and file.path.count("/") > 1
    }


def read(publication: Publication, address: str) -> str:
    files, _, _ = make_site(publication, None)
    path = f"{address[1:]}index.html"
    return next(file.content for file in files if file.path == path).decode()


def public(publication: Publication) -> set[str]:
    _, _, addresses = make_site(publication, None)
    return {a for a in addresses if re.match(r"/(people|organisations|places|outlets)/.", a)}


def text(html: str) -> str:
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join(re.sub(r"<[^>]+>", " ", main).replace("&nbsp;", " ").split())


def links(html: str, to: str) -> list[str]:
    main = html.partition("<main")[2].partition("</main>")[0]
    return re.findall(rf'href="[./]*{to}/([^"/]+)/"', main)


# ---------------------------------------------------------------------------- names


def test_a_name_has_a_page_from_its_second_entry_on(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    one = naming("a", people=("Ada Quist",), places=("Ulvik",))
    two = naming("b", people=("ADA QUIST",), organisations=("NATO",))
    assert pages(make_publication(one)) == {}
    assert set(pages(make_publication(one, two))) == {"/people/ada-quist/"}


def test_the_entries_lead_to_the_pages_there_are_in_their_own_spelling(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        naming("a", people=("Seo Min-jae", "Ada Quist"), places=("U.S.",)),
        naming("b", people=("Min-Jae SEO", "Seo Minjae"), places=("United States",)),
    )
    first, second = (read(publication, f"/briefings/{slug}/") for slug in "ab")
    assert links(first, "people") == ["seo-min-jae"]
    assert '<a href="../../people/seo-min-jae/"><bdi lang="en">Seo Min-jae</bdi></a>' in first
    assert '<bdi lang="en">Ada Quist</bdi>' in first
    assert links(first, "places") == links(second, "places") == ["united-states"]
    assert '<bdi lang="en">Seo Minjae</bdi></a>' in second


def test_a_page_says_who_is_meant_how_it_is_spelled_and_what_stands_beside_it(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    both = {"organisations": ("NATO",), "places": ("Ulvik",)}
    made = read(
        make_publication(
            naming("a", people=("Ada Quist",), story="s", topics=("port",), title="First", **both),
            naming("b", people=("ADA QUIST",), story="s", title="Second", **both),
            naming("c", people=("Ada Quist",), places=("Berg",), title="Third"),
        ),
        "/people/ada-quist/",
    )
    shown = text(made)
    order = [
        "People",
        "Ada Quist",
        "3 briefings The port 1",
        "Also written ADA QUIST",
        "Stories First",
        "2 reports",
        "Named together with",
        "Organisations NATO 2 Places Ulvik 2",
        "November 2026 Third",
    ]
    places = [shown.find(part) for part in order]
    assert -1 not in places, order[places.index(-1)]
    assert places == sorted(places)
    assert links(made, "briefings") == ["c", "b", "a"]
    assert links(made, "people") == []
    assert "Berg" not in shown  # they met once only


def test_the_lists_have_all_by_name(naming: MakeEntry, make_publication: MakePublication) -> None:
    publication = make_publication(
        naming("a", people=("Olav Zell", "Ada Quist"), outlet="Tide Post"),
        naming("b", people=("Olav Zell", "Ada Quist")),
        naming("c", people=("Olav Zell",)),
    )
    assert links(read(publication, "/people/"), "people") == []
    assert re.findall(r'<a href="([^"]+)"><bdi>([^<]+)', read(publication, "/people/")) == [
        ("ada-quist/", "Ada Quist"),
        ("olav-zell/", "Olav Zell"),
    ]
    assert "Olav Zell 3 briefings" in text(read(publication, "/people/"))
    assert "Tide Post 1 briefing" in text(read(publication, "/outlets/"))
    assert "No two briefings name the same place yet." in text(read(publication, "/places/"))


def test_an_address_published_once_stays_with_one_entry_or_none(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    known = ("/people/ada-quist/", "/places/ulvik/", "/outlets/tide-post/")
    publication = make_publication(naming("a", people=("Ada Quist",)), addresses=known)
    made = pages(publication)
    assert set(made) == public(publication) == set(known)
    assert "1 briefing" in text(made["/people/ada-quist/"])
    assert links(read(publication, "/briefings/a/"), "people") == ["ada-quist"]
    assert "No briefing here names this place at present." in text(made["/places/ulvik/"])
    assert "No briefing here is from this outlet at present." in text(made["/outlets/tide-post/"])
    assert 'content="noindex"' in made["/places/ulvik/"]
    mapped = next(
        file.content for file in make_site(publication, None)[0] if file.path == "sitemap.xml"
    )
    assert b"/people/ada-quist/" in mapped
    assert b"/places/ulvik/" not in mapped


def test_what_was_published_stays_where_it_is_however_it_is_spelled_by_now(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    entries = [naming("a", people=("Seo Min-jae",)), naming("b", people=("Seo Minjae",))]
    assert set(pages(make_publication(*entries))) == {"/people/seo-min-jae/"}
    known = ("/people/seo-minjae/",)
    assert set(pages(make_publication(*entries, addresses=known))) == set(known)
    # Also when no entry spells it like that any more.
    others = [naming("a", people=("Seo Min-jae",)), naming("b", people=("Seo Min Jae",))]
    assert set(pages(make_publication(*others, addresses=known))) == set(known)


def test_two_pages_that_turn_out_to_be_one_name_lead_to_one(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    known = ("/organisations/tidal-power-agency/", "/organisations/tpa/")
    publication = make_publication(
        naming("a", organisations=("TPA",), story="s"),
        naming("b", organisations=("Tidal Power Agency",), story="s"),
        naming("c", organisations=("TPA", "Tidal Power Agency"), story="s"),
        addresses=known,
    )
    made = pages(publication)
    assert set(made) == public(publication) == set(known)
    assert links(made["/organisations/tpa/"], "briefings") == ["c", "b", "a"]
    moved = made["/organisations/tidal-power-agency/"]
    assert 'content="0; url=../tpa/"' in moved
    assert "This page has moved" in moved
    for slug in "abc":
        assert set(links(read(publication, f"/briefings/{slug}/"), "organisations")) == {"tpa"}


def test_a_short_form_of_two_organisations_is_the_first_ones(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    one, other = "Tidal Power Agency", "Tower Painters Alliance"
    publication = make_publication(
        naming("a", organisations=("TPA", one), story="s"),
        naming("b", organisations=("TPA", other), story="s"),
        naming("c", organisations=("TPA", one), story="s"),
        naming("d", organisations=("TPA", other), story="s"),
    )
    made = pages(publication)
    assert {address: links(html, "briefings") for address, html in made.items()} == {
        "/organisations/tpa/": ["c", "a"],
        "/organisations/tower-painters-alliance/": ["d", "b"],
    }
    assert (
        links(read(publication, "/briefings/d/"), "organisations")
        == ["tower-painters-alliance"] * 2
    )


def test_later_arrivals_in_any_order_move_no_page(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    one, other = "Tidal Power Agency", "Tower Painters Alliance"
    early = [
        naming("a", people=("Seo Minjae",), organisations=("TPA",), places=("U.S.",), story="s"),
        naming("b", people=("Seo Min-jae",), organisations=("TPA",), places=("US",), story="s"),
    ]
    later = [
        naming("c", people=("Min-jae Seo",), organisations=("TPA", one), story="s"),
        naming("d", people=("Seo Min Jae",), organisations=("TPA", other), story="s"),
        naming("e", organisations=(one,), places=("the United States",), story="s"),
    ]
    before = set(pages(make_publication(*early)))
    assert before == {"/people/seo-minjae/", "/organisations/tpa/", "/places/united-states/"}
    for order in itertools.permutations(later):
        for count in range(len(order) + 1):
            publication = make_publication(*early, *order[:count])
            assert before <= set(pages(publication))
            assert links(read(publication, "/briefings/a/"), "organisations") == ["tpa"]


def test_nothing_of_a_draft_leaks(naming: MakeEntry, make_publication: MakePublication) -> None:
    long = "Tidal Power Agency"
    draft = naming(
        "draft",
        people=("Ada QUIST", "Olav Zell", "Seo Minjae"),
        organisations=("TPA", long),
        outlet="Secret Post",
        story="s",
        status=Status.DRAFT,
    )
    entries = [
        naming("a", people=("Ada Quist", "Seo Min-jae"), organisations=("TPA",), story="s"),
        naming("b", people=("Olav Zell", "Seo Min-jae"), organisations=(long,), story="s"),
    ]
    with_draft = make_publication(draft, *entries)
    # Its pages are made for the editor to look at, and their addresses are nobody else's.
    assert {"/people/ada-quist/", "/outlets/secret-post/"} < set(pages(with_draft))
    assert public(with_draft) == public(make_publication(*entries)) == {"/people/seo-min-jae/"}
    mapped = next(
        file.content for file in make_site(with_draft, None)[0] if file.path == "sitemap.xml"
    )
    assert b"quist" not in mapped
    assert b"secret" not in mapped


def test_a_withdrawn_entry_counts_for_no_name(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    gone = naming("gone", people=("Ada Quist",), outlet="Tide Post", status=Status.WITHDRAWN)
    assert pages(make_publication(naming("a", people=("Ada Quist",)), gone)) == {}


def test_names_of_signs_and_of_other_alphabets_break_nothing(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    people = (
        "★ ☂",
        "안규백",
        "Владимир Снегов",
        "李小伟",
        "../../evil name",
        "CON",
        "x" * 500 + " y",
    )
    names = {"people": people, "places": people, "organisations": people, "outlet": "★"}
    made = pages(make_publication(naming("a", **names), naming("b", **names)))
    assert {"/people/angyubaeg/", "/people/vladimir-snegov/", "/people/evil-name/"} <= set(made)
    assert len([address for address in made if address.startswith("/people/li-xiao-wei-")]) == 1
    assert len([address for address in made if address.startswith("/outlets/")]) == 1


def test_a_page_ends_and_says_where_the_rest_stands(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    october = [
        naming(f"o{i}", places=("Ulvik",), added=START - timedelta(hours=30 - i)) for i in range(5)
    ]
    november = [
        naming(f"n{i}", places=("Ulvik",), added=START + timedelta(minutes=i))
        for i in range(MOST_LINES + 2)
    ]
    made = read(make_publication(*october, *november), "/places/ulvik/")
    shown = links(made, "briefings")
    assert len(shown) == MOST_LINES
    assert shown[0] == f"n{MOST_LINES + 1}"
    assert f"{MOST_LINES + 7} briefings" in text(made)
    assert "2 more briefings stand among the others of November 2026" in text(made)
    assert "October 2026 5 briefings" in text(made)
    assert 'href="../../archive/2026/10/"' in made


def test_the_most_frequent_company_is_shown_and_no_more(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    others = tuple(f"Olav Zell{letter}" for letter in "abcdefghij")
    entries = [naming(f"n{i}", people=("Ada Quist", *others)) for i in range(2)]
    last = naming("last", people=("Ada Quist", others[-1]))
    made = read(make_publication(*entries, last), "/people/ada-quist/")
    found = links(made.replace('href="../', 'href="people/'), "people")
    assert found[0] == "olav-zellj"
    assert len(found) == MOST_BESIDE


# ---------------------------------------------------------------------------- related


def test_an_entry_leads_to_earlier_ones_that_share_rare_names(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    others = [naming(f"o{i}", people=(f"Olav Zell{i}",)) for i in range(20)]
    publication = make_publication(
        *others,
        naming("early", people=("Ada Quist", "Liv Aune"), title="An early one"),
        naming("late", people=("Ada Quist", "Liv Aune"), title="A late one"),
    )
    made = read(publication, "/briefings/late/")
    box = made.partition('class="related"')[2].partition("</section>")[0]
    assert 'href="../early/"' in box
    assert "both name Ada Quist , Liv Aune" in text(f"<main>{box}")
    assert 'class="related"' not in read(publication, "/briefings/early/")


# ---------------------------------------------------------------------------- outlets


def with_outlets(publication: Publication, *outlets: OutletSetting) -> Publication:
    return replace(publication, site=replace(publication.site, outlets=outlets))


PORT_TIMES = OutletSetting(
    name="Port Times",
    aliases=("porttimes.example",),
    home="https://porttimes.example/",
    note="Owned by *the port*.\n\n<script>x</script>",
)


def test_an_outlet_has_a_page_from_its_first_entry_on_whatever_its_spelling(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        naming("a", outlet="PORT TIMES"),
        naming("b", outlet="porttimes.example", origin="HNA"),
        naming("c", outlet="Tide-Post"),
        naming("d", outlet="tide post", origin="Tide Post"),
    )
    made = pages(with_outlets(publication, PORT_TIMES))
    assert set(made) == {"/outlets/port-times/", "/outlets/tide-post/"}
    shown = text(made["/outlets/port-times/"])
    assert "Outlets Port Times 2 briefings Also written porttimes.example , PORT TIMES" in shown
    assert "Texts 1 of its own, 1 credited to HNA" in shown
    assert "Editor’s note on this outlet Owned by the port ." in shown
    assert "<em>the port</em>" in made["/outlets/port-times/"]
    assert "<script>" not in made["/outlets/port-times/"]
    assert (
        '<a href="https://porttimes.example/" rel="noopener nofollow">'
        in (made["/outlets/port-times/"])
    )
    assert links(made["/outlets/port-times/"], "briefings") == ["b", "a"]
    assert "credited" not in made["/outlets/tide-post/"]


def test_an_outlet_without_an_entry_has_no_page(make_publication: MakePublication) -> None:
    publication = with_outlets(make_publication(), PORT_TIMES)
    assert pages(publication) == {}
    assert "No briefing here names its outlet." in text(read(publication, "/outlets/"))


def test_an_outlet_that_got_another_name_is_found_at_the_old_one(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        naming("a", outlet="porttimes.example"), addresses=("/outlets/porttimes-example/",)
    )
    assert set(pages(publication)) == {"/outlets/porttimes-example/"}
    made = pages(with_outlets(publication, PORT_TIMES))
    assert set(made) == {"/outlets/porttimes-example/", "/outlets/port-times/"}
    assert 'content="0; url=../port-times/"' in made["/outlets/porttimes-example/"]


def test_an_entry_leads_to_its_outlet_and_to_the_outlet_its_text_is_from(
    naming: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(
        naming("a", outlet="Tide Post", origin="porttimes.example"),
        naming("b", outlet="Port Times", origin="HNA"),
    )
    publication = with_outlets(publication, PORT_TIMES)
    first, second = (read(publication, f"/briefings/{slug}/") for slug in "ab")
    assert links(first, "outlets") == ["tide-post", "port-times"]
    assert '<a href="../../outlets/port-times/"><bdi>Port Times</bdi></a>' in first
    assert links(second, "outlets") == ["port-times"]
    assert "Origin HNA" in text(second)
