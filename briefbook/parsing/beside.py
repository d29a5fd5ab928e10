"""Beside: what stands among the sentences of an article and is none of them.

In: a paragraph or a sentence. Out: whether it is a caption, of the page around the article, or
about its author. Raw texts have all of them; of a parsed article, `clean.py` has dropped what says
so as a line, and what is left says so only as a sentence.
"""

import re
from typing import NamedTuple

from briefbook.parsing.characters import holds_any, plain_case
from briefbook.parsing.furniture import is_caption

CLOSING = "\"'”’»)」』）"
_STOPS = (".", "!", "…", "。", "！", "｡", "।", "॥", "۔", "։", "።", "။")
_VIDEO_WORDS = 22

# Wherever they stand in a sentence, it is of the page and not of the article.
_PAGE = re.compile(
    r"\b(?:subscribe|subscribing|newsletters?|sign(?:ed)? up for|e-?mail address|inbox|"
    r"scroll down|click (?:here|on)|follow (?:us|@|him on|her on)|read more|story highlights|"
    r"last updated|advertisement|all rights reserved|share this|cookies|privacy policy|"
    r"javascript|media playback|toggle caption|continue reading|watch (?:the |this )?video|"
    r"video:|story continues)\b|^(?:updated?|published|spoilers?|editor[’']s note)\b|https?://|@\w+\.|[•|]\s",
    re.I,
)
# What the captions of pictures say, beside the credits that `is_caption` knows at their ends.
_LONGEST_CAPTION = 800  # characters
_CREDIT_WITHIN = 110  # characters, from the end
_PICTURE_OPENS = re.compile(
    r"(?:file\s?[-–—]|\W?(?:file )?photo:?\s|caption\b|image (?:copyright|caption)|media caption|"
    r"enlarge this image|(?:above|below|pictured|right|left)[,:])",
    re.I,
)
_PICTURE = re.compile(
    r"\((?:[^()]{0,25}\b)?(?:left|right|cent(?:re|er)|pictured|above|below|top|bottom|middle|file)"
    r"\b[^()]{0,25}\)|,\s(?:left|right|cent(?:re|er)),|"
    r"\b(?:in this|an? undated) (?:[\w,.-]+ ){0,5}(?:photo|picture|image|photograph)s?\b|"
    r"\b(?:is|are) (?:pictured|photographed)\b|"
    r"\b(?:is|are) seen (?:in|at|on|near|during|through|outside|inside)\b|"
    r"\bphoto (?:issued|released|provided|taken)\b|"
    r"\b(?:poses?|posing) (?:for|with|in|at|on|during)\b|\bfile (?:photo|picture|image)",
    re.I,
)
# One of these stands in every text those two patterns find; most texts have none.
_PAGE_PARTS = (
    "subscrib", "newsletter", "sign up for", "signed up for", "mail address", "inbox",
    "scroll down", "click here", "click on", "follow us", "follow @", "follow him on",
    "follow her on", "read more", "story highlights", "last updated", "advertisement",
    "all rights reserved", "share this", "cookies", "privacy policy", "javascript",
    "media playback", "toggle caption", "continue reading", "watch video", "watch the video",
    "watch this video", "video:", "story continues", "http", "@", "•", "|",
)  # fmt: skip
# And of those that say so only where a sentence starts.
_PAGE_OPENINGS = ("update", "published", "spoiler", "editor")
_PICTURE_PARTS = (
    "(", ", left,", ", right,", ", center,", ", centre,", "photo", "picture", "image", " seen ",
    "posing", "pose", "file",
)  # fmt: skip
# A credit in brackets, or signed by an agency, where a paragraph ends.
_CREDIT = re.compile(
    r"(?:\((?:[^()]{2,50}(?:/|,? via )[^()]{2,40}|(?:photo|image|picture|pool)\b[^()]{0,60}|"
    r"(?i:ap|afp|epa|reuters|getty(?: images)?))\)|"
    r"\b(?:AP Photo|Getty Images|Reuters Photo)\b[^.]{0,40})\W*(?:\([^()]{2,40}\))?\W*$"
)
_CREDIT_SIGN = re.compile(r"\(|Photo|Images")  # one of them stands in each that is found
# "GETTY The …", "CLOSE The …": whose a picture is, or a button, run into what the caption says.
_LABELLED = re.compile(
    r"(?:CLOSE|GETTY|Getty|REUTERS|AP|AFP|PA|EPA|REX|SWNS|ALAMY|Alamy|DPA|dpa)\b[ :•/-]"
)
# Agencies date what a picture shows, and say it in the present tense: "Pilots stand by a buoy in
# Dunmore, May 3, 2024."
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}\.?"
_DATED = re.compile(
    rf"\b[A-Z][a-z]{{2,5}}day,? {_MONTH} \d{{1,2}}, (?:19|20)\d\d\b|"
    rf"\b{_MONTH} \d{{1,2}}, (?:19|20)\d\d\.?$"
)
_YEAR = re.compile(r", (?:19|20)\d\d")  # stands in all that is found
_REPORTED = re.compile(
    r"\b(?:sa(?:id|ys)|will|would|ha[sd]|have|w(?:as|ere)|announced|agreed|signed|met|began|told|"
    r"killed|died|opened|held|accused|struck|ruled|voted|passed|filed|charged|reported|returned)\b"
)
_AUTHOR = re.compile(
    r"\b(?:opinions?|views?) expressed\b|"
    r"\bis (?:[\w’'-]+ ){1,6}?(?:columnist|writer|journalist|correspondent|author|editor|"
    r"reporter|contributor|blogger)"
    r"(?: (?:for|at|of|with|in|based|and)\b|[.,])",
    re.I,
)
_AUTHOR_PARTS = (
    "expressed", "columnist", "writer", "journalist", "correspondent", "author", "editor",
    "reporter", "contributor", "blogger",
)  # fmt: skip
_VIDEO = re.compile(
    r"(?:[\w’'.]+ ){1,4}(?:discusses|reports|explains|looks at|takes a look|has more|joins|"
    r"speaks (?:to|with))\b",
    re.I,
)


def is_whole(text: str) -> bool:
    """Tell whether a sentence ends with a stop."""
    return text.rstrip(CLOSING).endswith(_STOPS)


class PageSigns(NamedTuple):
    """What of the page and of pictures on it a whole text speaks of; most speak of little."""

    page: tuple[str, ...]  # of `_PAGE_PARTS`
    picture: tuple[str, ...]  # of `_PICTURE_PARTS`


def page_signs(text: str) -> PageSigns:
    """Return what may stand in any sentence of a text, so that nothing else is looked for there."""
    plain = plain_case(text)
    return PageSigns(
        tuple(part for part in _PAGE_PARTS if part in plain),
        tuple(part for part in _PICTURE_PARTS if part in plain),
    )


def is_of_page(text: str, signs: PageSigns) -> bool:
    """Tell whether a sentence says by its words that it is of the page, or of a picture on it.

    Args:
        text: The sentence.
        signs: Those of the text it stands in.
    """
    plain = plain_case(text)
    may_say = plain.startswith(_PAGE_OPENINGS) or holds_any(plain, signs.page)
    return bool(
        (may_say and _PAGE.search(text))
        or (holds_any(plain, signs.picture) and _PICTURE.search(text))
    )


def is_caption_or_label(paragraph: str) -> bool:
    """Tell whether a paragraph is the caption of a picture or the label of a video."""
    if len(paragraph) > _LONGEST_CAPTION:
        return False
    end = paragraph[-_CREDIT_WITHIN:]
    return bool(
        _PICTURE_OPENS.match(paragraph)
        or is_caption(paragraph)
        or (_CREDIT_SIGN.search(end) and _CREDIT.search(end))
        or (not is_whole(paragraph) and _LABELLED.match(paragraph))
    )


def is_beside(text: str, length: int) -> bool:
    """Tell whether a sentence speaks of the author, or of a picture or video beside the text."""
    return bool(
        (holds_any(plain_case(text), _AUTHOR_PARTS) and _AUTHOR.search(text))
        or (length < _VIDEO_WORDS and _VIDEO.match(text))
        or (_YEAR.search(text) and _DATED.search(text) and not _REPORTED.search(text))
    )
