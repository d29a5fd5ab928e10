"""Briefing: `Article` <-> the files in `briefings/`, which an editor owns.

Comes in: the folder of a site, and articles. Goes out: entries with their raw texts, what belongs
to which source, and texts to write. Refuses entries with mistakes, and never writes over what an
editor changed.

A build calls, in this order: `read_entries`, `match_sources`, then `make_entry`, `update_entry` or
`move_entry` for each source, `issued_of`, `changes_between`, `untold`, `draft_corrections` and
`issue_entry` for what readers are shown, and `write_entry` for what these return; to find stories
again it is `refile_entry`. What an editor does to an entry without a text editor is `edit_entry`,
for fields and body, `edit_corrections`, and `with_override`, for single lines of its source.
`check_written` tells which fields are not what they are said to be. A check asks `advise` and
`tidy_addresses` for more.
"""

from typing import TYPE_CHECKING

from briefbook.briefing.entry import LoadedEntry, load_entry, merged_fields
from briefbook.briefing.folder import (
    BRIEFINGS,
    PUBLISHED,
    EntryReading,
    gather_readings,
    look_at_entries,
    look_at_list,
    read_addresses,
    read_anew,
    read_entries,
    read_entry,
    tidy_addresses,
    write_addresses,
    write_entry,
    written_file,
)
from briefbook.briefing.frontmatter import replace as rewrite_front_matter
from briefbook.briefing.likeness import Likeness, find_like
from briefbook.briefing.matching import Match, Matching, match_sources
from briefbook.briefing.merge import PARSER_FIELDS, hash_value
from briefbook.briefing.mint import mint_id, numbered, slug_from
from briefbook.briefing.overrides import is_up_to_date, override_value, overrides_hash
from briefbook.briefing.shelf import (
    NOBODY,
    Briefings,
    FaultyEntry,
    OtherEntry,
    Others,
    Outcome,
    Taken,
    gather,
    slugs_of,
)
from briefbook.briefing.writing import KEY_ORDER, Value, key_lines
from briefbook.doors import door

if TYPE_CHECKING:
    from briefbook.briefing.acting import (
        edit_corrections,
        edit_entry,
        with_override,
        without_override,
    )
    from briefbook.briefing.advice import advise, count_faults, mend_topics
    from briefbook.briefing.drafts import Drafting, draft_corrections, untold
    from briefbook.briefing.issued import (
        Change,
        changes_between,
        issued_of,
        with_parsers_changes,
    )
    from briefbook.briefing.making import (
        issue_entry,
        make_entry,
        move_entry,
        parser_fields,
        refile_entry,
        return_field,
        update_entry,
        with_seen_body,
    )
    from briefbook.briefing.written import check_written
else:
    # What makes entries and changes them is not for one that an editor keeps.
    __getattr__ = door(
        __name__,
        {
            "acting": ("edit_corrections", "edit_entry", "with_override", "without_override"),
            "advice": ("advise", "count_faults", "mend_topics"),
            "drafts": ("Drafting", "draft_corrections", "untold"),
            "issued": ("Change", "changes_between", "issued_of", "with_parsers_changes"),
            "making": (
                "issue_entry",
                "make_entry",
                "move_entry",
                "parser_fields",
                "refile_entry",
                "return_field",
                "update_entry",
                "with_seen_body",
            ),
            "written": ("check_written",),
        },
    )

__all__ = [
    "BRIEFINGS",
    "KEY_ORDER",
    "NOBODY",
    "PARSER_FIELDS",
    "PUBLISHED",
    "Briefings",
    "Change",
    "Drafting",
    "EntryReading",
    "FaultyEntry",
    "Likeness",
    "LoadedEntry",
    "Match",
    "Matching",
    "OtherEntry",
    "Others",
    "Outcome",
    "Taken",
    "Value",
    "advise",
    "changes_between",
    "check_written",
    "count_faults",
    "draft_corrections",
    "edit_corrections",
    "edit_entry",
    "find_like",
    "gather",
    "gather_readings",
    "hash_value",
    "is_up_to_date",
    "issue_entry",
    "issued_of",
    "key_lines",
    "load_entry",
    "look_at_entries",
    "look_at_list",
    "make_entry",
    "match_sources",
    "mend_topics",
    "merged_fields",
    "mint_id",
    "move_entry",
    "numbered",
    "override_value",
    "overrides_hash",
    "parser_fields",
    "read_addresses",
    "read_anew",
    "read_entries",
    "read_entry",
    "refile_entry",
    "return_field",
    "rewrite_front_matter",
    "slug_from",
    "slugs_of",
    "tidy_addresses",
    "untold",
    "update_entry",
    "with_override",
    "with_parsers_changes",
    "with_seen_body",
    "without_override",
    "write_addresses",
    "write_entry",
    "written_file",
]
