"""Write docs/project/portability.md: what was proved, row by row, and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from scripts.lab.page import table
from scripts.lab.portability.trial import Row, Trial
from scripts.layout import PROJECT_PAGES

PAGE = PROJECT_PAGES / "portability.md"
HEAD = """\
<!-- Written by `nox -s portability`. Do not edit. -->

# Portability: the contract in other languages

Each row was generated from a file of the contract, compiled or type-checked, and run
against the [mock](../guides/mock.md), which checks paths, bodies and credentials. The
last four generate no code: they read a file when they run. All rows passed on {day}.
`nox -s portability` repeats this on Debian as root: it installs what is missing into
`.portability/` and from Debian, and fails if one row fails.
`nox -s portability -- NAME` repeats one row.

**What every row with a client shows**

- Every operation of the file has a method. openapi-generator can overwrite one class
  with another, and reports it only in its log (`FILEPATH_COLLISION`); that fails the
  row.
- Three launches of a workflow are accepted, with the start date in the body and
  exactly the right credential header, without another credential next to it: `apikey:
  KEY`, `Authorization: Bearer TOKEN` (what OpenAPI's `oauth2` means) and
  `Authorization: TOKEN` (the documented sample, scheme `accessToken`). With a wrong
  key, the client raises or returns its own error with the status, 403. `bravado` reads
  Swagger 2.0, which exists for the key only.
- An update of two members sends these two and nothing else, and a launch sends only
  what was set. `hey-api`, `python`, `bravado` and `fastmcp` also send an enum.

**What the other two rows show**

- `bruno` imports a file for each credential and the whole contract, with every
  operation as a request. A launch and a page of rows are accepted with the imported
  bodies and the credential in a variable, and refused with a wrong key. The imported
  requests would ask for a token at the token URL of the file's region; those of the
  whole contract, at an address that leads nowhere.
- `arazzo-runner` runs [the journeys](../guides/contract.md#journeys) with both
  credentials. The export ends with the last page.

**What to watch for**, seen in generated code and in requests

- **NSwag sends members that nobody set**: the first value of an enum, 0, the year 1.
  An update of the name alone also sent `"chnl":"mob","nhstdt":"0001-01-01"`. Generate
  with `/generateOptionalPropertiesAsNullable:true`.
- Java (openapi-generator) sends a list that nobody set as an empty list; what an
  empty list in an update does is not documented. Generate with
  `containerDefaultToNull=true`.
- Ruby (openapi-generator) applies every scheme of an operation, also one without a
  value. On the whole contract the unset token without a prefix removes
  `Authorization: Bearer`, and no credential is sent. Take a file for one credential
  from `openapi/renderings/`.
- `typescript-fetch` sends `accessToken` unchanged, without `Bearer`, and an `apiKey`
  that is a plain string also goes into `Authorization`. Give a function of the
  header's name, or take a file for one credential.
- Where the reply is not documented, typed clients return whatever JSON arrives:
  `getProfilePhoto`, `setProfilePhoto`, `updateProfile`, `deleteProfile` and their
  twins. If a photo arrives as an image, read the raw response there.
- **Token URLs.** One file can name one token URL, and the whole contract has four
  regions. Bruno, switched to another environment, would have sent the client secret to
  the region of the file. So `tokenUrl` in a file for all regions leads nowhere. Take
  the file of your region, or set the token URL yourself.
- FastMCP has a tool for each operation, also for those that message people and cannot
  be undone. Give a language model only those that it may use.
- arazzo-runner reads no parameters of a whole journey, so each step has the credential.
- Redocly's TypeScript `configure` adds a credential to those that are set. Build one
  client for each credential.

**What no row shows**: the live service, requests of the other operations, and how to
get a token (each program is given one).
"""
TOOLS = """\
## Tools

Versions from npm are pinned in `scripts/npm/` and `scripts/lab/portability/npm/`, those
from the Python package index in `scripts/lab/portability/tools.py`; Debian's are those
that it served.
"""
COLUMNS = [
    "row",
    "language",
    "generator",
    "generated from",
    "operations",
    "compiled by, run by",
    "credentials are given by",
    "not shown",
]


def write(proved: Iterable[tuple[Row, Trial]], tools: Mapping[str, str]) -> None:
    """Write the page."""
    rows = [_cells(row, trial) for row, trial in proved]
    versions = [[name, version] for name, version in tools.items()]
    parts = [
        HEAD.format(day=date.today()),
        table(COLUMNS, rows),
        "",
        TOOLS,
        table(["tool", "version"], versions),
    ]
    PAGE.write_text("\n".join(parts) + "\n", "utf-8")


def _cells(row: Row, trial: Trial) -> list[str]:
    sources = [f"`{source}`" for source in trial.sources]
    return [
        f"`{row.name}`",
        row.language,
        row.generator,
        "<br>".join(sources),
        "<br>".join(trial.counted),
        row.checked,
        row.credentials,
        row.limits,
    ]
