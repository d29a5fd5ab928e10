"""The report of an entry is read once, as long as nothing in it changes and new texts come."""

from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import pytest

from briefbook.filedreports import FiledReports
from briefbook.filing import filed_report
from briefbook.model import Entry
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


class Builds:
    """Builds, each of which asks for the reports of some entries."""

    def __init__(self, folder: Path, *, has_marks: bool = True) -> None:
        self.has_marks = has_marks
        self.loaded: list[str] = []
        self.memory = Memory(Store(folder, "code"))
        self.reports = FiledReports(self.memory)

    def mark(self, entry: Entry, path: str) -> bytes:
        assert path == entry.place.path
        return repr(entry).encode()

    def load(self, entry: Entry) -> Entry:
        self.loaded.append(entry.slug)
        return entry

    def ask(self, *entries: Entry) -> int:
        """Return how many reports were read anew."""
        self.memory.start_again()
        self.reports.start()
        for each in entries:
            mark = partial(self.mark, each) if self.has_marks else nothing
            load = partial(self.load, each)
            assert self.reports.of(mark, "UTC", each.place.path, load) == filed_report(each)
        made = self.memory.made["filed report"]
        self.reports.tidy()
        self.memory.save()
        return made


def nothing(_: str) -> None:
    return None


@pytest.mark.parametrize("has_marks", [True, False])
def test_a_report_is_read_anew_only_if_its_entry_has_changed(
    tmp_path: Path, *, has_marks: bool
) -> None:
    builds = Builds(tmp_path, has_marks=has_marks)
    ferry, quay = entry("ferry"), entry("quay")
    assert builds.ask(ferry, quay) == 2
    assert builds.ask(ferry, quay) == 0
    assert builds.ask(replace(ferry, body="It sank.\n"), replace(quay, story="other")) == 2


def test_an_entry_whose_file_is_known_is_not_loaded(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    builds.ask(entry("ferry"))
    builds.loaded.clear()
    builds.ask(entry("ferry"), entry("quay"))
    assert builds.loaded == ["quay"]


def test_reports_that_new_texts_no_longer_need_are_forgotten(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    ferry, quay = entry("ferry"), entry("quay")
    builds.ask(ferry, quay)
    assert builds.ask() == 0  # no new text: nothing is asked for, and nothing forgotten
    assert builds.ask(quay) == 0
    assert builds.ask(ferry, quay) == 1
