"""The contract for other tools, whole or for one account.

`export("openapi-3.0.3", region="EU", auth="apikey")` returns the text of a file.
`FORMATS` lists the formats: OpenAPI 3.1 and 3.0.3, Swagger 2.0, a Postman collection
and more. Many importers use only the first server and the first credential of a file.
For these importers, there are files with one of each.
"""

from typing import TYPE_CHECKING

from ..lazy import lazy_names

if TYPE_CHECKING:
    from .document import Auth, operations, whole
    from .formats import FORMATS, ExportRefused, Format, export

__all__ = [
    "FORMATS",
    "Auth",
    "ExportRefused",
    "Format",
    "export",
    "operations",
    "whole",
]

# The names are imported on first use: `contract.walk` must be importable before the
# package `enboarder_api` is generated, and `formats` needs that package.
_MODULES = {
    "FORMATS": "formats",
    "Auth": "document",
    "ExportRefused": "formats",
    "Format": "formats",
    "export": "formats",
    "operations": "document",
    "whole": "document",
}


# With this function, a type checker would accept any name.
if not TYPE_CHECKING:
    __getattr__ = lazy_names(__name__, _MODULES)


def __dir__() -> list[str]:
    """List the public names, including those that are not imported yet."""
    return sorted({*globals(), *__all__})
