"""The rule engine: sources and a use in, a verdict out. Pure."""
