"""The settings of dlt for one load: no telemetry, and no second copy of the rows."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager

from ..libraries import needed

SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    # It warns of every column of JSON, which is text on its way.
    "RUNTIME__LOG_LEVEL": "ERROR",
    # Otherwise the rows, which are personal data, stay in the staging tables, too.
    "LOAD__TRUNCATE_STAGING_DATASET": "true",
}


@contextmanager
def settings() -> Generator[None]:
    """Set the variables of the environment from which dlt reads its settings.

    The telemetry of dlt stays off in this process.
    """
    before = {name: os.environ.get(name) for name in SETTINGS}
    os.environ.update(SETTINGS)
    # A pipeline of the user's may have started it.
    needed("dlt.common.runtime.telemetry", "dlt").stop_telemetry()
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
