"""Identities and addresses of new entries: minted once, from content and title, never again.

Pure, and without clock or chance: the same source in an empty site gets the same id and slug.
"""

import re
import uuid
from collections.abc import Callable, Container

from briefbook.text.filenames import is_device

# Made up once for this program. It must never change: ids of handwritten entries hang on it.
NAMESPACE = uuid.UUID("6d0f3c1e-5d0b-5b8e-9c57-8f3f2a1f7c11")

LONGEST_MINTED = 60  # characters; an address still readable in a message, with room for "-2"

_APOSTROPHES = re.compile("['’‘ʼ`´′＇]")
_MOST_READ = 400  # characters of a title that can matter for a slug of 60


def mint_id(seed: str, taken: Container[str] = ()) -> str:
    """Make an id, `urn:uuid:…`, from the SHA-256 of a source.

    An id can be taken although the content is new: by an entry whose source had this content once.
    """
    number, minted = 1, f"urn:uuid:{uuid.uuid5(NAMESPACE, seed)}"
    while minted in taken:
        number += 1
        minted = f"urn:uuid:{uuid.uuid5(NAMESPACE, f'{seed}-{number}')}"
    return minted


def slug_from(text: str, otherwise: str) -> str:
    """Make a slug of a title: ASCII, at most LONGEST_MINTED characters, cut between words.

    Other scripts are transliterated. `otherwise` stands in when nothing is left.
    """
    from slugify import slugify  # brings a table of all scripts along

    # Without this, ' and ’ give different slugs: south-korea-s and south-koreas.
    readable = _APOSTROPHES.sub("", text[:_MOST_READ])
    made = slugify(readable, max_length=LONGEST_MINTED, word_boundary=True, save_order=True)
    # No file of such a name can be checked out on Windows.
    return f"{made}-2" if is_device(made) else made or otherwise


def mint_slug(title: str, identity: str, taken: Container[str]) -> str:
    """Make the slug of a new entry.

    Args:
        title: Its headline.
        identity: Its id, whose first 8 digits stand in for a title of symbols only.
        taken: All slugs and aliases there are; a collision gets -2, -3 …
    """
    base = slug_from(title, identity.removeprefix("urn:uuid:")[:8])
    return numbered(base, lambda slug: slug in taken)


def mint_path(slug: str, taken: Container[str]) -> str:
    """Make the path of a new entry: no file has it yet, whatever the case of its letters.

    Args:
        slug: The slug of the entry.
        taken: The paths of all files in `briefings/`, as `str.casefold` makes them: there may be
            ten thousand, and as many new entries.
    """
    return f"briefings/{numbered(slug, lambda name: f'briefings/{name}.md' in taken)}.md"


def numbered(base: str, is_taken: Callable[[str], bool]) -> str:
    """Return the first of base, base-2, base-3 … that is free."""
    number, name = 1, base
    while is_taken(name):
        number += 1
        name = f"{base}-{number}"
    return name
