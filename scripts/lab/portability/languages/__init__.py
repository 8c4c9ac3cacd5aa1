"""The rows of the matrix, by language."""
