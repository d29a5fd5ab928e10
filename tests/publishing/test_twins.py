import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from briefbook.model import (
    Agreement,
    Claim,
    Difference,
    Origin,
    Publication,
    PublicEntry,
    PublicRecord,
    ShownRepair,
    Status,
    Story,
    TracedSentence,
)
from tests.publication import make_site

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]
BASE = "https://harbour.example/news"


def twin(publication: Publication, path: str) -> dict[str, Any]:
    files, problems, _ = make_site(publication, None)
    assert problems == ()
    found: dict[str, Any] = json.loads(next(f.content for f in files if f.path == path))
    return found


def test_an_entry_says_its_fields_and_the_lines_of_its_sentences(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    record = PublicRecord(
        lines=9,
        kept=5,
        metadata=2,
        dropped=(("end cue: share", 2),),
        repairs=(ShownRepair(4, "Monday.The", "Monday. The", "space after a stop"),),
        edited=("title",),
        editors_sentences=1,
    )
    entry = make_entry(
        sentences=(
            TracedSentence("title", "Dredging begins", None),
            TracedSentence("body", "The work takes two years.", (4, 5)),
        ),
        record=record,
        updated=datetime(2026, 11, 22, tzinfo=UTC),
    )
    found = twin(make_publication(entry), "briefings/dredging-begins/index.json")
    assert found["version"] == 1
    assert found["id"] == "urn:uuid:dredging-begins"
    assert found["page"] == f"{BASE}/briefings/dredging-begins/"
    assert found["published"] == "2026-11-21"
    assert found["updated"] == "2026-11-22T00:00:00Z"
    assert found["original"] == "https://port-times.example/a"
    assert found["sentences"] == [
        {"field": "title", "text": "Dredging begins", "lines": None},
        {"field": "body", "text": "The work takes two years.", "lines": [4, 5]},
    ]
    assert found["record"]["dropped"] == [{"rule": "end cue: share", "lines": 2}]
    assert found["record"]["repairs"][0]["was"] == "Monday.The"


def test_a_withdrawn_entry_says_only_that(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entry = make_entry(status=Status.WITHDRAWN, note="We could not stand by it.")
    found = twin(make_publication(entry), "briefings/dredging-begins/index.json")
    assert set(found) == {"version", "id", "slug", "page", "status", "title", "note"}
    assert found["status"] == "withdrawn"


def test_a_story_says_whose_texts_it_has_and_where_they_differ(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    story = Story(
        slug="s",
        title="The story",
        entries=("a", "b"),
        origins=(
            Origin(name="Agency", entries=("a", "b", "gone")),
            Origin(name="", entries=("gone",)),
        ),
        agreements=(
            Agreement("ships", "two", (Claim("a", "two", "Two."), Claim("b", "2", "It has 2."))),
            Agreement("mud", "7", (Claim("a", "7", "Seven."), Claim("gone", "7", "Seven."))),
        ),
        differences=(Difference("ships", (Claim("a", "2", "Two."), Claim("b", "3", "Three."))),),
    )
    publication = make_publication(
        make_entry("a", story="s"), make_entry("b", story="s"), stories=(story,)
    )
    found = twin(publication, "stories/s/index.json")
    assert [entry["slug"] for entry in found["entries"]] == ["a", "b"]
    assert found["origins"] == [{"name": "Agency", "entries": ["a", "b"]}]
    assert [row["subject"] for row in found["agreements"]] == ["ships"]
    assert found["differences"][0]["claims"][1] == {
        "entry": "b",
        "value": "3",
        "sentence": "Three.",
    }


def test_pages_lead_to_their_twins(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    files, _, _ = make_site(make_publication(make_entry()), None)
    page = next(f.content for f in files if f.path == "briefings/dredging-begins/index.html")
    assert b'type="application/json" title="For programs" href="index.json"' in page
    home = next(f.content for f in files if f.path == "index.html")
    assert b"application/json" not in home
