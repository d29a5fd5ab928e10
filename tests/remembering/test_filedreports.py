"""The report of an entry is read once, as long as nothing in it changes and new texts come."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any, cast

from briefbook.briefing import OtherEntry
from briefbook.filedreports import FiledReports
from briefbook.filing import filed_report
from briefbook.model import Entry, Item
from briefbook.problems import Place
from briefbook.remembering import Memory, Store


def entry(slug: str) -> Entry:
    return Entry(
        place=Place(f"briefings/{slug}.md"),
        id=f"urn:uuid:{slug}",
        slug=slug,
        title=f"The {slug} is mended",
        added=datetime(2026, 11, 21, tzinfo=UTC),
        body="Two men have mended it with 40 boards, the council of Aarhus said on Monday.\n",
        story=f"{slug}-mended",
    )


class Others:
    """Entries that are not at hand; looking at one of them counts."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self.entries = entries
        self.looked_at: list[str] = []

    def last(self, many: int) -> list[OtherEntry]:
        return [
            OtherEntry(one.place.path, one.body, partial(self.look, one))
            for one in self.entries[-many:]
        ]

    def look(self, entry: Entry) -> Entry:
        self.looked_at.append(entry.slug)
        return entry


class Builds:
    """Builds that file texts behind some entries."""

    def __init__(self, folder: Path) -> None:
        self.memory = Memory(Store(folder, "code"))
        self.reports = FiledReports(self.memory)
        self.read: list[str] = []  # slugs of entries not at hand that were looked at

    def file(self, text: Item | None, *at_hand: Entry, others: Sequence[Entry] = ()) -> int:
        """File a text, if any, and return how many reports of entries were read anew."""
        self.memory.start_again()
        self.reports.start()
        if text:
            beyond = Others(others)
            recent = self.reports.recent(at_hand, cast("Any", beyond))
            self.read = beyond.looked_at
            expected = [filed_report(each) for each in sorted([*at_hand, *others], key=_arrival)]
            assert [(one.key, one.story, one.report) for one in recent] == expected
            assert [one.stamp for one in recent] == [one.stamp for one in expected]
            assert self.reports.arrivals(recent).stamps == tuple(one.stamp for one in expected)
            self.reports.new(text)
        self.reports.see(at_hand, {each.slug: each.body for each in at_hand})
        self.reports.tidy()
        made = self.memory.made["filed report"]
        self.memory.save()
        return made


def _arrival(each: Entry) -> tuple[tuple[str, str, str], str]:
    return each.arrival, each.place.path


TEXT = Item("sources/new.txt", "A pier opens", "The pier of Telde has opened.", None)


def test_a_report_is_read_anew_only_if_what_its_entry_says_has_changed(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    ferry, quay = entry("ferry"), entry("quay")
    assert builds.file(TEXT, ferry, quay) == 2
    assert builds.file(TEXT, ferry, quay) == 0
    assert builds.file(TEXT, replace(ferry, body="It sank.\n"), replace(quay, story="other")) == 1


def test_reports_that_new_texts_no_longer_need_are_forgotten(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    ferry, quay = entry("ferry"), entry("quay")
    builds.file(TEXT, ferry, quay)
    assert builds.file(None, ferry) == 0  # no new text: nothing is asked for, and nothing forgotten
    assert builds.file(TEXT, quay) == 0
    assert builds.file(TEXT, ferry, quay) == 1


def test_entries_not_at_hand_are_looked_at_only_if_their_files_have_changed(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    ferry, quay, pier = entry("ferry"), entry("quay"), entry("pier")
    builds.file(TEXT, ferry, quay)
    assert builds.file(TEXT, pier, others=[ferry, quay]) == 1
    assert builds.read == []
    assert builds.file(TEXT, pier, others=[replace(ferry, body="It sank.\n"), quay]) == 1
    assert builds.read == ["ferry"]


def test_of_entries_not_at_hand_nothing_need_be_known(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    assert builds.file(TEXT, others=[entry("ferry"), entry("quay")]) == 2
    assert sorted(builds.read) == ["ferry", "quay"]
    assert builds.file(TEXT, others=[entry("ferry"), entry("quay")]) == 0
    assert builds.read == []
