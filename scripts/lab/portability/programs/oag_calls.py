"""Make calls with the Python client of openapi-generator."""

# mypy: disable-error-code="import-not-found, unused-ignore"
from __future__ import annotations

import os
from datetime import date

from enboarder_oag import ApiClient, Configuration, WorkflowsApi
from enboarder_oag.exceptions import ApiException
from enboarder_oag.models import BasicLaunch, Channel, WorkflowUpdate

HOST = os.environ["BASE_URL"]
BODY = BasicLaunch(
    nhnm="Alex Example",
    nheml="alex@example.com",
    mgrnm="Morgan Example",
    mgreml="morgan@example.com",
    nhstdt=date(2027, 1, 12),
    externalid="ENB-1",
)
CHANGE = WorkflowUpdate(externalid="ENB-1", nhnm="Alex Renamed")
CHANNEL = WorkflowUpdate(externalid="ENB-1", chnl=Channel.EML)


def workflows(**settings: object) -> WorkflowsApi:
    """Build a client; `api_key` goes by the name of the security scheme."""
    return WorkflowsApi(ApiClient(Configuration(host=HOST, **settings)))


keyed = workflows(api_key={"apiKey": os.environ["API_KEY"]})
bearer = workflows(access_token=os.environ["TOKEN"])
bare = workflows(api_key={"accessToken": os.environ["TOKEN"]})
wrong = workflows(api_key={"apiKey": os.environ["WRONG_KEY"]})

print("apiKey", keyed.launch_basic_workflow(BODY).message)
print("bearer", bearer.launch_basic_workflow_with_token(BODY).message)
print("bare", bare.launch_basic_workflow_with_token(BODY).message)
keyed.update_workflow(CHANGE)
print("update ok")
try:
    wrong.launch_basic_workflow(BODY)
except ApiException as error:
    print("refused", error.status)
keyed.update_workflow(CHANNEL)
print("enum ok")
