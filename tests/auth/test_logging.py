"""What is logged at DEBUG, by this package and by those that it uses.

The calls go through a proxy and TLS, are sent again, and need a second token.
"""

from __future__ import annotations

import logging
import re
from typing import Any

import pytest

from enboarder import ApiKey
from tests.auth.conftest import API, Company
from tests.conftest import Driver, FakeClock, basic_launch
from tests.engine import httpx

# All that this package says of a call: its name, where it went, how it ended, and when
# it is sent again. No header, no body.
OURS = re.compile(
    rf"workflows\.launch_basic \(POST https://{API}/restapi/v\d/startwf/basic\): "
    r"(\d{3}|[A-Za-z]+) \(attempt \d(, again in \d+\.\d s)?\)"
)
# httpx: method, address and status; version 0.27 also how TLS is set up.
HTTPX = re.compile(
    r'HTTP Request: POST https://[a-z.]+/[a-z0-9/]+ "HTTP/1\.1 \d{3} [^"]*"'
    r"|load_ssl_context verify=<ssl\.SSLContext object at 0x[0-9a-f]+> "
    r"cert=None trust_env=True http2=False"
)
# httpcore: the method, where it connects, and the headers of answers.
HTTPCORE = re.compile(
    r"[a-z_]+\.(started|complete|failed)"
    r"( (request=<Request \[b'[A-Z]+'\]>"
    r"|host='[a-z0-9.]+' port=\d+ local_address=None"
    r" timeout=[0-9.]+ socket_options=None"
    r"|ssl_context=<ssl\.SSLContext object at 0x[0-9a-f]+>"
    r" server_hostname='[a-z.]+' timeout=[0-9.]+"
    r"|return_value=<httpcore2?\.[A-Za-z_.]+ object at 0x[0-9a-f]+>"
    r"|return_value=\(b'HTTP/1\.1', \d+, b'[^']*', \[.*\]\)"
    r"|exception=.*))?"
)
ALLOWED = {
    "enboarder": OURS,
    "httpx": HTTPX,
    "httpx2": HTTPX,
    "httpcore": HTTPCORE,
    "httpcore2": HTTPCORE,
    "asyncio": re.compile("Using selector: .*"),
}
# Parts of what is sent: people, forms, header names, secrets.
SENT = [
    "alex",
    "alex@example.com",
    "a-1",
    "2027-01-12",
    "nhnm",
    "grant_type",
    "access_token",
    "token-1",
    "canary",
    "authorization",
    "apikey",
    "user-agent",
    "enboarder-python",
    "secret-",
]


@pytest.mark.parametrize("by_key", [False, True])
def test_loggers_say_where_and_how_and_not_what(
    driver: Driver,
    time: FakeClock,
    company: Company,
    caplog: pytest.LogCaptureFixture,
    by_key: bool,
) -> None:
    """No logger mentions a header that is sent, a body, a person or a secret."""
    for name in ALLOWED:
        caplog.set_level(logging.DEBUG, name)
    settings: dict[str, Any] = company.settings(time, proxy=company.proxy.url)
    if by_key:
        settings["credential"] = ApiKey("canary-key")
    driver.call(settings, "workflows.launch_basic", basic_launch())

    messages = [
        (record.name.partition(".")[0], record.getMessage())
        for record in caplog.records
    ]
    library = httpx.__name__
    expected = {"enboarder", library, library.replace("httpx", "httpcore")}
    assert expected <= {logger for logger, _ in messages}
    unexpected = [
        message
        for logger, message in messages
        if not ALLOWED[logger].fullmatch(message)
    ]
    assert [] == unexpected
    text = "\n".join(message for _, message in messages).lower()
    assert [] == [part for part in SENT if part in text]
    assert [] == [record for record in caplog.records if record.exc_info]


def test_hook_that_prints_headers_shows_a_masked_one(
    driver: Driver, time: FakeClock, company: Company
) -> None:
    """The text of a request's headers says that there is a token, and not which."""
    printed: list[str] = []

    def show(request: Any) -> None:
        printed.append(repr(request.headers))

    async def show_async(request: Any) -> None:
        show(request)

    hooks = {"request": [show_async if driver.awaited else show]}
    settings = company.settings(time, proxy=company.proxy.url, event_hooks=hooks)
    driver.call(settings, "reports.get_forms")

    shown = re.findall(r"'authorization': '[^']*'", " ".join(printed))
    assert ["'authorization': '[secure]'"] * 3 == shown
