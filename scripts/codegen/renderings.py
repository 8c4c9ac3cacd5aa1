"""Render the contract in other formats, for openapi/renderings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from enboarder.contract import Auth
from enboarder.contract.formats import rendered
from enboarder.contract.walk import Node


def renderings(document: Node) -> Iterator[tuple[Path, str]]:
    """Yield each file, relative to the folder of the renderings, and its text."""
    for version in ("3.1", "3.0.3"):
        yield from _openapi(document, f"openapi-{version}")
    for region in _regions(document):
        yield (
            Path(region.lower(), "swagger-2.0.apikey.json"),
            rendered(document, "swagger-2.0", region, Auth.APIKEY),
        )
        yield (
            Path("postman", f"{region.lower()}.postman_environment.json"),
            rendered(document, "postman-environment", region),
        )
    yield (
        Path("power-platform", "apiProperties.json"),
        rendered(document, "connector-properties"),
    )
    yield (
        Path("postman", "enboarder.postman_collection.json"),
        rendered(document, "postman"),
    )
    yield Path("errors.json"), rendered(document, "errors")


def _openapi(document: Node, name: str) -> Iterator[tuple[Path, str]]:
    yield Path(f"{name}.json"), rendered(document, name)
    for region in _regions(document):
        for auth in Auth:
            text = rendered(document, name, region, auth)
            yield Path(region.lower(), f"{name}.{auth}.json"), text


def _regions(document: Node) -> list[str]:
    return [server["x-region"] for server in document["servers"]]
