"""Print the operations that bravado has of a file."""

# mypy: disable-error-code="import-not-found, import-untyped, unused-ignore"
from __future__ import annotations

import json
import sys
from pathlib import Path

from bravado.client import SwaggerClient

client = SwaggerClient.from_spec(json.loads(Path(sys.argv[1]).read_text("utf-8")))
for tag in dir(client):
    for name in dir(getattr(client, tag)):
        print(name)
