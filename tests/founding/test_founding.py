"""The verb new-site: a folder that builds at once, and what it refuses."""

import re
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import yaml

from briefbook import __version__
from briefbook.cli import VERBS
from briefbook.config import SITE_KEYS, read_site
from briefbook.founding import SHIPPED
from briefbook.publishing import bundled

if TYPE_CHECKING:
    from tests.conftest import Folder, Result

    MakeSite = Callable[[str], Folder]
    Command = Callable[..., Result]

FILES = {
    ".gitattributes",
    ".github/workflows/intake.yml",
    ".github/workflows/publish.yml",
    ".gitignore",
    "README.md",
    "briefings/.gitkeep",
    "published.txt",
    "requirements.txt",
    "site.yaml",
    "sources/a-sample-text.txt",
    "templates/README.md",
}
ENTRY = "briefings/second-ferry-for-the-northern-islands.md"


@pytest.fixture
def new_site(site: "MakeSite", command: "Command", tmp_path: Path) -> Callable[..., "Folder"]:
    """Makes a new site with the options given."""
    folder = site("")
    shutil.rmtree(folder.root)

    def make(*options: str) -> "Folder":
        result = command("new-site", str(folder.root), *options)
        assert (result.err, result.code) == ("", 0)
        return folder

    return make


def test_a_new_site_has_all_an_editor_starts_from(new_site: Callable[..., "Folder"]) -> None:
    folder = new_site()
    assert set(folder.tree()) == FILES
    assert folder.read("requirements.txt").endswith(f"\nbriefbook=={__version__}\n")
    assert folder.read(".gitignore").split("\n")[1:] == ["/_site/", "/.briefbook/", ""]
    assert "published.txt merge=union\n" in folder.read(".gitattributes")


def test_every_shipped_file_is_used(new_site: Callable[..., "Folder"]) -> None:
    """And no mark is left in any."""
    folder = new_site()
    names = [file.name for file in SHIPPED.rglob("*") if file.is_file()]
    assert sorted(names) == sorted(
        Path(path).name.removeprefix(".") for path in FILES - {"briefings/.gitkeep"}
    )
    assert not [path for path, content in folder.tree().items() if re.search(rb"@\w+@", content)]


def test_a_new_site_builds_and_checks_clean_at_once(new_site: Callable[..., "Folder"]) -> None:
    folder = new_site()
    checked = folder.check("--strict")
    assert (checked.out, checked.err, checked.code) == ("nothing to complain about\n", "", 0)
    built = folder.build("--strict")
    assert (built.err, built.code) == ("", 0)
    assert folder.entries() == [ENTRY]
    assert "review:" not in folder.read(ENTRY)
    assert "Second ferry for the northern islands" in folder.page("/topics/harbours/")


def test_the_second_build_of_a_new_site_changes_nothing(new_site: Callable[..., "Folder"]) -> None:
    folder = new_site()
    folder.build()
    before, times = folder.tree(), folder.times()
    assert folder.build("--frozen", "--strict", now="2027-01-01T00:00:00Z").code == 0
    assert (folder.tree(), folder.times()) == (before, times)


def test_the_options_are_the_settings(new_site: Callable[..., "Folder"]) -> None:
    folder = new_site(
        *("--title", "Harbour News", "--language", "ko", "--timezone", "Asia/Seoul"),
        *("--base-url", "https://harbour.example/news/"),
    )
    settings, problems = read_site(folder.root)
    assert settings is not None
    assert problems == ()
    assert (settings.title, settings.language) == ("Harbour News", "ko")
    assert (settings.timezone, settings.base_url) == ("Asia/Seoul", "https://harbour.example/news")
    assert folder.check("--strict").code == 0
    assert folder.read("README.md").startswith("# Harbour News\n")


@pytest.mark.parametrize(
    "title",
    [
        'A "quoted": title #1',
        "@language@ and @title@",
        "on",
        "- item",
        "한강 브리핑",
        "<script>alert(1)</script>",
        "back\\slash",
        "{{ 7 * 7 }} ${{ secrets.GITHUB_TOKEN }}",
    ],
)
def test_any_title_stays_as_it_was_given(new_site: Callable[..., "Folder"], title: str) -> None:
    folder = new_site("--title", title)
    assert yaml.safe_load(folder.read("site.yaml"))["title"] == title
    settings, _ = read_site(folder.root)
    assert settings is not None
    assert settings.title == title
    assert folder.check("--strict").code == 0


def test_a_language_without_words_gets_them_to_translate(
    command: "Command", site: "MakeSite"
) -> None:
    folder = site("")
    folder.delete("site.yaml")
    result = command("new-site", str(folder.root), "--language", "nb")
    assert "There are no words in 'nb' yet: translate templates/words/nb.yaml\n" in result.out
    assert folder.check("--strict").code == 0
    words = folder.read("templates/words/nb.yaml")
    assert all(not line or line.startswith("#") for line in words.split("\n"))
    folder.edit("templates/words/nb.yaml", "# front_page: Front page", "front_page: Forside")
    folder.build()
    assert "Forside" in folder.page("/")
    uncommented = re.sub(r"^# (?=[a-z_]+:|  )", "", words, flags=re.MULTILINE)
    english = yaml.safe_load((bundled() / "words/en.yaml").read_text("utf-8"))
    assert yaml.safe_load(uncommented).items() >= english.items()


def test_a_folder_that_is_not_empty_is_refused_and_named(
    site: "MakeSite", command: "Command"
) -> None:
    folder = site("".join(f"-- notes/{n}.txt --\nx\n-- {n}.md --\nx\n" for n in range(6)))
    before = folder.tree()
    result = command("new-site", str(folder.root))
    assert (result.out, result.code) == ("", 2)
    assert result.err == (
        f"{folder.root}: error: the folder is not empty: 0.md, 1.md, 2.md, 3.md, 4.md and 3 more\n"
        "    fix: name a folder that is empty or not there yet; nothing was written\n"
    )
    assert folder.tree() == before


def test_a_name_that_no_disk_takes_is_refused(tmp_path: Path, command: "Command") -> None:
    folder = tmp_path / ("x" * 300)
    result = command("new-site", str(folder))
    assert (result.out, result.code) == ("", 2)
    assert result.err == (
        f"{folder}: error: it cannot be read: File name too long\n"
        "    fix: name a folder that is empty or not there yet; nothing was written\n"
    )


def test_a_file_is_refused(site: "MakeSite", command: "Command") -> None:
    folder = site("")
    result = command("new-site", str(folder.root / "site.yaml"))
    assert result.code == 2
    assert ": error: this is a file, not a folder\n" in result.err
    assert set(folder.tree()) == {"site.yaml"}


def test_a_repository_without_files_counts_as_empty(
    new_site: Callable[..., "Folder"], tmp_path: Path
) -> None:
    (tmp_path / "site/.git").mkdir(parents=True)
    assert set(new_site().tree()) == FILES


@pytest.mark.parametrize(
    ("option", "value", "said"),
    [
        ("--timezone", "Asia/Soul", "no time zone is known by the name 'Asia/Soul'"),
        ("--language", "xx", "no language is known by the tag 'xx'"),
        ("--language", "../../en", "'../../en' is not a language tag"),
        ("--base-url", "harbour.example", "'harbour.example' is not a web address"),
        ("--title", "  ", "'title' is missing"),
        ("--title", "a\x1b[31mb", "there are characters in it that cannot be shown"),
        ("--title", "a\n# b", "there are characters in it that cannot be shown"),
    ],
)
def test_a_wish_that_build_would_refuse_is_refused_and_nothing_written(
    command: "Command", tmp_path: Path, option: str, value: str, said: str
) -> None:
    result = command("new-site", str(tmp_path / "new"), option, value)
    assert result.code == 2
    assert result.err.startswith(f"{option}: error: {said}"), result.err
    assert "Traceback" not in result.err
    assert not (tmp_path / "new").exists()


def test_all_wrong_wishes_are_told_at_once(command: "Command", tmp_path: Path) -> None:
    options = ("--timezone", "Mars/Base", "--language", "xx", "--base-url", "ftp://x")
    result = command("new-site", str(tmp_path / "new"), *options)
    assert result.err.count(": error: ") == 3


def test_the_settings_explain_their_keys_and_know_no_other(
    new_site: Callable[..., "Folder"],
) -> None:
    keys = re.findall(r"^(?:# )?(\w+): ", new_site().read("site.yaml"), re.MULTILINE)
    assert keys[:6] == ["title", "description", "base_url", "language", "timezone", "publish"]
    assert set(keys) <= {key for key, _ in SITE_KEYS}


@pytest.mark.parametrize("path", ["README.md", "templates/README.md"])
def test_the_instructions_name_only_verbs_there_are(
    new_site: Callable[..., "Folder"], path: str
) -> None:
    named = re.findall(r"(?:^    |`)briefbook ([a-z-]+)", new_site().read(path), re.MULTILINE)
    assert named
    assert set(named) <= set(VERBS)


def test_the_sample_goes_without_a_trace_as_the_readme_says(
    new_site: Callable[..., "Folder"],
) -> None:
    folder = new_site()
    folder.build()
    (line,) = re.findall(r"^    rm (.+)$", folder.read("README.md"), re.MULTILINE)
    for pattern in line.split():
        found = list(folder.root.glob(pattern))
        assert found, pattern
        for file in found:
            file.unlink()
    checked = folder.check("--strict")
    assert (checked.err, checked.code) == ("", 0)
    folder.build()
    assert "ferry" not in folder.page("/")
