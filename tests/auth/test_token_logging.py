"""What is logged at DEBUG: by this package, httpx and httpcore, through a proxy, with TLS, retries and renewals."""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from enboarder import ApiKey
from tests.auth.conftest import API, Company
from tests.conftest import Driver, FakeClock, basic_launch

NAMES = ("enboarder", "httpx", "httpcore", "asyncio")
# All that this package says of a call: its name, where it went, how it ended, when it goes on. No header, no body.
OURS = re.compile(
    rf"workflows\.launch_basic \(POST https://{API}/restapi/v\d/startwf/basic\): "
    r"(\d{3}|[A-Za-z]+) \(attempt \d(, again in \d+\.\d s)?\)"
)
# All that httpx says: method, address and status; 0.27 also how TLS is set up.
HTTPX = re.compile(
    r'HTTP Request: POST https://[a-z.]+/[a-z0-9/]+ "HTTP/1\.1 \d{3} [^"]*"'
    r"|load_ssl_context verify=<ssl\.SSLContext object at 0x[0-9a-f]+> cert=None trust_env=True http2=False"
)
# What httpcore says with a value, besides the request's method: where it connects, and the headers of answers.
HTTPCORE = re.compile(
    r"[a-z_]+\.(started|complete|failed)( (request=<Request \[b'[A-Z]+'\]>|host='[a-z0-9.]+' port=\d+ local_address=None"
    r" timeout=[0-9.]+ socket_options=None|ssl_context=<ssl\.SSLContext object at 0x[0-9a-f]+>"
    r" server_hostname='[a-z.]+' timeout=[0-9.]+|return_value=<httpcore\.[A-Za-z_.]+ object at 0x[0-9a-f]+>"
    r"|return_value=\(b'HTTP/1\.1', \d+, b'[^']*', \[.*\]\)|exception=.*))?"
)
ALLOWED = {
    "enboarder": OURS,
    "httpx": HTTPX,
    "httpcore": HTTPCORE,
    "asyncio": re.compile("Using selector: .*"),
}


@pytest.mark.parametrize("by_key", [False, True])
def test_loggers_tell_where_and_how_and_nothing_of_what(
    driver: Driver,
    time: FakeClock,
    company: Company,
    caplog: pytest.LogCaptureFixture,
    by_key: bool,
) -> None:
    """S1: No logger says more than it is allowed to: no header that is sent, no body, no person, no secret."""
    for name in NAMES:
        caplog.set_level(logging.DEBUG, name)
    settings: dict[str, Any] = company.settings(time, proxy=company.proxy.url)
    if by_key:
        settings["credential"] = ApiKey("canary-key")
    driver.call(settings, "workflows.launch_basic", basic_launch())

    said = [
        (record.name.partition(".")[0], record.getMessage())
        for record in caplog.records
    ]
    assert {"enboarder", "httpx", "httpcore"} <= {name for name, _ in said}
    assert [] == [
        (name, message)
        for name, message in said
        if not ALLOWED[name].fullmatch(message)
    ]
    sent = [
        "Alex",
        "alex@example.com",
        "A-1",
        "2027-01-12",
        "nhnm",
        "grant_type",
        "access_token",
        "token-1",
        "canary",
    ]
    sent += ["authorization", "apikey", "user-agent", "enboarder-python", "secret-"]
    assert [] == [
        word for word in sent for _, message in said if word.lower() in message.lower()
    ]
    assert [] == [record for record in caplog.records if record.exc_info]


def test_hooks_and_logs_of_ones_own_show_a_masked_header(
    driver: Driver, time: FakeClock, company: Company
) -> None:
    """S1: Who prints the headers of a request in a hook sees that there is an Authorization, and not which."""
    printed: list[str] = []

    def show(request: Any) -> None:
        printed.append(repr(request.headers))

    async def show_async(request: Any) -> None:
        show(request)

    hooks = {"request": [show_async if driver.awaited else show]}
    driver.call(
        company.settings(time, proxy=company.proxy.url, event_hooks=hooks),
        "reports.get_forms",
    )

    assert ["'authorization': '[secure]'"] * 3 == re.findall(
        r"'authorization': '[^']*'", " ".join(printed)
    )
