"""Whether another region takes a credential that its own region refuses."""

from __future__ import annotations

from enboarder_api.contract import HOSTS

from ... import errors
from ...hidden import Hidden
from ..settings import PREFIX
from .credential import EXTENSIONS
from .finding import Finding, failed
from .instruments import Client


def beside(environ: Hidden[dict[str, str]]) -> list[str]:
    """Return all regions but the one of the variables; none if they name no region."""
    region = environ.reveal().get(f"{PREFIX}REGION", "").strip().upper()
    if region not in HOSTS:
        return []
    return [one for one in HOSTS if one != region]


def probe(environ: Hidden[dict[str, str]], client: Client) -> Finding:
    """Send the credential to the other regions, and say which takes it."""
    check = "other regions"
    takers = [one for one in beside(environ) if _takes(one, environ, client)]
    if not takers:
        return failed(
            check,
            "no other region takes the credential",
            "the region is not what is wrong",
            fix=f"compare the credential with {EXTENSIONS}",
        )
    return failed(
        check,
        f"region {' and '.join(takers)} takes the credential",
        "the account is in another region",
        fix=f"set ENBOARDER_REGION={takers[0]}, or the region of the profile",
    )


def _takes(region: str, environ: Hidden[dict[str, str]], client: Client) -> bool:
    changed = Hidden({**environ.reveal(), f"{PREFIX}REGION": region})
    # Each region has its own token URL.
    changed.reveal().pop(f"{PREFIX}TOKEN_URL", None)
    try:
        with client(changed.reveal()) as enboarder:
            enboarder.reports.get_forms()
    except errors.EnboarderError:
        return False
    return True
