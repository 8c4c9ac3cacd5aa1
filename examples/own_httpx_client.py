"""Use the credential of this package in your own httpx client.

    python own_httpx_client.py /reports/v2/forms

The credential fetches, shares and renews the token. Use this if you already have a
client (with its proxy, its hooks, its tracing) and want only the authentication. What
the package promises about sending, retries and errors is then up to you.

It reads ENBOARDER_BASE_URL, the host of your region, and for an OAuth2 client
ENBOARDER_TOKEN_URL.
"""

from __future__ import annotations

import os
import sys

import httpx

from enboarder import ApiKey, ClientCredentials


def credential_from_environment() -> ApiKey | ClientCredentials:
    """Return the key if there is one, and the OAuth2 client otherwise."""
    key = os.environ.get("ENBOARDER_API_KEY")
    if key:
        return ApiKey(key)
    return ClientCredentials(
        os.environ["ENBOARDER_CLIENT_ID"],
        # A function is called for each token request, so the secret may change.
        lambda: os.environ["ENBOARDER_CLIENT_SECRET"],
        token_url=os.environ["ENBOARDER_TOKEN_URL"],
    )


def main() -> None:
    """Read one path, and print the size of the answer."""
    base_url = os.environ["ENBOARDER_BASE_URL"]
    auth = credential_from_environment().auth(base_url=base_url)
    with httpx.Client(base_url=base_url, auth=auth, timeout=30) as client:
        answer = client.get(sys.argv[1])
        answer.raise_for_status()
        kind = answer.headers["content-type"]
        print(f"{answer.status_code}, {len(answer.content)} bytes of {kind}")


if __name__ == "__main__":
    main()
