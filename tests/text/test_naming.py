import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.text.naming import KINDS, ORGANISATION, PERSON, PLACE, is_full, name_key, name_slug


def key(kind: str, name: str) -> str:
    return name_key(kind, name_slug(kind, name))


@pytest.mark.parametrize(
    ("kind", "spellings"),
    [
        (PERSON, ("Seo Min-jae", "Seo Min-Jae", "SEO Min-jae", "Seo Min Jae", "Seo Minjae")),
        (PERSON, ("Seo Min-jae", "Min-jae Seo", "Minister Seo Min-jae", "Mr. Seo Min-jae")),
        (PERSON, ("Zoë Brontë", "Zoe Bronte", "ZOE BRONTË")),
        (PERSON, ("Sean O'Dell", "Sean O’Dell", "Seán ODell")),
        (PERSON, ("J. P. Harrow", "J.P. Harrow", "JP Harrow")),
        (PERSON, ("Nadir al-Basri", "Nadir Al Basri", "Nadir Al-Basri")),
        (PERSON, ("Ольга Ветрова", "ОЛЬГА ВЕТРОВА")),
        (
            ORGANISATION,
            ("the Ministry of Defence", "Ministry of Defense", "MINISTRY OF DEFENSE"),
        ),
        (ORGANISATION, ("World Ferry Organisation", "World Ferry Organization")),
        (ORGANISATION, ("Ports & Quays Board", "Ports and Quays Board")),
        (ORGANISATION, ("U.S. Coast Guard", "US Coast Guard", "United States Coast Guard")),
        (ORGANISATION, ("Tidal Power Agency (TPA)", "Tidal Power Agency")),
        (ORGANISATION, ("UN", "United Nations", "the U.N.")),
        (ORGANISATION, ("NATO", "Nato", "North Atlantic Treaty Organisation")),
        (PLACE, ("U.S.", "US", "USA", "the United States", "United States of America")),
        (PLACE, ("Xi'an", "Xi’an", "Xian")),
        (PLACE, ("Baden-Baden", "Baden Baden")),
        (PLACE, ("Grey Harbour", "Gray Harbor")),
        (PLACE, ("S. Korea", "South Korea", "Republic of Korea")),
        (PLACE, ("The Hague", "Hague")),
    ],
)
def test_spellings_of_one_name_are_one(kind: str, spellings: tuple[str, ...]) -> None:
    assert {key(kind, spelling) for spelling in spellings} == {key(kind, spellings[0])}


@pytest.mark.parametrize(
    ("kind", "names"),
    [
        (PERSON, ("Fang An", "Fan Gan")),
        (PERSON, ("Seo Min-jae", "Seo Min-jun", "Suh Min-jae")),
        (PERSON, ("George W. Marsh", "George H. W. Marsh", "George Marsh")),
        (PERSON, ("Ann Marlow", "Anna Marlow")),
        (PERSON, ("Marlow Ann", "Ann Marlow")),  # which is the family name nobody says
        (PERSON, ("李伟", "李薇")),  # one transliteration
        (ORGANISATION, ("Ministry of Defence", "Ministry of Justice")),
        (ORGANISATION, ("Samhan Group", "Samhan Groups")),
        (PLACE, ("Korea", "South Korea", "North Korea")),
        (PLACE, ("Newtown", "New Town")),
        (PLACE, ("America", "United States")),  # a continent to some
    ],
)
def test_names_that_are_not_surely_one_stay_apart(kind: str, names: tuple[str, ...]) -> None:
    for one, other in itertools.combinations(names, 2):
        assert key(kind, one) != key(kind, other)


@pytest.mark.parametrize(
    ("kind", "name", "slug"),
    [
        (PERSON, "Seo Min-jae", "seo-min-jae"),
        (PERSON, "Min-jae Seo", "seo-min-jae"),
        (PERSON, "Jean-Luc Seo", "jean-luc-seo"),
        (PERSON, "Dr. Łucja Żak", "lucja-zak"),
        (PERSON, "안규백", "angyubaeg"),
        (ORGANISATION, "Coastal Defence Agency", "coastal-defence-agency"),
        (ORGANISATION, "R&Q", "rq"),
        (PLACE, "U.S.", "united-states"),
        (PLACE, "The", "the"),
        (PLACE, "★ ☂", ""),
    ],
)
def test_a_slug_is_what_a_reader_would_type(kind: str, name: str, slug: str) -> None:
    assert name_slug(kind, name) == slug


def test_a_name_without_an_alphabet_has_a_slug_of_its_own() -> None:
    first, second = name_slug(PERSON, "李伟"), name_slug(PERSON, "李薇")
    assert first.startswith("li-wei-")
    assert second.startswith("li-wei-")
    assert first != second


@pytest.mark.parametrize(
    ("kind", "name", "expected"),
    [
        (PERSON, "Seo Min-jae", True),
        (PERSON, "Seo", False),
        (PERSON, "Min-jae", False),
        (PERSON, "Minister Seo", False),
        (PERSON, "M. Seo", False),
        (PERSON, "J. P. Harrow", True),
        (PERSON, "안규백", True),
        (PERSON, "岸田", False),  # a family name
        (ORGANISATION, "NATO", True),
        (ORGANISATION, "the Ministry", False),
        (ORGANISATION, "Ministry of Defence", True),
        (ORGANISATION, "★", False),
        (PLACE, "Ulsan", True),
        (PLACE, "the north", False),
        (PLACE, "X", False),
    ],
)
def test_a_short_form_is_no_name_that_two_texts_share(kind: str, name: str, expected: bool) -> None:
    assert is_full(kind, name) is expected


@given(st.sampled_from(KINDS), st.text(max_size=120))
def test_any_text_gives_a_slug_that_may_be_part_of_an_address(kind: str, name: str) -> None:
    slug = name_slug(kind, name)
    assert len(slug) <= 80
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug == slug.strip("-")
    assert name_key(kind, slug).strip() or not slug


@pytest.mark.parametrize("character", ["a", "☂", "(", "A.", "'", "李", "- "])
def test_a_name_of_a_megabyte_is_read_at_once(character: str) -> None:
    slug = name_slug(ORGANISATION, character * 1_000_000)
    assert len(slug) <= 80
