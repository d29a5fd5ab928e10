"""Texts of any size that could make a program slow: one piece again and again, and worse.

Each is a function of the number of characters that are wanted, give or take one piece. The
sentences are written for this.
"""

from collections.abc import Callable
from itertools import count, takewhile

Heavy = Callable[[int], str]

_SENTENCE = "The harbour board said on Monday that the ferry will sail again in May. "
_TELLING = (
    "Ann Marrow, the harbour master of Skarnes, told the Coast Gazette on 3 May 2026 that {n} ships"
    " and {n}% of the crews of Nordhavn Lines had come to Port {w}. "
)


def _again(piece: str) -> Heavy:
    """Return what says a piece again and again."""
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _counted(piece: str) -> Heavy:
    """Return what says a piece again and again, with other numbers and words in it each time."""

    def text(size: int) -> str:
        made: list[str] = []
        long = 0
        for n in count(1):
            made.append(piece.format(n=n, w=_word(n)))
            long += len(made[-1])
            if long >= size:
                break
        return "".join(made)

    return text


def _word(number: int) -> str:
    """Return a capitalised word that stands for a number."""
    letters = ""
    while number:
        number, rest = divmod(number, 20)
        letters += "bcdfghklmnprstvwzaei"[rest] + "aeiou"[rest % 5]
    return letters.capitalize()


def _nested(opening: str, closing: str, inner: str = "harbour") -> Heavy:
    """Return one thing inside of another, as deep as fits."""

    def text(size: int) -> str:
        deep = max(1, size // (len(opening) + len(closing)))
        return opening * deep + inner + closing * deep

    return text


def _stairs(mark: str) -> Heavy:
    """Return lines each of which is indented one mark more than the one above."""

    def text(size: int) -> str:
        lines = takewhile(lambda n: n * n * len(mark) < 2 * size, count(1))
        return "".join(f"{mark * n}- a line\n" for n in lines)

    return text


# One line, however long.
ONE_LINE: dict[str, Heavy] = {
    "letters": _again("a"),
    "capitals": _again("A"),
    "capitalised words": _counted("{w} "),
    "capitals and a dot": _again("A. "),
    "capitals, dots, no blanks": _again("A."),
    "one word again": _again("harbour "),
    "two words again": _again("Harbour Board "),
    "one sentence again": _again(_SENTENCE),
    "many sentences": _counted(_TELLING),
    "sentences without blanks": _again("The ferry sails.It was full."),
    "digits": _again("1"),
    "numbers": _counted("{n} "),
    "numbers with commas": _again("1,"),
    "thousands": _again("123,456,"),
    "decimals": _again("1.5"),
    "money": _counted("${n} million, "),
    "dates": _again("May 3, 2026, "),
    "dates in figures": _again("2026-05-03 "),
    "times": _again("10:30 "),
    "months": _again("May "),
    "blanks in a text": lambda size: "x" + " " * size + "x",
    "tabs": lambda size: "x" + "\t" * size + "x",
    "no-break spaces": lambda size: "x" + "\u00a0" * size + "x",
    "ideographic spaces": lambda size: "x" + "\u3000" * size + "x",
    "blanks and letters": _again("a "),
    "dots": _again("."),
    "dots and blanks": _again(". "),
    "letters and dots": _again("a."),
    "commas": _again(","),
    "commas and blanks": _again("a, "),
    "colons": _again("a: "),
    "dashes": _again("-"),
    "dashes between blanks": _again(" - "),
    "long dashes": _again("a — "),
    "hyphens": _again("a-"),
    "hashes": _again("#"),
    "stars": _again("*"),
    "stars and letters": _again("*a "),
    "underscores": _again("_"),
    "underscores and letters": _again("_a_"),
    "tildes": _again("~"),
    "equals signs": _again("="),
    "pipes": _again("|"),
    "pipes and blanks": _again(" | "),
    "slashes": _again("/"),
    "backslashes": _again("\\"),
    "backticks": _again("`"),
    "backticks, ever more": lambda size: "a ".join(
        "`" * n for n in takewhile(lambda n: n * n < 2 * size, count(1))
    ),
    "ampersands": _again("&"),
    "entities": _again("&amp;"),
    "numbered entities": _again("&#x41;"),
    "broken entities": _again("&#"),
    "percent signs": _again("%41"),
    "round brackets": _again("("),
    "round brackets in pairs": _nested("(", ")"),
    "square brackets": _again("["),
    "square brackets in pairs": _nested("[", "]"),
    "empty square brackets": _again("[]"),
    "brackets of both kinds": _again("[]("),
    "curly brackets": _again("{"),
    "angle brackets": _again("<"),
    "closing angle brackets": _again(">"),
    "straight quotes": _again('"'),
    "straight quotes and words": _again('"a '),
    "apostrophes": _again("'"),
    "opening quotes": _again("“"),
    "closing quotes": _again("”"),
    "quotes in pairs": _again("“a” "),
    "nested quotes": _nested("“", "”"),
    "quotes and speech": _again("“It sails,” said Ann Marrow. "),
    "question marks": _again("? "),
    "exclamation marks": _again("!"),
    "at signs": _again("@"),
    "mail addresses": _again("ann.marrow@harbour.example "),
    "a mail address without an end": _again("a@"),
    "links": _again("https://harbour.example/a?b=c "),
    "a link without an end": lambda size: "https://harbour.example/" + "a" * size,
    "a link of dots": lambda size: "https://" + "a." * (size // 2),
    "links without blanks": _again("https://a.b/"),
    "www": _again("www."),
    "Markdown links": _again("[a](https://b.c) "),
    "Markdown links without an end": _again("[a](b"),
    "Markdown images": _again("![a](b) "),
    "references": _again("[1] "),
    "footnotes": _again("[^1]: a "),
    "names": _counted("Ann {w} and "),
    "names in a list": _counted("Ann {w}, "),
    "one long name": _again("Marrow "),
    "names with of": _again("Bank of "),
    "names with and": _again("Ann and "),
    "names with initials": _again("A. B. Marrow "),
    "titles": _again("Mr. "),
    "titles of many kinds": _again("Prime Minister Dr. Gen. "),
    "short forms": _counted("Nordhavn {w} Board (N{w}B) "),
    "offices": _counted("{w} Marrow, the harbour master of {w}, "),
    "said": _again("said "),
    "bylines": _again("By Ann Marrow and "),
    "emphasis": _again("**a** "),
    "tags": _again("<b>"),
    "tags in pairs": _nested("<i>", "</i>"),
    "scripts": _again("<script>"),
    "comments": _again("<!--"),
    "declarations": _again("<!"),
    "processing instructions": _again("<?"),
    "quoted-printable": _again("=E2=80=99"),
    "quoted-printable, broken": _again("=E2=80="),
    "mojibake": _again("â€™"),
    "mojibake of letters": _again("Ã©"),
    "base64": _again("TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQ"),
    "combining marks": lambda size: "a" + "\u0301" * size,
    "combining marks of two kinds": lambda size: "a" + "\u0301\u0323" * (size // 2),
    "bidi marks": _again("\u202e"),
    "bidi marks and letters": _again("\u202ea"),
    "zero-width spaces": _again("\u200b"),
    "zero-width spaces and letters": _again("a\u200b"),
    "zero-width joiners": _again("\u200d"),
    "byte order marks": _again("\ufeff"),
    "soft hyphens": _again("a\u00ad"),
    "control characters": _again("a\x01"),
    "line separators": _again("a\u2028"),
    "next lines": _again("a\x85"),
    "Hangul": _again("항만청은월요일에연락선이다시운항한다고밝혔다"),
    "Hangul sentences": _again("항만청은 월요일에 연락선이 다시 운항한다고 밝혔다. "),
    "Hangul letters": _again("\u1100\u1161\u11a8"),
    "Chinese": _again("港务局星期一说渡轮将于五月重新启航"),
    "Chinese sentences": _again("港务局星期一说渡轮将于五月重新启航。"),
    "Japanese": _again("港湾局は月曜日にフェリーが再び運航すると発表した"),
    "Japanese quotes": _again("「港」"),
    "Thai": _again("การท่าเรือกล่าวเมื่อวันจันทร์ว่าเรือข้ามฟากจะแล่นอีกครั้ง"),
    "Arabic": _again("قال مجلس الميناء "),
    "Hebrew": _again("מועצת הנמל אמרה "),
    "Devanagari": _again("बंदरगाह बोर्ड ने कहा। "),
    "Cyrillic": _again("Портовый совет сообщил, что паром снова пойдёт. "),
    "Greek": _again("Το συμβούλιο του λιμανιού είπε. "),
    "Turkish dotted capitals": _again("İ"),
    "sharp s": _again("ß"),
    "ligatures": _again("ﷺ"),
    "full width": _again("ＡＢＣ１２３"),
    "emoji": _again("⛴"),
    "emoji families": _again("👨\u200d👩\u200d👧"),
    "flags": _again("🇰🇷"),
    "noncharacters": _again("\uffff"),
    "private use": _again("\ue000"),
    "mathematical letters": _again("𝐇"),
    "Roman numerals": _again("IV "),
    "ordinals": _again("1st "),
    "abbreviations": _again("U.S. "),
    "abbreviations and capitals": _again("No. A "),
    "ellipses": _again("… "),
    "template braces": _again("{{ a }} {% "),
    "copyright": _again("© 2026 "),
    "share": _again("Share "),
    "read more": _again("Read more: "),
    "dateline": _again("SKARNES, Norway (Reuters) — "),
    "labels": _again("Note: "),
    "CSV": _again("a,b;c\td|"),
    "JSON": _nested('{"a":', "}", "1"),
}

# As many lines as fit.
LINES: dict[str, Heavy] = {
    "blank lines": _again("\n"),
    "lines of a letter": _again("a\n"),
    "lines of a letter with gaps": _again("a\n\n"),
    "lines of a blank": _again(" \n"),
    "lines of a carriage return": _again("a\r"),
    "lines of a capital": _again("A\n"),
    "lines of a word": _counted("{w}\n"),
    "lines of one word": _again("Harbour\n"),
    "lines of a number": _counted("{n}\n"),
    "lines of a digit": _again("1\n"),
    "lines of a dot": _again(".\n"),
    "lines of a question": _again("Will the ferry sail?\n"),
    "questions and answers": _again("Q: Will the ferry sail?\nA: It will sail.\n"),
    "one sentence, a line each": _again(_SENTENCE.strip() + "\n"),
    "sentences, a line each": _counted(_TELLING + "\n"),
    "sentences, a paragraph each": _counted(_TELLING + "\n\n"),
    "wrapped lines": _again("The harbour board said on Monday that the ferry will sail\nagain, "),
    "wrapped lines with hyphens": _again("the har-\nbour board said on Monday that the fer-\nry "),
    "headings": _counted("## {w}\n"),
    "headings and a text": _counted("## {w}\n\n" + _SENTENCE + "\n\n"),
    "headings in capitals": _counted("HARBOUR {w}\n\n"),
    "underlined headings": _again("Harbour\n=====\n"),
    "bullets": _again("- a\n"),
    "lone bullets": _again("-\n"),
    "bullets of many kinds": _again("• a\n* b\n– c\n"),
    "numbered items": _counted("{n}. Item {w}\n"),
    "items of letters": _again("a) one\n(b) two\n"),
    "steps": _stairs("  "),
    "steps of tabs": _stairs("\t"),
    "deep quotes": _stairs("> "),
    "quote signs": _again(">" * 60 + " a\n"),
    "quoted lines": _again("> The ferry sails.\n"),
    "ever deeper": _stairs(">"),
    "rules": _again("---\n"),
    "rules of stars": _again("***\n"),
    "front matter again": _again("---\ntitle: a\n---\n"),
    "table rows": _counted("| {n} | {w} |\n"),
    "table rows with a head": lambda size: "| a | b |\n| - | - |\n" + _again("| 1 | 2 |\n")(size),
    "tables": _again("| a | b |\n| - | - |\n| 1 | 2 |\n\n"),
    "a wide table": lambda size: (
        (("| a " * (size // 12) + "|\n") + ("| - " * (size // 12) + "|\n"))
        + ("| 1 " * (size // 12) + "|\n")
    ),
    "a table of a thousand columns": lambda size: _again("| 1 " * 1000 + "|\n")(size),
    "columns of tabs": _counted("{n}\t{w}\t{n}\n"),
    "columns of blanks": _counted("{n}   {w}   {n}\n"),
    "links, a line each": _counted("https://harbour.example/{n}\n"),
    "names, a line each": _counted("Ann {w}\n"),
    "dates, a line each": _again("May 3, 2026\n"),
    "bylines, a line each": _counted("By Ann {w}\n"),
    "source credits": _again("Source: Coast Gazette\n"),
    "outlets": _again("Coast Gazette | Skarnes\n"),
    "captions": _again("Photo: Ann Marrow\n"),
    "furniture": _again("Share this article\nRead more\nSubscribe to our newsletter\n"),
    "cookies": _again("We use cookies. Accept all\n"),
    "headlines again": _again("Ferry sails again in May\n"),
    "mail heads": _again("From: Ann\nTo: Ben\nSubject: Ferry\n"),
    "mail": _again("> > On Monday, Ann wrote:\n> The ferry sails.\n"),
    "page numbers": _counted("Page {n} of 9\n\f\n"),
    "form feeds": _again("a\f"),
    "callouts": _again("Did you know? The ferry sails.\n\n"),
    "labels, a line each": _counted("{w}: a text\n"),
    "quotes, a line each": _again("“The ferry sails,” she said.\n\n"),
    "quotes left open": _again("“The ferry sails.\n\n"),
    "fences": _again("```\na\n"),
    "indented code": _again("    a\n"),
    "link references": _counted("[{n}]: https://a.b\n"),
    "footnotes, a line each": _counted("[^{n}]: a\n"),
    "footnote marks": _again("¹ a\n"),
    "HTML blocks": _again("<div>\n\n"),
    "HTML comments": _again("<!--\n\n"),
    "quoted-printable lines": _again("The ferry sails =E2=80=94 =\nagain =\n"),
    "base64 lines": _again("TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQsIGNvbnNlY3RldHVyIGFkaXBpc2Np\n"),
    "Hangul lines": _again("항만청은 월요일에 연락선이 다시 운항한다고 밝혔다.\n"),
    "Chinese lines": _again("港务局星期一说渡轮将于五月重新启航。\n"),
    "Arabic lines": _again("قال مجلس الميناء\n"),
    "combining marks, a line each": _again("\u0301\n"),
    "zero-width lines": _again("\u200b\n"),
    "bidi lines": _again("\u202e\u2066\n"),
    "emoji lines": _again("⛴️ a\n"),
    "subtitles": _counted("{n}\n00:00:01,000 --> 00:00:02,000\nThe ferry sails.\n\n"),
    "a chat": _counted("[10:30] Ann {w}: yes\n"),
    "figures": _counted("The ferry cost ${n} million in {n}.\n"),
}

TEXTS: dict[str, Heavy] = ONE_LINE | LINES
