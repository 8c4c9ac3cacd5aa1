"""The account's API key, and how it signs."""

from __future__ import annotations

from collections.abc import Generator
from typing import Unpack

from attrs import define

from enboarder_api.contract import API_KEY_HEADER

from ..errors import ConfigurationError
from ..transport.engine import HttpRequest, HttpResponse, choose_engine, signing
from ..transport.options import Binding, conceal_binding
from .origin import Origin, OriginAuth, api_origin
from .secret import HasSecretValue, Secret
from .shown import shown


@define(frozen=True, eq=False, init=False, repr=False)
class ApiKey:
    """The account's API key, for the v1 paths (article 4151199).

    Args:
        key: from Settings / Integration / Our Extensions; a string, or a wrapped string
            such as pydantic's `SecretStr`.

    Raises:
        ConfigurationError: the key is empty, or holds a blank or a line break.
    """

    key: Secret

    def __init__(self, key: str | HasSecretValue | Secret) -> None:
        # It is wrapped first, so that no frame from here on shows it.
        secret = Secret(key, "key")
        del key
        if secret.is_function:
            raise ConfigurationError(
                "key is a function; give the key itself, which does not change"
            )
        object.__setattr__(self, "key", secret.checked())

    def __repr__(self) -> str:
        return shown(self, ("key",))

    def auth(self, **binding: Unpack[Binding]) -> ApiKeyAuth:
        """Return an `httpx.Auth` for your own HTTP client.

        It signs only requests to the host of that `region` (or `base_url`).

        Raises:
            ConfigurationError: there is no region, or no such option.
        """
        conceal_binding(binding)
        choose_engine(binding)
        return signing(ApiKeyAuth)(api_origin(binding), self.key)


class ApiKeyAuth(OriginAuth):
    """Sends the API key."""

    def __init__(self, origin: Origin, key: Secret) -> None:
        super().__init__(origin)
        self._key = key

    def auth_flow(
        self, request: HttpRequest
    ) -> Generator[HttpRequest, HttpResponse, None]:
        """Sign a request, if it goes to the origin."""
        if self.owns(request):
            request.headers[API_KEY_HEADER] = self._key.reveal()
        yield request
