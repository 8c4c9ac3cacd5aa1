"""Check access: credentials, issued tokens, the token endpoint and the gate."""
