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

Each row of the table is a client in another language, or a tool that reads the
contract when it runs. A client was generated from a file of the contract and compiled
or type-checked. Each ran against the [mock](../guides/mock.md), which checks paths,
bodies and credentials. All rows passed on {day}.
`nox -s portability` repeats this on Debian as root. It installs missing tools into
`.portability/` and from Debian, and fails if one row fails.
`nox -s portability -- NAME` repeats one row.

**What every row shows**, except `bruno` and `arazzo-runner`

- Every operation of the file has a method, a tool or a request. openapi-generator
  can overwrite one class with another and reports this only in its log
  (`FILEPATH_COLLISION`); in that case, the row fails.
- The mock accepts three launches of a workflow. Each has the start date in its body
  and exactly one credential header: `apikey: KEY`, `Authorization: Bearer TOKEN` (the
  meaning of OpenAPI's `oauth2`) or `Authorization: TOKEN` (the documented sample,
  scheme `accessToken`). With a wrong key, the client raises or returns its own error
  with the status 403. `bravado` reads Swagger 2.0, which exists for the key only.
- An update of two members sends only these two, and a launch sends only the members
  that the program set. `hey-api`, `python`, `bravado` and `fastmcp` also send an enum.

**What the other two rows show**

- `bruno` imports the file of each credential and the whole contract, and has every
  operation as a request. The mock accepts a launch and a page of rows with the imported
  bodies and the credential in a variable, and refuses them with a wrong key. Bruno
  would ask for a token at the token URL of the file's region.
- `arazzo-runner` runs [the journeys](../guides/contract.md#journeys) with both
  credentials, and the export ends with the last page.

**What to watch for** in generated code and its requests

- **NSwag sends members that nobody set**: the first value of an enum, 0, the year 1.
  An update of the name alone also sent `"chnl":"mob","nhstdt":"0001-01-01"`. Generate
  with `/generateOptionalPropertiesAsNullable:true`.
- Java (openapi-generator) sends an empty list where the program set none; what an
  empty list does in an update is not documented. Generate with
  `containerDefaultToNull=true`.
- Ruby (openapi-generator) applies every security scheme of an operation, even one
  without a value. With the whole contract, the empty `accessToken` replaces
  `Authorization: Bearer`, so no credential is sent. Use a file for one credential from
  `openapi/renderings/`.
- `typescript-fetch` sends `accessToken` without `Bearer`, and it also sends a plain
  string `apiKey` in `Authorization`. Pass a function that takes the header's name, or
  use a file for one credential.
- The replies to `getProfilePhoto`, `setProfilePhoto`, `updateProfile`,
  `deleteProfile` and their twins are not documented, so typed clients return any JSON
  that arrives. If a photo arrives as an image, read the raw response.
- **Token URLs**: a file can name one, and the whole contract has four regions. Bruno
  keeps that one when you switch the environment, so the client secret would go to
  another region. In the files for all regions, `tokenUrl` therefore leads nowhere. Use
  the file of your region, or set the token URL yourself.
- FastMCP makes a tool of every operation, including those that message people and
  cannot be undone. Give a language model only the tools that it may use.
- arazzo-runner ignores the parameters of a whole journey, so each step has its own.
- Redocly's TypeScript `configure` adds a credential and keeps the earlier ones. Build
  one client for each credential.

**What no row shows**: how the live service answers, the requests of the other
operations, and how to get a token (each program gets one from outside).
"""
TOOLS = """\
## Tools

`scripts/npm/` and `scripts/lab/portability/npm/` pin the versions from npm, and
`scripts/lab/portability/tools.py` those from the Python package index. The versions
from Debian are the ones of that day.
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
