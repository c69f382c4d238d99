"""Bills of materials and dataset metadata as reports."""
