"""Documents, built once of blocks and written as text, HTML, Markdown or DOCX."""
