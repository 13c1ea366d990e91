"""One conversation over the real bulletins for all tests of the handlers."""

import pytest

from handlers.conversation import Conversation
from knowledge.library import Library


@pytest.fixture(scope="session")
def conversation(april: Library) -> Conversation:
    return Conversation(april)
