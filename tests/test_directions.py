"""Pages say which language a text is in and which way it runs."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

CASES = Path(__file__).parent / "cases" / "parsing"


@pytest.mark.parametrize(
    ("case", "language", "direction"),
    [
        ("arabic-page", "ar", "rtl"),
        ("hebrew-page", "he", "rtl"),
        ("persian-page", "fa", "rtl"),
        ("korean-page", "ko", "ltr"),
        ("japanese-page", "ja", "ltr"),
    ],
)
def test_an_entry_names_language_and_direction(
    site: "MakeSite", case: str, language: str, direction: str
) -> None:
    text = (CASES / case / "source.txt").read_text("utf-8")
    folder = site(f"-- sources/a.txt --\n{text}")
    assert folder.build().code == 0
    (entry,) = folder.entries()
    slug = re.search(r"^slug: (.+)$", folder.read(entry), re.M)
    assert slug
    page = folder.page(f"/briefings/{slug[1]}/")
    assert f'<h1 lang="{language}" dir="auto">' in page
    assert f'<ul lang="{language}" dir="{direction}">' in page
    assert re.search(rf'<div class="text[^"]*" lang="{language}" dir="{direction}">', page)
    feed = folder.read("_site/feed.xml")
    assert f'lang="{language}" dir="{direction}"' in feed.replace("&quot;", '"').replace(
        "&#34;", '"'
    )
