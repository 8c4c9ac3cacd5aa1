"""Who may call what: credentials, issued tokens, the token endpoint and the gate."""
