"""No input is slow: work grows with a text, not with its square, and what is too much is refused.

Work is counted in lines of Python that are executed, which no other load on the machine changes.
What regular expressions do inside is not seen by that: their forms tell it, see `ambiguity.py`.
"""

import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefbook.briefing.entry import MOST_ITEMS
from briefbook.briefing.entry import MOST_LINES as BODY_LINES
from briefbook.config import MOST_TOPICS
from briefbook.parsing import parse_text
from briefbook.parsing.naming.fulls import _longest
from briefbook.publishing.bodymarks import LONGEST_BLOCK
from briefbook.reading.folder import MOST_LINES, read_source
from tests.torture.heavy import LINES, ONE_LINE, TEXTS
from tests.torture.heavydoors import FRONT
from tests.tried import Tried, many

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

ROOT = Path(__file__).parents[2]
ARTICLE = (
    "Ferry sails again in May\n\nBy Ann Marrow\nMay 3, 2026\n\nThe harbour board said on Monday"
    " that the ferry will sail again in May.\n\n{}\n\n"
    "The ferry was full on Friday, its captain said.\n"
)
# What was slower than in proportion once.
ONCE_SLOW = {
    "dates, a line each": LINES["dates, a line each"],
    "bylines, a line each": LINES["bylines, a line each"],
    "questions and answers": LINES["questions and answers"],
    "people with one given name": ONE_LINE["offices"],
}
# Characters; so many that what grows with the square is most of the work.
SIZE = 12_000


@contextmanager
def counted() -> Iterator[list[int]]:
    """Count the lines of Python that are executed."""
    count = [0]

    def trace(*_: object) -> object:
        count[0] += 1
        return trace

    before = sys.gettrace()
    sys.settrace(trace)  # type: ignore[arg-type]  # typeshed wants the exact frame types
    try:
        yield count
    finally:
        sys.settrace(before)


def work(text: str) -> int:
    """Return how much parsing a text takes."""
    with counted() as count:
        parse_text(text)
    return count[0]


@pytest.mark.parametrize("kind", ONCE_SLOW)
def test_the_work_of_parsing_does_not_grow_with_the_square(kind: str, tried: Tried) -> None:
    parse_text(ARTICLE.format(ONCE_SLOW[kind](1_000)))  # what is read once is read
    single, double = (work(ARTICLE.format(ONCE_SLOW[kind](n))) for n in (SIZE, 2 * SIZE))
    assert double < 2.5 * single, (single, double)
    tried("slow", "texts of which the work of parsing is counted at two lengths", 1)


def test_of_many_names_of_one_family_each_is_compared_with_few() -> None:
    names = [f"Ann Marrow {n}" for n in range(2_000)]
    with counted() as count:
        assert _longest([*names, "Ann Marrow"]) == names
    assert count[0] < 50 * len(names)


def test_a_line_of_dots_is_no_address() -> None:
    dots = "." * 200_000  # would take hours if each part of it was tried as an address
    assert parse_text(ARTICLE.format(f"{dots}\n\n{dots}@")).title == "Ferry sails again in May"


@pytest.mark.parametrize(
    "line",
    ["https://harbour.example/a", "(www.harbour.example)", "» ann.marrow@harbour.example «"],
)
def test_a_line_of_an_address_alone_is_dropped(line: str) -> None:
    article = parse_text(ARTICLE.format(line))
    (found,) = [one for one in article.lines if one.text == line]
    assert found.rule == "a bare address"


@pytest.mark.parametrize("line", ["www.", "Ann@", "The board wrote to a@harbour.example"])
def test_a_line_with_less_or_more_than_an_address_is_not(line: str) -> None:
    article = parse_text(ARTICLE.format(line))
    (found,) = [one for one in article.lines if one.text == line]
    assert found.rule != "a bare address"


def test_a_source_of_more_lines_than_any_article_is_refused(site: "MakeSite") -> None:
    folder = site("-- sources/good.txt --\nA pier opens\n\nThe pier opened on Monday, they said.\n")
    folder.write("sources/a.txt", "a\n\n" * MOST_LINES + "The last line.\n")
    result = folder.build()
    assert result.code == 1
    assert (
        "sources/a.txt: error: the text has 20001 lines, more than the limit of 20000\n"
        "    fix: split it, or check that it is a text\n"
    ) in result.err
    assert "/briefings/a-pier-opens/" in folder.published()


def test_a_source_of_as_many_lines_as_are_allowed_is_read(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    (tmp_path / "sources/a.txt").write_text("a\n\n" * MOST_LINES, "utf-8")
    assert len(read_source(tmp_path, "sources/a.txt").lines) == 2 * MOST_LINES


def test_a_body_of_thousands_of_headings_without_a_blank_line_is_refused(
    site: "MakeSite",
) -> None:
    folder = site(f"-- briefings/good.md --\n{FRONT.format('Good')}The pier opened.\n")
    body = "Pier\n====\n" * (LONGEST_BLOCK // 2 + 1)
    folder.write("briefings/long.md", FRONT.format("Long") + body)
    result = folder.build()
    assert result.code == 1
    assert (
        "_site/briefings/long/: error: the Markdown has more than 3000 lines without a blank one\n"
        "    fix: put a blank line between its paragraphs, lists and headings\n"
    ) in result.err
    assert "The pier opened." in folder.page("/briefings/good/")


def refusal(folder: "Folder", path: str) -> str:
    """Build, and return what is said of a file that is refused; all else is published."""
    folder.write("briefings/good.md", FRONT.format("Good") + "The pier opened.\n")
    result = folder.build()
    assert result.code == 1
    assert "The pier opened." in folder.page("/briefings/good/")
    return next(line for line in result.err.splitlines() if line.startswith(path))


def test_a_list_of_more_names_than_any_text_has_is_refused(site: "MakeSite") -> None:
    folder = site("")
    names = ", ".join(f"Ann {n}" for n in range(MOST_ITEMS + 1))
    folder.write(
        "briefings/a.md", f"---\ntitle: A\nadded: 2026-11-01\npeople: [{names}]\n---\nA.\n"
    )
    assert refusal(folder, "briefings/a.md") == (
        "briefings/a.md:4: error: 'people' has 2001 items, more than the limit of 2000"
    )


def test_a_body_of_more_lines_than_any_text_has_is_refused(site: "MakeSite") -> None:
    folder = site("")
    folder.write("briefings/a.md", FRONT.format("A") + "# a\n\n" * (BODY_LINES + 1))
    assert refusal(folder, "briefings/a.md") == (
        "briefings/a.md:5: error: the body has 40001 lines, more than the limit of 40000"
    )


def test_a_body_may_have_as_many_blank_lines_as_it_likes(site: "MakeSite") -> None:
    folder = site("")
    folder.write("briefings/a.md", FRONT.format("A") + "The quay is wet.\n" + "\n \n" * BODY_LINES)
    assert folder.build().code == 0
    assert "The quay is wet." in folder.page("/briefings/a/")


def test_a_list_nested_deeper_than_anybody_writes_is_refused_at_once(site: "MakeSite") -> None:
    folder = site("")
    folder.write("briefings/a.md", FRONT.format("A") + TEXTS["steps"](1 << 20))
    assert refusal(folder, "_site/briefings/a/") == (
        "_site/briefings/a/: error: the Markdown is nested too deeply to be read"
    )


def test_more_topics_than_any_site_has_are_refused(site: "MakeSite") -> None:
    folder = site("")
    topics = "".join(f"- {{slug: t{n}, title: T{n}}}\n" for n in range(MOST_TOPICS + 1))
    folder.write("site.yaml", f"title: T\nbase_url: https://a.example\ntopics:\n{topics}")
    result = folder.build()
    assert result.code == 2
    assert result.err.startswith(
        "site.yaml:3: error: 'topics' has 1001 items, more than the limit of 1000\n"
    )


def test_of_a_text_that_is_a_list_of_names_the_first_are_kept() -> None:
    text = ARTICLE.format(TEXTS["offices"](40_000))
    names = Counter(name.kind for name in parse_text(text).names)
    assert max(names.values()) == 200
    first, *_ = parse_text(text).names
    assert first == parse_text(ARTICLE.format(TEXTS["offices"](2_000))).names[0]


# The whole in a child process, so that what hangs is ended.
_CHILD = """
import sys
from briefbook import parse_text
from tests.torture.heavy import TEXTS
from tests.torture.test_slow import ARTICLE, as_allowed
text = TEXTS[sys.argv[1]](1 << 20)
cut = int(sys.argv[2])
if cut:
    text = chr(10).join(text[i : i + cut] for i in range(0, len(text), cut))
parse_text(as_allowed(ARTICLE.format(text)))
"""
# Seconds: twenty times what it takes, as the machine may have other things to do.
_PATIENCE = 120


def as_allowed(text: str) -> str:
    """Return as many lines of a text as a source may have."""
    lines = text.replace("\r", "\n").split("\n")
    full = [n for n, line in enumerate(lines) if line.strip()]
    return "\n".join(lines if len(full) <= MOST_LINES else lines[: full[MOST_LINES]])


@pytest.mark.parametrize("cut", [0, 70, 400], ids=["as it is", "wrapped", "in long lines"])
@pytest.mark.parametrize("kind", [*TEXTS][: many(short=0, long=len(TEXTS))])
def test_a_megabyte_of_anything_is_parsed(kind: str, cut: int, tried: Tried) -> None:
    program = [sys.executable, "-c", _CHILD, kind, str(cut)]
    subprocess.run(program, cwd=ROOT, check=True, timeout=_PATIENCE)
    tried("slow", "texts of a megabyte that are parsed", 1)
