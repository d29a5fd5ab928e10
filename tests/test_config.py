from pathlib import Path

import pytest

from briefbook.config import SITE_KEYS, read_site
from briefbook.model import OutletSetting, Publish, Site, TopicSetting

FULL = """\
title: Peninsula Brief
description: What Seoul signs.
base_url: https://example.org/news/
language: pt-BR
timezone: Asia/Seoul
publish: full
own_outlets: Gulf Desk
feed_length: 20
about: |
  One.

  Two.
outlets:
  - name: Gulf Desk
    aliases: [gulfdesk.example]
    home: https://gulfdesk.example/
    note: |
      *Ours*.

      Named by `gulfdesk`.
topics:
  - slug: korea-nato
    title: Korea–NATO
    description: Alliance.
    words: [NATO, 2025, on]
    require: NATO
    exclude: [football]
"""


def write(root: Path, text: str | bytes) -> Path:
    content = text.encode() if isinstance(text, str) else text
    (root / "site.yaml").write_bytes(content)
    return root


def said(root: Path, text: str | bytes) -> list[str]:
    site, problems = read_site(write(root, text))
    assert site is None
    return [str(problem) for problem in problems]


def test_reads_everything_that_can_be_set(tmp_path: Path) -> None:
    assert read_site(write(tmp_path, FULL)) == (
        Site(
            title="Peninsula Brief",
            description="What Seoul signs.",
            base_url="https://example.org/news",
            language="pt-BR",
            language_line=4,
            timezone="Asia/Seoul",
            publish=Publish.FULL,
            own_outlets=("Gulf Desk",),
            feed_length=20,
            about="One.\n\nTwo.",
            outlets=(
                OutletSetting(
                    name="Gulf Desk",
                    aliases=("gulfdesk.example",),
                    home="https://gulfdesk.example/",
                    note="*Ours*.\n\nNamed by `gulfdesk`.",
                ),
            ),
            topics=(
                TopicSetting(
                    slug="korea-nato",
                    title="Korea–NATO",
                    description="Alliance.",
                    words=("NATO", "2025", "on"),
                    require=("NATO",),
                    exclude=("football",),
                ),
            ),
        ),
        (),
    )


def test_needs_nothing_but_a_title(tmp_path: Path) -> None:
    assert read_site(write(tmp_path, "title: 24\n")) == (Site(title="24"), ())


def test_reads_a_file_with_byte_order_mark_and_windows_line_ends(tmp_path: Path) -> None:
    text = FULL.replace("\n", "\r\n").encode("utf-8-sig")
    site, problems = read_site(write(tmp_path, text))
    assert problems == ()
    assert site is not None
    assert site.about == "One.\n\nTwo."


def test_explains_every_field_of_site_and_nothing_else() -> None:
    assert [key for key, _ in SITE_KEYS] == [
        name for name in Site.__dataclass_fields__ if name != "language_line"
    ]
    assert all(sentence.endswith(".") for _, sentence in SITE_KEYS)


def test_says_how_to_make_the_file_when_there_is_none(tmp_path: Path) -> None:
    site, problems = read_site(tmp_path)
    assert site is None
    assert [str(problem) for problem in problems] == [
        f"site.yaml: error: there is no site.yaml in {tmp_path}\n"
        '    fix: make a file site.yaml with the line "title: The name of your site", '
        "or name the folder of the site with --root"
    ]


def test_says_every_bad_key_at_once(tmp_path: Path) -> None:
    text = """\
titel: x
base_url: example.org
language: klingon
timezone: Mars/Olympus
publish: some
feed_length: 0
topics:
  - slug: Korea NATO
    title: Korea
  - slug: chips
    title: Chips
  - slug: chips
    title: More chips
  - words: [a]
outlets: [Gulf Desk]
"""
    assert said(tmp_path, text) == [
        "site.yaml:1: error: 'title' is missing\n"
        "    fix: add a line 'title: The name of your site'",
        "site.yaml:1: error: unknown key 'titel'\n"
        f"    fix: did you mean 'title'? The keys are {', '.join(key for key, _ in SITE_KEYS)}",
        "site.yaml:2: error: 'example.org' is not a web address\n"
        "    fix: write base_url: https://… in full, or leave it out",
        "site.yaml:3: error: 'klingon' is not a language tag\n"
        "    fix: write one such as en or pt-BR",
        "site.yaml:4: error: no time zone is known by the name 'Mars/Olympus'\n"
        "    fix: write a region and a city, such as Asia/Seoul, or UTC",
        "site.yaml:5: error: unknown publish 'some'\n    fix: It is one of extract, full",
        "site.yaml:6: error: 'feed_length' must be a whole number from 1 to 1000, not '0'\n"
        "    fix: write feed_length: 1 or more",
        "site.yaml:8: error: 'Korea NATO' cannot be a part of an address, as 'slug' is\n"
        "    fix: use only a–z, 0–9 and single hyphens between them, at most 80 characters",
        "site.yaml:12: error: two topics have the slug 'chips', on lines 10 and 12\n"
        "    fix: give one of them another slug",
        "site.yaml:14: error: a topic needs 'slug'\n    fix: add a line 'slug: …' to it",
        "site.yaml:14: error: a topic needs 'title'\n    fix: add a line 'title: …' to it",
        "site.yaml:15: error: each item of 'outlets' must be a group of keys, not a text\n"
        "    fix: write '- name: …' with the other keys below it",
    ]


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("language: xx", "no language is known by the tag 'xx'"),
        ("timezone: ../../etc/passwd", "no time zone is known by the name '../../etc/passwd'"),
        ("timezone: Asia", "no time zone is known by the name 'Asia'"),
        ("base_url: https://", "'https://' is not a web address"),
        (
            "base_url: https://a.example/?x=1",
            "'base_url' must be a plain address without user name, ? and #",
        ),
        (
            "base_url: https://me:secret@a.example",
            "'base_url' must be a plain address without user name, ? and #",
        ),
        (
            "feed_length: 1001",
            "'feed_length' must be a whole number from 1 to 1000, not '1001'",
        ),
        ("feed_length: ten", "'feed_length' must be a whole number from 1 to 1000, not 'ten'"),
        ("topics: {a: b}", "unknown key 'a'"),
    ],
)
def test_refuses_a_value_that_cannot_be_used(tmp_path: Path, line: str, what: str) -> None:
    site, problems = read_site(write(tmp_path, f"title: x\n{line}\n"))
    assert site is None
    assert problems[0].place.line == 2
    assert what in [problem.what for problem in problems]


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            b"title: a: b\n",
            "site.yaml:1: error: this is not valid YAML: "
            "mapping values are not allowed in this context\n"
            '    fix: check this line; a value with ": ", " #" or quotes in it '
            "must stand in double quotes",
            id="not YAML",
        ),
        pytest.param(
            b"title: x\nabout: \xff\n",
            "site.yaml:2: error: this is not UTF-8 text\n    fix: save the file as UTF-8",
            id="not UTF-8",
        ),
        pytest.param(
            b"",
            "site.yaml:1: error: 'title' is missing\n"
            "    fix: add a line 'title: The name of your site'",
            id="empty",
        ),
    ],
)
def test_says_only_why_a_file_cannot_be_read(tmp_path: Path, content: bytes, message: str) -> None:
    assert said(tmp_path, content) == [message]


def test_says_so_when_the_file_is_a_folder(tmp_path: Path) -> None:
    (tmp_path / "site.yaml").mkdir()
    assert [str(problem) for problem in read_site(tmp_path)[1]] == [
        "site.yaml: error: this is a folder, not a file\n    fix: put a file here"
    ]


def test_reports_all_that_is_wrong_with_outlets(tmp_path: Path) -> None:
    text = """\
title: x
outlets:
  - name: Port Times
    aliases: [porttimes.example, Port times]
    homepage: https://porttimes.example/
  - name: PORT TIMES
    home: porttimes.example
  - aliases: [Porttimes.example]
    note: [a]
  - name: [Quay Post]
"""
    assert said(tmp_path, text) == [
        "site.yaml:5: error: unknown key 'homepage'\n"
        "    fix: did you mean 'home'? The keys are name, aliases, home, note",
        "site.yaml:6: error: two outlets are called 'PORT TIMES', on lines 3 and 6\n"
        "    fix: take it out of one of them, or make one of the two",
        "site.yaml:7: error: 'porttimes.example' is not a web address\n"
        "    fix: write home: https://… in full, or leave it out",
        "site.yaml:8: error: an outlet needs 'name'\n    fix: add a line 'name: …' to it",
        "site.yaml:8: error: two outlets are called 'Porttimes.example', on lines 4 and 8\n"
        "    fix: take it out of one of them, or make one of the two",
        "site.yaml:9: error: 'note' must be a text, not a list\n    fix: write note: \"…\"",
        "site.yaml:10: error: 'name' must be a text, not a list\n    fix: write name: \"…\"",
    ]
