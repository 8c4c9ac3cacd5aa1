"""The settings of dlt for one load: no telemetry, and no second copy of the rows."""

from __future__ import annotations

import logging
import os
from collections.abc import Generator
from contextlib import contextmanager

from ..libraries import needed

SETTINGS = {
    "RUNTIME__DLTHUB_TELEMETRY": "false",
    # Otherwise the rows, which are personal data, stay in the staging tables, too.
    "LOAD__TRUNCATE_STAGING_DATASET": "true",
}


@contextmanager
def settings() -> Generator[None]:
    """Set the variables of the environment from which dlt reads its settings.

    Enter it before dlt is imported: its telemetry begins with the import. The telemetry
    stays off in this process.
    """
    before = {name: os.environ.get(name) for name in SETTINGS}
    os.environ.update(SETTINGS)
    logger = logging.getLogger("dlt")
    level = logger.level
    try:
        # It sets up telemetry and logger once, which the program may have done before.
        needed("dlt.common.runtime.run_context", "dlt").active()
        level = logger.level
        needed("dlt.common.runtime.telemetry", "dlt").stop_telemetry()
        # It warns of every column of JSON, which is text on its way.
        logger.setLevel(logging.ERROR)
        yield
    finally:
        logger.setLevel(level)
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
