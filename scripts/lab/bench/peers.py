"""The five others, each set up as its documentation does it. All but Authlib and httpx-auth are called from an
`httpx.Auth`, in asyncio straight from the event loop: they have no asynchronous variant, or one for other clients only."""

from __future__ import annotations

import warnings
from collections.abc import AsyncGenerator, Generator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import httpx

from .contestant import OPTIONS, SECRET, Contestant, Get, GetAsync, HeaderAuth


class Authlib(Contestant):
    """Clients of its own, derived from httpx's. The first token is for the user to ask for; nothing guards that line."""

    name, distribution, leeway = "Authlib", "Authlib", 60.0

    def set_up(self) -> None:
        with warnings.catch_warnings(record=True):  # it would rather have httpx2, and overrides what ignores that
            self._module: Any = import_module("authlib.integrations.httpx_client")

    def auth(self) -> None:
        return None

    def _client(self, kind: str, transport: httpx.MockTransport | None) -> Any:
        endpoint = {"token_endpoint": self.address.token_url, "grant_type": "client_credentials"}
        return getattr(self._module, kind)(self.client_id, SECRET, transport=transport, **endpoint, **OPTIONS)

    @contextmanager
    def blocking(self, transport: httpx.MockTransport | None = None) -> Generator[Get]:
        with self._client("OAuth2Client", transport) as client:

            def get() -> bool:
                if not client.token:
                    client.fetch_token()
                return bool(client.get(self.address.read_url).is_success)

            yield get

    @asynccontextmanager
    async def awaited(self, transport: httpx.MockTransport | None = None) -> AsyncGenerator[GetAsync]:
        async with self._client("AsyncOAuth2Client", transport) as client:

            async def get() -> bool:
                if not client.token:
                    await client.fetch_token()
                return bool((await client.get(self.address.read_url)).is_success)

            yield get


class HttpxAuth(Contestant):
    """An `httpx.Auth`; its cache is the library's global one."""

    name, distribution, leeway, stores = "httpx-auth", "httpx-auth", 30.0, ("file",)

    def set_up(self) -> None:
        module: Any = import_module("httpx_auth")
        if self.store:
            module.OAuth2.token_cache = module.JsonTokenFileCache(str(Path(self.store) / "tokens.json"))
        self._auth = module.OAuth2ClientCredentials(self.address.token_url, self.client_id, SECRET)

    def auth(self) -> httpx.Auth:
        auth: httpx.Auth = self._auth
        return auth


class Msal(Contestant):
    """Made for Microsoft's identity platform; its discovery document is handed to it. It wants https there, so what it
    sends goes to our token endpoint instead."""

    name, distribution, leeway = "msal", "msal", 300.0

    def set_up(self) -> None:
        msal: Any = import_module("msal")
        session: Any = import_module("requests").Session()
        issuer = "https://login.example.com/tenant"
        self._app = msal.ConfidentialClientApplication(
            self.client_id,
            client_credential=SECRET,
            oidc_authority=issuer,
            http_client=SimpleNamespace(
                get=lambda *_, **__: self._discovery(issuer),
                post=lambda _, **sent: session.post(self.address.token_url, **sent),
            ),
        )

    def _discovery(self, issuer: str) -> httpx.Response:
        found = {"issuer": issuer, "authorization_endpoint": issuer, "token_endpoint": f"{issuer}/token"}
        return httpx.Response(200, json=found)

    def auth(self) -> httpx.Auth:
        return HeaderAuth(self._sign)

    def _sign(self, request: httpx.Request) -> None:
        result = self._app.acquire_token_for_client(scopes=["api/profiles.read"])
        request.headers["Authorization"] = "Bearer " + result["access_token"]


class GoogleAuth(Contestant):
    """Made for Google's services; of its credentials, those that need no signed assertion."""

    name, distribution, leeway = "google-auth", "google-auth", 225.0

    def set_up(self) -> None:
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
        return HeaderAuth(self._sign)

    def _sign(self, request: httpx.Request) -> None:
        self._credentials.before_request(self._request, "GET", self.address.read_url, request.headers)


class Botocore(Contestant):
    """Made for AWS: it keeps and renews, what asks for the token is given to it."""

    name, distribution, leeway = "botocore", "botocore", 900.0

    def set_up(self) -> None:
        module: Any = import_module("botocore.credentials")
        self._http = httpx.Client()
        self._credentials = module.DeferredRefreshableCredentials(self._ask, "bench")

    def _ask(self) -> dict[str, str]:
        form = {"grant_type": "client_credentials", "client_id": self.client_id, "client_secret": SECRET}
        found = self._http.post(self.address.token_url, data=form).raise_for_status().json()
        expires = datetime.now(UTC) + timedelta(seconds=found["expires_in"])
        keys = {"access_key": "key", "secret_key": "key"}
        return {**keys, "token": found["access_token"], "expiry_time": expires.isoformat()}

    def auth(self) -> httpx.Auth:
        return HeaderAuth(self._sign)

    def _sign(self, request: httpx.Request) -> None:
        request.headers["Authorization"] = "Bearer " + self._credentials.get_frozen_credentials().token
