"""Proving: all that must be true of an entry and of the record of its source, asked in one place.

Joins briefing and checking for `entries.py`. The record is held against the source alone, so that
a mistake of the parser is found; then the entry is held against the record.
"""

from collections.abc import Sequence

from briefbook import briefing
from briefbook.checking.fates import check_body, check_fates, check_repairs
from briefbook.checking.trace import check_trace
from briefbook.model import Article, Entry, SourceFile, TracedSentence
from briefbook.parsing import PARSER
from briefbook.problems import Problem


def prove(
    entry: Entry, source: SourceFile, article: Article, sentences: Sequence[TracedSentence]
) -> tuple[Problem, ...]:
    """Report what is not true of an entry or of the record of its source.

    Args:
        entry: The entry.
        source: Its source, with its text.
        article: The record: what the parser makes of the source, told the overrides of the entry.
        sentences: Those of the entry, traced in the record.
    """
    untraced = {each.field for each in sentences if each.lines is None}
    return (
        *check_fates(source, article),
        *check_repairs(source, article),
        *check_body(source, article),
        *check_trace(entry, sentences),
        *briefing.check_written(entry, source, article, parser=PARSER, but=untraced),
    )
