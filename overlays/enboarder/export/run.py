"""Export reports to files, several at a time."""

from __future__ import annotations

import os
import queue
import threading
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from ..client import Enboarder
from ..clock import SYSTEM_CLOCK, Clock
from ..errors import ConfigurationError, InvalidInput
from ..hidden import Hidden
from .definitions import Report
from .drift import DriftPolicy
from .files.formats import Format
from .files.lock import locked
from .files.manifest import add_to_manifest
from .files.opening import opener
from .files.places import Places, stem_of
from .job import ReportJob, Stopped, manifest_entry
from .pages import checked_filters
from .results import Exported, Progress
from .selection import selection_of
from .settings import Settings

PathLike = str | os.PathLike[str]
ProgressCallback = Callable[[Progress], object]
Choice = TypeVar("Choice", Format, DriftPolicy)
IN_FLIGHT = 2
MOST_IN_FLIGHT = 20


def export_reports(
    enboarder: Enboarder,
    reports: Iterable[Report],
    folder: PathLike,
    *,
    format: str = Format.JSONL,
    filters: Mapping[str, Any] | None = None,
    include: Sequence[str] = (),
    exclude: Sequence[str] = (),
    hash_fields: Sequence[str] = (),
    hash_key: str | None = None,
    on_drift: str = DriftPolicy.FAIL,
    in_flight: int = IN_FLIGHT,
    progress: ProgressCallback | None = None,
    clock: Clock = SYSTEM_CLOCK,
) -> list[Exported]:
    """Export reports to a folder, one file for each; run it again to continue.

    A file appears under its name when it is complete. If one report fails, the others
    are still exported, and then its error is raised.

    Args:
        enboarder: the client.
        reports: the forms and workflow definitions.
        folder: is created if it is missing; only its owner reads the files.
        format: `jsonl` (everything that rows have), `csv` or `parquet`.
        filters: query parameters that are sent with every page. None is documented.
        include: the only fields that are exported, by name, id or label.
        exclude: fields that are left out.
        hash_fields: fields of which a keyed hash is exported instead of the value: the
            HMAC-SHA256, in hexadecimal digits.
        hash_key: the key of the hashes, at least 16 characters.
        on_drift: what happens when columns are not those of the last export: `fail`,
            `add` or `ignore`.
        in_flight: how many reports are read at a time.
        progress: is called in this thread after each page.
        clock: time; for tests.

    Raises:
        InvalidInput: an argument is wrong; no row was read.
        ConfigurationError: a library is missing, or another export uses the folder.
        SchemaDrift: columns have changed; the older files are unchanged.
        BrokenPages: pages do not lead to all rows.
        EnboarderError: a report cannot be read. The pages that came are kept, and the
            same call continues behind them.
    """
    # This comes first, so that no frame of an error shows the key.
    key = None if hash_key is None else Hidden(hash_key)
    del hash_key
    settings = Settings(
        format=_choice("format", format, Format),
        filters=checked_filters(filters),
        selection=selection_of(include, exclude, hash_fields, key),
        policy=_choice("on_drift", on_drift, DriftPolicy),
        clock=clock,
    )
    if not isinstance(enboarder, Enboarder):
        raise ConfigurationError("export_reports needs an Enboarder")
    if not (isinstance(in_flight, int) and 1 <= in_flight <= MOST_IN_FLIGHT):
        raise InvalidInput(
            f"in_flight must be a whole number from 1 to {MOST_IN_FLIGHT}; got "
            f"{in_flight!r}"
        )
    opener(settings.format)
    target = Path(folder)
    wanted = _places(reports, target, settings.format)
    target.mkdir(mode=0o700, parents=True, exist_ok=True)
    with locked(target):
        workers = _Workers(enboarder, wanted, settings, in_flight)
        return workers.run(progress)


def _choice(argument: str, value: str, choices: type[Choice]) -> Choice:
    try:
        return choices(value)
    except ValueError:
        allowed = ", ".join(repr(str(choice)) for choice in choices)
        raise InvalidInput(
            f"{argument} must be one of {allowed}; got {value!r}"
        ) from None


def _places(
    reports: Iterable[Report], folder: Path, format: Format
) -> list[tuple[Report, Places]]:
    """Return the files of each report.

    Raises:
        InvalidInput: two reports would share a file.
    """
    found: dict[str, tuple[Report, Places]] = {}
    for report in reports:
        stem = stem_of(report)
        # Some file systems do not tell case apart.
        other = found.setdefault(
            stem.casefold(), (report, Places(folder, stem, format))
        )
        if other[0].id != report.id:
            raise InvalidInput(
                f"the files of {other[0]} and {report} differ only in case, which "
                "some disks do not tell apart; export them to different folders"
            )
    return list(found.values())


class _Workers:
    """Threads that export the reports of one call."""

    def __init__(
        self,
        enboarder: Enboarder,
        wanted: Sequence[tuple[Report, Places]],
        settings: Settings,
        in_flight: int,
    ) -> None:
        self._enboarder = enboarder
        self._wanted = wanted
        self._settings = settings
        self._in_flight = min(in_flight, len(wanted))
        self._stop = threading.Event()
        self._lock = threading.Lock()
        self._left = iter(enumerate(wanted))
        self._news: queue.SimpleQueue[Progress | None] = queue.SimpleQueue()
        """What the threads tell; None when one of them ends."""
        self._exported: dict[int, Exported] = {}
        self._errors: dict[int, BaseException] = {}

    def run(self, progress: ProgressCallback | None) -> list[Exported]:
        """Export all reports, and call `progress` in this thread."""
        threads = [threading.Thread(target=self._run) for _ in range(self._in_flight)]
        try:
            for thread in threads:
                thread.start()
            self._pass_on(progress)
        except BaseException:
            # Each thread keeps the page that it has, and then ends.
            self._stop.set()
            raise
        finally:
            for thread in threads:
                if thread.ident is not None:
                    thread.join()
        return self._result()

    def _pass_on(self, progress: ProgressCallback | None) -> None:
        running = self._in_flight
        while running:
            try:
                # Without a time limit, Windows would not notice Ctrl-C.
                news = self._news.get(timeout=1.0)
            except queue.Empty:
                continue
            if news is None:
                running -= 1
            elif progress is not None:
                progress(news)

    def _result(self) -> list[Exported]:
        """Return what was exported, or raise the first error."""
        if not self._errors:
            return [self._exported[place] for place in sorted(self._exported)]
        first, *others = [self._errors[place] for place in sorted(self._errors)]
        for other in others:
            first.add_note(f"Another report failed, too: {other}")
        raise first

    def _run(self) -> None:
        try:
            while not self._stop.is_set():
                with self._lock:
                    place, job = next(self._left, (-1, None))
                if job is None:
                    return
                self._export(place, *job)
        finally:
            self._news.put(None)

    def _export(self, place: int, report: Report, places: Places) -> None:
        job = ReportJob(
            self._enboarder,
            report,
            places,
            self._settings,
            self._news.put,
            self._stop.is_set,
        )
        try:
            exported = job.run()
            entry = manifest_entry(exported, self._settings, self._enboarder.base_url)
            with self._lock:
                add_to_manifest(places.folder, places.stem, entry)
            self._exported[place] = exported
        except Stopped:
            pass
        except BaseException as error:  # noqa: BLE001
            self._errors[place] = error
