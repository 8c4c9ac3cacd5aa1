"""The httpx clients that are built, and what a failure says about the request."""

import asyncio
import ssl
from pathlib import Path

import httpx
import pytest

from enboarder import (
    ApiKey,
    ConfigurationError,
    Enboarder,
    NoAnswer,
    OutcomeUnknown,
    RetryPolicy,
)
from enboarder.transport import LIMITS, build, build_async, send, send_async, tls
from enboarder.transport.messages import Failure, Request
from enboarder.version import __version__
from enboarder_api.client import Answer
from tests.conftest import BASE_URL, Driver, FakeClock, Service, basic_launch, keyed

MESSAGE = Request("POST", BASE_URL + "/x", {"X-One": "1"}, b"{}", 5.0, {"a": "1"})
NEVER_SENT = [
    httpx.ConnectError,
    httpx.ConnectTimeout,
    httpx.PoolTimeout,
    httpx.ProxyError,
    httpx.UnsupportedProtocol,
]
PERHAPS_SENT = [
    httpx.ReadTimeout,
    httpx.WriteTimeout,
    httpx.ReadError,
    httpx.WriteError,
    httpx.CloseError,
    httpx.RemoteProtocolError,
    httpx.LocalProtocolError,
    httpx.DecodingError,
]


@pytest.mark.parametrize("error", [*NEVER_SENT, *PERHAPS_SENT])
def test_failure_says_whether_the_request_may_have_left(
    error: type[httpx.HTTPError],
) -> None:
    """Only what happens before the first byte counts as never sent; why no connection was made is told."""
    service = Service(error("reason"))

    with build(None, {"transport": service.transport}) as client:
        result = send(client, MESSAGE)

    told = error.__name__ + (": reason" if error is httpx.ConnectError else "")
    assert Failure(told, sent=error in PERHAPS_SENT) == result


def test_failure_without_a_reason_has_its_name_alone() -> None:
    """An error without a text leaves no colon behind."""
    with build(
        None, {"transport": Service(httpx.ConnectError("")).transport}
    ) as client:
        assert Failure("ConnectError", sent=False) == send(client, MESSAGE)


def test_awaited_request_fails_alike() -> None:
    """The asynchronous client tells the same."""

    async def run() -> Answer | Failure:
        async with build_async(
            None, {"transport": Service(httpx.ReadTimeout("")).transport}
        ) as client:
            return await send_async(client, MESSAGE)

    assert Failure("ReadTimeout", sent=True) == asyncio.run(run())


def test_request_is_what_the_message_says() -> None:
    """Method, address, query, headers and body go out as they stand, with a timeout and the User-Agent."""
    service = Service(httpx.Response(204))

    with build(None, {"transport": service.transport}) as client:
        result = send(client, MESSAGE)

    sent = service.last
    assert isinstance(result, Answer)
    assert result.status == 204
    assert (sent.method, str(sent.url), sent.content) == (
        "POST",
        BASE_URL + "/x?a=1",
        b"{}",
    )
    assert (sent.headers["x-one"], sent.headers["user-agent"]) == (
        "1",
        f"enboarder-python/{__version__}",
    )
    assert sent.extensions["timeout"] == {
        "connect": 5.0,
        "read": 5.0,
        "write": 5.0,
        "pool": 600.0,
    }


def test_message_does_not_show_its_headers_and_body() -> None:
    """A traceback with local variables tells of a request only where it goes."""
    message = Request(
        "POST", BASE_URL, {"Authorization": "Basic canary"}, b"canary", 5.0
    )

    assert repr(message) == f"Request(POST {BASE_URL})"


def test_kept_connections_are_closed_soon() -> None:
    """A connection is kept for 5 s and not longer, and 20 at most are opened."""
    assert (LIMITS.max_connections, LIMITS.keepalive_expiry) == (20, 5.0)


def test_redirects_are_not_followed() -> None:
    """A redirect comes back as an answer, and nobody else is contacted."""
    service = Service(
        httpx.Response(302, headers={"Location": "https://elsewhere.example.com/"})
    )

    with build(None, {"transport": service.transport}) as client:
        result = send(client, MESSAGE)

    assert isinstance(result, Answer)
    assert (result.status, len(service.requests)) == (302, 1)


def test_tls_is_verified() -> None:
    """Certificates and host names are checked, by TLS 1.2 at least."""
    context = tls()

    assert (context.verify_mode, context.check_hostname) == (ssl.CERT_REQUIRED, True)
    assert context.minimum_version >= ssl.TLSVersion.TLSv1_2


def test_missing_ca_file_is_told(tmp_path: Path) -> None:
    """A `verify` that does not exist is a ConfigurationError that names the file."""
    missing = str(tmp_path / "missing.pem")

    with pytest.raises(
        ConfigurationError, match=r"verify: no CA certificates in '.*missing\.pem'"
    ):
        Enboarder(ApiKey("key"), region="AU", verify=missing)


def test_ca_file_without_certificates_is_told(tmp_path: Path) -> None:
    """A `verify` that holds no certificate is a ConfigurationError, too."""
    empty = tmp_path / "empty.pem"
    empty.write_text("nothing")

    with pytest.raises(ConfigurationError, match="verify: no CA certificates"):
        Enboarder(ApiKey("key"), region="AU", verify=str(empty))


def test_own_ssl_context_is_taken() -> None:
    """An SSL context goes to httpx as it is."""
    with Enboarder(
        ApiKey("key"), region="AU", verify=ssl.create_default_context()
    ) as client:
        assert "Enboarder" in repr(client)


@pytest.mark.parametrize("status", [200, 401, 403])
@pytest.mark.parametrize(
    "error", [httpx.ConnectError("the audit service is down"), KeyError("x")]
)
def test_error_of_a_hook_after_the_answer_is_no_unsent_request(
    error: Exception, status: int, driver: Driver
) -> None:
    """A write that was answered is sent once and unknown, whatever a hook of the user's raises afterwards."""
    service = Service(httpx.Response(status, json={"message": "ok"}))

    def blocking(_: httpx.Response) -> None:
        raise error

    async def awaited(_: httpx.Response) -> None:
        raise error

    hooks = {"response": [awaited if driver.awaited else blocking]}
    with pytest.raises(
        OutcomeUnknown,
        match=f"no answer came \\(an event hook raised {type(error).__name__}",
    ):
        driver.call(
            keyed(service, event_hooks=hooks), "workflows.launch_basic", basic_launch()
        )
    assert len(service.requests) == 1


@pytest.mark.parametrize(
    ("event", "expected", "sent"),
    [("request", KeyError, 0), ("response", NoAnswer, RetryPolicy().attempts)],
)
def test_error_of_a_hook_of_a_read(
    event: str, expected: type[Exception], sent: int, driver: Driver
) -> None:
    """Before the request it reaches the caller as it is; after the answer it counts as none, and says whose it is."""
    service = Service(httpx.Response(200, json={"items": [], "count": 0}))

    def blocking(_: object) -> None:
        raise KeyError("x raised by an event hook")

    async def awaited(_: object) -> None:
        blocking(_)

    hooks = {event: [awaited if driver.awaited else blocking]}
    with pytest.raises(expected, match="an event hook"):
        driver.call(
            keyed(service, event_hooks=hooks, **FakeClock().settings),
            "reports.get_forms",
        )
    assert len(service.requests) == sent
