"""Judge the contract: by rules, by facts, and by tools that others wrote."""
