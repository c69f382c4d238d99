"""What a user names, and what is read there: a folder, a page, a dataset on a hub."""
