"""Make calls with the Python client of Redocly's generator, which is beside it."""

# mypy: disable-error-code="import-not-found, unused-ignore"
from __future__ import annotations

import os
from typing import Any

import httpx
from client import ApiError, BasicLaunch, Client, WorkflowUpdate

BASE_URL = os.environ["BASE_URL"]
KEY = {"apiKey": os.environ["API_KEY"]}
WRONG_KEY = {"apiKey": os.environ["WRONG_KEY"]}
TOKEN = os.environ["TOKEN"]

BODY = BasicLaunch(
    nhnm="Alex Example",
    nheml="alex@example.com",
    mgrnm="Morgan Example",
    mgreml="morgan@example.com",
    nhstdt="2027-01-12",
    externalid="ENB-1",
)
CHANGE = WorkflowUpdate(externalid="ENB-1", nhnm="Alex Renamed")


def main(http: httpx.Client) -> None:
    """Make the calls."""

    def client(**auth: Any) -> Client:
        return Client(BASE_URL, auth=auth, http_client=http)

    print("apiKey", client(apiKey=KEY).launch_basic_workflow(BODY).message)
    bearer = client(bearer=TOKEN)
    print("bearer", bearer.launch_basic_workflow_with_token(BODY).message)
    bare = client(apiKey={"accessToken": TOKEN})
    print("bare", bare.launch_basic_workflow_with_token(BODY).message)
    client(apiKey=KEY).update_workflow(CHANGE)
    print("update ok")
    try:
        client(apiKey=WRONG_KEY).launch_basic_workflow(BODY)
    except ApiError as refused:
        print("refused", refused.status)


with httpx.Client() as http:
    main(http)
