"""Make calls with the tools that FastMCP makes of the contract's files."""

# mypy: disable-error-code="import-not-found, unused-ignore"
from __future__ import annotations

import asyncio
import json
import logging
import os
import re
import sys
from pathlib import Path
from typing import Any

import httpx2
from fastmcp import Client, FastMCP
from fastmcp.exceptions import ToolError

# What FastMCP logs would be mixed with what this prints.
logging.disable(logging.ERROR)

FOLDER = Path(sys.argv[1])
BODY = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Morgan Example",
    "mgreml": "morgan@example.com",
    "nhstdt": "2027-01-12",
    "externalid": "ENB-1",
}
CHANGE = {"externalid": "ENB-1", "nhnm": "Alex Renamed"}
CHANNEL = {"externalid": "ENB-1", "chnl": "eml"}


def tools(auth: str, header: str, value: str) -> Client[Any]:
    """Connect to a server of tools; the HTTP client sends the credential."""
    text = (FOLDER / f"openapi-3.1.{auth}.json").read_text("utf-8")
    http = httpx2.AsyncClient(base_url=os.environ["BASE_URL"], headers={header: value})
    return Client(FastMCP.from_openapi(json.loads(text), client=http))


async def message(client: Client[Any], name: str, body: dict[str, str]) -> object:
    """Return the message, or the status of a refusal."""
    async with client:
        try:
            result = await client.call_tool(name, body)
        except ToolError as error:
            found = re.search(r"\b[45]\d\d\b", str(error))
            return found.group() if found else error
    return result.structured_content["message"]


async def main() -> None:
    """Make each call through a server of its own."""
    key = os.environ["API_KEY"]
    token = os.environ["TOKEN"]
    launch = "launchBasicWorkflow"
    keyed = tools("apikey", "apikey", key)
    print("apiKey", await message(keyed, launch, BODY))
    bearer = tools("oauth2", "Authorization", f"Bearer {token}")
    print("bearer", await message(bearer, f"{launch}WithToken", BODY))
    bare = tools("accesstoken", "Authorization", token)
    print("bare", await message(bare, f"{launch}WithToken", BODY))
    changed = await message(keyed, "updateWorkflow", CHANGE)
    print("update", "ok" if "successfully" in str(changed) else changed)
    wrong = tools("apikey", "apikey", os.environ["WRONG_KEY"])
    print("refused", await message(wrong, launch, BODY))
    changed = await message(keyed, "updateWorkflow", CHANNEL)
    print("enum", "ok" if "successfully" in str(changed) else changed)


asyncio.run(main())
