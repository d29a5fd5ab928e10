"""The parts of a site: which addresses belong to which, and which of them are made.

In: what `site.yaml` says, and an address. Out: whether anything is made there. Templates ask it
before they link, planning before it plans, and what answers dead addresses before it complains.
"""

from briefbook.model import Part, Site
from briefbook.publishing import urls

_FOLDERS = {
    urls.STORIES: Part.STORIES,
    urls.PEOPLE: Part.NAMES,
    urls.ORGANISATIONS: Part.NAMES,
    urls.PLACES: Part.NAMES,
    urls.OUTLETS: Part.OUTLETS,
    urls.EDITIONS: Part.EDITIONS,
    urls.ARCHIVE: Part.ARCHIVE,
    urls.CORRECTIONS: Part.CORRECTIONS,
    urls.SUBSCRIBE: Part.SUBSCRIBE,
    urls.ABOUT: Part.ABOUT,
}
_FILES = {
    urls.ATOM: Part.ATOM,
    urls.JSON: Part.JSON,
    urls.card(""): Part.CARDS,
    urls.twin(""): Part.TWINS,
    urls.OPML[1:]: Part.SUBSCRIBE,
}


def is_made(site: Site, address: str) -> bool:
    """Tell whether a site has the part that an address belongs to; a fragment does not matter."""
    if address == urls.SEARCH:
        return site.search
    folder = address[: address.find("/", 1) + 1]
    file = address.rpartition("/")[2]
    place, form = _FOLDERS.get(folder), _FILES.get(file)
    return (place is None or place in site.parts) and (form is None or form in site.parts)
