"""The command line: verbs, options, exit codes. The only folder that prints.

Exit codes: 0 all is published (warnings aside), 1 something was left out or `--strict` found a
warning, 2 `site.yaml` is broken or the command was used wrongly, and nothing was built.
"""

import importlib
import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from briefbook import __version__

# The module of each verb, in the order in which `--help` lists them.
_MODULES = {
    "build": "building",
    "serve": "serving",
    "add": "adding",
    "check": "building",
    "explain": "explaining",
    "reparse": "renewing",
    "refile": "renewing",
    "new-site": "founding",
    "theme": "theming",
}
VERBS = tuple(_MODULES)


def app_of(verbs: Sequence[str] = VERBS) -> typer.Typer:
    """Return the command line with these verbs.

    The module of a verb is loaded here, so that a build does not wait for what it never needs.
    """
    app = typer.Typer(
        name="briefbook",
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,  # a bug shows its whole traceback
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(_top)
    for verb in verbs:
        module = importlib.import_module(f"{__name__}.{_MODULES[verb]}")
        app.command(verb)(getattr(module, f"{verb.replace('-', '_')}_command"))
    return app


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; without a verb it is `build`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0] not in VERBS and given[0] not in ("-h", "--help", "--version")):
        wants_build = not given or given[0].startswith("-")
        given = ["build", *given] if wants_build else given
    # All of them only where they are listed, or what was typed is none.
    verbs = given[:1] if given[0] in VERBS else () if given[0] == "--version" else VERBS
    app_of(verbs)(args=given, prog_name="briefbook")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"briefbook {__version__}")
        raise typer.Exit


def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Raw article texts in, a traceable news-briefing site out.

    Without a command it is `build`. `briefbook COMMAND --help` says what each one takes.

    Example: briefbook add ferry.txt
    """
