from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from jinja2 import StrictUndefined

from briefbook.model import Site
from briefbook.publishing.folders import (
    OwnTemplates,
    bundled,
    read_assets,
    read_own,
    read_words,
)
from briefbook.publishing.templates import local_day, make_environment


@dataclass(frozen=True)
class Here:
    path: str


def shown(site: Site, template: str, page: object = None, **values: object) -> str:
    environment = make_environment(site, read_words(site)[0])
    return environment.from_string(template).render(site=site, page=page, **values)


def test_everything_is_escaped_and_printable(site: Site) -> None:
    assert shown(site, "{{ x }}", x="<b>\x00&\ud800") == "&lt;b&gt;&amp;"


def test_an_undefined_name_is_an_error(site: Site) -> None:
    words, _ = read_words(site)
    assert make_environment(site, words).undefined is StrictUndefined


def test_days_are_those_of_the_sites_time_zone(site: Site) -> None:
    evening = datetime(2026, 11, 20, 23, 30, tzinfo=UTC)
    assert local_day(evening, site) == date(2026, 11, 21)
    assert local_day(evening, replace(site, timezone="America/New_York")) == date(2026, 11, 20)
    assert local_day(datetime(2026, 11, 20, 23, 30), site) == date(2026, 11, 20)  # noqa: DTZ001
    assert shown(site, "{{ x | day }}, {{ x | iso }}", x=evening) == "November 21, 2026, 2026-11-21"


@pytest.mark.parametrize(
    ("language", "expected"),
    [
        ("en", "November 21, 2026|November 2026|1,234"),
        ("de", "21. November 2026|November 2026|1.234"),
        ("ko-KR", "2026년 11월 21일|2026년 11월|1,234"),
        ("xx-nowhere", "November 21, 2026|November 2026|1,234"),
    ],
)
def test_dates_and_numbers_are_in_the_sites_language(
    site: Site, language: str, expected: str
) -> None:
    template = "{{ x | day }}|{{ x | month }}|{{ 1234 | number }}"
    assert shown(replace(site, language=language), template, x=date(2026, 11, 21)) == expected


def test_the_hour_that_comes_twice_stands_on_two_days(site: Site) -> None:
    # Azores, October 25: from 01:00 back to 00:00, while it is midnight in Cape Verde only once.
    there = replace(site, timezone="Atlantic/Cape_Verde")
    first = datetime(2026, 10, 25, 0, 30, tzinfo=ZoneInfo("Atlantic/Azores"))
    assert local_day(first, there) == date(2026, 10, 24)
    assert local_day(first.replace(fold=1), there) == date(2026, 10, 25)


def test_links_are_relative_but_on_the_page_for_any_address(site: Site) -> None:
    template = '{{ link("/topics/") }} {{ absolute("/topics/") }}'
    full = "https://harbour.example/news/topics/"
    assert shown(site, template, Here("/briefings/a/")) == f"../../topics/ {full}"
    assert shown(site, template, Here("/404.html")) == f"/news/topics/ {full}"


def test_the_sites_own_templates_win_over_the_bundled_ones(site: Site, tmp_path: Path) -> None:
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages" / "about.html").write_text("mine")
    (tmp_path / "assets").mkdir()
    (tmp_path / "assets" / "style.css").write_text("mine")
    (tmp_path / "assets" / "logo.svg").write_text("mine")
    (tmp_path / "assets" / ".DS_Store").write_text("not for the public")
    own = read_own(tmp_path)
    environment = make_environment(site, read_words(site)[0], own.files)
    assert environment.get_template("pages/about.html").render() == "mine"
    assert environment.get_template("base.html").filename == str(bundled() / "base.html")
    assets = read_assets(own)
    assert (assets["style.css"], assets["logo.svg"]) == (b"mine", b"mine")
    assert ".DS_Store" not in assets


def test_a_site_without_templates_uses_the_bundled_ones(tmp_path: Path) -> None:
    assert read_own(tmp_path / "none") == read_own(None) == OwnTemplates()
    assets = read_assets(OwnTemplates())
    assert len(assets["style.css"]) < 20_000
    assert len(assets["search.js"]) + len(assets["site.js"]) < 5_000
