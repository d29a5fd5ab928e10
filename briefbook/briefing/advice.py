"""What a check says of an entry that a build lets pass.

In: entries as they were read. Out: warnings with their mends.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from briefbook.briefing.entry import LoadedEntry, load_entry
from briefbook.briefing.mends import set_values
from briefbook.briefing.writing import Value
from briefbook.model import Status
from briefbook.problems import Problem, ProblemError, Severity, warning
from briefbook.text.misspellings import meant

_SHOWN = (Status.PUBLISHED, Status.WITHDRAWN)


def advise(loaded: LoadedEntry) -> tuple[Problem, ...]:
    """Say what of a published entry does not stand in its file, and moves with other things."""
    entry = loaded.entry
    if not loaded.implied or entry.status not in _SHOWN:
        return ()
    values: dict[str, Value] = {
        "id": entry.id,
        "slug": entry.slug,
        # As written there: a day is no moment, whatever the zone is called tomorrow.
        "added": entry.published or entry.added,
    }
    changes = {key: values[key] for key in loaded.implied}
    named = ", ".join(f"'{key}'" for key in changes)
    if "slug" in changes:
        instead = "the address of the entry comes from the file's name"
    elif "id" in changes:
        instead = "what feed readers know the entry by comes from its slug"
    else:
        instead = "the date of 'published' stands in for it"
    them = "it" if len(changes) == 1 else "them"
    what = f"without {named} {instead}, and changes with that"
    fix = f"add {them}, or run `briefbook check --fix`, so that it stays"
    did = f"{named} stand{'s' if them == 'it' else ''} in the file now"
    mend = set_values(loaded.text, loaded.path, changes, did)
    return (warning(loaded.place("id"), what, fix, mend),)


def mend_topics(
    loaded: LoadedEntry, problems: Iterable[Problem], known: Collection[str]
) -> list[Problem]:
    """Return what is wrong with the topics of an entry, with the mend that spells them right."""
    topics = loaded.entry.topics or ()
    right = {topic: meant(topic, known) for topic in topics if topic not in known}
    spelt = tuple(dict.fromkeys(right.get(topic) or topic for topic in topics))
    if spelt == topics:
        return list(problems)
    did = ", ".join(f"the topic '{was}' is '{now}' now" for was, now in right.items() if now)
    mend = set_values(loaded.text, loaded.path, {"topics": spelt}, did)
    return [replace(problem, mend=mend) for problem in problems]


def count_faults(text: str, path: str) -> int:
    """Return how many errors the text of an entry has."""
    try:
        load_entry(text, path)
    except ProblemError as faulty:
        return sum(problem.severity is Severity.ERROR for problem in faulty.problems)
    return 0
