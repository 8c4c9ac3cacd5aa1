"""The pytest fixture `enboarder_mock`, for somebody who installed the package."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from enboarder.mock import MockServer

pytest_plugins = ["pytester"]

DOCS = Path(__file__).resolve().parents[2] / "docs"
# In their order, with warnings as errors, and without a plugin that is slow to load.
OPTIONS = ["-v", "-p", "no:randomly", "-p", "no:anyio", "-W", "error"]

NOT_IMPORTED = """
import sys

def test_nothing():
    assert "enboarder.mock.plugin" in sys.modules
    needless = {"uvicorn", "starlette", "jsonschema", "enboarder.mock.server"}
    assert needless & set(sys.modules) == set()
"""

OWN_SERVERS = """
import threading

import httpx
import pytest
from enboarder import Enboarder

seen = []

def test_first(enboarder_mock):
    with Enboarder.from_env(enboarder_mock.environ("apikey")) as enboarder:
        assert enboarder.brands.get_all()
    seen.append(enboarder_mock)

def test_it_has_ended():
    with pytest.raises(httpx.ConnectError):
        httpx.get(seen[0].base_url)
    names = [thread.name for thread in threading.enumerate()]
    assert not any(name.startswith("enboarder.mock") for name in names)

def test_second(enboarder_mock):
    assert enboarder_mock.requests == []
    assert enboarder_mock.api_key != seen[0].api_key
"""

ONE_CREDENTIAL = """
import httpx
import pytest
from enboarder import ClientCredentials, Enboarder, TokenRefused

TOKEN_URL = "https://auth.example.com/oauth2/token"
GRANTED = httpx.Response(
    200,
    json={"access_token": "token", "token_type": "Bearer", "expires_in": 3600},
)
REFUSED = httpx.Response(400, json={"error": "invalid_client"})

class Service:
    def __init__(self):
        self.token_reply = GRANTED
        self.token_requests = 0

    def __call__(self, request):
        if request.url != TOKEN_URL:
            return httpx.Response(200, json={"items": []})
        self.token_requests += 1
        reply = self.token_reply
        return httpx.Response(reply.status_code, content=reply.content)

service = Service()
transport = httpx.MockTransport(service)

def get_forms():
    credential = ClientCredentials("id", "secret", token_url=TOKEN_URL)
    with Enboarder(
        credential,
        base_url="https://api.example.com",
        engine="httpx",
        transport=transport,
    ) as enboarder:
        return enboarder.reports.get_forms()
"""

TOKENS = """
def test_one_without_the_fixture():
    get_forms()
    assert service.token_requests == 1

def test_with_the_fixture(enboarder_mock):
    get_forms()
    get_forms()
    assert service.token_requests == 2

def test_another_without_the_fixture():
    get_forms()
    assert service.token_requests == 3
"""

FAILURES = """
def test_failure_without_the_fixture():
    service.token_reply = REFUSED
    with pytest.raises(TokenRefused):
        get_forms()

def test_success_with_the_fixture(enboarder_mock):
    service.token_reply = GRANTED
    get_forms()

def test_failure_with_the_fixture(enboarder_mock):
    service.token_reply = REFUSED
    with pytest.raises(TokenRefused):
        get_forms()

def test_success_without_the_fixture():
    service.token_reply = GRANTED
    get_forms()
"""

MISSING = "raise ModuleNotFoundError(\"No module named 'uvicorn'\", name='uvicorn')"


def example() -> str:
    """Return the test in the mock's page."""
    (page,) = DOCS.rglob("mock.md")
    blocks = re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL)
    (found,) = [block for block in blocks if "def test_" in block]
    return str(found)


def run(pytester: pytest.Pytester) -> pytest.RunResult:
    """Run the tests of a folder."""
    return pytester.runpytest_subprocess(*OPTIONS)


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    """The lines of one run, without configuration, of a user's four files."""
    folder = tmp_path_factory.mktemp("user")
    files = {
        "test_servers.py": OWN_SERVERS,
        "test_tokens.py": ONE_CREDENTIAL + TOKENS,
        "test_failures.py": ONE_CREDENTIAL + FAILURES,
        "test_example.py": example(),
    }
    for name, text in files.items():
        (folder / name).write_text(text, "utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *OPTIONS],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("name", "passed"),
    [
        # Each test gets a server that ends with the test.
        ("test_servers", 3),
        # Within a test tokens are kept; none comes from the test before.
        ("test_tokens", 3),
        # A refused token request is remembered within its test only.
        ("test_failures", 4),
        # The page's test is collected and passes unchanged.
        ("test_example", 1),
    ],
)
def test_tests_of_a_user_do_not_see_each_other(
    results: list[str], name: str, passed: int
) -> None:
    """The fixture is found by its name, and every test begins without a past."""
    lines = [line for line in results if line.startswith(f"{name}.py::")]

    assert passed == len(lines), "\n".join(results)
    assert all(" PASSED " in line for line in lines), "\n".join(results)


def test_fixture_costs_nothing_where_it_is_not_used(
    pytester: pytest.Pytester,
) -> None:
    """A pytest run without it imports neither the server nor what that needs."""
    pytester.makepyfile(NOT_IMPORTED)

    run(pytester).assert_outcomes(passed=1)


def test_pytest_runs_without_the_extra(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The fixture says what to install; the other tests run."""
    with_it = "def test_with_it(enboarder_mock):\n    pass\n"
    pytester.makepyfile(uvicorn=MISSING, test_all=f"{NOT_IMPORTED}\n\n{with_it}")
    monkeypatch.setenv("PYTHONPATH", str(pytester.path))
    result = run(pytester)

    result.assert_outcomes(passed=1, errors=1)
    message = "*enboarder.mock needs uvicorn*pip install*mock*"
    result.stdout.fnmatch_lines([message])


def test_fixture_is_a_server(enboarder_mock: MockServer) -> None:
    """It serves, and has seen nothing when the test begins."""
    environ = enboarder_mock.environ("apikey")

    assert environ["ENBOARDER_BASE_URL"] == enboarder_mock.base_url
    assert enboarder_mock.requests == []
