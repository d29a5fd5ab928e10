"""The search index is made of what a site has kept, and anew only where pages are others."""

from dataclasses import replace

import pytest

from briefbook import searching
from briefbook.config import read_site
from briefbook.model import OutputFile, Site
from briefbook.problems import Place, ProblemError, warning
from briefbook.remembering import Store
from tests.conftest import Folder

Files = tuple[OutputFile, ...]


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Return the pages that were indexed; Pagefind itself is tested elsewhere."""
    found: list[str] = []

    def make_shard(pages: Files, site: Site) -> bytes:
        found.extend(page.path for page in pages)
        return b"".join(page.content for page in pages)

    def make_search(shards: list[bytes], site: Site) -> Files:
        content = b"".join(shards)
        return (OutputFile(path="pagefind/all", content=content, made_from="the search index"),)

    monkeypatch.setattr(searching, "make_shard", make_shard)
    monkeypatch.setattr(searching, "make_search", make_search)
    return found


@pytest.fixture
def settings(tmp_path_factory: pytest.TempPathFactory) -> Site:
    folder = Folder(tmp_path_factory.mktemp("settings"))
    folder.write("site.yaml", "title: Harbour\nbase_url: https://harbour.example\n")
    site, _ = read_site(folder.root)
    assert site is not None
    return site


def page(name: str, text: str = "Ferry") -> OutputFile:
    content = f"<article data-pagefind-body><p>{text}</p></article>".encode()
    return OutputFile(
        path=f"briefings/{name}/index.html", content=content, made_from=f"entry {name}"
    )


def test_pages_that_are_the_same_are_not_indexed_again(made: list[str], settings: Site) -> None:
    store, files = Store(None, ""), (page("a"), page("b"))
    first = searching.index_site(lambda: files, settings, store, is_same=False)
    made.clear()
    assert searching.index_site(lambda: files, settings, store, is_same=False) == first
    assert made == []


def test_where_nothing_changed_no_page_is_read(made: list[str], settings: Site) -> None:
    store, files = Store(None, ""), (page("a"),)
    first = searching.index_site(lambda: files, settings, store, is_same=False)

    def read() -> Files:
        raise AssertionError("pages were read")

    assert searching.index_site(read, settings, store, is_same=True) == first


def test_another_page_is_found_and_what_was_made_of_the_old_is_forgotten(
    made: list[str], settings: Site
) -> None:
    store = Store(None, "")
    searching.index_site(lambda: (page("a"),), settings, store, is_same=False)
    before = store.facts("search shard ")
    (index,), _ = searching.index_site(lambda: (page("a", "Quay"),), settings, store, is_same=False)
    assert b"Quay" in index.content
    assert len(store.facts("search shard ")) == 1
    assert store.facts("search shard ") != before


def test_a_site_that_wants_no_search_keeps_none(made: list[str], settings: Site) -> None:
    store = Store(None, "")
    searching.index_site(lambda: (page("a"),), settings, store, is_same=False)
    silent = replace(settings, search=False)
    assert searching.index_site(lambda: (), silent, store, is_same=True) == ((), ())
    assert store.facts("search ") == []


def test_an_index_that_could_not_be_made_is_tried_again(
    made: list[str], settings: Site, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = Store(None, "")
    searching.index_site(lambda: (page("a"),), settings, store, is_same=False)
    problem = warning(Place("_site/pagefind"), "it could not be made", "install Pagefind")

    def refuse(*_: object) -> Files:
        raise ProblemError(problem)

    monkeypatch.setattr(searching, "make_search", refuse)
    for is_same in (False, True):
        told = searching.index_site(lambda: (page("b"),), settings, store, is_same=is_same)
        assert told == ((), (problem,))
