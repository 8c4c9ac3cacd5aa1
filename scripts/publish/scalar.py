"""Write the page on which Scalar shows the contract; it sends nothing to anybody."""

from __future__ import annotations

import json
from typing import Any

from scripts.npm import node

PACKAGE = node.PACKAGES / "@scalar" / "api-reference"
PROGRAM = PACKAGE / "dist" / "browser" / "standalone.js"

# They keep Scalar from asking any host, and a reader from sending a real key.
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
    """Return the page, with the whole contract in it."""
    settings = json.dumps({**SILENT, "content": document})
    # A closing tag inside a text of the contract would end the script.
    return REFERENCE.replace("{settings}", settings.replace("</", "<\\/"))
