# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""The operations of `brands`."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from ...client import AsyncSender, Sender
    from ...models.brand import Brand


class BrandsResource:
    """The operations of `brands`, blocking."""

    def __init__(self, sender: Sender) -> None:
        self._sender = sender

    def get_all(
        self,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> list[Brand]:
        """Get the brands

        Returns all brands as a bare array. The article gives a failure of this
        operation status 404 with the text "Forbidden", which contradicts the 403 of
        `getBrandById`; this contract describes both.

        Args:
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /brand/all`: contradictory.
        Sources: 9595185.
        https://help.enboarder.com/en/articles/9595185
        """
        with self._sender.loading:
            from . import get_all as operation

        call = operation.arguments(timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_by_id(
        self,
        brand_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Brand:
        """Get a brand by id

        Returns one brand by its id. If no brand has the id, the status is 400, not
        404.

        Args:
            brand_id: The brand's id, from `getBrands`.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /brand/byid/{id}`: documented.
        Sources: 9595185.
        https://help.enboarder.com/en/articles/9595185
        """
        with self._sender.loading:
            from . import get_by_id as operation

        call = operation.arguments(brand_id, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)

    def get_by_name(
        self,
        name: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Brand:
        """Get a brand by name

        Returns one brand by its name. The path and the parameter are documented; the
        responses are assumed to be those of `getBrandById`.

        Args:
            name: The brand's name. Whether case matters is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /brand/byname/{name}`: documented.
        Sources: 9595185.
        https://help.enboarder.com/en/articles/9595185
        """
        with self._sender.loading:
            from . import get_by_name as operation

        call = operation.arguments(name, timeout=timeout, params=params)
        return self._sender.send(operation.OPERATION, call, operation.parse)


class AsyncBrandsResource:
    """The operations of `brands`, awaited."""

    def __init__(self, sender: AsyncSender) -> None:
        self._sender = sender

    async def get_all(
        self,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> list[Brand]:
        """Get the brands

        Returns all brands as a bare array. The article gives a failure of this
        operation status 404 with the text "Forbidden", which contradicts the 403 of
        `getBrandById`; this contract describes both.

        Args:
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /brand/all`: contradictory.
        Sources: 9595185.
        https://help.enboarder.com/en/articles/9595185
        """
        with self._sender.loading:
            from . import get_all as operation

        call = operation.arguments(timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_by_id(
        self,
        brand_id: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Brand:
        """Get a brand by id

        Returns one brand by its id. If no brand has the id, the status is 400, not
        404.

        Args:
            brand_id: The brand's id, from `getBrands`.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /brand/byid/{id}`: documented.
        Sources: 9595185.
        https://help.enboarder.com/en/articles/9595185
        """
        with self._sender.loading:
            from . import get_by_id as operation

        call = operation.arguments(brand_id, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)

    async def get_by_name(
        self,
        name: str,
        *,
        timeout: float | None = None,
        params: Mapping[str, Any] | None = None,
    ) -> Brand:
        """Get a brand by name

        Returns one brand by its name. The path and the parameter are documented; the
        responses are assumed to be those of `getBrandById`.

        Args:
            name: The brand's name. Whether case matters is unknown.
            timeout: Seconds for one attempt; None means the client's own timeout.
            params: Query parameters that the contract does not know, by wire name.

        Raises:
            enboarder.InvalidInput: An argument is wrong; nothing was sent.
            enboarder.EnboarderError: Something else went wrong; see its subclasses.

        `GET /brand/byname/{name}`: documented.
        Sources: 9595185.
        https://help.enboarder.com/en/articles/9595185
        """
        with self._sender.loading:
            from . import get_by_name as operation

        call = operation.arguments(name, timeout=timeout, params=params)
        return await self._sender.send(operation.OPERATION, call, operation.parse)
