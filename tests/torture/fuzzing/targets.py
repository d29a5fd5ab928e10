"""All that is fuzzed: what makes an input of bytes, and what must be true of it.

An input is a text; one of several parts is JSON, so that a case is a file that can be read.
"""

from collections.abc import Callable
from dataclasses import dataclass

from tests.torture.fuzzing import (
    asking,
    htmls,
    merging,
    of_files,
    of_numbers,
    of_texts,
    texts,
    yamls,
)
from tests.torture.fuzzing.draw import Draw


@dataclass(frozen=True, slots=True)
class Target:
    """One door of the program."""

    make: Callable[[Draw], str]
    check: Callable[[str], None]


TARGETS: dict[str, Target] = {
    "parse_text": Target(texts.any_text, of_texts.check_article),
    "page": Target(htmls.page, of_texts.check_page),
    "summarise": Target(texts.any_text, of_texts.check_summary),
    "find_names": Target(texts.any_text, of_texts.check_names),
    "dates": Target(texts.any_line, of_texts.check_dates),
    "numbers": Target(texts.any_line, of_numbers.check_numbers),
    "differences": Target(texts.any_text, of_numbers.check_differences),
    "source": Target(yamls.source_text, of_files.check_source),
    "header": Target(yamls.source_text, of_files.check_header),
    "entry": Target(yamls.entry_text, of_files.check_entry),
    "site_yaml": Target(yamls.site_text, of_files.check_site),
    "merge": Target(merging.make_case, merging.check_merge),
    "desk": Target(asking.make_request, asking.check_request),
    "three_way": Target(merging.make_sides, merging.check_three_way),
}
