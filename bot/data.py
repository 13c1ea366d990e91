"""Where the process that serves keeps its database."""

from pathlib import Path

from bot.settings import Settings

DATABASE = "seller-bot.db"


def data_folder(settings: Settings) -> Path:
    """SELLER_BOT_DATA, else `data` in the working folder."""
    return settings.data or Path("data")
