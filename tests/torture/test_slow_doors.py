"""A megabyte in any file that a build reads is published, or refused with what to do.

The whole in a child process, so that what hangs is ended. `test_slow.py` has the texts.
"""

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.torture.heavydoors import BODIES, FIELDS, FRONT, PAGES, SETTINGS
from tests.tried import IS_LONG, Tried

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

BUILD = Path(__file__).parents[2] / "build_site.py"
SITE = "title: Harbour Brief\nbase_url: https://harbour.example\nsearch: false\n"
MANY = 1 << 20 if IS_LONG else 4000
# What is YAML may have half of that, and is refused unread where it has more.
DOORS = {
    **{
        f"page: {name}": ("sources/a.html", f"<title>A ferry</title><body>{heavy(MANY)}")
        for name, heavy in PAGES.items()
    },
    **{
        f"settings: {name}": ("site.yaml", SITE + heavy(MANY // 21 * 10))
        for name, heavy in SETTINGS.items()
    },
    **{
        f"entry: {name}": (
            "briefings/a.md",
            f"---\nadded: 2026-11-01\n{'' if name == 'title' else 'title: A' + chr(10)}"
            f"{heavy(MANY // 21 * 10)}---\nThe pier opened.\n",
        )
        for name, heavy in FIELDS.items()
    },
    **{
        f"body: {name}": ("briefings/a.md", FRONT.format("A") + heavy(MANY) + "\n")
        for name, heavy in BODIES.items()
    },
}
# Seconds: twenty times what it takes, as the machine may have other things to do.
PATIENCE = 60
# One of each kind in every run of the tests.
CHOSEN = [*DOORS] if IS_LONG else ["page: broken entities", "settings: topics", "entry: people"]


@pytest.mark.parametrize("door", CHOSEN)
def test_a_megabyte_in_any_file_is_published_or_refused(
    site: "MakeSite", door: str, tried: Tried
) -> None:
    folder = site("")
    folder.write("site.yaml", SITE)
    folder.write("briefings/good.md", FRONT.format("Good") + "The pier opened.\n")
    path, content = DOORS[door]
    folder.write(path, content)
    command = [sys.executable, str(BUILD), "build", "--root", str(folder.root), "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=PATIENCE, check=False)
    assert done.returncode in (0, 1, 2), done.stderr[-2000:]
    assert "Traceback" not in done.stderr
    assert not done.returncode or "    fix: " in done.stderr
    if done.returncode != 2:
        assert "The pier opened." in folder.page("/briefings/good/")
    tried("slow", "files of a megabyte, other than texts, that are read or refused", 1)
