"""Names and ids that look right and are others are refused, by the field's name."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from enboarder_api import parameters
from enboarder_api.checks import problems
from enboarder_api.operations import OPERATIONS
from enboarder_api.spelling import flaw_of, is_blank, same_letters
from tests.characters import CHARACTERS

pytestmark = pytest.mark.untraced

LAUNCH: dict[str, Any] = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "mgrnm": "Morgan Sample",
    "mgreml": "morgan@example.com",
    "nhstdt": "2027-01-12",
}
MANAGER: dict[str, Any] = {"nm": "Morgan Sample", "eml": "morgan@example.com"}
ADVANCED: dict[str, Any] = {
    "nhnm": "Alex Example",
    "nheml": "alex@example.com",
    "nhstdt": "2027-01-12",
    "managers": [MANAGER],
}
PERSON: dict[str, Any] = {"firstName": "Alex", "contact": {"email": "a@example.com"}}
USER: dict[str, Any] = {
    "userName": "sam@example.com",
    "name": {"givenName": "Sam", "familyName": "Example"},
    "emails": [{"value": "sam@example.com"}],
    "userType": "Author",
}


def full_width(text: str) -> str:
    return "".join(chr(ord(character) + 0xFEE0) for character in text)


def parameter_of(template: str) -> str:
    """The one parameter of a path."""
    [name] = [part for part in template.split("/") if part.startswith("{")]
    return name.strip("{}")


def manager_with(**changes: Any) -> dict[str, Any]:
    return {**ADVANCED, "managers": [MANAGER, {**MANAGER, **changes}]}


def bodies(identity: Any) -> dict[str, tuple[str, Any]]:
    """Each place of an id in a body: its operation, and a body with the id there."""
    wire = {"externalid": identity}
    return {
        "external_id (externalid)": ("workflows.launch_basic", {**LAUNCH, **wire}),
        "employee_external_id (nhexternalid)": (
            "workflows.launch_advanced",
            {**ADVANCED, "nhexternalid": identity},
        ),
        "managers[1].external_id (externalid)": (
            "workflows.launch_advanced",
            manager_with(**wire),
        ),
        "[1].external_id (externalid)": (
            "workflows.launch_bulk",
            [ADVANCED, {**ADVANCED, **wire}],
        ),
        "[0].managers[1].external_id (externalid)": (
            "workflows.launch_bulk",
            [manager_with(**wire)],
        ),
        "managers[0].external_id (externalid)": (
            "workflows.update",
            {"externalid": "A-1", "managers": [wire]},
        ),
        "child_account_id (childAccountID)": (
            "workflows.cancel",
            {"externalid": "A-1", "childAccountID": identity},
        ),
        "external_id (externalid) ": ("profiles.create", {**PERSON, **wire}),
        "external_id (externalid)  ": ("profiles.update", wire),
        "external_id (externalId)": ("users.create", {**USER, "externalId": identity}),
        "user_name (userName)": ("users.replace", {**USER, "userName": identity}),
    }


REQUIRED = {
    "workflows.update": {"externalid": ""},
    "workflows.cancel": {"externalid": ""},
    "users.create": {**USER, "userName": ""},
}
PATHS = {
    name: operation.token_path or ""
    for name, operation in OPERATIONS.items()
    # The name of a brand is not an id.
    if "id}" in (operation.token_path or "")
}
BLANKS = [" ", "\t", "\n", "\r", "\x1f", "\x85", "\xa0", "\u2003", "\u2028", "\u3000"]
UNSEEN = ["\u200b", "\u200d", "\u2060", "\ufeff", "\xad", "\u202e", "\x00", "\x1b"]
FILLERS = ["\u034f", "\u115f", "\u1160", "\u2800", "\u3164", "\uffa0", "\ufe0f"]


@pytest.mark.parametrize("place", bodies(""))
@pytest.mark.parametrize("blank", [*BLANKS, "\u200b", "\u3164", "\u2800"])
def test_id_with_a_blank_at_an_edge_is_refused(place: str, blank: str) -> None:
    """It would be another id; the error names the field, also deep in a list."""
    for identity in (f"hire-7{blank}", f"{blank}hire-7"):
        operation, body = bodies(identity)[place]

        [found] = problems(operation, body)

        assert found.startswith(place.strip())


@pytest.mark.parametrize("place", bodies(""))
@pytest.mark.parametrize("blank", ["", " ", "\u3000\u200b", "\ufeff", "\u3164", "\x00"])
def test_id_that_shows_nothing_is_refused(place: str, blank: str) -> None:
    """An id of blanks and invisible characters names nobody."""
    operation, body = bodies(blank)[place]

    [found] = problems(operation, body)

    assert found.startswith(place.strip())


@pytest.mark.parametrize("operation", REQUIRED)
@pytest.mark.parametrize("blank", ["\u200b", "\u3000", "\ufeff \xad"])
def test_required_id_that_shows_nothing_is_missing(operation: str, blank: str) -> None:
    """Where an id is required, one that cannot be seen is reported as missing."""
    body = {name: value or blank for name, value in REQUIRED[operation].items()}

    [found] = problems(operation, body)

    assert "is required" in found


def test_name_that_shows_nothing_is_missing() -> None:
    """Nobody is launched under a name that cannot be seen."""
    [found] = problems("workflows.launch_basic", {**LAUNCH, "nhnm": "\u200b\u3000"})

    assert found == "employee_name (nhnm) is required"


@pytest.mark.parametrize(
    "identity", ["hire 7", "\uff28-7", "é", "員工-7", "0", "a/b", "-"]
)
@pytest.mark.parametrize("place", bodies(""))
def test_id_that_can_be_seen_passes(place: str, identity: str) -> None:
    """An id is free: blanks inside, other scripts and punctuation belong to it."""
    assert problems(*bodies(identity)[place]) == []


@pytest.mark.parametrize("name", PATHS)
@pytest.mark.parametrize("identity", [" x", "x\u3000", "\ufeffx", "x\u200by", "\u200b"])
def test_id_in_a_path_is_refused_by_its_name(name: str, identity: str) -> None:
    """Profile, form, workflow, user and brand ids are held to the same rule."""
    parameter = parameter_of(PATHS[name])

    with pytest.raises(ValueError, match=f"^{parameter} "):
        parameters.path(PATHS[name], {parameter: identity})


ID = "hire-7"
INSERTIONS = st.lists(
    st.tuples(st.integers(0, len(ID)), st.sampled_from([*BLANKS, *UNSEEN, *FILLERS])),
    min_size=1,
    max_size=4,
)


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(INSERTIONS)
def test_any_spelling_of_an_id_is_refused_or_differs_visibly(
    insertions: list[tuple[int, str]],
) -> None:
    """No blank at an edge and no invisible character anywhere gives a second id."""
    spelt = ID
    for index, character in insertions:
        spelt = spelt[:index] + character + spelt[index:]
    found = problems("workflows.update", {"externalid": spelt, "nhnm": "Alex"})

    if not found:
        # What is left are blanks inside the id, which everybody can see.
        assert spelt == spelt.strip()
        assert not any(character in spelt for character in [*UNSEEN, *FILLERS])
    else:
        assert found[0].startswith("external_id (externalid)")


@settings(
    max_examples=300,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=list(HealthCheck),
)
@given(st.text(CHARACTERS, max_size=12))
def test_any_text_is_that_id_or_is_refused(text: str) -> None:
    """What passes begins and ends with what can be seen, and shows all of itself."""
    if flaw_of(text) is None and not is_blank(text):
        assert text == text.strip()
        assert not any(character in text for character in [*UNSEEN, *FILLERS])


SLIPS = [
    "\ufeffexternalid",
    "externalid\u200b",
    "exter\u00adnalid",
    "ext\u2060ernal\u200did",
    full_width("externalid"),
    full_width("ExternalID"),
    "external.id",
    "externalid:",
    '"externalid"',
    "external\u00a0id",
    "external/id",
    "#externalid",
    "external\u2010id",
    "externalid\u3164",
    "external\u0000id",
    "\ufeffexternal_id",
    full_width("EXTERNAL_ID"),
]


@pytest.mark.parametrize("slip", SLIPS)
def test_name_that_only_looks_right_is_refused(slip: str) -> None:
    """The first column of an Excel file would launch without an external id."""
    [found] = problems("workflows.launch_basic", {**LAUNCH, slip: "A-1"})

    assert found.startswith("external_id (externalid)")
    assert 'write "externalid"' in found


@pytest.mark.parametrize("slip", ["\ufeffnm", full_width("nm"), "n.m"])
def test_name_deep_in_a_body_is_compared_too(slip: str) -> None:
    """Members of a manager are compared like those of the launch."""
    [found] = problems("workflows.launch_advanced", manager_with(**{slip: "X"}))

    assert found.startswith("managers[1].name (nm)")


@pytest.mark.parametrize(
    "slip", ["\ufeffuserName", "user.name", "username", "\uff35serName"]
)
def test_scim_names_are_compared_too(slip: str) -> None:
    """The service may take them in any case; the checks of the client would not run."""
    body = {**USER, "externalId": "hr-1", slip: "other"}

    [found] = problems("users.create", body)

    assert found.startswith("user_name (userName)")


NOISE = st.sampled_from([*BLANKS, *UNSEEN, *FILLERS, ".", ":", "-", "_", '"', "'", "#"])


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(
    st.lists(st.tuples(st.integers(0, 10), NOISE), max_size=4),
    st.lists(st.booleans(), min_size=10, max_size=10),
    st.booleans(),
)
def test_any_spelling_of_a_name_is_that_name_or_is_refused(
    insertions: list[tuple[int, str]], capitals: list[bool], wide: bool
) -> None:
    """No spelling of `externalid` is sent as a member that nobody knows."""
    letters = zip("externalid", capitals, strict=True)
    spelt = "".join(letter.upper() if big else letter for letter, big in letters)
    spelt = full_width(spelt) if wide else spelt
    for index, character in insertions:
        spelt = spelt[:index] + character + spelt[index:]

    found = problems("workflows.launch_basic", {**LAUNCH, spelt: "A-1"})

    if spelt == "externalid":
        assert found == []
    else:
        assert [text[:24] for text in found] == ["external_id (externalid)"]


@pytest.mark.parametrize("name", ["externalids", "id", "", "...", "\ufb00", "員工"])
def test_other_names_pass(name: str) -> None:
    """A member that the contract does not know is let through, in any script."""
    assert problems("workflows.launch_basic", {**LAUNCH, name: "A-1"}) == []


def test_name_of_a_brand_is_only_held_to_show_something() -> None:
    """A name is not an id: blanks at its edges may belong to it."""
    path = OPERATIONS["brands.get_by_name"].token_path or ""

    assert parameters.path(path, {"name": "Contoso "}).endswith("/Contoso%20")
    with pytest.raises(ValueError, match=r"^name "):
        parameters.path(path, {"name": "\u200b"})


@settings(max_examples=200, deadline=None, database=None, derandomize=True)
@given(st.text(CHARACTERS, max_size=10))
def test_letters_are_compared_alike_twice(name: str) -> None:
    """What is left of a name is left of what is left."""
    assert same_letters(same_letters(name)) == same_letters(name)
