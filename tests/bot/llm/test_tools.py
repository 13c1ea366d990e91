"""The tools as langchain tools give what the pure functions give."""

from decimal import Decimal
from typing import Any

import pytest

from bot.llm.tools import langchain_tools
from handlers.conversation import Conversation
from tests.bot.llm.conftest import NOW


@pytest.fixture(scope="module")
def tools(conversation: Conversation) -> dict[str, Any]:
    return {tool.name: tool for tool in langchain_tools(conversation.library.at(NOW), NOW)}


def test_a_fee_is_computed_and_cited(tools: dict[str, Any]) -> None:
    answer = tools["ta_fee"].invoke({"amount": "12000"})

    assert Decimal(answer["result"]["saving"]) == 140
    assert answer["source"]["bulletin"] == "2021-04"


def test_a_tier_is_judged_as_of_the_moment(tools: dict[str, Any]) -> None:
    answer = tools["rfq_bonus"].invoke(
        {"rfq_trade_90d": "31200", "free_quotes_used": "1", "track": "customization"}
    )

    assert answer["result"]["tier"]["tier"] == 1
    assert answer["certainty"] == "expected"


def test_what_is_missing_is_refused(tools: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="amount"):
        tools["ta_fee"].invoke({})


def test_each_tool_describes_its_arguments(tools: dict[str, Any]) -> None:
    assert len(tools) >= 5
    for tool in tools.values():
        assert tool.description
        assert all(schema.get("description") for schema in tool.args.values())
