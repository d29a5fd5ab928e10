"""The files about names and outlets, for `planning`.

In: a Press. Out: their pages, what leads to them from former addresses, and the lists of all.
"""

from collections.abc import Iterator
from functools import partial

from briefbook.publishing import pages, subject_pages, urls
from briefbook.publishing.planned import Planned, newest_of
from briefbook.publishing.views import Link, Press


def subjects(press: Press) -> Iterator[Planned]:
    """Plan the page of each person, organisation, place and outlet."""
    for each in press.contents.subjects.pages:
        made_from = f"{each.kind} {each.title or each.path}"
        newest = newest_of(each.entries)
        yield Planned(
            address=each.path,
            made_from=made_from,
            make=partial(subject_pages.subject, press, each),
            is_public=each.is_public,
            is_mapped=each.is_public and newest is not None,
            changed=newest,
        )
        to = Link(path=each.path, title=each.title)
        for address in each.former:
            make = partial(pages.moved, press, address, to, what="page")
            yield Planned(address=address, made_from=made_from, make=make)


def lists_of_subjects(press: Press) -> Iterator[Planned]:
    """Plan the list of each kind; one without a public page is for nobody to find."""
    for kind, address in urls.SUBJECTS.items():
        listed = subject_pages.listed_subjects(press.contents, kind)
        yield Planned(
            address=address,
            made_from="the site",
            make=partial(subject_pages.subjects, press, kind),
            is_mapped=any(each.is_public for each in listed),
            changed=newest_of(entry for each in listed for entry in each.entries),
        )
