"""Answer open questions of the API with your own account and read-only requests.

The report (Markdown) is evidence to send in: statuses, names of headers, types and
lengths. It holds no value, no name of a member that the contract lacks, and nothing of
the credential.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import TypeAlias

from ...errors import EnboarderError
from ...hidden import Hidden
from .. import talk
from ..codes import ExitCode
from ..talk import say
from . import report
from .questions import MOST_REQUESTS, WRONG_VALUE, findings
from .reader import AccountReader

ABOUT = f"""\
This sends at most {MOST_REQUESTS} GET requests, and changes nothing. An OAuth2 client
also asks for a token, as always."""

WRONG = f"""\
One more GET request may carry a wrong credential: {WRONG_VALUE!r} as key or token. It
names neither your account nor your client, so neither can be locked because of it. A
guard of the network could count it against your address."""


Ask: TypeAlias = Callable[[str], str]
"""Asks the person a question, and returns the answer."""


def main(
    environ: Hidden[dict[str, str]] | None = None,
    *,
    yes: bool = False,
    ask: Ask = talk.ask,
) -> ExitCode:
    """Ask for consent, send the requests, and print the report.

    Args:
        environ: the client's variables; by default the process's own.
        yes: send without asking, also the wrong credential.
        ask: asks the person; for tests.
    """
    chosen = environ or Hidden(dict(os.environ))
    try:
        account = AccountReader(chosen.reveal())
    except EnboarderError as error:
        say(f"nothing was sent: {error}. `enboarder config explain` shows the settings")
        return ExitCode.USAGE
    with account.client:
        say(ABOUT)
        if not yes and not agrees("Send them?", ask):
            say(
                "nothing was sent; without a terminal, add --yes "
                "(make verify ARGS=--yes)"
            )
            return ExitCode.USAGE
        say(WRONG)
        wrong = yes or agrees("Send that one, too?", ask)
        forms = account.get(account.path("reports.get_forms"))
        if account.signed is None:
            say(f"no request could be signed: {forms.error}")
            return ExitCode.FAILURE
        text = report.write(chosen.reveal(), findings(account, forms, wrong=wrong))
    if report.holds_credential(text, chosen.reveal(), account.value):
        say(
            "the report would hold a part of the credential, so it is not shown; "
            "please report this"
        )
        return ExitCode.FAILURE
    print(text)
    return ExitCode.OK


def agrees(question: str, ask: Ask) -> bool:
    """Ask a question; no answer is a no."""
    try:
        answer = ask(f"{question} [y/N]")
    except EOFError:
        return False
    return answer.strip().lower() in ("y", "yes")
