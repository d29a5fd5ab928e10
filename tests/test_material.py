"""A build looks at what has changed and at its neighbours, and misses nothing of the others."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from briefbook import material
from briefbook.build import Built, build
from briefbook.options import Options
from tests.conftest import FERRY, Folder

NOW = datetime(2026, 11, 21, 18, tzinfo=UTC)
BOATS = 8


def boat(number: int, *lines: str) -> str:
    front = "\n".join((f"title: Boat {number} is repaired", "added: 2026-11-01T01:00:00Z", *lines))
    return f"---\n{front}\n---\nThe yard has mended boat {number}.\n"


@pytest.fixture
def harbour(site: Callable[[str], Folder], monkeypatch: pytest.MonkeyPatch) -> Folder:
    """Eight entries by hand, of which nothing is to be said; a build looks at all or at few."""
    monkeypatch.setattr(material, "MOST", 2)
    folder = site("")
    for number in range(BOATS):
        folder.write(f"briefings/boat-{number}.md", boat(number))
    return folder


def built(folder: Folder, now: datetime = NOW) -> Built:
    return build(folder.root, Options(now=now))


def settled(folder: Folder) -> Folder:
    """Build until nothing is left to be looked at."""
    for _ in range(3):
        built(folder)
    assert looked_at(built(folder)) == set()
    return folder


def looked_at(made: Built) -> set[str]:
    return {one.path.removeprefix("briefings/") for one in made.prepared.loaded}


def told(made: Built) -> list[str]:
    return [problem.what for problem in made.problems]


def test_an_entry_that_has_changed_is_looked_at_alone(harbour: Folder) -> None:
    settled(harbour).edit("briefings/boat-3.md", "repaired", "painted")
    made = built(harbour)
    assert looked_at(made) == {"boat-3.md"}
    assert "Boat 3 is painted" in harbour.page("/")
    assert made.prepared.published == BOATS


def test_those_of_its_old_and_of_its_new_story_are_looked_at_too(harbour: Folder) -> None:
    for number, story in enumerate(("yard", "yard", "quay", "quay", "mole")):
        harbour.write(f"briefings/boat-{number}.md", boat(number, f"story: {story}"))
    settled(harbour).edit("briefings/boat-0.md", "story: yard", "story: quay")
    assert looked_at(built(harbour)) == {f"boat-{number}.md" for number in range(4)}


def test_an_address_of_an_entry_that_was_not_looked_at_is_not_taken(harbour: Folder) -> None:
    harbour.write("briefings/boat-3.md", boat(3, "slug: ferry-runs-twice-a-day-from-june"))
    settled(harbour).write("sources/ferry.txt", FERRY)
    (new,) = built(harbour).prepared.updates.new
    assert new.entry.slug == "ferry-runs-twice-a-day-from-june-2"


def test_a_story_of_an_entry_that_was_not_looked_at_is_not_taken(harbour: Folder) -> None:
    harbour.write(
        "briefings/boat-3.md", boat(3, "former_stories: [ferry-runs-twice-a-day-from-june]")
    )
    settled(harbour).write("sources/ferry.txt", FERRY)
    (new,) = built(harbour).prepared.updates.new
    assert new.entry.story == "ferry-runs-twice-a-day-from-june-2"


def test_an_id_that_is_another_s_is_told_of_the_later_one(harbour: Folder) -> None:
    same = "id: urn:uuid:2f1c1d52-0000-4000-8000-000000000001"
    harbour.write("briefings/boat-3.md", boat(3, same))
    settled(harbour).write("briefings/boat-9.md", boat(9, same))
    assert told(built(harbour)) == ["the id is also that of briefings/boat-3.md"]
    assert told(built(harbour)) == ["the id is also that of briefings/boat-3.md"]
    harbour.delete("briefings/boat-3.md")
    built(harbour)
    assert "Boat 9 is repaired" in harbour.page("/")


def test_a_mistake_is_told_in_each_build_until_it_is_mended(harbour: Folder) -> None:
    settled(harbour).edit("briefings/boat-3.md", "title:", "titel:")
    for _ in range(2):
        assert "'title' is missing" in told(built(harbour))
    harbour.edit("briefings/boat-3.md", "titel:", "title:")
    assert told(built(harbour)) == []
    assert looked_at(built(harbour)) == set()


def test_an_entry_by_hand_takes_the_source_that_comes_for_it(harbour: Folder) -> None:
    harbour.write("sources/ferry.txt", FERRY)
    built(harbour)
    harbour.delete("sources/ferry.txt")
    (path,) = (path for path in harbour.entries() if "ferry" in path)
    for _ in range(2):
        assert [what for what in told(built(harbour)) if "sources/ferry.txt is gone" in what]
    harbour.write("sources/boats/first.txt", FERRY.replace("twice a day", "two times a day"))
    ((_, now),) = built(harbour).prepared.updates.rewritten
    assert (now.path, "source: sources/boats/first.txt" in now.text) == (path, True)


def test_a_scheduled_entry_appears_though_nothing_has_changed(harbour: Folder) -> None:
    harbour.write("briefings/boat-9.md", boat(9, "publish_after: 2026-11-22T01:00:00Z"))
    for _ in range(2):
        (waiting,) = built(harbour).prepared.scheduled
        assert waiting.title == "Boat 9 is repaired"
    assert looked_at(built(harbour, datetime(2026, 11, 23, tzinfo=UTC))) == {"boat-9.md"}
    assert "Boat 9 is repaired" in harbour.page("/")


def test_where_the_clock_goes_back_all_are_looked_at(harbour: Folder) -> None:
    harbour.write("briefings/boat-9.md", boat(9, "publish_after: 2026-11-21T01:00:00Z"))
    settled(harbour)
    early = built(harbour, datetime(2026, 11, 20, tzinfo=UTC))
    assert len(looked_at(early)) == BOATS + 1
    assert [entry.title for entry in early.prepared.scheduled] == ["Boat 9 is repaired"]


def test_a_page_that_was_published_and_is_gone_is_known_in_later_builds(harbour: Folder) -> None:
    settled(harbour).delete("briefings/boat-3.md")
    assert [what for what in told(built(harbour)) if "/briefings/boat-3/" in what]
    built(harbour)
    assert built(harbour).prepared.lost == ("boat-3",)
    harbour.write("briefings/boat-3.md", boat(3))
    assert built(harbour).prepared.lost == ()


def test_addresses_that_an_editor_writes_into_the_list_count(harbour: Folder) -> None:
    settled(harbour)
    harbour.write("published.txt", harbour.read("published.txt") + "/stories/zebra/\n")
    made = built(harbour)
    assert len(looked_at(made)) == BOATS
    assert "/stories/zebra/" in made.prepared.addresses
