"""Texts of any size that could make a program slow: one piece again and again, and worse.

Each is a function of the number of characters that are wanted, give or take one piece. The
sentences are written for this.
"""

from collections.abc import Callable
from itertools import count, takewhile

Heavy = Callable[[int], str]

SENTENCE = "The harbour board said on Monday that the ferry will sail again in May. "
_TELLING = (
    "Ann Marrow, the harbour master of Skarnes, told the Coast Gazette on 3 May 2026 that {n} ships"
    " and {n}% of the crews of Nordhavn Lines had come to Port {w}. "
)


def again(piece: str) -> Heavy:
    """Return what says a piece again and again."""
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def counted(piece: str) -> Heavy:
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


def nested(opening: str, closing: str, inner: str = "harbour") -> Heavy:
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
    "letters": again("a"),
    "capitals": again("A"),
    "capitalised words": counted("{w} "),
    "capitals and a dot": again("A. "),
    "capitals, dots, no blanks": again("A."),
    "one word again": again("harbour "),
    "two words again": again("Harbour Board "),
    "one sentence again": again(SENTENCE),
    "many sentences": counted(_TELLING),
    "sentences without blanks": again("The ferry sails.It was full."),
    "digits": again("1"),
    "numbers": counted("{n} "),
    "numbers with commas": again("1,"),
    "thousands": again("123,456,"),
    "decimals": again("1.5"),
    "money": counted("${n} million, "),
    "dates": again("May 3, 2026, "),
    "dates in figures": again("2026-05-03 "),
    "times": again("10:30 "),
    "months": again("May "),
    "blanks in a text": lambda size: "x" + " " * size + "x",
    "tabs": lambda size: "x" + "\t" * size + "x",
    "no-break spaces": lambda size: "x" + "\u00a0" * size + "x",
    "ideographic spaces": lambda size: "x" + "\u3000" * size + "x",
    "blanks and letters": again("a "),
    "dots": again("."),
    "dots and blanks": again(". "),
    "letters and dots": again("a."),
    "commas": again(","),
    "commas and blanks": again("a, "),
    "colons": again("a: "),
    "dashes": again("-"),
    "dashes between blanks": again(" - "),
    "long dashes": again("a — "),
    "hyphens": again("a-"),
    "hashes": again("#"),
    "stars": again("*"),
    "stars and letters": again("*a "),
    "underscores": again("_"),
    "underscores and letters": again("_a_"),
    "tildes": again("~"),
    "equals signs": again("="),
    "pipes": again("|"),
    "pipes and blanks": again(" | "),
    "slashes": again("/"),
    "backslashes": again("\\"),
    "backticks": again("`"),
    "backticks, ever more": lambda size: "a ".join(
        "`" * n for n in takewhile(lambda n: n * n < 2 * size, count(1))
    ),
    "ampersands": again("&"),
    "entities": again("&amp;"),
    "numbered entities": again("&#x41;"),
    "broken entities": again("&#"),
    "percent signs": again("%41"),
    "round brackets": again("("),
    "round brackets in pairs": nested("(", ")"),
    "square brackets": again("["),
    "square brackets in pairs": nested("[", "]"),
    "empty square brackets": again("[]"),
    "brackets of both kinds": again("[]("),
    "curly brackets": again("{"),
    "angle brackets": again("<"),
    "closing angle brackets": again(">"),
    "straight quotes": again('"'),
    "straight quotes and words": again('"a '),
    "apostrophes": again("'"),
    "opening quotes": again("“"),
    "closing quotes": again("”"),
    "quotes in pairs": again("“a” "),
    "nested quotes": nested("“", "”"),
    "quotes and speech": again("“It sails,” said Ann Marrow. "),
    "question marks": again("? "),
    "exclamation marks": again("!"),
    "at signs": again("@"),
    "mail addresses": again("ann.marrow@harbour.example "),
    "a mail address without an end": again("a@"),
    "links": again("https://harbour.example/a?b=c "),
    "a link without an end": lambda size: "https://harbour.example/" + "a" * size,
    "a link of dots": lambda size: "https://" + "a." * (size // 2),
    "links without blanks": again("https://a.b/"),
    "www": again("www."),
    "Markdown links": again("[a](https://b.c) "),
    "Markdown links without an end": again("[a](b"),
    "Markdown images": again("![a](b) "),
    "references": again("[1] "),
    "footnotes": again("[^1]: a "),
    "names": counted("Ann {w} and "),
    "names in a list": counted("Ann {w}, "),
    "one long name": again("Marrow "),
    "names with of": again("Bank of "),
    "names with and": again("Ann and "),
    "names with initials": again("A. B. Marrow "),
    "titles": again("Mr. "),
    "titles of many kinds": again("Prime Minister Dr. Gen. "),
    "short forms": counted("Nordhavn {w} Board (N{w}B) "),
    "offices": counted("{w} Marrow, the harbour master of {w}, "),
    "said": again("said "),
    "bylines": again("By Ann Marrow and "),
    "emphasis": again("**a** "),
    "tags": again("<b>"),
    "tags in pairs": nested("<i>", "</i>"),
    "scripts": again("<script>"),
    "comments": again("<!--"),
    "declarations": again("<!"),
    "processing instructions": again("<?"),
    "quoted-printable": again("=E2=80=99"),
    "quoted-printable, broken": again("=E2=80="),
    "mojibake": again("â€™"),
    "mojibake of letters": again("Ã©"),
    "base64": again("TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQ"),
    "combining marks": lambda size: "a" + "\u0301" * size,
    "combining marks of two kinds": lambda size: "a" + "\u0301\u0323" * (size // 2),
    "bidi marks": again("\u202e"),
    "bidi marks and letters": again("\u202ea"),
    "zero-width spaces": again("\u200b"),
    "zero-width spaces and letters": again("a\u200b"),
    "zero-width joiners": again("\u200d"),
    "byte order marks": again("\ufeff"),
    "soft hyphens": again("a\u00ad"),
    "control characters": again("a\x01"),
    "line separators": again("a\u2028"),
    "next lines": again("a\x85"),
    "Hangul": again("항만청은월요일에연락선이다시운항한다고밝혔다"),
    "Hangul sentences": again("항만청은 월요일에 연락선이 다시 운항한다고 밝혔다. "),
    "Hangul letters": again("\u1100\u1161\u11a8"),
    "Chinese": again("港务局星期一说渡轮将于五月重新启航"),
    "Chinese sentences": again("港务局星期一说渡轮将于五月重新启航。"),
    "Japanese": again("港湾局は月曜日にフェリーが再び運航すると発表した"),
    "Japanese quotes": again("「港」"),
    "Thai": again("การท่าเรือกล่าวเมื่อวันจันทร์ว่าเรือข้ามฟากจะแล่นอีกครั้ง"),
    "Arabic": again("قال مجلس الميناء "),
    "Hebrew": again("מועצת הנמל אמרה "),
    "Devanagari": again("बंदरगाह बोर्ड ने कहा। "),
    "Cyrillic": again("Портовый совет сообщил, что паром снова пойдёт. "),
    "Greek": again("Το συμβούλιο του λιμανιού είπε. "),
    "Turkish dotted capitals": again("İ"),
    "sharp s": again("ß"),
    "ligatures": again("ﷺ"),
    "full width": again("ＡＢＣ１２３"),
    "emoji": again("⛴"),
    "emoji families": again("👨\u200d👩\u200d👧"),
    "flags": again("🇰🇷"),
    "noncharacters": again("\uffff"),
    "private use": again("\ue000"),
    "mathematical letters": again("𝐇"),
    "Roman numerals": again("IV "),
    "ordinals": again("1st "),
    "abbreviations": again("U.S. "),
    "abbreviations and capitals": again("No. A "),
    "ellipses": again("… "),
    "template braces": again("{{ a }} {% "),
    "copyright": again("© 2026 "),
    "share": again("Share "),
    "read more": again("Read more: "),
    "dateline": again("SKARNES, Norway (Reuters) — "),
    "labels": again("Note: "),
    "CSV": again("a,b;c\td|"),
    "JSON": nested('{"a":', "}", "1"),
}

# As many lines as fit.
LINES: dict[str, Heavy] = {
    "blank lines": again("\n"),
    "lines of a letter": again("a\n"),
    "lines of a letter with gaps": again("a\n\n"),
    "lines of a blank": again(" \n"),
    "lines of a carriage return": again("a\r"),
    "lines of a capital": again("A\n"),
    "lines of a word": counted("{w}\n"),
    "lines of one word": again("Harbour\n"),
    "lines of a number": counted("{n}\n"),
    "lines of a digit": again("1\n"),
    "lines of a dot": again(".\n"),
    "lines of a question": again("Will the ferry sail?\n"),
    "questions and answers": again("Q: Will the ferry sail?\nA: It will sail.\n"),
    "one sentence, a line each": again(SENTENCE.strip() + "\n"),
    "sentences, a line each": counted(_TELLING + "\n"),
    "sentences, a paragraph each": counted(_TELLING + "\n\n"),
    "wrapped lines": again("The harbour board said on Monday that the ferry will sail\nagain, "),
    "wrapped lines with hyphens": again("the har-\nbour board said on Monday that the fer-\nry "),
    "headings": counted("## {w}\n"),
    "headings and a text": counted("## {w}\n\n" + SENTENCE + "\n\n"),
    "headings in capitals": counted("HARBOUR {w}\n\n"),
    "underlined headings": again("Harbour\n=====\n"),
    "bullets": again("- a\n"),
    "lone bullets": again("-\n"),
    "bullets of many kinds": again("• a\n* b\n– c\n"),
    "numbered items": counted("{n}. Item {w}\n"),
    "items of letters": again("a) one\n(b) two\n"),
    "steps": _stairs("  "),
    "steps of tabs": _stairs("\t"),
    "deep quotes": _stairs("> "),
    "quote signs": again(">" * 60 + " a\n"),
    "quoted lines": again("> The ferry sails.\n"),
    "ever deeper": _stairs(">"),
    "rules": again("---\n"),
    "rules of stars": again("***\n"),
    "front matter again": again("---\ntitle: a\n---\n"),
    "table rows": counted("| {n} | {w} |\n"),
    "table rows with a head": lambda size: "| a | b |\n| - | - |\n" + again("| 1 | 2 |\n")(size),
    "tables": again("| a | b |\n| - | - |\n| 1 | 2 |\n\n"),
    "a wide table": lambda size: (
        (("| a " * (size // 12) + "|\n") + ("| - " * (size // 12) + "|\n"))
        + ("| 1 " * (size // 12) + "|\n")
    ),
    "a table of a thousand columns": lambda size: again("| 1 " * 1000 + "|\n")(size),
    "columns of tabs": counted("{n}\t{w}\t{n}\n"),
    "columns of blanks": counted("{n}   {w}   {n}\n"),
    "links, a line each": counted("https://harbour.example/{n}\n"),
    "names, a line each": counted("Ann {w}\n"),
    "dates, a line each": again("May 3, 2026\n"),
    "bylines, a line each": counted("By Ann {w}\n"),
    "source credits": again("Source: Coast Gazette\n"),
    "outlets": again("Coast Gazette | Skarnes\n"),
    "captions": again("Photo: Ann Marrow\n"),
    "furniture": again("Share this article\nRead more\nSubscribe to our newsletter\n"),
    "cookies": again("We use cookies. Accept all\n"),
    "headlines again": again("Ferry sails again in May\n"),
    "mail heads": again("From: Ann\nTo: Ben\nSubject: Ferry\n"),
    "mail": again("> > On Monday, Ann wrote:\n> The ferry sails.\n"),
    "page numbers": counted("Page {n} of 9\n\f\n"),
    "form feeds": again("a\f"),
    "callouts": again("Did you know? The ferry sails.\n\n"),
    "labels, a line each": counted("{w}: a text\n"),
    "quotes, a line each": again("“The ferry sails,” she said.\n\n"),
    "quotes left open": again("“The ferry sails.\n\n"),
    "fences": again("```\na\n"),
    "indented code": again("    a\n"),
    "link references": counted("[{n}]: https://a.b\n"),
    "footnotes, a line each": counted("[^{n}]: a\n"),
    "footnote marks": again("¹ a\n"),
    "HTML blocks": again("<div>\n\n"),
    "HTML comments": again("<!--\n\n"),
    "quoted-printable lines": again("The ferry sails =E2=80=94 =\nagain =\n"),
    "base64 lines": again("TG9yZW0gaXBzdW0gZG9sb3Igc2l0IGFtZXQsIGNvbnNlY3RldHVyIGFkaXBpc2Np\n"),
    "Hangul lines": again("항만청은 월요일에 연락선이 다시 운항한다고 밝혔다.\n"),
    "Chinese lines": again("港务局星期一说渡轮将于五月重新启航。\n"),
    "Arabic lines": again("قال مجلس الميناء\n"),
    "combining marks, a line each": again("\u0301\n"),
    "zero-width lines": again("\u200b\n"),
    "bidi lines": again("\u202e\u2066\n"),
    "emoji lines": again("⛴️ a\n"),
    "subtitles": counted("{n}\n00:00:01,000 --> 00:00:02,000\nThe ferry sails.\n\n"),
    "a chat": counted("[10:30] Ann {w}: yes\n"),
    "figures": counted("The ferry cost ${n} million in {n}.\n"),
}

TEXTS: dict[str, Heavy] = ONE_LINE | LINES
