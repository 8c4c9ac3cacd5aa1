"""Send an operation: plan the request, send it safely, and judge what came back."""
