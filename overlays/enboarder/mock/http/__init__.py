"""The service over HTTP: application, control path, delivery and server thread."""
