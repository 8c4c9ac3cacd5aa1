"""The manifest of a folder: what its files contain, and where that comes from."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from enboarder_api.contract import HOSTS

from ...private_files import private_file
from ...version import __version__
from ..json_values import is_object

NAME = "manifest.json"
FORMAT = 1


def add_to_manifest(folder: Path, stem: str, entry: Mapping[str, Any]) -> None:
    """Write the entry of a report; those of other reports stay.

    Args:
        folder: the folder of the files.
        stem: what the names of the report's files begin with.
        entry: what is said about it.
    """
    path = folder / NAME
    entries = _entries(path)
    entries[stem] = entry
    manifest = {"format": FORMAT, "reports": dict(sorted(entries.items()))}
    write_json(path, manifest)


def origin(base_url: str) -> dict[str, Any]:
    """Return what a manifest says about the service and the program."""
    host = urlsplit(base_url).hostname
    regions = {urlsplit(url).hostname: region for region, url in HOSTS.items()}
    return {
        "base_url": base_url,
        "region": None if host not in regions else str(regions[host]),
        "program": f"enboarder-python/{__version__}",
    }


def write_json(path: Path, value: Any) -> None:
    """Replace a file by a JSON value that people can read; only its owner can."""
    with private_file(path) as file:
        json.dump(value, file, indent=2)
        file.write("\n")


def read_json(path: Path) -> Any:
    """Return the JSON value of a file; None if it is missing or broken."""
    try:
        return json.loads(path.read_bytes())
    except (OSError, ValueError):
        return None


def _entries(path: Path) -> dict[str, Any]:
    found = read_json(path)
    reports = found.get("reports") if is_object(found) else None
    return reports if is_object(reports) else {}
