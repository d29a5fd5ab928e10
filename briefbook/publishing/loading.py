"""Templates from a folder, what is told of one that is no text, and those compiled before.

In: the name of a template. Out: its text, or its code. Refuses bytes that are not UTF-8.
"""

import marshal
import os
from collections.abc import Callable, Collection, MutableMapping
from hashlib import sha256
from importlib.util import MAGIC_NUMBER
from pathlib import Path
from types import CodeType
from typing import ClassVar

import jinja2
from jinja2 import (
    BytecodeCache,
    Environment,
    FileSystemLoader,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket

# There are some forty templates; those of former texts are forgotten with all others.
_TEMPLATES_KEPT = 400


class TextLoader(FileSystemLoader):
    """The templates of one folder, without those that cannot be used."""

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
        if template in self._without or not self._has(template):
            raise TemplateNotFound(template)
        try:
            return super().get_source(environment, template)
        except UnicodeDecodeError as wrong:
            line = bytes(wrong.object).count(b"\n", 0, wrong.start) + 1
            file = Path(self.searchpath[0]) / template
            raise TemplateSyntaxError("it is not UTF-8 text", line, template, str(file)) from wrong

    def _has(self, template: str) -> bool:
        """Tell whether a template lies in the folder, and no link on the way leads out of it."""
        top = os.path.realpath(self.searchpath[0])
        return os.path.realpath(Path(top, template)).startswith(top + os.sep)


class Compiled(BytecodeCache):
    """The templates that this process has compiled, as `serve` makes a site many times."""

    _known: ClassVar[dict[str, CodeType]] = {}

    def __init__(
        self, made_for: tuple[str, ...], kept: MutableMapping[str, bytes] | None = None
    ) -> None:
        """Take all that the code depends on beside the text of a template, and older code.

        Args:
            made_for: Filters of constants are worked out while compiling, and those of dates,
                numbers and words follow language, time zone and words files.
            kept: Code of earlier processes of this very version of the program, to which new code
                is added. It is run as it is, so it may come from nobody else.
        """
        self._made_for = made_for
        self._kept: MutableMapping[str, bytes] = {} if kept is None else kept

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template whose text is still the same."""
        key = self._key(bucket)
        if key not in self._known and key in self._kept:
            self._known[key] = marshal.loads(self._kept[key])
        bucket.code = self._known.get(key)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep the code of a template."""
        for known in (self._known, self._kept):
            if len(known) >= _TEMPLATES_KEPT:
                known.clear()
        if bucket.code is not None:
            key = self._key(bucket)
            self._known[key] = bucket.code
            self._kept[key] = marshal.dumps(bucket.code)

    def _key(self, bucket: Bucket) -> str:
        versions = MAGIC_NUMBER.hex(), jinja2.__version__
        told = (bucket.key, bucket.checksum, *self._made_for, *versions)
        return sha256(repr(told).encode()).hexdigest()
