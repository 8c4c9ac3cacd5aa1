"""Settle open questions of the API with your own account, by reads alone: `python scripts/verify.py [--yes]`.

It takes the variables that `Enboarder.from_env()` reads, and prints a report (Markdown) to send in as evidence: statuses,
names of headers, types and lengths; no value, no name of a member that the contract lacks, nothing of the credential.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, NamedTuple
from urllib.parse import quote

import httpx

import enboarder
from enboarder import Enboarder, EnboarderError, RetryPolicy
from enboarder.contract import whole
from enboarder_api.contract import API_KEY_HEADER, TOKEN_HEADER
from enboarder_api.operations import OPERATIONS
from shapes import names_in, shape

MADE_UP = "made-up-by-enboarder-verify"
MOST_LISTS = 5  # forms, and workflows, that are asked for rows until one has some
ABOUT = """It sends about 20 GET requests, and changes nothing. An OAuth2 client also asks for a token, as always."""
WRONG = f"""One request more may carry a wrong credential: GET, with {MADE_UP!r} as key or token. It names neither your
account nor your client, so that neither can be locked for it; a guard of the network could count it against your address."""
SECRETS = ("ENBOARDER_API_KEY", "ENBOARDER_CLIENT_ID", "ENBOARDER_CLIENT_SECRET")


class Seen(NamedTuple):
    """What came back to a request; what is told of it holds no value."""

    sent: str
    status: int | None = None
    headers: Mapping[str, str] = {}
    content: bytes = b""
    error: EnboarderError | httpx.HTTPError | None = None

    @property
    def body(self) -> Any:
        try:
            return json.loads(self.content)
        except (ValueError, RecursionError):
            return None

    def lines(self, known: set[str]) -> Iterator[str]:
        yield f"- sent: {self.sent}"
        if self.status is None:
            yield f"- seen: no answer ({type(self.error).__name__})"
            return
        yield f"- seen: status {self.status}; headers {', '.join(sorted({name.lower() for name in self.headers}))}"
        if self.body is None:
            yield f"- body: no JSON, {len(self.content)} bytes"
        else:
            yield from (f"  - `{line}`" for line in shape([self.body], known))


def only_get(request: httpx.Request) -> None:
    """Raise for everything that could change something."""
    if request.method != "GET":
        raise RuntimeError(f"verify sends nothing but GET, and was about to send {request.method}")


class Account:
    """Reads with the credential of the environment; without it, or with another, only what was read with it before."""

    def __init__(self, environ: Mapping[str, str]) -> None:
        self.by_key = bool(environ.get("ENBOARDER_API_KEY"))
        self.signed: httpx.Request | None = None
        hooks = {"request": [only_get, self._learn]}
        self.client = Enboarder.from_env(environ, retry=RetryPolicy(attempts=1), event_hooks=hooks)
        self.bare = httpx.Client(event_hooks={"request": [only_get]}, timeout=30)

    def _learn(self, request: httpx.Request) -> None:
        self.signed = self.signed or request

    @property
    def header(self) -> str:
        return API_KEY_HEADER if self.by_key else TOKEN_HEADER

    @property
    def value(self) -> str:
        """The key, or the token, as it was sent."""
        return self.signed.headers[self.header] if self.signed else ""

    def path(self, name: str, *, other: bool = False) -> str:
        """The path of an operation for this credential, or for the other one."""
        path = OPERATIONS[name].key_path if self.by_key != other else OPERATIONS[name].token_path
        assert path is not None
        return path

    def get(self, path: str, item: str = "", **query: str) -> Seen:
        sent = f"`GET {path}`" + (f" with {', '.join(f'`{name}=`' for name in query)}" if query else "")
        try:
            answer = self.client.request("GET", re.sub(r"\{\w+\}", quote(item, safe=""), path), params=query)
        except EnboarderError as error:
            found = getattr(error, "answer", None)
            return Seen(sent, found.status, found.headers, found.content) if found else Seen(sent, error=error)
        return Seen(sent, answer.status, answer.headers, answer.content)

    def first_read_with(self, told: str, headers: Mapping[str, str]) -> Seen:
        """The first read once more, with these headers instead of the credential."""
        assert self.signed is not None
        sent = f"`GET {self.path('reports.get_forms')}`, {told}"
        try:
            answer = self.bare.get(self.signed.url, headers=headers)
        except httpx.HTTPError as error:
            return Seen(sent, error=error)
        return Seen(sent, answer.status_code, answer.headers, answer.content)


def findings(account: Account, forms: Seen, *, wrong: bool) -> Iterator[tuple[str, list[Seen]]]:
    """Each question, and what was seen."""
    yield "Does the credential work as the contract has it?", [forms]
    if not account.by_key:
        bearer = account.first_read_with("`Bearer` before the token", {TOKEN_HEADER: f"Bearer {account.value}"})
        yield "Is `Bearer` accepted?", [bearer]
    yield "What does an absent credential get?", [account.first_read_with("no credential", {})]
    if wrong:
        told = f"a made-up value in `{account.header}`"
        yield "What does a wrong credential get?", [account.first_read_with(told, {account.header: MADE_UP})]
    yield "Does the other family's path take it?", [account.get(account.path("reports.get_forms", other=True))]
    workflows = account.get(account.path("reports.get_workflows"))
    yield "What is in the list of workflows?", [workflows]
    yield from rows(account, "forms", forms, "reports.get_form_data")
    yield from rows(account, "workflows", workflows, "reports.get_workflow_data")
    version = "v1" if account.by_key else "v2"
    bases = ("", f"/restapi/{version}", "/settings")
    yield "Which base path do the settings have?", [account.get(f"{base}/brand/all") for base in bases]
    prefixes = ("/scim/v2", "/scim")
    yield "Which prefix does SCIM have?", [account.get(f"{base}/ServiceProviderConfig") for base in prefixes]


def rows(account: Account, kind: str, listed: Seen, operation: str) -> Iterator[tuple[str, list[Seen]]]:
    """The rows of the first in a list that has some, and its second page."""
    path, page, items = account.path(operation), None, []
    ids = [item["id"] for item in _items(listed) if isinstance(item, dict) and isinstance(item.get("id"), str)]
    for item in ids[:MOST_LISTS]:
        page = account.get(path, item)
        if items := _items(page):
            break
    if page is None:
        return
    yield f"What is in the rows of {kind}?", [page]
    cursor = page.body.get("nextKey") if isinstance(page.body, dict) else None
    if isinstance(cursor, str) and cursor:
        second = account.get(path, item, nextKey=cursor)
        same = "the same" if _items(second)[:1] == items[:1] else "another"
        yield f"Does `nextKey` lead to the next page of {kind}? (Its first row is {same}.)", [second]


def _items(seen: Seen) -> list[Any]:
    found = seen.body.get("items") if isinstance(seen.body, dict) else seen.body
    return found if isinstance(found, list) else []


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
