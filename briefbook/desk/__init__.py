"""Desk: the site on the editor's own machine, built again at each change, and pages to act on it.

Stands above `build.py`. Comes in: the folder of a site. Goes out: pages on loopback alone, of which
nothing is ever published; and what `build` or an act writes into `briefings/`. `running` starts and
ends it all.
"""

from briefbook.desk.running import running
from briefbook.desk.server import NoPortError
from briefbook.desk.session import Told

__all__ = ["NoPortError", "Told", "running"]
