"""Whatever is taken out of the contract or gets a wrong type is refused by name."""

from __future__ import annotations

import pytest

from enboarder.contract.walk import Node
from scripts.judge import edits
from scripts.judge.edits import Edit, Ending

pytestmark = [pytest.mark.untraced, pytest.mark.usefixtures("own_ruff")]

WELL = {Ending.REFUSED, Ending.FINE}

REMOVED = [
    ("info", "version"),
    ("tags",),
    ("servers",),
    ("components", "securitySchemes", "oauth2"),
    ("components", "parameters", "NextKey"),
    ("components", "parameters", "BrandId", "description"),
    ("paths", "/brand/all", "get", "operationId"),
]


@pytest.mark.parametrize("place", REMOVED, ids="/".join)
def test_a_member_that_is_needed_is_missed_by_name(
    original: Node, place: tuple[str, ...]
) -> None:
    """Without it the contract is refused, and the message has its name."""
    found = edits.outcome(Edit(place, is_removal=True), original, generates=False)

    assert Ending.REFUSED == found.ending
    assert f"{place[-1]} is missing" in found.text


def test_a_sample_of_all_edits_ends_well(original: Node) -> None:
    """No removal and no wrong type ends in a traceback; `nox -s contract` tries all."""
    sample = list(edits.edits(original))[::97]
    endings = [edits.outcome(edit, original, generates=False) for edit in sample]

    assert [] == [str(one.edit) for one in endings if one.ending not in WELL]
    assert len(sample) > 70


def test_a_sample_has_every_kind_of_edit_once(original: Node) -> None:
    """Another seed chooses other edits of the same kinds."""
    kinds = {edits.kind_of(original, edit) for edit in edits.edits(original)}
    sample = edits.sample(original)
    sampled = [edits.kind_of(original, task.edit) for task in sample]

    assert len(kinds) == len(sampled)
    assert kinds == {*sampled}
    assert sample != edits.sample(original, seed=edits.SEED + 1)


def test_what_the_rules_accept_is_generated_and_rendered(original: Node) -> None:
    """A contract without an optional member gives working output."""
    place = ("components", "schemas", "Channel", "x-enum-open")
    found = edits.outcome(Edit(place, is_removal=True), original, generates=True)

    assert Ending.FINE == found.ending


@pytest.mark.parametrize("parameter", ["NextKey", "StartIndex"])
def test_a_parameter_without_a_readable_name_is_generated(
    original: Node, parameter: str
) -> None:
    """It has its wire name in the spelling of Python."""
    place = ("components", "parameters", parameter, "x-name")
    found = edits.outcome(Edit(place, is_removal=True), original, generates=True)

    assert (Ending.FINE, "") == (found.ending, found.text)


def test_an_edit_leaves_the_original_alone(original: Node, document: Node) -> None:
    """The next edit begins with the unchanged contract."""
    for edit in list(edits.edits(document))[::500]:
        edits.edited(document, edit)

    assert original == document
