"""Calls with the Python client of Redocly's generator, which lies beside this file."""

from __future__ import annotations

import os
from typing import Any

import httpx
from client import ApiError, BasicLaunch, Client, WorkflowUpdate  # type: ignore[import-not-found, unused-ignore]

BODY = BasicLaunch(
    nhnm="Alex Example",
    nheml="alex@example.com",
    mgrnm="Morgan Example",
    mgreml="morgan@example.com",
    nhstdt="2027-01-12",
    externalid="ENB-1",
)


def main(http: httpx.Client) -> None:
    def client(**auth: Any) -> Client:
        return Client(os.environ["BASE_URL"], auth=auth, http_client=http)

    token = os.environ["TOKEN"]
    print("apiKey", client(apiKey={"apiKey": os.environ["API_KEY"]}).launch_basic_workflow(BODY).message)
    print("bearer", client(bearer=token).launch_basic_workflow_o_auth(BODY).message)
    print("bare", client(apiKey={"accessToken": token}).launch_basic_workflow_o_auth(BODY).message)
    change = WorkflowUpdate(externalid="ENB-1", nhnm="Alex Renamed")
    client(apiKey={"apiKey": os.environ["API_KEY"]}).update_workflow(change)
    print("update ok")
    try:
        client(apiKey={"apiKey": os.environ["WRONG_KEY"]}).launch_basic_workflow(BODY)
    except ApiError as refused:
        print("refused", refused.status)


with httpx.Client() as http:
    main(http)
