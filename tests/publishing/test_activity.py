import re
from collections.abc import Callable
from datetime import UTC, date, datetime

from briefbook.model import Publication, PublicEntry
from briefbook.publishing.activity import MOST_MONTHS, Activity, activity
from tests.publication import make_site, published

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]


def of(publication: Publication) -> Activity | None:
    publisher, _, _ = published(publication)
    return activity(publisher.contents, "port")


def test_a_report_counts_for_the_month_it_was_published_in(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (
        make_entry("a", published=date(2026, 9, 30)),
        make_entry("b", published=datetime(2026, 10, 31, 20, 0, tzinfo=UTC)),
        make_entry("c", published=date(2026, 11, 1)),
        make_entry("d", published=None),
    )
    found = of(make_publication(*entries))
    assert found is not None
    # 20:00 in Greenwich is the next day in Seoul.
    assert [(bar.month.month, bar.count) for bar in found.bars] == [(9, 1), (10, 0), (11, 2)]
    assert [bar.height for bar in found.bars] == [20, 0, 40]
    assert [bar.y for bar in found.bars] == [20, 40, 0]
    assert found.undated == 1


def test_one_month_alone_is_no_chart(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    assert of(make_publication(make_entry("a"), make_entry("b"))) is None
    assert of(make_publication()) is None


def test_old_reports_are_counted_before_the_first_bar(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (
        make_entry("a", published=date(1, 1, 1)),
        make_entry("b", published=date(9999, 12, 31)),
    )
    found = of(make_publication(*entries))
    assert found is not None
    assert (len(found.bars), found.before) == (MOST_MONTHS, 1)
    assert found.bars[-1].month == date(9999, 12, 1)


def test_the_page_draws_the_bars_and_has_their_numbers(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    entries = (make_entry("a", published=date(2026, 9, 3)), make_entry("b"), make_entry("c"))
    files, _, _ = make_site(make_publication(*entries), None)
    made = next(f.content for f in files if f.path == "topics/port/index.html").decode()
    assert re.findall(r'<rect x="(\d+)" y="(\d+)"', made) == [("0", "20"), ("20", "0")]
    assert "from September 2026 to November 2026" in made
    assert '<tr><td>November 2026</td><td class="right">2</td></tr>' in made
