"""The six others, each set up as its documentation does it.

msal, google-auth and botocore are called from an `httpx.Auth`, in asyncio straight from
the event loop: they have no asynchronous variant, or one for other clients only.
"""

from __future__ import annotations

import os
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx

from scripts.lab.bench.bare import connected
from scripts.lab.bench.contestant import (
    SECRET,
    Contestant,
    Get,
    GetAsync,
    HeaderAuth,
)


class Authlib(Contestant):
    """Clients derived from those of httpx2.

    The user asks for the first token; nothing guards that line.
    """

    name = "Authlib"
    distribution = "Authlib"
    library = "httpx2"
    base = "bare httpx2"
    leeway = 60.0

    def set_up(self) -> None:
        """Import the library."""
        self._module: Any = import_module("authlib.integrations.httpx_client")

    def auth(self) -> None:
        """Return nothing: the client signs."""

    def _client(self, kind: str, *, offline: bool) -> Any:
        options = self.options(offline=offline)
        del options["auth"]
        return getattr(self._module, kind)(
            self.client_id,
            SECRET,
            token_endpoint=self.address.token_url,
            grant_type="client_credentials",
            **options,
        )

    @contextmanager
    def blocking(self, *, offline: bool = False) -> Generator[Get]:
        """Give a read by its blocking client."""
        with self._client("OAuth2Client", offline=offline) as client:

            def get() -> bool:
                if not client.token:
                    client.fetch_token()
                return bool(client.get(self.address.read_url).is_success)

            yield get

    @asynccontextmanager
    async def awaited(self, *, offline: bool = False) -> AsyncGenerator[GetAsync]:
        """Give a read by its asynchronous client."""
        async with self._client("AsyncOAuth2Client", offline=offline) as client:

            async def get() -> bool:
                if not client.token:
                    await client.fetch_token()
                answer = await client.get(self.address.read_url)
                return bool(answer.is_success)

            yield get


class RequestsOauthlib(Contestant):
    """A session of requests.

    It renews no token of this grant by itself. Its documentation lets the user catch
    the error of an expired token, and fetch another one.
    """

    name = "requests-oauthlib"
    distribution = "requests-oauthlib"
    library = "requests_oauthlib"
    base = "bare requests"
    awaits = False

    def set_up(self) -> None:
        """Import the library."""
        # The server is on loopback, without TLS.
        os.environ["OAUTHLIB_INSECURE_TRANSPORT"] = "1"
        self._oauth2: Any = import_module("oauthlib.oauth2")

    def auth(self) -> None:
        """Return nothing: the session signs."""

    @contextmanager
    def blocking(self, *, offline: bool = False) -> Generator[Get]:
        """Give a read by its session."""
        client = self._oauth2.BackendApplicationClient(self.client_id)
        unconnected = self.http.OAuth2Session(client=client)
        with connected(unconnected, offline=offline) as session:

            def fetch() -> None:
                session.fetch_token(self.address.token_url, client_secret=SECRET)

            def get() -> bool:
                if not session.token:
                    fetch()
                try:
                    return bool(session.get(self.address.read_url).ok)
                except self._oauth2.TokenExpiredError:
                    fetch()
                    return bool(session.get(self.address.read_url).ok)

            yield get


class HttpxAuth(Contestant):
    """An `httpx.Auth`; its cache is the library's global one."""

    name = "httpx-auth"
    distribution = "httpx-auth"
    leeway = 30.0
    stores = ("file",)

    def set_up(self) -> None:
        """Make its `httpx.Auth`."""
        module: Any = import_module("httpx_auth")
        if self.store:
            path = Path(self.store) / "tokens.json"
            module.OAuth2.token_cache = module.JsonTokenFileCache(str(path))
        self._auth: httpx.Auth = module.OAuth2ClientCredentials(
            self.address.token_url, self.client_id, SECRET
        )

    def auth(self) -> httpx.Auth:
        """Return its `httpx.Auth`."""
        return self._auth


class Msal(Contestant):
    """Made for Microsoft's identity platform.

    It gets a discovery document, where it wants https; what it sends goes to our token
    endpoint instead.
    """

    name = "msal"
    distribution = "msal"
    leeway = 300.0
    issuer = "https://login.example.com/tenant"

    def set_up(self) -> None:
        """Make its application."""
        msal: Any = import_module("msal")
        session: Any = import_module("requests").Session()
        self._app = msal.ConfidentialClientApplication(
            self.client_id,
            client_credential=SECRET,
            oidc_authority=self.issuer,
            http_client=SimpleNamespace(
                get=lambda *_, **__: self._discovery(),
                post=lambda _, **sent: session.post(self.address.token_url, **sent),
            ),
        )

    def _discovery(self) -> httpx.Response:
        document = {
            "issuer": self.issuer,
            "authorization_endpoint": self.issuer,
            "token_endpoint": f"{self.issuer}/token",
        }
        return httpx.Response(200, json=document)

    def auth(self) -> httpx.Auth:
        """Return an `httpx.Auth` that asks it for a token."""
        return HeaderAuth(self._sign)

    def _sign(self, request: httpx.Request) -> None:
        scopes = ["api/profiles.read"]
        result = self._app.acquire_token_for_client(scopes=scopes)
        request.headers["Authorization"] = f"Bearer {result['access_token']}"


class GoogleAuth(Contestant):
    """Made for Google's services: its credentials that need no signed assertion."""

    name = "google-auth"
    distribution = "google-auth"
    leeway = 225.0

    def set_up(self) -> None:
        """Make its credentials."""
        credentials: Any = import_module("google.oauth2.credentials")
        requests: Any = import_module("google.auth.transport.requests")
        self._request = requests.Request()
        self._credentials = credentials.Credentials(
            None,
            refresh_token="refresh",
            token_uri=self.address.token_url,
            client_id=self.client_id,
            client_secret=SECRET,
        )

    def auth(self) -> httpx.Auth:
        """Return an `httpx.Auth` that lets it write the header."""
        return HeaderAuth(self._sign)

    def _sign(self, request: httpx.Request) -> None:
        self._credentials.before_request(
            self._request, "GET", self.address.read_url, request.headers
        )


class Botocore(Contestant):
    """Made for AWS: it keeps and renews what a function of the user's fetches."""

    name = "botocore"
    distribution = "botocore"
    leeway = 900.0

    def set_up(self) -> None:
        """Make its credentials."""
        module: Any = import_module("botocore.credentials")
        self._http = httpx.Client()
        self._credentials = module.DeferredRefreshableCredentials(self._ask, "bench")

    def _ask(self) -> dict[str, str]:
        form = {
            "grant_type": "client_credentials",
            "client_id": self.client_id,
            "client_secret": SECRET,
        }
        reply = self._http.post(self.address.token_url, data=form)
        granted = reply.raise_for_status().json()
        expires = datetime.now(UTC) + timedelta(seconds=granted["expires_in"])
        return {
            "access_key": "key",
            "secret_key": "key",
            "token": granted["access_token"],
            "expiry_time": expires.isoformat(),
        }

    def auth(self) -> httpx.Auth:
        """Return an `httpx.Auth` that asks it for a token."""
        return HeaderAuth(self._sign)

    def _sign(self, request: httpx.Request) -> None:
        token = self._credentials.get_frozen_credentials().token
        request.headers["Authorization"] = f"Bearer {token}"
