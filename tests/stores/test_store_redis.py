"""A token in Redis is sealed, and Redis itself deletes it when it expires."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme
from redis.exceptions import ConnectionError as Unconnected

from enboarder.auth.token_endpoint import TIMEOUT
from enboarder.stores import RedisStore, TokenKey
from enboarder.stores.redis import LOCKED_FOR, LONGEST_WAIT
from tests.stores.conftest import (
    Server,
    free_port,
    loaded,
    new_key,
    redis_server,
    stored,
    until,
)

CANARY = "canary-token-0123456789"


@pytest.fixture
def store(redis: Server) -> RedisStore:
    """Return a store on the server of the tests."""
    return RedisStore(redis.url)


def name_of(key: TokenKey) -> str:
    """Return the name of a token in Redis."""
    return f"enboarder:{key.name}"


def test_a_dump_of_the_server_contains_no_token(
    redis: Server, store: RedisStore, key: TokenKey
) -> None:
    """No part of a token is in the value, in DUMP or in the file that SAVE writes."""
    store.save(key, stored(CANARY))
    # A token that is not sealed would be visible there.
    redis.ask("SET", "open", "canary-in-the-open")
    redis.ask("SAVE")
    written = (redis.folder / "dump.rdb").read_bytes()
    seen = [written, redis.ask("GET", name_of(key)), redis.ask("DUMP", name_of(key))]

    assert b"canary-in-the-open" in written
    assert key.name.encode() in written
    assert [] == [one for one in seen if b"canary-token" in one]


def test_a_token_sealed_with_another_secret_is_a_miss(
    store: RedisStore, key: TokenKey
) -> None:
    """After a rotation, a token that was sealed with the old secret is not an error."""
    store.save(key, stored())

    assert store.load(TokenKey(key.name, b"\xff" * 32)) is None
    assert store.load(key) is not None


def test_a_token_moved_to_another_key_is_a_miss(
    redis: Server, store: RedisStore, key: TokenKey
) -> None:
    """Somebody with write access to Redis cannot exchange two tokens of one secret."""
    other = TokenKey(new_key().name, key.seal)
    store.save(key, stored())
    redis.ask("COPY", name_of(key), name_of(other))

    assert store.load(other) is None


def test_the_same_token_is_sealed_differently_each_time(
    redis: Server, store: RedisStore, key: TokenKey
) -> None:
    """No nonce is used twice."""
    sealed: set[bytes] = set()
    for _ in range(3):
        store.save(key, stored())
        sealed.add(redis.ask("GET", name_of(key)))

    assert 3 == len(sealed)


@pytest.mark.parametrize("content", [b"", b"x", b"x" * 12, b"x" * 40, "ä".encode()])
def test_what_is_not_sealed_is_a_miss(
    redis: Server, store: RedisStore, key: TokenKey, content: bytes
) -> None:
    """If anything else is stored under the name, no token is found."""
    redis.ask("SET", name_of(key), content, "PX", "60000")

    assert store.load(key) is None


def test_the_server_deletes_a_token_when_it_expires(
    redis: Server, store: RedisStore, key: TokenKey
) -> None:
    """Redis counts the remaining seconds, because the clocks of machines may differ."""
    store.save(key, stored(left=3000, lifetime=3600))
    assert 2_990_000 < redis.ask("PTTL", name_of(key)) <= 3_000_000

    redis.ask("PEXPIRE", name_of(key), "500000")

    assert 490 < loaded(store, key).left <= 500


def test_redis_cannot_prolong_a_token(
    redis: Server, store: RedisStore, key: TokenKey
) -> None:
    """No token has more time left than its lifetime, which is sealed with it."""
    store.save(key, stored(left=3000, lifetime=3600))

    redis.ask("PEXPIRE", name_of(key), "99000000")

    assert 3600 == loaded(store, key).left


def test_a_token_without_an_expiry_is_a_miss(
    redis: Server, store: RedisStore, key: TokenKey
) -> None:
    """A token without an expiry is not used, because its age is unknown."""
    store.save(key, stored())

    redis.ask("PERSIST", name_of(key))

    assert store.load(key) is None


def test_the_lock_of_a_machine_that_died_becomes_free(
    redis: Server, store: RedisStore, key: TokenKey
) -> None:
    """The lock lasts longer than a token request, but not as long as callers wait."""
    with store.lock(key):
        left = redis.ask("PTTL", f"{name_of(key)}:lock") / 1000

    assert TIMEOUT < left <= LOCKED_FOR < LONGEST_WAIT


def test_a_lost_lock_is_not_taken_from_its_new_holder(
    redis: Server, store: RedisStore, key: TokenKey
) -> None:
    """A caller that held the lock for too long does not release its new holder's."""
    with store.lock(key):
        redis.ask("SET", f"{name_of(key)}:lock", "another holder")

    assert b"another holder" == redis.ask("GET", f"{name_of(key)}:lock")


def test_no_connection_is_kept(redis: Server, store: RedisStore, key: TokenKey) -> None:
    """Between uses there is no connection to close, or to share after a fork."""
    with store.lock(key):
        store.save(key, stored())
    store.load(key)
    store.delete(key)

    # The question itself is the only connection.
    until(lambda: redis.ask("INFO", "clients")["connected_clients"] == 1)


def test_answers_are_bytes_whatever_the_url_asks_for(
    redis: Server, key: TokenKey
) -> None:
    """A URL that other programs share may ask for text, which no sealed token is."""
    store = RedisStore(f"{redis.url}?decode_responses=true")

    store.save(key, stored("a-token"))

    assert "a-token" == loaded(store, key).token


def test_a_unix_socket_works(redis: Server, key: TokenKey) -> None:
    """`unix://` reaches the same server."""
    RedisStore(f"unix://{redis.folder}/socket").save(key, stored())

    assert RedisStore(redis.url).load(key) is not None


def test_tls_checks_the_certificate(tmp_path: Path, key: TokenKey) -> None:
    """`rediss://` requires a certificate for the host from a known authority."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    certificate = authority.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(tmp_path / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(tmp_path / "certificate.pem")
    port = free_port()
    options = {
        "--tls-port": str(port),
        "--tls-cert-file": str(tmp_path / "certificate.pem"),
        "--tls-key-file": str(tmp_path / "key.pem"),
        "--tls-ca-cert-file": str(tmp_path / "authority.pem"),
        "--tls-auth-clients": "no",
    }
    words = [word for option in options.items() for word in option]
    known = f"?ssl_ca_certs={tmp_path / 'authority.pem'}"
    unknown_authority = f"rediss://localhost:{port}/0"
    other_host = f"rediss://127.0.0.1:{port}/0{known}"

    with redis_server(tmp_path, *words) as server:
        RedisStore(f"rediss://localhost:{port}/0{known}").save(key, stored())
        assert 1 == server.ask("EXISTS", name_of(key))
        for url in (unknown_authority, other_host):
            with pytest.raises(Unconnected, match=r"(?i)certificate"):
                RedisStore(url).save(key, stored())
