"""Words of comparison, negation and certainty: other checks count them, so here they are known."""

from functools import cache

_ZH = """
不低于 不少于 不小于 不早于 不超过 不高于 不多于 不大于 不晚于 不迟于 大于等于 小于等于 不得低于 不得超过 不能低于 不能超过 不得少于 至少 最少 起码 最低
最多 最高 至多 超过 高于 多于 大于 低于 少于 小于 不足 不到 未达到 未达 没达到 没到 未到 未满 达到 达 满 以上 及以上 以下 以内 之内 内 起 前 之前 以前 后 之后
晚于 早于 最晚 最迟 截止 截至 止 左右 约 大约 大概 不 没 没有 未 无 无法 无需 并非 并未 尚未 还没 还没有 非 不再 不会 不可 不能 不是 并不 并没有 不在 不得 否
或 或者 只 仅 只有 只能 仅有 仅限 只限 已 已经 预计 预期 计划 暂定 为准 每 每个 全部 所有 如果 若 如 从 自 到 至 北京时间 美国太平洋时间 中旬 上旬 下旬 底 初
万 千 百 元 美元 美金 人民币 天 个 件 单 次 分 档 第 年 月 日 号 点 小时 分钟 工作日 个工作日 百分之 成 折 翻倍 一半 半 零 一 二 两 三 四 五 六 七 八 九 十
"""
_EN = """
at least most more less than fewer no not none never neither nor without cannot can't won't isn't aren't doesn't don't didn't wasn't hasn't haven't
up over above below under within exceed exceeds exceeding exceeded beyond minimum maximum reach reaches reached or either only just expected expect expects planned tentative
tentatively scheduled subject unless except unable ineligible excluded if each per every all any both yes from until till by before after since through onwards
late early mid end start beginning approximately roughly about around usd rmb cny yuan dollars dollar percent per cent days day hours hour weeks week months month years year
points point orders order tier level top working business first second third times once twice half quarter hundred thousand million higher lower later longer
"""


@cache
def _words() -> frozenset[str]:
    return frozenset([*_ZH.split(), *_EN.split()])


def structural(word: str) -> bool:
    """Whether another check counts this word."""
    return word in _words()
