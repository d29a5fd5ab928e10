"""Briefing: `Article` <-> the files in `briefings/`, which an editor owns.

Comes in: the folder of a site, and articles. Goes out: entries with their raw texts, what belongs
to which source, and texts to write. Refuses entries with mistakes, and never writes over what an
editor changed.

A build calls, in this order: `read_entries`, `match_sources`, then `make_entry`, `update_entry` or
`move_entry` for each source, `issued_of`, `changes_between`, `draft_corrections` and `issue_entry`
for what readers are shown, and `write_entry` for what these return; to find stories again it is
`refile_entry`.
"""

from briefbook.briefing.drafts import Drafting, draft_corrections
from briefbook.briefing.entry import LoadedEntry, load_entry, merged_fields
from briefbook.briefing.folder import (
    PUBLISHED,
    list_entries,
    read_addresses,
    read_entries,
    read_entry,
    write_addresses,
    write_entry,
)
from briefbook.briefing.issued import Change, changes_between, issued_of, with_parsers_changes
from briefbook.briefing.making import (
    issue_entry,
    make_entry,
    move_entry,
    parser_fields,
    refile_entry,
    update_entry,
)
from briefbook.briefing.matching import Match, Matching, match_sources
from briefbook.briefing.merge import PARSER_FIELDS, hash_value
from briefbook.briefing.mint import numbered
from briefbook.briefing.shelf import Briefings, FaultyEntry, Outcome, gather
from briefbook.briefing.writing import KEY_ORDER, Value

__all__ = [
    "KEY_ORDER",
    "PARSER_FIELDS",
    "PUBLISHED",
    "Briefings",
    "Change",
    "Drafting",
    "FaultyEntry",
    "LoadedEntry",
    "Match",
    "Matching",
    "Outcome",
    "Value",
    "changes_between",
    "draft_corrections",
    "gather",
    "hash_value",
    "issue_entry",
    "issued_of",
    "list_entries",
    "load_entry",
    "make_entry",
    "match_sources",
    "merged_fields",
    "move_entry",
    "numbered",
    "parser_fields",
    "read_addresses",
    "read_entries",
    "read_entry",
    "refile_entry",
    "update_entry",
    "with_parsers_changes",
    "write_addresses",
    "write_entry",
]
