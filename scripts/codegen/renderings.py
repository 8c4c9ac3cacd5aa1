"""Render the contract in other formats, for openapi/renderings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from enboarder.contract import Auth, export
from enboarder_api.contract import Region


def renderings() -> Iterator[tuple[Path, str]]:
    """Yield each file, relative to the folder of the renderings, and its text."""
    for version in ("3.1", "3.0.3"):
        yield from _openapi(f"openapi-{version}")
    for region in Region:
        yield (
            Path(region.lower(), "swagger-2.0.apikey.json"),
            export("swagger-2.0", region=region),
        )
        yield (
            Path("postman", f"{region.lower()}.postman_environment.json"),
            export("postman-environment", region=region),
        )
    yield (
        Path("power-platform", "apiProperties.json"),
        export("connector-properties"),
    )
    yield Path("postman", "enboarder.postman_collection.json"), export("postman")
    yield Path("errors.json"), export("errors")


def _openapi(name: str) -> Iterator[tuple[Path, str]]:
    yield Path(f"{name}.json"), export(name)
    for region in Region:
        for auth in Auth:
            text = export(name, region=region, auth=auth)
            yield Path(region.lower(), f"{name}.{auth}.json"), text
