"""Tools that know nothing of licenses: errors, messages, files, YAML with lines, strict reading, compiled tables."""
