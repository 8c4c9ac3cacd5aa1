"""The formats that the contract can be had in, and what each takes."""

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
    """There is no such export; the text says what there is."""


class Format(NamedTuple):
    """One format: what makes it of the contract, and by what it can, or has to, be narrowed."""

    meaning: str
    render: Callable[[Node, str | None, Auth | None], Node]
    regions: bool = True
    """Whether it can be had for one region."""
    auths: tuple[Auth, ...] = tuple(Auth)
    """The credentials that it can be had for."""
    needs_region: bool = False


def _openapi31(document: Node, region: str | None, auth: Auth | None) -> Node:
    return narrowed(document, region, auth) if region and auth else document


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
    return {"version": document["info"]["version"], "entries": document["x-error-catalogue"]}


FORMATS = {
    "openapi-3.1": Format("as it is written", _openapi31),
    "openapi-3.0.3": Format("for tools that do not read 3.1", _openapi30),
    "swagger-2.0": Format(
        "for Power Platform and other old importers", _swagger20, auths=(Auth.APIKEY,), needs_region=True
    ),
    "connector-properties": Format(
        "apiProperties.json beside swagger-2.0, for Power Platform", _connector, regions=False, auths=()
    ),
    "postman": Format("a collection", _collection, regions=False, auths=()),
    "postman-environment": Format(
        "the variables of one region, secrets blank", _environment, auths=(), needs_region=True
    ),
    "errors": Format("the error catalogue", _errors, regions=False, auths=()),
}


def export(name: str, *, region: str | None = None, auth: str | None = None) -> str:
    """The contract in a format, as the text of a JSON file.

    Args:
        name: one of `FORMATS`.
        region: `AU`, `EU`, `US` or `CA`, in any case; the OpenAPI formats are whole without it.
        auth: `apikey`, `oauth2` or `accesstoken` (the bare token); goes with a region.

    Raises:
        ExportRefused: there is no such format, region or credential, or they do not go together.
    """
    form = FORMATS.get(name)
    if form is None:
        raise ExportRefused(_unknown("format", name, FORMATS))
    place = None if region is None else region.upper()
    if place is not None and place not in Region.__members__:
        raise ExportRefused(_unknown("region", str(region), Region.__members__))
    if auth is not None and auth.lower() not in list(Auth):
        raise ExportRefused(_unknown("credential", auth, Auth))
    kind = None if auth is None else Auth(auth.lower())
    if refusal := _unfit(name, form, place, kind):
        raise ExportRefused(refusal)
    return json.dumps(form.render(whole(), place, kind), indent=1, ensure_ascii=False) + "\n"


def _unfit(name: str, form: Format, region: str | None, auth: Auth | None) -> str | None:
    if region and not form.regions:
        return f"{name} is the same for every region; leave the region out"
    if auth and auth not in form.auths:
        carried = " or ".join(form.auths) or "no credential at all: leave it out"
        return f"{name} cannot be had for {auth}; it takes {carried}"
    if form.needs_region and not region:
        return f"{name} is for one region; say which: {', '.join(Region)}"
    if not form.needs_region and form.regions and bool(region) != bool(auth):
        return f"{name} is whole without region and credential, or for one of each; say both or neither"
    return None


def _unknown(kind: str, given: str, known: Iterable[str]) -> str:
    names = list(known)
    near = get_close_matches(given.lower(), [name.lower() for name in names], n=2, cutoff=0.4)
    close = [name for name in names if name.lower() in near]
    hint = f"; did you mean {' or '.join(close)}?" if close else "."
    return f"there is no {kind} {given!r}{hint} There are: {', '.join(names)}"
