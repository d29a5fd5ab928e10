"""Templates compiled with direct calls print what Jinja's own environment prints."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import pytest
from jinja2 import Environment, TemplateRuntimeError

from briefbook.model import Publication, PublicEntry, Site
from briefbook.publishing.compiling import gives_anew
from briefbook.publishing.folders import read_own, read_words
from briefbook.publishing.loading import Compiled
from briefbook.publishing.templates import make_environment, render
from tests.publication import make_site


@dataclass(frozen=True)
class Here:
    path: str


def plain(made: Environment) -> Environment:
    """Return Jinja's own environment with the settings of ours."""
    own = Environment(
        loader=made.loader,
        undefined=made.undefined,
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        finalize=made.finalize,
    )
    own.filters = {**made.filters}
    own.globals.update(made.globals)
    return own


@pytest.mark.parametrize(
    "template",
    [
        '{{ say("topics") }} {{ say("briefings", count=n) }} {{ say("briefings", count=2) }}',
        '{% for n in [1, 2] %}{{ link("/topics/") }}{{ say("briefings", count=n) }}{% endfor %}',
        '{{ link(address.TOPICS ~ "#x") }} {{ absolute(address.HOME) }} {{ address.topic("a") }}',
        '{% set link = "mine" %}{{ link }} {{ say("topics") }}',
        "{% for say in [1] %}{{ say }}{% endfor %}",
        '{% macro say(x) %}<i>{{ x }}</i>{% endmacro %}{{ say("topics") }}',
        '{% for page in others %}{{ link("/topics/") }}{% endfor %}{{ link("/topics/") }}',
        '{% set address = {"TOPICS": "/x/"} %}{{ link(address.TOPICS) }}',
        '{% set flag = tag("strong", class="a&b") %}{{ say("draft_banner", flag=flag) }}',
        '<b{{ ours("ko") }}>{{ apart("<x>", "ko") }} {{ theirs("en") }}',
        "{{ english(\"line 2: 'a <b>'\") }}",
        '{% if say("topics") == "Topics" %}{{ [say("topics"), n] | join(", ") }}{% endif %}',
        '{% set said %}{{ say("topics") }}<{% endset %}{{ said }}{{ "<" ~ say("topics") }}',
    ],
)
def test_a_template_prints_what_it_prints_elsewhere(site: Site, template: str) -> None:
    made = make_environment(site, read_words(site)[0])
    given = {"site": site, "page": Here("/a/"), "others": [Here("/b/c/"), Here("/")], "n": 1234}
    assert made.from_string(template).render(given) == plain(made).from_string(template).render(
        given
    )


def test_pages_and_feeds_are_those_of_jinjas_own_environment(
    make_entry: Callable[..., PublicEntry],
    make_publication: Callable[..., Publication],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    publication = make_publication(
        make_entry("one", key_points=("A <b>.", "B."), note="*mine*", story="s"),
        make_entry("two", outlet=None, url=None, language="ko", story="s"),
        make_entry("three", topics=(), published=None),
    )
    files, problems, addresses = make_site(publication, None)

    def render_plainly(environment: Environment, template: str, *given: Any) -> str:
        return render(plain(environment), template, *given)

    for module in ("press", "feed_items"):
        monkeypatch.setattr(f"briefbook.publishing.{module}.render", render_plainly)
    assert make_site(publication, None) == (files, problems, addresses)


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("{% set link = 1 %}", True),
        ("{% for a, say in x %}", True),
        ("{% macro link(a) %}", True),
        ('{% import "x" as say %}', True),
        ("{% set x = say('a') %}{{ link }} link", False),
        ("{% if page.link %}{% endif %}", False),
    ],
)
def test_a_name_given_anew_is_seen(statement: str, expected: bool) -> None:
    assert gives_anew(("link", "say"), (statement,)) is expected


def own_environment(site: Site, folder: Path) -> Environment:
    own = read_own(folder).files
    return make_environment(site, read_words(site, own)[0], own)


def test_what_a_sites_own_template_names_anew_counts_in_those_it_includes(
    site: Site, tmp_path: Path
) -> None:
    (tmp_path / "outer.html").write_text('{% set say = other %}{% include "inner.html" %}')
    (tmp_path / "inner.html").write_text('{{ say("topics") }}')
    made = own_environment(site, tmp_path)
    assert made.get_template("outer.html").render(other=str.upper) == "TOPICS"


def test_a_key_that_nobody_knows_is_an_error_only_where_it_is_asked_for(site: Site) -> None:
    made = make_environment(site, read_words(site)[0])
    assert made.from_string('{% if no %}{{ say("nothing") }}{% endif %}').render(no=False) == ""
    with pytest.raises(TemplateRuntimeError, match="no words are known as 'nothing'"):
        made.from_string('{{ say("nothing") }}').render()


def test_other_words_are_seen_by_a_template_that_was_compiled_before(
    site: Site, tmp_path: Path
) -> None:
    (tmp_path / "words").mkdir()
    (tmp_path / "own.html").write_text('{{ say("topics") }}')

    def shown(words: str) -> str:
        (tmp_path / "words" / "en.yaml").write_text(words)
        made = own_environment(site, tmp_path)
        return made.get_template("own.html").render()

    assert [shown("topics: Themes"), shown("topics: Fields")] == ["Themes", "Fields"]


def test_a_compiled_template_can_be_kept_for_the_next_process(site: Site, tmp_path: Path) -> None:
    (tmp_path / "own.html").write_text("one {{ 1 + 1 }}")
    words, kept = read_words(site)[0], dict[str, bytes]()

    def shown(of: Site) -> str:
        Compiled._known.clear()  # as another process has it
        return (
            make_environment(of, words, read_own(tmp_path).files, kept)
            .get_template("own.html")
            .render()
        )

    assert shown(site) == "one 2"
    ((key, code),) = kept.items()
    assert shown(site) == "one 2"
    assert kept == {key: code}
    (tmp_path / "own.html").write_text("two")
    assert shown(site) == "two"
    assert shown(replace(site, timezone="UTC")) == "two"
    assert len(kept) == 3
