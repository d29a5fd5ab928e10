"""Addresses of pages: which of them lead to one page, and what in them only follows readers."""

import re
from urllib.parse import parse_qsl, urlsplit, urlunsplit

# What is put behind an address to count readers; it never decides which page is shown.
_FOLLOWING = re.compile(
    r"(?:utm|mtm|pk|piwik|hsa|at|vero|oly)_\w+|(?:fb|g|dc|y|ms|tw|gb|wb|ttc|yb|igsh|li_fat_)cl?id"
    r"|gclsrc|gbraid|igshid|igsh|mc_[ce]id|_hs(?:enc|mi)|mkt_tok|ref_(?:src|url)|cmpid|cmp|ocid"
    r"|ncid|smid|smtyp|xtor|ito|taid|wt_mc|wickedid|yclid|s_cid|spm|share_?id|_ga|_gl",
    re.IGNORECASE,
)


def without_following(url: str) -> str:
    """Return an address without its fragment and without what only counts readers."""
    parts = urlsplit(url)
    kept = [part for part in parts.query.split("&") if part and not _is_following(part)]
    # An address behind #! is that of a page of its own.
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    return urlunsplit(parts._replace(query="&".join(kept), fragment=fragment))


def address_key(url: str) -> str:
    """Return what all addresses of one page have in common; "" for a home page and for none.

    http or https, `www.`, the default port, a slash at the end and the order of the query make no
    difference.
    """
    try:
        parts = urlsplit(without_following(url.strip()))
        port = parts.port
    except ValueError:
        return ""
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.rstrip("/")
    query = sorted(parse_qsl(parts.query, keep_blank_values=True))
    if not host or not (path or query or parts.fragment):
        return ""
    shown_port = f":{port}" if port not in (None, 80, 443) else ""
    asked = "&".join(f"{name}={value}" for name, value in query)
    return f"{host}{shown_port}{path}?{asked}#{parts.fragment}"


def _is_following(part: str) -> bool:
    return _FOLLOWING.fullmatch(part.partition("=")[0]) is not None
