"""Titles and descriptions of the contract have the form that tools show well."""

import re
from collections.abc import Iterator

import pytest

from enboarder.contract import walk
from tests.contract.contract_file import Node

pytestmark = pytest.mark.untraced

LONGEST_TITLE = 40


def descriptions(document: Node) -> Iterator[tuple[str, str]]:
    """Yield each description, and each text of the catalogue, with its place."""
    yield "info", document["info"]["description"]
    for place, node in walk.described(document):
        is_data = place.endswith("/properties") or place.startswith("servers")
        for member in ("description", "meaning", "fix"):
            text = node.get(member)
            if isinstance(text, str) and not is_data and place != "externalDocs":
                yield f"{place}/{member}", text


def test_the_title_of_an_operation_fits_one_line(document: Node) -> None:
    """A summary is a short title that starts with a capital and has no full stop."""
    for entry in walk.operations(document):
        title = entry.node["summary"]
        assert re.fullmatch(r"[A-Z][\w ()]+", title), entry.place
        assert len(title) <= LONGEST_TITLE, entry.place


def test_no_two_operations_share_a_title(document: Node) -> None:
    """A reader of the navigation can tell twins apart."""
    titles = [entry.node["summary"] for entry in walk.operations(document)]
    assert sorted(set(titles)) == sorted(titles)


def test_a_title_does_not_repeat_as_description(document: Node) -> None:
    """A description says more than the title above it."""
    for entry in walk.operations(document):
        assert entry.node["description"].rstrip(".") != entry.node["summary"]


def test_a_paragraph_has_no_line_breaks(document: Node) -> None:
    """A converter stumbles over a line break, so only the items of a list have them."""
    for place, text in descriptions(document):
        for paragraph in text.split("\n\n"):
            lines = paragraph.split("\n")
            is_list = all(line.startswith("- ") for line in lines)
            assert is_list or len(lines) == 1, place


def test_a_description_is_made_of_whole_sentences(document: Node) -> None:
    """Each paragraph ends with a full stop and has no space at its ends."""
    for place, text in descriptions(document):
        for paragraph in text.split("\n\n"):
            assert paragraph == paragraph.strip(), place
            assert paragraph.endswith("."), place


def test_twins_share_the_text_of_the_operation(document: Node) -> None:
    """The twin with a token has its partner's text, and one paragraph of its own."""
    by_id = {
        entry.node["operationId"]: entry.node for entry in walk.operations(document)
    }
    for entry in walk.operations(document):
        if entry.python_name is None:
            partner = by_id[entry.node["x-twin"]]
            shared, _, own = entry.node["description"].rpartition("\n\n")
            assert shared == partner["description"], entry.place
            assert own, entry.place
