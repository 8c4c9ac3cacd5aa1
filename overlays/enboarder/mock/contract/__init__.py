"""The contract as the mock uses it: operations, schemas and examples."""
