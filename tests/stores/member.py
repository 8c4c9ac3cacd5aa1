"""One process of a fleet: for each line on stdin, which holds an environment, it makes a call and says how it went."""

from __future__ import annotations

import json
import sys

from enboarder import Enboarder
from enboarder.stores import FileStore, RedisStore  # noqa: F401 (imported before the word comes)

print("ready", flush=True)
for line in sys.stdin:
    try:
        with Enboarder.from_env(json.loads(line)) as client:
            client.brands.get_all()
        print("served", flush=True)
    except Exception as error:  # noqa: BLE001 (whatever it is, the test tells)
        print(f"{type(error).__name__}: {error}", flush=True)
