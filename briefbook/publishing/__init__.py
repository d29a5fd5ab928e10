"""Publishing: what is known of entries and stories -> files of a site -> disk.

`public_entry` decides what of an entry may be shown, `publisher_of` answers what stands at each
address, `write_site` puts files on the disk; `search` makes the index of the finished pages, in
steps. `bundled` is where the templates that come along lie, `languages` whose words serve a
language. Other rooms use nothing else.
"""

from typing import TYPE_CHECKING

from briefbook.doors import door
from briefbook.publishing import urls
from briefbook.publishing.folders import (
    bundled,
    read_assets,
    read_own,
    read_words,
    templates_mark,
)
from briefbook.publishing.lasting import KNOWN
from briefbook.publishing.parts import is_made
from briefbook.publishing.planned import Made, Planned
from briefbook.publishing.public import is_full, public_entry, shown_body, source_record
from briefbook.publishing.search_files import FOLDER as SEARCH_FOLDER
from briefbook.publishing.search_files import NO_INDEX, SearchIndex
from briefbook.publishing.urls import (
    address_of,
    is_site_map,
    kind,
    output_path,
    path_of,
    published_entries,
    published_stories,
    subject_at,
)
from briefbook.publishing.urls import entry as entry_address
from briefbook.publishing.urls import story as story_address
from briefbook.publishing.words import languages
from briefbook.publishing.write import (
    Noted,
    OutputFolder,
    WriteReport,
    read_written,
    refuse_project,
    write_site,
)

if TYPE_CHECKING:
    from briefbook.publishing.contents import (
        Contents,
        Given,
        entry_rows,
        published_rows,
        story_rows,
    )
    from briefbook.publishing.making import (
        Publisher,
        ToPrint,
        address_rows,
        finished,
        made_rows,
        press_of,
        problems_of,
        publisher_of,
    )
    from briefbook.publishing.planning import PLACED, addresses_of, fixed_addresses
    from briefbook.publishing.press import COMPILED, Press, forget_kept
    from briefbook.publishing.search import bare, make_index, make_library, make_shard, shards_of
    from briefbook.publishing.search_index import Summary, merged, merged_blocks, starts, summary
    from briefbook.publishing.search_shard import Library, Word, words_in
    from briefbook.publishing.subjects import outlets_among, owned_rows, slug_rows, subject_rows
else:
    # What makes pages takes longer to load than all else about a small site, and is not always
    # needed; nor is what makes the search index.
    __getattr__ = door(
        __name__,
        {
            "contents": ("Contents", "Given", "entry_rows", "published_rows", "story_rows"),
            "making": (
                "Publisher",
                "ToPrint",
                "address_rows",
                "finished",
                "made_rows",
                "press_of",
                "problems_of",
                "publisher_of",
            ),
            "planning": ("PLACED", "addresses_of", "fixed_addresses"),
            "press": ("COMPILED", "Press", "forget_kept"),
            "search": ("bare", "make_index", "make_library", "make_shard", "shards_of"),
            "search_index": ("Summary", "merged", "merged_blocks", "starts", "summary"),
            "search_shard": ("Library", "Word", "words_in"),
            "subjects": ("outlets_among", "owned_rows", "slug_rows", "subject_rows"),
        },
    )

__all__ = [
    "COMPILED",
    "KNOWN",
    "NO_INDEX",
    "PLACED",
    "SEARCH_FOLDER",
    "Contents",
    "Given",
    "Library",
    "Made",
    "Noted",
    "OutputFolder",
    "Planned",
    "Press",
    "Publisher",
    "SearchIndex",
    "Summary",
    "ToPrint",
    "Word",
    "WriteReport",
    "address_of",
    "address_rows",
    "addresses_of",
    "bare",
    "bundled",
    "entry_address",
    "entry_rows",
    "finished",
    "fixed_addresses",
    "forget_kept",
    "is_full",
    "is_made",
    "is_site_map",
    "kind",
    "languages",
    "made_rows",
    "make_index",
    "make_library",
    "make_shard",
    "merged",
    "merged_blocks",
    "outlets_among",
    "output_path",
    "owned_rows",
    "path_of",
    "press_of",
    "problems_of",
    "public_entry",
    "published_entries",
    "published_rows",
    "published_stories",
    "publisher_of",
    "read_assets",
    "read_own",
    "read_words",
    "read_written",
    "refuse_project",
    "shards_of",
    "shown_body",
    "slug_rows",
    "source_record",
    "starts",
    "story_address",
    "story_rows",
    "subject_at",
    "subject_rows",
    "summary",
    "templates_mark",
    "twin_file",
    "words_in",
    "write_site",
]


def twin_file(slug: str) -> str:
    """Return the file inside the output folder that says for programs what an entry says."""
    return urls.output_path(urls.twin(urls.entry(slug)))
