"""The account's API key, and how it signs."""

from __future__ import annotations

from collections.abc import Generator
from typing import Unpack

import httpx
from attrs import define, field

from enboarder_api.contract import API_KEY_HEADER

from ..transport.options import Binding
from .origin import OriginAuth, auth_class
from .secret import Secret, visible


def _key(value: str) -> Secret:
    # Unlike a client secret, a key is never a function.
    return Secret(visible("key", value), "key")


@define(frozen=True, eq=False)
class ApiKey:
    """The account's API key, for the v1 paths (article 4151199).

    Args:
        key: from Settings / Integration / Our Extensions.

    Raises:
        ConfigurationError: the key is empty, or holds a blank or a line break.
    """

    key: Secret = field(converter=_key)

    def auth(self, **binding: Unpack[Binding]) -> ApiKeyAuth:
        """Return an `httpx.Auth` for an HTTP client of your own.

        It signs requests to the host of that `region` (or `base_url`), and no others.

        Raises:
            ConfigurationError: there is no region, or no such option.
        """
        return auth_class(ApiKeyAuth)(self, binding)


class ApiKeyAuth(OriginAuth):
    """Sends the API key."""

    def __init__(self, credential: ApiKey, binding: Binding) -> None:
        super().__init__(binding)
        self._credential = credential

    def auth_flow(
        self, request: httpx.Request
    ) -> Generator[httpx.Request, httpx.Response, None]:
        """Sign a request, if it goes to the origin."""
        if self.owns(request):
            request.headers[API_KEY_HEADER] = self._credential.key.reveal()
        yield request
