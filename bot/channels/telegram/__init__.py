"""Telegram, by python-telegram-bot on the delivery of this project."""
