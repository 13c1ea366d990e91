"""How each kind of item answers a turn."""
