"""Who asks: the two credentials, and the token that one of them lives on."""
