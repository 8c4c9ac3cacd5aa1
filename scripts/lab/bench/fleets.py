"""Count token requests when several processes start together.

They start without a store, with a store of files, and with Redis.
"""

from __future__ import annotations

import multiprocessing
import socket
import subprocess
import time
from collections.abc import Generator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager, suppress
from multiprocessing.synchronize import Barrier
from pathlib import Path
from shutil import which
from tempfile import TemporaryDirectory

from scripts.lab.bench.contestant import Contestant
from scripts.lab.bench.figures import Bench, Figure, Measure, Section, for_ours
from scripts.lab.bench.load import tried
from scripts.lab.bench.site import Address

HOW = """\
{processes} processes wait for each other and then read once each; the token endpoint
takes {delay:g} s. The table shows the worst of {trials} starts with a store, and one
start without. A library is measured with a store only if it ships one."""
REMARK = """\
httpx-auth's store is `JsonTokenFileCache`, which has no lock between processes. The
store for msal is a separate package."""
NO_REDIS = "No `redis-server` is on the path, so nothing was measured with Redis."

_barrier: Barrier | None = None


def measure(bench: Bench) -> Section:
    """Start the processes of each contestant with each store that it has."""
    alone = {}
    files = {}
    redis = {}
    remarks = [REMARK]
    with TemporaryDirectory() as folder, redis_server(Path(folder)) as url:
        for kind in bench.contestants:
            if bench.effort.is_whole:
                alone[kind.name] = _worst(bench, kind, [None])
            if "file" in kind.stores:
                stores = _folders(Path(folder, kind.__name__), bench.effort.trials)
                files[kind.name] = _worst(bench, kind, stores)
            if "redis" in kind.stores and url is not None:
                stores = [url] * bench.effort.trials
                redis[kind.name] = _worst(bench, kind, stores)
        if url is None:
            remarks.append(NO_REDIS)
    measures = [
        Measure("without a store", alone),
        Measure("with a file store", files, for_ours(1)),
        Measure("with Redis", redis, for_ours(1)),
    ]
    how = HOW.format(
        trials=bench.effort.trials,
        processes=bench.effort.processes,
        delay=bench.effort.delay,
    )
    title = f"Token requests of {bench.effort.processes} processes"
    return Section(title, how, measures, remarks)


def _folders(parent: Path, count: int) -> list[str]:
    """Make a folder for each start."""
    folders = []
    for number in range(count):
        folder = parent / str(number)
        folder.mkdir(0o700, parents=True)
        folders.append(str(folder))
    return folders


def _worst(
    bench: Bench, kind: type[Contestant], stores: Sequence[str | None]
) -> Figure:
    figures = []
    for number, store in enumerate(stores):
        # A new client id for each start, so that none finds a token.
        client_id = f"{kind.__name__}-{number}"
        figures.append(_start(bench, kind, client_id, store))
    return max(figures, key=lambda figure: (not figure.sound, figure.value))


def _start(
    bench: Bench, kind: type[Contestant], client_id: str, store: str | None
) -> Figure:
    bench.site.prepare(delay=bench.effort.delay)
    count = bench.effort.processes
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(count)
    with ProcessPoolExecutor(count, context, _remember, (barrier,)) as pool:
        started = []
        for _ in range(count):
            work = pool.submit(read, kind, bench.site.address, client_id, store)
            started.append(work)
        ended = [work.result() for work in started]
    return Figure.counted(bench.site.token_requests, ended)


def _remember(barrier: Barrier) -> None:
    global _barrier
    _barrier = barrier


def read(
    kind: type[Contestant], address: Address, client_id: str, store: str | None
) -> bool:
    """Do what each process does: wait for the others, and read once."""
    assert _barrier is not None
    contestant = kind(address, client_id, store)
    with contestant.blocking() as get:
        _barrier.wait(60)
        return tried(get)


@contextmanager
def redis_server(folder: Path) -> Generator[str | None]:
    """Start a Redis server on a free loopback port; it keeps nothing on disk.

    Gives its URL, or None when there is no such program.
    """
    program = which("redis-server")
    if program is None:
        yield None
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    place = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    nothing_kept = ["--save", "", "--appendonly", "no"]
    command = [program, *place, *nothing_kept]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    try:
        _wait_for(port)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)


def _wait_for(port: int) -> None:
    for _ in range(100):
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
