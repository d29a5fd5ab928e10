"""`check --fix`: files before and after, what is said, and what is never touched."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefbook.briefing import advise, count_faults, load_entry
from briefbook.fixing import fix, mended
from briefbook.problems import Edit, Mend, Place, ProblemError, mend_to, warning
from briefbook.saving import unfinished_name

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

ID = "id: urn:uuid:00000000-0000-5000-8000-000000000001\n"
HEAD = f"---\n{ID}slug: wet\ntitle: Wet\nadded: 2026-01-02\n"
BODY = "---\nThe quay is wet.\n"
FILE = "briefings/quay.md"

# front matter before, after, and what is said
MENDS: dict[str, tuple[str, str, str]] = {
    "misspelt key": (
        f'---\n{ID}slug: wet\n# mine\ntittle:   "Wet"  # so\nadded: 2026-01-02\n',
        f'---\n{ID}slug: wet\n# mine\ntitle:   "Wet"  # so\nadded: 2026-01-02\n',
        "5: mended: the key 'tittle' is 'title' now",
    ),
    "key in another case": (
        f"{HEAD}Key-Points:\n  - One.  # first\n  - Two.\n",
        f"{HEAD}key_points:\n  - One.  # first\n  - Two.\n",
        "6: mended: the key 'Key-Points' is 'key_points' now",
    ),
    "misspelt status": (
        f"{HEAD}status: 'pubished'  # today\n",
        f"{HEAD}status: published  # today\n",
        "6: mended: 'status' is 'published' now, not 'pubished'",
    ),
    "misspelt publish": (
        f"{HEAD}publish: ful\n",
        f"{HEAD}publish: full\n",
        "6: mended: 'publish' is 'full' now, not 'ful'",
    ),
    "misspelt topic": (
        f"{HEAD}topics: [port, farmng]\nmood: calm\n",
        f"{HEAD}topics: [port, farming]\nmood: calm\n",
        "6: mended: the topic 'farmng' is 'farming' now",
    ),
    "alias twice": (
        f"{HEAD}aliases:\n  - old\n  # why\n  - old\n",
        f"{HEAD}# why\naliases: [old]\n",
        "6: mended: 'aliases' is [old] now",
    ),
    "alias that is the address": (
        f"{HEAD}aliases: [wet]\nmood: calm\n",
        f"{HEAD}mood: calm\n",
        "6: mended: 'aliases' is gone",
    ),
    "address from the file's name": (
        "---\ntitle: Wet\npublished: 2026-01-02\n",
        "---\nid: urn:uuid:52daf565-d1bd-5049-9e14-37f18ac0486c\nslug: quay\ntitle: Wet\n"
        "published: 2026-01-02\nadded: 2026-01-02\n",
        "1: mended: 'id', 'slug', 'added' stand in the file now",
    ),
    "moment from a date": (
        f"---\n{ID}slug: wet\ntitle: Wet\npublished: 2026-01-02T10:00:00+02:00\n",
        f"---\n{ID}slug: wet\ntitle: Wet\npublished: 2026-01-02T10:00:00+02:00\n"
        "added: 2026-01-02T10:00:00+02:00\n",
        "2: mended: 'added' stands in the file now",
    ),
}


@pytest.mark.parametrize(("before", "after", "said"), MENDS.values(), ids=list(MENDS))
def test_mends_what_is_safe_and_says_it(
    site: "MakeSite", before: str, after: str, said: str
) -> None:
    folder = site(f"-- {FILE} --\n{before}{BODY}")
    assert folder.check("--strict").code == 1
    assert "`briefbook check --fix` mends what of them is safe to mend\n" in folder.check().out
    result = folder.check("--strict", "--fix")
    assert folder.read(FILE) == after + BODY
    assert (result.err, result.code) == ("", 0)
    assert result.out.startswith(f"{FILE}:{said}\n")
    again = folder.check("--strict", "--fix")
    assert (again.out, again.code) == ("nothing to complain about\n", 0)
    assert folder.read(FILE) == after + BODY


def test_says_that_the_address_hangs_on_the_files_name(site: "MakeSite") -> None:
    folder = site(f"-- {FILE} --\n---\ntitle: Wet\nadded: 2026-01-02\n{BODY}")
    assert folder.check().err == (
        f"{FILE}:1: warning: without 'id', 'slug' the address of the entry comes from the file's"
        " name, and changes with that\n"
        "    fix: add them, or run `briefbook check --fix`, so that it stays\n"
    )
    assert folder.build("--strict").err == "", "a build lets it pass"


def test_says_that_the_identity_hangs_on_the_slug(site: "MakeSite") -> None:
    folder = site(f"-- {FILE} --\n---\nslug: wet\ntitle: Wet\nadded: 2026-01-02\n{BODY}")
    assert folder.check().err == (
        f"{FILE}:1: warning: without 'id' what feed readers know the entry by comes from its slug,"
        " and changes with that\n"
        "    fix: add it, or run `briefbook check --fix`, so that it stays\n"
    )


def test_says_that_the_day_of_adding_hangs_on_another(site: "MakeSite") -> None:
    folder = site(f"-- {FILE} --\n---\n{ID}slug: wet\ntitle: Wet\npublished: 2026-01-02\n{BODY}")
    assert folder.check().err == (
        f"{FILE}:2: warning: without 'added' the date of 'published' stands in for it, and changes"
        " with that\n"
        "    fix: add it, or run `briefbook check --fix`, so that it stays\n"
    )


UNTOUCHED = {
    "key of one's own": f"{HEAD}mood: calm\n",
    "more of a known key": f"{HEAD}notes: call the harbour master\n",
    "a word that was put aside": f"{HEAD}note2: call\n_note: call\n",
    "what readers would be shown first": f"{HEAD}noote: call\n",
    "the right key is there too": f"{HEAD}tittle: Dry\n",
    "two keys mean the same": f"{HEAD}sumary: Dry\nsummery: Wet\n",
    "two words are as near": f"{HEAD}publishd: 2026-01-01\n",
    "more than a slip of the hand": f"{HEAD}status: out\n",
    "a key whose value would leave the entry out": f"{HEAD}statsu: out\n",
    "front matter in braces": "---\n{title: Wet, slug: wet, added: 2026-01-01}\n",
    "a mistake in the YAML": f"{HEAD}tittle: [\n",
    "a key that stands twice": f"{HEAD}title: Dry\naliases: [wet]\n",
    "a story twice": f"{HEAD}story: mud\nformer_stories: [mud]\n",
    "a draft": "---\ntitle: Wet\nadded: 2026-01-01\nstatus: draft\n",
}


@pytest.mark.parametrize("front", UNTOUCHED.values(), ids=list(UNTOUCHED))
def test_what_is_not_safe_is_only_said(site: "MakeSite", front: str) -> None:
    folder = site(f"-- {FILE} --\n{front}{BODY}")
    checked = folder.check()
    before = folder.tree()
    fixed = folder.check("--fix")
    assert (fixed.err, fixed.code) == (checked.err, checked.code)
    assert "mended" not in fixed.out
    assert folder.tree() == before


def test_a_mend_changes_nothing_else_of_a_file(site: "MakeSite") -> None:
    folder = site("")
    front = "sumary:  |\n  Mud.  \n\nmood: 'calm'  # mine\naliases: [a, a]\n"
    text = f"\ufeff{HEAD}tiitle: x\n{front}{BODY}"
    folder.write(FILE, text.replace("\n", "\r\n"))
    assert folder.check("--fix").code == 0
    mended = text.replace("sumary", "summary").replace("[a, a]", "[a]").replace("\n", "\r\n")
    assert folder.read(FILE) == mended


def test_a_header_of_a_source_is_never_mended(site: "MakeSite") -> None:
    folder = site("-- sources/a.txt --\n---\noutlett: Port Times\n---\nThe quay is wet.\n")
    before = folder.tree()
    result = folder.check("--fix")
    assert result.err.startswith("sources/a.txt:2: error: unknown key 'outlett'\n")
    assert (result.out, result.code) == ("1 error\n", 1)
    assert folder.tree() == before


def test_a_broken_site_yaml_mends_nothing(site: "MakeSite") -> None:
    folder = site(f"-- site.yaml --\ntitel: A\n-- {FILE} --\n{HEAD}sumary: Mud.\n{BODY}")
    before = folder.tree()
    assert folder.check("--fix").code == 2
    assert folder.tree() == before


def test_what_readers_see_stays_the_same(site: "MakeSite") -> None:
    folder = site(f"-- {FILE} --\n---\ntitle: Wet\npublished: 2026-01-02\naliases: [a, a]\n{BODY}")
    folder.build()
    before = folder.tree("_site")
    assert folder.check("--fix").code == 0
    folder.build()
    assert folder.tree("_site") == before
    (folder.root / FILE).rename(folder.root / "briefings/renamed.md")
    folder.build()
    assert folder.tree("_site") == before


def test_an_entry_that_the_next_build_writes_anyway_waits_for_it(site: "MakeSite") -> None:
    folder = site("-- sources/a.txt --\nThe quay\n\nThe quay is wet, the port said.\n\nIt dries.\n")
    folder.build()
    (path,) = folder.entries()
    folder.edit(path, "\nstatus: ", "\ntopics: [prot]\nmood: calm\nstatus: ")
    folder.edit("sources/a.txt", "It dries.", "It dries in May.")
    before = folder.read(path)
    assert "mended" not in folder.check("--fix").out
    assert folder.read(path) == before
    folder.build()
    assert folder.check("--fix").out.startswith(f"{path}:")
    assert "topics: [port]" in folder.read(path)


PUBLISHED = "published.txt"


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        pytest.param(
            "/about/\n\n/search/\n",
            "/about/\n/search/\n",
            "2: warning: this line is blank",
            id="blank",
        ),
        pytest.param(
            "/about/\n/about/\n/search/",
            "/about/\n/search/\n",
            "2: warning: the address /about/ stands twice",
            id="twice",
        ),
        pytest.param(
            "# ours\n/search/\n# why\n/about/\n",
            "# ours\n# why\n/about/\n/search/\n",
            "4: warning: the address /about/ is not in its place: the list is sorted",
            id="order",
        ),
        pytest.param(
            "\ufeff/search/\r\n/about/\r\n",
            "\ufeff/about/\r\n/search/\r\n",
            "2: warning: the address /about/ is not in its place: the list is sorted",
            id="line ends and byte order mark",
        ),
    ],
)
def test_the_list_of_addresses_is_sorted(
    site: "MakeSite", before: str, after: str, said: str
) -> None:
    folder = site("")
    folder.write(PUBLISHED, before)
    assert folder.check().err == (
        f"{PUBLISHED}:{said}\n    fix: sort the lines and take out what stands twice, or run"
        " `briefbook check --fix`\n"
    )
    result = folder.check("--fix")
    line = said.partition(":")[0]
    assert result.out == (
        f"{PUBLISHED}:{line}: mended: the addresses are sorted now, each once\n"
        "nothing to complain about\n"
    )
    assert folder.read(PUBLISHED) == after
    folder.build()
    assert folder.check().err == ""


@pytest.mark.parametrize("text", ["", "/about/\n/search/", "# a\n/about/\n# b\n/search/\r\n"])
def test_a_sorted_list_of_addresses_is_left_alone(site: "MakeSite", text: str) -> None:
    folder = site("")
    folder.write(PUBLISHED, text)
    assert (folder.check("--fix").err, folder.read(PUBLISHED)) == ("", text)


def test_a_list_with_lines_that_are_no_addresses_is_not_sorted(site: "MakeSite") -> None:
    folder = site("")
    text = "/search/\nharbour.example\n/about/\n"
    folder.write(PUBLISHED, text)
    assert folder.check("--fix").code == 1
    assert folder.read(PUBLISHED) == text


def test_a_file_that_changed_meanwhile_is_left_as_it_is(site: "MakeSite") -> None:
    folder = site(f"-- {FILE} --\n{HEAD}{BODY}")
    mend = mend_to("as it was", "as it is", "what")
    fixed = fix(folder.root, [warning(Place(FILE), "what", "fix", mend)])
    assert fixed.done == ()
    assert [str(problem) for problem in fixed.problems] == [
        f"{FILE}: error: the file was changed while the program was working, and is left as it is\n"
        "    fix: run the same command again"
    ]
    assert folder.read(FILE) == HEAD + BODY


def test_what_cannot_be_written_is_said(site: "MakeSite") -> None:
    folder = site(f"-- {FILE} --\n{HEAD}sumary: Mud.\n{BODY}")
    (folder.root / "briefings" / unfinished_name("quay.md")).mkdir()
    result = folder.check("--fix")
    assert result.err.startswith(f"{FILE}: error: it cannot be written: ")
    assert result.code == 1
    assert "sumary" in folder.read(FILE)


@pytest.mark.parametrize(
    ("was", "now", "edit"),
    [
        ("abc", "abc", Edit(3, 3, "")),
        ("abc", "aXc", Edit(1, 2, "X")),
        ("aa", "aaa", Edit(2, 2, "a")),
        ("aaa", "aa", Edit(2, 3, "")),
        ("", "x", Edit(0, 0, "x")),
        ("abab", "ab", Edit(2, 4, "")),
    ],
)
def test_a_mend_holds_only_what_differs(was: str, now: str, edit: Edit) -> None:
    assert mend_to(was, now, "").edit == edit
    assert was[: edit.start] + edit.now + was[edit.end :] == now


_LISTS = ("[a, a] # c", "[ wet, 'a' ]", "\n  - a\n  # c\n  - a", "\n- a # c\n- a", "wet", "|\n wet")
_WORDS = ("publishd", "'drafft' # c", ">-\n  publishd", "\n  pubished", "out", "[draft]")
_KEYS = (
    *("sumary: |\n  a\n\n  b", "? sumary\n: x", "'sumary': x", "sumary:", "sumary: [a"),
    *("Key-Points:\n - a", "tittle: x", "notes: x", "author: Ann"),
)
_ALWAYS = st.sampled_from(["title: Wet", "# c", "mood: calm", f"{ID}slug: wet", "slug: wet"])
_lines = (
    _ALWAYS
    | st.sampled_from(["added: 2026-01-01", "published: 2026-01-01", *_KEYS])
    | st.sampled_from(_LISTS).map("aliases: {}".format)
    | st.sampled_from(_WORDS).map("status: {}".format)
)


def _mends(text: str) -> list[Mend]:
    try:
        loaded, problems = load_entry(text, FILE)
    except ProblemError as faulty:
        problems = faulty.problems
    else:
        problems = (*problems, *advise(loaded))
    return list(dict.fromkeys(problem.mend for problem in problems if problem.mend))


@given(st.lists(_lines, max_size=8, unique=True), st.sampled_from(["\n", "\r\n"]))
def test_mending_ends_and_keeps_what_it_does_not_mend(lines: list[str], end: str) -> None:
    text = "\n".join(("---", *lines, BODY)).replace("\n", end)
    now = text
    for _ in range(5):
        was, faults = now, count_faults(now, FILE)
        now, made = mended(FILE, was, _mends(was))
        assert bool(made) == (now != was)
        assert count_faults(now, FILE) <= faults
        assert now.count("# c") == text.count("# c")
        assert now.count("mood: calm") == text.count("mood: calm")
        assert now.endswith(BODY.replace("\n", end))
    assert mended(FILE, now, _mends(now)) == (now, [])


def test_done_is_said_to_github_before_all_else(site: "MakeSite") -> None:
    folder = site(f"-- {FILE} --\n{HEAD}sumary: Mud.\nnotes: x\n{BODY}")
    assert folder.check("--fix", "--format", "github").out == (
        f"{FILE}:6: mended: the key 'sumary' is 'summary' now\n"
        f"::warning file={FILE},line=7,title=Briefbook::{FILE}:7: the key 'notes' means nothing"
        " here%0Afix: did you mean 'note'? If it is your own, you may leave it\n1 warning\n"
    )
