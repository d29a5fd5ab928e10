"""Changes of an entry file that are safe to make without asking its editor.

In: the text of an entry and what is wrong with it. Out: mends. Safe is a word that was plainly
meant to be another, and to write down what holds anyway; no word is dropped, and nothing that an
editor wrote for readers changes.
"""

from collections.abc import Mapping

from briefbook.briefing.frontmatter import Parts
from briefbook.briefing.frontmatter import replace as rewritten
from briefbook.briefing.writing import Value
from briefbook.problems import Edit, Mend, ProblemError, mend_to
from briefbook.yamlfields import ScalarNode


def rename_key(parts: Parts, key: ScalarNode, now: str) -> Mend:
    """Return the mend that gives a key of the front matter another name."""
    edit = Edit(parts.start + key.start, parts.start + key.end, now)
    return Mend(text=parts.text, edit=edit, did=f"the key '{key.text}' is '{now}' now")


def set_values(text: str, path: str, changes: Mapping[str, Value | None], did: str) -> Mend | None:
    """Return the mend that gives keys of the front matter other values.

    None where the front matter cannot be rewritten, as when it is written in braces.
    """
    try:
        return mend_to(text, rewritten(text, changes, path=path), did)
    except ProblemError:
        return None
