"""One request: what is sent, and what came back or why nothing did."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from enboarder import (
    ApiKey,
    ConfigurationError,
    EnboarderError,
    InvalidInput,
    OutcomeUnknown,
)
from enboarder.transport.client import build, build_async
from enboarder.transport.exchange import send, send_alone, send_alone_async, send_async
from enboarder.transport.messages import Failure, Request
from enboarder.version import __version__
from enboarder_api.client import Answer
from tests.conftest import (
    BASE_URL,
    Driver,
    Service,
    credentials,
    granted,
    keyed,
)
from tests.engine import httpx

REQUEST = Request("POST", BASE_URL + "/x", {"X-One": "1"}, b"{}", 5.0, {"a": "1"})
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
    RuntimeError,
    KeyError,
    OSError,
]


class BrokenAuth(httpx.Auth):
    """Signs nothing, and raises instead."""

    def __init__(self, error: Exception) -> None:
        self._error = error

    def auth_flow(self, request: httpx.Request) -> Any:
        raise self._error
        yield request


def attempted(
    driver: Driver,
    request: Request,
    options: dict[str, Any],
    auth: httpx.Auth | None = None,
) -> Answer | Failure:
    """Send one request by an HTTP client of its own."""
    if not driver.awaited:
        with build(auth, options, BASE_URL) as client:  # type: ignore[arg-type]
            return send(client, request)

    async def run() -> Answer | Failure:
        async with build_async(auth, options, BASE_URL) as client:  # type: ignore[arg-type]
            return await send_async(client, request)

    return asyncio.run(run())


def attempted_alone(driver: Driver, options: dict[str, Any]) -> Answer | Failure:
    """Send one request as token requests are sent."""
    if driver.awaited:
        return asyncio.run(send_alone_async(options, REQUEST))  # type: ignore[arg-type]
    return send_alone(options, REQUEST)  # type: ignore[arg-type]


def answered(driver: Driver, service: Service, request: Request = REQUEST) -> Answer:
    result = attempted(driver, request, {"transport": service.transport})
    assert isinstance(result, Answer)
    return result


@pytest.mark.parametrize("error", [*NEVER_SENT, *PERHAPS_SENT])
def test_failure_says_whether_the_request_may_have_left(
    driver: Driver, error: type[Exception]
) -> None:
    """Only what is known to come before the first byte counts as never sent."""
    service = Service(error("reason"))

    result = attempted(driver, REQUEST, {"transport": service.transport})

    assert isinstance(result, Failure)
    assert result.sent == (error in PERHAPS_SENT)
    assert error.__name__ in result.reason


def test_connection_that_fails_says_why(driver: Driver) -> None:
    """Address, port or the fault of a certificate are in the reason."""
    service = Service(httpx.ConnectError("certificate has expired"))

    result = attempted(driver, REQUEST, {"transport": service.transport})

    assert result == Failure("ConnectError: certificate has expired", sent=False)


def test_failure_without_a_text_has_its_name_alone(driver: Driver) -> None:
    """An error without a text leaves no colon behind."""
    service = Service(httpx.ConnectError(""))

    result = attempted(driver, REQUEST, {"transport": service.transport})

    assert result == Failure("ConnectError", sent=False)


def test_error_before_the_request_reaches_the_caller(driver: Driver) -> None:
    """What signing raises is a mistake of a program, and nothing was sent."""
    service = Service()
    options = {"transport": service.transport}

    with pytest.raises(KeyError):
        attempted(driver, REQUEST, options, BrokenAuth(KeyError("x")))

    assert service.requests == []


def test_network_error_before_the_request_is_a_failure(driver: Driver) -> None:
    """What looks like a broken connection was none of this request."""
    options = {"transport": Service().transport}

    result = attempted(driver, REQUEST, options, BrokenAuth(httpx.ReadError("x")))

    assert result == Failure("ReadError", sent=False)


def test_error_of_this_package_reaches_the_caller(driver: Driver) -> None:
    """A token that is refused is no failure of this request."""
    error = EnboarderError("refused")
    options = {"transport": Service().transport}

    with pytest.raises(EnboarderError) as caught:
        attempted(driver, REQUEST, options, BrokenAuth(error))

    assert caught.value is error


def test_parameter_that_makes_no_url_is_wrong_input(driver: Driver) -> None:
    """A cursor of 70,000 characters is the caller's mistake, and nothing was sent."""
    request = Request("GET", BASE_URL, {}, None, 5.0, {"cursor": "c" * 70_000})
    service = Service()

    with pytest.raises(InvalidInput, match="nothing was sent"):
        attempted(driver, request, {"transport": service.transport})

    assert service.requests == []


def test_closed_client_is_a_wrong_configuration() -> None:
    """A client that was closed says so, and not what httpx makes of it."""
    client = build(None, {"transport": Service().transport}, BASE_URL)
    client.close()

    with pytest.raises(ConfigurationError, match="the client is closed"):
        send(client, REQUEST)


def test_request_is_sent_unchanged(driver: Driver) -> None:
    """Method, address, query, headers and body are those of the request."""
    service = Service(httpx.Response(204))

    result = answered(driver, service)

    assert result.status == 204
    assert service.last.method == "POST"
    assert str(service.last.url) == BASE_URL + "/x?a=1"
    assert service.last.headers["x-one"] == "1"
    assert service.last.content == b"{}"


def test_client_says_who_it_is(driver: Driver) -> None:
    """The service can see the name and version of this package, and nothing else."""
    service = Service()

    answered(driver, service)

    assert service.last.headers["user-agent"] == f"enboarder-python/{__version__}"


def test_each_step_has_the_timeout_of_the_request(driver: Driver) -> None:
    """httpx waits no longer than the whole attempt, but longer for a connection."""
    service = Service()

    answered(driver, service)

    assert service.last.extensions["timeout"] == {
        "connect": 5.0,
        "read": 5.0,
        "write": 5.0,
        "pool": 600.0,
    }


def test_redirects_are_not_followed(driver: Driver) -> None:
    """A redirect comes back as an answer, and nobody else is contacted."""
    headers = {"Location": "https://elsewhere.example.com/"}
    service = Service(httpx.Response(302, headers=headers))

    assert answered(driver, service).status == 302
    assert len(service.requests) == 1


def test_cookies_are_not_kept() -> None:
    """A session that the service begins does not lead the next call elsewhere."""
    headers = {"Set-Cookie": "session=1; Path=/"}
    service = Service(httpx.Response(200, headers=headers))

    with build(None, {"transport": service.transport}, BASE_URL) as client:
        send(client, REQUEST)
        send(client, REQUEST)

    assert "cookie" not in service.last.headers


@pytest.mark.parametrize(
    ("header", "value", "secret"),
    [
        ("apikey", "canary-key", b"canary-key"),
        ("Authorization", "canary-token", b"canary-token"),
        ("Authorization", "Bearer canary-token", b"canary-token"),
        ("Authorization", "Basic Y2FuYXJ5", b"Y2FuYXJ5"),
    ],
)
def test_error_page_does_not_repeat_the_credential(
    driver: Driver, header: str, value: str, secret: bytes
) -> None:
    """The bare credential is masked, with what precedes it in the header or without."""
    page = b"denied: " + value.encode() + b" or " + secret + b"!"
    service = Service(httpx.Response(500, content=page))
    request = Request("GET", BASE_URL, {header: value}, None, 5.0)

    content = answered(driver, service, request).content

    assert secret not in content
    assert content.startswith(b"denied: ")
    assert content.endswith(b" or ***!")


def test_result_is_not_masked(driver: Driver) -> None:
    """In a success, what looks like the credential is data."""
    service = Service(httpx.Response(200, content=b"canary-key"))
    request = Request("GET", BASE_URL, {"apikey": "canary-key"}, None, 5.0)

    assert answered(driver, service, request).content == b"canary-key"


@pytest.mark.parametrize("prefix", ["", "Bearer", "Token"])
def test_error_does_not_show_a_token_that_the_service_repeats(
    driver: Driver, prefix: str
) -> None:
    """With each prefix, neither text nor body of the error has the bare token."""

    def repeat(request: httpx.Request) -> httpx.Response:
        token = request.headers["authorization"].split()[-1]
        return httpx.Response(400, json={"message": f"{token} may not do this"})

    given = granted(Service(repeat), credential=credentials(prefix=prefix))

    with pytest.raises(EnboarderError) as caught:
        driver.call(given, "reports.get_forms")

    shown = f"{caught.value} {vars(caught.value)}"
    assert "token-1" not in shown
    assert "*** may not do this" in shown


def test_error_does_not_show_a_key_that_the_service_repeats(driver: Driver) -> None:
    """An error page that lists the request's headers does not give the key away."""

    def repeat(request: httpx.Request) -> httpx.Response:
        return httpx.Response(502, text=str(request.headers.multi_items()))

    given = keyed(Service(repeat), credential=ApiKey("canary-key"))

    with pytest.raises(OutcomeUnknown) as caught:
        driver.call(given, "workflows.cancel", {"externalid": "A-1"})

    assert caught.value.answer is not None
    assert b"canary-key" not in caught.value.answer.content


def test_token_request_runs_no_hooks(driver: Driver) -> None:
    """Hooks of the user's never see the client secret."""
    seen: list[object] = []
    hooks = {"request": [seen.append], "response": [seen.append]}
    options = {"transport": Service().transport, "event_hooks": hooks}

    assert isinstance(attempted_alone(driver, options), Answer)
    assert seen == []


def test_token_request_leaves_the_transport_open(driver: Driver) -> None:
    """A transport of the user's serves the calls after it, too."""
    closed: list[str] = []

    class Watched(httpx.MockTransport):
        def close(self) -> None:
            closed.append("closed")

        async def aclose(self) -> None:
            closed.append("closed")

    attempted_alone(driver, {"transport": Watched(Service())})

    assert closed == []


def test_options_are_not_changed_by_a_token_request(driver: Driver) -> None:
    """The client's own hooks still run afterwards."""
    hooks = {"request": [print]}
    options = {"transport": Service().transport, "event_hooks": hooks}

    attempted_alone(driver, options)

    assert options["event_hooks"] is hooks
