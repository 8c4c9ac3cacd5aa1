"""How one request travels: options, the HTTP client, its deadline, and what came back."""
