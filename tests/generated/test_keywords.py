"""The fields of a body as keywords: the same request, the same checks, other words."""

from __future__ import annotations

import inspect
import json
from collections.abc import Callable
from datetime import date
from typing import Any, get_overloads

import attrs
import pytest

from enboarder import ApiError, InvalidInput, models
from enboarder.contract import walk
from enboarder.contract.walk import Node
from enboarder_api.api import AsyncResources, Resources
from enboarder_api.rules import BODIES, RULES, Rule
from enboarder_api.types import UNSET
from tests.conftest import Driver, Service, keyed
from tests.contract import contract_file
from tests.engine import httpx

pytestmark = pytest.mark.untraced

DOCUMENT = contract_file.read()
ENTRIES: dict[str, walk.Operation] = {
    str(entry.python_name): entry
    for entry in walk.operations(DOCUMENT)
    if entry.python_name
}
WITH_FIELDS = [name for name, body in BODIES.items() if body.type == "object"]
PATHS = {"profiles.update": ["P-1"], "profiles.set_photo": ["P-1"]}
PATHS["users.replace"] = ["U-1"]
OPTIONS = {"self", "body", "profile_id", "user_id", "timeout", "params"}
REFUSED = httpx.Response(400, json={"message": "no"})
LAUNCH = {
    "employee_name": "Alex Example",
    "employee_email": "alex@example.com",
    "manager_name": "Morgan Sample",
    "manager_email": "morgan@example.com",
    "start_date": date(2027, 1, 12),
}


def rule_of(name: str) -> Rule:
    """What the body of an operation contains."""
    return RULES[BODIES[name].rule or ""]


def examples() -> list[Any]:
    """Each example of a body that is an object, with its operation."""
    found = []
    for name in WITH_FIELDS:
        reference = ENTRIES[name].node["requestBody"]
        for media in walk.resolve(DOCUMENT, reference)["content"].values():
            for label, example in media["examples"].items():
                found.append(pytest.param(name, example["value"], id=f"{name}-{label}"))
    return found


def fields_of(model: Any) -> dict[str, Any]:
    """The fields of a model by their readable names, also those that are not set."""
    names = [field.name for field in attrs.fields(type(model))]
    names.remove("additional_properties")
    return {name: getattr(model, name) for name in names}


def sent(driver: Driver, operation: str, /, *body: Any, **fields: Any) -> Any:
    """The JSON that one call sends."""
    service = Service(REFUSED)
    call = (operation, (*PATHS.get(operation, []), *body), fields)
    with pytest.raises(ApiError):
        driver.calls(keyed(service), call)
    [request] = service.requests
    return json.loads(request.content)


def refused(
    driver: Driver, operation: str, /, *body: Any, **fields: Any
) -> InvalidInput:
    """The error of a call that sends nothing."""
    service = Service(REFUSED)
    call = (operation, (*PATHS.get(operation, []), *body), fields)
    with pytest.raises(InvalidInput) as caught:
        driver.calls(keyed(service), call)
    assert service.requests == []
    return caught.value


def method_of(resources: Any, name: str) -> Callable[..., Any]:
    resource, _, method = name.partition(".")
    found: Callable[..., Any] = getattr(getattr(resources, resource), method)
    return found


@pytest.mark.parametrize(("name", "example"), examples())
def test_every_form_sends_the_same(driver: Driver, name: str, example: Node) -> None:
    """A mapping, a model and its fields as keywords make the same body."""
    model = getattr(models, BODIES[name].rule or "").from_dict(example)

    assert example == sent(driver, name, example)
    assert example == sent(driver, name, model)
    assert example == sent(driver, name, **fields_of(model))


@pytest.mark.parametrize("name", WITH_FIELDS)
def test_every_form_has_the_same_problems(driver: Driver, name: str) -> None:
    """Each wrong field is reported in the same words, whichever form it came in."""
    rule = rule_of(name)
    wrong = {wire: object() for wire in rule.fields}
    keywords = {field.name: wrong[wire] for wire, field in rule.fields.items()}
    order = list(inspect.signature(method_of(Resources, name)).parameters)
    wires = sorted(wrong, key=lambda wire: order.index(rule.fields[wire].name))

    by_mapping = refused(driver, name, {wire: wrong[wire] for wire in wires})
    by_keyword = refused(driver, name, **keywords)

    assert str(by_mapping) == str(by_keyword)
    assert by_mapping.problems == by_keyword.problems
    assert len(by_keyword.problems) == len(rule.fields)


@pytest.mark.parametrize("name", WITH_FIELDS)
def test_a_missing_field_is_reported(driver: Driver, name: str) -> None:
    """A field that is missing, or null, has the same problem in every form."""
    rule = rule_of(name)
    wire, field = list(rule.fields.items())[-1]

    by_mapping = refused(driver, name, {wire: None})
    by_keyword = refused(driver, name, **{field.name: None})

    assert by_mapping.problems == by_keyword.problems
    for required in rule.required:
        assert f"{rule.fields[required].name} " in str(by_keyword)


@pytest.mark.parametrize("name", WITH_FIELDS)
def test_a_body_and_fields_together_are_refused(driver: Driver, name: str) -> None:
    """Nothing is sent, since nobody can tell which counts; the fields are named."""
    fields = {field.name: "x" for field in rule_of(name).fields.values()}

    error = refused(driver, name, {}, **fields)

    assert [] == [field for field in fields if field not in str(error)]


@pytest.mark.parametrize("name", WITH_FIELDS)
def test_no_body_at_all_is_refused(driver: Driver, name: str) -> None:
    """A call that says nothing is a slip, also where no field is required."""
    refused(driver, name)
    fields = rule_of(name).fields.values()
    refused(driver, name, **{field.name: UNSET for field in fields})


def test_fields_that_are_not_set_go_with_a_body(driver: Driver) -> None:
    """A field that is UNSET counts as not given."""
    body = {"externalid": "A-1", "comments": "withdrawn"}

    assert body == sent(driver, "workflows.cancel", body, mode=UNSET)


@pytest.mark.parametrize("name", WITH_FIELDS)
@pytest.mark.parametrize("resources", [Resources, AsyncResources])
def test_keywords_are_the_fields_of_the_model(resources: Any, name: str) -> None:
    """One form takes every field, required as in the model; the other one a body."""
    model = getattr(models, BODIES[name].rule or "")
    expected = {
        field.name: field.default is attrs.NOTHING
        for field in attrs.fields(model)
        if field.name != "additional_properties"
    }
    by_keyword, by_body = get_overloads(method_of(resources, name))
    keywords = inspect.signature(by_keyword).parameters
    fields = {name: keywords[name] for name in keywords if name not in OPTIONS}

    assert expected == {
        name: field.default is inspect.Parameter.empty for name, field in fields.items()
    }
    assert {field.kind for field in fields.values()} == {inspect.Parameter.KEYWORD_ONLY}
    assert OPTIONS >= inspect.signature(by_body).parameters.keys() >= {"body"}


@pytest.mark.parametrize("resources", [Resources, AsyncResources])
def test_a_list_of_bodies_has_one_form(resources: Any) -> None:
    """A bulk launch takes a list and no keywords."""
    bulk = method_of(resources, "workflows.launch_bulk")

    assert get_overloads(bulk) == []
    assert inspect.signature(bulk).parameters.keys() <= OPTIONS


@pytest.mark.parametrize(
    ("name", "keyword", "wire", "others"),
    [
        ("workflows.launch_basic", "custom_fields", "customfields", LAUNCH),
        ("workflows.update", "custom_fields", "customfields", {"external_id": "A"}),
        ("workflows.cancel", "custom_fields", "customfields", {"external_id": "A"}),
        ("profiles.update", "profile_fields", "profilefields", {}),
    ],
)
def test_named_values_may_be_a_mapping(
    driver: Driver, name: str, keyword: str, wire: str, others: dict[str, Any]
) -> None:
    """A mapping of names to values is sent as the list that the API takes."""
    given = {"location": "Sydney", "Employee Number": "98786"}

    body = sent(driver, name, **others, **{keyword: given})

    assert body[wire] == [
        {"name": "location", "value": "Sydney"},
        {"name": "Employee Number", "value": "98786"},
    ]


def test_wrong_value_of_a_mapping_is_named(driver: Driver) -> None:
    """Named values are checked in a mapping as they are in a list."""
    as_list = [{"name": "location", "value": "Sydney"}, {"name": "Floor", "value": 3}]
    by_list = refused(driver, "workflows.launch_basic", **LAUNCH, custom_fields=as_list)
    by_mapping = refused(
        driver,
        "workflows.launch_basic",
        **LAUNCH,
        custom_fields={"location": "Sydney", "Floor": 3},
    )

    assert by_list.problems == by_mapping.problems
    assert "custom_fields[1].value" in by_mapping.problems[0]


def test_unknown_keyword_is_a_type_error(driver: Driver) -> None:
    """A misspelt field is reported by Python itself, and nothing is sent."""
    service = Service(REFUSED)
    with pytest.raises(TypeError, match="employe_name"):
        driver.call(keyed(service), "workflows.launch_basic", employe_name="Alex")
    assert service.requests == []
