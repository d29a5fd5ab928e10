import hashlib
import os
from pathlib import Path

import pytest

from briefbook.model import Header
from briefbook.problems import ProblemError
from briefbook.reading import list_sources, read_outside_source, read_source, read_sources


def put(root: Path, path: str, content: str | bytes) -> None:
    file = root / path
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content.encode() if isinstance(content, str) else content)


def said(root: Path, *, limit: int = 1000) -> list[str]:
    return [str(problem) for problem in read_sources(root, limit=limit)[1]]


def test_reads_texts_at_any_depth_sorted_by_path(tmp_path: Path) -> None:
    for path in ("sources/b.txt", "sources/a/z.md", "sources/a/deep/er/c.TXT"):
        put(tmp_path, path, "A text.\n")
    sources, problems = read_sources(tmp_path)
    assert [source.path for source in sources] == [
        "sources/a/deep/er/c.TXT",
        "sources/a/z.md",
        "sources/b.txt",
    ]
    assert problems == ()


def test_keeps_the_exact_text_and_counts_physical_lines(tmp_path: Path) -> None:
    content = "---\r\noutlet: x\r\n---\r\none\u2028still\x0cone \ttwo\x85\rthree\n\nfive\n"
    put(tmp_path, "sources/a.txt", content)
    source = read_source(tmp_path, "sources/a.txt")
    assert source.header == Header(outlet="x", lines={"outlet": 2})
    assert source.lines == ("one\u2028still\x0cone \ttwo\x85", "three", "", "five")
    assert source.first_line == 4
    assert source.encoding == "utf-8"
    assert source.sha256 == hashlib.sha256(content.encode()).hexdigest()


def test_reads_nothing_where_there_is_no_folder(tmp_path: Path) -> None:
    assert read_sources(tmp_path) == ((), ())


def test_one_bad_file_hides_no_other(tmp_path: Path) -> None:
    put(tmp_path, "sources/good.txt", "A text.\n")
    put(tmp_path, "sources/empty.txt", "\ufeff \n\n")
    put(tmp_path, "sources/header.txt", "---\noutlet: x\n---\n\n")
    put(tmp_path, "sources/large.txt", "x" * 1001)
    put(tmp_path, "sources/page.html", "<p></p>")
    put(tmp_path, "sources/photo.jpeg", b"\xff\xd8")
    put(tmp_path, "sources/.hidden.txt", "not seen")
    put(tmp_path, "sources/.git/a.txt", "not seen")
    sources, _ = read_sources(tmp_path, limit=1000)
    assert [source.path for source in sources] == ["sources/good.txt"]
    assert said(tmp_path) == [
        "sources/empty.txt: error: the file is empty\n    fix: paste a text into it",
        "sources/header.txt:3: error: there is no text below the header\n"
        "    fix: paste the text below the header",
        "sources/large.txt: error: the file has 1001 bytes, more than the limit of 1000 bytes\n"
        "    fix: split it, or check that it is a text",
        "sources/page.html: error: the page has no text that can be seen\n"
        "    fix: save the page with its text, or copy it",
        "sources/photo.jpeg: warning: this file is not read: "
        "its name ends neither in .txt nor in .md nor in .html\n"
        "    fix: rename it, or move it out of sources/",
    ]


def test_follows_no_link_out_of_the_folder(tmp_path: Path) -> None:
    put(tmp_path, "secret.txt", "Secret.\n")
    put(tmp_path, "elsewhere/a.txt", "Elsewhere.\n")
    put(tmp_path, "sources/a.txt", "A text.\n")
    (tmp_path / "sources/inside.txt").symlink_to("a.txt")
    (tmp_path / "sources/outside.txt").symlink_to("../secret.txt")
    (tmp_path / "sources/nowhere.txt").symlink_to("not-there.txt")
    (tmp_path / "sources/circle.txt").symlink_to("circle.txt")
    (tmp_path / "sources/folder").symlink_to("../elsewhere")
    sources, problems = read_sources(tmp_path)
    assert [source.path for source in sources] == ["sources/a.txt", "sources/inside.txt"]
    found = {problem.place.path: problem.what for problem in problems}
    assert found.pop("sources/circle.txt").startswith(("it cannot be read:", "there is no such"))
    assert found == {
        "sources/outside.txt": "this is a link that leaves sources/",
        "sources/nowhere.txt": "there is no such file",
        "sources/folder": "this is a link to a folder, which is not followed",
    }


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    put(tmp_path, "cloud/texts/a.txt", "A text.\n")
    (tmp_path / "site").mkdir()
    (tmp_path / "site/sources").symlink_to(tmp_path / "cloud/texts")
    sources, problems = read_sources(tmp_path / "site")
    assert [source.path for source in sources] == ["sources/a.txt"]
    assert problems == ()


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="Windows has no pipes in folders")
def test_never_waits_for_a_pipe(tmp_path: Path) -> None:
    (tmp_path / "sources").mkdir()
    os.mkfifo(tmp_path / "sources/pipe.txt")
    assert said(tmp_path) == [
        "sources/pipe.txt: error: this is a pipe or a device, not a file\n    fix: put a file here"
    ]


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="root may read everything")
def test_says_so_when_a_file_may_not_be_read(tmp_path: Path) -> None:
    put(tmp_path, "sources/a.txt", "A text.\n")
    (tmp_path / "sources/a.txt").chmod(0)
    assert said(tmp_path) == [
        "sources/a.txt: error: it cannot be read: Permission denied\n"
        "    fix: check the file and who may read it"
    ]


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names itself")
@pytest.mark.parametrize(
    ("name", "shown"),
    [
        pytest.param(b"a\nerror: b.txt", "sources/a\\nerror: b.txt", id="a line end"),
        pytest.param(b"a\xff.txt", "sources/a\\udcff.txt", id="not UTF-8"),
        pytest.param(b"a\x1b[2J.txt", "sources/a\\x1b[2J.txt", id="a terminal command"),
    ],
)
def test_refuses_a_name_that_would_spoil_the_report(
    tmp_path: Path, name: bytes, shown: str
) -> None:
    (tmp_path / "sources").mkdir()
    try:
        Path(os.fsdecode(os.fsencode(tmp_path / "sources") + b"/" + name)).write_text("x")
    except OSError:
        pytest.skip("this file system refuses the name itself")
    assert said(tmp_path) == [
        f"{shown}: error: the name has characters that cannot be shown\n    fix: rename the file"
    ]


def test_reads_a_text_that_lies_outside(tmp_path: Path) -> None:
    put(tmp_path, "a.paste", "A text.\n")
    source = read_outside_source(tmp_path / "a.paste")
    assert source.path == (tmp_path / "a.paste").as_posix()
    assert source.lines == ("A text.",)
    with pytest.raises(ProblemError, match="there is no such file"):
        read_outside_source(tmp_path / "b.txt")


def test_lists_without_opening_a_file(tmp_path: Path) -> None:
    put(tmp_path, "sources/a.txt", b"\0")
    assert list_sources(tmp_path) == (("sources/a.txt",), ())


def test_says_so_when_sources_is_a_file(tmp_path: Path) -> None:
    put(tmp_path, "sources", "A text.\n")
    assert said(tmp_path) == [
        "sources: error: 'sources' is not a folder\n    fix: rename it and make a folder"
    ]
