"""What an entry says and was probably not meant so: each with its whole sentence."""

import pytest

from briefbook.briefing import KEY_ORDER, load_entry
from briefbook.problems import ProblemError, Severity

SHA = "0" * 64


def told(*lines: str, title: str = "title: Wet") -> list[str]:
    text = "\n".join(("---", title, "slug: wet", "added: 2026-01-02", *lines, "---", "Quay.\n"))
    return [str(problem).partition(".md:")[2] for problem in load_entry(text, "briefings/a.md")[1]]


def wrote(memory: str) -> str:
    return (
        "id: urn:uuid:00000000-0000-5000-8000-000000000001\n"
        f"parsed: {{source: sources/a.txt, sha256: {SHA}, parser: 1, {memory}}}"
    )


CASES = {
    "misspelt key": (
        "tittle: Dry",
        [
            "5: warning: the key 'tittle' means nothing here\n"
            "    fix: did you mean 'title'? If it is your own, you may leave it"
        ],
    ),
    "key of one's own": ("mood: calm", []),
    "alias twice": (
        "aliases: [old, dry, old]",
        ["5: warning: the alias 'old' stands twice\n    fix: take it out"],
    ),
    "alias that is the address": (
        "aliases: [wet, dry]",
        ["5: warning: the alias 'wet' is the entry's own address\n    fix: take it out"],
    ),
    "former story that is the story": (
        "story: mud\nformer_stories: [sand, mud]",
        [
            "6: warning: 'mud' is the story the entry is in, and stands among its former ones\n"
            "    fix: take it out of one of the two"
        ],
    ),
    "correction that says nothing": (
        "corrections:\n  - {date: 2026-02-01}",
        [
            "6: warning: this correction does not say what was corrected\n"
            "    fix: add its 'was', 'now' or 'why'"
        ],
    ),
    "retraction without a word": ("corrections: [{date: 2026-02-01, kind: retraction}]", []),
    "correction with a reason": ("corrections: [{date: 2026-02-01, why: mud}]", []),
    "updated before it was added": (
        "updated: 2026-01-01",
        ["5: warning: 'updated' lies before 'added'\n    fix: correct one of the two"],
    ),
    "misspelt field in what was written": (
        wrote("wrote: {titel: 51ab03c2, mood: 51ab03c2}"),
        [
            "6: warning: the key 'titel' in 'wrote' means nothing\n"
            "    fix: did you mean 'title'? Put the line back as the program wrote it"
        ],
    ),
    "misspelt key in what is remembered": (
        wrote("wrotte: {}"),
        [
            "6: warning: the key 'wrotte' in 'parsed' means nothing\n"
            "    fix: did you mean 'wrote'? Put the line back as the program wrote it"
        ],
    ),
    "damaged hash": (
        wrote("wrote: {title: 51ab}"),
        [
            "6: warning: the hash of 'title' in `parsed:` is damaged, so 'title' counts as yours\n"
            "    fix: put it back as the program wrote it, or delete it if the field is yours"
        ],
    ),
    "deleted hash": (wrote("wrote: {title: , summary: 51ab03c2}"), []),
}


@pytest.mark.parametrize(("lines", "said"), CASES.values(), ids=list(CASES))
def test_says_what_was_probably_not_meant(lines: str, said: list[str]) -> None:
    assert told(lines) == said


WRONG = ("[[a]]", "[{a: b}]", "12", "{a: b}")
# What of these is right: texts may be written as numbers, and a number may be a slug.
RIGHT = {("12", key) for key in ("slug", "title", "outlet", "origin", "date_basis", "summary")} | {
    ("12", "story"),
    ("12", "note"),
}


@pytest.mark.parametrize("value", WRONG)
@pytest.mark.parametrize("key", KEY_ORDER)
def test_no_key_takes_a_wrong_value_silently(key: str, value: str) -> None:
    if (value, key) in RIGHT:
        return
    base = {"title": "Wet", "slug": "wet", "added": "2026-01-02"} | {key: value}
    text = "\n".join(("---", *(f"{k}: {v}" for k, v in base.items()), "---", "Quay.\n"))
    with pytest.raises(ProblemError) as refused:
        load_entry(text, "briefings/a.md")
    assert any(problem.severity is Severity.ERROR for problem in refused.value.problems)


@pytest.mark.parametrize("key", KEY_ORDER)
def test_no_key_is_misspelt_silently(key: str) -> None:
    misspelt = f"{key[:-1]}x{key[-1]}"
    said = told(f"{misspelt}: x")
    assert said[0].startswith(f"5: warning: the key '{misspelt}' means nothing here\n")
