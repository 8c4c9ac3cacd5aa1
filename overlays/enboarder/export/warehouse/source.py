"""A source for dlt: one resource for each form and workflow definition."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from ...client import Enboarder
from ...errors import InvalidInput
from ..definitions import Report
from ..drift import DriftPolicy
from ..libraries import needed
from ..pages import checked_filters
from ..schema import Schema
from ..selection import selection_of
from .evolution import contract
from .names import is_plain, table_names
from .reading import Reading, Wanted
from .strategy import MIRROR, UPSERTS, write_disposition

SOURCE = "enboarder"
EVERY_STRATEGY = {MIRROR, *UPSERTS}

Keys = Mapping[str, Sequence[str]]


def warehouse_source(
    enboarder: Enboarder,
    reports: Iterable[Report],
    *,
    keys: Keys | None = None,
    tables: Mapping[str, str] | None = None,
    filters: Mapping[str, Any] | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    hash_fields: Sequence[str] = (),
    hash_key: str | None = None,
    on_drift: str = DriftPolicy.FAIL,
    strategies: Iterable[str] = EVERY_STRATEGY,
) -> Any:
    """Return a source for a pipeline of dlt that you run yourself.

    Nothing is sent before the pipeline runs. The telemetry of dlt is up to you;
    `load_warehouse` turns it off.

    Args:
        enboarder: the client; keep it open until the pipeline has run.
        reports: the forms and workflow definitions.
        keys: the columns that tell the rows of a report apart, by the id of the
            report. By default, the content of a row does.
        tables: names of tables, by the id of the report.
        filters: query parameters that are sent with every page. None is documented.
        include: the only fields that are loaded, by name, id or label.
        exclude: fields that are left out.
        hash_fields: fields of which a keyed hash is loaded instead of the value.
        hash_key: the key of the hashes, at least 16 characters.
        on_drift: what happens when columns have changed: `fail`, `add` or `ignore`.
        strategies: the merge strategies that the destination supports.

    Raises:
        InvalidInput: an argument is wrong; nothing was sent.
        ConfigurationError: dlt is not installed, or the destination cannot do it.
    """
    wanted = Wanted(
        checked_filters(filters),
        selection_of(include, exclude, hash_fields, hash_key),
        policy_of(on_drift),
    )
    readings = readings_of(enboarder, reports, keys or {}, tables or {}, wanted)
    return source_of(readings, set(strategies))


def policy_of(on_drift: str) -> DriftPolicy:
    """Return a policy.

    Raises:
        InvalidInput: it is not one.
    """
    try:
        return DriftPolicy(on_drift)
    except ValueError:
        allowed = ", ".join(repr(str(policy)) for policy in DriftPolicy)
        raise InvalidInput(
            f"on_drift must be one of {allowed}; got {on_drift!r}"
        ) from None


def readings_of(
    enboarder: Enboarder,
    reports: Iterable[Report],
    keys: Keys,
    tables: Mapping[str, str],
    wanted: Wanted,
) -> dict[str, Reading]:
    """Return how each report is read, by the name of its table."""
    chosen = list(dict.fromkeys(reports))
    _refuse_unknown("keys", keys, chosen)
    _refuse_unknown("tables", tables, chosen)
    names = _checked_names(chosen, tables)
    return {
        names[report]: Reading(
            enboarder,
            report,
            tuple(keys.get(report.id, ())),
            wanted,
            Schema(report),
        )
        for report in chosen
    }


def source_of(readings: Mapping[str, Reading], strategies: set[str]) -> Any:
    """Return the source that reads like this."""
    dlt = needed("dlt", "dlt")
    resources = [
        _resource(name, reading, strategies) for name, reading in readings.items()
    ]
    # Of its own: the name of a table in one source means nothing in another one.
    return dlt.source(lambda: resources, schema=dlt.Schema(SOURCE))()


def _resource(name: str, reading: Reading, strategies: set[str]) -> Any:
    dlt = needed("dlt", "dlt")

    def rows() -> Iterator[Any]:
        known: Any = None
        for table in reading.tables(dlt.current.resource_state(name)):
            hints = reading.hints
            if hints == known:
                yield table
                continue
            known = hints
            yield dlt.mark.with_hints(table, dlt.mark.make_hints(columns=hints))

    return dlt.resource(
        rows,
        name=name,
        write_disposition=write_disposition(
            strategies, is_whole=not reading.wanted.filters
        ),
        schema_contract=contract(reading.wanted.on_drift),
        parallelized=True,
    )


def _checked_names(
    reports: Sequence[Report], chosen: Mapping[str, str]
) -> dict[Report, str]:
    for name in chosen.values():
        if not is_plain(name):
            raise InvalidInput(
                f"tables names {name!r}; a table has small letters, digits and single "
                "underscores, and begins with a letter"
            )
    if len(set(chosen.values())) < len(chosen):
        raise InvalidInput("tables gives two reports one table")
    return table_names(reports, chosen)


def _refuse_unknown(
    argument: str, named: Mapping[str, Any], reports: Iterable[Report]
) -> None:
    unknown = named.keys() - {report.id for report in reports}
    if unknown:
        listed = ", ".join(sorted(unknown))
        raise InvalidInput(
            f"{argument} names {listed}, which is not the id of a report of this load; "
            "nothing was sent"
        )
