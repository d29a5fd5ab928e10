"""The command line: verbs, options, exit codes. The only folder that prints.

Exit codes: 0 all is published (warnings aside), 1 something was left out or `--strict` found a
warning, 2 `site.yaml` is broken or the command was used wrongly, and nothing was built.
"""

import contextlib
import errno
import importlib
import os
import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING, NoReturn, cast

if TYPE_CHECKING:
    import typer

    from briefbook.problems import Problem

# What a system says when it has run out of something, or a disk is broken or locked: bad luck, not
# a fault of the program, which would show its traceback.
_REFUSALS = frozenset(
    (errno.EMFILE, errno.ENFILE, errno.ENOSPC, errno.EIO, errno.EROFS, errno.ENOMEM)
)
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
# What these make is no longer needed when they are done, and all they write is written by then.
_HOLD_A_SITE = frozenset(("build", "check"))


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


def run() -> None:
    """Run one command as the whole of this process; see `main`.

    A process takes a second to free a large site, object by object, that is gone with it anyway.
    """
    try:
        main()
    except SystemExit as end:  # holds what was made until here
        is_told = isinstance(end.code, int)
        if is_told and _given(sys.argv[1:])[0] in _HOLD_A_SITE and not _is_watched():
            _end(cast(int, end.code))
        raise


def _end(code: int) -> None:
    """End this process at once, unless what it said cannot be passed on."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except (OSError, ValueError) as fault:
        if not isinstance(fault, OSError) or fault.errno not in _REFUSALS:
            return
        with contextlib.suppress(OSError, ValueError):
            sys.stderr.write(f"{_refusal(fault)}\n")
            sys.stderr.flush()
        code = 1
    os._exit(code)


def _is_watched() -> bool:
    """Tell whether something that tells at the end of a process looks at it, such as a profiler."""
    if sys.getprofile() or sys.gettrace():
        return True
    monitoring = getattr(sys, "monitoring", None)  # from Python 3.12 on
    return monitoring is not None and any(map(monitoring.get_tool, range(6)))


def main(arguments: Sequence[str] | None = None) -> None:
    """Run one command; without a verb it is `build`."""
    try:
        _main(arguments)
    except OSError as fault:
        if fault.errno not in _REFUSALS:
            raise
        sys.stderr.write(f"{_refusal(fault)}\n")
        raise SystemExit(1) from None


def _refusal(fault: OSError) -> "Problem":
    """Say what the system refuses though nothing is wrong with the site nor with the program."""
    from briefbook.problems import Place, error
    from briefbook.text.visible import visible

    place = visible(os.fsdecode(fault.filename)) if fault.filename else "briefbook"
    fix = "see that the disk has room and is in order, and run the same command again"
    if fault.errno in (errno.EMFILE, errno.ENFILE):
        fix = "end programs that hold many files, or allow more, and run the same command again"
    return error(Place(place), f"the system refused it: {fault.strerror}", fix)


def _main(arguments: Sequence[str] | None) -> None:
    given = _given(sys.argv[1:] if arguments is None else arguments)
    if given[0] == "build":
        _build_at_once(given)
    # All of them only where they are listed, or what was typed is none.
    verbs = given[:1] if given[0] in VERBS else () if given[0] == "--version" else VERBS
    app_of(verbs)(args=given, prog_name="briefbook", obj=given)


def _given(arguments: Sequence[str]) -> list[str]:
    """Return the arguments of a command with its verb."""
    given = list(arguments)
    if not given or (given[0] not in VERBS and given[0] not in ("-h", "--help", "--version")):
        wants_build = not given or given[0].startswith("-")
        return ["build", *given] if wants_build else given
    return given


def _build_at_once(given: Sequence[str]) -> None:
    """Build and end, where it is plain what is wanted; where it is not, return.

    Where nothing has changed since the last build, this says what that has said.
    """
    from briefbook.cli import again

    begun = again.begin(given, again.root_of(given))
    if said := again.said_before(given, begun):
        sys.stderr.write(said.err)
        sys.stdout.write(said.out)
        raise SystemExit(said.code)
    from briefbook.cli.chosen import chosen_of

    if chosen := chosen_of(given[1:]):
        from briefbook.cli.running import build_chosen

        try:
            code = build_chosen(chosen, begun)
        except (EOFError, KeyboardInterrupt, BrokenPipeError) as stopped:
            _break_off(stopped)
        raise SystemExit(code)


def _break_off(stopped: BaseException) -> NoReturn:
    """End a run that was broken off, as it ends with any other verb."""
    import typer

    app = typer.Typer(add_completion=False, pretty_exceptions_enable=False)

    @app.command()
    def stop() -> None:
        raise stopped

    app(args=[], prog_name="briefbook")
    raise AssertionError  # it ends by itself
