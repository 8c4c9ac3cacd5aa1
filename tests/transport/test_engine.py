"""An argument or a variable chooses the engine of a client, and nothing else does."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import httpx
import httpx2
import pytest

from enboarder import ApiKey, AsyncEnboarder, ConfigurationError, Enboarder
from tests.conftest import BASE_URL, Driver

LIBRARIES: dict[str, Any] = {"httpx": httpx, "httpx2": httpx2}
VARIABLE = "ENBOARDER_ENGINE"
each_engine = pytest.mark.parametrize("engine", LIBRARIES)
each_client = pytest.mark.parametrize("client", [Enboarder, AsyncEnboarder])


def settings_for(name: str, **settings: Any) -> dict[str, Any]:
    """Return the settings of a client whose transport only this engine accepts."""
    library = LIBRARIES[name]

    def answer(request: Any) -> Any:
        assert isinstance(request, library.Request)
        return library.Response(200, json={"items": []})

    return {
        "credential": ApiKey("key"),
        "base_url": BASE_URL,
        "transport": library.MockTransport(answer),
        **settings,
    }


@each_engine
def test_argument_chooses_the_engine(driver: Driver, engine: str) -> None:
    """The requests of the client are those of the library."""
    settings = settings_for(engine, engine=engine)

    assert [] == driver.call(settings, "reports.get_forms").items


@each_engine
def test_variable_chooses_the_engine(
    driver: Driver, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It counts for every client that has no argument."""
    monkeypatch.setenv(VARIABLE, engine)

    assert [] == driver.call(settings_for(engine), "reports.get_forms").items


@each_engine
def test_argument_precedes_the_variable(
    driver: Driver, engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Code that needs one engine gets it."""
    monkeypatch.setenv(VARIABLE, "httpx2" if engine == "httpx" else "httpx")
    settings = settings_for(engine, engine=engine)

    assert [] == driver.call(settings, "reports.get_forms").items


@each_engine
def test_variables_that_are_given_choose_the_engine(
    engine: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`from_env` reads the engine where it reads the rest."""
    monkeypatch.setenv(VARIABLE, "unknown")
    settings = settings_for(engine)
    environ = {
        "ENBOARDER_API_KEY": "key",
        "ENBOARDER_BASE_URL": BASE_URL,
        VARIABLE: engine,
    }

    with Enboarder.from_env(environ, transport=settings["transport"]) as client:
        assert [] == client.reports.get_forms().items


@pytest.mark.parametrize("value", [None, ""])
def test_httpx_sends_unless_another_engine_is_chosen(
    driver: Driver, value: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It does not matter that httpx2 is installed and loaded."""
    monkeypatch.delenv(VARIABLE, raising=False)
    if value is not None:
        monkeypatch.setenv(VARIABLE, value)

    assert [] == driver.call(settings_for("httpx"), "reports.get_forms").items


@each_client
@pytest.mark.parametrize("engine", ["requests", 3])
def test_unknown_engine_is_refused(client: Any, engine: Any) -> None:
    """The error names what is given, and those that exist."""
    with pytest.raises(ConfigurationError, match=rf"{engine}.*httpx, httpx2"):
        client(ApiKey("key"), region="EU", engine=engine)


@each_client
def test_engine_that_is_not_installed_is_refused_by_its_extra(
    client: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The error says what to install; another engine is not taken instead."""
    monkeypatch.setitem(sys.modules, "httpx2", None)

    with pytest.raises(ConfigurationError, match=r"'\.\[httpx2\]'"):
        client(ApiKey("key"), region="EU", engine="httpx2")


@each_engine
@pytest.mark.parametrize("awaited", [False, True])
def test_transport_of_another_library_is_refused(awaited: bool, engine: str) -> None:
    """The error names the class that the engine needs."""
    client: Any = AsyncEnboarder if awaited else Enboarder
    other = settings_for("httpx2" if engine == "httpx" else "httpx")
    wanted = "AsyncBaseTransport" if awaited else "BaseTransport"

    with pytest.raises(ConfigurationError, match=rf"{engine}\.{wanted}"):
        client(**other, engine=engine)


def test_httpx_is_not_loaded_for_another_engine() -> None:
    """Both together take longer to load than a first call may wait."""
    script = (
        "import sys\n"
        "from enboarder import ApiKey, Enboarder\n"
        "Enboarder(ApiKey('key'), region='EU', engine='httpx2').close()\n"
        "assert 'httpx2' in sys.modules\n"
        "assert 'httpx' not in sys.modules\n"
    )

    assert 0 == subprocess.run([sys.executable, "-c", script], check=False).returncode


def test_aiohttp_is_refused_for_blocking_clients() -> None:
    """The error names the engines that a blocking client may have."""
    with pytest.raises(ConfigurationError, match="choose httpx or httpx2"):
        Enboarder(ApiKey("key"), region="EU", engine="aiohttp")


def test_socks_proxy_is_refused_over_aiohttp() -> None:
    """The error says so when the client is built, not when it sends."""
    proxy = "socks5://proxy.example.com:1080"

    with pytest.raises(ConfigurationError, match=r"aiohttp.*proxy.*SOCKS"):
        AsyncEnboarder(ApiKey("key"), region="EU", engine="aiohttp", proxy=proxy)


def test_transport_that_misleads_about_sending_is_refused() -> None:
    """That of httpx-aiohttp would have a launch sent again after a reset."""
    transport = type("AiohttpTransport", (httpx.AsyncBaseTransport,), {})
    transport.__module__ = "httpx_aiohttp.transport"

    with pytest.raises(ConfigurationError, match="use engine='aiohttp'"):
        AsyncEnboarder(
            ApiKey("key"), region="EU", engine="httpx", transport=transport()
        )
