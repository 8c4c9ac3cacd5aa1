"""The page of the site on which Scalar shows the contract; it sends nothing to anybody."""

from __future__ import annotations

import json
from typing import Any

from environment import ROOT

PACKAGES = ROOT / "scripts" / "site"
PROGRAM = PACKAGES / "node_modules" / "@scalar" / "api-reference" / "dist" / "browser" / "standalone.js"

SILENT = {
    "agent": {"disabled": True},
    "documentDownloadType": "none",
    "hideClientButton": True,
    "hideTestRequestButton": True,
    "mcp": {"disabled": True},
    "persistAuth": False,
    "proxyUrl": "",
    "showDeveloperTools": "never",
    "telemetry": False,
    "withDefaultFonts": False,
}
"""What keeps Scalar from asking anybody for anything, and a reader from sending a real key out of a page."""

REFERENCE = """\
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Enboarder REST API, reference</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="assets/reference.css">
</head>
<body>
<nav id="back"><a href="index.html">enboarder: guides and Python reference</a></nav>
<main id="reference"></main>
<script src="assets/scalar.js"></script>
<script>Scalar.createApiReference("#reference", {settings})</script>
</body>
</html>
"""


def reference(document: dict[str, Any]) -> str:
    """The page, with the whole contract in it."""
    settings = json.dumps(SILENT | {"content": document}).replace("</", "<\\/")
    return REFERENCE.replace("{settings}", settings)
