"""Tell PyInstaller what is imported on use, and what is read from files."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

# What needs an extra of its own is taken only if the program imports it.
_LEFT_OUT = (
    "enboarder.cli",
    "enboarder.contract",
    "enboarder.frozen",
    "enboarder.mock",
)


def _is_taken(name: str) -> bool:
    return not name.startswith(_LEFT_OUT)


hiddenimports = [
    *collect_submodules("enboarder", filter=_is_taken),
    *collect_submodules("enboarder_api"),
]
datas = collect_data_files("enboarder_api")
