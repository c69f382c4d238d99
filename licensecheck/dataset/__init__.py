"""A dataset that is published: its declaration, sources, decisions, lineage, lock and baseline."""
