"""Texts copied from PDFs and e-mails, from the file to the site."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

CASES = Path(__file__).parent / "cases" / "parsing"
PDF = (CASES / "pdf-pages" / "source.txt").read_text("utf-8")
MAIL = (CASES / "forwarded-mail" / "source.txt").read_text("utf-8")


@pytest.mark.parametrize("text", [PDF, MAIL], ids=["PDF", "mail"])
def test_every_sentence_traces_to_the_lines_it_was_cut_into(site: "MakeSite", text: str) -> None:
    folder = site(f"-- sources/a.txt --\n{text}")
    built = folder.build()
    assert (built.code, built.err) == (0, "")
    assert folder.check().out.strip() == "nothing to complain about"


def test_a_sentence_over_a_divided_word_names_all_its_lines(site: "MakeSite") -> None:
    folder = site(f"-- sources/a.txt --\n{PDF}")
    folder.build()
    (entry,) = folder.entries()
    found = folder.run("explain", "sources/a.txt").out
    assert "and the har[-→]" in found
    assert "line 7: word divided at a line end" in found
    page = folder.page(f"/briefings/{entry.removeprefix('briefings/').removesuffix('.md')}/")
    assert "the harbour master wants the dredging done" in page


def test_who_sent_a_mail_is_nowhere_on_the_site(site: "MakeSite") -> None:
    folder = site(f"-- sources/a.txt --\n{MAIL}")
    folder.build()
    assert not any(b"liv@skarnes" in content for content in folder.tree("_site").values())
    (entry,) = folder.entries()
    assert "liv@skarnes" not in folder.read(entry)
