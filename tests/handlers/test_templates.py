"""Every template is used by some reply and renders in both languages without a missing name."""

from typing import Any

import pytest
from jinja2 import Template

from bot.app import load_conversation
from bot.settings import Settings
from handlers import wording
from handlers.conversation import Conversation, Message
from handlers.language import Language
from tests.handlers.talk import APRIL_22, moment, talk

MARCH, OCTOBER = "2021-03-20T10:00", "2021-10-20T10:00"

# Talks that together use every template.
TALKS: tuple[tuple[str, ...], ...] = (
    ("你好",),
    ("谢谢",),
    ("算了",),
    ("今天天气怎么样",),
    ("我的RFQ营销指数能加几分", "3万", "60%"),
    ("RFQ交易额3万人民币，权益用了70%，能加几分",),
    ("RFQ营销指数二档加8分是吧",),
    ("我的店RTS占比35%，主营服装，能报名小单快定吗",),
    ("我能参加空快新客优惠吗",),
    ("有21个同叶子类目商品，要建几个在线定制模型",),
    ("国际关税查询支持美国和德国吗",),
    ("3D拍摄资源2020年12月15日到账，5月12日提交任务来得及吗",),
    ("空快新客优惠，运费120元能减多少",),
    ("5月小单快定报名链接",),
    ("自有物流轨迹异常人工抽查第三次不通过怎么处罚",),
    ("5月小单快定活动是几号",),
    ("门到门快递，约定发货时间4月23日，4月22日下的快递单，能豁免吗",),
    ("RTS标签什么时候上线",),
    ("平台物流信保手续费，订单12000美元收多少",),
    ("全球重货专线有没有空快新客优惠",),
    ("我这条线路能用空快新客优惠吗",),
    ("推荐之星第11名，花了4000元，返多少",),
    ("推荐之星访客增加100，询盘减少3，TM咨询增加2，多少分",),
    ("订单分配怎么设置",),
    ("推荐之星三月名单第一名是谁",),
    ("出口美国，税号8509.80关税税率是多少",),
    ("两个不同类目分别有25个和30个商品，要建几个在线定制模型",),
    ("空快新客优惠活动时间，10月1日下午4点还在吗",),
    ("推荐之星红包能提现吗",),
    ("5月公告有什么内容",),
)
LANGUAGES: tuple[Language, ...] = ("zh", "zh-Hant", "en")


@pytest.fixture(scope="module")
def conversation() -> Conversation:
    """With the tariff desk, as the application makes it."""
    return load_conversation(Settings())


@pytest.fixture
def used(monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the templates that are rendered."""
    names: set[str] = set()
    render = Template.render

    def note(template: Template, *facts: Any, **more: Any) -> str:
        names.add((template.name or "").removesuffix(".j2"))
        return render(template, *facts, **more)

    monkeypatch.setattr(Template, "render", note)
    return names


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_template_is_used(
    conversation: Conversation, used: set[str], language: Language
) -> None:
    for turns in TALKS:
        for at in (APRIL_22, MARCH, OCTOBER):
            assert talk(conversation, *turns, at=at, language=language).last.text
            talk(conversation, *turns, at=at, language=language, setting="forward")
    now = moment(APRIL_22)
    for told in (conversation.greeting, conversation.help, conversation.topics):
        assert told(language, now)
    assert conversation.deadlines(language, now)
    folder = wording.TEMPLATES / ("en" if language == "en" else "zh")

    assert {path.stem for path in folder.glob("*.j2")} - used == set()


def test_both_languages_have_the_same_templates() -> None:
    names = {
        language: {path.name for path in (wording.TEMPLATES / language).glob("*.j2")}
        for language in ("zh", "en")
    }

    assert names["zh"] == names["en"]
    assert names["zh"]


@pytest.mark.parametrize("at", [APRIL_22, MARCH, OCTOBER, "2026-01-01T00:00"])
def test_every_item_is_told_in_both_languages(conversation: Conversation, at: str) -> None:
    """By its own first example: no name that a template misses, no empty text."""
    now = moment(at)
    view = conversation.library.at(now)
    for known in view:
        for text, language in (
            *((text, "zh") for text in known.item.utterances.zh[:1]),
            *((text, "en") for text in known.item.utterances.en[:1]),
        ):
            reply, _ = conversation.reply(Message(text, "forward"), {}, now)
            assert reply.text.strip(), (known.id, language)
            assert "{{" not in reply.text


def test_no_reply_has_an_empty_line_twice_or_a_blank_at_an_end(
    conversation: Conversation,
) -> None:
    for turns in TALKS:
        for language in LANGUAGES:
            text = talk(conversation, *turns, language=language).last.text
            assert "\n\n\n" not in text
            assert all(line == line.strip() for line in text.split("\n")), text
