"""Settle open questions of the API with your own account, by reads alone: `python scripts/verify.py [--yes]`.

It takes the variables that `Enboarder.from_env()` reads, and prints a report (Markdown) to send in as evidence:
statuses, names of headers, types and lengths; no value, no name of a member that the contract lacks, nothing of the
credential. scripts/questions.py has what it asks, scripts/account.py what can be asked.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime

import enboarder
from account import Account, Seen
from enboarder import EnboarderError
from enboarder.contract import whole
from questions import MADE_UP, findings
from shapes import names_in

ABOUT = """It sends at most 22 GET requests, and changes nothing. An OAuth2 client also asks for a token, as always."""
WRONG = f"""One request more may carry a wrong credential: GET, with {MADE_UP!r} as key or token. It names neither your
account nor your client, so that neither can be locked for it; a guard of the network could count it against your
address."""
SECRETS = ("ENBOARDER_API_KEY", "ENBOARDER_CLIENT_ID", "ENBOARDER_CLIENT_SECRET")


def report(environ: Mapping[str, str], found: Sequence[tuple[str, list[Seen]]]) -> str:
    known = names_in(whole())
    lines = ["# What an account answers", ""]
    lines.append(f"- date: {datetime.now(UTC).date()}")
    lines.append(f"- contract {enboarder.CONTRACT_VERSION}, enboarder {enboarder.__version__}")
    region = environ.get("ENBOARDER_REGION", "").strip().upper()
    lines.append(f"- region: {region or 'none, another base URL'}")
    lines.append(f"- credential: {'API key' if environ.get('ENBOARDER_API_KEY') else 'OAuth2 client'}")
    for question, answers in found:
        lines += ["", f"## {question}", ""]
        lines += [line for seen in answers for line in seen.lines(known)]
    return "\n".join(lines)


def agreed(question: str, ask: Callable[[str], str]) -> bool:
    try:
        return ask(f"{question} [y/N] ").strip().lower() in ("y", "yes")
    except EOFError:
        return False


def main(arguments: Sequence[str] | None = None, ask: Callable[[str], str] = input) -> int:
    parser = argparse.ArgumentParser(prog="make verify", description=__doc__)
    parser.add_argument("--yes", action="store_true", help="send without asking, the wrong credential too")
    chosen = parser.parse_args(arguments)
    environ = dict(os.environ)
    try:
        account = Account(environ)
    except EnboarderError as error:
        print(f"nothing was sent: {error}. README.md lists the variables", file=sys.stderr)
        return 2
    with account.client, account.bare:
        print(ABOUT, file=sys.stderr)
        if not chosen.yes and not agreed("Send them?", ask):
            print("nothing was sent; without a terminal, add --yes (make verify ARGS=--yes)", file=sys.stderr)
            return 2
        print(WRONG, file=sys.stderr)
        wrong = chosen.yes or agreed("Send that one, too?", ask)
        forms = account.get(account.path("reports.get_forms"))
        if account.signed is None:
            print(f"no request could be signed: {forms.error}", file=sys.stderr)
            return 1
        text = report(environ, list(findings(account, forms, wrong=wrong)))
    if any(secret in text for secret in [account.value, *filter(None, map(environ.get, SECRETS))]):
        print("the report would hold a part of the credential, so it is not shown; please report this", file=sys.stderr)
        return 1
    print(text)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
