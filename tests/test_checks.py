"""What a check finds that a build lets pass, on whole sites."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

HEAD = (
    "---\nid: urn:uuid:00000000-0000-5000-8000-000000000001\nslug: wet\ntitle: Wet\n"
    "added: 2026-01-02\n"
)


def test_says_what_readers_would_not_see_as_it_was_meant(site: "MakeSite") -> None:
    folder = site(
        "-- site.yaml --\ntitle: A\nabout: '[us](javascript:alert(1))'\n"
        f"-- briefings/a.md --\n{HEAD}note: <b>Mud</b>\n---\nThe quay\x02 is wet.\n"
    )
    result = folder.check()
    assert result.err == (
        "briefings/a.md:6: warning: 'note': '<b' is shown as the text it is: HTML is not read\n"
        "    fix: write it in Markdown, or between ` and ` if it shall be shown\n"
        "briefings/a.md:8: warning: this line has the character U+0002, which no page shows\n"
        "    fix: delete it; it is invisible in most editors\n"
        "site.yaml: warning: 'about': the link to 'javascript:alert' is taken out: only web and"
        " mail addresses stay\n"
        "    fix: write an address that starts with https://, or leave the link out\n"
    )
    assert result.code == 0
    assert folder.build("--strict").code == 0


def test_says_nothing_of_what_a_source_hides(site: "MakeSite") -> None:
    text = "The quay\n\nThe <b>quay</b>\x02 is [wet](javascript:1).\n\nIt dries in May, they say.\n"
    folder = site("")
    folder.write("sources/a.txt", text)
    assert (folder.check("--strict").err, folder.build("--strict").err) == ("", "")
    assert folder.check("--strict").err == ""


def test_a_dead_link_is_named_where_it_was_written(site: "MakeSite") -> None:
    folder = site(
        "-- site.yaml --\ntitle: A\nabout: '[us](/us/)'\n"
        f"-- briefings/a.md --\n{HEAD}note: |\n  See [this](../none/).\n---\n"
        "The quay is wet.\n\nSee `[x](/x/)`, [a](/no/), [b](../no/#b)\nand [c](../../about/#c).\n"
    )
    whats = [line.partition(" leads")[0] for line in folder.check().err.splitlines()[::2]]
    assert whats == [
        "briefings/a.md:6: error: the link '../none/'",
        "briefings/a.md:11: error: the link '../../no/'",
        "briefings/a.md:11: error: the link '../no/#b'",
        "briefings/a.md:12: error: the link '../../about/#c'",
        "site.yaml: error: the link '../us/'",
    ]


def test_a_dead_link_of_a_template_is_named_on_its_page(site: "MakeSite") -> None:
    folder = site(f"-- briefings/a.md --\n{HEAD}---\nThe quay is wet.\n")
    folder.write("templates/pages/about.html", '<p>\n<a href="../none/">x</a>\n')
    assert folder.check().err.startswith("_site/about/index.html:2: error: the link '../none/'")


@pytest.mark.parametrize(
    ("template", "said"),
    [
        ("<p>{{ [1, 2] | random }}", "No filter named 'random'."),
        ("<p>{{ lipsum() }}", "'lipsum' is undefined"),
    ],
)
def test_a_template_cannot_ask_for_chance(site: "MakeSite", template: str, said: str) -> None:
    folder = site("-- sources/a.txt --\nThe quay\n\nThe quay is wet.\n")
    folder.write("templates/pages/about.html", template)
    result = folder.check()
    assert result.err.startswith(
        f"templates/pages/about.html:1: error: the template failed: {said}\n"
    )
    assert result.code == 1
