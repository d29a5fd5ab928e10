import codecs

import pytest

from briefbook.problems import Place, ProblemError
from briefbook.reading.decode import decode, decode_page

PLACE = Place("sources/a.txt")
GERMAN = "Der Minister „reist“ nach Köln – und hält dort Gespräche über Exporte. Schöne Grüße!\n"
KOREAN = "한국과 이라크가 방산 수출을 논의했다. 국방부 장관은 바그다드를 방문했다.\n"
JAPANESE = "国防相は月曜日に首都を訪れた。\n会談は2時間続いた。\n"
NO_TEXT = (
    "sources/a.txt: error: this does not look like text: it has NUL bytes\n"
    "    fix: if it is a text, open it in an editor and save it as UTF-8"
)


@pytest.mark.parametrize(
    ("content", "text", "encoding"),
    [
        pytest.param(KOREAN.encode(), KOREAN, "utf-8", id="UTF-8"),
        pytest.param(KOREAN.encode("utf-8-sig"), KOREAN, "utf-8-sig", id="with mark"),
        pytest.param(GERMAN.encode("cp1252"), GERMAN, "windows-1252", id="Windows-1252"),
        pytest.param(b"It\x92s on\r\n", "It’s on\r\n", "windows-1252", id="one apostrophe"),
        pytest.param(
            codecs.BOM_UTF16_LE + GERMAN.encode("utf-16-le"), GERMAN, "utf-16-le", id="UTF-16"
        ),
        pytest.param(
            codecs.BOM_UTF16_BE + KOREAN.encode("utf-16-be"), KOREAN, "utf-16-be", id="big endian"
        ),
        pytest.param(GERMAN.encode("utf-16-le"), GERMAN, "utf-16-le", id="UTF-16 without mark"),
        pytest.param(KOREAN.encode("utf-16-be"), KOREAN, "utf-16-be", id="Korean without mark"),
        pytest.param(JAPANESE.encode("utf-16-le"), JAPANESE, "utf-16-le", id="without spaces"),
        pytest.param(b"a\x1bb", "a\x1bb", "utf-8", id="a control character is text"),
    ],
)
def test_decodes_what_editors_save(content: bytes, text: str, encoding: str) -> None:
    assert decode(content, PLACE) == (text, encoding)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        pytest.param(
            codecs.BOM_UTF16_LE + GERMAN.encode("utf-16-le") + b"\x00\xd8\x20\x00",
            "sources/a.txt:2: error: the file is UTF-16 but for damaged bytes in this line\n"
            "    fix: look for a damaged character in this line, mend it and save the file "
            "as UTF-8",
            id="UTF-16 with half a character",
        ),
        pytest.param(codecs.BOM_UTF32_LE + GERMAN.encode("utf-32-le"), NO_TEXT, id="UTF-32"),
        pytest.param(GERMAN.encode("utf-16-le") + b"\n", NO_TEXT, id="an odd number of bytes"),
        pytest.param(b"a\0b\0", NO_TEXT, id="too short to be sure"),
        pytest.param(
            bytes(range(256)).replace(b"\0", b"") + b"a\0" * 40, NO_TEXT, id="unassigned characters"
        ),
        pytest.param(GERMAN.encode("utf-16-le") + b"\x07\0", NO_TEXT, id="a control character"),
        pytest.param(b"\0a" * 20 + b"a\0" * 40, NO_TEXT, id="NUL bytes on both sides"),
        pytest.param(
            b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\x18\0\0\0\x18\x08\x06", NO_TEXT, id="a picture"
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


@pytest.mark.parametrize(
    ("declared", "saved", "text", "encoding"),
    [
        pytest.param("<meta charset='euc-kr'>", "cp949", KOREAN, "cp949", id="Korean"),
        pytest.param(
            '<meta http-equiv="Content-Type" content="text/html; charset=Shift_JIS">',
            "cp932",
            JAPANESE,
            "cp932",
            id="Japanese",
        ),
        pytest.param('<?xml version="1.0" encoding="iso-8859-1"?>', "cp1252", GERMAN, "cp1252",
                     id="what browsers take Latin-1 for"),
        pytest.param("<meta charset=euc-kr>", "utf-8", KOREAN, "utf-8", id="UTF-8 after all"),
        pytest.param("<meta charset=utf-8>", "cp1252", GERMAN, "windows-1252", id="not UTF-8"),
        pytest.param("<meta charset=rot13>", "cp1252", GERMAN, "windows-1252", id="no such thing"),
        pytest.param("<meta charset=utf-8>", "utf-16", GERMAN, "utf-16-le", id="a mark wins"),
    ],
)  # fmt: skip
def test_a_page_says_its_own_encoding(declared: str, saved: str, text: str, encoding: str) -> None:
    assert decode_page((declared + text).encode(saved), PLACE) == (declared + text, encoding)


def test_a_page_in_no_encoding_is_refused() -> None:
    broken = b"<meta charset=euc-kr>" + JAPANESE.encode("shift-jis") + b"\xff\x81" * 99
    with pytest.raises(ProblemError, match="encoding of this file is not known"):
        decode_page(broken, PLACE)
