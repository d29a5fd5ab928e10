"""Facts of texts that are not in Latin letters; their bodies are cases of their own."""

from pathlib import Path

import pytest

from briefbook import parse_text
from briefbook.parsing.bylines import is_byline, names_in
from briefbook.parsing.dates import find_dates

CASES = Path(__file__).parents[1] / "cases" / "parsing"


@pytest.mark.parametrize(
    ("case", "language", "title", "authors", "published"),
    [
        ("arabic-page", "ar", "بدء أعمال تعميق ميناء سكارنس بعد عشر سنوات من المحادثات",
         ("مينا هارت",), "2026-03-03"),
        ("hebrew-page", "he", "העמקת נמל סקארנס מתחילה אחרי עשר שנים של דיונים",
         ("מינה הארט",), "2026-03-03"),
        ("persian-page", "fa", "لایروبی بندر اسکارنس پس از ده سال گفت‌وگو آغاز شد",
         ("مینا هارت",), "None"),
        ("korean-page", "ko", "스카르네스항 준설 공사, 십 년 만에 시작", ("김미나",), "2026-03-03"),
        ("japanese-page", "ja", "スカルネス港の浚渫工事、十年ぶりに始まる", ("田中美奈",),
         "2026-03-03"),
    ],
    ids=lambda value: value if isinstance(value, str) and value.endswith("page") else "",
)  # fmt: skip
def test_finds_what_a_text_says_of_itself(
    case: str, language: str, title: str, authors: tuple[str, ...], published: str
) -> None:
    article = parse_text((CASES / case / "source.txt").read_text("utf-8"))
    assert (article.language, article.title, article.authors) == (language, title, authors)
    assert str(article.published)[:10] == published[:10]
    assert article.slips == ()


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("김미나 기자", ("김미나",)),
        ("김미나 특파원 mina@hanggu.example", ("김미나",)),
        ("田中美奈記者", ("田中美奈",)),
        ("【記者 田中　美奈】", ("田中　美奈",)),
        ("بقلم: مينا هارت", ("مينا هارت",)),
    ],
)
def test_reads_a_byline(line: str, names: tuple[str, ...]) -> None:
    assert is_byline(line)
    assert names_in(line) == names


@pytest.mark.parametrize("line", ["기자 회견은 월요일에 열린다", "記者会見", "كتب الميناء تقريره"])
def test_other_lines_about_reporters_are_none(line: str) -> None:
    assert not is_byline(line)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("3 مارس 2026", "2026-03-03"),
        ("الثلاثاء ٣ آذار ٢٠٢٦", "2026-03-03"),
        ("3 במרץ 2026", "2026-03-03"),
        ("۲۰۲۶/۰۳/۰۳", "2026-03-03"),
    ],
)
def test_reads_a_date(line: str, found: str) -> None:
    assert [str(one.value) for one in find_dates(line)] == [found]


def test_other_digits_keep_the_places_of_a_date() -> None:
    (found,) = find_dates("نُشر في ٣ مارس ٢٠٢٦")
    assert "نُشر في ٣ مارس ٢٠٢٦"[found.start : found.end] == "٣ مارس ٢٠٢٦"
