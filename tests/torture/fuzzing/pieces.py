"""What pasted texts are made of, written for these tests; nothing of it is anybody's article."""

PEOPLE = (
    *("Ana Reyes", "Tom Okafor", "Kim Ji-woo", "Dr. Ilse van der Meer", "O’Hara", "Jean-Luc"),
    *("김민지", "Юлия Орлова", "Müller", "J. R. Smith Jr.", "de la Cruz", "MCLEOD", "李小龙"),
)
GROUPS = (
    *("Harbour Board", "Ministry of Fisheries", "Quay & Sons Ltd.", "NATO", "U.N.", "AT&T"),
    *("Northern Grain Union", "the E.U.", "해양부", "Bank of the Isles", "FC Harbour", "G7"),
)
PLACES = ("Port Ellery", "the Isles", "New Quay", "Saint-Malo", "Côte d’Or", "서울", "Washington")
NUMBERS = (
    *("12", "1,200", "3.5 million", "$4.2bn", "€ 7", "twenty-one", "a dozen", "0", "007", "½"),
    *("10:30", "20-30", "1.000.000,50", "five hundred thousand", "9" * 25, "1e309", "-4", "%"),
    *("१२३", "٤٥", "²", "①", "half a million", "one in three", "1,2,3", "U+0031", "3rd", "IV"),
    *("1.", ".5", "5.", "1..2", "12 million billion trillion", "$", "99.99.99", "2025", "1899"),
)
UNITS = ("tonnes", "people", "killed", "per cent", "%", "km", "years old", "ships", "times", "")
DATES = (
    *("May 3, 2026", "3 May 2026", "2026-05-03", "2026-13-45", "03/05/2026", "31.12.99"),
    *("2026-05-03T25:61:00Z", "2026-05-03T10:00:00+99:99", "0000-00-00", "9999-12-31T23:59-14:00"),
    *("Feb. 30, 2024", "Monday, 4 May", "April 22 to 2025", "2026년 5월 3일", "3 мая 2026 г."),
    *("١٢/٠٥/٢٠٢٦", "1 Jan 0001", "5/13/26", "13/5/26", "May 2026", "Sept. 31st", "12:30 pm KST"),
    *(
        "yesterday",
        "5 hours ago",
        "2026-05-03 10:00 (GMT+9)",
        "३ मई २०२६",
        "Mär. 3, 2026",
        "3.5.26",
    ),
    *("Sunday, March 3, 2024 11:59 PM EDT", "2024-02-29", "2023-02-29", "²/³/2026", "1/2/3/4/5"),
)
SENTENCES = (
    "The ferry will run twice a day from June.",
    "The board said so on Friday, and “nobody objected”.",
    'He said: "We will not pay."',
    "Is that all? No! It is not…",
    "talks.The next round, however,starts soon.",
    "(It was the third vote since 1950).Over the years it grew.",
    "The U.S.before the E.U.came.",
    "Mr. Okafor of St. Anne's spoke at 5 p.m. on Jan. 4. He left.",
    "그는 금요일에 그렇게 말했다. 회의는 끝났다.",
    "理事会は金曜日にそう述べた。会議は終わった。",
    "Совет заявил об этом в пятницу. Встреча закончилась.",
    "قال المجلس ذلك يوم الجمعة. انتهى الاجتماع.",
    "It costs $5.50 (about €5) — or 1,000 won — a head; see www.ferry.example/a_b?c=d&e=f.",
    "The harbour’s â€œnewâ€\x9d quay\x97long promisedâ€\x94is open, Ã©tÃ© comme hiver.",
    "The quay, which is the long-",
    "est of the coast, was opened by the Har-",
    "a small line that goes on from the one above and has no stop",
    "Nineteen ships, 21 boats and a dozen rafts were counted; 12 people were killed.",
    "1. First the ships came.",
    "2025. was the year of the ships.",
    "# Not a heading *but* _text_ with `marks` and [brackets](none) and ![x](y) \\ | pipes",
    "<script>alert(1)</script> & &lt;b&gt; &#65; &copy &amp;amp;",
    "A" * 90,
    "a.b.c.d.e.f.g.h.i.j",
    "said he, said she; “nested ‘quotes’ here”",
)
FURNITURE = (
    *("Advertisement", "Share this article", "Read more:", "Subscribe to our newsletter"),
    *(
        "By clicking you agree to our terms",
        "Related stories",
        "© 2026 Harbour Post",
        "Comments (3)",
    ),
    *("Home > News > Coast", "Photo: Ana Reyes / Harbour Post", "[Image: a ferry]", "Follow us on"),
    *("Original Source: field-gazette.example", "Skip to content", "3 min read", "Updated 2h ago"),
    *(
        "Most read",
        "Sign in",
        "Facebook Twitter Email",
        "Page 2 of 7",
        "-- 3 --",
        "Tags: port, quay",
    ),
    *("https://harbour.example/2026/05/ferry?utm_source=x#top", "ana@harbour.example", "More from"),
    *(
        "기사 공유하기",
        "무단 전재 및 재배포 금지",
        "Реклама",
        "広告",
        "Listen to this article",
        "Print",
    ),
    *(
        "This article was first published by Coast Wire.",
        "Copyright Reuters-like 2026",
        "END",
        "###",
    ),
)
BYLINES = (
    *("By {who}, Harbour Post", "{who} | Field Gazette | {when}", "BY {who} AND {who}", "by {who}"),
    *("{who} 기자", "Von {who}", "Written by: {who}", "By {who} in {where}", "({who})", "— {who}"),
    *("Reporting by {who}; editing by {who}", "{who}, staff writer", "Author: {who} · {when}"),
)
DATELINES = (
    *("{where} ({what}) — ", "{where}, {when} - ", "({where}={what}) ", "{where} – ", "[{where}] "),
    *("{where} (Coast Wire) -- ", "{when} / {where}: ", "WASHINGTON, D.C., "),
)
LABELS = (
    *("Published: {when}", "Last updated: {when}", "Source: {what}", "Title: a headline", "Date:"),
    *("Updated on {when} at 5 pm", "Posted by {who} on {when}", "URL: https://x.example/{what}"),
    *(
        "Language: en",
        "Summary:",
        "Key points:",
        "Q: What is new?",
        "A: The ferry.",
        "Note: {what}",
    ),
    *("What is new?", "Why it matters: the price.", "Background", "BACKGROUND:", "I. The quay"),
    *("From: {who} <a@b.example>", "Subject: Fwd: ferry", "On {when}, {who} wrote:", "> > quoted"),
)
STARTS = (
    *(
        "- ",
        "* ",
        "• ",
        "– ",
        "1. ",
        "2) ",
        "(a) ",
        "> ",
        "> > ",
        "# ",
        "## ",
        "### ",
        "\t",
        "    ",
    ),
    *("| ", "Q. ", "A: ", "“", '"', "'", "…", "[1] ", "¹ ", "+", "--", "___", "***", "===", "☐ "),
)
TABLES = (
    *("| a | b |", "|---|---|", "| 1 | 2 | 3 |", "a\tb\tc", "1\t2\t3", "Ship   Tonnes   Flag"),
    *("Ferry   120   KR", "| - | - |", "||", "|:-:|", "a  |  b", "\t\t", "Rank Team W L D Pts"),
    *("1 Harbour FC 10 2 3 33", "Home 2 - 1 Away", "AAPL 189.2 +1.2%", "|", "a|b|c|d|e", "+--+--+"),
)
HOSTILE = (
    *("\u202e", "\u2066", "\u2069", "\u200b", "\u200d", "\u200c", "\ufeff", "\u00ad", "\u0000"),
    *("\x1b[31m", "\x7f", "\x85", "\x0b", "\x0c", "\x1c", "\u2028", "\u2029", "\ufdd0", "\ufdd1"),
    *("\ufdd2", "\ufdd3", "\uffff", "\U0001ffff", "\ud800", "\udfff", "\ue000", "\U000e0041"),
    *("\u0301", "\u0345", "e\u0301", "\u1100\u1161", "ﬁ", "ß", "İ", "ı", "ſ", "Ǆ", "ŉ", "\u03a3"),
    *(
        "👨‍👩‍👧",
        "🇰🇷",
        "\ufffd",
        "\u00a0",
        "\u3000",
        "\u2003",
        "\u180e",
        "\u061c",
        "\u2060",
        "\u034f",
    ),
    *("<", ">", "&", '"', "'", "`", "\\", "[", "]", "(", ")", "{", "}", "{{", "%}", "*", "_", "~"),
    *("|", "#", ":", ";", "-", "—", "‑", "…", "“", "”", "‘", "’", "«", "»", "„", "!", "?", "。"),
    *("]]>", "<!--", "-->", "&#x0;", "&#xD800;", "&nbsp;", "\\u0026lt;b", "Ã", "Â£", "â€", "\x97"),
    *(
        ". ",
        ".",
        ",",
        " ",
        "  ",
        "\t",
        "1",
        "9",
        "0",
        "a",
        "A",
        "가",
        "я",
        "ا",
        "ا\u0650",
        "क्",
        "ゝ",
    ),
)
LINE_ENDS = ("\n", "\n", "\n\n", "\r\n", "\r", "\n \n", "\n\t\n\n", "\u2028", "\x0b", "\n\r")
MARKS_OF_GIT = ("<<<<<<< HEAD", "=======", ">>>>>>> mina/headlines", "|||||||")
