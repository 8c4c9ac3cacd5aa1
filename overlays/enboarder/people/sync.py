"""Compare today's extract with the ledger: who is new, changed or gone."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Unpack

from attrs import evolve, frozen

from ..errors import InvalidInput
from .ledger.book import Ledger
from .ledger.record import CANCEL
from .mapping import ColumnMapping
from .plan import Action, LeftOut, Plan
from .planning import Settings, plan_launch, plan_update
from .targets import CANCEL as CANCEL_OPERATION

CANCEL_MODES = ("ALL", "CANCEL_ALL")
"""A cancellation of one workflow among several needs to know which one."""
MOST_CANCELLED = 5
LEAST_SHARE = 0.5
EXTERNAL_ID = "externalid"


@frozen
class SyncPlan:
    """What an extract asks for, as three plans; `apply` executes each of them."""

    launch: Plan
    """Who is new."""
    update: Plan
    """Who changed, and only what changed."""
    cancel: Plan
    """Who is gone; it has no action unless cancellations were asked for."""
    gone: tuple[str, ...]
    """External ids that are launched, not cancelled, and not in the extract.

    A row whose external id cannot be read, because it has a problem, does not count.
    """

    def summary(self) -> str:
        """Return the three plans, and who is gone, as text."""
        lines = [plan.summary() for plan in (self.launch, self.update, self.cancel)]
        if self.gone:
            where = "not in the extract, or in a row with a problem"
            lines.append(f"{where}: {', '.join(self.gone)}")
        return "\n".join(lines)


def plan_sync(
    source: str | Path,
    mapping: ColumnMapping | str | Path | None = None,
    *,
    ledger: Ledger,
    cancel_mode: str | None = None,
    max_cancel: int = MOST_CANCELLED,
    least_share: float = LEAST_SHARE,
    **settings: Unpack[Settings],
) -> SyncPlan:
    """Compare a complete extract of new hires with the ledger; nothing is sent.

    New people are to be launched, changed ones updated. People who are launched and
    missing from the extract are only reported, unless `cancel_mode` is given.

    Args:
        source: a CSV, XLSX or JSONL file with everybody who should be running.
        mapping: which column becomes which field, or its file.
        ledger: who was launched and updated before.
        cancel_mode: `ALL` or `CANCEL_ALL` plans to cancel who is gone.
        max_cancel: with more people gone than this, nothing is planned.
        least_share: with a smaller share of the running people in the extract than
            this, nothing is planned: half of the file may be missing.
        settings: how the file is read and checked.

    Raises:
        ConfigurationError: an extra is missing, or a setting is wrong.
        InvalidInput: the file cannot be read, it is empty, too small, or too many
            people are gone.
    """
    if cancel_mode is not None and cancel_mode not in CANCEL_MODES:
        raise InvalidInput(
            f"cancel_mode must be one of {', '.join(CANCEL_MODES)}, or None to cancel "
            f"nobody; got {cancel_mode!r}"
        )
    launch = plan_launch(source, mapping, ledger=ledger, **settings)
    # Who is running already may have started.
    settings["allow_past_dates"] = True
    update = plan_update(source, mapping, ledger=ledger, **settings)
    running = ledger.running()
    present = _ids(launch) | _ids(update)
    gone = tuple(sorted(running - present))
    _require_whole_extract(launch, running, present, least_share)
    actions: tuple[Action, ...] = ()
    if cancel_mode is not None:
        _require_few(gone, max_cancel, launch, update)
        actions = tuple(_cancellation(one, cancel_mode) for one in gone)
    return SyncPlan(
        launch=_without(launch, _rows_of(update, running)),
        update=_only(update, running),
        cancel=Plan(CANCEL, launch.account, launch.source, (), actions),
        gone=gone,
    )


def _rows(plan: Plan) -> list[Action | LeftOut]:
    return [*plan.actions, *plan.left_out]


def _ids(plan: Plan) -> set[str]:
    return {row.external_id for row in _rows(plan)}


def _rows_of(plan: Plan, external_ids: set[str]) -> set[int]:
    return {row.row for row in _rows(plan) if row.external_id in external_ids}


def _only(plan: Plan, external_ids: set[str]) -> Plan:
    """Return a plan for these people; the other plan has the problems of the others."""
    actions = tuple(one for one in plan.actions if one.external_id in external_ids)
    left_out = tuple(one for one in plan.left_out if one.external_id in external_ids)
    return evolve(plan, actions=actions, left_out=left_out, problems=())


def _without(plan: Plan, rows: set[int]) -> Plan:
    """Return a plan without the rows of people who are running already."""
    return evolve(
        plan,
        actions=tuple(one for one in plan.actions if one.row not in rows),
        left_out=tuple(one for one in plan.left_out if one.row not in rows),
        problems=tuple(one for one in plan.problems if one.row not in rows),
    )


def _require_whole_extract(
    launch: Plan, running: set[str], present: set[str], least_share: float
) -> None:
    if not launch.cells:
        raise InvalidInput(
            f"{launch.source} has no rows, so everybody would be gone; nothing is "
            "planned. Check the extract"
        )
    known = len(running & present)
    if known < least_share * len(running):
        raise InvalidInput(
            f"{launch.source} has {known} of the {len(running)} people who are "
            "running, so a part of it may be missing; nothing is planned. Check the "
            "extract, or pass a lower least_share"
        )


def _require_few(
    gone: tuple[str, ...], max_cancel: int, launch: Plan, update: Plan
) -> None:
    """Refuse to cancel many people, or people who may be in a row with a problem."""
    if len(gone) > max_cancel:
        raise InvalidInput(
            f"{len(gone)} people are gone, and at most {max_cancel} are cancelled; "
            "nothing is planned. Check the extract, or pass a higher max_cancel"
        )
    unread = sorted(_unread_rows(launch, update))
    if gone and unread:
        raise InvalidInput(
            f"row {unread[0]} has problems, so it is not known who is in it; nobody "
            "is cancelled. Correct the extract, or leave cancel_mode out"
        )


def _unread_rows(launch: Plan, update: Plan) -> Iterable[int]:
    read = {row.row for row in (*_rows(launch), *_rows(update))}
    return launch.cells.keys() - read


def _cancellation(external_id: str, mode: str) -> Action:
    body: dict[str, Any] = {EXTERNAL_ID: external_id, "mode": mode}
    # No row of the file is about somebody who is gone.
    return Action(0, CANCEL_OPERATION, external_id, body)
