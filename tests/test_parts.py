"""What a site consists of, from the editor's side: `parts` in site.yaml."""

import re
import shutil
from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefbook.model import Part

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

SITE = """\
-- site.yaml --
title: Harbour Brief
base_url: https://harbour.example/news
publish: full
search: false
topics:
  - {slug: port, title: The port, aliases: [docks], words: [quay]}
  - {slug: farming, title: Farming, words: [barley]}
outlets:
  - {name: Tide Post, note: Counts its own ships.}
"""
ENTRIES = """\
-- briefings/one.md --
---
title: The first ferry
slug: first-ferry
id: urn:uuid:00000000-0000-4000-8000-000000000001
added: 2026-10-20T09:00:00Z
outlet: Tide Post
origin: Tide Post
people: [Ada Quist]
organisations: [Port Office]
places: [Ulvik]
topics: [port]
story: ferries
former_stories: [boats]
corrections: [{date: 2026-10-21, kind: correction, was: two, now: three, why: A slip.}]
---
It sails from [the quay](https://tide.example/).
-- briefings/two.md --
---
title: The second ferry
slug: second-ferry
id: urn:uuid:00000000-0000-4000-8000-000000000002
aliases: [other-ferry]
added: 2026-11-20T09:00:00Z
outlet: Tide Post
people: [Ada Quist]
organisations: [Port Office]
places: [Ulvik]
topics: [port]
story: ferries
---
It sails too.
-- briefings/three.md --
---
title: A raft
slug: raft
id: urn:uuid:00000000-0000-4000-8000-000000000003
added: 2026-11-21T09:00:00Z
status: withdrawn
corrections: [{date: 2026-11-21, kind: retraction, why: It never was.}]
topics: [port]
story: rafts
---
It sank.
"""


def with_parts(*parts: str) -> str:
    return SITE + f"parts: [{', '.join(parts)}]\n" + ENTRIES


def test_a_site_of_no_further_parts_has_entries_front_page_topics_rss_and_sitemap(
    site: "MakeSite",
) -> None:
    folder = site(with_parts())
    result = folder.build()
    assert (result.err, result.code) == ("", 0)
    made = [path for path in folder.tree("_site") if not path.startswith(("assets/", "."))]
    assert made == [
        "404.html",
        "briefings/first-ferry/index.html",
        "briefings/other-ferry/index.html",
        "briefings/raft/index.html",
        "briefings/second-ferry/index.html",
        "feed.xml",
        "index.html",
        "robots.txt",
        "sitemap.xml",
        "topics/docks/feed.xml",
        "topics/docks/index.html",
        "topics/farming/feed.xml",
        "topics/farming/index.html",
        "topics/index.html",
        "topics/port/2026/10/index.html",
        "topics/port/2026/11/index.html",
        "topics/port/feed.xml",
        "topics/port/index.html",
    ]


@pytest.mark.parametrize("left_out", [(), *((part,) for part in Part), tuple(Part)], ids=str)
def test_no_link_leads_to_a_part_that_is_not_made(
    site: "MakeSite", left_out: tuple[Part, ...]
) -> None:
    folder = site(with_parts(*(part for part in Part if part not in left_out)))
    assert folder.build().code == 0
    checked = folder.check()
    assert (checked.err, checked.code) == ("", 0)


@pytest.mark.parametrize("alone", Part)
def test_each_part_can_be_the_only_one(site: "MakeSite", alone: Part) -> None:
    folder = site(with_parts(alone))
    folder.build()
    few = set(folder.tree("_site"))
    checked = folder.check()
    assert (checked.err, checked.code) == ("", 0)
    folder.edit("site.yaml", f"parts: [{alone}]\n", "parts: []\n")
    folder.delete("published.txt")
    folder.build()
    fewer = set(folder.tree("_site"))
    assert few > fewer, f"{alone} makes nothing"


def test_a_part_that_is_switched_off_answers_at_the_addresses_it_had(site: "MakeSite") -> None:
    folder = site(with_parts(*Part))
    folder.build()
    addresses = folder.published()
    assert {"/stories/ferries/", "/people/ada-quist/", "/feed.atom"} < set(addresses)
    folder.write("site.yaml", folder.read("site.yaml").replace("parts: [", "parts: [] # ["))
    result = folder.build()
    assert (result.err, result.code) == ("", 0)
    assert folder.published() == addresses
    made = {
        "/" + re.sub(r"(^|/)index\.html$", r"\1", path): content
        for path, content in folder.tree("_site").items()
    }
    assert set(addresses) <= set(made)
    assert b"withdrawn" in made["/stories/ferries/"]
    assert b"<entry>" not in made["/feed.atom"]
    assert (folder.check().err, folder.check().code) == ("", 0)


def test_says_of_an_outlet_without_a_page_what_the_editor_says(site: "MakeSite") -> None:
    folder = site(with_parts())
    folder.build()
    page = folder.page("/briefings/first-ferry/")
    assert "Counts its own ships." in page
    assert "/outlets/" not in page


def test_a_site_without_topics_and_archive_says_where_its_briefings_stand(site: "MakeSite") -> None:
    folder = site("-- site.yaml --\ntitle: Harbour Brief\nsearch: true\nparts: []\n")
    folder.build()
    assert "The newest briefings stand on the front page." in folder.page("/topics/")
    assert "Without one, look under <a" in folder.page("/search/")
    assert (folder.check().err, folder.check().code) == ("", 0)


def test_a_misspelt_part_is_an_error_with_a_suggestion(site: "MakeSite") -> None:
    folder = site(SITE + "parts: [storys, stories, maps]\n")
    result = folder.build()
    known = "It is one of " + ", ".join(Part)
    assert result.code == 2
    assert result.err.splitlines()[:4] == [
        "site.yaml:10: error: unknown part 'maps'",
        f"    fix: {known}",
        "site.yaml:10: error: unknown part 'storys'",
        f"    fix: did you mean 'stories'? {known}",
    ]


def test_a_site_that_gets_parts_has_all_their_pages(site: "MakeSite") -> None:
    folder = site(SITE + ENTRIES)
    settings = folder.read("site.yaml")
    folder.write("site.yaml", settings + "parts: []\n")
    folder.build()
    assert "briefings/first-ferry/index.json" not in files_of(folder)
    folder.write(
        "site.yaml", settings + "parts: [stories, names, outlets, editions, archive, twins]\n"
    )
    folder.build()
    grown = files_of(folder)
    assert {
        "archive/2026/10/index.html",
        "briefings/first-ferry/index.json",
        "editions/2026-10-20/index.html",
        "outlets/tide-post/index.html",
        "people/ada-quist/index.html",
        "stories/boats/index.html",
        "stories/ferries/index.json",
    } <= grown.keys()
    shutil.rmtree(folder.root / ".briefbook")
    shutil.rmtree(folder.root / "_site")
    folder.build()
    assert files_of(folder) == grown


def files_of(folder: "Folder") -> dict[str, bytes]:
    site = folder.root / "_site"
    found = (path for path in site.rglob("*") if path.is_file())
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in found}
