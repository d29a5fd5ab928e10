"""`check --format github`: what GitHub Actions is told, and that no file can tell it anything."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from briefbook.cli.annotations import annotations, plain
from briefbook.problems import Place, Problem, error, warning

if TYPE_CHECKING:
    from tests.conftest import Folder, Result

    MakeSite = Callable[[str], Folder]
    Command = Callable[..., Result]

NOW = "2026-11-21T18:00:00Z"
PLACE = Place("briefings/quay.md", 6)
WRONG = "---\ntitle: Wet\nadded: 2026-01-01\nstatus: publishd\ntittle: Dry\n---\nThe quay is wet.\n"
TOLD = (
    "::error file=briefings/quay.md,line=4,title=Briefbook::briefings/quay.md:4: unknown status"
    " 'publishd'%0Afix: did you mean 'published'? It is one of draft, published, withdrawn,"
    " hidden\n"
    "::warning file=briefings/quay.md,line=5,title=Briefbook::briefings/quay.md:5: the key"
    " 'tittle' means nothing here%0Afix: did you mean 'title'? If it is your own, you may leave"
    " it\n"
    "1 error, 1 warning\n"
)


def test_a_problem_is_one_command() -> None:
    (line,) = annotations([error(PLACE, "it is 100% wrong: a, b", "mend it: a, b")])
    assert line == (
        "::error file=briefings/quay.md,line=6,title=Briefbook"
        "::briefings/quay.md:6: it is 100%25 wrong: a, b%0Afix: mend it: a, b"
    )


def test_a_problem_of_a_whole_file_names_no_line() -> None:
    (line,) = annotations([warning(Place("published.txt"), "what", "fix")])
    assert line == "::warning file=published.txt,title=Briefbook::published.txt: what%0Afix: fix"


def test_files_are_named_from_the_top_of_the_repository() -> None:
    (line,) = annotations([error(PLACE, "what", "fix")], "docs/news, old")
    assert line.startswith("::error file=docs/news%2C old/briefings/quay.md,line=6,")
    assert line.endswith("::briefings/quay.md:6: what%0Afix: fix")


def test_errors_come_first_and_each_kind_in_its_order() -> None:
    told = [
        warning(Place("a", 1), "w1", "f"),
        error(Place("a", 2), "e1", "f"),
        warning(Place("b", 1), "w2", "f"),
        error(Place("b", 2), "e2", "f"),
    ]
    assert [line.split(": ")[1][:2] for line in annotations(told)] == ["e1", "e2", "w1", "w2"]


def test_what_would_not_be_shown_is_text() -> None:
    told: list[Problem] = []
    for make in (error, warning):
        told += [make(Place("a", n), f"what {n}", "fix") for n in range(1, 13)]
    lines = list(annotations(told))
    commands, rest = lines[:20], lines[20:]
    assert [line.split()[0] for line in commands] == ["::error"] * 10 + ["::warning"] * 10
    assert rest == [
        *("a:11: error: what 11", "    fix: fix", "a:12: error: what 12", "    fix: fix"),
        *("a:11: warning: what 11", "    fix: fix", "a:12: warning: what 12", "    fix: fix"),
    ]


HOSTILE = ("a\n::error::b", "a\r\n::stop-commands::x", "::add-mask::x", "%0A::error::x", "a\x1b[1m")


@pytest.mark.parametrize("text", [*HOSTILE, "a,line=9::x", "##[error]x", "a\u2028::error::b"])
def test_no_text_breaks_out_of_its_command(text: str) -> None:
    told = [error(Place(text, 1), text, text)] * 11
    lines = list(annotations(told, text))
    for line in lines[:10]:
        properties, _, message = line.removeprefix("::error ").partition("::")
        assert [one.partition("=")[0] for one in properties.split(",")] == ["file", "line", "title"]
        assert properties.endswith(",line=1,title=Briefbook")
        assert message.count("%0A") == 1
        assert line.isprintable()
    for line in lines[10:]:
        assert line.isprintable()
        assert not line.lstrip().startswith("::")
        assert "##[" not in line


def test_a_plain_line_starts_no_command() -> None:
    assert plain("  ::error::x ##[set-env]") == ".   ::error::x ## [set-env]"


def test_check_prints_annotations_then_the_total(site: "MakeSite") -> None:
    folder = site(f"-- briefings/quay.md --\n{WRONG}")
    result = folder.check("--format", "github")
    assert (result.out, result.err, result.code) == (TOLD, "", 1)


def test_warnings_fail_a_strict_check_in_this_format_too(site: "MakeSite") -> None:
    folder = site(f"-- briefings/quay.md --\n{WRONG.replace('publishd', 'published')}")
    assert folder.check("--format", "github").code == 0
    assert folder.check("--format", "github", "--strict").code == 1


def test_a_broken_site_yaml_is_an_annotation(site: "MakeSite") -> None:
    result = site("-- site.yaml --\ntitle: [a\n").check("--format", "github")
    assert result.out.startswith(
        "::error file=site.yaml,line=1,title=Briefbook::site.yaml:1: this is not valid YAML"
    )
    assert (result.err, result.code) == ("", 2)


def test_files_of_a_site_in_a_folder_of_the_repository_are_found(
    site: "MakeSite", command: "Command", monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    site(f"-- briefings/quay.md --\n{WRONG}")
    monkeypatch.chdir(tmp_path)
    result = command("check", "--format", "github", "--root", "site")
    assert result.out.startswith("::error file=site/briefings/quay.md,line=4,")


@pytest.mark.parametrize("form", ["GITHUB ", "json", ""])
def test_another_format_is_wrong_usage(site: "MakeSite", form: str) -> None:
    assert site("").check("--format", form).code == 2


def test_only_the_total_is_said_of_a_clean_site(site: "MakeSite") -> None:
    result = site("-- sources/a.txt --\nBakery burns\n\nNo more.\n").check("--format", "github")
    assert (result.out, result.err, result.code) == ("nothing to complain about\n", "", 0)


def test_nothing_is_wrong_with_the_samples(command: "Command") -> None:
    root = str(Path(__file__).parents[1])
    result = command("check", "--root", root, "--now", NOW, "--strict", "--format", "github")
    assert (result.out, result.err, result.code) == ("nothing to complain about\n", "", 0)
