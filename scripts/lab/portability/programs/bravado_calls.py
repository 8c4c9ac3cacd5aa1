"""Make calls with bravado, which reads Swagger 2.0 when it runs."""

# mypy: disable-error-code="import-not-found, import-untyped, unused-ignore"
from __future__ import annotations

import json
import os
import sys
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from bravado.client import SwaggerClient
from bravado.exception import HTTPError
from bravado.requests_client import RequestsClient

BASE_URL = os.environ["BASE_URL"]
SPECIFICATION = json.loads(Path(sys.argv[1]).read_text("utf-8"))


def client(key: str) -> Any:
    """Build a client whose key is sent to the mock."""
    http = RequestsClient()
    host = urlsplit(BASE_URL).netloc
    http.set_api_key(host, key, param_name="apikey", param_in="header")
    found = SwaggerClient.from_spec(SPECIFICATION, http_client=http)
    found.swagger_spec.api_url = BASE_URL
    return found


keyed = client(os.environ["API_KEY"])
BasicLaunch = keyed.get_model("BasicLaunch")
WorkflowUpdate = keyed.get_model("WorkflowUpdate")
BODY = BasicLaunch(
    nhnm="Alex Example",
    nheml="alex@example.com",
    mgrnm="Morgan Example",
    mgreml="morgan@example.com",
    nhstdt=date(2027, 1, 12),
    externalid="ENB-1",
)
CHANGE = WorkflowUpdate(externalid="ENB-1", nhnm="Alex Renamed")
CHANNEL = WorkflowUpdate(externalid="ENB-1", chnl="eml")

launched = keyed.workflows.launchBasicWorkflow(body=BODY).response().result
print("apiKey", launched.message)
keyed.workflows.updateWorkflow(body=CHANGE).response()
print("update ok")
try:
    wrong = client(os.environ["WRONG_KEY"])
    wrong.workflows.launchBasicWorkflow(body=BODY).response()
except HTTPError as error:
    print("refused", error.status_code)
keyed.workflows.updateWorkflow(body=CHANNEL).response()
print("enum ok")
