"""The contract for other tools: as OpenAPI 3.1 and 3.0.3, Swagger 2.0 and a Postman collection, whole or for one account.

`export("openapi-3.0.3", region="EU", auth="apikey")` is the text of a file; `FORMATS` lists what there is. Many importers
keep only the first server and the first credential of a file, hence a file with one of each.
"""

from .document import Auth, operations, whole
from .formats import FORMATS, ExportRefused, Format, export

__all__ = ["FORMATS", "Auth", "ExportRefused", "Format", "export", "operations", "whole"]
