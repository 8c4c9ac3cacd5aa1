"""Names on which users rely are not removed without a new version."""

from __future__ import annotations

import json

import pytest

from scripts.layout import ROOT
from scripts.publish import release
from scripts.publish.compatibility import (
    Release,
    names_of_contract,
    names_of_surface,
    removals,
    version_of,
)

pytestmark = pytest.mark.untraced


@pytest.mark.parametrize(
    ("old", "new", "allowed"),
    [
        ("0.1.0", "0.1.1", False),
        ("0.1.9", "0.2.0", True),
        ("0.9.0", "1.0.0", True),
        ("1.2.0", "1.3.0", False),
        ("1.2.0", "2.0.0", True),
    ],
)
def test_a_removal_needs_a_new_version(old: str, new: str, allowed: bool) -> None:
    """Before 1.0 it needs a new minor version, and afterwards a new major one."""
    found = removals(
        "it", Release(version_of(old), {"a", "b"}), Release(version_of(new), {"a"})
    )

    assert allowed == (found == [])


def test_a_removal_is_named() -> None:
    """The name that is gone is in the message."""
    (problem,) = removals(
        "the interface", Release((1, 0, 0), {"a", "b"}), Release((1, 0, 1), {"a"})
    )

    assert "the interface lost b:" in problem


def test_an_addition_is_always_allowed() -> None:
    """A new name needs no new minor or major version."""
    old = Release((1, 0, 0), {"a"})
    new = Release((1, 0, 0), {"a", "b"})

    assert [] == removals("it", old, new)


def test_functions_parameters_and_fields_are_names() -> None:
    """A type that changes is not a removal."""
    function = "f: (self, body: Body | Mapping[str, Any], *, timeout: float = 1) -> int"
    names = names_of_surface(f"{function}\nM: one, two\n")

    assert {"f", "f.body", "f.timeout", "M", "M.one", "M.two"} <= names
    assert "f.Body" not in names


def test_the_interface_of_the_client_has_names() -> None:
    """Methods, models, credentials, errors and regions are found in the snapshot."""
    names = names_of_surface((ROOT / release.SURFACE).read_text("utf-8"))

    assert {
        "Enboarder.workflows.launch_basic.timeout",
        "models.FormDataPage.next_cursor",
        "ClientCredentials.prefix",
        "ApiError.CallError",
        "Region.AU",
    } <= names


def test_operations_schemas_and_properties_are_names() -> None:
    """An operation counts with its path, so that a moved one is a removal."""
    document = json.loads((ROOT / release.CONTRACT).read_text("utf-8"))
    names = names_of_contract(document)

    assert {
        "launchBasicWorkflow: POST /restapi/v1/startwf/basic",
        "BasicLaunch",
        "BasicLaunch.nhstdt",
    } <= names


def test_a_version_with_a_suffix_is_refused() -> None:
    """What is published has three numbers."""
    with pytest.raises(ValueError, match=r"0\.1\.0rc1"):
        version_of("0.1.0rc1")


def test_the_first_call_is_the_launch_of_the_readme() -> None:
    """What is tried from the sdist is what a newcomer copies first."""
    program = release.first_call((ROOT / "README.md").read_text("utf-8"))

    assert "launch_basic(" in program
