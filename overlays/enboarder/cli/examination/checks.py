"""The checks of `enboarder doctor`, in order."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from enboarder_api.operations import OPERATIONS

from ... import errors
from ...client import Enboarder
from ...hidden import Hidden, without_password
from ...transport.bare import is_failure
from ..settings import PREFIX, Settings
from . import credential, network, other_regions
from .finding import Finding, Verdict, failed, ok, skipped
from .instruments import INSTRUMENTS, Instruments
from .wrong_settings import of_settings

if TYPE_CHECKING:
    from ..connection import Connection

ORDER = (
    "configuration",
    "settings",
    "proxy",
    network.CHECK,
    "clock",
    credential.TOKEN,
    credential.API,
    "scopes",
    "reports",
    "ledger",
)
FIRST_READ = "reports.get_forms"


class Stopped(Exception):
    """A check failed without which the following ones make no sense."""


class Examination:
    """Looks at one thing after the other, and keeps what later checks need."""

    def __init__(
        self, connection: Connection, instruments: Instruments = INSTRUMENTS
    ) -> None:
        """Prepare; nothing is read or sent.

        Args:
            connection: what the command line says.
            instruments: what the checks look with; for tests.
        """
        self.settings: Settings | None = None
        self.environ: Hidden[dict[str, str]] = Hidden({})
        self.base_url = ""
        self.is_credential_refused = False
        self._connection = connection
        self._clock = instruments.clock
        self._client = instruments.client
        self._reach = instruments.reach

    @property
    def by_key(self) -> bool:
        """Whether the credential is an API key."""
        return f"{PREFIX}API_KEY" in self.environ.reveal()

    def findings(self) -> Iterator[Finding]:
        """Run every check, and yield what it found.

        After one that stops the others, they are skipped; the ledger is looked at in
        any case.
        """
        done: set[str] = set()
        try:
            for finding in self._until_stopped():
                done.add(finding.check)
                yield finding
        except Stopped:
            pass
        for name in ORDER[:-1]:
            if name not in done:
                yield skipped(name, "an earlier check failed")
        yield self._ledger()

    def _until_stopped(self) -> Iterator[Finding]:
        for step in (
            self._configuration,
            self._settings,
            self._proxy,
            self._network,
            self._reads,
        ):
            is_bad = False
            for finding in step():
                yield finding
                is_bad = is_bad or self._stops(finding)
            if is_bad:
                raise Stopped

    @staticmethod
    def _stops(finding: Finding) -> bool:
        return finding.verdict is Verdict.FAILED and finding.check != "clock"

    def _configuration(self) -> Iterator[Finding]:
        try:
            self.settings = self._connection.settings()
        except errors.EnboarderError as error:
            yield failed(
                "configuration",
                str(error),
                "the file of the profiles, or the name of a profile, is wrong",
                fix="correct the file, whose place `enboarder config path` prints",
            )
            return
        profile = self.settings.profile
        text = "no profile: settings come from flags and the environment"
        if profile is not None:
            text = f"profile {profile} of {self.settings.file}"
        yield ok("configuration", text)

    def _settings(self) -> Iterator[Finding]:
        assert self.settings is not None
        try:
            self.environ = self._connection.environ(self.settings)
            with self._client(self.environ.reveal()) as enboarder:
                self.base_url = enboarder.base_url
        except errors.EnboarderError as error:
            yield of_settings(self.settings, error)
            return
        kind = "API key" if self.by_key else "OAuth2 client"
        yield ok("settings", f"{kind} for {self.base_url}")

    def _proxy(self) -> Iterator[Finding]:
        try:
            proxy = network.chosen_proxy(self.base_url)
        except errors.ConfigurationError as error:
            yield failed(
                "proxy",
                str(error),
                "the variable of the proxy is wrong",
                fix="correct or unset it",
            )
            return
        if proxy is None:
            yield ok("proxy", "none: requests go directly")
            return
        place = without_password(str(proxy.value.reveal()))
        yield ok("proxy", f"{place}, from {proxy.name}")

    def _network(self) -> Iterator[Finding]:
        proxy = network.chosen_proxy(self.base_url)
        url = self.base_url + (OPERATIONS[FIRST_READ].key_path or "")
        try:
            reached = self._reach(url, proxy)
        except errors.ConfigurationError as error:
            yield failed(
                network.CHECK,
                str(error),
                "the file of CA certificates is wrong",
                fix="correct or unset SSL_CERT_FILE",
            )
            return
        except Exception as error:
            if not is_failure(error):
                raise
            yield network.unreachable(url, proxy, error)
            return
        yield ok(network.CHECK, f"{self.base_url} answers")
        now = datetime.fromtimestamp(self._clock.wall(), UTC)
        yield network.clock_finding(reached, now)

    def _reads(self) -> Iterator[Finding]:
        with self._client(self.environ.reveal()) as enboarder:
            error = _error_of(enboarder.reports.get_forms)
            if isinstance(error, (errors.TokenRefused, errors.TokenUnavailable)):
                self.is_credential_refused = isinstance(error, errors.TokenRefused)
                yield credential.of_token(error)
                return
            if self.by_key:
                yield skipped(credential.TOKEN, "an API key needs no token")
            else:
                yield ok(credential.TOKEN, "the service gave a token")
            if error is not None:
                refusals = (errors.Forbidden, errors.Unauthorized)
                self.is_credential_refused = isinstance(error, refusals)
                yield credential.of_api(error, by_key=self.by_key)
                return
            yield ok(credential.API, "it is switched on, and takes the credential")
            yield self._scopes()
            yield _reports(enboarder)

    def _scopes(self) -> Finding:
        if self.by_key:
            return skipped("scopes", "an API key has none")
        return Finding(
            "scopes",
            Verdict.NOT_KNOWN,
            "whether the client may launch people is only known when it launches one",
            fix="try `enboarder people launch FILE --limit 1` with somebody who knows",
        )

    def _ledger(self) -> Finding:
        check = "ledger"
        if self.settings is None or not _has_account(self.settings):
            return skipped(check, "it is not known which account it belongs to")
        try:
            with self._connection.open_ledger(self.settings) as ledger:
                text = f"{ledger.description}, account {ledger.account}"
                unsettled = len(ledger.unsettled())
        except errors.EnboarderError as error:
            return failed(
                check,
                str(error),
                "the ledger cannot be opened",
                fix="correct its place: --ledger, ENBOARDER_LEDGER or the profile",
            )
        except OSError as error:
            return failed(
                check,
                f"{error.filename}: {error.strerror}",
                "the folder of the ledger cannot be written",
                fix="name another place in ENBOARDER_LEDGER",
            )
        if unsettled:
            text += f"; {unsettled} of unknown outcome: `enboarder people resolve`"
        return ok(check, text)

    @property
    def other_regions(self) -> list[str]:
        """The regions to which a refused credential may belong."""
        if not self.is_credential_refused:
            return []
        return other_regions.beside(self.environ)

    def probe(self) -> Finding:
        """Send the credential to the other regions, and say which takes it."""
        return other_regions.probe(self.environ, self._client)


def _error_of(call: Callable[[], object]) -> errors.EnboarderError | None:
    try:
        call()
    except errors.EnboarderError as error:
        return error
    return None


def _has_account(settings: Settings) -> bool:
    return _error_of(lambda: settings.account_name) is None


def _reports(enboarder: Enboarder) -> Finding:
    error = _error_of(enboarder.reports.get_workflows)
    if error is None:
        return ok("reports", "the list of workflows can be read")
    return failed(
        "reports",
        str(error),
        "the credential may not read workflow reports",
        "reports are not part of the account's plan",
        fix=f"have an administrator look at {credential.EXTENSIONS}",
    )


def machine() -> dict[str, str]:
    """Return what else a report says."""
    from enboarder_api.contract import CONTRACT_VERSION

    from ...version import __version__

    return {
        "enboarder": __version__,
        "contract": CONTRACT_VERSION,
        "python": ".".join(map(str, sys.version_info[:3])),
        "platform": sys.platform,
    }
