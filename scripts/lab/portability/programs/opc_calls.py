"""Calls with a client of openapi-python-client as it comes, without the templates of this project."""

from __future__ import annotations

import os
from datetime import date

from enboarder_opc import AuthenticatedClient  # type: ignore[import-not-found, unused-ignore]
from enboarder_opc.api.workflows import (  # type: ignore[import-not-found, unused-ignore]
    launch_basic_workflow,
    launch_basic_workflow_o_auth,
    update_workflow,
)
from enboarder_opc.models import BasicLaunch, LaunchResult, WorkflowUpdate  # type: ignore[import-not-found, unused-ignore]

BODY = BasicLaunch(
    nhnm="Alex Example",
    nheml="alex@example.com",
    mgrnm="Morgan Example",
    mgreml="morgan@example.com",
    nhstdt=date(2027, 1, 12),
    externalid="ENB-1",
)


def client(token: str, header: str = "Authorization", prefix: str = "") -> AuthenticatedClient:
    # It reads no security scheme: the header's name and prefix are the caller's.
    return AuthenticatedClient(os.environ["BASE_URL"], token=token, auth_header_name=header, prefix=prefix)


def tell(name: str, result: object) -> None:
    print(name, result.message if isinstance(result, LaunchResult) else result)


token = os.environ["TOKEN"]
with client(os.environ["API_KEY"], "apikey") as keyed:
    tell("apiKey", launch_basic_workflow.sync(client=keyed, body=BODY))
with client(token, prefix="Bearer") as bearer:
    tell("bearer", launch_basic_workflow_o_auth.sync(client=bearer, body=BODY))
with client(token) as bare:
    tell("bare", launch_basic_workflow_o_auth.sync(client=bare, body=BODY))
with client(os.environ["API_KEY"], "apikey") as keyed:
    change = WorkflowUpdate(externalid="ENB-1", nhnm="Alex Renamed")
    done = update_workflow.sync_detailed(client=keyed, body=change)
    print("update", "ok" if done.status_code == 200 else done.status_code)
with client(os.environ["WRONG_KEY"], "apikey") as wrong:
    print("refused", int(launch_basic_workflow.sync_detailed(client=wrong, body=BODY).status_code))
