"""One process of a fleet.

For each line on stdin, which holds an environment, it makes a call and prints how that
went.
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
    # Whatever it is, the test shows it.
    except Exception as error:  # noqa: BLE001
        print(f"{type(error).__name__}: {error}", flush=True)
