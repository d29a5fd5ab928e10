"""The report of an entry is read once, as long as nothing in it changes and new texts come."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

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

    def __init__(self, folder: Path) -> None:
        self.memory = Memory(Store(folder, "code"))
        self.reports = FiledReports(self.memory)

    def ask(self, *entries: Entry) -> int:
        """Return how many reports were read anew."""
        self.memory.start_again()
        self.reports.start()
        for each in entries:
            assert self.reports.of(each) == filed_report(each)
        made = self.memory.made["filed report"]
        self.reports.tidy()
        self.memory.save()
        return made


def test_a_report_is_read_anew_only_if_its_entry_has_changed(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    ferry, quay = entry("ferry"), entry("quay")
    assert builds.ask(ferry, quay) == 2
    assert builds.ask(ferry, quay) == 0
    assert builds.ask(replace(ferry, body="It sank.\n"), replace(quay, story="other")) == 2


def test_reports_that_new_texts_no_longer_need_are_forgotten(tmp_path: Path) -> None:
    builds = Builds(tmp_path)
    ferry, quay = entry("ferry"), entry("quay")
    builds.ask(ferry, quay)
    assert builds.ask() == 0  # no new text: nothing is asked for, and nothing forgotten
    assert builds.ask(quay) == 0
    assert builds.ask(ferry, quay) == 1
