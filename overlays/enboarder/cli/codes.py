"""How the command ends: its exit codes, and which error means which."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """How the command ended; scripts may rely on these numbers."""

    OK = 0
    FAILURE = 1
    """Something failed; the message says what."""
    USAGE = 2
    """The command line, the settings or the file are wrong; nothing was sent."""
    ROWS_REFUSED = 3
    """Some rows were not done; failed.csv has them."""
    CREDENTIAL = 4
    """The credential, its permissions or the region do not fit."""
    UNKNOWN = 5
    """It may have been done: look before you repeat it."""
    DRIFT = 6
    """The columns of a report differ from the last export."""
    INTERRUPTED = 130
    """Ctrl-C, or SIGTERM."""


def code_of(error: Exception) -> ExitCode:
    """Return the exit code of an error of the client."""
    from .. import errors
    from ..export.errors import SchemaDrift

    if isinstance(error, errors.OutcomeUnknown):
        return ExitCode.UNKNOWN
    if isinstance(error, SchemaDrift):
        return ExitCode.DRIFT
    if isinstance(error, (errors.ConfigurationError, errors.InvalidInput)):
        return ExitCode.USAGE
    refusals = (errors.Unauthorized, errors.Forbidden, errors.TokenRefused)
    if isinstance(error, refusals):
        return ExitCode.CREDENTIAL
    return ExitCode.FAILURE
