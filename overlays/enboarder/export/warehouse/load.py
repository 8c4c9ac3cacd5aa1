"""Load reports into a warehouse."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from tempfile import TemporaryDirectory
from typing import Any

from ...client import Enboarder
from ...errors import ApiError, ConfigurationError, EnboarderError, InvalidInput
from ..definitions import Report
from ..drift import DriftPolicy
from ..job import MOST_RESTARTS, REFUSED_CURSOR
from ..libraries import needed
from ..pages import checked_filters
from ..results import Progress
from ..run import IN_FLIGHT, MOST_IN_FLIGHT, ProgressCallback
from ..selection import selection_of
from .comments import write_comments
from .destinations import DUCKDB, Place, place_of
from .dlt_settings import settings
from .errors import LoadFailed
from .names import is_plain
from .reading import Reading, Wanted
from .results import Loaded, LoadedTable
from .source import SOURCE, Keys, policy_of, readings_of, source_of

DATASET = "enboarder"
Readings = Mapping[str, Reading]
"""How each report is read, by the name of its table."""
LONGEST_REASON = 300


def load_warehouse(
    enboarder: Enboarder,
    reports: Iterable[Report],
    *,
    destination: Any = DUCKDB,
    database: str | os.PathLike[str] | None = None,
    dataset: str = DATASET,
    keys: Keys | None = None,
    tables: Mapping[str, str] | None = None,
    filters: Mapping[str, Any] | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    hash_fields: Sequence[str] = (),
    hash_key: str | None = None,
    on_drift: str = DriftPolicy.FAIL,
    in_flight: int = IN_FLIGHT,
    progress: ProgressCallback | None = None,
) -> Loaded:
    """Load all rows of reports into tables, one for each report.

    Run it again to bring the tables up to date: no row is there twice, and rows that
    are deleted in Enboarder are deleted. Either all tables get their rows, or none.

    Args:
        enboarder: the client.
        reports: the forms and workflow definitions.
        destination: the name of a destination of dlt, or one that dlt has built. All
            but DuckDB read their credentials from the settings of dlt.
        database: the DuckDB file; by default `onboarding.duckdb` in this folder.
        dataset: the schema of the database, or the folder, that has the tables.
        keys: the columns that tell the rows of a report apart, by the id of the
            report. By default, the content of a row does.
        tables: names of tables, by the id of the report.
        filters: query parameters that are sent with every page; none is documented.
            Rows that they leave out stay in the tables.
        include: the only fields that are loaded, by name, id or label.
        exclude: fields that are left out.
        hash_fields: fields of which a keyed hash is loaded instead of the value: the
            HMAC-SHA256, in hexadecimal digits.
        hash_key: the key of the hashes, at least 16 characters.
        on_drift: what happens when columns have changed: `fail`, `add` or `ignore`.
        in_flight: how many reports are read at a time.
        progress: is called after each page, from one thread at a time.

    Raises:
        InvalidInput: an argument is wrong; nothing was sent.
        ConfigurationError: a library or a setting of the destination is missing.
        SchemaDrift: columns have changed; nothing was loaded.
        KeyNotUnique: a key does not tell rows apart; nothing was loaded.
        LoadFailed: the destination did not take the rows.
        EnboarderError: a report cannot be read; nothing was loaded.
    """
    _check_dataset(dataset)
    _check_in_flight(in_flight)
    wanted = Wanted(
        checked_filters(filters),
        selection_of(include, exclude, hash_fields, hash_key),
        policy_of(on_drift),
        _one_at_a_time(progress),
    )
    read = partial(
        readings_of, enboarder, tuple(reports), keys or {}, tables or {}, wanted
    )
    readings: Readings = read()
    with settings():
        place = place_of(destination, database)
        _check_told_apart(place, dataset)
        if readings:
            readings = _load(place, dataset, in_flight, read)
    loaded = tuple(_loaded(name, reading) for name, reading in readings.items())
    return Loaded(loaded, place.description, dataset)


def _load(
    place: Place, dataset: str, in_flight: int, read: Callable[[], Readings]
) -> Readings:
    """Read and load all reports, once more if the service refuses a cursor.

    What was read before is not loaded then, so no row comes twice.
    """
    restarts = 0
    while True:
        readings = read()
        strategies = place.strategies(next(iter(readings)))
        source = source_of(readings, strategies)
        try:
            _run(place, dataset, source, in_flight, readings)
        except ApiError as error:
            is_refused = error.cursor is not None and error.status in REFUSED_CURSOR
            if not is_refused or restarts >= MOST_RESTARTS:
                raise
            restarts += 1
        else:
            return readings


def _run(
    place: Place, dataset: str, source: Any, in_flight: int, readings: Readings
) -> None:
    """Run a pipeline whose files, which hold personal data, are deleted afterwards."""
    dlt = needed("dlt", "dlt")
    dlt_error = needed("dlt.common.exceptions", "dlt").DltException
    try:
        with TemporaryDirectory(prefix="enboarder-") as folder:
            place.prepare()
            pipeline = dlt.pipeline(
                SOURCE,
                destination=place.destination,
                dataset_name=dataset,
                pipelines_dir=folder,
            )
            # The destination remembers the columns of the last load.
            pipeline.sync_destination()
            pipeline.extract(
                source, workers=in_flight, loader_file_format=place.file_format
            )
            pipeline.normalize()
            pipeline.load(raise_on_failed_jobs=True)
            if place.takes_comments:
                write_comments(pipeline, readings)
        return
    except (EnboarderError, dlt_error) as error:
        failure = _failure_of(error, place)
    # Outside of `except`: frames of dlt hold the credentials of the destination.
    raise failure


def _failure_of(error: Exception, place: Place) -> EnboarderError:
    """Return the error that a caller can use, which dlt wraps in its own ones."""
    chain = list(_chain(error))
    for cause in chain:
        if isinstance(cause, EnboarderError):
            return cause.with_traceback(None)
    for cause in chain:
        if isinstance(cause, ImportError):
            return ConfigurationError(
                f"the destination {place.description} needs a library: {cause}; "
                f"run: pip install 'dlt[{place.kind}]'"
            )
        if "ConfigFieldMissing" in type(cause).__name__:
            return ConfigurationError(
                f"the destination {place.description} lacks settings, such as "
                f"DESTINATION__{place.kind.upper()}__CREDENTIALS; the documentation "
                "of dlt lists them. No rows were read"
            )
    reason = " ".join(str(chain[-1]).split())[:LONGEST_REASON]
    return LoadFailed(
        f"{place.description} did not take the rows: {type(chain[-1]).__name__}: "
        f"{reason}. Run the load again when that is repaired; no row gets there twice"
    )


def _chain(error: BaseException) -> Iterator[BaseException]:
    """Yield an error and what caused it, the first cause last."""
    seen: set[int] = set()
    found: BaseException | None = error
    while found is not None and id(found) not in seen:
        seen.add(id(found))
        yield found
        found = found.__cause__ or found.__context__


def _loaded(name: str, reading: Reading) -> LoadedTable:
    return LoadedTable(
        report=reading.schema.report,
        table=name,
        rows=reading.rows,
        pages=reading.pages,
        schema=reading.schema,
        columns={
            column.name: reading.names.get(column.name, column.name)
            for column in reading.schema.exported
        },
        changes=reading.changes,
        warnings=reading.warnings,
    )


def _one_at_a_time(progress: ProgressCallback | None) -> ProgressCallback | None:
    """Return a callback that two threads never call at the same time."""
    if progress is None:
        return None
    lock = threading.Lock()

    def tell(state: Progress) -> None:
        with lock:
            progress(state)

    return tell


def _check_dataset(dataset: str) -> None:
    if not is_plain(dataset):
        raise InvalidInput(
            "dataset: it has small letters, digits and single underscores, such as "
            f'"{DATASET}"; nothing was sent'
        )


def _check_told_apart(place: Place, dataset: str) -> None:
    """Refuse a DuckDB file and a schema with one name, which DuckDB confuses."""
    if place.file is not None and place.file.stem.casefold() == dataset.casefold():
        raise InvalidInput(
            f"database: DuckDB calls {place.file.name} {place.file.stem!r}, like the "
            "dataset, and cannot tell the two apart; give the file another name, or "
            "the dataset. No row was read"
        )


def _check_in_flight(in_flight: int) -> None:
    if not (isinstance(in_flight, int) and 1 <= in_flight <= MOST_IN_FLIGHT):
        raise InvalidInput(
            f"in_flight must be a whole number from 1 to {MOST_IN_FLIGHT}; got "
            f"{in_flight!r}"
        )
