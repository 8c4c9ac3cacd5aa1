"""The files of an export: their formats, and what keeps an interrupted one."""
