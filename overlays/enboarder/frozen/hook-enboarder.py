"""Tell PyInstaller which modules are imported later, and which files are read."""

from PyInstaller.utils.hooks import collect_data_files, collect_submodules

# Modules that need an extra are included only if the program imports them.
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
