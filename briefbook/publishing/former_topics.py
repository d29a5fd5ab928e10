"""The files at former slugs of topics, for `planning`: pages that lead on, feeds that go on.

In: a Press and the addresses ever published. Out: what stands there. A feed there holds what the
feed of now holds, because feed readers follow no page; it keeps its own address as its identity.
"""

import re
from collections.abc import Collection, Iterator
from datetime import date
from functools import partial

from briefbook.model import TopicSetting
from briefbook.publishing import channels, pages, urls
from briefbook.publishing.planned import Planned
from briefbook.publishing.views import Link, Press

_MONTH = re.compile(r"(?P<year>\d{4})/(?P<month>0[1-9]|1[0-2])/")


def former_topics(
    press: Press, addresses: Collection[str], made: Collection[str]
) -> Iterator[Planned]:
    """Plan what stands at the former slugs of all topics.

    Args:
        press: The site's press.
        addresses: Every address ever published.
        made: The addresses of the pages of topics that are made.
    """
    renamed = [topic for topic in press.contents.site.topics if topic.aliases]
    feeds = {each.page: each for each in channels.channels(press)} if renamed else {}
    for topic in renamed:
        for alias in topic.aliases:
            if alias != topic.slug:
                yield from _pages(press, topic, alias, addresses, made)
                yield from _feeds(press, feeds[urls.topic(topic.slug)], alias)


def _pages(
    press: Press,
    topic: TopicSetting,
    alias: str,
    addresses: Collection[str],
    made: Collection[str],
) -> Iterator[Planned]:
    now, former = urls.topic(topic.slug), urls.topic(alias)
    yield _moved(press, topic, former, now)
    for address in addresses:
        if address.startswith(former) and (month := _month(address.removeprefix(former))):
            there = urls.topic_month(topic.slug, month)
            yield _moved(press, topic, address, there if there in made else now)


def _moved(press: Press, topic: TopicSetting, address: str, to: str) -> Planned:
    link = Link(path=to, title=topic.title)
    return Planned(
        address=address,
        made_from=f"alias of topic {topic.slug}",
        make=partial(pages.moved, press, address, link, what="page"),
    )


def _feeds(press: Press, channel: channels.Channel, alias: str) -> Iterator[Planned]:
    for name in urls.FEEDS:
        address = urls.feed(urls.topic(alias), name)
        make = partial(channels.feed, press, channel, address)
        yield Planned(address=address, made_from=f"{channel.made_from}, alias, feed", make=make)


def _month(rest: str) -> date | None:
    match = _MONTH.fullmatch(rest)
    return date(max(int(match["year"]), 1), int(match["month"]), 1) if match else None
