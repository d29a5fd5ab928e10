"""Templates from a folder, and what is told of one that is no text.

In: the name of a template. Out: its text. Refuses bytes that are not UTF-8.
"""

from collections.abc import Callable, Collection
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, TemplateNotFound, TemplateSyntaxError


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
