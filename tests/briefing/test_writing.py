from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from briefbook.briefing.writing import Value, _escaped, key_lines, quoted, sheltered


@pytest.mark.parametrize(
    ("key", "value", "lines"),
    [
        pytest.param(
            "title", 'He said "no" \\ #2', ['title: "He said \\"no\\" \\\\ #2"'], id="text"
        ),
        pytest.param(
            "title",
            "a\x85b\u2028c\u202ed\ufeffe\x00f\ng",
            ['title: "a\\x85b\\u2028c\\u202ed\\ufeffe\\x00f\\ng"'],
            id="what cannot be seen",
        ),
        pytest.param("title", "방산 – “x” 😀", ['title: "방산 – “x” 😀"'], id="what can be seen"),
        pytest.param("slug", "korea-nato", ["slug: korea-nato"], id="a word"),
        pytest.param("language", "no", ['language: "no"'], id="a word that YAML takes for false"),
        pytest.param("slug", "2025-04-23", ['slug: "2025-04-23"'], id="a slug like a date"),
        pytest.param("slug", "12e45678", ['slug: "12e45678"'], id="a slug like a number"),
        pytest.param("published", date(2025, 4, 23), ["published: 2025-04-23"], id="a date"),
        pytest.param(
            "added",
            datetime(2026, 11, 21, 18, tzinfo=UTC),
            ["added: 2026-11-21T18:00:00Z"],
            id="a moment",
        ),
        pytest.param(
            "published",
            datetime(2026, 11, 21, 18, tzinfo=timezone(timedelta(hours=9))),
            ["published: 2026-11-21T18:00:00+09:00"],
            id="a moment elsewhere",
        ),
        pytest.param("authors", ("A", "B: C"), ['authors: ["A", "B: C"]'], id="a list"),
        pytest.param(
            "key_points",
            ("One.", "Two."),
            ["key_points:", '  - "One."', '  - "Two."'],
            id="sentences",
        ),
        pytest.param(
            "parsed",
            {
                "source": "sources/a b.txt",
                "sha256": "0" * 64,
                "parser": 3,
                "wrote": {"title": "51ab03c2", "body": "12345678"},
            },
            [
                'parsed: {source: "sources/a b.txt", '
                f'sha256: "{"0" * 64}", parser: 3, wrote: {{title: 51ab03c2, body: "12345678"}}}}'
            ],
            id="what the program remembers",
        ),
        pytest.param(
            "overrides",
            ({"line": 7, "fate": "body", "text": "51ab03c2"},),
            ["overrides:", "  - {line: 7, fate: body, text: 51ab03c2}"],
            id="words of our own in a group",
        ),
        pytest.param(
            "corrections",
            ({"kind": "update", "was": "wet", "issued": "A1"},),
            ["corrections:", '  - {kind: update, was: "wet", issued: "\\x41\\x31"}'],
            id="words and texts in a group",
        ),
        pytest.param(
            "aliases", ("a-b", "a:b"), ['aliases: [a-b, "a:b"]'], id="words inside brackets"
        ),
        pytest.param(
            "parsed",
            {"a:b": 1, "source": "a:b", "is": True},
            ['parsed: {"a:b": 1, source: "a:b", is: true}'],
            id="words inside braces",
        ),
        pytest.param("draft", False, ["draft: false"], id="yes or no"),
        pytest.param("slug", "a:b", ["slug: a:b"], id="a word with a colon"),
        pytest.param(
            "url", "https://a.example/x?y=1", ['url: "https://a.example/x?y=1"'], id="an address"
        ),
        pytest.param("url", "https://a.example/x", ["url: https://a.example/x"], id="a plain one"),
        pytest.param(
            "title",
            "\xad\xff\u0100\u061c\uffff\U000e0001\U0001f600",
            ['title: "\\xadÿĀ\\u061c\\uffff\\U000e0001\U0001f600"'],
            id="codes of two, four and eight digits",
        ),
    ],
)
def test_writes_a_key_as_an_editor_can_read_it(key: str, value: Value, lines: list[str]) -> None:
    assert key_lines(key, value) == lines


@settings(deadline=None)
@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_every_text_is_read_back_by_yaml_as_it_was(text: str) -> None:
    assert yaml.safe_load(f"a: {quoted(text)}\n") == {"a": text}


@settings(deadline=None)
@given(st.from_regex(r"[A-Za-z0-9][A-Za-z0-9./_:-]{0,12}", fullmatch=True))
def test_every_word_is_read_back_by_yaml_as_a_text(word: str) -> None:
    loaded = yaml.safe_load("\n".join([*key_lines("slug", word), *key_lines("topics", (word,))]))
    assert loaded == {"slug": word, "topics": [word]}


@pytest.mark.parametrize(
    ("text", "written"),
    [
        ("Night ferry carries 80 cars", r'"\x4eight \x66erry \x63arries \x38\x30 \x63ars"'),
        ('The "quay"\tof 2-3', r'"\x54he \"\x71uay\"\t\x6ff \x32-\x33"'),
        ("항구가 열렸다", r'"\ud56d구\uac00 \uc5f4렸\ub2e4"'),
        ("", '""'),
    ],
)
def test_no_word_of_a_sheltered_text_stands_there_as_it_is(text: str, written: str) -> None:
    assert sheltered(text) == written
    assert yaml.safe_load(written) == text


@given(st.text(max_size=30))
def test_a_sheltered_text_reads_as_it_was(text: str) -> None:
    text = "".join(c for c in text if not "\ud800" <= c <= "\udfff")
    assert yaml.safe_load(sheltered(text)) == text


@given(st.text() | st.text(st.characters(max_codepoint=0x2FF)))
def test_most_characters_are_written_at_once_as_each_would_be_alone(text: str) -> None:
    assert quoted(text) == f'"{"".join(map(_escaped, text))}"'
