"""A body that drips on does not hold a caller for ever."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator

import pytest

from enboarder import ApiKey, NoAnswer, OutcomeUnknown, RetryPolicy
from tests.conftest import Driver, basic_launch

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 1000000\r\n\r\n"


@pytest.fixture
def dripping() -> Iterator[tuple[str, list[bytes]]]:
    """The URL of a server that answers at once and then sends a byte every 20 ms, and the requests that it got."""
    listener, over, seen = (
        socket.create_server(("127.0.0.1", 0)),
        threading.Event(),
        list[bytes](),
    )

    def serve(connection: socket.socket) -> None:
        with connection:
            seen.append(connection.recv(65536))
            connection.sendall(HEAD)
            while not over.wait(0.02):
                try:
                    connection.sendall(b" ")
                except OSError:
                    return

    def accept() -> None:
        while not over.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threads.append(threading.Thread(target=serve, args=(connection,)))
            threads[-1].start()

    threads = [threading.Thread(target=accept)]
    threads[0].start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}", seen
    over.set()
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    for thread in threads:
        thread.join()


def test_read_whose_body_drips_ends_in_time(
    driver: Driver, dripping: tuple[str, list[bytes]]
) -> None:
    """Each piece comes in time, the whole does not: the read raises NoAnswer."""
    settings = {
        "credential": ApiKey("key"),
        "base_url": dripping[0],
        "retry": RetryPolicy(attempts=1),
    }

    with pytest.raises(NoAnswer, match="ReadTimeout"):
        driver.call(settings, "brands.get_all", timeout=0.2)


def test_write_whose_answer_drips_is_sent_once(
    driver: Driver, dripping: tuple[str, list[bytes]]
) -> None:
    """A launch whose answer does not end is an unknown outcome, and goes over the wire once."""
    url, seen = dripping

    with pytest.raises(OutcomeUnknown) as caught:
        driver.call(
            {"credential": ApiKey("key"), "base_url": url},
            "workflows.launch_basic",
            basic_launch(),
            timeout=0.2,
        )

    assert caught.value.external_id == "A-1"
    assert len(seen) == 1
