"""Write the names of reports and the labels of columns as comments of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ..cells import written
from .reading import Reading


def write_comments(pipeline: Any, readings: Mapping[str, Reading]) -> None:
    """Write comments for the tables that a pipeline has loaded.

    Args:
        pipeline: the pipeline.
        readings: what was read, by the name of its table.
    """
    with pipeline.sql_client() as client:
        for name, reading in readings.items():
            for statement in _statements(client, name, reading):
                client.execute_sql(statement)


def _statements(client: Any, name: str, reading: Reading) -> Iterator[str]:
    schema = reading.schema
    table = client.make_qualified_table_name(name)
    title = f"{schema.report}: {schema.report.name}" if schema.report.name else name
    yield f"COMMENT ON TABLE {table} IS {_literal(title)}"
    for column in schema.exported:
        label = schema.description(column)
        if label:
            place = client.escape_column_name(reading.names[column.name])
            yield f"COMMENT ON COLUMN {table}.{place} IS {_literal(label)}"


def _literal(text: str) -> str:
    """Return a text as a literal of standard SQL, which cannot hold NUL."""
    quoted = written(text).replace("\0", "").replace("'", "''")
    return f"'{quoted}'"
