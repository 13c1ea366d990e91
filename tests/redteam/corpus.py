"""Replies of the real conversation: every item in both languages, and cases that are computed."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import cache
from zoneinfo import ZoneInfo

from bot.app import load_conversation
from bot.llm.guard import Guard
from bot.llm.names import known_names
from bot.settings import Settings
from handlers.conversation import Conversation, Message
from handlers.reply import Reply

NOW = datetime(2021, 4, 22, 10, tzinfo=ZoneInfo("Asia/Shanghai"))
CASES = (
    "定制赛道 近90天RFQ在线交易31,200美金 免费报价权益用了100% 加几分",
    "定制赛道 近90天RFQ在线交易26000美金 免费报价权益用了55% 加几分",
    "customization track, RFQ trade USD 36,000 in 90 days, all free quotes used, how many points",
    "customization track, RFQ trade USD 24,000 in 90 days, 70% of free quotes used, how many points",
    "RTS商品180个 商品总数620个 主营照明灯具 能报名小单快定吗",
    "our shop has 310 RTS products of 620, main industry home & garden, can we sign up for RTS small orders",
    "定制MOQ 60件 交期9天 一件起订 能进小单快定吗",
    "customization MOQ 30 pieces, delivery 5 days, does the product qualify for small orders",
    "空快 三单运费 120 85 300 元 一共减多少",
    "express newcomer: two orders with freight RMB 80 and RMB 150, how much off",
    "空快活动前用过国际站快递 还能享受吗",
    "全球普货专线在空快优惠范围里吗",
    "全球普货小包能享受空快优惠吗",
    "is 全球3C小包 covered by the express newcomer discount",
    "平台物流和线下物流 12000美金 手续费各多少",
    "trade assurance fee for USD 8,000 with platform logistics and with own logistics",
    "推荐之星第6名 消耗3600元 返多少",
    "recommendation star rank 620, spend RMB 5,200, how much back",
    "推荐之星得分 访客从1000到1300 询盘从20到18 TM咨询从10到22 多少分",
    "推荐之星什么时候报名",
    "when is the sign-up of recommendation star",
    "仓到门 约定发货时间4月20日 4月21日入库 能豁免吗",
    "own logistics, agreed shipping date 20 April, can a late order be exempt",
    "20单 逾期5单 其中豁免2单 按时发货率多少",
    "20 orders, 5 late, 2 of them exempt, what is the on-time rate",
    "3D资源到账时间2020年12月20日 最晚什么时候提交拍摄任务",
    "3D resource credited on 5 January 2021, what is the deadline of the shooting task",
    "45个同叶子类目的商品要几个在线定制模型",
    "50 products of one leaf category, how many online customization models",
    "小单快定5月活动是哪几天",
    "when is the June RTS small order campaign",
    "国际关税查询支持德国吗",
    "does the duty look-up support the USA",
    "物流轨迹异常第3次怎么处罚",
    "abnormal trace for the second time, what is the penalty",
    "RFQ报价率什么时候移除",
    "when does the RFQ bonus take effect",
    "12000美金的单走平台物流手续费多少 另外空快活动什么时候结束",
    "what is the fee cap, and until when does the express offer run",
)


@cache
def conversation() -> Conversation:
    return load_conversation(Settings())


@cache
def guard() -> Guard:
    return Guard(known_names(conversation().library))


def _ask(text: str, now: datetime = NOW, **more: str) -> Reply:
    return conversation().reply(Message(text, **more), {}, now)[0]  # type: ignore[arg-type]


def _all() -> Iterator[Reply]:
    for case in CASES:
        yield _ask(case)
        yield _ask(case, NOW + timedelta(days=20))
        yield _ask(case, setting="forward")
        if not case.isascii():
            yield _ask(case, language="zh-Hant")
    for bulletin in conversation().library.bulletins:
        for subject in bulletin.subjects:
            for item in subject.items:
                for utterance in (*item.utterances.zh[:2], *item.utterances.en[:2]):
                    yield _ask(utterance)
                for utterance in item.utterances.zh[:1]:
                    yield _ask(utterance, NOW + timedelta(days=20))
                    yield _ask(utterance, language="zh-Hant")


def replies() -> list[Reply]:
    """Replies with different texts; computed ones first."""
    found = {(reply.language, reply.text): reply for reply in _all()}
    return sorted(found.values(), key=lambda r: not any(part.tool for part in r.parts))
