"""Bylines in the forms and languages an editor meets, and names that are no author's."""

from collections.abc import Callable

import pytest

from .conftest import Parsed

Parse = Callable[[str], Parsed]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Mina Hart", ("Mina Hart",)),
        ("Von Mina Hart", ("Mina Hart",)),
        ("Von: Mina Hart und Ole Lund", ("Mina Hart", "Ole Lund")),
        ("Autorin: Dr. Mina Hart", ("Mina Hart",)),
        ("Text: Mina Hart", ("Mina Hart",)),
        ("Posted by Mina Hart on March 12, 2019", ("Mina Hart",)),
        ("Geschrieben von Mina Hart am 12. März 2019", ("Mina Hart",)),
        ("Par Mina Hart", ("Mina Hart",)),
        ("Por Mina Hart", ("Mina Hart",)),
        ("Door Mina Hart", ("Mina Hart",)),
        ("12.03.2019 von Mina Hart", ("Mina Hart",)),
        ("Mina Hart | 12.03.2019", ("Mina Hart",)),
        ("12. März 2019 · von minahart · 3 Kommentare", ("minahart",)),
    ],
)
def test_reads_who_wrote_it(parse: Parse, line: str, names: tuple[str, ...]) -> None:
    assert parse(f"[headline]\n\n{line}\n\n[text]").article.authors == names


def test_reads_a_name_below_a_label_of_its_own(parse: Parse) -> None:
    given = "[headline]\n\nVon\n\nMina Hart\n\n12. März 2019\n\n[text]"
    assert parse(given).article.authors == ("Mina Hart",)


def test_reads_a_bare_name_above_the_date(parse: Parse) -> None:
    given = "[headline]\n\nMina Hart\n\n12 March 2019\n\n[text]"
    assert parse(given).article.authors == ("Mina Hart",)


@pytest.mark.parametrize(
    "given",
    [
        "[headline]\n\n[text]\n\nVon Montag an gilt ein neuer Fahrplan.\n\n[more]",
        "[headline]\n\n[text]\n\nComments\n\nOle Lund says:\n\nAt last.\n",
        "[headline]\n\nPhoto: Ole Lund\n\n[text]",
        "[headline]\n\nBy Staff Reporter\n\n[text]",
        "[headline]\n\nNorth Harbour\n\n[text]",
    ],
    ids=["sentence", "comment", "photographer", "staff", "place"],
)
def test_another_name_is_no_author(parse: Parse, given: str) -> None:
    assert parse(given).article.authors == ()


def test_the_line_that_names_the_author_is_no_text(parse: Parse) -> None:
    given = "[headline]\n\n12. März 2019 · von minahart · 3 Kommentare\n\n[text]"
    (line,) = (one for one in parse(given).own if "minahart" in one.text)
    assert line.fate.value == "metadata"
