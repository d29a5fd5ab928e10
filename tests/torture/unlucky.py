"""A small site with all that a site can have, and the commands that write to it."""

import hashlib
import json
import os
import re
import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

from briefbook.briefing import hash_value, load_entry
from briefbook.parsing import PARSER
from briefbook.remembering import FOLDER
from tests.conftest import Folder
from tests.torture.breaking import NOW, Breaking, Ended, Luck

SITE = """\
title: Harbour Brief
base_url: https://harbour.example/news
timezone: Asia/Seoul
publish: full
search: false
topics:
- {slug: port, title: The port, words: [harbour, ferry, quay]}
- {slug: farming, title: Farming, words: [barley, harvest]}
outlets:
- {name: Harbour Post, note: A local paper.}
"""
SOURCES = {
    "sources/ferry.txt": """\
Night ferry returns to the northern route

By Nora Quill, Harbour Post
May 1, 2026

The night ferry Aurora will sail again from 3 May between Ostby and Vesterhavn, Nordlin said.

Tickets for the night ferry Aurora cost 18 crowns and go on sale at the end of the month in Ostby.
""",
    "sources/deep/aurora.txt": """\
Nordlin brings night ferry Aurora back to Vesterhavn

May 2, 2026

Nordlin lets the night ferry Aurora sail between Ostby and Vesterhavn again from 3 May.

The night ferry carries 90 cars, and tickets cost 18 crowns in Ostby.
""",
    "sources/barley.txt": """\
Barley prices fall at every market

By Tom Okafor, Field Gazette
June 20, 2026

Barley fell to 9 crowns a sack on Monday after a wet spring, traders at the grain markets said.

Nobody there expects a better harvest.
""",
}
BY_HAND = """\
---
id: urn:uuid:00000000-0000-5000-8000-000000000001
slug: quay
title: The quay is wet
added: 2026-06-01T10:00:00Z
aliases: [old-quay]
people: [Nora Quill, Tom Okafor]
corrections: [{date: 2026-06-02, was: "dry", now: "wet", why: "a slip"}]
---
The quay is wet, said Nora Quill.
"""
DRAFT = """\
---
id: urn:uuid:00000000-0000-5000-8000-000000000002
slug: lamps
title: Lamps for the quay
added: 2026-06-03T10:00:00Z
status: draft
people: [Nora Quill]
---
The quay gets lamps.
"""
LATE = """\
Grain traders ask for a new silo

July 2, 2026

Traders asked the town of Ostby for a new silo at the quay on Thursday. It would hold 800 sacks.
"""
FERRY = "briefings/night-ferry-returns-to-the-northern-route.md"
AURORA = "briefings/nordlin-brings-night-ferry-aurora-back-to-vesterhavn.md"
BARLEY = "briefings/barley-prices-fall-at-every-market.md"
QUAY, LAMPS = "briefings/quay.md", "briefings/lamps.md"


@dataclass(frozen=True, slots=True, kw_only=True)
class Verb:
    """A command, and the site it is run in."""

    name: str
    before: Callable[[Folder], None]  # brings the site there, without bad luck
    arguments: tuple[str, ...]  # as typed, without --root; "desk" and a form for the desk

    def typed(self, root: Path) -> list[str]:
        """Return the whole command."""
        if self.arguments[0] == "desk":
            return [*self.arguments]
        named = [one.replace("ROOT", str(root)) for one in self.arguments]
        return [*named, "--root", str(root)]


def new_site(folder: Folder) -> None:
    """Make the site, not built yet."""
    folder.write("site.yaml", SITE)
    for path, text in (SOURCES | {QUAY: BY_HAND, LAMPS: DRAFT}).items():
        folder.write(path, text)


def built_site(folder: Folder) -> None:
    """Make the site and build it."""
    new_site(folder)
    result = folder.build("--jobs", "1")
    assert result.code == 0, result
    # What was written a moment ago may be written again at the same moment of the disk's clock.
    for path in sorted(folder.root.rglob("*")):
        if FOLDER not in path.parts and "_site" not in path.parts and path.is_file():
            os.utime(path, ns=(1_790_000_000_000_000_000, 1_790_000_000_000_000_000))
    result = folder.build("--jobs", "1")
    assert result.code == 0, result


def edited_site(folder: Folder) -> None:
    """Make the site, build it, and change what an editor may change."""
    built_site(folder)
    folder.write("sources/silo.txt", LATE)
    folder.edit("sources/barley.txt", "a better harvest", "a better harvest in the north")
    folder.edit(FERRY, "slug: night-ferry-returns-to-the-northern-route", "slug: night-ferry")
    folder.edit(LAMPS, "status: draft\n", "")
    folder.edit(QUAY, "slug: quay", "slug: wet-quay")
    folder.edit(QUAY, "aliases: [old-quay]", "aliases: [old-quay, quay]")
    folder.edit(AURORA, "status: published", "status: withdrawn\nnote: It was not so.")
    folder.write("templates/pages/about.html", ABOUT)


ABOUT = "{% extends 'base.html' %}{% block main %}<h1>We</h1>{% endblock %}\n"


def offered(folder: Folder) -> None:
    """Make the site, build it, and have a text ready to be added."""
    built_site(folder)
    folder.write("silo.txt", LATE)


def changed_elsewhere(folder: Folder) -> None:
    """Make the site, build it, and have a text and a page ready to take the place of others."""
    built_site(folder)
    text = SOURCES["sources/barley.txt"]
    folder.write("barley.txt", text.replace("9 crowns", "8 crowns").replace("wet", "rainy"))
    folder.write("barley.html", PAGE)


PAGE = """\
<!doctype html><html lang=en><head><title>Barley prices fall at every market</title></head>
<body><main><article><h1>Barley prices fall at every market</h1>
<p>By Tom Okafor, Field Gazette</p><p>June 20, 2026</p>
<p>Barley fell to 8 crowns a sack on Monday after a wet spring, traders at the grain markets said.
</p><p>Nobody there expects a better harvest, and the traders ask for help from the town.</p>
</article></main></body></html>
"""


def misspelt(folder: Folder) -> None:
    """Make the site, build it, and make mistakes that the program can mend."""
    built_site(folder)
    folder.edit(QUAY, "people: [", "poeple: [")
    folder.edit(LAMPS, "status: draft", "status: drafft")
    folder.edit(AURORA, "\n---\n", "\naliases: [a, a]\n---\n")
    folder.write(
        "published.txt", "".join(sorted(folder.read("published.txt").splitlines(True))[::-1])
    )


def misfiled(folder: Folder) -> None:
    """Make the site, build it, and let entries look as an older program filed them."""
    built_site(folder)
    for path, story in ((FERRY, "old-boats"), (AURORA, "two-boats"), (BARLEY, "old-boats")):
        text = folder.read(path)
        was = load_entry(text, path)[0].entry.story
        assert was is not None
        text = text.replace(f"\nstory: {was}\n", f"\nstory: {story}\n")
        now = f'story: "{hash_value(story)}"'
        text, count = re.subn(rf'\bstory: "?{hash_value(was)}"?', now, text)
        assert count == 1
        folder.write(path, text)


def outdated(folder: Folder) -> None:
    """Make the site, build it, and let entries look as an older parser wrote them."""
    built_site(folder)
    for path in (FERRY, AURORA, BARLEY):
        folder.edit(path, f"parser: {PARSER}", "parser: 1")


FORM = {
    "act": "set",
    "entry": "night-ferry-returns-to-the-northern-route",
    "field": "title",
    "value": "The night ferry returns",
}
BUILD = ("build", "--now", NOW, "--jobs", "1")
VERBS = {
    verb.name: verb
    for verb in (
        Verb(name="build at first", before=new_site, arguments=BUILD),
        Verb(name="build", before=edited_site, arguments=BUILD),
        Verb(name="add", before=offered, arguments=("add", "ROOT/silo.txt", "--now", NOW)),
        Verb(
            name="add --replace",
            before=changed_elsewhere,
            arguments=("add", "ROOT/barley.txt", "--replace", "--now", NOW),
        ),
        Verb(
            name="add --replace with a page",
            before=changed_elsewhere,
            arguments=("add", "ROOT/barley.html", "--replace", "--now", NOW),
        ),
        Verb(name="check --fix", before=misspelt, arguments=("check", "--fix", "--now", NOW)),
        Verb(name="refile", before=misfiled, arguments=("refile", "--write")),
        Verb(name="reparse", before=outdated, arguments=("reparse", "--write")),
        Verb(name="desk", before=built_site, arguments=("desk", json.dumps(FORM))),
    )
}


NOTES = "_site/.briefbook-files"
# What runs that are killed may leave behind, until the next build.
_UNFINISHED = re.compile(r"(^|/)\.briefbook-([0-9a-f]{16}\.new|[0-9a-f-]{50}\.out|part-[0-9]+)$")


class Trial:
    """One command on one site: undisturbed, and then disturbed as often as wanted."""

    def __init__(
        self, breaking: Breaking, place: Path, verb: Verb, beside: Path | None = None
    ) -> None:
        """Begin.

        Args:
            breaking: Runs the command.
            place: Where the site stands.
            verb: The command.
            beside: Where copies of it stand.
        """
        self.verb = verb
        self._breaking = breaking
        self._place = place
        self._beside = beside or place
        self._clean: dict[bytes, tuple[dict[str, bytes], int]] = {}
        self.site = Folder(place / "site")
        shutil.rmtree(self.site.root, ignore_errors=True)
        verb.before(self.site)
        self._start = Folder(self._beside / "start")
        copy(self.site.root, self._start.root)
        self.before = self.site.tree()
        ended = self.run(Luck())
        assert ended.code == 0, ended.said
        self.operations = ended.operations
        self.seconds = ended.seconds
        self.after = self.site.tree()
        self._build()
        self.built = self.site.tree()  # what all comes to

    def disturb(self, luck: Luck) -> Ended:
        """Run the command on the site as it was, with bad luck."""
        self.begin_again()
        return self.run(luck)

    def begin_again(self) -> None:
        """Have the site as it was."""
        copy(self._start.root, self.site.root)

    def run(self, luck: Luck) -> Ended:
        """Run the command on the site as it is."""
        return self._breaking.run(self.verb.typed(self.site.root), self.site.root, luck)

    def torn(self) -> list[str]:
        """Return the files that are neither as they were nor as they would be.

        What the program notes of what it writes may name files of both.
        """
        tree = self.site.tree()
        now = {path: each for path, each in tree.items() if not is_unfinished(path)}
        paths = sorted(self.before.keys() | self.after.keys() | now.keys())
        return [
            path
            for path in paths
            if path != NOTES and now.get(path) not in (self.before.get(path), self.after.get(path))
        ]

    def lost(self) -> list[str]:
        """Return the files of the editor that are torn, and of the site those that are not whole.

        What cannot be read or written is left out, so a page may be one that it never is otherwise.
        """
        tree = self.site.tree()
        return [path for path in self.torn() if not self._is_fine(path, tree.get(path))]

    def _is_fine(self, path: str, content: bytes | None) -> bool:
        if path == "published.txt":
            return self._is_list(content or b"")
        # A new entry may be in another story, where a source that was to be its first was not read.
        is_ours = path.startswith("_site/") or path not in self.before
        return is_ours and (content is None or _is_whole(path, content))

    def _is_list(self, content: bytes) -> bool:
        """Tell whether no address that was published is missing, and none is cut off."""
        was, now = self.before.get("published.txt", b""), content.splitlines(keepends=True)
        wanted = {*was.splitlines(keepends=True), *self.built["published.txt"].splitlines(True)}
        return {*was.splitlines(keepends=True)} <= {*now} <= wanted

    def unfinished(self) -> list[str]:
        """Return the files that are not whole and nobody writes any more."""
        return [path for path in self.site.tree() if is_unfinished(path)]

    def unmended(self) -> list[str]:
        """Build, and return the files that a build of nothing but the inputs would make others."""
        clean, code = self._clean_build()
        self._build(code)
        return differing(clean, self.site.tree())

    def undone(self) -> list[str]:
        """Give the command again, and build; return the files that are others than undisturbed."""
        self.run(Luck())
        self._build()
        return differing(self.built, self.site.tree())

    def _build(self, code: int = 0) -> None:
        result = self.site.build("--jobs", "1")
        assert result.code == code, result

    def _clean_build(self) -> tuple[dict[str, bytes], int]:
        inputs = {
            path: each
            for path, each in self.site.tree().items()
            if not path.startswith("_site/") and not is_unfinished(path)
        }
        mark = hashlib.sha256(repr(sorted(inputs.items())).encode()).digest()
        if mark not in self._clean:
            clean = Folder(self._beside / "clean")
            shutil.rmtree(clean.root, ignore_errors=True)
            for path, each in inputs.items():
                clean.write(path, each)
            result = clean.build("--jobs", "1")
            self._clean[mark] = clean.tree(), result.code
        return self._clean[mark]


def copy(folder: Path, to: Path) -> None:
    """Have a folder at another place too, with the same times of change, and nothing else there."""
    shutil.rmtree(to, ignore_errors=True)
    shutil.copytree(folder, to, symlinks=True)


def _is_whole(path: str, content: bytes) -> bool:
    kind = path.rpartition(".")[2]
    if kind == "md":
        return load_entry(content.decode(), path)[1] == ()
    if kind == "json":
        return bool(json.loads(content))
    if kind in ("xml", "atom", "opml"):
        return bool(ElementTree.fromstring(content).tag)
    return content.endswith((b"</html>\n", b"\n"))


def is_unfinished(path: str) -> bool:
    """Tell whether a file is one that was not whole yet when its run was killed."""
    return bool(_UNFINISHED.search(path))


def differing(one: Mapping[str, bytes], other: Mapping[str, bytes]) -> list[str]:
    """Return the paths of files that two trees do not have alike."""
    paths = sorted(one.keys() | other.keys())
    return [path for path in paths if one.get(path) != other.get(path)]
