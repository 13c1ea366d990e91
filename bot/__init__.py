"""Seller Bot, the application."""

import os

# Looking through all installed packages for plugins of pydantic would take a tenth of a start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
