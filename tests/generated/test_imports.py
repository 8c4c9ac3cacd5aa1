"""What an import costs: nothing is imported before it is used."""

import json
import subprocess
import sys

import pytest

from enboarder.contract.walk import Node
from enboarder_api import models
from scripts.codegen import selection

pytestmark = pytest.mark.untraced


def imported_by(statements: str) -> list[str]:
    """The modules that a fresh Python has imported after some statements."""
    script = f"import json, sys\n{statements}\nprint(json.dumps(sorted(sys.modules)))"
    done = subprocess.run(
        [sys.executable, "-c", script], check=True, capture_output=True, text=True
    )
    found: list[str] = json.loads(done.stdout)
    return found


def test_importing_the_models_imports_no_model() -> None:
    """`enboarder_api.models` waits with each model until it is asked for."""
    found = imported_by("import enboarder_api.models")
    assert [name for name in found if name.startswith("enboarder_api.models.")] == []
    assert "attr" not in found


def test_a_model_is_imported_when_it_is_used() -> None:
    """Asking for one model imports that one, and no unrelated one."""
    found = imported_by("import enboarder_api.models\nenboarder_api.models.Form")
    assert [name for name in found if name.startswith("enboarder_api.models.")] == [
        "enboarder_api.models.form"
    ]


def test_importing_the_api_imports_neither_httpx_nor_models() -> None:
    """The resources are there at once; what they need comes with the first call."""
    found = imported_by("import enboarder_api.api")
    assert [
        name
        for name in found
        if name.startswith(("httpx", "enboarder_api.models", "enboarder_api.api."))
    ] == []


def test_reading_a_usual_date_does_not_import_dateutil() -> None:
    """Dateutil is slow to import, and only needed for unusual dates."""
    assert "dateutil" not in imported_by(
        "from enboarder_api.types import parse_date\nparse_date('2027-01-12')"
    )


def test_dir_lists_every_model(document: Node) -> None:
    """Completion in an editor finds all models, although none is imported."""
    schemas = selection.select(document)["components"]["schemas"]
    expected = {name for name in schemas if schemas[name]["type"] != "array"}

    assert expected - set(dir(models)) == set()


def test_every_model_is_available() -> None:
    """Each name that the module offers leads to a class of that name."""
    assert [getattr(models, name).__name__ for name in models.__all__] == list(
        models.__all__
    )


def test_an_unknown_model_is_an_attribute_error() -> None:
    """A name that is no model is refused as any module refuses it, with the name."""
    with pytest.raises(AttributeError, match="NoSuchModel"):
        models.NoSuchModel  # type: ignore[attr-defined]  # noqa: B018
