"""The pytest fixture `enboarder_mock`."""
