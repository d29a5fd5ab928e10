from briefbook.briefing import load_entry
from briefbook.briefing.shelf import FaultyEntry, Outcome, gather, hold

ID = "urn:uuid:5b2c4f3e-5d0b-5b8e-9c57-8f3f2a1f7c1"


def one(name: str, *lines: str) -> Outcome:
    given = {line.split(":")[0] for line in lines}
    base = {"added": "added: 2026-11-21", "slug": f"slug: {name}"}
    kept = (line for key, line in base.items() if key not in given)
    text = "\n".join(["---", f"title: {name}", *lines, *kept, "---", "Body.", ""])
    loaded, warnings = load_entry(text, f"briefings/{name}.md")
    return Outcome(found=loaded, problems=warnings)


def test_orders_entries_by_arrival() -> None:
    shelf, problems = gather(
        [
            one("c", "added: 2026-11-22"),
            one("b", "published: 2025-04-24"),
            one("a", "published: 2025-04-25"),
            one("d", "published: 2025-04-24"),
        ]
    )
    assert [loaded.entry.slug for loaded in shelf.entries] == ["b", "d", "a", "c"]
    assert problems == ()


def test_leaves_out_the_later_of_two_that_claim_the_same() -> None:
    shelf, problems = gather(
        [
            one("a", f"id: {ID}1", "aliases: [old]"),
            one("b", "slug: a", "added: 2026-11-22"),
            one("c", "slug: old", "added: 2026-11-22"),
            one("d", "aliases: [new, a]", "added: 2026-11-22"),
            one("e", f"id: {ID}1", "added: 2026-11-22"),
            one("f", "slug: new", "added: 2026-11-23"),
        ]
    )
    assert [loaded.entry.slug for loaded in shelf.entries] == ["a", "new"]
    assert [str(problem) for problem in problems] == [
        "briefings/b.md:3: error: the address 'a' also belongs to briefings/a.md\n"
        "    fix: give one of the two another slug",
        "briefings/c.md:3: error: the address 'old' also belongs to briefings/a.md\n"
        "    fix: give one of the two another slug",
        "briefings/d.md:3: error: the alias 'a' also belongs to briefings/a.md\n"
        "    fix: take it out of one of the two",
        "briefings/e.md:3: error: the id is also that of briefings/a.md\n"
        "    fix: delete the line id: in the entry that is the copy, and its line parsed: too",
    ]


def test_one_text_that_two_editors_added_becomes_one_entry_again() -> None:
    """Without its id the other one would come to subscribers as one more."""
    parsed = f"parsed: {{source: sources/{{}}.txt, sha256: {'0' * 64}, parser: 3, wrote: {{}}}}"
    first = one("a", f"id: {ID}1", parsed.replace("{}", "a", 1))
    later = one(
        "b", f"id: {ID}1", parsed.replace("{}", "b", 1), "aliases: [c]", "added: 2026-11-22"
    )
    _, (problem,) = gather([later, first])
    assert str(problem) == (
        "briefings/b.md:3: error: the id is also that of briefings/a.md\n"
        "    fix: one text was added twice: delete this file, move what you wrote in it to the"
        " other, and add `aliases: [b, c]` there"
    )


def test_what_is_left_out_still_holds_its_address() -> None:
    outcomes = [one("a", "aliases: [old]"), one("b", "slug: a", f"id: {ID}2")]
    shelf, _ = gather(outcomes, ("briefings/a.md",))
    slugs, ids = shelf.taken_slugs(), shelf.taken_ids()
    assert [slug for slug in ("a", "old", "b") if slug in slugs] == ["a", "old"]
    assert f"{ID}2" in ids
    assert f"{ID}9" not in ids
    assert shelf.paths == ("briefings/a.md",)


def test_finds_out_what_a_broken_file_was_about() -> None:
    text = f"""\
---
id: {ID}3
slug: deal
title: "broken
<<<<<<< HEAD
parsed: {{source: "sources/a b.txt", sha256: {"0" * 64}, parser: 3, wrote: {{}}}}
=======
parsed: {{source: sources/c.txt, sha256: {"1" * 64}, parser: 3, wrote: {{}}}}
>>>>>>> other
---
"""
    assert hold("briefings/x.md", text) == FaultyEntry(
        path="briefings/x.md",
        sources=frozenset({"sources/a b.txt", "sources/c.txt"}),
        hashes=frozenset({"0" * 64, "1" * 64}),
        slugs=frozenset({"deal"}),
        ids=frozenset({f"{ID}3"}),
    )
