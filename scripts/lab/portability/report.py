"""docs/portability.md: what was proved, row by row, and what was not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from .tools import ROOT
from .trial import Row, Trial

PAGE = ROOT / "docs" / "portability.md"
HEAD = """\
<!-- Written by `make portability`. Do not edit. -->

# Portability: the contract in other languages

Each row was generated from a file of the contract, compiled or type-checked, and run against the [mock](mock.md), which checks
paths, bodies and credentials. All rows passed on {day}. `make portability` repeats it on Debian as root: it installs what is missing
into `.portability/` and from Debian, and fails when one row does. One row: `.venv/bin/python -m scripts.portability NAME`.

**What every row shows**

- Every operation of the file has a method in the generated code. openapi-generator can overwrite one class with another, and
  says so only in its log (`FILEPATH_COLLISION`); that fails the row.
- Three launches of a workflow, with the start date in the body, and the credential header exactly as it has to be, with no other
  credential beside it: `apikey: KEY`, `Authorization: Bearer TOKEN` (what OpenAPI's `oauth2` means) and `Authorization: TOKEN`
  (the documented sample, scheme `accessToken`) are accepted. With a wrong key, the client raises or returns its own error with
  the status, 403.
- An update of two members sends these two and nothing else, and a launch only what was set.

**What to watch for**, seen in generated code and on the wire

- **NSwag sends members that nobody set**: the first value of an enum, 0, the year 1. An update of the name alone sent
  `"chnl":"mob","nhstdt":"0001-01-01"` with it. Generate with `/generateOptionalPropertiesAsNullable:true`.
- Java (openapi-generator) sends a list that nobody set as an empty one; what an empty list of an update does is not documented.
  Generate with `containerDefaultToNull=true`.
- Ruby (openapi-generator) applies every scheme of an operation, also one without a value: on the whole contract the bare token
  that nobody set removes `Authorization: Bearer`, and no credential is sent. Take a file for one credential from
  `openapi/renderings/`.
- `typescript-fetch` sends `accessToken` as it is, without `Bearer`; and an `apiKey` that is a plain string goes into
  `Authorization` as well. Give a function of the header's name, or take a file for one credential.
- Where the reply is not documented, typed clients give back whatever JSON arrives: `getProfilePhoto`, `setProfilePhoto`,
  `updateProfile`, `deleteProfile` and their twins. If a photo arrives as an image, read the raw response there.
- Redocly's TypeScript `configure` adds a credential to the ones that are set. Make one client for each credential.

**What no row shows**: the live service, the other operations on the wire, and how to get a token (each program is given one).
"""


def write(proved: Iterable[tuple[Row, Trial]], tools: Mapping[str, str]) -> None:
    """Write the page."""
    rows = list(proved)
    PAGE.write_text("\n".join([HEAD.format(day=date.today()), *_matrix(rows), "", *_tools(tools)]) + "\n", "utf-8")


def _matrix(rows: list[tuple[Row, Trial]]) -> Iterable[str]:
    yield "| row | language | generator | generated from | operations | compiled by, run by | credentials are given by | not shown |"
    yield "| --- | --- | --- | --- | --- | --- | --- | --- |"
    for row, trial in rows:
        sources = "<br>".join(f"`{source}`" for source in trial.sources)
        cells = (f"`{row.name}`", row.language, row.generator, sources, "<br>".join(trial.counted), row.checked)
        yield f"| {' | '.join((*cells, row.credentials, row.limits))} |"


def _tools(tools: Mapping[str, str]) -> Iterable[str]:
    yield "## Tools\n"
    yield "Versions from npm and PyPI are pinned in `scripts/portability/`; Debian's are those that it served.\n"
    yield "| tool | version |\n| --- | --- |"
    for name, version in tools.items():
        yield f"| {name} | {version} |"
