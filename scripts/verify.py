"""Answer open questions of the API with your own account and read-only requests.

It reads the variables that `Enboarder.from_env()` reads, and prints a report (Markdown)
to send in as evidence: statuses, names of headers, types and lengths. The report holds
no value, no name of a member that the contract lacks, and nothing of the credential.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from typing import TypeAlias

from enboarder import EnboarderError
from scripts.account import report
from scripts.account.questions import MOST_REQUESTS, WRONG_VALUE, findings
from scripts.account.reader import AccountReader

ABOUT = f"""\
This sends at most {MOST_REQUESTS} GET requests, and changes nothing. An OAuth2 client
also asks for a token, as always."""

WRONG = f"""\
One more GET request may carry a wrong credential: {WRONG_VALUE!r} as key or token. It
names neither your account nor your client, so neither can be locked because of it. A
guard of the network could count it against your address."""


Ask: TypeAlias = Callable[[str], str]
"""Asks the person a question, and returns the answer."""


def main(arguments: Sequence[str] | None = None, ask: Ask = input) -> int:
    """Ask for consent, send the requests, and print the report."""
    parser = argparse.ArgumentParser(prog="make verify", description=__doc__)
    parser.add_argument(
        "--yes",
        action="store_true",
        help="send without asking, also the wrong credential",
    )
    yes: bool = parser.parse_args(arguments).yes
    environ = dict(os.environ)
    try:
        account = AccountReader(environ)
    except EnboarderError as error:
        say(f"nothing was sent: {error}. README.md lists the variables")
        return 2
    with account.client, account.bare:
        say(ABOUT)
        if not yes and not agrees("Send them?", ask):
            say(
                "nothing was sent; without a terminal, add --yes "
                "(make verify ARGS=--yes)"
            )
            return 2
        say(WRONG)
        wrong = yes or agrees("Send that one, too?", ask)
        forms = account.get(account.path("reports.get_forms"))
        if account.signed is None:
            say(f"no request could be signed: {forms.error}")
            return 1
        text = report.write(environ, findings(account, forms, wrong=wrong))
    if report.holds_credential(text, environ, account.value):
        say(
            "the report would hold a part of the credential, so it is not shown; "
            "please report this"
        )
        return 1
    print(text)
    return 0


def agrees(question: str, ask: Ask) -> bool:
    """Ask a question; no answer is a no."""
    try:
        answer = ask(f"{question} [y/N] ")
    except EOFError:
        return False
    return answer.strip().lower() in ("y", "yes")


def say(text: str) -> None:
    """Talk to the person, apart from the report."""
    print(text, file=sys.stderr)


if __name__ == "__main__":
    raise SystemExit(main())
