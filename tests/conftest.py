"""The real April 2021 bulletin, loaded once for all tests."""

import pytest

from knowledge.library import Library
from knowledge.loader import BUILT_IN, load_library


@pytest.fixture(scope="session")
def april() -> Library:
    """The library with the built-in bulletins."""
    return load_library([BUILT_IN])
