"""Written: whether what an entry says the program wrote is what the program makes of its source.

In: an entry, its source and what the parser makes of that now. Out: a problem for each field that
is still the parser's and says something else. An entry of another parser, or of another text, may.
"""

from collections.abc import Collection

from briefbook.briefing.making import parser_fields
from briefbook.briefing.merge import PARSER_FIELDS, hash_value
from briefbook.briefing.overrides import is_up_to_date
from briefbook.model import Article, Entry, SourceFile
from briefbook.problems import Problem, ProblemError, error


def check_written(
    entry: Entry, source: SourceFile, article: Article, *, parser: int, but: Collection[str] = ()
) -> tuple[Problem, ...]:
    """Report the fields of the parser that the parser did not write.

    Args:
        entry: The entry.
        source: Its source.
        article: What the parser makes of that, told the overrides of the entry.
        parser: Version of the parser.
        but: Fields of which something is reported already.
    """
    parsed = entry.parsed
    if parsed is None or parsed.parser != parser or not is_up_to_date(entry, source.sha256):
        return ()
    try:
        told = parser_fields(source, article, story=None)
    except ProblemError as refused:
        return refused.problems
    known = {*but, *entry.edited, "story"}  # what files entries in stories is not the parser
    if article.language is None:
        known.add("language")  # that of the site, when the entry was made
    return tuple(
        error(
            entry.place,
            f"{field}: this is not what the program makes of the source, though the entry says"
            " that the program wrote it",
            "put back what the program wrote ('briefbook explain' shows it), or delete the hash of"
            " the field in `parsed:` to make it yours",
        )
        for field in PARSER_FIELDS
        if field not in known
        and parsed.wrote.get(field) != (hash_value(told[field]) if field in told else None)
    )
