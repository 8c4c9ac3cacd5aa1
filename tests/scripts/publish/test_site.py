"""The pages of the site that the contract decides have every entry of it."""

from __future__ import annotations

import json

import pytest

from enboarder.contract import export, whole
from enboarder.contract.walk import operations
from scripts.layout import ROOT
from scripts.publish import contract_pages

pytestmark = pytest.mark.untraced

ENTRIES = json.loads(export("errors"))["entries"]
AGAIN = "The same request may be sent again."


def sections() -> dict[str, str]:
    """The text of each entry on the page of the catalogue."""
    page = "\n".join(contract_pages.catalogue())
    found = {}
    for section in page.split("\n## ")[1:]:
        name, _, text = section.partition("\n")
        found[name] = text
    return found


@pytest.mark.parametrize("entry", ENTRIES, ids=lambda entry: entry["id"])
def test_the_catalogue_says_what_to_do(entry: dict[str, str]) -> None:
    """Meaning and fix of each entry are on the page."""
    text = sections()[entry["id"]]

    assert entry["meaning"] in text
    assert entry["fix"] in text


def test_the_catalogue_says_which_requests_may_be_sent_again() -> None:
    """A reader sees it exactly where the contract says so."""
    expected = {entry["id"] for entry in ENTRIES if entry["resend"]}

    assert expected == {name for name, text in sections().items() if AGAIN in text}


def test_the_evidence_of_every_operation_is_listed() -> None:
    """The table has the label and every source of each operation."""
    rows = "\n".join(contract_pages.evidence()).splitlines()
    for operation in operations(whole()):
        (row,) = [one for one in rows if f"`{operation.node['operationId']}`" in one]
        assert f"| {operation.node['x-evidence']} |" in row
        for source in operation.node["x-source"]:
            assert str(source) in row


def test_the_index_for_language_models_lists_every_page_and_operation() -> None:
    """Every page of the navigation and every operation has a line."""
    navigation = 'nav = [{ "The mock" = "guides/mock.md" }]'
    lines = list(contract_pages.llms(navigation))

    assert "- [The mock](guides/mock.html)" in lines
    listed = [line for line in lines if line.startswith("- `")]
    assert len(list(operations(whole()))) == len(listed)


def test_every_file_of_the_contract_can_be_downloaded() -> None:
    """What is listed exists."""
    rows = list(contract_pages.downloads())[1:]
    names = [row.split("](")[1].split(")")[0] for row in rows]

    assert "openapi/enboarder.yaml" in names
    assert [] == [name for name in names if not (ROOT / name).is_file()]
