"""Which files of a site have dead links, from what is kept of the links of each."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest

from briefbook import linking, working
from briefbook.build import prepare
from briefbook.checking.pointing import Pointing, read_pointing
from briefbook.keeping import Kept
from briefbook.options import Options
from briefbook.publishing import address_of, is_site_map
from briefbook.working import Workers
from tests.conftest import TWO, Folder

OPTIONS = Options(now=datetime(2026, 11, 21, 18, tzinfo=UTC))
BASE = "https://harbour.example/news"


@pytest.mark.parametrize("jobs", [1, 2])
def test_of_each_file_is_kept_where_its_links_lead_whoever_printed_it(
    site: Callable[[str], Folder], monkeypatch: pytest.MonkeyPatch, jobs: int
) -> None:
    monkeypatch.setattr(working, "WORTH", 0.0001)
    folder, kept = site(TWO), Kept()
    folder.edit("site.yaml", "base_url: ", f"base_url: {BASE} # ")
    with Workers(jobs) as workers:
        prepared = prepare(folder.root, OPTIONS, kept=kept, workers=workers)
    assert bool(workers.seconds) == (jobs == 2)
    for file in prepared.files:
        address = address_of(file.path)
        kept_of_it = kept.composition.memory.peek(kept.composition.linking._pointing, address)
        in_it = read_pointing(file.path, file.content, BASE)
        assert kept_of_it == (Pointing() if is_site_map(address) else in_it), address


def test_no_file_is_read_twice(
    site: Callable[[str], Folder], monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []

    def noting(path: str, content: bytes, base_url: str) -> Pointing:
        read.append(path)
        return read_pointing(path, content, base_url)

    monkeypatch.setattr(linking, "read_pointing", noting)
    prepared = prepare(site(TWO).root, OPTIONS, kept=Kept())
    files = {file.path for file in prepared.files}
    assert sorted(read) == sorted(path for path in files if not is_site_map(address_of(path)))
