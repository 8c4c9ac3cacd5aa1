"""What surrounds the import of the client's own modules during a call."""

from __future__ import annotations

from types import TracebackType

from ..errors import ConfigurationError


class Loading:
    """Turns the failure to read a module's file into an error that says what to do.

    Modules are imported when they are first needed. A process that has no file
    descriptor left cannot open them.
    """

    def __enter__(self) -> None:
        """Begin; nothing is to be prepared."""

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        """Raise a ConfigurationError if a file could not be read."""
        if isinstance(error, OSError):
            raise ConfigurationError(
                f"a part of the client could not be loaded: {error.strerror}. Nothing "
                "was sent. If too many files are open, raise the limit of the process "
                "(ulimit -n), or make the first call before it opens them"
            ) from error


LOADING = Loading()
