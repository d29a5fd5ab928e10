"""What is kept of stored reports files a new one as if all had been read and measured anew."""

import pickle
import random
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook import Item, file_stories
from briefbook.grouping import NO_ARRIVALS, FiledReport, NewReport, arrivals_of, file_behind, recent
from briefbook.grouping.arrivals import Arrivals
from briefbook.grouping.keptreports import pack_report, report_of, unpack_lead, unpack_report
from briefbook.grouping.recent import Recent
from briefbook.grouping.reports import read_report
from briefbook.grouping.stories import _place, _Taken

NAMES = "Skarnes Bodin Telde Orvik Halse Nerland Brenna Myre Aune Holm Rask Vik".split()
WORDS = """harbour ferry dredger channel sand orchestra trumpet concert frost apple blossom
    bridge repairs engineers school telescope bakery bread prize storm roof council vote""".split()
ENDS = (". ", ", ", " ", " and ", " on Monday, ", " in March, ", " on 4 May. ", " for 41 million ")


def made(seed: int, count: int) -> list[Item]:
    """Reports that share names, words and numbers more or less, some dated and some not."""
    chance = random.Random(seed)
    items = []
    for n in range(count):
        beat = chance.sample(WORDS, 6)
        said = [chance.choice(chance.choice((NAMES, WORDS, beat, beat))) for _ in range(40)]
        text = "".join(word + chance.choice(ENDS) for word in said)
        day = chance.choice((None, f"2026-05-{1 + n % 28:02}"))
        items.append(Item(f"i{n}", " ".join(said[:5]).capitalize(), text, day))
    return items


def filed(items: Sequence[Item], seed: int) -> list[FiledReport]:
    """The reports in stories of one to many."""
    chance = random.Random(seed)
    return [FiledReport(i.key, f"s{int(chance.random() ** 2 * 20)}", report_of(i)) for i in items]


texts = st.text(alphabet="ab AB19 .\"'-é日한\n", max_size=60)


@given(title=texts, text=texts, published=st.none() | st.just("2026-05-04"))
def test_a_report_is_the_same_after_it_was_kept(
    title: str, text: str, published: str | None
) -> None:
    report = read_report(Item("k", title, text, published))
    kept = pickle.loads(pickle.dumps(pack_report(report)))
    again = unpack_report(kept)
    assert again == report
    assert [list(f.items()) for f in again.fields] == [list(f.items()) for f in report.fields]
    assert list(unpack_lead(kept).items()) == list(report.lead.items())


def test_equal_texts_have_equal_stamps_and_others_have_not() -> None:
    one, other = made(1, 2)
    assert report_of(one) == report_of(replace(one, key="z"))
    assert report_of(one).stamp != report_of(other).stamp
    assert report_of(one).stamp != report_of(replace(one, published="2020-01-01")).stamp


def answers(arrivals: Arrivals) -> dict[str, list[object]]:
    places = range(len(arrivals.stamps) + 1)
    return {
        term: [[arrivals.count(term, place) for place in places], arrivals.leading(term, 3)]
        for term in arrivals.index
        if arrivals.count(term, places[-1])
    }


@given(
    cuts=st.lists(st.tuples(st.integers(0, 12), st.integers(0, 12)), min_size=1, max_size=6),
    most_gone=st.sampled_from((0, 3, 1000)),
)
@settings(max_examples=40)
def test_an_index_that_moved_on_answers_as_one_made_of_nothing(
    cuts: list[tuple[int, int]], most_gone: int
) -> None:
    reports = filed(made(2, 25), 2)
    index, start, end = NO_ARRIVALS, 0, 0
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("briefbook.grouping.arrivals._MOST_GONE", most_gone)
        for gone, more in cuts:
            end = min(end + more, len(reports))
            start = min(start + gone, end)
            index = pickle.loads(pickle.dumps(arrivals_of(reports[start:end], index)))
            assert answers(index) == answers(arrivals_of(reports[start:end]))


def test_an_index_of_other_reports_is_made_anew() -> None:
    reports = filed(made(3, 12), 3)
    index = arrivals_of(reports[:8])
    changed = [*reports[:3], reports[11], *reports[4:10]]
    assert answers(arrivals_of(changed, index)) == answers(arrivals_of(changed))
    assert arrivals_of([], index) == NO_ARRIVALS


@given(seed=st.integers(0, 10**6), count=st.integers(0, 40), new=st.integers(1, 12))
@settings(max_examples=40)
def test_stored_reports_are_as_like_as_if_each_had_been_measured_on_arrival(
    seed: int, count: int, new: int
) -> None:
    items = made(seed, count + new)
    stored = filed(items[:count], seed)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(recent, "WINDOW", 30)
        patch.setattr(recent, "_FRESH", 5)  # some lengths are measured anew, some are not
        stored = stored[-recent.WINDOW :]
        slow, taken = Recent(), _Taken({one.story for one in stored})
        for one in stored:
            _place(one.key, "", unpack_report(one.report), slow, taken, one.story)
        fast, also_taken = Recent(stored), _Taken({one.story for one in stored})
        for item in items[count:]:
            measured, asked = (
                _place(item.key, item.title, read_report(item), known, stories)
                for known, stories in ((slow, taken), (fast, also_taken))
            )
            assert measured.story == asked.story
            assert measured.needed == asked.needed
            assert [(n.story, n.likeness, n.asked, n.likest.key) for n in measured.near] == [
                (n.story, n.likeness, n.asked, n.likest.key) for n in asked.near
            ]


def test_filing_behind_what_is_kept_is_filing_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "WINDOW", 25)
    items = made(7, 60)
    stored = filed(items[:50], 7)
    whole = file_stories(
        [*(replace(i, story=one.story) for i, one in zip(items, stored, strict=False)), *items[50:]]
    )
    new = [NewReport(item.key, item.title, report_of(item)) for item in items[50:]]
    taken = {one.story for one in stored}
    index = arrivals_of(stored[-25:])
    kept = pickle.loads(pickle.dumps(stored[-25:]))
    expected = {one.key: whole[one.key] for one in new}
    assert file_behind(kept, new, taken, index) == expected
    assert file_behind(stored, new, taken) == expected
    assert file_behind(kept, new, taken, arrivals_of(stored[:1])) == expected
