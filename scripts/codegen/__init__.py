"""Make Python code, pages and other formats of the contract."""
