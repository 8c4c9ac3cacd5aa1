"""Authlib's authorization server over Flask, on a free port of loopback."""

# mypy: disable-error-code="import-untyped, misc, no-untyped-call, untyped-decorator"
# Authlib has no types.

from __future__ import annotations

import secrets
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer, ResourceProtector
from authlib.oauth2.rfc6749 import ClientMixin, TokenMixin
from authlib.oauth2.rfc6749.grants import ClientCredentialsGrant
from authlib.oauth2.rfc6750 import BearerTokenGenerator, BearerTokenValidator
from authlib.oauth2.rfc7009 import RevocationEndpoint
from authlib.oauth2.rfc7662 import IntrospectionEndpoint
from flask import Flask, Response
from werkzeug.serving import WSGIRequestHandler, make_server

from enboarder_api.contract import SCOPES
from tests.peers.peer import NEEDED, UNGRANTED, Registered


class Client(ClientMixin):
    """A registered client."""

    def __init__(self, registered: Registered) -> None:
        self.registered = registered

    def get_client_id(self) -> str:
        return self.registered.client_id

    def get_allowed_scope(self, scope: str) -> str:
        return " ".join(one for one in scope.split() if one in self.registered.scopes)

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == self.registered.client_secret

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return (
            endpoint != "token"
            or method == f"client_secret_{self.registered.client_auth}"
        )

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "client_credentials"


class Token(TokenMixin):
    """A token that a client got."""

    def __init__(
        self, server: AuthlibServer, client: Client, granted: dict[str, Any]
    ) -> None:
        self._server = server
        self._client = client
        self._granted = granted
        self._issued_at = server.now
        self.revoked = False

    def check_client(self, client: Client) -> bool:
        return client is self._client

    def get_scope(self) -> str:
        return str(self._granted.get("scope", ""))

    def is_expired(self) -> bool:
        return bool(self._server.now >= self._issued_at + self._granted["expires_in"])

    def is_revoked(self) -> bool:
        return self.revoked


class Grant(ClientCredentialsGrant):
    TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic", "client_secret_post")


class Revocation(RevocationEndpoint):
    """Ends tokens before their time (RFC 7009)."""

    def __init__(self, server: AuthorizationServer, tokens: dict[str, Token]) -> None:
        super().__init__(server)
        self._tokens = tokens

    def query_token(
        self, token_string: str, token_type_hint: str | None
    ) -> Token | None:
        return self._tokens.get(token_string)

    def revoke_token(self, token: Token, request: object) -> None:
        token.revoked = True


class Introspection(IntrospectionEndpoint):
    """Says whether a token is alive (RFC 7662)."""

    def __init__(self, server: AuthorizationServer, tokens: dict[str, Token]) -> None:
        super().__init__(server)
        self._tokens = tokens

    def query_token(
        self, token_string: str, token_type_hint: str | None
    ) -> Token | None:
        return self._tokens.get(token_string)

    def check_permission(self, token: Token, client: Client, request: object) -> bool:
        return token.check_client(client)

    def introspect_token(self, token: Token) -> dict[str, Any]:
        return {"active": True, "scope": token.get_scope()}


class Validator(BearerTokenValidator):
    """Decides whether a token opens the resource."""

    def __init__(self, tokens: dict[str, Token]) -> None:
        super().__init__()
        self._tokens = tokens

    def authenticate_token(self, token_string: str) -> Token | None:
        return self._tokens.get(token_string)


class AuthlibServer:
    """The clients, tokens and time of one server."""

    name = "authlib"

    def __init__(self) -> None:
        self.url = ""
        self.now = 0.0
        self._clients: dict[str, Client] = {}
        self._tokens: dict[str, Token] = {}
        self._issued: Counter[str] = Counter()

    def register(self, client: Registered) -> None:
        self._clients[client.client_id] = Client(client)

    def issued(self, client: Registered) -> int:
        return self._issued[client.client_id]

    def pass_time(self, seconds: float) -> None:
        self.now += seconds

    def app(self) -> Flask:
        """Return the application that is served."""
        app = Flask(__name__)
        app.config["OAUTH2_SCOPES_SUPPORTED"] = [*SCOPES, UNGRANTED]
        server = AuthorizationServer(app, self._clients.get, self._save)
        server.register_token_generator(
            "default", BearerTokenGenerator(_new_token, expires_generator=_lifetime)
        )
        server.register_grant(Grant)
        server.register_endpoint(Revocation(server, self._tokens))
        server.register_endpoint(Introspection(server, self._tokens))
        protector = ResourceProtector()
        protector.register_token_validator(Validator(self._tokens))
        app.add_url_rule(
            "/token", view_func=server.create_token_response, methods=["POST"]
        )
        for name in (Revocation.ENDPOINT_NAME, Introspection.ENDPOINT_NAME):
            app.add_url_rule(
                f"/{name}",
                name,
                server.create_endpoint_response,
                defaults={"name": name},
                methods=["POST"],
            )

        @app.get("/reports/v2/forms")
        @protector(NEEDED)
        def forms() -> Response:
            return Response('{"items": []}', content_type="application/json")

        return app

    def _save(self, granted: dict[str, Any], request: Any) -> None:
        self._tokens[granted["access_token"]] = Token(self, request.client, granted)
        self._issued[request.client.get_client_id()] += 1


def _new_token(**_: object) -> str:
    return secrets.token_urlsafe()


def _lifetime(client: Client, grant_type: str) -> int:
    return client.registered.lifetime


class _Silent(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: Any) -> None:
        pass


@contextmanager
def authlib_server() -> Iterator[AuthlibServer]:
    """Run a server that ends with the test."""
    peer = AuthlibServer()
    server = make_server(
        "127.0.0.1", 0, peer.app(), threaded=True, request_handler=_Silent
    )
    peer.url = f"http://127.0.0.1:{server.port}"
    thread = threading.Thread(
        target=server.serve_forever, kwargs={"poll_interval": 0.01}
    )
    thread.start()
    try:
        yield peer
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
