"""Files of any size that could make a build slow, other than plain texts: those are in `heavy.py`.

Each is a function of the number of characters that are wanted, give or take one piece.
"""

from tests.torture.heavy import SENTENCE, Heavy, again, counted, nested

FRONT = "---\ntitle: {}\nadded: 2026-11-01\n---\n"  # of an entry


def _within(before: str, inner: Heavy, behind: str) -> Heavy:
    return lambda size: before + inner(size) + behind


# What stands in the body of an HTML page.
PAGES: dict[str, Heavy] = {
    "elements in elements": nested("<div>", "</div>"),
    "elements without an end": again("<div>a "),
    "paragraphs": again(f"<p>{SENTENCE}</p>\n"),
    "short paragraphs": again("<p>a</p>"),
    "spans": _within("<p>", again("<span>a</span> "), "</p>"),
    "bold without an end": _within("<p>", again("<b>a "), "</p>"),
    "formatting that does not nest": again("<p><i><b>a"),
    "small tables": again("<table><tr><td>a<td>b</table>"),
    "one table": _within("<table>", again("<tr><td>a<td>b"), "</table>"),
    "tables in tables": again("<table><tr><td>"),
    "items": _within("<ul>", again("<li>a"), "</ul>"),
    "items in items": again("<ul><li>"),
    "links": again('<a href="/x">Menu</a> '),
    "links in a sentence": _within("<p>", counted('<a href="/x{n}">{w} goes</a> and '), "</p>"),
    "entities": _within("<p>", again("&amp;"), "</p>"),
    "broken entities": _within("<p>", again("&#"), "</p>"),
    "comments": again("<!-- a -->"),
    "a comment without an end": _within("<p>x</p><!--", again("- "), ""),
    "a script": _within("<script>", again("a "), f"</script><p>{SENTENCE}</p>"),
    "scripts": again("<script>a</script>"),
    "angle brackets": again("<"),
    "attributes": _within("<p ", counted("a{n}=1 "), ">x</p>"),
    "one attribute": _within('<p class="', again("a "), f'">{SENTENCE}</p>'),
    "statements": counted('<meta property="og:x{n}" content="{w}">'),
    "JSON-LD, deep": _within(
        '<script type="application/ld+json">', nested("[", "]", "1"), "</script>"
    ),
    "line breaks": _within("<p>", again("a<br>"), "</p>"),
    "headings": again("<h1>A ferry</h1>"),
    "hidden": again('<div style="display:none">a</div>'),
    "hidden in hidden": again("<div hidden>"),
    "lines as they are": _within("<pre>", again("a\n"), "</pre>"),
    "drawings": again("<svg><g>"),
    "quotes in quotes": again("<blockquote>"),
    "no-break spaces": _within("<p>", again("\u00a0&nbsp;"), "</p>"),
}
# What stands below the first keys of site.yaml.
SETTINGS: dict[str, Heavy] = {
    "lists in lists": _within("topics: ", nested("[", "]", "a"), "\n"),
    "mappings in mappings": _within("topics: ", nested("{a: ", "}", "1"), "\n"),
    "aliases of aliases": lambda size: "".join(
        f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, size // 50)
    ),
    "a long text": _within('about: "', again("a "), '"\n'),
    "a long block": _within("about: |\n", again(f"  {SENTENCE}\n"), ""),
    "marks": _within('about: "', again("*a _b "), '"\n'),
    "keys": counted("key{n}: 1\n"),
    "topics": _within("topics:\n", counted("- {{slug: t{n}, title: {w}}}\n"), ""),
    "words": _within("topics:\n- {slug: t, title: T, words: [", counted("w{n}, "), "x]}\n"),
    "outlets": _within("outlets:\n", counted("- {{name: O{n} {w}}}\n"), ""),
    "one key again": again("about: 1\n"),
    "quotes": _within("about: ", again('"a" '), "\n"),
    "comments": again("# a\n"),
    "colons": again("a: "),
}
# What stands in the front matter of an entry.
FIELDS: dict[str, Heavy] = {
    "title": _within('title: "', again("Word "), '"\n'),
    "bottom line": _within('summary: "', again(SENTENCE), '"\n'),
    "people": _within("people: [", counted('"Ann {w}", '), "Bob]\n"),
    "people alike": _within("people: [", counted('"Ann Marrow {n}", '), "Bob]\n"),
    "topics": _within("topics: [", counted("t{n}, "), "x]\n"),
    "former addresses": _within("aliases: [", counted("al-{n}, "), "x]\n"),
    "note": _within('note: "', again(SENTENCE), '"\n'),
    "corrections": _within(
        "corrections:\n", counted('- {{date: 2026-05-03, was: "a{n}", now: "b{n}", why: c}}\n'), ""
    ),
    "lines dropped": _within("overrides:\n", counted("- {{line: {n}, drop: b185d577}}\n"), ""),
    "reviews": _within("review:\n", counted('- "{w} is wrong"\n'), ""),
    "a key of one's own": _within('mine: "', again("a "), '"\n'),
    "lists in lists": _within("mine: ", nested("[", "]", "a"), "\n"),
    "keys": counted("key{n}: 1\n"),
    "address": _within('url: "https://a.example/', again("a"), '"\n'),
    "authors": _within("authors: [", counted('"{w} Quill", '), "Bob]\n"),
    "language": _within("language: ", again("a-"), "x\n"),
}
# The body of an entry.
BODIES: dict[str, Heavy] = {
    "quotes in quotes": again(">"),
    "small tables": again("|a|b|\n|-|-|\n|c|d|\n\n"),
    "links": again("[a](https://b.example) "),
    "references": counted("[a{n}]: https://b.example/{n}\n"),
    "emphasis": again("*a _b "),
    "markup": again("<div>\n"),
    "paragraphs": again(f"{SENTENCE}\n\n"),
    "code": again("`a"),
    "items": again("- a\n"),
    "items in items": lambda size: "".join(f"{'  ' * n}- a\n" for n in range(int(size**0.5))),
    "headings": again("# a\n\n"),
    "rules": again("---\n\n"),
    "pictures": again("![["),
    "brackets": again("[a]("),
    "escapes": again("\\*"),
}
