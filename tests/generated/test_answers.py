"""Answers in other charsets, of other types, and writes whose answer nobody knows."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

import pytest

from enboarder_api import models, types
from enboarder_api.api.users import create, replace
from enboarder_api.client import Answer
from enboarder_api.types import UNSET
from tests.engine import httpx

pytestmark = pytest.mark.untraced

NAME = {"firstName": "Zoë Müller"}


def answer(content: bytes, kind: str, status: int = 200) -> Answer:
    return Answer(status, httpx.Headers({"Content-Type": kind}), content)


@pytest.fixture
def _unreported() -> Iterator[None]:
    """Let this process have named no field yet, and forget what it named."""
    before = set(types.REPORTED)
    types.REPORTED.clear()
    yield
    types.REPORTED.clear()
    types.REPORTED.update(before)


@pytest.mark.parametrize(
    ("charset", "kind"),
    [
        ("iso-8859-1", "application/json; charset=ISO-8859-1"),
        ("iso-8859-1", 'application/json;charset="iso-8859-1"'),
        ("windows-1252", "application/json; charset=windows-1252"),
        ("utf-16", "application/json; charset=utf-16"),
        ("utf-8", "application/json"),
        ("utf-8", "application/json; charset=ISO-8859-1"),
        ("utf-8-sig", "application/json; charset=nonsense"),
        ("utf-8", "application/json; charset=zlib"),
    ],
)
def test_answer_is_read_in_its_charset(charset: str, kind: str) -> None:
    """UTF-8 comes first, because proxies name charsets that they do not use."""
    content = json.dumps(NAME, ensure_ascii=False).encode(charset)

    assert answer(content, kind).json() == NAME
    assert answer(content, kind).value == NAME


def test_words_of_a_refusal_are_read_in_their_charset() -> None:
    """A page that is no JSON keeps its letters."""
    refused = answer(
        "Zugriff nicht möglich".encode("latin-1"), "text/plain; charset=latin1"
    )

    assert refused.text == refused.message == "Zugriff nicht möglich"


@pytest.mark.parametrize("kind", ["text/plain", "text/plain; charset=nonsense"])
def test_unknown_bytes_are_replaced_in_a_text(kind: str) -> None:
    """Text is for people: what nobody can decode does not hide the rest."""
    assert answer(b"caf\xe9", kind).text == "caf\ufffd"


def test_unknown_bytes_are_not_json() -> None:
    """Data is not guessed."""
    with pytest.raises(ValueError, match=r"."):
        answer(b'"caf\xe9"', "application/json").json()


@pytest.mark.parametrize("operation", [create, replace])
@pytest.mark.parametrize("status", [201, 204])
@pytest.mark.parametrize("content", [b"", b" ", b"Created", b"[]", b'"ok"', b"null"])
def test_undocumented_write_is_done_by_its_status(
    operation: Any, status: int, content: bytes
) -> None:
    """201 and 204 say done; a result with nothing set stands for an unknown body."""
    read = operation.parse(answer(content, "text/plain", status))

    assert read == models.ScimUser()


@pytest.mark.parametrize("operation", [create, replace])
@pytest.mark.parametrize("content", [b"", b"<html>", b"[]"])
def test_200_is_done_only_with_a_body_that_can_be_read(
    operation: Any, content: bytes
) -> None:
    """Anything on the way can send 200 and a page of its own."""
    with pytest.raises(ValueError, match=r"."):
        operation.parse(answer(content, "text/html"))


@pytest.mark.parametrize("status", [200, 201])
def test_body_of_an_undocumented_write_is_read(status: int) -> None:
    """A user that comes is returned."""
    content = b'{"id": 7, "username": "sam"}'
    read = create.parse(answer(content, "application/scim+json", status))

    assert read == models.ScimUser(id="7", user_name="sam")


@pytest.mark.parametrize(
    ("model", "wire", "name"),
    [
        (models.LaunchResult, "referenceid", "reference_id"),
        (models.WorkflowChange, "referenceid", "reference_id"),
        (models.ProfileResult, "id", "id"),
        (models.Profile, "id", "id"),
        (models.Profile, "externalid", "external_id"),
        (models.ProfileWorkflow, "referenceid", "reference_id"),
        (models.WorkflowRow, "externalid", "external_id"),
        (models.WorkflowDefinition, "id", "id"),
        (models.Form, "id", "id"),
        (models.ScimUser, "id", "id"),
        (models.Brand, "id", "id"),
    ],
)
@pytest.mark.parametrize("value", [4711, 0, 10**30])
def test_numeric_id_becomes_text(model: Any, wire: str, name: str, value: int) -> None:
    """An id is a text, whatever the service writes it as."""
    read = model.from_dict({wire: value})

    assert getattr(read, name) == str(value)
    assert read.additional_properties == {}


@pytest.mark.parametrize("value", [True, 1.5, ["x"], {"id": 1}])
def test_id_that_cannot_be_read_is_kept(value: Any) -> None:
    """What is no id is not made one."""
    read = models.LaunchResult.from_dict({"referenceid": value})

    assert read.reference_id is UNSET
    assert read["referenceid"] == value


@pytest.mark.usefixtures("_unreported")
def test_field_that_cannot_be_read_is_named_once(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The log names the field of the model, once in a process, and never the value."""
    with caplog.at_level(logging.WARNING, "enboarder"):
        for _ in range(3):
            models.Profile.from_dict({"contact": "secret", "firstName": ["secret"]})
            models.Contact.from_dict({"email": 7})

    assert [record.levelname for record in caplog.records] == ["WARNING"] * 3
    fields = [record.getMessage().split()[0] for record in caplog.records]
    assert fields == ["Profile.firstName", "Profile.contact", "Contact.email"]
    assert "secret" not in caplog.text


@pytest.mark.usefixtures("_unreported")
def test_list_that_is_partly_readable_is_named(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Members of a list that were left out do not go unnoticed."""
    models.FormProperties.from_dict({"fields": [{"label": "x"}, "odd"]})

    assert ["FormProperties.fields"] == [
        record.getMessage().split()[0] for record in caplog.records
    ]


@pytest.mark.usefixtures("_unreported")
def test_null_is_not_worth_a_warning(caplog: pytest.LogCaptureFixture) -> None:
    """A null says that there is no value, and nothing is lost."""
    models.Profile.from_dict({"firstName": None})

    assert caplog.records == []
