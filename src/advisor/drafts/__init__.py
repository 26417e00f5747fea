"""The drafts of the papers that an advice calls for."""
