import pytest

from briefbook.grouping.dated import dates_of
from briefbook.grouping.tokens import tokens_of


def dated(sentence: str) -> list[tuple[str, tuple[int, ...], set[str]]]:
    return [(d.kind, d.value, set(d.events)) for d in dates_of(tokens_of(sentence))]


@pytest.mark.parametrize(
    ("sentence", "kind", "value"),
    [
        ("The ferry sank on Monday.", "weekday", (0,)),
        ("The ferry sank on March 11.", "day", (3, 11)),
        ("The ferry sank on 11 March 2014.", "day", (3, 11)),
        ("The ferry sank on the 11th of March.", "day", (3, 11)),
        ("The ferry sank on Mar. 11.", "day", (3, 11)),
        ("The ferry sank in March.", "month", (3,)),
        ("The ferry sank in 1987.", "year", (1987,)),
    ],
)
def test_reads_days_and_what_happened_then(
    sentence: str, kind: str, value: tuple[int, ...]
) -> None:
    assert dated(sentence) == [(kind, value, {"sink"})]


@pytest.mark.parametrize(
    "sentence", ["It was held from April 20 to 24.", "It ran from 20 to 24 April."]
)
def test_reads_spans_of_days(sentence: str) -> None:
    assert dated(sentence) == [("day", (4, 20, 4, 24), {"hold"})]


@pytest.mark.parametrize(
    "sentence",
    [
        "The ferry sank, the harbour master said on Monday.",
        "Every Monday the ferry sank.",
        "Bloody Sunday was shown.",
        "It may sink.",
        "On 45 March it sank.",
    ],
)
def test_dates_of_statements_and_names_are_left_out(sentence: str) -> None:
    assert dated(sentence) == []
