"""What an entry says and was probably not meant so, though it can be published.

In: the front matter of an entry and what was read of it. Out: warnings, some with their mend. A key
that is like none of ours is the editor's own, and nothing is said of it.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import fields as fields_of
from dataclasses import replace

from briefbook.briefing.frontmatter import Parts
from briefbook.briefing.mends import rename_key, set_values
from briefbook.briefing.merge import MERGED_FIELDS
from briefbook.briefing.writing import KEY_ORDER
from briefbook.model import Entry, Parsed, Publish, WrittenStatus
from briefbook.problems import Problem, warning
from briefbook.text.misspellings import meant
from briefbook.yamlfields import Fields

_HASH = re.compile(r"[0-9a-f]{8}|")  # deleted: the field is the editor's
# How alike a key must be to a known one to be mentioned. At problems.suggestion's 0.6 an editor's
# own `tags` would be taken for `status`; misspellings such as `tittle` and `alias` are above 0.75.
_MISSPELT = 0.75
# A key for the editor's own words to readers: what was noted under another name may be private.
_ONLY_TOLD = frozenset({"note"})
_WORDS = {"status": WrittenStatus, "publish": Publish}


def doubts(fields: Fields, parts: Parts, path: str, entry: Entry) -> list[Problem]:
    """Return warnings about an entry without errors, but for its keys."""
    return [
        *_idle_aliases(fields, parts, path, entry),
        *_own_story(fields, entry),
        *_early_update(fields, entry),
        *_damaged_memory(fields),
    ]


def misspelt_keys(fields: Fields, parts: Parts) -> list[Problem]:
    """Return a warning for each key that is nearly one of ours."""
    unknown = [key for key in fields.keys if key.text not in KEY_ORDER]
    found = Counter(meant(key.text, KEY_ORDER) for key in unknown)
    warnings = []
    for key in unknown:
        near = _near(key.text, KEY_ORDER)
        if not near:
            continue
        right = meant(key.text, KEY_ORDER)
        is_sure = right not in fields.lines and right not in _ONLY_TOLD and found[right] == 1
        what = f"the key '{key.text}' means nothing here"
        fix = f"did you mean '{right or near}'? If it is your own, you may leave it"
        mend = rename_key(parts, key, right) if right and is_sure else None
        warnings.append(warning(fields.place(key.text), what, fix, mend))
    return warnings


def with_mends(
    problems: Iterable[Problem], fields: Fields, parts: Parts, path: str
) -> tuple[Problem, ...]:
    """Return problems, those of a misspelt `status` or `publish` with the mend that spells it."""
    mends = {}
    for key, choices in _WORDS.items():
        word = fields.written(key)
        right = meant(word, [choice.value for choice in choices]) if word else None
        if word and right:
            did = f"'{key}' is '{right}' now, not '{word}'"
            mends[f"unknown {key} '{word}'"] = set_values(parts.text, path, {key: right}, did)
    return tuple(replace(p, mend=mends[p.what]) if p.what in mends else p for p in problems)


def _near(key: str, known: Collection[str]) -> str | None:
    import difflib  # late: only a mistake needs it

    near = difflib.get_close_matches(key.casefold(), known, n=1, cutoff=_MISSPELT)
    return near[0] if near else None


def _idle_aliases(fields: Fields, parts: Parts, path: str, entry: Entry) -> list[Problem]:
    """Return a warning for each former slug that leads nowhere else."""
    written = fields.texts("aliases") or ()
    whats = [
        f"the alias '{alias}' stands twice" for alias in entry.aliases if written.count(alias) > 1
    ]
    if entry.slug in entry.aliases:
        whats.append(f"the alias '{entry.slug}' is the entry's own address")
    if not whats:
        return []
    wanted = tuple(alias for alias in entry.aliases if alias != entry.slug)
    did = f"'aliases' is [{', '.join(wanted)}] now" if wanted else "'aliases' is gone"
    mend = set_values(parts.text, path, {"aliases": wanted or None}, did)
    place = fields.place("aliases")
    return [warning(place, what, "take it out", mend) for what in whats]


def _own_story(fields: Fields, entry: Entry) -> list[Problem]:
    if entry.story is None or entry.story not in entry.former_stories:
        return []
    what = f"'{entry.story}' is the story the entry is in, and stands among its former ones"
    return [warning(fields.place("former_stories"), what, "take it out of one of the two")]


def _early_update(fields: Fields, entry: Entry) -> list[Problem]:
    if entry.updated is None or entry.updated >= entry.added:
        return []
    what = "'updated' lies before 'added'"
    return [warning(fields.place("updated"), what, "correct one of the two")]


def _damaged_memory(fields: Fields) -> list[Problem]:
    """Return warnings about what the program remembers and somebody changed."""
    parsed = fields.group("parsed")
    if parsed is None:
        return []
    warnings = _misspelt_words(parsed, [field.name for field in fields_of(Parsed)], "parsed")
    wrote = parsed.group("wrote")
    if wrote is None:
        return warnings
    warnings += _misspelt_words(wrote, MERGED_FIELDS, "wrote")
    for key in wrote.lines:
        if key in MERGED_FIELDS and not _HASH.fullmatch(wrote.text(key) or ""):
            what = f"the hash of '{key}' in `parsed:` is damaged, so '{key}' counts as yours"
            fix = "put it back as the program wrote it, or delete it if the field is yours"
            warnings.append(warning(wrote.place(key), what, fix))
    return warnings


def _misspelt_words(group: Fields, known: Sequence[str], name: str) -> list[Problem]:
    """Return a warning for each key in a group of the program's that is nearly one of its own."""
    near = {key: _near(key, known) for key in group.lines if key not in known}
    return [
        warning(
            group.place(key),
            f"the key '{key}' in '{name}' means nothing",
            f"did you mean '{right}'? Put the line back as the program wrote it",
        )
        for key, right in near.items()
        if right
    ]
