"""Blanks, full-width forms and polite words change nothing of what is answered."""

from collections.abc import Callable

import pytest

from handlers.conversation import Conversation
from tests.handlers.talk import ask

WIDE = {code: chr(code + 0xFEE0) for code in range(0x21, 0x7F)}

QUESTIONS = [
    "RFQ营销指数二档加几分",
    "近90天RFQ交易额3万美元，免费报价权益用了70%，能加几分",
    "我的店RTS占比35%，主营服装，能报名小单快定吗",
    "5月小单快定活动是几号",
    "推荐之星第11名，花了4000元，返多少",
    "推荐之星访客增加100，询盘减少3，TM咨询增加2，多少分",
    "空快新客优惠，运费120元能减多少",
    "全球重货专线有没有空快新客优惠",
    "平台物流信保手续费，订单12000美元收多少",
    "国际关税查询支持德国吗",
    "订单分配怎么设置",
    "自有物流轨迹异常人工抽查第三次不通过怎么处罚",
]
ENGLISH = [
    "how many points does RFQ tier 2 give?",
    "Recommendation Star rank 11, spend RMB 4000, how much back?",
    "When is the May RTS small order campaign?",
    "trade assurance fee with platform logistics for an order of USD 12000, how much?",
    "How do I set up order assignment?",
]
CHANGES: dict[str, Callable[[str], str]] = {
    "blanks around": lambda text: f"   {text}  \n",
    "full-width forms": lambda text: text.translate(WIDE),
    "zero-width spaces": "\u200b".join,
    "a question mark": lambda text: text.rstrip("?") + "？",
}
POLITE_ZH: dict[str, Callable[[str], str]] = {
    "polite before": lambda text: f"你好，请问一下，{text}",
    "polite behind": lambda text: f"{text}？谢谢",
    "please and thanks": lambda text: f"麻烦您帮忙看一下，{text}？辛苦了",
    "a blank behind each comma": lambda text: text.replace("，", "， "),
}
POLITE_EN: dict[str, Callable[[str], str]] = {
    "polite before": lambda text: f"Hello, {text}",
    "polite behind": lambda text: f"{text} Thanks!",
    "upper case": str.upper,
    "double blanks": lambda text: text.replace(" ", "  "),
}


def outcome(conversation: Conversation, text: str) -> tuple[object, ...]:
    """What is answered, apart from the spelling of names in it."""
    reply = ask(conversation, text)
    return (reply.kind, reply.topics, [(p.item, p.tool, p.result, p.missing) for p in reply.parts])


@pytest.mark.parametrize("change", [*CHANGES, *POLITE_ZH])
@pytest.mark.parametrize("text", QUESTIONS)
def test_chinese(conversation: Conversation, text: str, change: str) -> None:
    changed = {**CHANGES, **POLITE_ZH}[change](text)

    assert outcome(conversation, changed) == outcome(conversation, text)


@pytest.mark.parametrize("change", [*CHANGES, *POLITE_EN])
@pytest.mark.parametrize("text", ENGLISH)
def test_english(conversation: Conversation, text: str, change: str) -> None:
    changed = {**CHANGES, **POLITE_EN}[change](text)

    assert outcome(conversation, changed) == outcome(conversation, text)


def test_the_table_answers_with_results(conversation: Conversation) -> None:
    """Else the comparisons above would hold of declines as well."""
    assert all(outcome(conversation, text)[0] == "answer" for text in [*QUESTIONS, *ENGLISH])
