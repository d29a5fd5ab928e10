"""Desk: the site on the editor's own machine, built again at each change, and pages to act on it.

Stands above `build.py`. Comes in: the folder of a site. Goes out: pages on loopback alone, of which
nothing is ever published.
"""
