"""Ids and secrets that hold more than letters and digits.

Basic sends them unchanged. RFC 6749, 2.3.1, wants them form-urlencoded first, but a
server that does not decode refuses what was encoded, and whether the service decodes is
not known. The ids and secrets that it is likely to issue hold letters, digits, `_` and
`+` only, of which only the `+` would differ. What two servers that decode make of other
characters is measured below. `client_auth="post"` carries all of them.
"""

from __future__ import annotations

import string
from typing import Any

import pytest

from enboarder import Enboarder, EnboarderError, TokenRefused
from tests.peers.peer import Peer, registered

pytestmark = pytest.mark.untraced

NO_CLIENT = "invalid_client"
READ_OTHERWISE: dict[tuple[str, str], dict[str, str]] = {
    # oidc-provider decodes a plus sign to a blank; Authlib decodes percent signs only.
    ("client_id", "a+z"): {"oidc-provider": NO_CLIENT},
    ("client_secret", "a+z"): {"oidc-provider": NO_CLIENT},
    ("client_id", "a%z"): {"oidc-provider": "invalid_request"},
    ("client_secret", "a%z"): {"oidc-provider": "invalid_request"},
    ("client_id", "a%2Bz"): {"authlib": NO_CLIENT, "oidc-provider": NO_CLIENT},
    ("client_secret", "a%2Bz"): {"authlib": NO_CLIENT, "oidc-provider": NO_CLIENT},
}
TEXTS = [
    "a+z",
    "a%z",
    "a%2Bz",
    "a:z",
    "a/z",
    "a=z",
    "a&z",
    "a~z",
    "a?z#",
    '"a\\z"',
    string.ascii_letters + "_.-09",
]
BOTH = [(place, text) for place in ("client_id", "client_secret") for text in TEXTS]
# Basic cannot carry it.
COLON = ("client_id", "a:z")


def refusal(peer: Peer, **settings: Any) -> str | None:
    """Return the code of the server's refusal; None if it issues a token."""
    credential = registered(peer, **settings).credential(peer)
    try:
        with Enboarder(credential, base_url=peer.url) as enboarder:
            enboarder.reports.get_forms()
    except TokenRefused as error:
        return error.code
    return None


@pytest.mark.parametrize(("place", "text"), BOTH)
def test_post_takes_every_character(peer: Peer, place: str, text: str) -> None:
    """A form is encoded, and every server decodes it."""
    assert refusal(peer, client_auth="post", **{place: text}) is None


@pytest.mark.parametrize(("place", "text"), [case for case in BOTH if case != COLON])
def test_basic_takes_what_is_read_alike_with_and_without_decoding(
    peer: Peer, place: str, text: str
) -> None:
    """A server that decodes misreads plus and percent signs, and nothing else."""
    expected = READ_OTHERWISE.get((place, text), {}).get(peer.name)

    assert expected == refusal(peer, client_auth="basic", **{place: text})


def test_colon_in_an_id_never_gives_a_token_by_basic(peer: Peer) -> None:
    """What follows the first colon is the secret (RFC 7617, 2), decoded or not."""
    client = registered(peer, client_id="a:z")
    with (
        pytest.raises(EnboarderError),
        Enboarder(client.credential(peer), base_url=peer.url) as enboarder,
    ):
        enboarder.reports.get_forms()

    assert peer.issued(client) == 0
