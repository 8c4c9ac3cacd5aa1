"""One process of a fleet.

Each line on stdin is an environment. For each, the process makes a call and prints the
result.
"""

from __future__ import annotations

import json
import sys

from enboarder import Enboarder
from enboarder.stores import FileStore, RedisStore  # noqa: F401 (imported in advance)

print("ready", flush=True)
for line in sys.stdin:
    try:
        with Enboarder.from_env(json.loads(line)) as client:
            client.brands.get_all()
        print("served", flush=True)
    # The test shows any error.
    except Exception as error:  # noqa: BLE001
        print(f"{type(error).__name__}: {error}", flush=True)
