"""The map of a site that outgrows one file, and of one that shrinks again."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest

from briefbook.publishing import sitemap

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

TWO = """\
-- site.yaml --
title: Harbour Brief
base_url: https://harbour.example
search: false
parts: []
-- briefings/a.md --
---
title: Night ferry returns
added: 2026-10-01T09:00:00Z
---
It sails.
-- briefings/b.md --
---
title: Dredging begins
added: 2026-11-01T09:00:00Z
---
It begins.
"""


def test_a_site_grows_into_parts_and_shrinks_to_one_map(
    site: "MakeSite", monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sitemap, "LIMITS", sitemap.Limits(file=4, part=3))
    folder = site(TWO)
    folder.build()
    whole = folder.tree("_site")
    assert whole["sitemap.xml"].count(b"<url>") == 4
    folder.write("briefings/c.md", folder.read("briefings/b.md").replace("begins", "ends"))
    assert folder.build().code == 0
    cut_up = folder.tree("_site")
    maps = {path for path in cut_up if path.startswith("sitemap-")}
    assert maps == {f"sitemap-{each}.xml" for each in ("2026-10", "2026-11", "pages")}
    times = folder.times()
    folder.write(
        "briefings/d.md",
        folder.read("briefings/b.md").replace("begins", "rests").replace("11-01", "11-02"),
    )
    folder.build()
    now = folder.times()
    rewritten = [path for path in now if "sitemap" in path and now[path] != times[path]]
    assert rewritten == ["_site/sitemap-2026-11.xml", "_site/sitemap-pages.xml"]
    folder.delete("briefings/d.md")
    folder.delete("briefings/c.md")
    folder.delete("published.txt")
    assert folder.build().code == 0
    assert folder.tree("_site") == whole
