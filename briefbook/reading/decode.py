"""Bytes -> text and the name of its encoding.

UTF-8 with and without byte order mark, else Windows-1252, the encoding of old editors and old web
pages. Refused: what has NUL bytes, UTF-16, and bytes of which Windows-1252 makes no text: nearly
any bytes can be decoded with it, so Korean in CP949 or a UTF-8 file with one broken byte would
otherwise be published as signs nobody can read.
"""

import codecs
import re

from briefbook.problems import Place, ProblemError, error

# Share of characters above U+007F among all that are not white space. Written German, French,
# Icelandic and Portuguese stay below 0.15, CP949 and other multi-byte encodings are above 0.5.
_MOST_HIGH = 0.3

_UTF8_SEQUENCE = re.compile(
    rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}"
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1f\x7f]")

_SAVE_AS_UTF8 = "open it in an editor and save it as UTF-8"


def decode(content: bytes, place: Place) -> tuple[str, str]:
    """Decode a source.

    Returns:
        The text without byte order mark, exact otherwise; and utf-8, utf-8-sig or windows-1252.

    Raises:
        ProblemError: The bytes are no text, or a text in an encoding that is not read.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise ProblemError(error(place, "the file is UTF-16 text", _SAVE_AS_UTF8))
    if b"\0" in content:
        what = "this does not look like text: it has NUL bytes"
        raise ProblemError(error(place, what, f"if it is a text, {_SAVE_AS_UTF8}"))
    try:
        if content.startswith(codecs.BOM_UTF8):
            return content.decode("utf-8-sig"), "utf-8-sig"
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError as wrong:
        return _decode_windows_1252(content, place, wrong), "windows-1252"


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
