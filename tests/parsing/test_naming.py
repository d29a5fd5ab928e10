import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook import Name, find_names, parse_text

CASES = Path(__file__).parents[1] / "cases/names/newswire.txt"
MARK = re.compile(r"\[([POL]):([^\]]*)\]")
KINDS = {"P": "person", "O": "organisation", "L": "place"}


def found(text: str) -> list[tuple[str, str]]:
    return [(name.text, name.kind) for name in find_names(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param(
            "The talks in Baghdad were led by Minister Ahn Gyu-back. They liked Ahn.",
            [("Baghdad", "place"), ("Ahn Gyu-back", "person"), ("Ahn", "person")],
            id="a short form is a form of its own",
        ),
        pytest.param(
            "Gen. Liv Aune said so. The Ministry of Defense did not.",
            [("Liv Aune", "person"), ("Ministry of Defense", "organisation")],
            id="rank and office are no part of a name",
        ),
        pytest.param(
            "Israeli Prime Minister Dov Harel met U.S. Secretary of State Ann Price.",
            [("Dov Harel", "person"), ("U.S.", "place"), ("Ann Price", "person")],
            id="nor is whose office it is",
        ),
        pytest.param(
            "Ships left the U.S. for Norway. The U.S. paid.",
            [("U.S.", "place"), ("Norway", "place")],
            id="acronyms keep their stops",
        ),
        pytest.param(
            "They flew to the U.S. The others stayed in Oslo.",
            [("U.S.", "place"), ("Oslo", "place")],
            id="the stop of an acronym may be the sentence's",
        ),
        pytest.param(
            "Norway and the European Union asked the Bank of Japan to wait.",
            [
                ("Norway", "place"),
                ("European Union", "organisation"),
                ("Bank of Japan", "organisation"),
            ],
            id="of joins behind a bank, and parts behind a country",
        ),
        pytest.param(
            "He went to South Korea's Ministry of National Defense.",
            [("South Korea", "place"), ("Ministry of National Defense", "organisation")],
            id="a possessive parts two names",
        ),
        pytest.param(
            "Officials of the U.S. State Department were in Seoul.",
            [("U.S.", "place"), ("State Department", "organisation"), ("Seoul", "place")],
            id="a nation and its body are two names",
        ),
        pytest.param(
            "The Korean and Polish officials met on Monday in August.",
            [],
            id="of a people, days and months are no names",
        ),
        pytest.param(
            "Talks between US-South Korea teams took place at the White House.",
            [("US", "place"), ("South Korea", "place"), ("White House", "place")],
            id="two countries with a hyphen are two",
        ),
        pytest.param(
            "OSLO (Reuters) - The United States sent help.",
            [("OSLO", "place"), ("Reuters", "organisation"), ("United States", "place")],
            id="a sentence starts behind a dateline",
        ),
        pytest.param("It rained. Nobody came. They left.", [], id="openers are no names"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_finds_the_names_of_a_text(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    ("text", "short", "longer"),
    [
        pytest.param(
            "Gen. Liv Aune met Ms. Bo. They saw President Aune in Oslo.",
            "Aune",
            ("Liv Aune",),
            id="of the one person who bears it",
        ),
        pytest.param(
            "Gen. Liv Aune met Gen. Tor Aune. They saw President Aune.",
            "Aune",
            ("Liv Aune", "Tor Aune"),
            id="of one of two",
        ),
        pytest.param(
            "The Northern Farmers Party (NFP) won. The NFP said it was glad.",
            "NFP",
            ("Northern Farmers Party",),
            id="by its letters",
        ),
        pytest.param(
            "Harmon Industries Inc said profit rose. Harmon Industries is based in Oslo.",
            "Harmon Industries",
            ("Harmon Industries Inc",),
            id="of a company",
        ),
    ],
)
def test_a_short_form_says_what_it_may_be_short_for(
    text: str, short: str, longer: tuple[str, ...]
) -> None:
    assert {name.text: name.short_for for name in find_names(text)}[short] == longer


def test_an_entry_lists_full_forms_only() -> None:
    text = (
        "The minister flies out\n\nDefence Minister Ahn Gyu-won left Seoul for Baghdad on Monday "
        "to meet his counterpart and other officials.\n\nAhn said that he would stay for two days "
        "and that the talks would be long."
    )
    names = [name.text for name in parse_text(text).names]
    assert "Ahn Gyu-won" in names
    assert "Ahn" not in names


def test_a_town_and_its_club_are_told_apart_in_tables() -> None:
    text = "LEEDS 1997-02-01\nLeeds 1 Derby 0\nThe match in Leeds was played in rain."
    assert {("Leeds", "organisation"), ("Leeds", "place")} <= set(found(text))


def test_a_headline_in_capitals_says_only_names_known_elsewhere() -> None:
    text = "ROSTED WARNS NORWAY OVER FISH QUOTAS\nMinister Kari Rosted spoke in Bergen."
    names = {name.casefold() for name, _ in found(text)}
    assert names == {"rosted", "norway", "kari rosted", "bergen"}


@pytest.mark.parametrize(
    "text",
    [
        "Die Regierung will den Haushalt im Herbst vorlegen, sagte der Sprecher der Partei. Der "
        "Verband warnte vor Kosten für Unternehmen und Verbraucher in der Stadt.",
        "Le gouvernement et la Commission des finances ont refusé. Les Français sont divisés, dans "
        "une lettre qui est sur la table des ministres pour la Journée.",
    ],
    ids=["German", "French"],
)
def test_takes_no_noun_of_another_language_for_a_name(text: str) -> None:
    assert found(text) == []


def test_finds_sure_names_in_another_language() -> None:
    text = "Der Minister ist in Berlin. Finanzminister Olaf Becker war nicht da und wird nicht."
    assert found(text) == [("Berlin", "place"), ("Olaf Becker", "person")]


def test_finds_nine_of_ten_names_in_wire_reports() -> None:
    right = said = true = 0
    for part in re.split(r"^== ", CASES.read_text("utf-8"), flags=re.M)[1:]:
        text = part.partition("\n")[2]
        names = {(name.casefold(), KINDS[kind]) for kind, name in MARK.findall(text)}
        ours = {(name.casefold(), kind) for name, kind in found(MARK.sub(r"\2", text))}
        right, said, true = right + len(names & ours), said + len(ours), true + len(names)
    assert 2 * right / (said + true) > 0.9


@pytest.mark.parametrize(
    "text",
    ["A" * 9, "Aa ", "U.S. ", "Bank of the and ", "Ministry of Trade and Industry ", "ABC 12\n"],
)
def test_reads_long_odd_texts(text: str) -> None:
    assert len(find_names(text * (200_000 // len(text)))) <= 2


@given(st.text() | st.text(st.sampled_from("AB ab.,’'-\nUSofthe1")))
def test_names_are_distinct_and_of_three_kinds(text: str) -> None:
    names = find_names(text)
    assert len({(name.text, name.kind) for name in names}) == len(names)
    assert all(isinstance(n, Name) and n.text.strip() for n in names)
    assert {name.kind for name in names} <= {"person", "organisation", "place"}
    assert find_names(text) == names
