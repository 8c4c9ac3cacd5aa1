"""Your own httpx client, with the credential of this package: it fetches, shares and renews the token.

    python own_httpx_client.py /reports/v2/forms

For whoever has a client already (its proxy, its hooks, its tracing) and wants the authentication alone. What the package
promises of sending, retries and errors is then yours to do. It takes ENBOARDER_BASE_URL, the host of your region, and
for an OAuth2 client ENBOARDER_TOKEN_URL.
"""

from __future__ import annotations

import os
import sys

import httpx

from enboarder import ApiKey, ClientCredentials


def main() -> None:
    base_url = os.environ["ENBOARDER_BASE_URL"]
    credential: ApiKey | ClientCredentials
    if key := os.environ.get("ENBOARDER_API_KEY"):
        credential = ApiKey(key)
    else:
        credential = ClientCredentials(
            os.environ["ENBOARDER_CLIENT_ID"],
            lambda: os.environ["ENBOARDER_CLIENT_SECRET"],  # asked for anew when a token is: it may be rotated
            token_url=os.environ["ENBOARDER_TOKEN_URL"],
        )
    with httpx.Client(base_url=base_url, auth=credential.auth(base_url=base_url), timeout=30) as client:
        answer = client.get(sys.argv[1])
        answer.raise_for_status()
        print(f"{answer.status_code}, {len(answer.content)} bytes of {answer.headers['content-type']}")


if __name__ == "__main__":
    main()
