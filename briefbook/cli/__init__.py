"""The command line: verbs, options, exit codes. The only folder that prints.

Exit codes: 0 all is published (warnings aside), 1 something was left out or `--strict` found a
warning, 2 `site.yaml` is broken or the command was used wrongly, and nothing was built.
"""

import sys
from collections.abc import Callable, Sequence
from typing import Annotated

import typer

from briefbook import __version__
from briefbook.cli.adding import add_command
from briefbook.cli.building import build_command, check_command
from briefbook.cli.explaining import explain_command
from briefbook.cli.founding import new_site_command
from briefbook.cli.renewing import refile_command, reparse_command
from briefbook.cli.serving import serve_command
from briefbook.cli.theming import theme_command

# In the order in which `--help` lists them.
_VERBS: dict[str, Callable[..., None]] = {
    "build": build_command,
    "serve": serve_command,
    "add": add_command,
    "check": check_command,
    "explain": explain_command,
    "reparse": reparse_command,
    "refile": refile_command,
    "new-site": new_site_command,
    "theme": theme_command,
}
VERBS = tuple(_VERBS)

app = typer.Typer(
    name="briefbook",
    no_args_is_help=False,
    add_completion=False,
    pretty_exceptions_enable=False,  # a bug shows its whole traceback
    context_settings={"help_option_names": ["-h", "--help"]},
)
for _verb, _command in _VERBS.items():
    app.command(_verb)(_command)


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; without a verb it is `build`."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    if not given or (given[0] not in VERBS and given[0] not in ("-h", "--help", "--version")):
        wants_build = not given or given[0].startswith("-")
        given = ["build", *given] if wants_build else given
    app(args=given, prog_name="briefbook")


def _version(wanted: bool) -> None:
    if wanted:
        print(f"briefbook {__version__}")
        raise typer.Exit


@app.callback()
def _top(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Say the version.")
    ] = False,
) -> None:
    """Raw article texts in, a traceable news-briefing site out.

    Without a command it is `build`. `briefbook COMMAND --help` says what each one takes.

    Example: briefbook add ferry.txt
    """
