"""Write the report of `enboarder verify`, which holds no value of the account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from enboarder_api.contract import CONTRACT_VERSION

from ...contract import whole
from ...version import __version__
from .questions import Finding
from .shapes import described_names

SECRET_VARIABLES = (
    "ENBOARDER_API_KEY",
    "ENBOARDER_CLIENT_ID",
    "ENBOARDER_CLIENT_SECRET",
)


def write(environ: Mapping[str, str], findings: Iterable[Finding]) -> str:
    """Return the report as Markdown."""
    known = described_names(whole())
    region = environ.get("ENBOARDER_REGION", "").strip().upper()
    credential = "OAuth2 client"
    if environ.get("ENBOARDER_API_KEY"):
        credential = "API key"
    lines = [
        "# What an account answers",
        "",
        f"- date: {datetime.now(UTC).date()}",
        f"- contract {CONTRACT_VERSION}, enboarder {__version__}",
        f"- region: {region or 'none, another base URL'}",
        f"- credential: {credential}",
    ]
    for finding in findings:
        lines += ["", f"## {finding.question}", ""]
        for observation in finding.observations:
            lines.extend(observation.lines(known))
    return "\n".join(lines)


def holds_credential(text: str, environ: Mapping[str, str], sent: str) -> bool:
    """Tell whether a text holds a part of the credential, or what was sent of it."""
    secrets = [sent]
    for name in SECRET_VARIABLES:
        secrets.append(environ.get(name, ""))
    return any(secret in text for secret in secrets if secret)
