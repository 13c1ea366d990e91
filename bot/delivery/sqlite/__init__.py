"""The store in SQLite, for one host."""
