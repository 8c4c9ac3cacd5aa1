"""Write the pages of the site that mkdocstrings fills from docstrings."""

from __future__ import annotations

from collections.abc import Iterator

TITLES = {
    "clients": "Clients",
    "resources": "Resources",
    "credentials": "Credentials and stores",
    "errors": "Errors",
}
OBJECTS = {
    "clients": (
        "enboarder.client.Enboarder",
        "enboarder.client.AsyncEnboarder",
        "enboarder.sending.retry.RetryPolicy",
    ),
    "resources": (
        "enboarder_api.api.workflows.WorkflowsResource",
        "enboarder_api.api.profiles.ProfilesResource",
        "enboarder_api.api.reports.ReportsResource",
        "enboarder_api.api.users.UsersResource",
        "enboarder.users.UsersResource",
        "enboarder.users.Upserted",
        "enboarder_api.api.brands.BrandsResource",
    ),
    "credentials": (
        "enboarder.auth.api_key.ApiKey",
        "enboarder.auth.client_credentials.ClientCredentials",
        "enboarder.auth.process_caches.clear_token_cache",
        "enboarder_api.contract.Region",
        "enboarder.stores.file.FileStore",
        "enboarder.stores.redis.RedisStore",
        "enboarder.stores.base.Store",
    ),
    "errors": ("enboarder.errors",),
}
"""What is on each page."""

# A client shows what it has from its bases, which are of no interest themselves.
CLIENT_OPTIONS = """
    options:
      inherited_members: true
      show_bases: false"""


def pages() -> Iterator[tuple[str, Iterator[str]]]:
    """Yield the name and the lines of each page."""
    for name in TITLES:
        yield f"python-{name}", _lines(name)


def _lines(name: str) -> Iterator[str]:
    yield f"# {TITLES[name]}"
    for path in OBJECTS[name]:
        options = CLIENT_OPTIONS if path.endswith("Enboarder") else ""
        yield f"::: {path}{options}"
