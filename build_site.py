"""The front door of a fresh clone: `python build_site.py` builds the site.

The readable story is `briefbook/build.py`; a script at the root cannot be packaged, so it only
hands over.
"""

from briefbook.cli import run

if __name__ == "__main__":
    run()
