import pytest

from briefbook.briefing.mint import mint_id, mint_path, mint_slug

ID = mint_id("a" * 64)


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("South Korea's Defense Export Move to Iraq", "south-koreas-defense-export-move-to-iraq"),
        ("South Korea’s Defense Export Move to Iraq", "south-koreas-defense-export-move-to-iraq"),
        ("한국, 이라크에 방산 수출", "hangug-irakeue-bangsan-sucul"),
        ("U.S.–Korea pact: 1,000 tanks", "u-s-korea-pact-1000-tanks"),
        ("a" * 100, "a" * 60),
        ("word " * 30, "-".join(["word"] * 12)),
        ("../../etc/passwd", "etc-passwd"),
        ("!!! 🚀 ???", ID.removeprefix("urn:uuid:")[:8]),
        ("NUL", "nul-2"),
    ],
)
def test_makes_an_address_of_a_title(title: str, slug: str) -> None:
    assert mint_slug(title, ID, ()) == slug


def test_counts_up_until_an_address_is_free() -> None:
    assert mint_slug("Deal", ID, {"deal", "deal-2", "deal-4"}) == "deal-3"


def test_never_takes_the_name_of_a_file_that_is_there() -> None:
    taken = {path.casefold() for path in ("briefings/Deal.md", "briefings/deal-2.md")}
    assert mint_path("deal", taken) == "briefings/deal-3.md"


def test_ids_never_change_as_feed_readers_know_entries_by_them() -> None:
    assert ID == "urn:uuid:6dc76675-b05b-5b9d-890b-94024f02a055"
    assert mint_id("a" * 64, {ID}) == "urn:uuid:a00b8050-eec9-5dc1-8582-0f2386138b96"
