"""Tariff tables on disk: importers, the SQLite index, the starter table, the commands."""
