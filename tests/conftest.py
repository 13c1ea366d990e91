"""The real April 2021 bulletin, loaded once for all tests."""

import pytest
from hypothesis import settings

from knowledge.library import Library
from knowledge.loader import BUILT_IN, load_library

# A busy machine is slow now and then; that is no fault of what is tested.
settings.register_profile("project", deadline=None)
settings.load_profile("project")


@pytest.fixture(scope="session")
def april() -> Library:
    """The library with the built-in bulletins."""
    return load_library([BUILT_IN])
