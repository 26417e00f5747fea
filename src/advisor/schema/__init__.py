"""JSON Schemas of the files that people write: kbase/, rules/ and scenarios, for their editors."""
