import codecs

import pytest

from briefbook.problems import Place, ProblemError
from briefbook.reading.decode import decode

PLACE = Place("sources/a.txt")
GERMAN = "Der Minister „reist“ nach Köln – und hält dort Gespräche über Exporte. Schöne Grüße!\n"
KOREAN = "한국과 이라크가 방산 수출을 논의했다. 국방부 장관은 바그다드를 방문했다.\n"


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        pytest.param(KOREAN.encode(), KOREAN, "utf-8", id="UTF-8"),
        pytest.param(KOREAN.encode("utf-8-sig"), KOREAN, "utf-8-sig", id="with mark"),
        pytest.param(GERMAN.encode("cp1252"), GERMAN, "windows-1252", id="Windows-1252"),
        pytest.param(b"It\x92s on\r\n", "It’s on\r\n", "windows-1252", id="one apostrophe"),
        pytest.param(b"a\x1bb", "a\x1bb", "utf-8", id="a control character is text"),
    ],
)
def test_decodes_what_editors_save(content: bytes, text: str, encoding: str) -> None:
    assert decode(content, PLACE) == (text, encoding)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            codecs.BOM_UTF16_LE + GERMAN.encode("utf-16-le"),
            "sources/a.txt: error: the file is UTF-16 text\n"
            "    fix: open it in an editor and save it as UTF-8",
            id="UTF-16",
        ),
        pytest.param(
            b"\x89PNG\x00\x01",
            "sources/a.txt: error: this does not look like text: it has NUL bytes\n"
            "    fix: if it is a text, open it in an editor and save it as UTF-8",
            id="a picture",
        ),
        pytest.param(
            KOREAN.encode("cp949"),
            "sources/a.txt: error: the encoding of this file is not known: "
            "it is neither UTF-8 nor Windows-1252\n"
            "    fix: open it in an editor and save it as UTF-8",
            id="CP949",
        ),
        pytest.param(
            "日本の防衛大臣は月曜日に訪問した。".encode("shift-jis"),
            "sources/a.txt: error: the encoding of this file is not known: "
            "it is neither UTF-8 nor Windows-1252\n"
            "    fix: open it in an editor and save it as UTF-8",
            id="Shift JIS",
        ),
        pytest.param(
            b"a text with the unused byte \x81 in it",
            "sources/a.txt: error: the encoding of this file is not known: "
            "it is neither UTF-8 nor Windows-1252\n"
            "    fix: open it in an editor and save it as UTF-8",
            id="a byte Windows-1252 does not have",
        ),
        pytest.param(
            KOREAN.encode() + "Zwölf\n".encode() + KOREAN.encode()[:-3],
            "sources/a.txt:3: error: the file is UTF-8 but for the byte 0xEB in this line\n"
            "    fix: look for a damaged character in this line, mend it and save the file "
            "as UTF-8",
            id="UTF-8 with a damaged end",
        ),
    ],
)
def test_refuses_what_would_become_unreadable_signs(content: bytes, message: str) -> None:
    with pytest.raises(ProblemError) as refused:
        decode(content, PLACE)
    assert str(refused.value) == message
