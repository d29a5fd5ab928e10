"""File systems: files that are none, links that lead anywhere, names that some system refuses.

What must hold: an error names the place, the rest is built, nothing outside the folders is read or
written, nothing is waited for, and every path that is written can be had on every system.
"""

import os
import random
import re
import socket
from collections.abc import Callable
from pathlib import Path
from tempfile import gettempdir

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from briefbook.adding.sourcename import (
    free_path,
    path_of_file,
    path_of_headline,
    path_of_name,
    wrong_name,
)
from briefbook.briefing.mint import mint_path, mint_slug
from briefbook.grouping.stories import mint_story
from briefbook.publishing import urls
from briefbook.text.filenames import folded_name
from briefbook.text.naming import ORGANISATION, PERSON, PLACE, name_slug, plain_slug
from tests.conftest import FERRY, TWO, Folder, Result
from tests.torture.at_once import at_once, can_fork
from tests.torture.portable import faults, twins
from tests.tried import Tried, many

MakeSite = Callable[[str], Folder]

pytestmark = pytest.mark.skipif(not can_fork, reason="pipes, devices and forks of Linux")

SITE = """\
-- site.yaml --
title: Harbour Brief
base_url: https://harbour.example/news
publish: full
parts: [outlets, names, stories]
"""
SECRET = "what nobody may publish"
ENTRY = "briefings/ferry-runs-twice-a-day-from-june.md"
PAGE = "_site/briefings/barley-harvest-starts-early/index.html"


@pytest.fixture(scope="module", autouse=True)
def loaded(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Load what a build needs before any process is forked, so that none has to."""
    folder = Folder(tmp_path_factory.mktemp("loaded"))
    folder.write("site.yaml", SITE.split("-- site.yaml --\n")[1])
    folder.write("sources/ferry.txt", FERRY)
    folder.build()


def built(folder: Folder) -> Result:
    """Build in a process of its own: one that waits for ever is ended, and the test fails."""
    (answer,) = at_once(folder.build)
    assert "Traceback" not in answer.err + answer.out, answer.err
    return answer


# --------------------------------------------------------------------------- files that are none


def make_socket(place: Path) -> None:
    """Make a socket; its name may be longer than the system takes at once."""
    home = Path.cwd()
    os.chdir(place.parent)
    try:
        with socket.socket(socket.AF_UNIX) as one:
            one.bind(place.name)
    finally:
        os.chdir(home)


def link_out(place: Path) -> None:
    secret = Path(gettempdir(), f"secret-{os.getpid()}")
    secret.write_text(SECRET)
    place.symlink_to(secret)


def link_to_folder_out(place: Path) -> None:
    place.symlink_to("/dev")


KINDS: dict[str, Callable[[Path], object]] = {
    "a pipe": os.mkfifo,
    "a socket": make_socket,
    "a link to a device": lambda place: place.symlink_to("/dev/zero"),
    "a link to itself": lambda place: place.symlink_to(place.name),
    "a link to nowhere": lambda place: place.symlink_to("nowhere"),
    "a link to a file outside": link_out,
    "a link to a folder outside": link_to_folder_out,
}
SPECIAL = "this is a pipe or a device, not a file"
LEAVES = "this is a link that leaves {top}"
SAID = {
    "a pipe": SPECIAL,
    "a socket": SPECIAL,
    "a link to a device": LEAVES,
    "a link to itself": "it cannot be read: the links lead in a circle",
    "a link to nowhere": "there is no such file",
    "a link to a file outside": LEAVES,
    "a link to a folder outside": "this is a link to a folder, which is not followed",
}
PLACES = (
    "sources/odd.txt",
    "sources/odd.html",
    "briefings/odd.md",
    "briefings/odd.txt",
    "templates/base.html",
    "templates/pages/entry.html",
    "templates/words/en.yaml",
    "templates/assets/style.css",
    "templates/assets/more.png",
    "published.txt",
)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_no_file_is_named_and_the_rest_is_built(
    tmp_path: Path, tried: Tried, kind: str
) -> None:
    places = random.Random(kind).sample(PLACES, many(short=2, long=len(PLACES)))
    for number, place in enumerate(places):
        folder = Folder(tmp_path / str(number))
        made = SITE.split("-- site.yaml --\n")[1]
        folder.write("site.yaml", made)
        folder.write("sources/barley.txt", TWO.partition("-- sources/barley.txt --\n")[2])
        file = folder.root / place
        file.parent.mkdir(parents=True, exist_ok=True)
        KINDS[kind](file)
        answer = built(folder)
        top = f"{place.partition('/')[0]}/" if "/" in place else "the folder of the site"
        said = SAID[kind].format(top=top)
        if place == "published.txt" and kind == "a link to a folder outside":
            said = LEAVES.format(top=top)
        if place == "briefings/odd.txt" and kind != "a link to a folder outside":
            said = "this file is not read: its name does not end in .md"
        assert f"{place}: " in answer.err, (place, answer)
        assert f": {said}\n" in answer.err, (place, answer)
        if place == "published.txt":  # what was published would be unknown: nothing is built
            assert (answer.code, folder.entries()) == (2, [])
            continue
        assert folder.root.joinpath(PAGE).is_file()
        assert not any(SECRET.encode() in content for content in folder.tree("_site").values())
        assert len(folder.entries()) == 1 + (place == "briefings/odd.md")
    tried("names", "pipes, sockets, devices and links where files are read", len(places))


@pytest.mark.parametrize("kind", KINDS)
def test_a_site_yaml_that_is_no_file_builds_nothing(
    site: MakeSite, tried: Tried, kind: str
) -> None:
    folder = site(TWO)
    folder.delete("site.yaml")
    KINDS[kind](folder.root / "site.yaml")
    answer = built(folder)
    assert answer.code == 2
    assert answer.err.startswith("site.yaml: error: ")
    assert sorted(path.name for path in folder.root.iterdir() if path.name[0] != ".") == [
        "site.yaml",
        "sources",
    ]
    tried("names", "pipes, sockets, devices and links where files are read", 1)


FOLDERS = ("sources", "briefings", "templates", "_site", ".briefbook")
LEADS_NOWHERE = ("a link to itself", "a link to nowhere", "a link to a device")
PAIRS = [(name, kind) for name in FOLDERS for kind in ("a file", *KINDS)]


@pytest.mark.parametrize(
    ("name", "kind"), random.Random(1).sample(PAIRS, many(short=9, long=len(PAIRS))), ids=str
)
def test_a_folder_that_is_none_is_named(site: MakeSite, tried: Tried, kind: str, name: str) -> None:
    folder = site(SITE + TWO)
    if name == "sources":
        (folder.root / name).rename(folder.root / "elsewhere")
    if kind == "a link to a folder outside":
        (folder.root.parent / "outside").mkdir()
        (folder.root / name).symlink_to("../outside")
    elif kind == "a file":
        (folder.root / name).write_text("")
    else:
        KINDS[kind](folder.root / name)
    answer = built(folder)
    if name == ".briefbook" or kind == "a link to a folder outside":
        assert answer.err == ""  # a folder may be a link: that is the editor's own arrangement
    elif name == "_site":
        what = "a link that leads to no folder" if kind in LEADS_NOWHERE else "a file"
        assert f"/_site: error: the output folder is {what}\n" in answer.err
        assert answer.code == 2
    else:
        assert f"{name}: error: '{name}' is not a folder\n" in answer.err
        assert answer.code == 1
    tried("names", "what is no folder where folders are", 1)


@pytest.mark.parametrize("name", ["sources", "briefings", "templates", "."])
def test_a_site_is_not_written_through_a_link_into_folders_of_the_editor(
    site: MakeSite, tried: Tried, name: str
) -> None:
    folder = site(TWO + "-- briefings/.keep --\n-- templates/.keep --\n")
    (folder.root / "_site").symlink_to(name)
    before = {path.name for path in folder.root.rglob("*")}
    answer = built(folder)
    assert answer.code == 2
    assert "_site: error: the output folder " in answer.err
    assert {path.name for path in folder.root.rglob("*")} - {".briefbook", "lock"} == before
    tried("names", "links in and below _site", 1)


# --------------------------------------------------------------------------- links


def test_an_entry_that_is_a_hard_link_never_changes_the_other_name(
    site: MakeSite, tried: Tried
) -> None:
    folder = site(SITE + TWO)
    built(folder)
    outside = folder.root.parent / "outside.md"
    outside.hardlink_to(folder.root / ENTRY)
    was = outside.read_text()
    folder.write("sources/ferry.txt", FERRY + "\nThe second boat takes ninety people.\n")
    assert built(folder).code == 0
    assert outside.read_text() == was
    assert "takes ninety people" in folder.read(ENTRY)
    tried("names", "links and hard links of entries and templates", 1)


def test_a_link_to_an_entry_stays_one(site: MakeSite, tried: Tried) -> None:
    folder = site(SITE + TWO)
    built(folder)
    (folder.root / "briefings/kept").mkdir()
    (folder.root / ENTRY).rename(folder.root / "briefings/kept/ferry.txt")
    (folder.root / ENTRY).symlink_to("kept/ferry.txt")
    folder.write("sources/ferry.txt", FERRY + "\nThe second boat takes ninety people.\n")
    built(folder)
    assert (folder.root / ENTRY).is_symlink()
    assert "takes ninety people" in folder.read("briefings/kept/ferry.txt")
    tried("names", "links and hard links of entries and templates", 1)


@pytest.mark.parametrize("name", ["pages", "assets", "words", "parts"])
def test_a_folder_of_templates_that_leads_out_is_not_used(
    site: MakeSite, tried: Tried, name: str
) -> None:
    folder = site(SITE + TWO + "-- templates/.keep --\n")
    outside = folder.root.parent / "outside"
    outside.mkdir()
    for each in ("entry.html", "style.css", "en.yaml", "entry_line.html", "more.txt"):
        (outside / each).write_text(SECRET)
    (folder.root / f"templates/{name}").symlink_to(outside)
    answer = built(folder)
    assert answer.err == (
        f"templates/{name}: error: this is a link to a folder, which is not followed\n"
        "    fix: put the folder itself here\n"
    )
    assert not any(SECRET.encode() in content for content in folder.tree("_site").values())
    tried("names", "links and hard links of entries and templates", 1)


# --------------------------------------------------------------------------- names

NAMES = (
    "a" * 250,
    "\ud55c" * 83,
    "caf\u00e9",
    "cafe\u0301",
    "Ferry",
    "FERRY",
    "a\nb",
    "\x1b[31mred",
    "bytes\udcff\udcfe",
    "-rf",
    "con",
    "aux.x",
    "a:b",
    "a\\b",
    "\u202eltr",
    " ",
    "~",
    "%2e%2e",
    'a?*<>|"',
    "\u2028",
    "$(reboot)",
    "`reboot`",
    "x.",
    "x ",
    "\U00020000" * 60,
)


def put(folder: Folder, below: str, name: str, content: str) -> bool:
    """Write a file of any name; False: this disk takes none such."""
    place = os.fsencode(folder.root / below) + b"/" + os.fsencode(name)
    try:
        with open(place, "wb") as file:  # noqa: PTH123 - a Path takes no bytes
            file.write(content.encode())
    except OSError:
        return False
    return True


def test_any_name_of_a_source_an_entry_and_an_asset_can_be_read(
    site: MakeSite, tried: Tried
) -> None:
    folder = site(SITE + TWO + "-- templates/assets/.keep --\n")
    built(folder)
    entry = folder.read(ENTRY)
    for number, name in enumerate(NAMES):
        own = FERRY.replace("ferry", f"boat {number}").replace("Ferry", f"Boat {number}")
        put(folder, "sources", f"{name}.txt", f"{own}\nOnly boat {number} is number {number}.\n")
        theirs = entry.replace("slug: ferry", f"slug: own-{number}")
        theirs = theirs[: theirs.index("parsed:")].rstrip() + "\n---\nThe editor's own words.\n"
        number_in_id = f"urn:uuid:{number:08x}"
        identity = theirs.index("urn:uuid:")
        theirs = theirs[:identity] + number_in_id + theirs[identity + len(number_in_id) :]
        put(folder, "briefings", f"{name}.md", theirs)
        put(folder, "templates/assets", f"{name}.txt", name.encode("utf-8", "replace").decode())
    answer = built(folder)
    lines = answer.err.splitlines()
    assert all(
        line.startswith(("    fix: ", "sources/", "briefings/", "templates/")) for line in lines
    )
    unshown = sum("the name has characters that cannot be shown" in line for line in lines)
    assert unshown == 3 * 4, answer.err
    assert all("error" not in line or "cannot be shown" in line for line in lines), answer.err
    paths = [*folder.tree("_site"), *folder.entries()]
    given = {f"briefings/{name}.md" for name in NAMES}
    made = [path for path in paths if path not in given]
    assert [*filter(None, map(faults, made))] == []
    assert twins(folder.tree("_site")) == []
    again = built(folder)
    assert (again.code, again.err) == (answer.code, answer.err)
    tried("names", "odd names of sources, entries and assets", 3 * len(NAMES))


@pytest.mark.parametrize("top", ["sources", "briefings", "templates", "_site"])
def test_folders_deeper_than_any_path_stop_nothing(site: MakeSite, tried: Tried, top: str) -> None:
    folder = site(SITE + TWO)
    (folder.root / top).mkdir(exist_ok=True)
    home = Path.cwd()
    os.chdir(folder.root / top)
    try:
        for _ in range(20):  # of 240 bytes each, as what clears up calls itself for each
            os.mkdir("deep" * 60)  # noqa: PTH102 - one after the other, as the path is too long
            os.chdir("deep" * 60)
    finally:
        os.chdir(home)
    answer = built(folder)
    assert answer.err.count(": error: ") == (top != "_site")
    assert answer.err.count("it cannot be read: File name too long") == (top != "_site")
    assert (folder.root / PAGE).is_file()
    tried("names", "folders deeper than any path", 1)


def test_a_text_of_the_longest_name_is_replaced_and_its_former_kept(
    site: MakeSite, tmp_path: Path, tried: Tried
) -> None:
    folder = site(SITE)
    name = f"{'ferry' * 50}x"
    folder.write(f"sources/{name}.txt", FERRY)
    built(folder)
    new = tmp_path / "new.txt"
    new.write_text(f"{FERRY}\nA third boat may follow next year.\n")
    answer = folder.run("add", str(new), "--replace")
    assert (answer.code, answer.err) == (0, "")
    assert folder.read(f"sources/{name}.txt") == new.read_text()
    (former,) = (folder.root / "sources/.former").iterdir()
    assert former.read_text() == FERRY
    tried("names", "odd names of sources, entries and assets", 1)


# --------------------------------------------------------------------------- what is written

DEVICES = ("CON", "prn", "Aux.", "NUL", "com1", "LPT9", "aux.txt", "con.tar.gz", "COM\u00b9")
titles = st.one_of(
    st.text(max_size=120),
    st.text(st.characters(categories=("L", "M", "N", "P", "Z", "S")), min_size=60, max_size=400),
    st.sampled_from(DEVICES),
    st.sampled_from(NAMES),
)
TRIES = many(short=60, long=4_000)


@given(titles, titles)
@settings(max_examples=TRIES)
@example("Con", "AUX")
def test_every_name_that_is_made_of_a_title_can_be_had_everywhere(one: str, other: str) -> None:
    taken: set[str] = set()
    for title in (one, other):
        slug = mint_slug(title, "urn:uuid:12345678", taken)
        assert slug not in taken
        taken.add(slug)
        path = mint_path(slug, {"briefings/con-2.md"})
        story = mint_story("key", title, {"con-2"})
        addresses = [urls.entry(slug), urls.story(story)]
        addresses += [
            urls.subject(kind, made)
            for kind in (PERSON, ORGANISATION, PLACE)
            if (made := name_slug(kind, title))
        ]
        addresses += [urls.subject("outlet", made)] if (made := plain_slug(title)) else []
        for each in (path, *map(urls.output_path, addresses)):
            assert faults(each) == [], each
            assert each == each.casefold()
    sources: list[str] = []
    folded: set[str] = set()
    for title in (one, other, one.swapcase()):
        path = (
            path_of_file(f"{title}.txt", ".txt")
            if "/" not in title
            else path_of_headline(title, ".md")
        )
        path = free_path(path, folded)
        folded.add(folded_name(path))
        sources.append(path)
        assert faults(path) == [], path
    assert twins(sources) == []


@given(titles)
@settings(max_examples=TRIES)
@example("con.txt")
@example("harbour/aux")
@example("what?")
@example("x./y")
def test_a_name_that_an_editor_gives_is_refused_or_can_be_had_everywhere(name: str) -> None:
    if [*wrong_name(name, 1)]:
        return
    path = path_of_name(name, ".txt")
    wrong = [
        fault for fault in faults(path) if "written apart" not in fault and "longer" not in fault
    ]
    assert [fault for fault in wrong if "begins" not in fault or not name.startswith(" ")] == [], (
        path
    )


def test_names_tried_at_random(tried: Tried) -> None:
    tried("names", "names made of random titles, outlets, people and files", 2 * TRIES)


HOSTILE = """\
-- sources/{number}.txt --
{title}

By {person}, {outlet}
May {day}, 2026

{person} of {outlet} said in {place} that report {number} is new. {outlet} and {person} met there.
"""


def test_every_path_of_a_hostile_site_can_be_had_everywhere(site: MakeSite, tried: Tried) -> None:
    words = ("Con", "AUX", "Nul", "Com1", "LPT9", "prn", "Aux.txt", "con", "CON.", "nul ")
    sections = [
        HOSTILE.format(
            number=n, title=word, person=f"{word} Aux", outlet=word, place=word, day=n + 1
        )
        for n, word in enumerate(words)
    ]
    outlets = "".join(
        f"- {{name: '{word}'}}\n" for word in dict.fromkeys(w.strip(". ").casefold() for w in words)
    )
    folder = site(SITE + "outlets:\n" + outlets + "".join(sections))
    for entry in (built(folder), *folder.entries())[1:]:
        text = folder.read(str(entry))
        named = ", ".join(f'"{word}"' for word in dict.fromkeys(w.strip() for w in words))
        for key in ("people", "organisations", "places"):
            text = re.sub(rf"(?m)^{key}:.*\n", "", text)
            text = text.replace("story:", f"{key}: [{named}]\nstory:", 1)
        folder.write(str(entry), text)
    answer = built(folder)
    assert "Traceback" not in answer.err
    paths = [*folder.tree("_site"), *folder.entries()]
    assert {"places/aux-321f68/index.html", "places/con-1143da/index.html"} <= {*paths}
    assert [*filter(None, map(faults, paths))] == []
    assert twins(paths) == []
    tried("names", "paths of a site of hostile titles, outlets and names", len(paths))
