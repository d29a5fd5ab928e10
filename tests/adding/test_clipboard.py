"""The clipboard is read by whatever tool of the system is there; here these are small scripts."""

import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from tests.conftest import Folder, Result

    MakeSite = Callable[[str], Folder]
    MakeTool = Callable[[str, str], None]

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="the tools are shell scripts")

TEXT = "Ferry to the islands\n\nThe ferry sails at noon from now on, the harbour said on Monday.\n"


@pytest.fixture
def tool(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> "MakeTool":
    """Makes a tool of a name that runs a line of the shell; there are no others."""
    folder = tmp_path / "tools"
    folder.mkdir()
    monkeypatch.setenv("PATH", str(folder))

    def make(name: str, line: str) -> None:
        (folder / name).write_text(f"#!/bin/sh\n{line}\n")
        (folder / name).chmod(0o755)

    return make


def add(folder: "Folder") -> "Result":
    return folder.run("add", "--now", "2026-11-21T18:00:00Z")


@pytest.mark.parametrize("name", ["pbpaste", "wl-paste", "xclip", "xsel", "powershell.exe"])
def test_each_tool_that_reads_it_is_found(
    site: "MakeSite", tool: "MakeTool", tmp_path: Path, name: str
) -> None:
    (tmp_path / "copied").write_text(TEXT)
    tool(name, f"while IFS= read -r l; do echo \"$l\"; done < '{tmp_path}/copied'")
    folder = site("")
    result = add(folder)
    assert (result.code, result.err) == (0, "")
    assert folder.read("sources/ferry-to-the-islands.txt") == TEXT


def test_a_tool_that_fails_makes_way_for_the_next(site: "MakeSite", tool: "MakeTool") -> None:
    tool("wl-paste", "echo no compositor >&2; exit 1")
    tool("xclip", "echo 'Ferry to the islands sails at noon from now on, the harbour said.'")
    folder = site("")
    result = add(folder)
    assert (result.code, result.err) == (0, "")


def test_without_a_tool_it_says_what_else_there_is(site: "MakeSite", tool: "MakeTool") -> None:
    folder = site("")
    result = add(folder)
    assert result.code == 1
    assert result.err == (
        "the clipboard: error: none of pbpaste, wl-paste, xclip, xsel, powershell.exe is there to "
        "read it\n"
        "    fix: save the text and run `briefbook add FILE`, or pipe it into `briefbook add -`\n"
    )
    assert not (folder.root / "sources").exists()


def test_a_clipboard_without_text_is_told(site: "MakeSite", tool: "MakeTool") -> None:
    tool("xsel", "echo")
    result = add(site(""))
    assert result.code == 1
    assert result.err == (
        "the clipboard: error: there is no text on it\n"
        "    fix: copy the text again, or save the text and run `briefbook add FILE`, or pipe it "
        "into `briefbook add -`\n"
    )


def test_a_clipboard_without_an_end_is_not_read_to_it(site: "MakeSite", tool: "MakeTool") -> None:
    tool(
        "pbpaste",
        "while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done",
    )
    result = add(site(""))
    assert result.code == 1
    assert result.err == (
        "the clipboard: error: it holds more than the limit of 2048 KiB\n"
        "    fix: split the text, or copy only the article\n"
    )
