"""How one request travels, and what comes back."""
