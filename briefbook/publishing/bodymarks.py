"""What both ways to read a body agree on, the usual one and that of Python-Markdown."""

# Python-Markdown copies a block for each mark in it, so a line of a million characters would take
# it hours. No writer makes such a line: it is shown as the text it is, without its marks read.
LONGEST_LINE = 50_000
# Lines without a blank one between them that Python-Markdown is given: it copies the rest of them
# for each heading, list and quote among them. The longest table of an article has a tenth.
LONGEST_BLOCK = 3_000
# Blanks before a line. A list so deep cannot be read, which Python-Markdown finds out after long.
DEEPEST_INDENT = 400
# What gets an id and a line number.
BLOCKS = ("h2", "h3", "h4", "h5", "h6", "p", "li", "pre", "tr")
# Where a link leads in a feed, if elsewhere than on the page, as an attribute of a name that no
# text can bring: `printable` takes noncharacters out, and no entity makes one.
IN_FEED = "\ufdd4"
