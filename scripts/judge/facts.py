"""What the sources say; `claims` compares the contract with it.

The lists are typed from the facts, not from the contract. The articles are 4151199 for
hosts, token URLs and scopes; 4151224, 4151298, 4151242, 4151317 and 4151332 for the
workflow engine; 5663638 for profiles; 3844217, 4151234 and 4151230 for reports; 5890669
for SCIM; 9595185 for brands. Add a new fact here and to the contract.
"""

from __future__ import annotations

HOSTS = {
    "AU": "https://api.syd.e1.enboarder.com",
    "EU": "https://api.fra.e1.enboarder.com",
    "US": "https://api.ore.e1.enboarder.com",
    "CA": "https://api.can.e1.enboarder.com",
}
TOKEN_URLS = {
    "AU": "https://auth.syd.e1.enboarder.com/oauth2/token",
    "EU": "https://auth.fra.e1.enboarder.com/oauth2/token",
    "US": "https://auth.ore.e1.enboarder.com/oauth2/token",
}
NOWHERE = "https://token-url-of-your-region.invalid/oauth2/token"
"""What `tokenUrl` holds in a file for all regions: no host can have this name."""

HOST_ARTICLES = {
    4151199: {"AU", "EU", "US", "CA"},
    4151224: {"AU", "EU", "US", "CA"},
    4151298: {"AU", "EU", "US", "CA"},
    4151317: {"AU", "EU", "US", "CA"},
    5663638: {"AU", "EU", "US", "CA"},
    3844217: {"AU", "EU", "US", "CA"},
    4151230: {"AU", "CA"},
    4151332: {"EU", "US", "CA"},
    5890669: {"EU", "US", "CA"},
}
"""The regions whose host an article shows.

5890669 prints that of Australia without `.e1`.
"""
SCOPES = ["api/workflow.basic", "api/workflow.advance", "api/settings.all"]
OTHER_HOSTS = {
    "enboarder.com",
    "help.enboarder.com",
    "token-url-of-your-region.invalid",
    "static.enboarder.net",
    "www.rfc-editor.org",
}
"""Names in samples and links, to which nothing is ever sent."""

KEY_OPERATIONS = {
    ("POST", "/restapi/v1/startwf/basic"),
    ("POST", "/restapi/v1/startwf/advance"),
    ("POST", "/restapi/v1/startwf/bulkadvance"),
    ("PUT", "/restapi/v1/updatewf"),
    ("POST", "/restapi/v1/cancelwf"),
    ("POST", "/restapi/v1/profile"),
    ("PUT", "/restapi/v1/profile/{id}"),
    ("GET", "/restapi/v1/profile/{id}"),
    ("DELETE", "/restapi/v1/profile/{id}"),
    ("PUT", "/restapi/v1/profile/{id}/photo"),
    ("GET", "/restapi/v1/profile/{id}/photo"),
    ("GET", "/restapi/v1/profile/{id}/workflows"),
    ("GET", "/reports/workflows"),
    ("GET", "/reports/workflows/{id}/properties"),
    ("GET", "/reports/workflows/{id}/data"),
    ("GET", "/reports/forms"),
    ("GET", "/reports/forms/{id}/properties"),
    ("GET", "/reports/forms/{id}/data"),
}
TOKEN_OPERATIONS = {
    ("POST", "/restapi/v2/startwf/basic"),
    ("POST", "/restapi/v2/startwf/advance"),
    ("POST", "/restapi/v2/startwf/bulkadvance"),
    ("PUT", "/restapi/v2/updatewf"),
    ("POST", "/restapi/v2/cancelwf"),
    ("POST", "/restapi/v2/profile"),
    ("PUT", "/restapi/v2/profile/{id}"),
    ("GET", "/restapi/v2/profile/{id}"),
    ("DELETE", "/restapi/v2/profile/{id}"),
    ("PUT", "/restapi/v2/profile/{id}/photo"),
    ("GET", "/restapi/v2/profile/{id}/photo"),
    ("GET", "/restapi/v2/profile/{id}/workflows"),
    ("GET", "/reports/v2/workflows"),
    ("GET", "/reports/v2/workflows/{id}/properties"),
    ("GET", "/reports/v2/workflows/{id}/data"),
    ("GET", "/reports/v2/forms"),
    ("GET", "/reports/v2/forms/{id}/properties"),
    ("GET", "/reports/v2/forms/{id}/data"),
}
SHARED_OPERATIONS = {
    ("GET", "/scim/v2/ServiceProviderConfig"),
    ("GET", "/scim/v2/ResourceTypes"),
    ("GET", "/scim/v2/Schemas"),
    ("GET", "/scim/v2/Users"),
    ("POST", "/scim/v2/Users"),
    ("GET", "/scim/v2/Users/{id}"),
    ("PUT", "/scim/v2/Users/{id}"),
    ("DELETE", "/scim/v2/Users/{id}"),
    ("GET", "/brand/all"),
    ("GET", "/brand/byid/{id}"),
    ("GET", "/brand/byname/{name}"),
}

NO_CONTACT = 'Atleast one of the fields is required ["nheml","nhmob","nhmobeml"]'
CHANGED = "Workflow updated successfully for externalid [ENT-68736879-0001]"
NOT_FOUND = "Error: externalid [ENT-68736879-0005] not found"
NO_CHANNEL = "Employee preferred channel is mobile while mobile not provided"
NEITHER = "Both Email and mobile number are missing or invalid"

MESSAGES = (
    "ok",
    NO_CONTACT,
    CHANGED,
    NOT_FOUND,
    NO_CHANNEL,
    NEITHER,
    "Profile Created",
    "Mandatory fields are missing",
    "First Name is missing",
    "mobile number is invalid",
    "Profile with ID 3f01-b339-82327fead70b already exists",
    "Brand item with 'id' does not exist",
    # The gateway that the hosts look like has these.
    "Unauthorized",
    "Forbidden",
    "Missing Authentication Token",
    "Too Many Requests",
)
"""Every text that a reply is known to have."""

KEY = {"type": "apiKey", "in": "header", "name": "apikey"}
BARE_TOKEN = {"type": "apiKey", "in": "header", "name": "Authorization"}
