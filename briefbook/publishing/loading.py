"""Templates from a folder, what is told of one that is no text, and those compiled before.

In: the name of a template. Out: its text, or its code. Refuses bytes that are not UTF-8.
"""

from collections.abc import Callable, Collection
from pathlib import Path
from types import CodeType
from typing import ClassVar

from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket

from briefbook.model import Site


class TextLoader(FileSystemLoader):
    """The templates of one folder, without those that git could not merge."""

    def __init__(self, folder: Path, without: Collection[str] = ()) -> None:
        super().__init__(folder)
        self._without = without

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, its file, and whether that is still the same.

        Raises:
            TemplateNotFound: The folder does not have it.
            TemplateSyntaxError: It is not UTF-8.
        """
        if template in self._without:
            raise TemplateNotFound(template)
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as wrong:
            line = bytes(wrong.object).count(b"\n", 0, wrong.start) + 1
            file = Path(self.searchpath[0]) / template
            raise TemplateSyntaxError("it is not UTF-8 text", line, template, str(file)) from wrong


class Compiled(BytecodeCache):
    """The templates that this process has compiled, as `serve` makes a site many times."""

    # Filters of constants are worked out while compiling, and those of dates and numbers follow
    # language and time zone.
    _known: ClassVar[dict[tuple[str, str, str], tuple[str, CodeType]]] = {}

    def __init__(self, site: Site) -> None:
        self._site = (site.language, site.timezone)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template whose text is still the same."""
        checksum, code = self._known.get((bucket.key, *self._site), ("", None))
        if checksum == bucket.checksum:
            bucket.code = code

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template, instead of that of its former text."""
        if bucket.code is not None:
            self._known[(bucket.key, *self._site)] = bucket.checksum, bucket.code
