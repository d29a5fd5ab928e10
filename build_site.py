"""The front door of a fresh clone: `python build_site.py` builds the site.

The readable story is `briefbook/build.py`; a script at the root cannot be packaged, so it only
hands over.
"""

import sys

from briefbook.cli import main

if __name__ == "__main__":
    main(sys.argv[1:])
