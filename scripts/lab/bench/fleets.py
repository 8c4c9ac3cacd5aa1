"""Token requests when eight processes begin together: alone, with a store of files, and with Redis."""

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

from .contestant import Contestant
from .figures import Bench, Figure, Measure, Section
from .load import tried
from .site import Address

PROCESSES = 8
HOW = (
    "8 processes, held at a barrier until all are ready, then one read each; the token endpoint takes 0.2 s. Told is the "
    "worst of {trials} starts. Those without a store in their own distribution have none here."
)
REMARKS = [
    "httpx-auth's store is `JsonTokenFileCache`, which has no lock between processes. msal's is a package of its own."
]
_barrier: Barrier | None = None


def measure(bench: Bench) -> Section:
    alone, files, redis = {}, {}, {}
    with TemporaryDirectory() as folder, redis_server(Path(folder)) as url:
        for kind in bench.contestants:
            alone[kind.name] = _worst(bench, kind, [None])
            if "file" in kind.stores:
                folders = [Path(folder, kind.__name__, str(trial)) for trial in range(bench.effort.trials)]
                for one in folders:
                    one.mkdir(0o700, parents=True)
                files[kind.name] = _worst(bench, kind, [str(one) for one in folders])
            if "redis" in kind.stores and url:
                redis[kind.name] = _worst(bench, kind, [url] * bench.effort.trials)
    measures = [
        Measure("without a store", alone),
        Measure("with a file store", files, limit=1),
        Measure("with Redis", redis, limit=1),
    ]
    remarks = [
        *REMARKS,
        *([] if url else ["There was no `redis-server` on the path: nothing was measured with Redis."]),
    ]
    return Section("Token requests of 8 processes", HOW.format(trials=bench.effort.trials), measures, remarks)


def _worst(bench: Bench, kind: type[Contestant], stores: Sequence[str | None]) -> Figure:
    return max(
        (_start(bench, kind, trial, store) for trial, store in enumerate(stores)),
        key=lambda one: (not one.sound, one.value),
    )


def _start(bench: Bench, kind: type[Contestant], trial: int, store: str | None) -> Figure:
    bench.site.prepare()
    context = multiprocessing.get_context("spawn")
    barrier = context.Barrier(PROCESSES)
    work = (kind, bench.site.address, f"{kind.__name__}-{trial}", store)  # a slot of its own
    with ProcessPoolExecutor(PROCESSES, context, _remember, (barrier,)) as pool:
        ended = [one.result() for one in [pool.submit(read, *work) for _ in range(PROCESSES)]]
    return Figure.counted(bench.site.token_requests, ended)


def _remember(barrier: Barrier) -> None:
    global _barrier
    _barrier = barrier


def read(kind: type[Contestant], address: Address, client_id: str, store: str | None) -> bool:
    """What each process does."""
    assert _barrier is not None
    contestant = kind(address, client_id, store)
    with contestant.blocking() as get:
        _barrier.wait(60)
        return tried(get)


@contextmanager
def redis_server(folder: Path) -> Generator[str | None]:
    """A Redis server that keeps nothing on disk, on a free loopback port; None when there is none to start."""
    program = which("redis-server")
    if program is None:
        yield None
        return
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    settings = ["--bind", "127.0.0.1", "--port", str(port), "--save", "", "--appendonly", "no", "--dir", str(folder)]
    process = subprocess.Popen([program, *settings], stdout=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                break
            time.sleep(0.05)
        yield f"redis://127.0.0.1:{port}/0"
    finally:
        process.terminate()
        process.wait(10)
