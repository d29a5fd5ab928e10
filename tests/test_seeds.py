"""The five raw texts the project was started with, where they are at hand.

They lie outside the repository and belong to others: line numbers and single words only.
"""

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefbook.build import Prepared, prepare
from briefbook.model import Article, Entry, Fate
from briefbook.options import Options
from briefbook.parsing import parse
from briefbook.reading import read_source

if TYPE_CHECKING:
    from tests.conftest import Folder, Result

    MakeSite = Callable[[str], Folder]

ROOT = Path(__file__).parents[1]
SEEDS = ROOT.parent / "shared" / "seeds"
pytestmark = pytest.mark.skipif(
    not SEEDS.is_dir(), reason="the seeds are not at hand: they are no part of the repository"
)

DROPPED = {
    "000": {1, 5, 21, 41, 55},
    "001": {9, 10},
    "002": {1, 45, 49, 107, 109, 111, 113, 115},
    "003": set[int](),
    "004": {1, 21, 23},
}
METADATA = {"000": {3, 7}, "001": {1}, "002": {3, 5}, "003": {1}, "004": {3, 19}}
NUMBERS = tuple(DROPPED)
# Where a repair would do damage.
WHOLE = ("U.S.", "vietnamnews.vn", "1950-1953", "KUH-1")


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site of the seeds."""
    folder = tmp_path_factory.mktemp("seeds")
    shutil.copy(ROOT / "site.yaml", folder / "site.yaml")
    (folder / "sources").mkdir()
    for seed in SEEDS.glob("*.txt"):
        shutil.copy(seed, folder / "sources" / seed.name)
    return folder


@pytest.fixture(scope="module")
def prepared(root: Path) -> Prepared:
    """All that a build of the seeds would write."""
    return prepare(root, Options(now=datetime(2026, 11, 21, tzinfo=UTC), preview=True))


@pytest.fixture(scope="module")
def articles(root: Path) -> dict[str, Article]:
    """What the parser makes of each seed, by its number."""
    paths = (f"sources/{file.name}" for file in sorted((root / "sources").iterdir()))
    return {path[8:11]: parse(read_source(root, path)) for path in paths}


@pytest.fixture(scope="module")
def entries(prepared: Prepared) -> dict[str, Entry]:
    """The entry of each seed, by its number."""
    loaded = (one.entry for one in prepared.updates.new)
    return {entry.parsed.source[8:11]: entry for entry in loaded if entry.parsed}


@pytest.fixture(scope="module")
def filed(prepared: Prepared, entries: dict[str, Entry]) -> dict[str, tuple[str, ...]]:
    """The topics of each seed, by its number."""
    topics = {slug: entry.topics for slug, entry in prepared.public.items()}
    return {number: topics[entry.slug] for number, entry in entries.items()}


def test_all_five_are_published_without_a_complaint(prepared: Prepared) -> None:
    assert prepared.problems == ()
    assert len(prepared.public) == 5


@pytest.mark.parametrize("number", NUMBERS)
def test_furniture_is_dropped_and_nothing_else(articles: dict[str, Article], number: str) -> None:
    lines = articles[number].lines
    assert {line.number for line in lines if line.fate is Fate.DROPPED} == DROPPED[number]


@pytest.mark.parametrize("number", NUMBERS)
def test_headline_byline_and_credit_are_metadata(articles: dict[str, Article], number: str) -> None:
    lines = articles[number].lines
    assert {line.number for line in lines if line.fate is Fate.METADATA} == METADATA[number]


@pytest.mark.parametrize("number", NUMBERS)
def test_everything_else_is_body(articles: dict[str, Article], root: Path, number: str) -> None:
    (file,) = (root / "sources").glob(f"{number}_*")
    physical = file.read_bytes().decode("utf-8").replace("\r\n", "\n").split("\n")
    written = {n for n, line in enumerate(physical, 1) if line.strip()}
    body = {line.number for line in articles[number].lines if line.fate is Fate.BODY}
    assert body == written - DROPPED[number] - METADATA[number]


def test_what_the_texts_say_of_themselves_is_found(entries: dict[str, Entry]) -> None:
    assert {number: entry.authors for number, entry in entries.items() if entry.authors} == {
        "002": ("Omar El Sayed",),
        "004": ("Isaac Bennett",),
    }
    assert {number: entry.outlet for number, entry in entries.items() if entry.outlet} == {
        "001": "OSINTSights"
    }
    assert {number: entry.origin for number, entry in entries.items() if entry.origin} == {
        "004": "vietnamnews.vn"
    }


def test_no_date_is_guessed(entries: dict[str, Entry]) -> None:
    assert [entry.published for entry in entries.values()] == [None] * 5


def test_the_texts_stand_under_their_topics(filed: dict[str, tuple[str, ...]]) -> None:
    ours = ("korea-iraq-defense", "us-korea-security-pact")
    assert {n: tuple(t for t in topics if t in ours) for n, topics in filed.items()} == {
        "000": ("korea-iraq-defense",),
        "001": ("korea-iraq-defense",),
        "002": ("us-korea-security-pact",),
        "003": ("korea-iraq-defense",),
        "004": (),
    }


def test_two_texts_report_one_event_and_no_others(entries: dict[str, Entry]) -> None:
    stories = {number: entry.story for number, entry in entries.items()}
    assert None not in stories.values()
    assert stories["001"] == stories["003"]
    assert len(set(stories.values())) == 4


@pytest.mark.parametrize(
    ("number", "line", "word"),
    [
        ("003", 7, "range"),
        ("000", 3, "headline"),
        ("000", 53, "stops"),
        ("002", 105, "stops"),
    ],
)
def test_slips_are_told(entries: dict[str, Entry], number: str, line: int, word: str) -> None:
    notes = [note for note in entries[number].review if note.startswith(f"line {line}: ")]
    assert any(word in note for note in notes), entries[number].review


@pytest.mark.parametrize("number", NUMBERS)
def test_no_repair_cuts_a_word_that_is_whole(articles: dict[str, Article], number: str) -> None:
    texts = {line.number: line.text for line in articles[number].lines}
    for repair in articles[number].repairs:
        text = texts[repair.line]
        for word in WHOLE:
            at = text.find(word)
            while at >= 0:
                assert not at < repair.start < at + len(word), (repair.line, word)
                at = text.find(word, at + 1)


def test_no_dropped_line_reaches_the_site(prepared: Prepared, articles: dict[str, Article]) -> None:
    pages = [file.content.decode() for file in prepared.files if file.path.endswith(".html")]
    for number, article in articles.items():
        title = article.title or ""
        for line in article.lines:
            # A repeated headline stands on the page as the headline.
            if line.fate is Fate.DROPPED and title not in line.text and len(line.text) > 30:
                assert not any(line.text[-30:] in page for page in pages), (number, line.number)


def test_explain_tells_the_same(
    root: Path, articles: dict[str, Article], command: "Callable[..., Result]"
) -> None:
    for file in sorted((root / "sources").iterdir()):
        found = json.loads(command("explain", str(file), "--root", str(root), "--json").out)
        told = [(line["number"], line["fate"]) for line in found["lines"]]
        known = [(line.number, str(line.fate)) for line in articles[file.name[:3]].lines]
        assert told == known
