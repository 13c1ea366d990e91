"""What a reply must say, and what it must not: one row for each sentence that once was wrong."""

import pytest

from handlers.conversation import Conversation
from handlers.reply import Setting
from tests.handlers.talk import APRIL_22, ask

DURING, LATER = "2021-09-30T10:00", "2021-11-24T10:00"


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        pytest.param("小单快定开放哪些行业", "Apparel", "不在其中", id="all industries"),
        pytest.param("which industries may join RTS?", "Apparel", "is not among", id="in English"),
        pytest.param("营销流量指数统计哪些工具", "问鼎", "没有这个工具", id="all tools"),
        pytest.param("空快优惠包含哪些线路", "后续即将上线", "这样的名字", id="all lines"),
        pytest.param(
            "三月推荐之星雅尼仕的得分", "访客增长48,881×0.2", "5月", id="months of a table"
        ),
        pytest.param(
            "March Recommendation Star score of Yanishi",
            "visitor growth 48,881×0.2",
            "May",
            id="table",
        ),
        pytest.param("RTS: my MOQ is 1 piece", "1 piece,", "1 pieces", id="one piece"),
        pytest.param("RTS product delivery time is 1 day, ok?", "1 day,", "1 days", id="one day"),
        pytest.param("MOQ 60 for RTS, ok?", "10 pieces", "10 piece.", id="ten"),
    ],
)
def test_wording(conversation: Conversation, question: str, said: str, unsaid: str) -> None:
    text = ask(conversation, question).text

    assert said in text
    assert unsaid not in text


@pytest.mark.parametrize(
    ("question", "said", "unsaid"),
    [
        pytest.param("信保5000美元手续费收多少", "订单实收金额 = USD 5,000", "[", id="list"),
        pytest.param(
            "平台物流，信保5000美元手续费收多少", "平台物流", "platform", id="a choice by its title"
        ),
        pytest.param("空快新客三单运费分别150、90、200，减多少", "RMB 150、RMB 90、RMB 200", "'", id="amounts"),
        pytest.param("RFQ交易额3万美金，权益70%，定制赛道，加几分", "= 70%", "customization", id="share"),
        pytest.param("which points for RFQ USD 30000 and 70% used, customization track", "= USD 30,000", "30000", id="in English"),
        pytest.param("3D模型20个商品要几个模型", "= 20", "count =", id="count"),
        pytest.param("全球重货专线在空快优惠里吗", "全球重货专线", "names", id="a name"),
        pytest.param("国际关税查询支持美国和德国吗", "德国", "destinations", id="a place"),
    ],
)  # fmt: skip
def test_note_for_the_agent(
    conversation: Conversation, question: str, said: str, unsaid: str
) -> None:
    note = ask(conversation, question, setting="forward").note or ""

    assert said in note
    assert unsaid not in note.split("\n")[1]


@pytest.mark.parametrize("setting", ["dm", "group"])
@pytest.mark.parametrize(
    ("question", "at", "said", "times"),
    [
        pytest.param("自己找的线下快递能享受空快优惠吗", LATER, "已经结束", 1, id="prose"),
        pytest.param("今天可以享受空快优惠吗", LATER, "已经结束", 1, id="today"),
        pytest.param("can I use the express discount today", LATER, "is over", 1, id="in English"),
        pytest.param("今天可以享受空快优惠吗", DURING, "已经结束", 0, id="while it runs"),
        pytest.param("推荐之星红包能提现吗", LATER, "已经结束", 1, id="another offer"),
        pytest.param("怎么看RFQ报价权益", LATER, "已经结束", 0, id="no offer"),
    ],
)  # fmt: skip
def test_prose_of_an_offer_says_that_it_is_over(
    conversation: Conversation, question: str, at: str, said: str, times: int, setting: Setting
) -> None:
    text = ask(conversation, question, at=at, setting=setting).text

    assert text.count(said) == times


@pytest.mark.parametrize(
    ("question", "first", "rule"),
    [
        pytest.param("空快新客优惠每单最高减200元对吧", "不对", "最高立减RMB 100", id="a limit"),
        pytest.param("RFQ tier 1 needs 80% usage, right?", "No:", "at least 60%", id="a threshold"),
        pytest.param("小单快定商品MOQ不能超过30件对吧", "不对", "不超过50件", id="a bound"),
        pytest.param("一个3D模型最多绑定30个商品对吧", "不对", "20", id="a capacity"),
        pytest.param("信保平台物流手续费封顶200美元是吧", "不对", "USD 100", id="a cap"),
        pytest.param("推荐之星第1名返50%是吧", "不对", "100%", id="a share"),
    ],
)
def test_a_wrong_figure_is_corrected(
    conversation: Conversation, question: str, first: str, rule: str
) -> None:
    reply = ask(conversation, question, at=APRIL_22)

    assert reply.kind == "answer"
    assert reply.text.startswith(first)
    assert rule in reply.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("空快新客优惠每单最高减100元对吧", "最高立减RMB 100", id="a right limit"),
        pytest.param("空快立减每单最高100元，封顶3单300元对吧", "总共30,000单", id="several limits"),
        pytest.param("运费80减80对吧", "自付RMB 0", id="a case without a person"),
        pytest.param("我空快运费200元，能减100对吧", "自付RMB 100", id="a case"),
        pytest.param("my RFQ trade is USD 30,000 and 70% used, 3 points, right?", "reach tier 1", id="my case"),
        pytest.param("我的MOQ是30件，小单快定够格对吧", "30件，符合", id="my product"),
    ],
)  # fmt: skip
def test_a_right_figure_or_a_case_is_not(
    conversation: Conversation, question: str, said: str
) -> None:
    text = ask(conversation, question, at=APRIL_22).text

    assert not text.startswith(("不对", "No:"))
    assert said in text
