from collections.abc import Callable
from pathlib import Path

import pytest

from briefbook import parse_text
from briefbook.model import Fate
from briefbook.parsing.clean import clean

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


HEADLINE = "Skarnes port buys a dredger nobody wanted"
STANDFIRST = "The harbour board paid 41 million kroner for a ship that clogs in clay"
REPORT = """\
The port of Skarnes has bought a dredger on Monday, its first since the war.

Its pumps were built for sand, and they clog in clay. The harbour has hardly any clay.

“She floats,” said Liv Aune. She did not say for how long the ship will float this time.
"""
MENU = "Home\nNews\nWeather\nSubscribe\n\n"


def fates(text: str) -> list[str]:
    """Return fate and rule of each line above the report."""
    lines = parse_text(text + REPORT).lines
    end = next(n for n, line in enumerate(lines) if line.text == REPORT.partition("\n")[0])
    return [f"{line.fate}: {line.rule}" for line in lines[:end]]


@pytest.mark.parametrize(
    ("below", "expected"),
    [
        (f"{STANDFIRST}\nBy Ina Brandt\nMay 4, 2026\nShare this article\n\n",
         ["metadata: standfirst", "metadata: byline", "metadata: date line",
          "dropped: furniture: share this article"]),
        (f"\n{STANDFIRST}.\n\nBy Ina Brandt\nMay 4, 2026\n\n",
         ["metadata: standfirst", "metadata: byline", "metadata: date line"]),
        (f"{STANDFIRST}\nAdvertisement\nShare\nFacebook\n\n",
         ["metadata: standfirst", "dropped: furniture: advertisement", "dropped: furniture: share",
          "dropped: furniture: facebook"]),
        ("\nRead more of the harbour board and its ships\n\nBy Ina Brandt\n\n",
         ["dropped: furniture: read more", "metadata: byline"]),
        ("\nHome / News / What the harbour board paid for the ship\n\nBy Ina Brandt\n\n",
         ["dropped: breadcrumb", "metadata: byline"]),
        ("\nA ship lies at the quay of Skarnes. Photo: Brandt / Fjord News\n\nBy Ina Brandt\n\n",
         ["dropped: breadcrumb", "metadata: byline"]),
        ("\nBy Ina Brandt\n\nWhat the harbour board paid for the ship\n\n",
         ["metadata: byline", "body: no rule drops it"]),
    ],
)  # fmt: skip
def test_says_what_the_lines_between_headline_and_report_are(
    below: str, expected: list[str]
) -> None:
    menu = ["dropped: furniture: home", "dropped: before the headline"]
    menu += ["dropped: furniture: weather", "dropped: furniture: subscribe"]
    assert fates(f"{MENU}{HEADLINE}\n{below}") == [*menu, "metadata: headline", *expected]


def judged(text: str) -> list[str]:
    """Return of each line that is no body of the report what became of it, unsure ones with a ?."""
    numbered = [(n, line) for n, line in enumerate(text.split("\n"), 1) if line.strip()]
    found = []
    for line in clean(numbered).verdicts:
        assert line.text == text.split("\n")[line.number - 1]
        role = f" as {line.role}" if line.role else ""
        found.append(f"{line.fate}: {line.rule}{role}{'' if line.is_sure else '?'}")
    return found


ABOVE = [
    "dropped: furniture: home",
    "dropped: before the headline",
    "dropped: furniture: weather",
    "dropped: furniture: subscribe",
    "metadata: headline as headline",
]
BODY = ["body: prose"] * 3


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Ship: Aurora, 90 cars. Quay: 4. More: www.skarnes.example", "body: no rule drops it"),
        ("By sea 4, by land 9: the ways to Skarnes and back to Ostby", "body: no rule drops it"),
        ("WHAT THE SHIP COSTS AND WHO PAYS", "body: no rule drops it?"),
    ],
)
def test_the_first_heading_stands_right_below_the_byline(heading: str, expected: str) -> None:
    above = f"{MENU}{HEADLINE}\n\nBy Ina Brandt\n\n"
    byline = "metadata: byline as byline"
    assert judged(f"{above}{heading}\n\n{REPORT}") == [*ABOVE, byline, expected, *BODY]


def test_what_stands_below_a_date_line_is_no_heading() -> None:
    heading = "Built by: Nordlin Yard Price: 41 million Info: www.port.example"
    above = f"{MENU}{HEADLINE}\n\nBy Ina Brandt\nMay 4, 2026\n\n"
    assert judged(f"{above}{heading}\n\n{REPORT}") == [
        *ABOVE,
        "metadata: byline as byline",
        "metadata: date line as date line",
        "dropped: before the article: word 'by'?",
        *BODY,
    ]


def test_a_standfirst_stands_near_its_text() -> None:
    share = "Share\nFacebook\nTwitter\nMail\nPrint\nSave\nComments\nAdvertisement\n"
    found = judged(f"{HEADLINE}\n{STANDFIRST}\n{share}\n{REPORT}")
    assert found[1] == "dropped: before the article: tenths of prose below 10+, label"
    assert found[2:4] == ["dropped: furniture: share", "dropped: furniture: facebook"]
    near = judged(f"{MENU}{HEADLINE}\nWHAT THE SHIP COSTS AND WHO PAYS\n\nShare\n\n{REPORT}")
    expected = ["metadata: standfirst?", "dropped: furniture: share?"]
    assert near == [*ABOVE, *expected, *BODY]


def test_a_caption_right_below_the_headline_is_no_standfirst() -> None:
    caption = "The dredger lies at the old quay of Skarnes (Ina Brandt/Reuters)"
    found = judged(f"{MENU}{HEADLINE}\n\n{caption}\n\n{REPORT}")
    assert found == [*ABOVE, "dropped: caption", *BODY]


def test_a_headline_of_fifteen_letters_is_known_again_beside_a_path() -> None:
    below = "Home | Skarnes dredges\nFjord News » Skarnes dredges"
    found = judged(f"Skarnes dredges\n\n{REPORT}\n{below}\n")
    again = ["dropped: repeats the headline"] * 2
    assert found == ["metadata: headline as headline", *BODY, *again]


def test_a_headline_at_the_end_of_a_path_says_it() -> None:
    above = f"Home\nNews\n\nHarbour Post > Coast > {HEADLINE}\nBy Ina Brandt\nMay 4, 2026\n\n"
    said = ["metadata: byline as byline", "metadata: date line as date line"]
    assert judged(above + REPORT) == [*ABOVE[:2], "metadata: headline", *said, *BODY]


@pytest.mark.parametrize(
    "sentence",
    [f"{words}{stop}" for stop in ".!…" for words in ("The quay is wet", HEADLINE)],
)
def test_a_sentence_above_a_menu_is_the_text_and_no_headline(sentence: str) -> None:
    first, second = judged(f"{sentence}\n\nShare\n")
    assert (first, second.removesuffix("?")) == ("body: prose", "dropped: furniture: share")


@pytest.mark.parametrize("stop", ".!…")
def test_a_sentence_that_stands_alone_is_the_text(stop: str) -> None:
    (line,) = parse_text(f"The quay is wet{stop}").lines
    assert (line.fate, line.rule) == (Fate.BODY, "prose")
    article = parse_text(f"The quay is wet{stop}")
    assert article.body == f"The quay is wet{stop}"


def test_a_headline_above_nothing_stays_one() -> None:
    (line,) = parse_text("The quay is wet").lines
    assert (line.fate, line.rule) == (Fate.METADATA, "headline")
