"""The search index in a lasting order: Pagefind writes some of its lists in one of chance.

In: the files of an index. Out: the same index, the same for the same pages. Filters and their
values are sorted; files that are named by their content get the name of the new one.

Source: Pagefind 1.5, whose files are CBOR behind a mark, packed with gzip.
"""

import gzip
import hashlib
import json
from collections.abc import Callable, Mapping
from typing import Any

import cbor2

_CONTENTS = "pagefind-entry.json"
_MARK = b"pagefind_dcd"
_FILTERS = 3  # place of the filters in the table of a language


def in_order(files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the files of an index by path, every list in a lasting order."""
    ordered = {p: c for p, c in files.items() if not p.endswith((".pf_filter", ".pf_meta"))}
    names: dict[str, str] = {}  # of filters: as Pagefind named them -> by their new content
    for path, content in files.items():
        if path.endswith(".pf_filter"):
            named = _renamed(path, content, _sorted_values)
            names[_hash(path)] = _hash(named[0])
            ordered[named[0]] = named[1]
    languages: dict[str, str] = {}
    for path, content in files.items():
        if path.endswith(".pf_meta"):
            named = _renamed(path, content, lambda table: _sorted_filters(table, names))
            languages[_hash(path)] = _hash(named[0])
            ordered[named[0]] = named[1]
    if _CONTENTS in ordered:
        ordered[_CONTENTS] = _sorted_contents(ordered[_CONTENTS], languages)
    return ordered


def _hash(path: str) -> str:
    """Return what a file is known by: "en_1a2b" of filter/en_1a2b.pf_filter."""
    return path.rpartition("/")[2].removeprefix("pagefind.").rpartition(".")[0]


def _renamed(path: str, content: bytes, change: Callable[[Any], Any]) -> tuple[str, bytes]:
    """Return a file with its content changed, under the name of the new content."""
    table = change(cbor2.loads(gzip.decompress(content).removeprefix(_MARK)))
    packed = gzip.compress(_MARK + cbor2.dumps(table), mtime=0)
    was = _hash(path)
    language, _, digits = was.rpartition("_")
    new = hashlib.sha256(packed).hexdigest()[: len(digits)]
    return path.replace(was, f"{language}_{new}"), packed


def _sorted_values(table: list[Any]) -> list[Any]:
    name, values = table
    return [name, sorted(values, key=lambda value: str(value[0]))]


def _sorted_filters(table: list[Any], names: Mapping[str, str]) -> list[Any]:
    filters = sorted([name, names[known_by]] for name, known_by in table[_FILTERS])
    return [*table[:_FILTERS], filters, *table[_FILTERS + 1 :]]


def _sorted_contents(content: bytes, languages: Mapping[str, str]) -> bytes:
    contents = json.loads(content)
    contents["include_characters"] = sorted(contents["include_characters"])
    for language in contents["languages"].values():
        language["hash"] = languages[language["hash"]]
    return json.dumps(contents, ensure_ascii=False, sort_keys=True).encode()
