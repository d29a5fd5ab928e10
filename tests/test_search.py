"""The search index of a whole site: what can be found in it, and what not."""

import gzip
import json
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from briefbook.publishing import search_shard

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

pytestmark = pytest.mark.search

FERRY = """\
-- sources/ferry.txt --
---
outlet: Port Times
published: 2026-05-01
---
Night ferry returns

The night ferry sails again on Monday, the harbour office said.

It had lain at the quay since the autumn storms.
-- sources/barley.txt --
Barley harvest is the smallest in a decade

Farmers brought in a third less barley than last year, the growers' union said.
"""
# What the fragments of an index begin with, once unpacked.
_MARK = b"pagefind_dcd"


def fragments(folder: "Folder") -> list[dict[str, Any]]:
    """Return what the index knows of each page, as the browser reads it."""
    packed = folder.tree("_site/pagefind")
    plain = [gzip.decompress(c) for name, c in packed.items() if name.endswith(".pf_fragment")]
    return sorted((json.loads(c.removeprefix(_MARK)) for c in plain), key=lambda f: str(f["url"]))


def test_the_index_stands_in_the_site_alone(
    site: "MakeSite", tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    folder = site(FERRY)
    folder.build()
    assert list(elsewhere.iterdir()) == []
    assert len(fragments(folder)) == 2


def test_every_entry_is_found_with_its_facts_and_nothing_else(site: "MakeSite") -> None:
    folder = site(FERRY)
    result = folder.build()
    assert (result.err, result.code) == ("", 0)
    barley, ferry = fragments(folder)
    assert ferry["url"] == "/briefings/night-ferry-returns/"
    assert ferry["meta"] == {
        "title": "Night ferry returns",
        "outlet": "Port Times",
        "date": "May 1, 2026",
        "language": "en",
    }
    assert ferry["filters"] == {"topic": ["The port"], "outlet": ["Port Times"], "year": ["2026"]}
    assert "since the autumn storms" in ferry["content"]
    assert "Record of the source" not in ferry["content"]
    assert "date" not in barley["meta"]
    page = folder.page("/search/")
    assert 'data-index="../pagefind/pagefind.js"' in page
    assert "'wasm-unsafe-eval'" in page
    assert "wasm" not in folder.page("/")


def test_what_an_extract_keeps_back_is_not_found(site: "MakeSite") -> None:
    words = " ".join(f"The ferry passes buoy number {number} at dawn." for number in range(30))
    text = f"Ferry sails\n\nThe ferry sails on Monday, the office said.\n\n{words}\n\nHerons nest."
    settings = "-- site.yaml --\ntitle: Harbour Brief\nbase_url: https://harbour.example\n"
    folder = site(f"{settings}-- sources/a.txt --\n{text}\n")
    folder.build()
    (fragment,) = fragments(folder)
    assert "buoy number 1 " in fragment["content"]
    assert "buoy number 20" not in json.dumps(fragment)
    assert "Herons" not in json.dumps(fragment)


def test_the_same_pages_give_the_same_index(site: "MakeSite") -> None:
    folder = site(FERRY)
    folder.build()
    first = folder.tree("_site")
    assert "pagefind/pagefind.js" in first
    assert "pagefind/pagefind-ui.js" not in first
    again = folder.build("--output", str(folder.root / "other"))
    assert again.code == 0
    assert folder.tree("other") == first


def test_a_site_without_search_has_neither_page_nor_index(site: "MakeSite") -> None:
    settings = "title: Harbour Brief\nbase_url: https://harbour.example\nsearch: false\n"
    folder = site(f"{FERRY}-- site.yaml --\n{settings}")
    assert folder.build().code == 0
    assert not [path for path in folder.tree("_site") if path.startswith(("search", "pagefind"))]
    assert "Search" not in folder.page("/")


def test_a_site_without_entries_has_nothing_to_index(site: "MakeSite") -> None:
    folder = site("")
    assert folder.build().code == 0
    assert not [path for path in folder.tree("_site") if path.startswith("pagefind")]


def test_a_failing_index_is_a_warning_and_the_rest_is_built(
    site: "MakeSite", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_shard, "get_executable", lambda: None)
    folder = site(FERRY)
    result = folder.build()
    assert result.code == 0
    assert (
        "_site/pagefind: warning: the search index could not be made: there is no program pagefind"
        in (result.err)
    )
    assert "Night ferry returns" in folder.page("/")
