"""PHP: openapi-generator's client on Guzzle."""

from __future__ import annotations

from ..trial import Row, Trial

STRICT = ("php", "-d", "error_reporting=-1", "-d", "display_errors=stdout", "-d", "zend.assertions=1")
"""A notice or a deprecation is printed, and what is printed and not expected fails the row."""


def openapi_generator(trial: Trial) -> None:
    contract, client = "openapi/renderings/openapi-3.0.3.json", trial.folder / "client"
    trial.openapi_generator("php", contract, client)
    code = client / "lib"
    trial.count(contract, code.glob("Api/*.php"), r"^    public function (\w+)\(")
    trial.copy("calls.php")
    trial.compile("sh", "-c", 'for file in "$@"; do php -l "$file" || exit 1; done', "sh", *sorted(code.rglob("*.php")))
    trial.call(*STRICT, "calls.php")


ROWS = (
    Row(
        "php",
        "PHP",
        "openapi-generator `php`",
        openapi_generator,
        "`php -l` on every file; run with every notice on",
        "`setApiKey` by header name, `setAccessToken`",
        "Debian's Guzzle, not the version that its composer.json asks for; no static analysis.",
    ),
)
