"""Where the tables go: a DuckDB file, or any destination of dlt."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Any

from attrs import field, frozen

from ...errors import ConfigurationError, InvalidInput
from ...quoting import quotable
from ..libraries import needed

DUCKDB = "duckdb"
FILESYSTEM = "filesystem"
DATABASE = "onboarding.duckdb"
"""The DuckDB file in the current folder."""
PRIVATE = 0o600
DUCKDB_SETTINGS = {
    # A million rows have to fit beside the rest of the process.
    "memory_limit": "400MB",
    "preserve_insertion_order": False,
    # It would be fetched from the network.
    "autoinstall_known_extensions": False,
}
WITH_COMMENTS = (DUCKDB, "motherduck", "postgres", "redshift")
"""Destinations with COMMENT ON in which dlt itself writes no descriptions."""


@frozen
class Place:
    """A destination, ready for dlt."""

    destination: Any = field(repr=False)
    description: str
    """What people call it; without credentials."""
    file: Path | None = None
    """The DuckDB file."""

    @property
    def kind(self) -> str:
        """What dlt calls it, such as `postgres`."""
        return str(self.destination.destination_type).rpartition(".")[2]

    @property
    def file_format(self) -> str | None:
        """The format of the files that are loaded; None means dlt's choice."""
        return "parquet" if self.kind == FILESYSTEM else None

    @property
    def takes_comments(self) -> bool:
        """Whether labels have to be written as comments."""
        return self.kind in WITH_COMMENTS

    def strategies(self, table: str) -> set[str]:
        """Return the merge strategies that the destination has for a table."""
        abilities = self.destination.capabilities()
        supported = abilities.supported_merge_strategies or ()
        choose = abilities.merge_strategies_selector
        if choose is not None:
            wanted = {"name": table, "write_disposition": "merge"}
            supported = choose(supported, table_schema=wanted)
        return set(supported)

    def prepare(self) -> None:
        """Make the DuckDB file if it is missing, for its owner alone."""
        if self.file is None or self.file.exists():
            return
        needed("duckdb", "dlt").connect(str(self.file)).close()
        os.chmod(self.file, PRIVATE)


def place_of(
    destination: Any = DUCKDB, database: str | os.PathLike[str] | None = None
) -> Place:
    """Return a destination.

    Args:
        destination: its name, or one that dlt has built.
        database: the DuckDB file; by default `onboarding.duckdb` in this folder.

    Raises:
        InvalidInput: the two do not fit, or the file cannot be made.
        ConfigurationError: dlt is not installed, or does not know the name.
    """
    needed("dlt", "dlt")
    if destination == DUCKDB:
        return _duckdb_file(Path(DATABASE if database is None else database))
    if database is not None:
        raise InvalidInput(
            "database: it names a DuckDB file, and the destination is another one, "
            "which reads its settings from those of dlt; nothing was sent"
        )
    if not isinstance(destination, str):
        return Place(destination, str(destination.destination_name))
    return Place(_named(destination), destination)


def _duckdb_file(path: Path) -> Place:
    needed("duckdb", "dlt")
    configuration = needed("dlt.destinations.impl.duckdb.configuration", "dlt")
    if path.is_dir() or not path.absolute().parent.is_dir():
        raise InvalidInput(
            f"database: {path} cannot be a file, because it is a folder or its folder "
            "is missing; nothing was sent"
        )
    credentials = configuration.DuckDbCredentials(str(path))
    credentials.global_config = dict(DUCKDB_SETTINGS)
    factory = needed("dlt.destinations", "dlt").duckdb
    return Place(factory(credentials), str(path), path)


def _named(name: str) -> Any:
    reference = needed("dlt.common.destination", "dlt").Destination
    dlt_error = needed("dlt.common.exceptions", "dlt").DltException
    with suppress(dlt_error, ImportError, ValueError):
        return reference.from_reference(name)
    raise ConfigurationError(
        f'destination: dlt does not know "{quotable(name, 60)}"; give the name of one '
        "of its destinations, such as duckdb, filesystem, postgres, snowflake or "
        "bigquery. Nothing was sent"
    )
