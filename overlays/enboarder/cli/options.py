"""Options that several commands have."""

from __future__ import annotations

from typing import Annotated

import typer

ProfileOption = Annotated[
    str | None,
    typer.Option("--profile", metavar="NAME", help="the profile in config.toml"),
]
RegionOption = Annotated[
    str | None,
    typer.Option("--region", metavar="REGION", help="AU, EU, US or CA; no default"),
]
BaseUrlOption = Annotated[
    str | None,
    typer.Option(
        "--base-url", metavar="URL", help="instead of a region: a proxy, or the mock"
    ),
]
SecretOption = Annotated[
    bool,
    typer.Option(
        "--secret-stdin",
        help="read the API key, or the client secret, from standard input",
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="print one JSON document")]
JsonLinesOption = Annotated[
    bool, typer.Option("--jsonl", help="print one JSON object per line")
]


def example(*commands: str) -> str:
    """Return the examples at the end of a help text, each on a line of its own."""
    lines = "\n".join(f"  {command}" for command in commands)
    return f"\b\nExample:\n{lines}"
