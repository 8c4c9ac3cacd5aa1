"""Send one request over HTTP, and return its answer or the failure."""
