"""Bulletins and what was learned of them, kept in files so that the next start is quick."""
