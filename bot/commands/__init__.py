"""The commands of the command line, one module each, and what they share.

A command module has `add(commands)`, which declares its arguments, and `run(args, settings)`, which
returns the exit status.
"""

import argparse
from typing import TypeAlias

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"


class CommandError(Exception):
    """Something that the user can put right; the message says what is wrong and the remedy."""
