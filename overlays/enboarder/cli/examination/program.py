"""Run the checks, and print what they found without a secret."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from attrs import evolve

from .. import talk
from ..codes import ExitCode
from ..data import FORMAT
from ..settings import PREFIX
from .checks import Examination, machine
from .finding import Finding, Verdict
from .instruments import INSTRUMENTS, Instruments

if TYPE_CHECKING:
    from ..connection import Connection

SECRETS = ("API_KEY", "CLIENT_ID", "CLIENT_SECRET", "TOKEN_STORE")


def examine(
    connection: Connection,
    *,
    as_json: bool,
    may_probe: bool,
    instruments: Instruments = INSTRUMENTS,
) -> ExitCode:
    """Run the checks, print what they found, and return 4 if one failed.

    Args:
        connection: what the command line says.
        as_json: print a report to send to others.
        may_probe: send a refused credential to the other regions without asking.
        instruments: what the checks look with; for tests.
    """
    examination = Examination(connection, instruments)
    findings: list[Finding] = []
    for found in examination.findings():
        finding = _redacted(found, examination)
        findings.append(finding)
        if not as_json:
            print(_lines(finding), flush=True)
    others = examination.other_regions
    if others and (may_probe or _agrees(others)):
        findings.append(_redacted(examination.probe(), examination))
        if not as_json:
            print(_lines(findings[-1]))
    if as_json:
        print(_report(findings))
    has_failed = any(one.verdict is Verdict.FAILED for one in findings)
    return ExitCode.CREDENTIAL if has_failed else ExitCode.OK


def _agrees(others: Iterable[str]) -> bool:
    regions = ", ".join(others)
    if not talk.is_terminal():
        talk.say(
            "The credential may belong to another region. --probe-regions sends it "
            f"there ({regions}) to find out."
        )
        return False
    return talk.agrees(
        f"The credential may belong to another region. Send it to {regions}?"
    )


def _lines(finding: Finding) -> str:
    lines = [f"{finding.verdict:<10}{finding.check}: {finding.text}"]
    if finding.causes:
        lines.append(f"{'':<10}cause: {finding.cause}")
    if finding.fix:
        lines.append(f"{'':<10}fix: {finding.fix}")
    return "\n".join(lines)


def _report(findings: Iterable[Finding]) -> str:
    document: dict[str, Any] = {
        "format": FORMAT,
        **machine(),
        "checks": [
            {
                "check": one.check,
                "verdict": str(one.verdict),
                "finding": one.text,
                "causes": list(one.causes),
                "fix": one.fix,
            }
            for one in findings
        ],
    }
    return json.dumps(document, ensure_ascii=False, indent=2)


def _redacted(finding: Finding, examination: Examination) -> Finding:
    """Return what was found without the credential, and the user's name in paths."""
    text = finding.text
    for name in SECRETS:
        secret = examination.environ.reveal().get(f"{PREFIX}{name}", "")
        if secret:
            text = text.replace(secret, "***")
    return evolve(finding, text=text.replace(str(Path.home()), "~"))
