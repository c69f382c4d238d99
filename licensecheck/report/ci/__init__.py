"""Reports that programs of continuous integration read."""
