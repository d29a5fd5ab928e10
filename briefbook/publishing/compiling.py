"""The Jinja environment, set up to print thousands of pages.

In: templates. Out: the same pages as Jinja's own environment prints. Jinja asks of each function at
each call what it wants to be given, and a page calls a hundred. Filters it asks once, while it
compiles, and works out those of constants: so calls of the program's functions are compiled as
filters of the same name, and words without names stand in the code of a template as they are.
"""

import re
from collections.abc import Callable, Iterable, Mapping, MutableMapping
from typing import Any

from jinja2 import Environment, Template, nodes
from jinja2.visitor import NodeTransformer

# What functions look up in the context; a filter sees no name that a block or loop gave anew.
_LOOKED_UP = frozenset({"page", "site"})
# Statements that give names otherwise than by setting them.
_NAMING = (nodes.Macro, nodes.Import, nodes.FromImport, nodes.CallBlock)
_STATEMENT = re.compile(r"\{%.*?%\}", re.DOTALL)


class DirectEnvironment(Environment):
    """An environment that calls functions of the program without asking what they are."""

    def __init__(self, **options: Any) -> None:
        """Take what Jinja's own environment takes."""
        super().__init__(**options)
        self._direct: frozenset[str] = frozenset()
        self._addresses: Mapping[str, str] = {}
        self._ready: dict[str, Template] = {}

    def call_directly(
        self, functions: Mapping[str, Callable[..., Any]], addresses: Mapping[str, str]
    ) -> None:
        """Compile calls of functions as filters, which no template may give names of its own.

        Args:
            functions: By the name that templates call; what they make follows from their arguments
                and the page alone.
            addresses: By the name that templates write behind "address.".
        """
        self.filters.update(functions)
        self._direct, self._addresses = frozenset(functions), addresses

    def _generate(
        self,
        source: nodes.Template,
        name: str | None,
        filename: str | None,
        defer_init: bool = False,
    ) -> str:
        given = {each.name for each in source.find_all(nodes.Name) if each.ctx != "load"}
        if given & _LOOKED_UP or any(map(source.find, _NAMING)):
            return super()._generate(source, name, filename, defer_init)
        direct = _DirectCalls(self._direct - given, {} if "address" in given else self._addresses)
        return super()._generate(direct.visit(source), name, filename, defer_init)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Return the globals of a template; a plain dict, as each include copies it."""
        return {**self.globals, **(d or {})}

    def get_template(
        self,
        name: str | Template,
        parent: str | None = None,
        globals: MutableMapping[str, Any] | None = None,
    ) -> Template:
        """Return a template; one that was asked for before without looking at its file again."""
        if not isinstance(name, str) or globals or self.auto_reload:
            return super().get_template(name, parent, globals)
        if name not in self._ready:
            self._ready[name] = super().get_template(name, parent)
        return self._ready[name]


class _DirectCalls(NodeTransformer):
    """Puts filters in the place of calls, and addresses in the place of their names."""

    def __init__(self, direct: frozenset[str], addresses: Mapping[str, str]) -> None:
        self._direct = direct
        self._addresses = addresses

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 - the visitor's way to name
        """Put a filter in the place of a call of a function of ours."""
        self.generic_visit(node)
        called = node.node
        if not (isinstance(called, nodes.Name) and called.name in self._direct and node.args):
            return node
        first, *others = node.args
        return nodes.Filter(
            first,
            called.name,
            others,
            node.kwargs,
            node.dyn_args,
            node.dyn_kwargs,
            lineno=node.lineno,
            environment=node.environment,
        )

    def visit_Getattr(self, node: nodes.Getattr) -> nodes.Node:  # noqa: N802 - the same
        """Put an address in the place of its name."""
        self.generic_visit(node)
        if not (isinstance(node.node, nodes.Name) and node.node.name == "address"):
            return node
        if node.ctx != "load" or node.attr not in self._addresses:
            return node
        return nodes.Const(
            self._addresses[node.attr], lineno=node.lineno, environment=node.environment
        )


def gives_anew(names: Iterable[str], templates: Iterable[str]) -> bool:
    """Tell whether one of these templates may give one of these names to something of its own.

    What a template gives is seen by those that it includes. A name that stands in a statement and
    is not called there counts, whatever it does.
    """
    told = "|".join(names)
    anew = re.compile(rf"\bmacro\s+(?:{told})\b|(?<!\.)\b(?:{told})\b(?!\s*\()")
    return any(anew.search(each[0]) for text in templates for each in _STATEMENT.finditer(text))
