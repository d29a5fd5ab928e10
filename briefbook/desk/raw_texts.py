"""Raw texts: which source each entry came from, as the last build found it."""

from collections.abc import Mapping
from dataclasses import dataclass

from briefbook.build import Prepared
from briefbook.model import Article, SourceFile


@dataclass(frozen=True, slots=True, kw_only=True)
class RawText:
    """A source and what the parser makes of it."""

    source: SourceFile
    article: Article


def raw_texts(prepared: Prepared) -> Mapping[str, RawText]:
    """Return the source of each entry that has one, as it is now, by the entry's slug."""
    matching = prepared.matching
    by_id = {match.loaded.entry.id: match.source for match in matching.pairs}
    by_hash = {source.sha256: source for source in matching.new}
    found: dict[str, RawText] = {}
    for loaded in prepared.loaded:
        entry = loaded.entry
        source = by_id.get(entry.id)
        if source is None and entry.parsed is not None:
            source = by_hash.get(entry.parsed.sha256)
        if source is not None:
            found[entry.slug] = RawText(source=source, article=prepared.articles[source.path])
    return found


def sources_without_entry(prepared: Prepared) -> tuple[SourceFile, ...]:
    """Return the sources of which no entry could be made, by path."""
    hashes = {one.entry.parsed.sha256 for one in prepared.loaded if one.entry.parsed}
    return tuple(one for one in prepared.matching.new if one.sha256 not in hashes)
