"""Building a client."""

from __future__ import annotations

import asyncio
import inspect
import pydoc
from typing import Any

import pytest

from enboarder import (
    ApiKey,
    AsyncEnboarder,
    ClientCredentials,
    Clock,
    ConfigurationError,
    Enboarder,
    InvalidInput,
    Region,
)
from enboarder.client import Options
from enboarder.mock import MockServer
from enboarder.transport.options import HttpOptions
from enboarder_api.contract import HOSTS
from tests.conftest import BASE_URL, Service, credentials, keyed
from tests.engine import httpx

KEY = {"ENBOARDER_API_KEY": "key"}
CLIENT = {"ENBOARDER_CLIENT_ID": "id", "ENBOARDER_CLIENT_SECRET": "secret"}
KINDS = pytest.mark.parametrize("kind", [Enboarder, AsyncEnboarder])


def shown(client: Enboarder | AsyncEnboarder) -> str:
    """Return the `repr` of a client, and close the client."""
    if isinstance(client, Enboarder):
        client.close()
    else:
        asyncio.run(client.aclose())
    return repr(client)


def test_settings_beside_the_environment_are_those_of_the_constructor() -> None:
    """`from_env` accepts the settings of the constructor, and no others."""
    parameters = set(inspect.signature(Enboarder).parameters) - {"credential", "http"}

    assert Options.__optional_keys__ == parameters | HttpOptions.__optional_keys__


@KINDS
@pytest.mark.parametrize("region", [*Region, "eu"])
def test_region_decides_the_base_url(kind: Any, region: str) -> None:
    """A region gives the host, which the client shows without any secret."""
    client = kind(ApiKey("canary"), region=region)

    assert (
        shown(client)
        == f"{kind.__name__}(ApiKey(key=***), base_url={HOSTS[region.upper()]!r})"
    )


@KINDS
@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({}, "no region.*ENBOARDER_REGION.*AU, EU, US, CA"),
        (
            {"region": "APAC"},
            "'APAC' is not a region; use one of AU, EU, US, CA",
        ),
        ({"region": "AU", "base_url": BASE_URL}, "region and base_url were both given"),
        ({"base_url": "http://api.example.com"}, "plain http://.*use https://"),
        ({"base_url": "api.example.com"}, "base_url must be a URL like"),
        (
            {"region": "CA", "credential": credentials(token_url=None)},
            "no token URL is known for .*CA.*token_url='https",
        ),
        (
            {"base_url": BASE_URL, "credential": credentials(token_url=None)},
            "no token URL is known for a base_url",
        ),
        (
            {
                "region": "AU",
                "credential": credentials(token_url="http://auth.example.com"),
            },
            "token_url is plain http",
        ),
        (
            {"region": "AU", "credential": "key"},
            "credential must be an ApiKey or ClientCredentials",
        ),
        (
            {"region": "AU", "credential": None},
            "credential must be an ApiKey or ClientCredentials",
        ),
    ],
)
def test_wrong_settings_are_reported(
    kind: Any, settings: dict[str, Any], expected: str
) -> None:
    """Settings that cannot work are refused, and the error says what to do."""
    service = Service()

    with pytest.raises(ConfigurationError, match=expected):
        kind(
            **{"credential": ApiKey("key"), "transport": service.transport, **settings}
        )

    assert (service.requests, service.token_requests) == ([], [])


@KINDS
@pytest.mark.parametrize("timeout", [0, -1, "5", None])
def test_wrong_timeout_is_reported(kind: Any, timeout: Any) -> None:
    """The client's timeout is a positive number of seconds."""
    with pytest.raises(
        InvalidInput, match="timeout must be a number of seconds, above 0"
    ):
        kind(ApiKey("key"), region="AU", timeout=timeout)


@KINDS
@pytest.mark.parametrize(
    ("environ", "settings", "base_url"),
    [
        ({**KEY, "ENBOARDER_REGION": "eu"}, {}, HOSTS["EU"]),
        ({**CLIENT, "ENBOARDER_REGION": "US"}, {}, HOSTS["US"]),
        ({**KEY, "ENBOARDER_BASE_URL": BASE_URL}, {}, BASE_URL),
        ({**KEY, "ENBOARDER_REGION": "", "ENBOARDER_BASE_URL": BASE_URL}, {}, BASE_URL),
        ({**KEY, "ENBOARDER_REGION": "EU"}, {"region": "AU"}, HOSTS["AU"]),
        ({**KEY, "ENBOARDER_REGION": "EU"}, {"base_url": BASE_URL}, BASE_URL),
        (
            {
                **CLIENT,
                "ENBOARDER_REGION": "CA",
                "ENBOARDER_TOKEN_URL": BASE_URL + "/token",
            },
            {},
            HOSTS["CA"],
        ),
    ],
)
def test_client_is_built_from_the_environment(
    kind: Any, environ: dict[str, str], settings: dict[str, Any], base_url: str
) -> None:
    """Address and credential come from variables; arguments take precedence."""
    assert f"base_url={base_url!r}" in shown(kind.from_env(environ, **settings))


@KINDS
@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"ENBOARDER_REGION": "EU"}, "a credential is not set; set ENBOARDER_API_KEY"),
        (
            {**KEY, **CLIENT, "ENBOARDER_REGION": "EU"},
            "ENBOARDER_API_KEY and ENBOARDER_CLIENT_ID.*unset",
        ),
        (KEY, "no region"),
        (
            {**KEY, "ENBOARDER_REGION": "EU", "ENBOARDER_BASE_URL": BASE_URL},
            "ENBOARDER_REGION and ENBOARDER_BASE_URL are both set; unset",
        ),
        ({**KEY, "ENBOARDER_REGION": "Mars"}, "'Mars' is not a region"),
        ({**KEY, "ENBOARDER_BASE_URL": "http://api.example.com"}, "plain http://"),
        ({"ENBOARDER_API_KEY": "k\n", "ENBOARDER_REGION": "EU"}, "a line break"),
        ({**CLIENT, "ENBOARDER_REGION": "CA"}, "no token URL is known for .*CA"),
    ],
)
def test_wrong_environment_is_reported(
    kind: Any, environ: dict[str, str], expected: str
) -> None:
    """If the variables do not suffice for a client, the error names them."""
    with pytest.raises(ConfigurationError, match=expected):
        kind.from_env(environ)


def test_environment_of_the_process_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """Without an argument, the variables of the process are used."""
    for name, value in {**KEY, "ENBOARDER_REGION": "EU"}.items():
        monkeypatch.setenv(name, value)

    assert HOSTS["EU"] in shown(Enboarder.from_env())


@pytest.mark.parametrize("kind", [Enboarder, AsyncEnboarder])
def test_help_shows_no_environment(monkeypatch: pytest.MonkeyPatch, kind: Any) -> None:
    """A printed signature shows no secret of the environment."""
    monkeypatch.setenv("ENBOARDER_CLIENT_SECRET", "canary-secret")

    assert "canary-secret" not in pydoc.render_doc(kind)


@pytest.mark.parametrize("kind", ["oauth2", "apikey"])
def test_environment_of_the_stand_in_service_works(
    shared_mock: MockServer, kind: Any
) -> None:
    """The environment of the stand-in service is enough for a working client."""
    with Enboarder.from_env(shared_mock.environ(kind)) as client:
        assert len(client.reports.get_forms().items or []) > 0


def test_client_closes_its_connections() -> None:
    """After `with`, the client is closed."""
    with Enboarder(**keyed(Service())) as client:
        client.reports.get_forms()

    with pytest.raises(ConfigurationError, match="the client is closed"):
        client.reports.get_forms()


def test_resource_is_made_once() -> None:
    """A resource of a client is the same object each time."""
    with Enboarder(ApiKey("key"), region="AU") as client:
        assert client.workflows is client.workflows


@KINDS
def test_building_a_client_calls_no_function_of_the_user(kind: Any) -> None:
    """The first call asks for a secret and reads the clock, not the constructor."""
    called: list[str] = []

    def secret() -> str:
        called.append("secret")
        return "secret"

    def now() -> float:
        called.append("clock")
        return 0.0

    credential = ClientCredentials("id", secret, token_url=BASE_URL + "/token")
    client = kind(credential, base_url=BASE_URL, clock=Clock(monotonic=now, wall=now))

    shown(client)

    assert called == []


def test_canada_with_a_key_needs_no_token_url() -> None:
    """An API key works in every region."""
    assert HOSTS["CA"] in shown(Enboarder(ApiKey("key"), region=Region.CA))


def test_canada_with_a_token_url_is_built() -> None:
    """Client credentials work in Canada with the user's token_url."""
    credential = ClientCredentials(
        "id", "secret", token_url="https://auth.example.com/token"
    )

    assert HOSTS["CA"] in shown(Enboarder(credential, region=Region.CA))


@pytest.mark.parametrize(
    "url",
    [
        f"https://{'a' * 70_000}.example.com",
        pytest.param(
            "https://xn--a.example.com.xn--",
            marks=pytest.mark.xfail(
                httpx.__name__ == "httpx2", reason="httpx2 asks the resolver instead"
            ),
        ),
    ],
)
def test_host_that_cannot_be_one_is_refused(url: str) -> None:
    """Errors of httpx or IDNA do not reach the caller."""
    with pytest.raises(ConfigurationError, match="names no host"):
        Enboarder(ApiKey("key"), base_url=url)


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"path_prefixes": {"/restapi/v1/": ".example.net/x/"}}, "path_prefixes"),
        ({"path_prefixes": {"/reports/": "//example.net/"}}, "path_prefixes"),
        ({"path_prefixes": {"scim/v2/": "/scim/"}}, "path_prefixes"),
        ({"path_prefixes": {"/reports/": None}}, "path_prefixes"),
        ({"path_prefixes": "/scim/"}, "path_prefixes"),
        ({"path_prefixes": [("/scim/v2/", "/scim/")]}, "path_prefixes"),
        ({"retry": None}, "retry must be a RetryPolicy"),
        ({"nonsense": 1}, "nonsense"),
        ({"base_url": 3}, "base_url must be a URL"),
    ],
)
def test_setting_that_cannot_be_right_is_refused(
    settings: dict[str, Any], expected: str
) -> None:
    """A wrong setting is reported when the client is built, as a ConfigurationError."""
    with pytest.raises(ConfigurationError, match=expected):
        Enboarder(ApiKey("key"), **{"base_url": BASE_URL, **settings})


def test_binding_with_a_misspelt_option_is_refused() -> None:
    """`regoin=` is reported as an option that does not exist."""
    with pytest.raises(ConfigurationError, match="regoin"):
        ApiKey("key").auth(regoin="EU")  # type: ignore[call-arg]
