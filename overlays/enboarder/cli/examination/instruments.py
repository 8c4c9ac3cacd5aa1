"""What the checks look with: a clock, a client, and a way to reach a host."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from attrs import frozen

from ...client import Enboarder
from ...clock import SYSTEM_CLOCK, Clock
from ...sending.retry import RetryPolicy
from ...transport.proxies import ChosenProxy
from . import network

Client = Callable[[Mapping[str, str]], Enboarder]
"""Builds a client from variables."""


def careful_client(environ: Mapping[str, str]) -> Enboarder:
    """Return a client that tries once."""
    retry = RetryPolicy(attempts=1)
    return Enboarder.from_env(environ, retry=retry, timeout=network.TIMEOUT)


@frozen
class Instruments:
    """What the checks look with, as parameters that tests replace."""

    clock: Clock = SYSTEM_CLOCK
    client: Client = careful_client
    reach: Callable[[str, ChosenProxy | None], network.Reached] = network.reach


INSTRUMENTS = Instruments()
"""What `enboarder doctor` looks with."""
