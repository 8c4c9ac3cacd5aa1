"""The mock as a server on loopback."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Literal, Self

from .access.credentials import Credentials
from .access.gate import Gate
from .access.issued_tokens import IssuedTokens
from .contract.description import Description
from .faults import Fault
from .http.application import application
from .http.background_server import HOST, BackgroundServer
from .http.control import CONTROL_PATH
from .initial_state import initial_state
from .messages import Recorded
from .own_reports import WORKFLOW_DEFINITIONS, own_report
from .service import TOKEN_PATH, Service
from .settings import WrongSetting, flag, seconds, whole_number
from .state import State


class MockServer:
    """A service on a loopback port that answers like the Enboarder REST API.

    It serves inside `with`, and can be used only once. `docs/guides/mock-answers.md`
    lists its answers where the documentation says nothing.
    """

    def __init__(
        self,
        port: int = 0,
        *,
        form_rows: int = 1203,
        workflow_rows: int = 12,
        token_lifetime: float = 3600,
        dead_token_status: int = 401,
        token_delay: float = 0.0,
        refusal_status: int = 400,
        repeated_cancel_refused: bool = True,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare a server with new credentials; it does not listen yet.

        Args:
            port: The port; 0 chooses a free one.
            form_rows: The rows of the first form.
            workflow_rows: The rows of the first workflow definition.
            token_lifetime: The seconds that a token lives, at least 1: the token
                endpoint speaks of whole seconds.
            dead_token_status: 401 or 403, the answer to a token that was revoked or
                has expired.
            token_delay: The seconds by which the answer to a token request is delayed.
            refusal_status: The status of the documented refusals of workflows and
                profiles; 200 hides them in a success.
            repeated_cancel_refused: Whether a second cancellation in mode `ALL` is
                refused; if not, it changes nothing and the answer is a success.
            clock: A function that returns seconds, which never decrease. Tokens expire
                by it.

        Raises:
            ValueError: A setting cannot work; the error names it.
        """
        self._port = whole_number("port", port, most=65535)
        lifetime = seconds("token_lifetime", token_lifetime, least=1)
        delay = seconds("token_delay", token_delay)
        if not callable(clock):
            raise WrongSetting("clock", "must be a function that returns seconds")
        description = Description.read()
        state = initial_state(
            description,
            form_rows=whole_number("form_rows", form_rows),
            workflow_rows=whole_number("workflow_rows", workflow_rows),
            refusal_status=_checked_status(refusal_status),
            repeated_cancel_refused=flag(
                "repeated_cancel_refused", repeated_cancel_refused
            ),
        )
        gate = Gate(Credentials(), IssuedTokens(clock, lifetime), dead_token_status)
        self._service = Service(description, state, gate)
        self._description = description
        self._server = BackgroundServer(application(self._service, delay))

    def __enter__(self) -> Self:
        """Listen, and serve in a thread.

        Raises:
            OSError: The port is taken, or reserved.
            RuntimeError: It served before, or its thread cannot run.
        """
        self._port = self._server.start(self._port)
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections and end the thread."""
        self._server.stop()

    @property
    def base_url(self) -> str:
        """The `base_url` for clients."""
        return f"http://{HOST}:{self._port}"

    @property
    def token_url(self) -> str:
        """The URL of the token endpoint."""
        return self.base_url + TOKEN_PATH

    @property
    def control_url(self) -> str:
        """The URL where other processes ask for faults (`docs/guides/mock.md`)."""
        return self.base_url + CONTROL_PATH

    @property
    def api_key(self) -> str:
        """The only API key that is accepted."""
        return self._service.gate.credentials.api_key

    @property
    def client_id(self) -> str:
        """The only client id that is accepted."""
        return self._service.gate.credentials.client_id

    @property
    def client_secret(self) -> str:
        """The only client secret that is accepted."""
        return self._service.gate.credentials.client_secret

    def environ(self, credential: Literal["oauth2", "apikey"]) -> dict[str, str]:
        """Return the variables that `Enboarder.from_env` reads.

        Args:
            credential: The credential to use, `oauth2` or `apikey`.
        """
        if credential == "apikey":
            return {
                "ENBOARDER_BASE_URL": self.base_url,
                "ENBOARDER_API_KEY": self.api_key,
            }
        if credential == "oauth2":
            return {
                "ENBOARDER_BASE_URL": self.base_url,
                "ENBOARDER_TOKEN_URL": self.token_url,
                "ENBOARDER_CLIENT_ID": self.client_id,
                "ENBOARDER_CLIENT_SECRET": self.client_secret,
            }
        raise ValueError(f"credential must be 'oauth2' or 'apikey', not {credential!r}")

    @property
    def requests(self) -> list[Recorded]:
        """All requests so far, with token requests, in the order of the answers.

        The newest 64 MB of bodies are kept.
        """
        return self._service.recorded

    @property
    def token_requests(self) -> int:
        """How many requests the token endpoint has received so far."""
        return sum(recorded.operation == "token" for recorded in self.requests)

    @property
    def state(self) -> State:
        """The data of the mock: workflows, profiles, users and so on."""
        return self._service.state

    @property
    def dead_token_status(self) -> int:
        """The status for a token that was issued and is no longer accepted.

        You may set it at any time, to 401 or 403.
        """
        return self._service.gate.dead_token_status

    @dead_token_status.setter
    def dead_token_status(self, status: int) -> None:
        self._service.gate.dead_token_status = status

    def add_form(
        self,
        form_id: str,
        rows: int | Iterable[Mapping[str, Any]],
        *,
        fields: Iterable[Any] | None = None,
        name: str | None = None,
    ) -> None:
        """Offer a form of your own, or replace one, in the reports.

        Args:
            form_id: Its id.
            rows: Its rows, which are sent unchanged: a value may be null, and a row
                may lack a field. Or their number, for rows that the mock generates.
            fields: Its fields, as models (`FormField`) or mappings with wire names.
                None takes every name in the rows for a field of the type `text`.
            name: What people call it; None for its id.

        Raises:
            ValueError: Something cannot be sent, or breaks the contract.
        """
        self._service.add_form(form_id, rows, fields=fields, name=name)

    def add_workflow_report(
        self,
        workflow_id: str,
        rows: int | Iterable[Mapping[str, Any]],
        *,
        fields: Iterable[Any] | None = None,
        name: str | None = None,
    ) -> None:
        """Offer a workflow definition of your own, or replace one, in the reports.

        Args:
            workflow_id: Its id.
            rows: As in `add_form`.
            fields: Its columns, as models (`WorkflowField`) or mappings with wire
                names. None takes every name in the rows for the label of a column.
            name: What people call it; None for its id.

        Raises:
            ValueError: Something cannot be sent, or breaks the contract.
        """
        kind = WORKFLOW_DEFINITIONS
        report = own_report(self._description, kind, workflow_id, rows, fields, name)
        with self._service.lock:
            report.put_into(
                self.state.definitions,
                self.state.definition_properties,
                self.state.workflow_rows,
            )

    def revoke_tokens(self) -> None:
        """End every token issued so far, even if the clock is set back later."""
        with self._service.lock:
            self._service.gate.tokens.revoke()

    def expire_tokens(self) -> None:
        """Let every token issued so far expire now."""
        with self._service.lock:
            self._service.gate.tokens.expire()

    def fail(
        self, operation: str, fault: Fault, times: int = 1, *, after: int = 0
    ) -> None:
        """Let the next requests of an operation meet a fault.

        Each request meets one fault, in the order of these calls. A request without a
        valid credential is refused as usual and meets no fault.

        Args:
            operation: Its name in the client (`workflows.launch_basic`), a pattern of
                names (`workflows.*`, or `*` for all), or `token` for the token
                endpoint.
            fault: One of `enboarder.mock.faults`, such as `faults.drop()`.
            times: How many requests meet it.
            after: How many requests of the operation pass before it.
        """
        if not isinstance(fault, Fault):
            raise TypeError(
                "fault must be one of enboarder.mock.faults, such as faults.drop(), "
                f"not {fault!r}"
            )
        with self._service.lock:
            self._service.fault_queue.add(operation, fault, times=times, after=after)

    def clear_faults(self) -> None:
        """Remove the faults that no request has met yet."""
        with self._service.lock:
            self._service.fault_queue.clear()

    def __repr__(self) -> str:
        return f"<MockServer {self.base_url}>"


def _checked_status(status: int) -> int:
    if whole_number("refusal_status", status) == 200 or 400 <= status <= 599:
        return status
    raise WrongSetting("refusal_status", f"must be 200, or 400 to 599, not {status}")
