"""Addresses that were published once and have nothing behind them now."""

from collections.abc import Callable

from briefbook.model import Publication, PublicEntry
from briefbook.problems import Problem
from briefbook.publishing.vanished import vanished
from tests.publication import published

MakeEntry = Callable[..., PublicEntry]
MakePublication = Callable[..., Publication]


def told_of(gone: tuple[str, ...], publication: Publication) -> list[Problem]:
    publisher, composed, _ = published(publication)
    return list(vanished(publisher.contents, gone, composed.fresh))


def test_what_is_below_a_page_is_counted_with_it(make_publication: MakePublication) -> None:
    gone = ("/feed.xml", "/topics/a/", "/topics/a/2026/11/", "/topics/a/feed.xml", "/topics/b/")
    told = [problem.what.partition(", so ")[0] for problem in told_of(gone, make_publication())]
    assert told == [
        "/feed.xml was published and is no feed now",
        "/topics/a/ was published and nothing stands there now, nor at 2 addresses below it",
        "/topics/b/ was published and nothing stands there now",
    ]


def test_each_fix_names_the_line_to_write(make_publication: MakePublication) -> None:
    gone = ("/about/", "/briefings/x/", "/stories/y/", "/topics/z/2026/11/")
    lines = [problem.fix.partition("; ")[0] for problem in told_of(gone, make_publication())]
    assert lines == [
        "bring back what stood there",
        "put its file back into briefings/ and write `status: withdrawn` in it, or write"
        " `aliases: [x]` in the entry that replaces it",
        "write `former_stories: [y]` in the entries that were filed there",
        "write `aliases: [z]` under the topic in site.yaml that has its entries now, or put the"
        " topic back",
    ]


def test_a_new_address_is_suggested_only_where_one_is_missing(
    make_entry: MakeEntry, make_publication: MakePublication
) -> None:
    publication = make_publication(make_entry("pier"))
    (one,) = told_of(("/briefings/quay/",), publication)
    assert "`aliases: [quay]` in the entry 'pier', if that is where it went" in one.fix
    two = told_of(("/briefings/dock/", "/briefings/quay/"), publication)
    assert not any("pier" in problem.fix for problem in two)
