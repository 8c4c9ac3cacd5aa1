"""Make what readers and users get: the site and the release."""
