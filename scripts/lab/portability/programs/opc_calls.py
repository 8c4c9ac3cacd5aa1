"""Make calls with openapi-python-client's client, without this project's templates."""

# mypy: disable-error-code="import-not-found, unused-ignore"
from __future__ import annotations

import os
from datetime import date

from enboarder_opc import AuthenticatedClient
from enboarder_opc.api.workflows import (
    launch_basic_workflow,
    launch_basic_workflow_with_token,
    update_workflow,
)
from enboarder_opc.models import BasicLaunch, LaunchResult, WorkflowUpdate

BASE_URL = os.environ["BASE_URL"]
API_KEY = os.environ["API_KEY"]
TOKEN = os.environ["TOKEN"]
WRONG_KEY = os.environ["WRONG_KEY"]

BODY = BasicLaunch(
    nhnm="Alex Example",
    nheml="alex@example.com",
    mgrnm="Morgan Example",
    mgreml="morgan@example.com",
    nhstdt=date(2027, 1, 12),
    externalid="ENB-1",
)
CHANGE = WorkflowUpdate(externalid="ENB-1", nhnm="Alex Renamed")


def client(
    token: str, header: str = "Authorization", prefix: str = ""
) -> AuthenticatedClient:
    """Build a client; it reads no security scheme, so header and prefix are ours."""
    return AuthenticatedClient(
        BASE_URL, token=token, auth_header_name=header, prefix=prefix
    )


def tell(name: str, result: object) -> None:
    """Print how a launch ended."""
    print(name, result.message if isinstance(result, LaunchResult) else result)


with client(API_KEY, "apikey") as keyed:
    tell("apiKey", launch_basic_workflow.sync(client=keyed, body=BODY))
with client(TOKEN, prefix="Bearer") as bearer:
    tell("bearer", launch_basic_workflow_with_token.sync(client=bearer, body=BODY))
with client(TOKEN) as bare:
    tell("bare", launch_basic_workflow_with_token.sync(client=bare, body=BODY))
with client(API_KEY, "apikey") as keyed:
    done = update_workflow.sync_detailed(client=keyed, body=CHANGE)
    print("update", "ok" if done.status_code == 200 else done.status_code)
with client(WRONG_KEY, "apikey") as wrong:
    refused = launch_basic_workflow.sync_detailed(client=wrong, body=BODY)
    print("refused", int(refused.status_code))
