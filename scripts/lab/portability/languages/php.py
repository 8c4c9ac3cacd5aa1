"""PHP: openapi-generator's client on Guzzle."""

from __future__ import annotations

from scripts.lab.portability.trial import Row, Trial

CONTRACT = "openapi/renderings/openapi-3.0.3.json"

# A notice or a deprecation is printed, and what is printed and not expected fails the
# row.
STRICT = (
    "php",
    "-d",
    "error_reporting=-1",
    "-d",
    "display_errors=stdout",
    "-d",
    "zend.assertions=1",
)
CHECK_EACH = 'for file in "$@"; do php -l "$file" || exit 1; done'


def openapi_generator(trial: Trial) -> None:
    """Try the client of openapi-generator."""
    client = trial.folder / "client"
    trial.openapi_generator("php", CONTRACT, client)
    code = client / "lib"
    method = r"^    public function (\w+)\("
    trial.count(CONTRACT, code.glob("Api/*.php"), method)
    trial.copy("calls.php")
    trial.compile("sh", "-c", CHECK_EACH, "sh", *sorted(code.rglob("*.php")))
    trial.call(*STRICT, "calls.php")


ROWS = (
    Row(
        name="php",
        language="PHP",
        generator="openapi-generator `php`",
        prove=openapi_generator,
        checked="`php -l` on every file; run with every notice on",
        credentials="`setApiKey` by header name, `setAccessToken`",
        limits=(
            "Debian's Guzzle, not the version that its composer.json asks for; "
            "no static analysis."
        ),
    ),
)
