"""What must be true after each build of a year, and what is written down of it.

Asked after each build: every address ever published answers; `published.txt` loses no line; the
feeds of all formats agree; a guid belongs to one entry, correction or day for ever, and these to
it; nothing but what was broken knowingly is called an error. Asked now and then: what editors set
by hand is there, the site is that of a clean build, `check` finds nothing, newsboat has no item
twice, and the build state is no larger than the entries are many.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Self

from briefbook.build import Built
from briefbook.checks import check
from briefbook.model import Fate
from briefbook.options import Options
from briefbook.problems import Problem, Severity
from briefbook.publishing import urls
from briefbook.remembering import FOLDER
from tests.torture.newsroom import PUBLISHED, Newsroom
from tests.torture.yearacts import BODY, CONFIRMED, DISMISSED, LAST
from tests.torture.yearreaders import Newsboat, Reader, Shown, items_of, parsed_by_another
from tests.torture.yearshelf import Kept, Shelf, front

RSS, ATOM, JSON = "feed.xml", "feed.atom", "feed.json"
_LEADS = re.compile(r'http-equiv="refresh" content="0; url=([^"]+)"')


@dataclass(frozen=True, slots=True, kw_only=True)
class Rhythm:
    """After how many builds what takes long is asked."""

    whole: int  # the site against a clean build, with all that `check` finds
    facts: int
    newsboat: int  # 0: never
    feeds: int  # feedparser

    @classmethod
    def of_a_week(cls) -> Self:
        """Return how often in a week, at whose end all is asked."""
        return cls(whole=1000, facts=3, newsboat=0, feeds=4)


class Yearbook:
    """All that was ever seen of a site. It can be pickled."""

    def __init__(self, base: Path, rhythm: Rhythm) -> None:
        self.base, self.rhythm = base, rhythm
        self.published: set[str] = set()
        self.readers: dict[str, Reader] = {}  # by address of the feed
        self.owners: dict[str, tuple[str, ...]] = {}  # guid -> whose it is, for ever
        self.guids: dict[tuple[str, ...], str] = {}  # the other way round
        self.seen_by_newsboat: set[str] = set()
        self.sizes: list[tuple[int, int, int]] = []  # day, entries, bytes of the build state
        self.seconds: list[float] = []  # CPU of each build
        self.counts: Counter[str] = Counter()
        self.builds = 0
        self.entries_at: dict[str, str] = {}  # id of the entry, by slug, former ones too
        self._clock = time.process_time()

    def watch(self, room: Newsroom, built: Built) -> None:
        """Ask for all that must be true after a build."""
        self.builds += 1
        entries = Shelf(room.root).all() if self.builds % self.rhythm.facts == 0 else None
        self._no_errors(room, built.problems)
        self._addresses(room)
        self._feeds(room)
        self._state(room, built)
        if entries is not None:
            self._facts(room, entries)
        if self.builds % self.rhythm.whole == 0 or self.builds == 12:
            self._whole(room)
        if self.rhythm.newsboat and self.builds % self.rhythm.newsboat == 0:
            self._newsboat(room)

    # ------------------------------------------------------------------ problems and addresses

    def _no_errors(self, room: Newsroom, problems: Iterable[Problem]) -> None:
        errors = [one for one in problems if one.severity is Severity.ERROR]
        unknown = [str(one) for one in errors if not self._is_known(room, one)]
        assert unknown == [], "\n".join(unknown)

    @staticmethod
    def _is_known(room: Newsroom, error: Problem) -> bool:
        # While marks of git stand somewhere, what belongs together is apart.
        return error.place.path in room.broken or len(room.broken - {PUBLISHED}) > 0

    def _addresses(self, room: Newsroom) -> None:
        lines = set((room.root / PUBLISHED).read_text("utf-8").split())
        lines = {line for line in lines if line.startswith("/")}
        assert self.published <= lines, sorted(self.published - lines)[:5]
        self.published = lines
        site = room.root / "_site"
        silent = [line for line in lines if not _answers(site, line)]
        assert silent == [], sorted(silent)[:5]
        self.counts["addresses asked"] += len(lines)

    # ------------------------------------------------------------------ feeds

    def _feeds(self, room: Newsroom) -> None:
        base = room.settings["base_url"]
        self.entries_at = _entries_at(room)
        for address in sorted(line for line in self.published if line.endswith(f"/{RSS}")):
            site = room.root / "_site"
            folder = (site / address[1:]).parent
            items = items_of(folder / RSS, base)
            for other in (ATOM, JSON):
                if (folder / other).exists():
                    same = items_of(folder / other, base)
                    assert [one.guid for one in same] == [one.guid for one in items], folder
            reader = self.readers.setdefault(address, Reader())
            self.counts["items shown to subscribers"] += len(reader.read(items))
            self.counts["feeds read"] += 1
            for item in items:
                self._belongs(address, item, folder)
            if self.builds % self.rhythm.feeds == 0:
                assert parsed_by_another(folder / RSS) == reader.last

    def _belongs(self, address: str, item: Shown, folder: Path) -> None:
        """Ask that an item is whose it always was, and that this has no other item."""
        owner = self._owner(address, item)
        assert self.owners.setdefault(item.guid, owner) == owner, (address, item, owner)
        if owner[0] != "retraction":
            was = self.guids.setdefault(owner, item.guid)
            assert was == item.guid, (address, item, owner, was)

    def _owner(self, address: str, item: Shown) -> tuple[str, ...]:
        if day := urls.edition_at(item.path):
            return ("edition", day.isoformat())
        slug = urls.slug_at(item.path, urls.ENTRIES)
        entry = self.entries_at.get(slug or "")
        assert entry, (address, item)
        if item.guid == entry:
            return ("entry", entry)
        # What was corrected never becomes another; of a retraction the reason may come later.
        is_told = item.title.startswith("Correction: ")
        return ("correction", entry, item.summary) if is_told else ("retraction", entry)

    def _newsboat(self, room: Newsroom) -> None:
        newsboat = Newsboat(self.base / "newsboat")
        feeds = [each for each in sorted(self.readers) if each.startswith(("/feed", "/e", "/c"))]
        feeds += sorted(each for each in self.readers if each.startswith("/topics/"))[:3]
        newsboat.reload(f"file://{room.root / '_site' / each[1:]}" for each in feeds)
        for address in feeds:
            self.seen_by_newsboat |= set(self.readers[address].last)
        assert newsboat.guids() == sorted(self.seen_by_newsboat)
        self.counts["items in newsboat"] = len(self.seen_by_newsboat)

    # ------------------------------------------------------------------ the editors' work

    def _facts(self, room: Newsroom, entries: list[Kept]) -> None:
        """Ask that all that was ever set by hand stands there."""
        paths = {one.id: one.path for one in entries}
        for name, facts in room.mina.facts.items():
            path = paths.get(name)
            assert path, (name, facts)
            text = room.mina.shelf.text(path)
            said = front(text)
            for key, value in facts.items():
                _holds(path, text, said, key, value)
                self.counts["edits found again"] += 1

    # ------------------------------------------------------------------ the whole

    def _whole(self, room: Newsroom) -> None:
        """Ask that the site is that of a clean build, and that `check` has nothing to say."""
        made = check(room.root, Options(now=room.now))
        self._no_errors(room, made.problems)
        site = room.root / "_site"
        files = {file.path: file.content for file in made.files}
        kept = {
            path.relative_to(site).as_posix(): path.read_bytes()
            for path in site.rglob("*")
            if path.is_file() and path.name != ".briefbook-files"
        }
        others = sorted(path for path in files.keys() | kept if files.get(path) != kept.get(path))
        assert others == [], others[:5]
        self.counts["files compared with a clean build"] += len(files)
        for article in made.articles.values():
            assert all(isinstance(line.fate, Fate) for line in article.lines)
        stories = Counter(one.story for one in Shelf(room.root).all())
        most = stories.most_common(1)[0][1]
        self.counts["entries of the largest story"] = most

    def _state(self, room: Newsroom, built: Built) -> None:
        folder = room.root / FOLDER
        names = sorted(file.name for file in folder.iterdir())
        assert set(names) <= {"state.sqlite", "started", "lock"}, names
        size = state_size(room.root)
        self.sizes.append((room.number, built.prepared.published, size))
        now = time.process_time()
        self.seconds.append(now - self._clock)

    def close(self, room: Newsroom) -> None:
        """Ask for everything once more, at the end."""
        self._facts(room, Shelf(room.root).all())
        self._whole(room)

    def begin_day(self) -> None:
        self._clock = time.process_time()


def _answers(site: Path, address: str) -> bool:
    """Tell whether something stands at an address, or where it leads."""
    file = site / urls.output_path(address)
    if not file.is_file() or file.stat().st_size == 0:
        return False
    if not address.endswith("/") or file.stat().st_size > 6000:
        return True
    leads = _LEADS.search(file.read_text("utf-8"))
    return not leads or (file.parent / leads[1] / "index.html").resolve().is_file()


def _entries_at(room: Newsroom) -> dict[str, str]:
    """Return the id of the entry behind each slug, the former ones too."""
    found: dict[str, str] = {}
    for one in room.mina.shelf.all():
        for slug in (one.slug, *one.aliases):
            found[slug] = one.id
    return found


def _holds(path: str, text: str, said: dict[str, Any], key: str, value: Any) -> None:
    corrections = [each for each in said.get("corrections") or () if isinstance(each, dict)]
    if key == BODY:
        missing = [line for line in value if line not in text]
        assert missing == [], (path, missing)
    elif key == LAST:
        assert value in text, (path, value)
    elif key == CONFIRMED:
        whys = [each.get("why") for each in corrections]
        assert set(value) <= set(whys), (path, value, whys)
    elif key == DISMISSED:
        drafts = [
            (each.get("field"), str(each.get("was")), str(each.get("now")))
            for each in corrections
            if each.get("draft")
        ]
        assert not set(value) & set(drafts), (path, value, drafts)
    else:
        assert said.get(key) == value, (path, key, value, said.get(key))


def state_size(root: Path) -> int:
    """Return the bytes of the build state."""
    return sum(file.stat().st_size for file in (root / FOLDER).iterdir())
