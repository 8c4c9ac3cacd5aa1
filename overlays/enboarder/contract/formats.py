"""The formats of the contract, and the regions and credentials that each accepts."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from typing import NamedTuple

from enboarder_api.contract import Region

from . import openapi30, postman, swagger20
from .document import Auth, Node, whole
from .narrow import narrowed


class ExportRefused(ValueError):
    """There is no such export; the text lists the available ones."""


class Format(NamedTuple):
    """A format: how it is rendered, and for which regions and credentials."""

    meaning: str
    render: Callable[[Node, str | None, Auth | None], Node]
    regions: bool = True
    """Whether it is available for one region."""
    auths: tuple[Auth, ...] = tuple(Auth)
    """The credentials that it is available for."""
    needs_region: bool = False


def _openapi31(document: Node, region: str | None, auth: Auth | None) -> Node:
    if region is None or auth is None:
        return document
    return narrowed(document, region, auth)


def _openapi30(document: Node, region: str | None, auth: Auth | None) -> Node:
    return openapi30.downgraded(_openapi31(document, region, auth))


def _swagger20(document: Node, region: str | None, _: Auth | None) -> Node:
    return swagger20.swagger(narrowed(document, str(region), Auth.APIKEY))


def _connector(_: Node, __: str | None, ___: Auth | None) -> Node:
    return swagger20.connector_properties()


def _collection(document: Node, _: str | None, __: Auth | None) -> Node:
    return postman.collection(document)


def _environment(document: Node, region: str | None, _: Auth | None) -> Node:
    return postman.environment(document, str(region))


def _errors(document: Node, _: str | None, __: Auth | None) -> Node:
    return {
        "version": document["info"]["version"],
        "entries": document["x-error-catalogue"],
    }


FORMATS = {
    "openapi-3.1": Format("the contract, unchanged", _openapi31),
    "openapi-3.0.3": Format("for tools that do not read 3.1", _openapi30),
    "swagger-2.0": Format(
        "for Power Platform and other old importers",
        _swagger20,
        auths=(Auth.APIKEY,),
        needs_region=True,
    ),
    "connector-properties": Format(
        "apiProperties.json beside swagger-2.0, for Power Platform",
        _connector,
        regions=False,
        auths=(),
    ),
    "postman": Format("a collection", _collection, regions=False, auths=()),
    "postman-environment": Format(
        "the variables of one region; the secrets are blank",
        _environment,
        auths=(),
        needs_region=True,
    ),
    "errors": Format("the error catalogue", _errors, regions=False, auths=()),
}


def export(name: str, *, region: str | None = None, auth: str | None = None) -> str:
    """Return the contract in a format, as the text of a JSON file.

    Args:
        name: one of `FORMATS`.
        region: `AU`, `EU`, `US` or `CA`, in upper or lower case; without it, the
        OpenAPI formats have the whole contract.
        auth: `apikey`, `oauth2` or `accesstoken` (the token alone), together with a
            region.

    Raises:
        ExportRefused: the format, the region or the credential is unknown, or they do
            not go together.
    """
    form = FORMATS.get(name)
    if form is None:
        raise ExportRefused(_unknown("format", name, FORMATS))
    place = None if region is None else _region(region)
    kind = None if auth is None else _credential(auth)
    refusal = _refusal(name, form, place, kind)
    if refusal is not None:
        raise ExportRefused(refusal)
    return rendered(whole(), name, place, kind)


def rendered(
    document: Node, name: str, region: str | None = None, auth: Auth | None = None
) -> str:
    """Return a contract in one of `FORMATS`, as the text of a JSON file."""
    node = FORMATS[name].render(document, region, auth)
    return json.dumps(node, indent=1, ensure_ascii=False) + "\n"


def _region(given: str) -> str:
    if given.upper() not in Region.__members__:
        raise ExportRefused(_unknown("region", given, Region.__members__))
    return given.upper()


def _credential(given: str) -> Auth:
    try:
        return Auth(given.lower())
    except ValueError:
        raise ExportRefused(_unknown("credential", given, Auth)) from None


def _refusal(
    name: str, form: Format, region: str | None, auth: Auth | None
) -> str | None:
    """Say why a format is not available for this region and credential."""
    if region and not form.regions:
        return f"{name} is the same for every region; leave the region out"
    if auth and not form.auths:
        return f"{name} is the same for every credential; leave the credential out"
    if auth and auth not in form.auths:
        available = " or ".join(form.auths)
        return f"{name} is not available for {auth}; it is available for {available}"
    if form.needs_region and not region:
        return f"{name} needs a region; choose one of: {', '.join(Region)}"
    if form.regions and not form.needs_region and bool(region) != bool(auth):
        return (
            f"{name} has the whole contract, or one region with one credential; "
            "give both or neither"
        )
    return None


def _unknown(kind: str, given: str, known: Iterable[str]) -> str:
    names = list(known)
    by_lower_case = {name.lower(): name for name in names}
    close = get_close_matches(given.lower(), by_lower_case, n=2, cutoff=0.4)
    hint = "."
    if close:
        # They keep the order of the list, because for short names the order of
        # similarity is arbitrary.
        near = [name for name in names if name.lower() in close]
        hint = f"; did you mean {' or '.join(near)}?"
    return f"there is no {kind} {given!r}{hint} Choose one of: {', '.join(names)}"
