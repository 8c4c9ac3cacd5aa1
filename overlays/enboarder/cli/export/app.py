"""The words and options of `enboarder export …`."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ..options import (
    BaseUrlOption,
    JsonLinesOption,
    JsonOption,
    ProfileOption,
    RegionOption,
    SecretOption,
    example,
)

if TYPE_CHECKING:
    from .choosing import Choice

app = typer.Typer(rich_markup_mode=None)

ReportsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[REPORT]...",
        help="the id of a form or workflow; form:ID or workflow:ID if both have it; "
        "without one, every report of the account",
    ),
]
IncludeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--include",
        metavar="FIELD",
        help="export this field and no other; may be repeated",
    ),
]
ExcludeOption = Annotated[
    list[str] | None,
    typer.Option(
        "--exclude", metavar="FIELD", help="leave this field out; may be repeated"
    ),
]
HashOption = Annotated[
    list[str] | None,
    typer.Option(
        "--hash",
        metavar="FIELD",
        help="replace the values of this field by hashes, whose key is in "
        "ENBOARDER_HASH_KEY; may be repeated",
    ),
]
FilterOption = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        metavar="NAME=VALUE",
        help="a query parameter that you know; none is documented; may be repeated",
    ),
]
InFlightOption = Annotated[
    int,
    typer.Option("--in-flight", metavar="N", min=1, help="reports at a time at most"),
]


# These are the words of `export.files.formats.Format` and `export.DriftPolicy`. Their
# modules import the client, for which `--help` should not wait.


class Format(StrEnum):
    """What is in a file."""

    JSONL = "jsonl"
    CSV = "csv"
    PARQUET = "parquet"


class Drift(StrEnum):
    """What to do when the columns of a report have changed."""

    FAIL = "fail"
    ADD = "add"
    IGNORE = "ignore"


DriftOption = Annotated[
    Drift,
    typer.Option(
        "--on-drift",
        help="when the columns have changed since the last export: fail (exit code 6), "
        "add the new ones, or ignore them",
    ),
]


@app.command("list", epilog=example("enboarder export list --json"))
def list_(
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_json: JsonOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """List the reports that can be exported: forms and workflows."""
    from ..connection import Connection
    from .looking import list_reports

    connection = Connection(profile, region, base_url, secret_stdin)
    list_reports(connection, as_json=as_json, as_lines=as_lines)


@app.command(epilog=example("enboarder export preview 4mkVzc9OX"))
def preview(
    report: Annotated[
        str,
        typer.Argument(
            metavar="REPORT",
            help="the id of a form or workflow; form:ID or workflow:ID if both have it",
        ),
    ],
    rows: Annotated[
        int, typer.Option("--rows", metavar="N", min=1, help="how many are shown")
    ] = 10,
    filter: FilterOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_json: JsonOption = False,
) -> None:
    """Show the columns of a report, how many cells are empty, and its first rows.

    The first page is read, and nothing is written.
    """
    from ..connection import Connection
    from .choosing import filters_of
    from .looking import preview as run

    connection = Connection(profile, region, base_url, secret_stdin)
    filters = filters_of(filter or ())
    run(connection, report, rows, filters, as_json=as_json)


@app.command(
    epilog=example(
        "enboarder export files --to reports",
        "enboarder export files 4mkVzc9OX --to reports --format csv --exclude salary",
    )
)
def files(
    reports: ReportsArgument = None,
    to: Annotated[
        Path, typer.Option("--to", metavar="FOLDER", help="where the files go")
    ] = Path("reports"),
    format: Annotated[
        Format, typer.Option("--format", help="parquet needs the extra of that name")
    ] = Format.JSONL,
    include: IncludeOption = None,
    exclude: ExcludeOption = None,
    hash: HashOption = None,
    filter: FilterOption = None,
    on_drift: DriftOption = Drift.FAIL,
    in_flight: InFlightOption = 2,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_json: JsonOption = False,
) -> None:
    """Write each report to a file.

    A file gets its name when it is complete. If a run ends early, the same command
    continues it.
    """
    from ..connection import Connection
    from .writing import write_files

    connection = Connection(profile, region, base_url, secret_stdin)
    choice = _choice(reports, include, exclude, hash, filter, on_drift, in_flight)
    raise typer.Exit(write_files(connection, choice, to, format, as_json=as_json))


@app.command(
    epilog=example(
        "enboarder export warehouse --to onboarding.duckdb",
        "enboarder export warehouse --destination postgres --dataset onboarding",
    )
)
def warehouse(
    reports: ReportsArgument = None,
    to: Annotated[
        Path | None,
        typer.Option(
            "--to",
            metavar="FILE",
            help="the DuckDB file; by default onboarding.duckdb in this folder",
        ),
    ] = None,
    destination: Annotated[
        str,
        typer.Option(
            "--destination",
            metavar="NAME",
            help="another destination of dlt, which finds its credentials in dlt's own "
            "settings",
        ),
    ] = "duckdb",
    dataset: Annotated[
        str | None,
        typer.Option(
            "--dataset", metavar="NAME", help="the schema that gets the tables"
        ),
    ] = None,
    key: Annotated[
        list[str] | None,
        typer.Option(
            "--key",
            metavar="REPORT=FIELD",
            help="a field that tells the rows of a report apart; by default, their "
            "content does; may be repeated",
        ),
    ] = None,
    include: IncludeOption = None,
    exclude: ExcludeOption = None,
    hash: HashOption = None,
    filter: FilterOption = None,
    on_drift: DriftOption = Drift.FAIL,
    in_flight: InFlightOption = 2,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_json: JsonOption = False,
) -> None:
    """Load each report into a table: a DuckDB file, or another warehouse.

    Run it again to bring the tables up to date; no row is there twice. It needs the
    extra `dlt`.
    """
    from ..connection import Connection
    from .loading import Warehouse, keys_of, load

    connection = Connection(profile, region, base_url, secret_stdin)
    choice = _choice(reports, include, exclude, hash, filter, on_drift, in_flight)
    target = Warehouse(destination, to, dataset, keys_of(key or ()))
    raise typer.Exit(load(connection, choice, target, as_json=as_json))


def _choice(
    reports: list[str] | None,
    include: list[str] | None,
    exclude: list[str] | None,
    hash: list[str] | None,
    filter: list[str] | None,
    on_drift: str,
    in_flight: int,
) -> Choice:
    from .choosing import Choice, filters_of

    return Choice(
        tuple(reports or ()),
        tuple(include or ()),
        tuple(exclude or ()),
        tuple(hash or ()),
        filters_of(filter or ()),
        on_drift,
        in_flight,
    )
