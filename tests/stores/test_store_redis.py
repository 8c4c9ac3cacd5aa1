"""S13: a token in Redis is sealed, and Redis itself lets go of it."""

from __future__ import annotations

from pathlib import Path

import pytest
import trustme
from redis.exceptions import ConnectionError as Unconnected

from enboarder.stores import RedisStore, Slot
from enboarder.stores.redis import LOCKED_FOR, LONGEST_WAIT
from enboarder.tokens import TIMEOUT
from tests.stores.conftest import Server, free_port, kept, new_slot, redis_server, until

CANARY = "canary-token-0123456789"


@pytest.fixture
def store(redis: Server) -> RedisStore:
    return RedisStore(redis.url)


def key_of(slot: Slot) -> str:
    return f"enboarder:{slot.name}"


def test_a_dump_of_the_server_holds_no_token(redis: Server, store: RedisStore, slot: Slot) -> None:
    """S13: neither the value, nor DUMP, nor the file that SAVE writes holds the token; an open value would be seen there."""
    store.save(slot, kept(CANARY))
    redis.ask("SET", "open", "canary-in-the-open")
    redis.ask("SAVE")
    written = (redis.folder / "dump.rdb").read_bytes()

    assert b"canary-in-the-open" in written
    assert slot.name.encode() in written
    seen = [written, redis.ask("GET", key_of(slot)), redis.ask("DUMP", key_of(slot))]
    assert not [one for one in seen if CANARY.encode() in one or b"canary-token" in one]


def test_what_another_secret_sealed_is_a_miss(store: RedisStore, slot: Slot) -> None:
    """S13: an entry sealed with the old secret is a miss, not an error."""
    store.save(slot, kept())

    assert store.load(Slot(slot.name, b"\xff" * 32)) is None
    assert store.load(slot) is not None


def test_an_entry_moved_to_another_slot_is_a_miss(redis: Server, store: RedisStore, slot: Slot) -> None:
    """Who may write to Redis cannot pass off one token of a secret for another of the same secret."""
    other = Slot(new_slot().name, slot.key)
    store.save(slot, kept())
    redis.ask("COPY", key_of(slot), key_of(other))

    assert store.load(other) is None


def test_a_token_is_sealed_anew_each_time(redis: Server, store: RedisStore, slot: Slot) -> None:
    """The same token never gives the same bytes: a nonce is used once."""
    sealed = set()
    for _ in range(3):
        store.save(slot, kept())
        sealed.add(redis.ask("GET", key_of(slot)))

    assert 3 == len(sealed)


@pytest.mark.parametrize("content", [b"", b"x", b"x" * 12, b"x" * 40, "ä".encode()])
def test_what_is_not_sealed_is_a_miss(redis: Server, store: RedisStore, slot: Slot, content: bytes) -> None:
    """Whatever stands under the key that is not a sealed token: it is as if it were not there."""
    redis.ask("SET", key_of(slot), content, "PX", "60000")

    assert store.load(slot) is None


def test_the_server_lets_go_of_a_token_when_it_is_over(redis: Server, store: RedisStore, slot: Slot) -> None:
    """The expiry stands in Redis, by whose clock the seconds left are told: those of the machines may differ."""
    store.save(slot, kept(left=3000, lifetime=3600))
    assert 2_990_000 < redis.ask("PTTL", key_of(slot)) <= 3_000_000

    redis.ask("PEXPIRE", key_of(slot), "500000")
    found = store.load(slot)
    assert found is not None
    assert 490 < found.left <= 500


def test_a_token_is_not_prolonged_in_redis(redis: Server, store: RedisStore, slot: Slot) -> None:
    """Nothing has more left than its lifetime, which is sealed with it; and what never expires is a miss."""
    store.save(slot, kept(left=3000, lifetime=3600))
    redis.ask("PEXPIRE", key_of(slot), "99000000")
    found = store.load(slot)
    assert found is not None
    assert 3600 == found.left

    redis.ask("PERSIST", key_of(slot))
    assert store.load(slot) is None


def test_the_lock_of_a_machine_that_died_gets_free(redis: Server, store: RedisStore, slot: Slot) -> None:
    """The lock outlasts a token request, and ends before those who wait give up."""
    with store.lock(slot):
        left = redis.ask("PTTL", f"{key_of(slot)}:lock") / 1000

    assert TIMEOUT < left <= LOCKED_FOR < LONGEST_WAIT


def test_a_lock_that_was_lost_is_not_taken_from_its_new_holder(redis: Server, store: RedisStore, slot: Slot) -> None:
    """Who held the lock for too long leaves it to whoever has it now, without an error."""
    with store.lock(slot):
        redis.ask("SET", f"{key_of(slot)}:lock", "somebody else")

    assert b"somebody else" == redis.ask("GET", f"{key_of(slot)}:lock")


def test_no_connection_is_kept(redis: Server, store: RedisStore, slot: Slot) -> None:
    """Between uses the server has no connection of the store: nothing is to be closed, or shared after a fork."""
    with store.lock(slot):
        store.save(slot, kept())
    store.load(slot)
    store.delete(slot)

    until(lambda: 1 == redis.ask("INFO", "clients")["connected_clients"])  # it asks itself


def test_a_socket_of_the_machine_serves(redis: Server, slot: Slot) -> None:
    """`unix://` reaches the same server."""
    RedisStore(f"unix://{redis.folder}/socket").save(slot, kept())

    assert RedisStore(redis.url).load(slot) is not None


def test_tls_checks_the_certificate(tmp_path: Path, slot: Slot) -> None:
    """`rediss://` talks to a server whose certificate is of a known authority and names its host, and to no other."""
    authority = trustme.CA()
    authority.cert_pem.write_to_path(tmp_path / "authority.pem")
    certificate = authority.issue_cert("localhost")
    certificate.private_key_pem.write_to_path(tmp_path / "key.pem")
    certificate.cert_chain_pems[0].write_to_path(tmp_path / "certificate.pem")
    port = free_port()
    options = [
        "--tls-port",
        str(port),
        "--tls-cert-file",
        str(tmp_path / "certificate.pem"),
        "--tls-key-file",
        str(tmp_path / "key.pem"),
    ]
    options += ["--tls-ca-cert-file", str(tmp_path / "authority.pem"), "--tls-auth-clients", "no"]
    with redis_server(tmp_path, *options) as server:
        known = f"?ssl_ca_certs={tmp_path / 'authority.pem'}"

        RedisStore(f"rediss://localhost:{port}/0{known}").save(slot, kept())
        assert 1 == server.ask("EXISTS", key_of(slot))
        for url in (f"rediss://localhost:{port}/0", f"rediss://127.0.0.1:{port}/0{known}"):
            with pytest.raises(Unconnected, match=r"(?i)certificate"):
                RedisStore(url).save(slot, kept())
