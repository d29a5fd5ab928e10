from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook import parse_text

from .conftest import Parsed

Parse = Callable[[str], Parsed]
WHOLE = Path(__file__).parents[1] / "cases" / "parsing"


@pytest.mark.cases("furniture")
def test_gives_each_line_its_fate_and_says_why(parse: Parse, given: str, expected: str) -> None:
    found = [f"{line.fate}: {line.rule}" for line in parse(given).own]
    assert "\n".join(found) == expected


@pytest.mark.parametrize(
    ("case", "expected"),
    [
        (
            "blog-with-everything-around",
            [
                "1 dropped: furniture: skip to content",
                "2 dropped: before the headline",
                "3 dropped: furniture: home",
                "4 dropped: before the headline",
                "5 dropped: furniture: weather",
                "6 dropped: furniture: subscribe",
                "8 dropped: repeats the headline",
                "10 metadata: headline",
                "12 dropped: repeats the headline",
                "14 metadata: byline",
                "16 dropped: reading time",
                "20 dropped: furniture: also read",
                "24 dropped: furniture: advertisement",
                "30 dropped: furniture: read more",
                "34 dropped: furniture: discover more from",
                "36 dropped: furniture: in your inbox",
                "38 dropped: furniture: type your email",
                "40 dropped: furniture: subscribe",
                "42 dropped: furniture: share this",
                "43 dropped: furniture: facebook",
                "44 dropped: after the end: 5+ cues around, label",
                "46 dropped: furniture: related",
                "48 dropped: in the box: related",
                "49 dropped: in the box: related",
                "51 dropped: end cue: leave a reply",
                "53 dropped: end cue: your email address will not be published",
            ],
        ),
        (
            "persian-page",
            [
                "1 dropped: breadcrumb",
                "3 metadata: headline",
                "5 metadata: byline",
                "6 dropped: before the article: tenths of prose below 10+, label",
                "12 dropped: furniture: بیشتر بخوانید :",
                "16 dropped: furniture: تمامی حقوق محفوظ است",
            ],
        ),
        (
            "arabic-page",
            [
                "1 dropped: breadcrumb",
                "3 metadata: headline",
                "5 metadata: byline",
                "6 metadata: date line",
                "8 dropped: furniture: شارك على",
                "14 dropped: furniture: اقرأ أيضًا",
                "18 dropped: end cue: اترك تعليقًا",
                "19 dropped: end cue: لن يتم نشر عنوان بريدك",
                "20 dropped: furniture: جميع الحقوق محفوظة",
            ],
        ),
        (
            "agency-dispatch",
            [
                "1 metadata: headline",
                "13 dropped: furniture: end",
                "15 dropped: furniture: ©",
            ],
        ),
    ],
)
def test_says_of_a_whole_page_why_each_line_is_no_body(case: str, expected: list[str]) -> None:
    article = parse_text((WHOLE / case / "source.txt").read_bytes().decode())
    found = [f"{line.number} {line.fate}: {line.rule}" for line in article.lines]
    kept = ("prose", "no rule drops it")
    assert [line for line in found if not line.endswith(kept)] == expected
