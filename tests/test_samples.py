"""Every file of sources/ against what a careful editor makes of it, tests/samples.yaml."""

from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import yaml

from briefbook.config import read_site
from briefbook.filing import source_item, topic_specs
from briefbook.grouping import file_stories, file_topics
from briefbook.model import Article, Fate, SourceFile
from briefbook.parsing import parse
from briefbook.reading import read_sources

ROOT = Path(__file__).parents[1]
GOLD: list[dict[str, Any]] = yaml.safe_load((ROOT / "tests/samples.yaml").read_text("utf-8"))
SAMPLES = pytest.mark.parametrize("gold", GOLD, ids=lambda gold: gold["source"])


@pytest.fixture(scope="module")
def samples() -> dict[str, tuple[SourceFile, Article]]:
    """Every source with its article, by path, in order of arrival."""
    sources, problems = read_sources(ROOT)
    assert problems == ()
    parsed = [(source, parse(source)) for source in sources]
    parsed.sort(key=lambda s: (str(s[1].published or ""), s[0].path))
    return {source.path: (source, article) for source, article in parsed}


Samples = dict[str, tuple[SourceFile, Article]]


def test_every_sample_has_its_gold(samples: Samples) -> None:
    assert sorted(samples) == sorted(gold["source"] for gold in GOLD)


@SAMPLES
def test_reads_the_facts_of_a_sample(samples: Samples, gold: dict[str, Any]) -> None:
    article = samples[gold["source"]][1]
    assert {
        "title": article.title,
        "authors": list(article.authors),
        "outlet": article.outlet,
        "origin": article.origin,
        "published": article.published.isoformat()[:10] if article.published else None,
    } == {key: gold[key] for key in ("title", "authors", "outlet", "origin", "published")}


@SAMPLES
def test_gives_the_lines_of_a_sample_their_fates(samples: Samples, gold: dict[str, Any]) -> None:
    article = samples[gold["source"]][1]
    for fate in (Fate.METADATA, Fate.DROPPED):
        assert [line.number for line in article.lines if line.fate is fate] == gold[fate]


@SAMPLES
def test_tells_what_the_lines_of_a_sample_are(samples: Samples, gold: dict[str, Any]) -> None:
    article = samples[gold["source"]][1]
    for key in ("headings", "items", "callouts", "quotes", "questions", "answers"):
        kind = key.removesuffix("s")
        assert [line.number for line in article.lines if line.block == kind] == gold[key], key


@SAMPLES
def test_mends_a_sample(samples: Samples, gold: dict[str, Any]) -> None:
    article = samples[gold["source"]][1]
    mended = []
    lines = {line.number: line.text for line in article.lines}
    for repair in article.repairs:
        text = lines[repair.line]
        end = repair.start + len(repair.was)
        before, after = text[: repair.start].split()[-1:], text[end:].split()[:1]
        mended.append([repair.line, before[0] + repair.was + after[0], f"{before[0]} {after[0]}"])
    assert mended == [[line, was, now] for line, was, now in gold["repairs"]]


@SAMPLES
def test_tells_the_slips_of_a_sample(samples: Samples, gold: dict[str, Any]) -> None:
    # The gold says what is wrong in its own words; the lines must be the same.
    article = samples[gold["source"]][1]
    expected = [int(slip.split(":")[0].removeprefix("line ")) for slip in gold["slips"]]
    assert [slip.line for slip in article.slips] == expected


@SAMPLES
def test_files_a_sample_under_its_topic_first(samples: Samples, gold: dict[str, Any]) -> None:
    site, problems = read_site(ROOT)
    assert site is not None
    assert problems == ()
    item = source_item(*samples[gold["source"]])
    assert file_topics([item], topic_specs(site, {}))[item.key][:1] == (gold["topic"],)


def test_samples_of_one_event_and_only_they_are_one_story(samples: Samples) -> None:
    filed = file_stories([source_item(*sample) for sample in samples.values()])
    gold = {sample["source"]: sample["story"] for sample in GOLD}
    wrong = [
        (one, other)
        for one, other in combinations(sorted(filed), 2)
        if (filed[one] == filed[other]) != (gold[one] == gold[other])
    ]
    assert wrong == []
