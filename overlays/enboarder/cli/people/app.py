"""The words and options of `enboarder people …`."""

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
    from ..connection import Connection

app = typer.Typer(rich_markup_mode=None)

FileArgument = Annotated[
    Path, typer.Argument(metavar="FILE", help="a CSV, XLSX or JSONL file")
]
PlanArgument = Annotated[
    Path,
    typer.Argument(
        metavar="FILE", help="a CSV, XLSX or JSONL file, or a plan (plan.json)"
    ),
]
MappingOption = Annotated[
    Path | None,
    typer.Option(
        "--mapping",
        metavar="FILE",
        help="which column is what; by default mapping.toml beside the file",
    ),
]
VocabularyOption = Annotated[
    Path | None,
    typer.Option(
        "--vocabulary",
        metavar="FILE",
        help="labels and values; by default vocabulary.toml beside the file, if any",
    ),
]
AllowOption = Annotated[
    list[str] | None,
    typer.Option(
        "--allow",
        metavar="ID",
        help="an external id that is wanted in spite of a conflict; may be repeated",
    ),
]
PastOption = Annotated[
    bool, typer.Option("--allow-past-dates", help="accept start dates before today")
]
AllOption = Annotated[
    bool, typer.Option("--all-or-nothing", help="nothing if any row has a problem")
]
LedgerOption = Annotated[
    str | None,
    typer.Option(
        "--ledger",
        metavar="PLACE",
        help="a file (its full path), or postgresql://host/database",
    ),
]
AccountOption = Annotated[
    str | None,
    typer.Option(
        "--account", metavar="NAME", help="whose ledger; by default the region or host"
    ),
]
ConfirmOption = Annotated[
    int | None,
    typer.Option(
        "--confirm",
        metavar="N",
        help="the number of people, instead of typing it; needed without a terminal",
    ),
]
LimitOption = Annotated[
    int | None,
    typer.Option(
        "--limit", metavar="N", min=1, help="only the first N people, as a trial"
    ),
]
ResultsOption = Annotated[
    Path | None,
    typer.Option(
        "--results",
        metavar="FOLDER",
        help="where results.csv and failed.csv go; by default beside the file",
    ),
]
RateOption = Annotated[
    float,
    typer.Option("--per-second", metavar="N", help="requests a second at most"),
]
InFlightOption = Annotated[
    int, typer.Option("--in-flight", metavar="N", help="requests at a time at most")
]
StopOption = Annotated[
    int,
    typer.Option(
        "--stop-after",
        metavar="N",
        help="failures of one kind in a row that end the run; 0: never",
    ),
]


class Mode(StrEnum):
    """What a cancellation matches."""

    ALL = "ALL"
    SELECTED = "SELECTED"
    CANCEL_ALL = "CANCEL_ALL"


ModeOption = Annotated[
    Mode,
    typer.Option(
        "--mode",
        help="ALL: every workflow of an id; SELECTED: the one whose custom fields "
        "match; CANCEL_ALL: those that are pending or in progress",
    ),
]


class CancelMode(StrEnum):
    """What the cancellation of somebody who is gone matches."""

    ALL = "ALL"
    CANCEL_ALL = "CANCEL_ALL"


class Answer(StrEnum):
    """What a person found out."""

    DONE = "done"
    NOT_DONE = "not-done"


class Kind(StrEnum):
    """What was requested."""

    LAUNCH = "launch"
    UPDATE = "update"
    CANCEL = "cancel"


@app.command(
    "map", epilog=example("enboarder people map hires.xlsx --date-format %d/%m/%Y")
)
def map_(
    file: FileArgument,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="FILE",
            help="the mapping; by default mapping.toml beside the file",
        ),
    ] = None,
    encoding: Annotated[
        str | None, typer.Option(help="of a text file, such as cp1252; else UTF-8")
    ] = None,
    delimiter: Annotated[
        str | None, typer.Option(help="between the cells of a text file")
    ] = None,
    sheet: Annotated[str | None, typer.Option(help="of a workbook")] = None,
    date_format: Annotated[
        str | None, typer.Option(help="such as %d/%m/%Y; else YYYY-MM-DD")
    ] = None,
    default_country: Annotated[
        str | None,
        typer.Option(help="of mobile numbers without one, such as AU"),
    ] = None,
) -> None:
    """Propose which column is what, for you to review."""
    from .files import Reading, propose

    reading = Reading(encoding, delimiter, sheet, date_format, default_country)
    propose(file, output, reading)


@app.command(
    epilog=example("enboarder people vocabulary --region EU --output vocabulary.toml")
)
def vocabulary(
    output: Annotated[
        Path, typer.Option("--output", metavar="FILE", help="where to save them")
    ] = Path("vocabulary.toml"),
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
) -> None:
    """Save the labels and values of the account."""
    from ..connection import Connection
    from .files import save_vocabulary

    save_vocabulary(Connection(profile, region, base_url, secret_stdin), output)


@app.command(epilog=example("enboarder people check hires.csv"))
def check(
    file: FileArgument,
    mapping: MappingOption = None,
    vocabulary: VocabularyOption = None,
    allow: AllowOption = None,
    allow_past_dates: PastOption = False,
    as_json: JsonOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """List every problem of a file. Nothing is sent, and no ledger is needed."""
    from .checking import check as run
    from .files import Source

    source = Source(file, mapping, vocabulary, tuple(allow or ()), allow_past_dates)
    raise typer.Exit(run(source, as_json=as_json, as_lines=as_lines))


@app.command(epilog=example("enboarder people plan hires.csv --output plan.json"))
def plan(
    file: FileArgument,
    mapping: MappingOption = None,
    vocabulary: VocabularyOption = None,
    allow: AllowOption = None,
    allow_past_dates: PastOption = False,
    all_or_nothing: AllOption = False,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE", help="save the plan, which launch executes"
        ),
    ] = None,
    ledger: LedgerOption = None,
    account: AccountOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """Show who would be launched. Nothing is sent."""
    from ..connection import Connection
    from .checking import plan as run
    from .files import Source

    source = Source(
        file,
        mapping,
        vocabulary,
        tuple(allow or ()),
        allow_past_dates,
        all_or_nothing,
    )
    connection = Connection(profile, region, base_url, ledger=ledger, account=account)
    code = run(source, connection, output, as_json=as_json, as_lines=as_lines)
    raise typer.Exit(code)


@app.command(
    epilog=example(
        "enboarder people launch hires.csv --limit 1",
        "enboarder people launch hires.csv --confirm 214",
    )
)
def launch(
    file: PlanArgument,
    mapping: MappingOption = None,
    vocabulary: VocabularyOption = None,
    allow: AllowOption = None,
    allow_past_dates: PastOption = False,
    all_or_nothing: AllOption = False,
    limit: LimitOption = None,
    confirm: ConfirmOption = None,
    results: ResultsOption = None,
    per_second: RateOption = 5.0,
    in_flight: InFlightOption = 2,
    stop_after: StopOption = 5,
    ledger: LedgerOption = None,
    account: AccountOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_json: JsonOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """Launch the people of a file, each of them once.

    However often you run it, nobody is messaged twice. The plan is shown first, and
    you type the number of people. Rows that are wrong or refused are in failed.csv,
    to be corrected and run again.
    """
    from .files import Source
    from .running import Manner, run

    source = Source(
        file,
        mapping,
        vocabulary,
        tuple(allow or ()),
        allow_past_dates,
        all_or_nothing,
    )
    connection = _connection(profile, region, base_url, secret_stdin, ledger, account)
    manner = Manner(
        limit, confirm, results, per_second, in_flight, stop_after, as_json, as_lines
    )
    raise typer.Exit(run("launch", source, connection, manner))


@app.command(epilog=example("enboarder people update changes.csv --confirm 3"))
def update(
    file: PlanArgument,
    mapping: MappingOption = None,
    vocabulary: VocabularyOption = None,
    allow: AllowOption = None,
    allow_past_dates: PastOption = False,
    all_or_nothing: AllOption = False,
    limit: LimitOption = None,
    confirm: ConfirmOption = None,
    results: ResultsOption = None,
    per_second: RateOption = 5.0,
    in_flight: InFlightOption = 2,
    stop_after: StopOption = 5,
    ledger: LedgerOption = None,
    account: AccountOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_json: JsonOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """Change the workflows of a file's people.

    Only what differs from what was accepted before is sent.
    """
    from .files import Source
    from .running import Manner, run

    source = Source(
        file,
        mapping,
        vocabulary,
        tuple(allow or ()),
        allow_past_dates,
        all_or_nothing,
    )
    connection = _connection(profile, region, base_url, secret_stdin, ledger, account)
    manner = Manner(
        limit, confirm, results, per_second, in_flight, stop_after, as_json, as_lines
    )
    raise typer.Exit(run("update", source, connection, manner))


@app.command(
    epilog=example("enboarder people cancel withdrawn.csv --mode ALL --confirm 2")
)
def cancel(
    file: PlanArgument,
    mode: ModeOption,
    comments: Annotated[
        str | None, typer.Option("--comments", help="the reason, for everybody")
    ] = None,
    mapping: MappingOption = None,
    all_or_nothing: AllOption = False,
    limit: LimitOption = None,
    confirm: ConfirmOption = None,
    results: ResultsOption = None,
    per_second: RateOption = 5.0,
    in_flight: InFlightOption = 2,
    stop_after: StopOption = 5,
    ledger: LedgerOption = None,
    account: AccountOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_json: JsonOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """Cancel the workflows of a file's people.

    The mode says which of their workflows are meant.
    """
    from .files import Source
    from .running import Manner, run

    source = Source(
        file,
        mapping,
        all_or_nothing=all_or_nothing,
        mode=mode,
        comments=comments,
    )
    connection = _connection(profile, region, base_url, secret_stdin, ledger, account)
    manner = Manner(
        limit, confirm, results, per_second, in_flight, stop_after, as_json, as_lines
    )
    raise typer.Exit(run("cancel", source, connection, manner))


@app.command(epilog=example("enboarder people sync extract.csv --confirm 12"))
def sync(
    file: FileArgument,
    cancel_mode: Annotated[
        CancelMode | None,
        typer.Option(
            "--cancel-mode", help="cancel who is gone; without it, they are listed"
        ),
    ] = None,
    max_cancel: Annotated[
        int,
        typer.Option(
            "--max-cancel", metavar="N", help="more people gone than this: stop"
        ),
    ] = 5,
    least_share: Annotated[
        float,
        typer.Option(
            "--least-share",
            metavar="SHARE",
            help="a smaller share of the running people in the extract: stop",
        ),
    ] = 0.5,
    mapping: MappingOption = None,
    vocabulary: VocabularyOption = None,
    allow: AllowOption = None,
    allow_past_dates: PastOption = False,
    confirm: ConfirmOption = None,
    results: ResultsOption = None,
    per_second: RateOption = 5.0,
    in_flight: InFlightOption = 2,
    stop_after: StopOption = 5,
    ledger: LedgerOption = None,
    account: AccountOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """Launch who is new in an extract, and change the others.

    The extract is complete, and compared with the ledger. Who is gone is cancelled
    only with --cancel-mode. An empty extract, or half of one, stops it.
    """
    from .files import Source
    from .running import Manner
    from .syncing import Guards
    from .syncing import sync as run

    source = Source(file, mapping, vocabulary, tuple(allow or ()), allow_past_dates)
    connection = _connection(profile, region, base_url, secret_stdin, ledger, account)
    manner = Manner(
        None, confirm, results, per_second, in_flight, stop_after, as_lines=as_lines
    )
    guards = Guards(cancel_mode, max_cancel, least_share)
    raise typer.Exit(run(source, guards, connection, manner))


@app.command(epilog=example("enboarder people report hires.csv --output july.html"))
def report(
    file: PlanArgument,
    results: Annotated[
        Path | None,
        typer.Option(
            "--results", metavar="FILE", help="by default results.csv beside the file"
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", metavar="FILE", help="by default report.html beside them"
        ),
    ] = None,
    kind: Annotated[Kind, typer.Option("--kind", help="what was done")] = Kind.LAUNCH,
    mode: Annotated[Mode, typer.Option("--mode", help="of a cancellation")] = Mode.ALL,
    mapping: MappingOption = None,
    vocabulary: VocabularyOption = None,
    allow: AllowOption = None,
) -> None:
    """Write one page about a run, for a meeting.

    Each run writes it already; this makes it again, from the file and its results.
    """
    from .files import Source
    from .reporting import report as run

    source = Source(file, mapping, vocabulary, tuple(allow or ()), mode=mode)
    run(source, kind, results, output)


@app.command(epilog=example("enboarder people status --unsettled"))
def status(
    external_id: Annotated[
        str | None, typer.Argument(metavar="[ID]", help="one external id")
    ] = None,
    unsettled: Annotated[
        bool, typer.Option("--unsettled", help="only those that may have been done")
    ] = False,
    run: Annotated[
        str | None, typer.Option("--run", metavar="RUN", help="only those of one run")
    ] = None,
    ledger: LedgerOption = None,
    account: AccountOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    as_json: JsonOption = False,
    as_lines: JsonLinesOption = False,
) -> None:
    """Show what the ledger knows. Nothing is sent.

    The exit code is 5 while the outcome of a request is unknown.
    """
    from ..connection import Connection
    from .knowledge import Question, show

    connection = Connection(profile, region, base_url, ledger=ledger, account=account)
    question = Question(external_id, unsettled, run)
    raise typer.Exit(show(connection, question, as_json=as_json, as_lines=as_lines))


@app.command(
    epilog=example(
        "enboarder people resolve",
        'enboarder people resolve E-17 --as done --note "seen in the profile"',
    )
)
def resolve(
    external_id: Annotated[
        str | None,
        typer.Argument(
            metavar="[ID]", help="an external id; without it, reads look for all"
        ),
    ] = None,
    answer: Annotated[
        Answer | None,
        typer.Option("--as", help="what you found; not-done may be sent again"),
    ] = None,
    kind: Annotated[Kind, typer.Option("--kind", help="what was requested")] = (
        Kind.LAUNCH
    ),
    note: Annotated[
        str, typer.Option("--note", help="how you know; no personal data")
    ] = "",
    ledger: LedgerOption = None,
    account: AccountOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
    secret_stdin: SecretOption = False,
) -> None:
    """Settle requests whose outcome is unknown.

    Look in Enboarder first: the profile, the reports, or the Integration Logs.
    """
    from .knowledge import resolve_by_person, resolve_by_reads

    connection = _connection(profile, region, base_url, secret_stdin, ledger, account)
    if external_id is None and answer is None:
        raise typer.Exit(resolve_by_reads(connection))
    if external_id is None or answer is None:
        raise typer.BadParameter("give an external id and --as, or neither")
    is_done = answer is Answer.DONE
    code = resolve_by_person(connection, external_id, kind, note, is_done=is_done)
    raise typer.Exit(code)


@app.command(epilog=example("enboarder people prune --older-than 400"))
def prune(
    older_than: Annotated[
        int, typer.Option("--older-than", metavar="DAYS", min=1, help="the age")
    ],
    ledger: LedgerOption = None,
    account: AccountOption = None,
    profile: ProfileOption = None,
    region: RegionOption = None,
    base_url: BaseUrlOption = None,
) -> None:
    """Forget external ids by age.

    Nobody is launched again because of it.
    """
    from ..connection import Connection
    from .knowledge import forget

    connection = Connection(profile, region, base_url, ledger=ledger, account=account)
    forget(connection, older_than)


def _connection(
    profile: str | None,
    region: str | None,
    base_url: str | None,
    secret_stdin: bool,
    ledger: str | None,
    account: str | None,
) -> Connection:
    from ..connection import Connection

    return Connection(profile, region, base_url, secret_stdin, ledger, account)
