"""The command line: verbs, options, exit codes. The only folder that prints.

Exit codes: 0 all is published (warnings aside), 1 something was left out or `--strict` found a
warning, 2 `site.yaml` is broken or the command was used wrongly, and nothing was built.
"""

import importlib
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer

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


def app_of(verbs: Sequence[str] = VERBS) -> "typer.Typer":
    """Return the command line with these verbs.

    The module of a verb is loaded here, so that a build does not wait for what it never needs.
    """
    # What reads a command line takes longer than a build before which nothing has changed.
    import typer

    from briefbook.cli.top import top

    app = typer.Typer(
        name="briefbook",
        no_args_is_help=False,
        add_completion=False,
        pretty_exceptions_enable=False,  # a bug shows its whole traceback
        context_settings={"help_option_names": ["-h", "--help"]},
    )
    app.callback()(top)
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
    if given[0] == "build":
        _say_again(given)
    # All of them only where they are listed, or what was typed is none.
    verbs = given[:1] if given[0] in VERBS else () if given[0] == "--version" else VERBS
    app_of(verbs)(args=given, prog_name="briefbook", obj=given)


def _say_again(given: Sequence[str]) -> None:
    """Say what the last build said, and end, where nothing has changed since."""
    from briefbook.cli.again import said_before

    if said := said_before(given):
        sys.stderr.write(said.err)
        sys.stdout.write(said.out)
        raise SystemExit(said.code)
