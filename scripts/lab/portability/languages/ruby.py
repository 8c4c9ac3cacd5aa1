"""Ruby: openapi-generator's client on Typhoeus."""

from __future__ import annotations

from pathlib import Path

from scripts.lab.portability.trial import Row, Trial

# One client for each security scheme: with several, the Ruby client sends them all,
# also those that nobody set.
CLIENTS = {
    "EnboarderKey": "openapi/renderings/eu/openapi-3.0.3.apikey.json",
    "EnboarderOAuth2": "openapi/renderings/eu/openapi-3.0.3.oauth2.json",
    "EnboarderBare": "openapi/renderings/eu/openapi-3.0.3.accesstoken.json",
}
CHECK_EACH = 'for file in "$@"; do ruby -c "$file" || exit 1; done'


def openapi_generator(trial: Trial) -> None:
    """Try three clients of openapi-generator."""
    code: list[Path] = []
    libraries = []
    for module, contract in CLIENTS.items():
        gem = module.replace("Enboarder", "enboarder_").lower()
        client = trial.folder / gem
        trial.openapi_generator(
            "ruby", contract, client, moduleName=module, gemName=gem
        )
        trial.count(contract, client.rglob("api/*.rb"), r"^    def (\w+)\(")
        code.extend(sorted((client / "lib").rglob("*.rb")))
        libraries.append(f"-I{client}/lib")
    trial.copy("calls.rb")
    trial.compile("sh", "-c", CHECK_EACH, "sh", *code)
    trial.call("ruby", *libraries, "calls.rb")


ROWS = (
    Row(
        name="ruby",
        language="Ruby",
        generator="openapi-generator `ruby`",
        prove=openapi_generator,
        checked="`ruby -c` on every file; run",
        credentials="`api_key` by header name, `access_token`",
        limits=(
            "Three clients, one for each scheme: on the whole contract the Ruby client "
            "sends every scheme of an operation."
        ),
    ),
)
