"""Ruby: openapi-generator's client on Typhoeus."""

from __future__ import annotations

from ..trial import Row, Trial

CLIENTS = {
    "EnboarderKey": "openapi/renderings/eu/openapi-3.0.3.apikey.json",
    "EnboarderOAuth2": "openapi/renderings/eu/openapi-3.0.3.oauth2.json",
    "EnboarderBare": "openapi/renderings/eu/openapi-3.0.3.accesstoken.json",
}
"""One for each security scheme: with several, the Ruby client sends them all, also those that nobody set."""


def openapi_generator(trial: Trial) -> None:
    code = []
    for module, contract in CLIENTS.items():
        gem = module.replace("Enboarder", "enboarder_").lower()
        client = trial.folder / gem
        trial.openapi_generator("ruby", contract, client, moduleName=module, gemName=gem)
        trial.count(contract, client.rglob("api/*.rb"), r"^    def (\w+)\(")
        code += sorted((client / "lib").rglob("*.rb"))
    trial.copy("calls.rb")
    trial.compile("sh", "-c", 'for file in "$@"; do ruby -c "$file" || exit 1; done', "sh", *code)
    trial.call("ruby", *(f"-I{folder}/lib" for folder in sorted(trial.folder.glob("enboarder_*"))), "calls.rb")


ROWS = (
    Row(
        "ruby",
        "Ruby",
        "openapi-generator `ruby`",
        openapi_generator,
        "`ruby -c` on every file; run",
        "`api_key` by header name, `access_token`",
        "Three clients, one for each scheme: on the whole contract the Ruby client sends every scheme of an operation.",
    ),
)
