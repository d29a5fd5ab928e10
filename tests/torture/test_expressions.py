"""Every regular expression of the package takes linear time, or is asked of a bounded text alone.

The forms of the expressions tell it (`ambiguity.py`): the short ones in every run, all by `make
torture`, where texts made from each expression are tried against the clock of the process, too.
"""

import re
import time
from random import Random

import pytest

from tests.torture.ambiguity import ambiguous
from tests.torture.attacks import attacks
from tests.torture.expressions import Expression, all_expressions, makers, ways
from tests.tried import IS_LONG, Tried, many

# What can take more, by its file and how it begins, and why no text makes it do so.
BOUNDED = {
    ("briefing/writing.py", "[A-Za-z0-9][A-Za-z0-9_./"): "asked of a whole value, from its start",
    ("checking/feeds.py", "sitemap-"): "of addresses that the program wrote",
    ("checking/pagetags.py", "<[^>]*>"): "of pages that the program wrote: each tag has an end",
    ("grouping/reportwords.py", '[.!?:\\"'): "of the last characters of a run",
    ("parsing/beside.py", "(?:\\((?:[^()]{2,50}"): "of the last 110 characters of a paragraph",
    ("parsing/bylines.py", "(?:(?<!\\s)\\s+)?(?:\\||"): "of the first 400 characters of a line",
    ("parsing/cues.py", ""): "of lines of at most as many words as a notice has",
    ("parsing/dateline.py", "^\\W{0,3}(?P<place>"): "of the first characters of a paragraph",
    ("parsing/mail.py", "\\W*(?:-{2,}"): "of the first 201 characters of a line",
    ("parsing/marks.py", "\\W{0,2}(?:[A-ZÄÖÜ]"): "of the first 120 characters of a line",
    ("parsing/metadata.py", "[\\s.,;:!)\\]]+$"): "of the first 400 characters of a credit",
    ("parsing/metadata.py", "\\b(?:www"): "of the first 400 characters of a credit",
    ("parsing/metadata.py", "\\s*\\([A-Z]"): "of the first 400 characters of a credit",
    ("parsing/naming/links.py", "([^\\W\\d_][\\w.]+)-"): "of a run of at most 300 characters",
    ("parsing/naming/runs.py", "["): "whatever follows its first letter, it matches",
    ("parsing/outlets.py", "(?<![\\w.-])(?:https?"): "of the first 400 characters of a line",
    ("parsing/repair.py", "(?:^|["): "of 80 characters before a stop",
    ("publishing/body.py", "<a("): "of tags that the program wrote, which have few attributes",
    ("publishing/compiling.py", "\\{%"): "of templates, which the owner of a site writes",
    ("publishing/public.py", "\\S+\\Z"): "of a few characters before a repair",
    ("publishing/search.py", "<section"): "of pages that the program wrote",
    ("publishing/usual.py", "(\\d+)\\. +"): "asked at the start of a line alone",
    ("reading/decode.py", "<meta"): "of the first 4,096 bytes of a page",
}
# Where expressions are made that no small site asks; in none a condition follows a repetition.
_UNRECORDED = frozenset(
    """briefing/frontmatter.py briefing/issued.py checking/fates.py explaining/reporting.py
    founding/__init__.py grouping/quantities.py parsing/cues.py parsing/metadata.py
    parsing/repair.py reading/page.py reading/statements.py storynames.py text/expressions.py
    text/markdown.py""".split()
)


def _said(expression: Expression) -> str:
    said = expression.pattern
    return said.decode("latin-1") if isinstance(said, bytes) else said


def is_bounded(expression: Expression) -> bool:
    said = _said(expression)
    files = {place.rpartition(":")[0] for place in expression.places}
    return any(file in files and said.startswith(start) for file, start in BOUNDED)


def to_judge() -> list[Expression]:
    longest = many(short=30, long=100_000)
    found = (one for one in all_expressions() if len(one.pattern) <= longest)
    return [one for one in found if not is_bounded(one)]


def test_no_expression_can_be_read_in_two_ways_again_and_again(tried: Tried) -> None:
    judged = to_judge()
    assert len(judged) > 60
    found = {
        (one.places, one.pattern, way): piece
        for one in judged
        for way in sorted(ways(one))
        if (piece := ambiguous(one.compiled, way)) is not None
    }
    assert found == {}
    tried("slow", "regular expressions of which the form shows that they are linear", len(judged))


def test_every_call_that_makes_an_expression_is_known() -> None:
    seen: dict[str, set[int]] = {}
    for one in all_expressions():
        for place in one.places:
            file, _, line = place.rpartition(":")
            seen.setdefault(file, set()).add(int(line))
    missed = {
        file
        for file, first, last in makers()
        if not any(first <= line <= last for line in seen.get(file, ()))
    }
    assert missed <= _UNRECORDED, missed - _UNRECORDED


def test_each_exception_is_of_an_expression_there_is() -> None:
    said = {
        (place.rpartition(":")[0], _said(one)) for one in all_expressions() for place in one.places
    }
    for file, start in BOUNDED:
        assert any(where == file and what.startswith(start) for where, what in said), (file, start)


@pytest.mark.parametrize(
    ("pattern", "way", "is_slow"),
    [
        (r"\s+$", "search", True),
        (r"(?<!\s)\s+$", "search", False),
        (r"\s*,\s*", "search", True),
        (r"(?:(?<!\s)\s+)?,\s*", "search", False),
        (r"a+b", "search", True),
        (r"a+b", "match", False),
        (r"(a+)+b", "match", True),
        (r"(?:x*)*y", "match", True),
        (r"(?:a|b|ab)*c", "match", True),
        (r"(?:a|ab)*c", "match", False),
        (r"<[^>]*>", "search", True),
        (r"<[^<>]*>", "search", False),
        (r"\W*[\w.+-]+@x", "match", True),
        (r"\w+\s+\w+!", "match", False),
        (r"\bfoo\w*:", "search", False),
        (r"foo\w*:", "search", True),
        (r"\s+", "search", False),
        (r"\w*\w*", "match", False),
        (r"\w*\w*", "fullmatch", True),
    ],
)
def test_the_form_of_an_expression_tells_whether_it_is_slow(
    pattern: str, way: str, is_slow: bool
) -> None:
    assert (ambiguous(re.compile(pattern), way) is not None) is is_slow


@pytest.mark.skipif(not IS_LONG, reason="takes minutes, and measures time")
@pytest.mark.parametrize("part", range(20))
def test_no_text_made_from_an_expression_makes_it_slow(part: int, tried: Tried) -> None:
    count = 0
    for one in to_judge()[part::20]:
        random = Random(repr(one.pattern))
        made = attacks(one.compiled, random, 20)
        for attack in random.sample(made, min(60, len(made))):
            for way in ways(one):
                count += 1
                if _spent(one, way, attack.text(2_000)) > 0.002:
                    small, large = (
                        min(_spent(one, way, attack.text(n)) for _ in range(3))
                        for n in (2_000, 8_000)
                    )
                    assert large < 9 * small + 0.01, (one, way, attack)
    tried("slow", "texts made to make an expression slow, with the expression", count)


def _spent(one: Expression, way: str, text: str) -> float:
    """Return the seconds of this process that an expression takes."""
    pattern = one.compiled
    given = text.encode("latin-1", "replace") if isinstance(one.pattern, bytes) else text
    start = time.process_time()
    if way == "search":
        for _ in pattern.finditer(given):
            pass
    else:
        getattr(pattern, way)(given)
    return time.process_time() - start
