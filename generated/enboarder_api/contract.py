# Generated from openapi/enboarder.yaml (contract 0.1.0)
# by openapi-python-client 0.29.1.
# Do not edit: change the contract or scripts/templates, then run `make generate`.

"""The constants of the contract."""

from collections.abc import Mapping
from enum import StrEnum

CONTRACT_VERSION = "0.1.0"
DATE_FORMAT = "YYYY-MM-DD"


class Region(StrEnum):
    """The data region of an account; it decides the host."""

    AU = "AU"
    EU = "EU"
    US = "US"
    CA = "CA"


HOSTS: Mapping[str, str] = {
    "AU": "https://api.syd.e1.enboarder.com",
    "EU": "https://api.fra.e1.enboarder.com",
    "US": "https://api.ore.e1.enboarder.com",
    "CA": "https://api.can.e1.enboarder.com",
}

TOKEN_URLS: Mapping[str, str] = {
    "AU": "https://auth.syd.e1.enboarder.com/oauth2/token",
    "EU": "https://auth.fra.e1.enboarder.com/oauth2/token",
    "US": "https://auth.ore.e1.enboarder.com/oauth2/token",
}
"""A region that is missing here has no published token URL."""

SCOPES: tuple[str, ...] = (
    "api/workflow.basic",
    "api/workflow.advance",
    "api/settings.all",
)
TOKEN_LIFETIME_SECONDS = 3600
API_KEY_HEADER = "apikey"
TOKEN_HEADER = "Authorization"
WARNING_HEADER = "X-Enboarder-Warning"
CURSOR_NAME = "nextKey"
