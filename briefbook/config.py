"""`site.yaml` -> `Site`: what an editor sets, checked; every mistake at once.

Refused: unknown keys (a misspelt key would silently do nothing), values of the wrong kind, topics
that share a slug, outlets that share a name. A site with mistakes is not built at all, because each
page depends on it.
"""

from pathlib import Path
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from briefbook.conflicts import refuse_marks
from briefbook.files import read_file
from briefbook.model import OutletSetting, Part, Publish, Site, TopicSetting
from briefbook.problems import Place, Problem, ProblemError, error, in_order
from briefbook.text.spellings import fold_name
from briefbook.yamlfields import Fields, read_fields

SITE_FILE = "site.yaml"
LARGEST = 1024 * 1024  # bytes
MOST_TOPICS = 1000  # each has pages, feeds and a card of its own
LONGEST_FEED = 1000  # items; feed readers fetch the whole file again and again

# The keys of site.yaml and what each is for. The README is compared with this table.
SITE_KEYS = (
    ("title", "The name of the site; the only key that must be there."),
    ("description", "One sentence under the name, also shown by search engines and feed readers."),
    ("base_url", "Where the site will be found, such as https://example.org/news."),
    ("language", "The language of the site's own words, such as en or pt-BR; default en."),
    ("timezone", "The time zone that days and months are counted in; default UTC."),
    ("publish", "extract shows the bottom line, key points and a short excerpt; full shows all."),
    ("own_outlets", "Names of outlets whose texts are yours and are always shown in full."),
    ("feed_length", "How many entries a feed holds, 1 to 1000; default 40."),
    ("search", "false leaves the search page and its index out; default true."),
    ("parts", "What there is beside entries, front page, topics, RSS and sitemap; default all."),
    ("about", "The editor's own words for the about page, in Markdown."),
    ("id", "What feed readers know the editions of this site by; given once, never changed."),
    ("outlets", "What you say about outlets: name, aliases, home and note of each."),
    ("topics", "The lasting subjects entries are filed under, in your order."),
)
OUTLET_KEYS = (
    ("name", "The name as it shall be shown."),
    ("aliases", "Other spellings, and host names of its web site."),
    ("home", "The address of its home page."),
    ("note", "What you say about its reliability, in Markdown; shown as the editor's note."),
)
TOPIC_KEYS = (
    ("slug", "The topic's part of its address."),
    (
        "aliases",
        "Former slugs: their pages lead here, their feeds go on, their pins count.",
    ),
    ("title", "The name of the topic as it is shown."),
    ("description", "One sentence about the topic."),
    ("words", "Words and phrases that speak for the topic."),
    ("require", "An entry is filed there only if one of these words stands in it."),
    ("exclude", "An entry is not filed there if one of these words stands in it."),
)


def read_site(root: Path) -> tuple[Site | None, tuple[Problem, ...]]:
    """Read `site.yaml` of the site in a folder.

    Returns:
        What it says, or None when it has any mistake; and all mistakes, by place.
    """
    try:
        text = _read_settings(root)
    except ProblemError as missing:
        return None, missing.problems
    return parse_site(text)


def parse_site(text: str) -> tuple[Site | None, tuple[Problem, ...]]:
    """Return what the text of a `site.yaml` says, as `read_site` does."""
    fields = read_fields(text, SITE_FILE, known=[key for key, _ in SITE_KEYS])
    if fields.tree is None and fields.problems:  # nothing could be read: say only why
        return None, in_order(fields.problems)
    site = _site(fields)
    problems = in_order(fields.problems)
    return (None if problems else site), problems


def _read_settings(root: Path) -> str:
    if not (root / SITE_FILE).exists():
        raise ProblemError(
            error(
                Place(SITE_FILE),
                f"there is no {SITE_FILE} in {root}",
                f'make a file {SITE_FILE} with the line "title: The name of your site", or name '
                "the folder of the site with --root",
            )
        )
    content = read_file(root, SITE_FILE, limit=LARGEST)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise ProblemError(
            error(Place(SITE_FILE, line), "this is not UTF-8 text", "save the file as UTF-8")
        ) from wrong
    refuse_marks(text, SITE_FILE)
    return text


def _site(fields: Fields) -> Site:
    title = fields.text("title")
    if title is None and "title" not in fields:
        fields.report("title", "'title' is missing", "add a line 'title: The name of your site'")
    defaults = Site(title=title or "")
    return Site(
        title=title or "",
        description=fields.text("description") or defaults.description,
        base_url=_base_url(fields) or defaults.base_url,
        language=_language(fields) or defaults.language,
        timezone=_timezone(fields) or defaults.timezone,
        publish=fields.choice("publish", Publish) or defaults.publish,
        own_outlets=fields.texts("own_outlets") or (),
        feed_length=fields.number("feed_length", 1, LONGEST_FEED) or defaults.feed_length,
        search=fields.flag("search", default=defaults.search),
        parts=_parts(fields),
        about=fields.text("about", lines=True) or "",
        id=fields.text("id") or defaults.id,
        outlets=_outlets(fields),
        topics=_topics(fields),
        language_line=fields.lines.get("language"),
    )


def _base_url(fields: Fields) -> str | None:
    address = fields.url("base_url")
    if address is None:
        return None
    parts = urlsplit(address)
    if "?" in address or "#" in address or parts.username is not None:
        fields.report(
            "base_url",
            "'base_url' must be a plain address without user name, ? and #",
            "write base_url: https://example.org/news",
        )
    return address.rstrip("/")


# Babel knows them, and need not be loaded to say so.
_KNOWN_LANGUAGES = ("en", "ko")


def _language(fields: Fields) -> str | None:
    tag = fields.language("language")
    if tag is None or tag in _KNOWN_LANGUAGES:
        return tag
    from babel import Locale, UnknownLocaleError

    try:
        Locale.parse(tag, sep="-")
    except (UnknownLocaleError, ValueError):
        fields.report(
            "language", f"no language is known by the tag '{tag}'", "write one such as en or pt-BR"
        )
    return tag


def _timezone(fields: Fields) -> str | None:
    name = fields.text("timezone")
    if name is None:
        return None
    try:
        ZoneInfo(name)
    except (OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError, below
        pass
    except KeyError:
        pass
    else:
        return name
    fields.report(
        "timezone",
        f"no time zone is known by the name '{name}'",
        "write a region and a city, such as Asia/Seoul, or UTC",
    )
    return None


def _parts(fields: Fields) -> tuple[Part, ...]:
    named = fields.choices("parts", "part", Part)
    return tuple(part for part in Part if named is None or part in named)


def _outlets(fields: Fields) -> tuple[OutletSetting, ...]:
    outlets = []
    claims: dict[str, tuple[int, int]] = {}  # folded spelling -> outlet and line that has it
    for number, outlet in enumerate(fields.groups("outlets", [key for key, _ in OUTLET_KEYS])):
        name = _needed(outlet, "name", "an outlet")
        aliases = outlet.texts("aliases") or ()
        home, note = outlet.url("home"), outlet.text("note", lines=True)
        _refuse_claimed(outlet, "name", (name,) if name else (), number, claims)
        _refuse_claimed(outlet, "aliases", aliases, number, claims)
        if name:
            outlets.append(OutletSetting(name=name, aliases=aliases, home=home, note=note))
    return tuple(outlets)


def _refuse_claimed(
    outlet: Fields,
    key: str,
    names: tuple[str, ...],
    number: int,
    claims: dict[str, tuple[int, int]],
) -> None:
    """Report the spellings of an outlet that an earlier one has: nobody could tell them apart."""
    for name in names:
        by, line = claims.setdefault(fold_name(name), (number, outlet.lines[key]))
        if by != number:
            what = f"two outlets are called '{name}', on lines {line} and {outlet.lines[key]}"
            outlet.report(key, what, "take it out of one of them, or make one of the two")


def _topics(fields: Fields) -> tuple[TopicSetting, ...]:
    fields.refuse_long("topics", MOST_TOPICS)
    topics: dict[str, TopicSetting] = {}
    lines: dict[str, int] = {}
    claimed: list[tuple[str, Fields]] = []
    for topic in fields.groups("topics", known=[key for key, _ in TOPIC_KEYS]):
        setting = _topic(topic)
        if setting is None:
            continue
        line = topic.lines["slug"]
        if setting.slug in topics:
            what = f"two topics have the slug '{setting.slug}', on lines {lines[setting.slug]}"
            topic.report("slug", f"{what} and {line}", "give one of them another slug")
        topics.setdefault(setting.slug, setting)
        lines.setdefault(setting.slug, line)
        claimed += ((alias, topic) for alias in setting.aliases if alias != setting.slug)
    _refuse_claimed_slugs(claimed, lines)
    return tuple(topics.values())


def _refuse_claimed_slugs(claimed: list[tuple[str, Fields]], lines: dict[str, int]) -> None:
    """Report former slugs that are those of another topic too: their pages can lead to one only."""
    taken = dict(lines)
    for alias, topic in claimed:
        line = topic.lines["aliases"]
        if alias in taken:
            what = f"the slug '{alias}' belongs to two topics, on lines {taken[alias]} and {line}"
            topic.report("aliases", what, "take it out of one of them")
        taken.setdefault(alias, line)


def _topic(topic: Fields) -> TopicSetting | None:
    slug = topic.slug("slug")
    if "slug" not in topic:
        _needed(topic, "slug", "a topic")
    title = _needed(topic, "title", "a topic")
    description = topic.text("description") or ""
    aliases = topic.slugs("aliases") or ()
    words, require, exclude = (topic.texts(key) or () for key in ("words", "require", "exclude"))
    if slug is None or title is None:
        return None
    return TopicSetting(
        slug=slug,
        title=title,
        aliases=aliases,
        description=description,
        words=words,
        require=require,
        exclude=exclude,
    )


def _needed(fields: Fields, key: str, owner: str) -> str | None:
    if key not in fields:
        fields.report(None, f"{owner} needs '{key}'", f"add a line '{key}: …' to it")
        return None
    return fields.text(key)
