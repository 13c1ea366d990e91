"""The channels: each translates a platform's events and calls, and nothing more."""
