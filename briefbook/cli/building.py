"""The verbs `build` and `check`."""

from pathlib import Path
from typing import Annotated

import typer

from briefbook.cli import again, values
from briefbook.cli.annotations import plain
from briefbook.cli.chosen import Chosen
from briefbook.cli.options import Format, Now, Root, Strict, now_of, valued
from briefbook.cli.printing import bar, counted, report_as
from briefbook.cli.running import build_chosen, tell_unfiled
from briefbook.cli.values import ReportFormat, cores
from briefbook.problems import in_order
from briefbook.working import Workers


def build_command(
    context: typer.Context,
    root: Root = Path(),
    output: Annotated[
        Path | None,
        typer.Option("--output", help="Folder to write the site to.", show_default="ROOT/_site"),
    ] = None,
    base_url: Annotated[
        str | None,
        typer.Option("--base-url", help="Address of the site.", show_default="site.yaml"),
    ] = None,
    now: Now = None,
    drafts: Annotated[
        bool, typer.Option("--drafts", help="Show drafts and scheduled entries too, marked.")
    ] = False,
    strict: Strict = False,
    frozen: Annotated[
        bool,
        typer.Option("--frozen", help="For CI: a source without an up-to-date entry is an error."),
    ] = False,
    jobs: Annotated[
        int | None,
        typer.Option(
            "--jobs",
            min=1,
            help="Processes that parse and print, this one counted; one for little work.",
            show_default="all cores",
        ),
    ] = None,
    cluster: Annotated[
        str | None,
        typer.Option(
            "--cluster",
            metavar="ADDRESS",
            help="Parse on a Dask cluster, such as tcp://10.0.0.5:8786; needs the extra `cluster`.",
        ),
    ] = None,
    timings: Annotated[bool, typer.Option("--timings", help="Say where the time went.")] = False,
) -> None:
    """Parse what is new or changed, file it, and write the site.

    Example: briefbook build --strict --base-url https://news.example
    """
    with valued():
        chosen = Chosen(
            root=root,
            output=output,
            now=values.now_of(now),
            base_url=values.base_url_of(base_url),
            drafts=drafts,
            strict=strict,
            frozen=frozen,
            jobs=jobs,
            cluster=cluster,
            timings=timings,
        )
    if jobs is not None and cluster is not None:
        raise typer.BadParameter("--cluster decides that by itself", param_hint="--jobs")
    begun = again.begin(context.obj, str(root)) if context.obj else None
    raise typer.Exit(build_chosen(chosen, begun))


def check_command(
    root: Root = Path(),
    now: Now = None,
    strict: Strict = False,
    form: Format = ReportFormat.TEXT,
    fix: Annotated[
        bool, typer.Option("--fix", help="Mend what is safe to mend, and say what was done.")
    ] = False,
) -> None:
    """Say everything `build` would complain about, and check trace, links, feeds and addresses.

    Writes nothing without --fix, which writes entries and published.txt, never a source.

    Example: briefbook check --strict
    """
    from briefbook.build import fails
    from briefbook.checks import check, check_and_fix
    from briefbook.options import Options
    from briefbook.problems import NothingBuiltError

    options = Options(now=now_of(now))
    try:
        with Workers(cores()) as workers:
            prepared, done = (
                check_and_fix(root, options, bar, workers)
                if fix
                else (check(root, options, bar, workers), ())
            )
    except NothingBuiltError as broken:
        report_as(broken.problems, form, root)
        raise typer.Exit(2) from None
    problems = in_order([*prepared.problems, *prepared.waiting])
    for one in done:
        print(plain(f"{one.place}: mended: {one.did}"))
    report_as(problems, form, root)
    if form is ReportFormat.TEXT:
        tell_unfiled(prepared)
    print(counted(problems) or "nothing to complain about")
    if form is ReportFormat.TEXT and not fix and any(problem.mend for problem in problems):
        print("`briefbook check --fix` mends what of them is safe to mend")
    raise typer.Exit(int(fails(problems, strict=strict)))
