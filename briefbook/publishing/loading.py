"""The site's own templates, what is told of one that is no text, and those compiled before.

In: the name of a template. Out: its text, or its code. Refuses bytes that are not UTF-8.
"""

import marshal
from collections.abc import Callable, Mapping, MutableMapping
from hashlib import sha256
from importlib.util import MAGIC_NUMBER
from types import CodeType
from typing import ClassVar

import jinja2
from jinja2 import (
    BaseLoader,
    BytecodeCache,
    Environment,
    TemplateNotFound,
    TemplateSyntaxError,
)
from jinja2.bccache import Bucket

# There are some forty templates; those of former texts are forgotten with all others.
_TEMPLATES_KEPT = 400


class OwnLoader(BaseLoader):
    """The site's own templates."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._files = files

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the text of a template, its place, and that it is still the same.

        Raises:
            TemplateNotFound: The site has no such template.
            TemplateSyntaxError: It is not UTF-8.
        """
        if template not in self._files:
            raise TemplateNotFound(template)
        content, place = self._files[template], f"templates/{template}"
        try:
            return content.decode(), place, lambda: True
        except UnicodeDecodeError as wrong:
            line = content.count(b"\n", 0, wrong.start) + 1
            raise TemplateSyntaxError("it is not UTF-8 text", line, template, place) from wrong


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
        self._used: set[str] = set()

    @property
    def used(self) -> dict[str, bytes]:
        """Code of the templates that were asked for here, for later processes."""
        return {key: self._kept[key] for key in sorted(self._used) if key in self._kept}

    @classmethod
    def forget(cls) -> None:
        """Forget what this process has compiled or was given."""
        cls._known.clear()

    def load_bytecode(self, bucket: Bucket) -> None:
        """Give the code of a template whose text is still the same."""
        key = self._key(bucket)
        if key not in self._known and key in self._kept:
            self._known[key] = marshal.loads(self._kept[key])
        self._used.add(key)
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
