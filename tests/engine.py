"""The HTTP library of the clients under test, under the name of the default one.

Tests that give a client a transport, or read the requests that it sends, need the
classes of the library that sends them. `ENBOARDER_ENGINE=httpx2` runs them with httpx2
(`nox -s engine`). Tests that are about one library import that library.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from enboarder.transport.engine import engine_of

if TYPE_CHECKING:
    # Both have the same names.
    import httpx as httpx
else:
    httpx = engine_of({}).library
