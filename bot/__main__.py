"""`python -m bot` is `seller-bot`, for where the script is not on the path."""

import sys

from bot.cli import main

sys.exit(main())
