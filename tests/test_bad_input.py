"""Mistakes an editor can make: each is reported with place, what and fix; all others are built."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder

    MakeSite = Callable[[str], Folder]

TEXT = """\
Dredging begins in the outer harbour

The dredging of the outer harbour began on Monday, the port authority said.

Two ships will work in the western channel until spring.
"""
GOOD = f"-- sources/good.txt --\n{TEXT}"
GOOD_PAGE = "briefings/dredging-begins-in-the-outer-harbour/index.html"
QUOTE_IT = 'check this line; a value with ": ", " #" or quotes in it must stand in double quotes'
SAVE_AS_UTF8 = "open it in an editor and save it as UTF-8"


def header(*lines: str) -> str:
    return "\n".join(("---", *lines, "---", TEXT))


def entry(number: int, *lines: str, slug: str = "", title: str = "Wet") -> str:
    head = (
        f"id: urn:uuid:00000000-0000-5000-8000-{number:012}",
        f"slug: {slug or f'entry-{number}'}",
        f"title: {title}",
        "added: 2026-01-01T00:00:00Z",
    )
    return "\n".join(("---", *head, *lines, "---", "The quay is wet.\n"))


# path, content, expected report
ERRORS: dict[str, tuple[str, str | bytes, str]] = {
    "header that is no YAML": (
        "sources/a-yaml.txt",
        header("outlet: [Port Times"),
        "sources/a-yaml.txt:2: error: this is not valid YAML: did not find expected ',' or ']'\n"
        f"    fix: {QUOTE_IT}",
    ),
    "duplicate key in a header": (
        "sources/b-twice.txt",
        header("outlet: Port Times", "outlet: Quay News"),
        "sources/b-twice.txt:3: error: the key 'outlet' stands twice, on lines 2 and 3\n"
        "    fix: delete one of the two",
    ),
    "unknown key in a header": (
        "sources/c-key.txt",
        header("outlett: Port Times"),
        "sources/c-key.txt:2: error: unknown key 'outlett'\n"
        "    fix: did you mean 'outlet'? The keys are url, outlet, authors, published, retrieved,"
        " language, origin, topics, publish, publish_after",
    ),
    "unknown topic in a header": (
        "sources/d-topic.txt",
        header("outlet: Port Times", "topics: [prot]"),
        "sources/d-topic.txt:3: error: unknown topic 'prot'\n"
        "    fix: did you mean 'port'? If it is new, add it under topics: in site.yaml",
    ),
    "wrong types in a header": (
        "sources/e-type.txt",
        header("outlet: [Port Times]", "published: soon", "authors: {a: b}"),
        "sources/e-type.txt:2: error: 'outlet' must be a text, not a list\n"
        '    fix: write outlet: "…"\n'
        "sources/e-type.txt:3: error: 'soon' is not a date as 'published' needs it\n"
        "    fix: write published: 2026-11-21 or published: 2026-11-21T18:00:00+09:00\n"
        "sources/e-type.txt:4: error: 'authors' must be a list of texts, not a group of keys\n"
        '    fix: write authors: ["…", "…"]',
    ),
    "empty source": (
        "sources/f-empty.txt",
        "\n \n",
        "sources/f-empty.txt: error: the file is empty\n    fix: paste a text into it",
    ),
    "header without a text": (
        "sources/g-header.txt",
        "---\noutlet: Port Times\n---\n\n",
        "sources/g-header.txt:3: error: there is no text below the header\n"
        "    fix: paste the text below the header",
    ),
    "binary source": (
        "sources/h-binary.txt",
        b"\x89\x00\x01\x02",
        "sources/h-binary.txt: error: this does not look like text: it has NUL bytes\n"
        f"    fix: if it is a text, {SAVE_AS_UTF8}",
    ),
    "source in an unknown encoding": (
        "sources/i-korean.txt",
        "부산항 준설 공사가 시작되었다\n".encode("cp949") * 5,
        "sources/i-korean.txt: error: the encoding of this file is not known: it is neither UTF-8"
        f" nor Windows-1252\n    fix: {SAVE_AS_UTF8}",
    ),
    "over-long source": (
        "sources/j-long.txt",
        b"mud " * 600_000,
        "sources/j-long.txt: error: the file has 2.3 MiB, more than the limit of 2.0 MiB\n"
        "    fix: split it, or check that it is a text",
    ),
    "web page without text": (
        "sources/k-page.html",
        "<script>The quay is wet.</script>",
        "sources/k-page.html: error: the page has no text that can be seen\n"
        "    fix: save the page with its text, or copy it",
    ),
    "slug that leads out": (
        "briefings/l-slug.md",
        entry(1, slug="../../etc"),
        "briefings/l-slug.md:3: error: '../../etc' cannot be a part of an address, as 'slug' is\n"
        "    fix: use only a–z, 0–9 and single hyphens between them, at most 80 characters",
    ),
    "alias that leads out": (
        "briefings/m-alias.md",
        entry(2, "aliases: [fine, ../x]"),
        "briefings/m-alias.md:6: error: '../x' cannot be a part of an address, as 'aliases' is\n"
        "    fix: use only a–z, 0–9 and single hyphens between them, at most 80 characters",
    ),
    "id that leads out": (
        "briefings/n-id.md",
        "---\nid: ../../x\ntitle: Wet\nadded: 2026-01-01\n---\nThe quay is wet.\n",
        "briefings/n-id.md:2: error: 'id' must be a text such as"
        " urn:uuid:5b2c4f3e-5d0b-5b8e-9c57-8f3f2a1f7c11\n"
        "    fix: put the id back that the entry had",
    ),
    "unknown topic in an entry": (
        "briefings/o-topic.md",
        entry(3, "topics: [farmng]"),
        "briefings/o-topic.md:6: error: unknown topic 'farmng'\n"
        "    fix: did you mean 'farming'? If it is new, add it under topics: in site.yaml",
    ),
    "duplicate key in an entry": (
        "briefings/p-twice.md",
        entry(4, "title: Dry"),
        "briefings/p-twice.md:6: error: the key 'title' stands twice, on lines 4 and 6\n"
        "    fix: delete one of the two",
    ),
    "entry that is no YAML": (
        "briefings/q-yaml.md",
        entry(5, title='"Wet'),
        "briefings/q-yaml.md:4: error: this is not valid YAML: found unexpected end of stream\n"
        f"    fix: {QUOTE_IT}",
    ),
    "wrong types in an entry": (
        "briefings/r-type.md",
        entry(6, "published: 2026-02-30", "status: publishd", "summary: [a, b]"),
        "briefings/r-type.md:6: error: there is no such date as '2026-02-30'\n"
        "    fix: correct the date\n"
        "briefings/r-type.md:7: error: unknown status 'publishd'\n"
        "    fix: did you mean 'published'? It is one of draft, published, withdrawn, hidden\n"
        "briefings/r-type.md:8: error: 'summary' must be a text, not a list\n"
        '    fix: write summary: "…"',
    ),
    "entry without front matter": (
        "briefings/s-front.md",
        "The quay is wet.\n",
        "briefings/s-front.md:1: error: this file does not start with front matter\n"
        '    fix: start it with a line ---, then "title: …", then another line ---',
    ),
    "entry that is not UTF-8": (
        "briefings/t-bytes.md",
        entry(7).encode() + b"\xff\xfe\n",
        "briefings/t-bytes.md:8: error: this is not UTF-8 text\n    fix: save the file as UTF-8",
    ),
    "entry with two versions in it": (
        "briefings/u-conflict.md",
        entry(8) + "<<<<<<< HEAD\na\n=======\nb\n>>>>>>> theirs\n",
        "briefings/u-conflict.md:8: error: git could not merge two versions of this, 'HEAD' (line "
        "9) and 'theirs' (line 11)\n"
        "    fix: keep one of the two, or write one of both, and delete the lines <<<<<<<, ======= "
        "and >>>>>>>",
    ),
}


@pytest.mark.parametrize(("path", "content", "report"), ERRORS.values(), ids=list(ERRORS))
def test_a_mistake_is_reported_and_the_rest_is_built(
    site: "MakeSite", path: str, content: str | bytes, report: str
) -> None:
    folder = site(GOOD)
    folder.write(path, content)
    result = folder.build()
    assert result.err == f"{report}\n"
    assert result.code == 1
    assert GOOD_PAGE in folder.tree("_site")
    assert len(list((folder.root / "_site/briefings").iterdir())) == 1


def test_all_mistakes_are_reported_in_one_run(site: "MakeSite") -> None:
    folder = site(GOOD)
    for path, content, _ in ERRORS.values():
        folder.write(path, content)
    reports = sorted((path, report) for path, _, report in ERRORS.values())
    result = folder.build()
    assert result.err == "".join(f"{report}\n" for _, report in reports)
    assert result.code == 1
    assert "25 errors" in result.out
    assert GOOD_PAGE in folder.tree("_site")


def test_check_reports_what_build_reports(site: "MakeSite") -> None:
    folder = site(GOOD)
    for path, content, _ in ERRORS.values():
        folder.write(path, content)
    checked, built = folder.check(), folder.build()
    assert (checked.err, checked.code) == (built.err, built.code)


def test_of_two_equal_stored_slugs_the_later_is_left_out(site: "MakeSite") -> None:
    folder = site(GOOD)
    folder.write("briefings/a.md", entry(1, slug="wet", title="First"))
    folder.write("briefings/b.md", entry(2, slug="wet", title="Second"))
    result = folder.build()
    assert result.err == (
        "briefings/b.md:3: error: the address 'wet' also belongs to briefings/a.md\n"
        "    fix: give one of the two another slug\n"
    )
    assert result.code == 1
    assert "First" in folder.page("/briefings/wet/")


@pytest.mark.parametrize("path", ["sources/link.txt", "briefings/link.md"])
def test_a_link_out_of_the_folder_is_not_followed(
    site: "MakeSite", tmp_path: Path, path: str
) -> None:
    folder = site(GOOD)
    secret = tmp_path / "secret"
    secret.write_text(entry(1, title="The password"))
    (folder.root / "briefings").mkdir()
    (folder.root / path).symlink_to(secret)
    result = folder.build()
    top = path.partition("/")[0]
    assert result.err == (
        f"{path}: error: this is a link that leaves {top}/\n    fix: put the file itself here\n"
    )
    assert result.code == 1
    assert not any(b"The password" in content for content in folder.tree("_site").values())


def test_a_link_out_of_the_output_folder_is_not_written_through(
    site: "MakeSite", tmp_path: Path
) -> None:
    folder = site(GOOD)
    outside = tmp_path / "outside"
    outside.mkdir()
    (folder.root / "_site").mkdir()
    (folder.root / "_site/briefings").symlink_to(outside)
    result = folder.build()
    assert result.code == 1
    assert "error: a link stands where the site needs a folder" in result.err
    assert list(outside.iterdir()) == []


def test_warnings_fail_only_a_strict_run(site: "MakeSite") -> None:
    folder = site(GOOD + "-- sources/photo.png --\nnot a photo\n")
    warning = (
        "sources/photo.png: warning: this file is not read: its name ends neither in .txt nor in"
        " .md nor in .html\n    fix: rename it, or move it out of sources/\n"
    )
    for arguments, code in (((), 0), (("--strict",), 1)):
        built, checked = folder.build(*arguments), folder.check(*arguments)
        assert (built.err, built.code) == (warning, code)
        assert (checked.err, checked.code) == (warning, code)
        assert "1 warning" in built.out
        assert GOOD_PAGE in folder.tree("_site")


def test_a_misspelt_key_of_an_entry_is_a_warning_as_keys_may_be_the_editors(
    site: "MakeSite",
) -> None:
    folder = site("")
    folder.write("briefings/a.md", entry(1, "aliasses: [x]", "mood: calm"))
    result = folder.build()
    assert result.err == (
        "briefings/a.md:6: warning: the key 'aliasses' means nothing here\n"
        "    fix: did you mean 'aliases'? If it is your own, you may leave it\n"
    )
    assert result.code == 0


@pytest.mark.parametrize(
    ("settings", "report"),
    [
        pytest.param(
            "titel: Harbour Brief\nfeed_length: many\ntopics: [{slug: a b, title: A}]\n",
            "site.yaml:1: error: 'title' is missing\n"
            "    fix: add a line 'title: The name of your site'\n"
            "site.yaml:1: error: unknown key 'titel'\n"
            "    fix: did you mean 'title'? The keys are title, description, base_url, language,"
            " timezone, publish, own_outlets, feed_length, search, parts, about, id, outlets,"
            " topics\n"
            "site.yaml:2: error: 'feed_length' must be a whole number from 1 to 1000, not 'many'\n"
            "    fix: write feed_length: 1 or more\n"
            "site.yaml:3: error: 'a b' cannot be a part of an address, as 'slug' is\n"
            "    fix: use only a–z, 0–9 and single hyphens between them, at most 80 characters\n",
            id="mistakes",
        ),
        pytest.param(
            "title: [Harbour\n",
            "site.yaml:1: error: this is not valid YAML: did not find expected ',' or ']'\n"
            f"    fix: {QUOTE_IT}\n",
            id="no YAML",
        ),
        pytest.param(
            "title: A\ntitle: B\n",
            "site.yaml:2: error: the key 'title' stands twice, on lines 1 and 2\n"
            "    fix: delete one of the two\n",
            id="duplicate key",
        ),
    ],
)
@pytest.mark.parametrize("verb", ["build", "check"])
def test_a_broken_site_yaml_stops_everything(
    site: "MakeSite", settings: str, report: str, verb: str
) -> None:
    folder = site(GOOD + f"-- site.yaml --\n{settings}")
    before = folder.tree()
    result = folder.run(verb)
    assert result.err == report
    assert result.code == 2
    assert folder.tree() == before


def test_a_folder_without_site_yaml_is_no_site(site: "MakeSite") -> None:
    folder = site(GOOD)
    folder.delete("site.yaml")
    result = folder.run("build")
    assert result.err == (
        f"site.yaml: error: there is no site.yaml in {folder.root}\n"
        '    fix: make a file site.yaml with the line "title: The name of your site", or name the'
        " folder of the site with --root\n"
    )
    assert result.code == 2
    assert list(folder.tree()) == ["sources/good.txt"]


def test_a_source_of_which_nothing_is_kept_makes_no_entry(site: "MakeSite") -> None:
    folder = site(GOOD + "-- sources/junk.txt --\nLeave a Reply\n\nPost Comment\n")
    result = folder.build()
    assert result.err == (
        "sources/junk.txt: error: nothing of this text was kept, so no entry can be made of it\n"
        "    fix: look at it with 'briefbook explain', or paste the text again\n"
    )
    assert result.code == 1
    assert len(folder.entries()) == 1


def test_a_faulty_entry_keeps_its_source_and_its_address(site: "MakeSite") -> None:
    folder = site(GOOD)
    folder.build()
    (path,) = folder.entries()
    folder.edit(path, "status: published", "status: publishd")
    folder.write("sources/other.txt", TEXT + "\nA third ship arrives in June.\n")
    assert folder.build().code == 1
    made = [entry for entry in folder.entries() if entry != path]
    assert made == ["briefings/dredging-begins-in-the-outer-harbour-2.md"]
    folder.edit(path, "status: publishd", "status: published")
    assert folder.build().code == 0
    assert len(folder.entries()) == 2


def test_a_mistake_in_published_txt_is_reported_and_nothing_of_it_is_lost(
    site: "MakeSite",
) -> None:
    folder = site(GOOD + "-- published.txt --\n/briefings/old/\nnowhere\n")
    result = folder.build()
    assert (
        "published.txt:2: error: 'nowhere' is not an address of this site\n"
        "    fix: each line is an address that starts with /; delete or mend this one\n"
    ) in result.err
    assert result.code == 1
    now = folder.published()
    assert now[0] == "nowhere"
    assert {"/", "/briefings/old/", "/feed.xml"} < set(now)


def test_a_template_that_fails_stops_only_its_own_pages(site: "MakeSite") -> None:
    folder = site(GOOD + "-- templates/pages/about.html --\n<p>\n{{ page.nonsense }}\n")
    result = folder.build()
    assert result.err == (
        "templates/pages/about.html:2: error: the template failed:"
        " 'briefbook.publishing.pages.AboutPage object' has no attribute 'nonsense'\n"
        "    fix: mend the line, or delete the file to use the template that comes with the"
        " program\n"
    )
    assert result.code == 1
    assert GOOD_PAGE in folder.tree("_site")
    assert "about/index.html" not in folder.tree("_site")


@pytest.mark.parametrize("name", ["pages/about.html", "parts/feed_item.html"])
def test_a_template_that_is_no_text_is_named(site: "MakeSite", name: str) -> None:
    folder = site(GOOD)
    folder.write(f"templates/{name}", b"<p>\n\xff")
    result = folder.build()
    assert result.err == (
        f"templates/{name}:2: error: the template failed: it is not UTF-8 text\n"
        "    fix: mend the line, or delete the file to use the template that comes with the"
        " program\n"
    )
    assert result.code == 1
    assert GOOD_PAGE in folder.tree("_site")


@pytest.mark.parametrize("added", ["0206-01-01", "9999-12-31T23:59:59Z"])
def test_a_year_beyond_all_calendars_is_a_mistake(site: "MakeSite", added: str) -> None:
    folder = site(f"-- briefings/a.md --\n---\ntitle: A\nadded: {added}\n---\nThe quay is wet.\n")
    assert folder.build().err == (
        f"briefings/a.md:3: error: there is no such date as '{added}'\n    fix: correct the date\n"
    )


@pytest.mark.parametrize("crash", ["{{ 1 / 0 }}", "{{ page.title + 1 }}", "{{ page | day }}"])
def test_a_template_that_crashes_stops_only_its_own_pages(site: "MakeSite", crash: str) -> None:
    folder = site(GOOD + f"-- templates/pages/about.html --\n<p>\n{crash}\n")
    result = folder.build()
    assert result.code == 1
    assert result.err.startswith("templates/pages/about.html:2: error: the template failed: ")
    assert GOOD_PAGE in folder.tree("_site")


def test_a_language_without_words_is_told_beside_all_else(site: "MakeSite") -> None:
    folder = site(GOOD + "-- site.yaml --\ntitle: Port\nlanguage: he\nabout: '[x](/nowhere/)'\n")
    result = folder.build()
    assert "site.yaml:2: warning: there are no words in 'he'" in result.err
    assert "/nowhere/" in result.err
    assert folder.run("check", "--strict").code == 1


def test_own_words_that_cannot_be_read_are_told(site: "MakeSite") -> None:
    folder = site(GOOD + "-- templates/words/en.yaml --\ntopics: Themes\nsearch: [\n")
    result = folder.build()
    assert result.err.startswith("templates/words/en.yaml:3: error: this is not YAML: ")
    assert result.code == 1
    assert ">Topics</a>" in folder.page("/")


def test_own_words_stand_on_the_pages(site: "MakeSite") -> None:
    folder = site(GOOD + "-- templates/words/en.yaml --\ntopics: Themes & more\n")
    assert folder.build().code == 0
    assert ">Themes &amp; more</a>" in folder.page("/")
