"""Print the tools that FastMCP makes of a file."""

# mypy: disable-error-code="import-not-found, unused-ignore"
from __future__ import annotations

import asyncio
import json
import sys
from pathlib import Path

from fastmcp import Client, FastMCP


async def main() -> None:
    """Ask a server for its tools."""
    contract = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    async with Client(FastMCP.from_openapi(contract)) as client:
        for tool in await client.list_tools():
            print(tool.name)


asyncio.run(main())
