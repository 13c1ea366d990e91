"""Scripts of several turns: bare answers, corrections, follow-ups, interruptions.

Each turn is a message, the kind of its reply and what its text has to contain.
"""

import json
from typing import Any

import pytest

from handlers.conversation import Conversation
from handlers.reply import Kind
from tests.handlers.talk import APRIL_22, talk

Step = tuple[str, Kind, tuple[str, ...]]

SCRIPTS: dict[str, tuple[Step, ...]] = {
    "bare answers in the order of the questions": (
        ("我的RFQ营销指数能加几分", "ask", ("在线交易额是多少美元",)),
        ("3万", "ask", ("用了百分之多少",)),
        ("60%", "answer", ("达到一档，加3分", "USD 30,000")),
        ("定制", "answer", ("达到一档，加3分",)),
    ),
    "bare answers in English": (
        ("how many RFQ bonus points do I get?", "ask", ("in USD?",)),
        ("30k", "ask", ("What share",)),
        ("used 60%", "answer", ("You reach tier 1: 3 points",)),
    ),
    "yes and no": (
        ("空快新客优惠我能参加吗", "ask", ("哪种会员",)),
        ("出口通", "ask", ("中国大陆的商家吗",)),
        ("是的", "ask", ("服务期内吗",)),
        ("是的", "ask", ("用过国际站快递吗",)),
        ("没有", "answer", ("符合空快新客优惠的条件",)),
    ),
    "yes and no in English": (
        ("can I join the express newcomer discount?", "ask", ("Which membership",)),
        ("Chukoutong", "ask", ("mainland China?",)),
        ("yes", "ask", ("in service at present?",)),
        ("yes", "ask", ("had you used",)),
        ("no", "answer", ("Yes, eligible",)),
    ),
    "a no that decides": (
        ("空快新客优惠我能参加吗", "ask", ()),
        ("出口通", "ask", ("中国大陆的商家吗",)),
        ("不是", "answer", ("不符合空快新客优惠的条件",)),
    ),
    "not sure asks again": (
        ("我的RFQ营销指数能加几分", "ask", ()),
        ("交易额3万美金", "ask", ("用了百分之多少",)),
        ("不清楚", "ask", ("用了百分之多少",)),
        ("60%", "answer", ("达到一档",)),
    ),
    "an amount corrected": (
        ("RFQ交易额3万美金，权益60%，能加几分", "answer", ("达到一档",)),
        ("不对，是2万4", "answer", ("不加分", "USD 24,000")),
    ),
    "a figure taken back with the words of another entry": (
        ("RFQ交易额3万美金，权益60%，能加几分", "answer", ("达到一档",)),
        ("交易额是3万6，不是3万", "answer", ("达到一档", "USD 36,000")),
    ),
    "an amount corrected in English": (
        ("RFQ trade USD 30000, 60% of the quotes used, how many points?", "answer", ("tier 1",)),
        ("no, it was 24k", "answer", ("No points", "USD 24,000")),
    ),
    "a share corrected, then X not Y": (
        ("RFQ交易额3万6美金，权益60%，能加几分", "answer", ("达到一档",)),
        ("不对，权益是59%", "answer", ("不加分", "59%")),
        ("权益是100%，不是59%", "answer", ("达到二档",)),
    ),
    "a choice corrected": (
        ("我的店能报名小单快定吗", "ask", ("比例是多少",)),
        ("35%", "ask", ("一级行业",)),
        ("家具", "answer", ("不符合",)),
        ("说错了，是服装", "answer", ("符合报名RTS小单快定",)),
        ("占比应该是25%", "answer", ("不符合", "还差5个百分点")),
    ),
    "counts and days corrected": (
        ("我的RTS商品支持在线定制，MOQ 60件，发货期7天，能进小单快定吗", "answer", ("不符合",)),
        ("MOQ改成50", "answer", ("符合要进入",)),
        ("发货期说错了，是8天", "answer", ("不符合", "超出1天")),
    ),
    "a rank and a spend followed up": (
        ("推荐之星第10名花了3000元返多少", "answer", ("可得RMB 3,000",)),
        ("第11名呢", "answer", ("可得RMB 1,500",)),
        ("花了6000呢", "answer", ("可得RMB 2,000", "上限")),
    ),
    "ways and amounts followed up": (
        ("信保手续费平台物流收多少？我要算一下", "ask", ("实收金额是多少",)),
        ("5000美元", "answer", ("平台物流收USD 50",)),
        ("线下呢", "answer", ("线下物流收USD 100",)),
        ("12000的呢", "answer", ("USD 12,000", "USD 240")),
    ),
    "orders added and corrected": (
        ("空快新客优惠，运费120元减多少", "answer", ("最多减RMB 100",)),
        ("再加一单80", "answer", ("共减RMB 180",)),
        ("第一单是60", "answer", ("共减RMB 140",)),
    ),
    "another month": (
        ("5月小单快定活动是几号", "answer", ("5月24日",)),
        ("7月的呢", "answer", ("7月26日", "8月1日")),
    ),
    "another country": (
        ("国际关税查询支持德国吗", "answer", ("德国：",)),
        ("日本呢", "answer", ("日本：",)),
        ("那美国呢", "answer", ("美国：国际关税查询支持",)),
    ),
    "another name of a list": (
        ("全球重货专线有空快优惠吗", "answer", ("线路范围内",)),
        ("全球重货（DDP）呢", "answer", ("不在",)),
    ),
    "another occurrence": (
        ("自有物流轨迹异常第二次怎么处罚", "answer", ("第2次：警告",)),
        ("第三次呢", "answer", ("扣12分",)),
    ),
    "another tier": (
        ("RFQ营销指数二档什么条件", "answer", ("35,000",)),
        ("那一档呢", "answer", ("25,000",)),
    ),
    "another day of a batch": (
        ("3D拍摄资源截止哪天", "answer", ("2021年5月10日", "2021年6月30日")),
        ("12月15日到账的", "answer", ("属于2020年Q3第二批",)),
        ("11月5日到账的呢", "answer", ("不适用",)),
    ),
    "a part of a score added": (
        ("推荐之星我访客多100，询盘多2，多少分", "ask", ("TM咨询人数",)),
        ("TM多1", "answer", ("合计45分",)),
    ),
    "interrupted and taken up again": (
        ("我的RFQ营销指数能加几分", "ask", ()),
        ("5月小单快定活动是几号", "answer", ("5月24日",)),
        ("回到刚才那个，3万美金，60%", "answer", ("达到一档，加3分",)),
    ),
    "a new question interrupts what was asked": (
        ("我的店能报名小单快定吗", "ask", ()),
        ("订单分配怎么设置", "answer", ("订单列表-订单设置",)),
    ),
    "left, then something else": (
        ("我的RFQ营销指数能加几分", "ask", ()),
        ("算了", "decline", ("放下",)),
        ("智慧税则什么时候上线", "answer", ("2021年4月16日",)),
    ),
    "ellipsis over two topics": (
        ("推荐之星怎么报名", "answer", ()),
        ("小单快定呢", "answer", ("报名",)),
    ),
    "thanks at the end": (
        ("订单分配怎么设置", "answer", ()),
        ("好的谢谢", "answer", ("不客气",)),
    ),
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_script(conversation: Conversation, script: tuple[Step, ...]) -> None:
    """Between the turns the state goes through JSON (see `talk`)."""
    said = talk(conversation, *(text for text, _, _ in script))

    for reply, (text, kind, wanted) in zip(said.replies, script, strict=True):
        assert reply.kind == kind, text
        assert [words for words in wanted if words not in reply.text] == [], text


def test_state_is_plain_json_after_each_kind_of_item(conversation: Conversation) -> None:
    state: dict[str, Any] = {}
    for script in SCRIPTS.values():
        said = talk(conversation, *(text for text, _, _ in script), state=state)
        state = dict(said.state)
        assert json.loads(json.dumps(state)) == state


def test_state_stays_small_however_long_the_talk_is(conversation: Conversation) -> None:
    turns = [text for script in SCRIPTS.values() for text, _, _ in script]
    once = talk(conversation, *turns)

    assert len(json.dumps(once.state)) < 8_000


def test_two_people_do_not_share_what_they_said(conversation: Conversation) -> None:
    one = talk(conversation, "我的RFQ营销指数能加几分", "交易额3万美金")
    other = talk(conversation, "我的RFQ营销指数能加几分")

    assert one.last.parts[0].missing == ("free-quotes-used",)
    assert other.last.parts[0].missing == ("rfq-trade-90d", "free-quotes-used")
    assert talk(conversation, "60%", state=one.state).last.kind == "answer"
    assert talk(conversation, "60%", state=other.state).last.kind == "ask"


@pytest.mark.parametrize(
    "state",
    [
        pytest.param({}, id="empty"),
        pytest.param({"version": 0, "items": ["rfq-bonus"]}, id="of an older version"),
        pytest.param({"something": "else"}, id="of something else"),
    ],
)
def test_a_state_that_is_not_ours_begins_anew(
    conversation: Conversation, state: dict[str, Any]
) -> None:
    assert talk(conversation, "60%", state=state, at=APRIL_22).last.kind == "decline"
