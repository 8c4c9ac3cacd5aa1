"""The mock as a server on loopback, in a thread of its own."""

from __future__ import annotations

import asyncio
import socket
import threading
import time
from collections.abc import Callable
from typing import Literal, Self, cast

import uvicorn

from .access import Access
from .app import application
from .control import CONTROL_PATH
from .delivery import Connection
from .description import Description
from .exchange import Recorded
from .faults import Fault
from .service import TOKEN_PATH, Service
from .state import State

HOST = "127.0.0.1"


class MockServer:
    """A stand-in for the Enboarder REST API on a loopback port, for tests and for trying things out.

    It serves inside `with` and can be entered once. What it answers where the documentation is silent: docs/mock.md.
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
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """Prepare a server with credentials of its own; nothing listens yet.

        Args:
            port: the port; 0 takes a free one.
            form_rows: rows of the first form.
            workflow_rows: rows of the first workflow definition.
            token_lifetime: seconds that a token lives.
            dead_token_status: 401 or 403, the answer to a token that was revoked or has expired.
            token_delay: seconds for which the answer to a token request is held back.
            refusal_status: of the documented refusals of workflows and profiles; 200 puts them into a success.
            clock: seconds that only grow; tokens expire by it.
        """
        description = Description.read()
        state = State.initial(description, form_rows, workflow_rows, refusal_status)
        self._service = Service(description, state, Access(clock, token_lifetime, dead_token_status))
        self._server = _Server(
            uvicorn.Config(
                application(self._service, token_delay),
                loop="asyncio",
                http=Connection,
                ws="none",
                lifespan="off",
                log_config=None,
                log_level="warning",
                access_log=False,
                proxy_headers=False,
                timeout_keep_alive=75,  # a client lets go of idle connections first
                timeout_graceful_shutdown=1,
            )
        )
        self._port = port
        self._thread: threading.Thread | None = None

    def __enter__(self) -> Self:
        """Listen, and serve in a thread."""
        listener = socket.create_server((HOST, self._port))
        # Connections inherit it; asyncio does it only for sockets that name their protocol. Without it, 40 ms a request.
        listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._port = listener.getsockname()[1]
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [listener]}, name=f"enboarder.mock:{self._port}", daemon=True
        )
        self._thread.start()
        self._server.ready.wait()
        return self

    def __exit__(self, *_: object) -> None:
        """Close all connections and end the thread."""
        if self._thread is not None:
            self._server.stop()
            self._thread.join()

    @property
    def base_url(self) -> str:
        """What clients take as `base_url`."""
        return f"http://{HOST}:{self._port}"

    @property
    def token_url(self) -> str:
        """Where tokens are issued."""
        return self.base_url + TOKEN_PATH

    @property
    def control_url(self) -> str:
        """Where other processes ask for faults: docs/mock.md."""
        return self.base_url + CONTROL_PATH

    @property
    def api_key(self) -> str:
        """The one API key that it accepts."""
        return self._service.access.api_key

    @property
    def client_id(self) -> str:
        """The one client id that it accepts."""
        return self._service.access.client_id

    @property
    def client_secret(self) -> str:
        """The one client secret that it accepts."""
        return self._service.access.client_secret

    def environ(self, credential: Literal["oauth2", "apikey"]) -> dict[str, str]:
        """The environment variables that `Enboarder.from_env` reads, with one of the two credentials."""
        if credential not in ("oauth2", "apikey"):
            raise ValueError(f"credential is 'oauth2' or 'apikey', not {credential!r}")
        if credential == "apikey":
            return {"ENBOARDER_BASE_URL": self.base_url, "ENBOARDER_API_KEY": self.api_key}
        return {
            "ENBOARDER_BASE_URL": self.base_url,
            "ENBOARDER_TOKEN_URL": self.token_url,
            "ENBOARDER_CLIENT_ID": self.client_id,
            "ENBOARDER_CLIENT_SECRET": self.client_secret,
        }

    @property
    def requests(self) -> list[Recorded]:
        """Every request so far, token requests too, in the order in which they were answered."""
        with self._service.lock:
            return list(self._service.recorded)

    @property
    def token_requests(self) -> int:
        """The number of requests that the token endpoint got so far."""
        return sum(recorded.operation == "token" for recorded in self.requests)

    @property
    def state(self) -> State:
        """What it remembers: workflows, profiles, users and so on."""
        return self._service.state

    @property
    def dead_token_status(self) -> int:
        """The status for a token that was issued once and is accepted no more; may be set at any time."""
        return self._service.access.dead_token_status

    @dead_token_status.setter
    def dead_token_status(self, status: int) -> None:
        self._service.access.dead_token_status = status

    def revoke_tokens(self) -> None:
        """Every token issued so far is dead from now on."""
        with self._service.lock:
            self._service.access.revoke()

    def expire_tokens(self) -> None:
        """The life of every token issued so far ends now."""
        with self._service.lock:
            self._service.access.expire()

    def fail(self, operation: str, fault: Fault, times: int = 1, *, after: int = 0) -> None:
        """Let the next requests of an operation meet a fault.

        Args:
            operation: its name in the client (`workflows.launch_basic`), a pattern of names (`workflows.*`, `*` for all),
                or `token` for the token endpoint.
            fault: one of `enboarder.mock.faults`, such as `faults.drop()`.
            times: how many requests. One without access to its operation is refused as ever, and does not count.
            after: how many requests of the operation pass by before.

        Faults are met in the order of these calls, one by each request.
        """
        if not isinstance(cast(object, fault), Fault):
            raise TypeError(f"fault must be one of enboarder.mock.faults, such as faults.drop(), not {fault!r}")
        with self._service.lock:
            self._service.pending.add(operation, fault, times, after)

    def clear_faults(self) -> None:
        """Forget the faults that no request has met yet."""
        with self._service.lock:
            self._service.pending.clear()

    def __repr__(self) -> str:
        return f"<MockServer {self.base_url}>"


class _Server(uvicorn.Server):
    """A server that another thread starts and stops without polling."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.ready = threading.Event()

    async def main_loop(self) -> None:
        """Serve until `stop`; uvicorn's own loop looks for signals ten times a second."""
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        self.ready.set()
        await self._stopped.wait()

    def stop(self) -> None:
        """End `main_loop`, from any thread."""
        self._loop.call_soon_threadsafe(self._stopped.set)
