"""Keyed digests: they recognise a value again without telling what it is.

The key is made at random for each ledger and kept in it. A digest hides a value from
somebody who reads the ledger in passing, not from somebody who has it and guesses.
"""

from __future__ import annotations

import hashlib
import json
import secrets
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from attrs import field, frozen

from enboarder_api.spelling import is_blank

KEY_BYTES = 32
DIGEST_BYTES = 32
SHORT = 24
"""Characters of a digest of one member."""

EMAILS = ("nheml", "nhsecondaryeml", "nhmobeml")
MOBILES = ("nhmob", "nhmobeml")
CUSTOM_FIELDS = "customfields"
CHILD_ACCOUNT = "childAccountID"
CANONICAL = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def new_key() -> str:
    """Return a key for the digests of a ledger."""
    return secrets.token_hex(KEY_BYTES)


@frozen
class BodyDigests:
    """What tells a body from others."""

    external_id: str
    similar_id: str
    """The same for ids that differ only in case, width, blanks or leading zeros."""
    criteria: str
    body: str
    contacts: tuple[str, ...]


@frozen
class Digester:
    """Makes the digests of one ledger."""

    _key: bytes = field(repr=False)

    def digest(self, purpose: str, text: str) -> str:
        """Return the digest of a text; for each purpose it is another one."""
        message = f"{purpose}\0{text}".encode("utf-8", "surrogatepass")
        digest = hashlib.blake2b(message, key=self._key, digest_size=DIGEST_BYTES)
        return digest.hexdigest()

    def external_id(self, external_id: str) -> str:
        """Return the digest of an external id, exactly as it is written."""
        return self.digest("id", external_id)

    def member(self, name: str, value: Any) -> str:
        """Return the digest of one member of a body."""
        return self.digest(f"member {name}", _canonical(value))[:SHORT]

    def of(self, external_id: str, body: Mapping[str, Any]) -> BodyDigests:
        """Return what tells a body from others."""
        criteria = [_custom_fields(body), body.get(CHILD_ACCOUNT)]
        contacts = tuple(self.digest("contact", one) for one in _contacts(body))
        return BodyDigests(
            external_id=self.external_id(external_id),
            similar_id=self.digest("similar id", _folded(external_id)),
            criteria=self.digest("criteria", _canonical(criteria)),
            body=self.digest("body", _canonical(body)),
            contacts=contacts,
        )

    def members(self, body: Mapping[str, Any]) -> dict[str, str]:
        """Return the digest of each member by wire name.

        That of a custom field is under `customfields/name`.
        """
        found: dict[str, str] = {}
        for name, value in body.items():
            if name == CUSTOM_FIELDS:
                for label, text in _custom_fields(body).items():
                    member = f"{CUSTOM_FIELDS}/{label}"
                    found[member] = self.member(member, text)
            else:
                found[name] = self.member(name, value)
        return found


def _custom_fields(body: Mapping[str, Any]) -> dict[str, Any]:
    """Return custom fields by name; their order means nothing."""
    return {one["name"]: one.get("value") for one in body.get(CUSTOM_FIELDS) or ()}


def _contacts(body: Mapping[str, Any]) -> Iterable[str]:
    """Return the addresses and numbers of the employee, each in one spelling."""
    found: set[str] = set()
    for name in EMAILS:
        value = str(body.get(name) or "")
        if "@" in value:
            found.add(value.strip().casefold())
    for name in MOBILES:
        value = str(body.get(name) or "")
        digits = "".join(filter(str.isdigit, value))
        if digits and "@" not in value:
            found.add(digits)
    return sorted(found)


def _folded(external_id: str) -> str:
    """Return what ids have in common that may mean the same person.

    Whether the service tells case apart is not documented, and spreadsheets cut leading
    zeros off.
    """
    compatible = unicodedata.normalize("NFKC", external_id).casefold()
    seen = "".join(compatible.split())
    if not seen.isascii():
        seen = "".join(character for character in seen if not is_blank(character))
    return seen.lstrip("0") if seen.isdigit() else seen


def _canonical(value: Any) -> str:
    return CANONICAL.encode(value)
