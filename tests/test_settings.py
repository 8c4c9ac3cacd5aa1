"""Settings that are passed through to libraries: each works, or the error names it."""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import pytest
from attrs import field, frozen
from pydantic import SecretStr

from enboarder import ApiKey, ClientCredentials, ConfigurationError, Enboarder
from enboarder.stores import FileStore, RedisStore
from tests.conftest import Service, granted
from tests.engine import httpx

VARIABLES = (
    "ALL_PROXY",
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "SSLKEYLOGFILE",
    "SSL_CERT_DIR",
    "SSL_CERT_FILE",
)
# httpx2 does not write the file with the certificates of the system.
KEY_LOG = "SSLKEYLOGFILE" if httpx.__name__ == "httpx" else None
CLIENT = {
    "ENBOARDER_REGION": "EU",
    "ENBOARDER_CLIENT_ID": "id",
    "ENBOARDER_CLIENT_SECRET": "s3cret",
}


async def awaited_secret() -> str:
    return "s3cret"


class AwaitedSecret:
    async def __call__(self) -> str:
        return "s3cret"


def client(**settings: Any) -> object:
    return Enboarder(ApiKey("key"), **{"region": "EU", **settings})


def from_env(**variables: str) -> object:
    return Enboarder.from_env({**CLIENT, **variables})


@frozen
class Setting:
    """A setting, and what building a client with it leads to."""

    build: Callable[[], object]
    named: str | None = None
    """What the error names; None if it works."""
    environ: Mapping[str, str] = field(factory=dict)


MISSING = "/nowhere/certificates.pem"
SETTINGS: dict[str, Setting] = {
    "NO_PROXY with [::1]": Setting(
        client, None, {"NO_PROXY": "[::1]", "HTTPS_PROXY": "http://p.example.com:1"}
    ),
    "NO_PROXY with an IPv6 network": Setting(
        client, None, {"NO_PROXY": "fe80::/10,::1/128"}
    ),
    "NO_PROXY with nonsense": Setting(client, None, {"NO_PROXY": ",, :,[,//"}),
    "ALL_PROXY with socks": Setting(
        client, "ALL_PROXY", {"ALL_PROXY": "socks://127.0.0.1:1080"}
    ),
    "ALL_PROXY with socks beside HTTPS_PROXY": Setting(
        client,
        None,
        {"ALL_PROXY": "socks://127.0.0.1:1", "HTTPS_PROXY": "http://127.0.0.1:1"},
    ),
    "HTTPS_PROXY with an empty part": Setting(
        client, "HTTPS_PROXY", {"HTTPS_PROXY": "http://proxy..example.com:3128"}
    ),
    "HTTP_PROXY, which is not used": Setting(
        client, None, {"HTTP_PROXY": "socks://127.0.0.1:1080"}
    ),
    "SSL_CERT_FILE that is missing": Setting(
        client, "SSL_CERT_FILE", {"SSL_CERT_FILE": MISSING}
    ),
    "SSL_CERT_DIR that is missing": Setting(
        client, "SSL_CERT_DIR", {"SSL_CERT_DIR": "/nowhere"}
    ),
    "SSLKEYLOGFILE that is missing": Setting(
        client, KEY_LOG, {"SSLKEYLOGFILE": "/nowhere/keys.log"}
    ),
    "variables that are not trusted": Setting(
        lambda: client(trust_env=False),
        None,
        {"SSL_CERT_FILE": MISSING, "SSL_CERT_DIR": "/nowhere", "ALL_PROXY": "x://"},
    ),
    "verify with a path": Setting(lambda: client(verify=Path(MISSING)), "verify"),
    "verify with bytes": Setting(lambda: client(verify=b"/x.pem"), "verify"),
    "verify with a zero byte": Setting(lambda: client(verify="a\0b"), "verify"),
    "base_url with an empty part": Setting(
        lambda: Enboarder(ApiKey("key"), base_url="https://api..example.com"),
        "base_url",
    ),
    "base_url with a long part": Setting(
        lambda: Enboarder(ApiKey("key"), base_url=f"https://{'a' * 64}.example.com"),
        "base_url",
    ),
    "token_url with an empty part": Setting(
        lambda: from_env(ENBOARDER_TOKEN_URL="https://auth..example.com/token"),
        "token_url",
    ),
    "proxy without a scheme": Setting(
        lambda: client(proxy="proxy.example.com:3128"), "proxy"
    ),
    "proxy with socks": Setting(lambda: client(proxy="socks://127.0.0.1:1"), "proxy"),
    "client_secret as SecretStr": Setting(
        lambda: ClientCredentials("id", SecretStr("s3cret"))
    ),
    "key as SecretStr": Setting(lambda: ApiKey(SecretStr("a-key"))),
    "client_secret as Path": Setting(
        lambda: ClientCredentials("id", Path("/run/secret")),  # type: ignore[arg-type]
        "client_secret",
    ),
    "client_secret as coroutine function": Setting(
        lambda: ClientCredentials("id", awaited_secret),  # type: ignore[arg-type]
        "client_secret",
    ),
    "client_secret as partial coroutine function": Setting(
        lambda: ClientCredentials("id", functools.partial(awaited_secret)),  # type: ignore[arg-type]
        "client_secret",
    ),
    "client_secret as awaited object": Setting(
        lambda: ClientCredentials("id", AwaitedSecret()),  # type: ignore[arg-type]
        "client_secret",
    ),
    "client_secret as bytes": Setting(
        lambda: ClientCredentials("id", b"s3cret"),  # type: ignore[arg-type]
        "client_secret",
    ),
    **{
        f"{name} in quotation marks": Setting(
            functools.partial(from_env, **{name: '"a-value"'}), name
        )
        for name in (
            "ENBOARDER_API_KEY",
            "ENBOARDER_BASE_URL",
            "ENBOARDER_CLIENT_ID",
            "ENBOARDER_CLIENT_SECRET",
            "ENBOARDER_REGION",
            "ENBOARDER_TOKEN_STORE",
            "ENBOARDER_TOKEN_URL",
        )
    },
    "unknown store": Setting(
        lambda: from_env(ENBOARDER_TOKEN_STORE="vault:x"), "ENBOARDER_TOKEN_STORE"
    ),
    "Redis URL with an unknown parameter": Setting(
        lambda: RedisStore("redis://127.0.0.1/0?unknown=1"), "RedisStore"
    ),
    "Redis URL with a wrong parameter": Setting(
        lambda: RedisStore("rediss://127.0.0.1/0?ssl_cert_reqs=x"), "RedisStore"
    ),
    "Redis URL with # in the password": Setting(
        lambda: RedisStore("redis://user:1234#5@127.0.0.1/0"), "RedisStore"
    ),
    "Redis URL with decode_responses": Setting(
        lambda: RedisStore("redis://127.0.0.1/0?decode_responses=true")
    ),
    "Redis URL with another connection class": Setting(
        lambda: RedisStore("redis://127.0.0.1/0?connection_class=x"), "RedisStore"
    ),
}


@pytest.mark.parametrize("name", SETTINGS)
def test_setting_works_or_is_named(monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    """No setting ends in an error of a library, or in one that blames another."""
    setting = SETTINGS[name]
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)
        monkeypatch.delenv(variable.lower(), raising=False)
    for variable, value in setting.environ.items():
        monkeypatch.setenv(variable, value)

    if setting.named is None:
        setting.build()
        return
    with pytest.raises(ConfigurationError, match=setting.named):
        setting.build()


def test_file_of_certificates_may_be_a_path(tmp_path: Path) -> None:
    """`verify` takes a path object, as other libraries do."""
    import certifi

    client(verify=Path(certifi.where()))


def test_missing_home_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """The file store says that it knows no folder, and how to name one."""
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)

    with pytest.raises(ConfigurationError, match="HOME"):
        FileStore()


@pytest.mark.parametrize("name", ["EMFILE", "ENFILE"])
def test_no_free_descriptor_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """The error speaks of open files, and not of certificates that are missing."""
    import errno
    import os
    import ssl

    number = getattr(errno, name)

    def fail(*_: object, **__: object) -> ssl.SSLContext:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(ssl, "create_default_context", fail)
    # Not read before, so it is not in the memory of this process.
    monkeypatch.setenv("SSL_CERT_FILE", "/a/file/of/this/test.pem")

    with pytest.raises(ConfigurationError, match="limit of open files"):
        client()


def test_wrapped_secret_is_sent() -> None:
    """A `SecretStr` is used like the string in it."""
    service = Service()
    credential = ClientCredentials(
        "id",
        SecretStr("s3cret-of-pydantic"),
        token_url="https://auth.example.com/oauth2/token",
        client_auth="post",
    )
    with Enboarder(**granted(service, credential=credential)) as enboarder:
        enboarder.reports.get_forms()

    (request,) = service.token_requests
    assert b"client_secret=s3cret-of-pydantic" in request.content
