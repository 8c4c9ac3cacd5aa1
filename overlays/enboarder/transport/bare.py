"""Send a GET request without a credential, to see how a host answers."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from enboarder_api.client import Answer

from ..hidden import Hidden
from .engine import engine_of, is_kind
from .options import TlsContexts
from .proxies import ChosenProxy


def get_bare(
    url: str,
    proxy: ChosenProxy | None,
    timeout: float,
    headers: Mapping[str, str] | None = None,
) -> Answer:
    """Return the answer to a GET request with only these headers.

    Raises:
        ConfigurationError: the file of CA certificates is wrong.
        Exception: there is no answer; `is_failure` knows these errors.
    """
    engine = engine_of({})
    context = TlsContexts().get(None, engine, trust_env=True)
    value: Hidden[Any] = Hidden(None) if proxy is None else proxy.value
    with engine.library.Client(
        verify=context, proxy=value.reveal(), timeout=timeout, trust_env=False
    ) as client:
        response = client.get(url, headers=headers)
    return Answer(response.status_code, response.headers, response.content)


def is_failure(error: Exception) -> bool:
    """Return whether an error means that there is no answer."""
    return isinstance(error, OSError) or is_kind(error, "HTTPError")


def is_refusal_of_proxy(error: Exception) -> bool:
    """Return whether an error means that the proxy refused the connection."""
    return is_kind(error, "ProxyError")
