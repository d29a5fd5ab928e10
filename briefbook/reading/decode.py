"""Bytes -> text and the name of its encoding.

UTF-8 and UTF-16, else Windows-1252, the encoding of old editors and old web pages. UTF-16 is known
by its byte order mark; without one, as some programs save it, only where nothing else can be meant.
Refused: what else has NUL bytes, and bytes of which Windows-1252 makes no text: nearly any bytes
can be decoded with it, so Korean in CP949 or a UTF-8 file with one broken byte would otherwise be
published as signs nobody can read.
"""

import codecs
import re
import unicodedata

from briefbook.problems import Place, ProblemError, error

# Share of characters above U+007F among all that are not white space. Written German, French,
# Icelandic and Portuguese stay below 0.15, CP949 and other multi-byte encodings are above 0.5.
_MOST_HIGH = 0.3

# In UTF-16 each space, line end, digit and Latin letter has a NUL byte: at least this share of the
# characters of a text. Japanese without spaces has 0.05 and more, pictures have less or have NUL
# bytes on both sides.
_LEAST_NULS = 0.03
_FEWEST_BYTES = 16  # for knowing UTF-16 without its mark

_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")

# An HTML page names its encoding near its start. Names that browsers take for a larger encoding are
# taken so here too.
_DECLARED = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})|<\?xml[^>]{0,100}?encoding=[\"']([\w.:-]{2,40})",
    re.I,
)
_NEAR_THE_START = 4_096  # bytes; a header may stand above the page
_LARGER = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "latin1": "cp1252",
    "iso-8859-1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc-kr": "cp949",
    "ks_c_5601-1987": "cp949",
    "shift_jis": "cp932",
    "shift-jis": "cp932",
    "x-sjis": "cp932",
}
_PAGE_ENCODING = re.compile(
    r"cp(?:932|949)|gb18030|(?:cp|windows-)12\d\d|iso-8859-\d\d?|koi8-[ru]|big5|euc-jp"
)

_SAVE_AS_UTF8 = "open it in an editor and save it as UTF-8"


def decode(content: bytes, place: Place) -> tuple[str, str]:
    """Decode a source.

    Returns:
        The text without byte order mark, exact otherwise; and utf-8, utf-8-sig, utf-16-le,
        utf-16-be or windows-1252.

    Raises:
        ProblemError: The bytes are no text, or a text in an encoding that is not read.
    """
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if content.startswith(mark):
            return _decode_utf16(content[len(mark) :], encoding, place), encoding
    if b"\0" in content:
        if unmarked := _unmarked_utf16(content):
            return unmarked
        raise _has_nuls(place)
    try:
        if content.startswith(codecs.BOM_UTF8):
            return content.decode("utf-8-sig"), "utf-8-sig"
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as wrong:
        return _decode_windows_1252(content, place, wrong), "windows-1252"


def decode_page(content: bytes, place: Place) -> tuple[str, str]:
    """Decode an HTML page: as any source where it is UTF-8 or has a mark, else as it says itself.

    Returns:
        As `decode`; the encoding may also be one that the page names, such as cp949.

    Raises:
        ProblemError: As `decode`.
    """
    try:
        content.decode("utf-8")
    except UnicodeDecodeError:
        found = _DECLARED.search(content[:_NEAR_THE_START])
        name = (found[1] or found[2]).decode("ascii", "ignore").casefold() if found else ""
        encoding = _LARGER.get(name, name)
        if _PAGE_ENCODING.fullmatch(encoding) and b"\0" not in content:
            try:
                return content.decode(encoding), encoding
            except (UnicodeDecodeError, LookupError):
                return decode(content, place)
    return decode(content, place)


def _has_nuls(place: Place) -> ProblemError:
    what = "this does not look like text: it has NUL bytes"
    return ProblemError(error(place, what, f"if it is a text, {_SAVE_AS_UTF8}"))


def _decode_utf16(content: bytes, encoding: str, place: Place) -> str:
    """Decode what a byte order mark says is UTF-16."""
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError as wrong:
        line = content[: wrong.start].decode(encoding, "ignore").count("\n") + 1
        what = "the file is UTF-16 but for damaged bytes in this line"
        fix = "look for a damaged character in this line, mend it and save the file as UTF-8"
        raise ProblemError(error(Place(place.path, line), what, fix)) from wrong
    if "\0" in text:  # UTF-32 starts with the same mark
        raise _has_nuls(place)
    return text


def _unmarked_utf16(content: bytes) -> tuple[str, str] | None:
    """Decode UTF-16 without a byte order mark and name it, None where something else may be meant.

    Its NUL bytes stand on one side of their pairs, but for few (as in Korean 가, U+AC00), and every
    character is one that texts have.
    """
    pairs, odd = divmod(len(content), 2)
    sides = (content[0::2].count(0), content[1::2].count(0))
    is_one_sided = 3 * min(sides) <= max(sides) and max(sides) >= pairs * _LEAST_NULS
    if odd or not is_one_sided or len(content) < _FEWEST_BYTES:
        return None
    encoding = "utf-16-be" if sides[0] > sides[1] else "utf-16-le"
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        return None
    return (text, encoding) if all(map(_is_of_text, set(text))) else None


def _is_of_text(character: str) -> bool:
    """Tell whether a character is assigned, public and no control character."""
    return character in "\t\n\v\f\r" or unicodedata.category(character) not in ("Cc", "Cn", "Co")


def _decode_windows_1252(content: bytes, place: Place, wrong: UnicodeDecodeError) -> str:
    high = sum(byte > 0x7F for byte in content)
    as_utf8 = sum(len(found) for found in _UTF8_SEQUENCE.findall(content))
    line = content.count(b"\n", 0, wrong.start) + 1
    if as_utf8 * 2 > high:
        what = f"the file is UTF-8 but for the byte 0x{content[wrong.start]:02X} in this line"
        fix = "look for a damaged character in this line, mend it and save the file as UTF-8"
        raise ProblemError(error(Place(place.path, line), what, fix))
    try:
        text = content.decode("cp1252")
    except UnicodeDecodeError:
        text = ""
    visible = sum(not character.isspace() for character in text)
    if not text or _CONTROL.search(content) or high > visible * _MOST_HIGH:
        what = "the encoding of this file is not known: it is neither UTF-8 nor Windows-1252"
        raise ProblemError(error(place, what, _SAVE_AS_UTF8))
    return text
