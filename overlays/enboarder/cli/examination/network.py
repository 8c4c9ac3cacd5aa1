"""Reach the host of an account without its credential."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urlsplit

from attrs import frozen

from ...transport.bare import get_bare, is_refusal_of_proxy
from ...transport.engine import engine_of
from ...transport.proxies import ChosenProxy, proxy_of
from .finding import Finding, failed, ok

CHECK = "network"
TIMEOUT = 10.0
MOST_SKEW = 300.0
"""Seconds by which the clock of this machine may be wrong."""
NOT_NOW = (9, 10)
"""OpenSSL: a certificate is not valid yet, or has expired."""


@frozen
class Reached:
    """What a request without a credential got."""

    status: int
    date: str | None


def chosen_proxy(url: str) -> ChosenProxy | None:
    """Return the proxy of the environment for a URL.

    Raises:
        ConfigurationError: it is wrong.
    """
    proxy = proxy_of(url, {})
    return None if proxy is None else proxy.checked(engine_of({}).library)


def reach(url: str, proxy: ChosenProxy | None) -> Reached:
    """Send a GET request without a credential.

    Raises:
        ConfigurationError: the file of CA certificates is wrong.
        Exception: there is no answer; `is_failure` of `transport.bare` knows these.
    """
    answer = get_bare(url, proxy, TIMEOUT)
    return Reached(answer.status, answer.headers.get("date"))


def unreachable(url: str, proxy: ChosenProxy | None, error: Exception) -> Finding:
    """Return why a host cannot be reached."""
    host = urlsplit(url).hostname or url
    text = f"no answer from {host} ({type(error).__name__})"
    if is_refusal_of_proxy(error):
        name = proxy.name if proxy is not None else "the proxy"
        return failed(
            CHECK,
            text,
            f"the proxy named in {name} refuses the connection",
            fix=f"allow {host}, and the host of the token URL, on the proxy; a proxy "
            "with a login needs user and password in its URL",
        )
    for one in _chain(error):
        finding = _of_cause(text, host, one)
        if finding is not None:
            return finding
    return failed(
        CHECK,
        text,
        "a firewall drops the connection",
        "this machine needs a proxy to reach the internet",
        fix=f"ask whoever runs the network to allow {host}:443, or for the proxy, and "
        "set HTTPS_PROXY",
    )


def clock_finding(reached: Reached, now: datetime) -> Finding:
    """Compare this machine's clock with the service's."""
    check = "clock"
    there = _date(reached.date)
    if there is None:
        return ok(check, "the service does not say what time it is")
    difference = (now - there).total_seconds()
    if abs(difference) <= MOST_SKEW:
        return ok(check, "it agrees with the service's clock")
    side = "ahead of" if difference > 0 else "behind"
    return failed(
        check,
        f"it is {abs(difference) / 60:.0f} minutes {side} the service's clock",
        "this machine's clock is wrong",
        fix="switch time synchronisation on; start dates are compared with this clock",
    )


def _of_cause(text: str, host: str, error: BaseException) -> Finding | None:
    if isinstance(error, ssl.SSLCertVerificationError):
        return _of_certificate(text, host, error)
    if isinstance(error, socket.gaierror):
        return failed(
            CHECK,
            f"{text}: its name is not resolved",
            "the name is misspelt",
            "this machine's name resolution does not work",
            fix="compare the region or base URL, then look at the DNS settings; behind "
            "a proxy, set HTTPS_PROXY",
        )
    if isinstance(error, ConnectionRefusedError):
        return failed(
            CHECK,
            f"{text}: nothing listens there",
            "the port of the base URL is wrong, or that service is not running",
            fix="start it, or correct ENBOARDER_BASE_URL",
        )
    return None


def _of_certificate(
    text: str, host: str, error: ssl.SSLCertVerificationError
) -> Finding:
    if error.verify_code in NOT_NOW:
        return failed(
            CHECK,
            f"{text}: its certificate is not valid now",
            "this machine's clock is wrong",
            "the certificate has expired",
            fix="compare the clock first, and switch time synchronisation on",
        )
    return failed(
        CHECK,
        f"{text}: its certificate is not trusted ({error.verify_message})",
        "a proxy decrypts TLS with a CA that Python does not know",
        fix="get the CA file from whoever runs the network, and set SSL_CERT_FILE",
    )


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        yield error
        seen.add(id(error))
        error = error.__cause__ or error.__context__


def _date(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo is not None else date.replace(tzinfo=UTC)
