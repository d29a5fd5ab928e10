import pytest

from briefbook.text.weburls import address_key, without_following

PAGE = "https://wire.example/news/ferry"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        (f"{PAGE}?utm_source=feed&utm_medium=rss", PAGE),
        (f"{PAGE}?id=7&fbclid=abc&page=2#comments", f"{PAGE}?id=7&page=2"),
        (f"{PAGE}?utm=1&ref=7", f"{PAGE}?utm=1&ref=7"),
        ("https://wire.example/#!/ferry?x=1", "https://wire.example/#!/ferry?x=1"),
        (PAGE, PAGE),
    ],
)
def test_takes_off_what_only_counts_readers(url: str, kept: str) -> None:
    assert without_following(url) == kept


@pytest.mark.parametrize(
    "url",
    [
        "http://wire.example/news/ferry/",
        "https://www.WIRE.example:443/news/ferry#top",
        f"{PAGE}?utm_campaign=evening&gclid=1",
    ],
)
def test_spellings_of_one_address_have_one_key(url: str) -> None:
    assert address_key(url) == address_key(PAGE)


@pytest.mark.parametrize(
    "url",
    [
        "https://wire.example/news/Ferry",
        "https://wire.example:8443/news/ferry",
        f"{PAGE}?id=7",
        "https://news.wire.example/news/ferry",
    ],
)
def test_addresses_of_other_pages_have_other_keys(url: str) -> None:
    assert address_key(url) != address_key(PAGE)


def test_the_order_of_what_is_asked_makes_no_difference() -> None:
    assert address_key(f"{PAGE}?a=1&b=2") == address_key(f"{PAGE}?b=2&a=1")


@pytest.mark.parametrize(
    "url", ["", "https://wire.example/", "not one", "https://[", "http://x:y/a"]
)
def test_a_home_page_and_what_is_no_address_have_none(url: str) -> None:
    assert address_key(url) == ""
