"""Words of negation and certainty: other checks count them, so here they are known."""

from functools import cache

_ZH = """
不 没 没有 未 无 无法 无需 并非 并未 尚未 还没 还没有 非 不再 不会 不可 不能 不是 并不 并没有 不在 不得 否
或 或者 只 仅 只有 只能 仅有 仅限 只限 已 已经 预计 预期 计划 暂定 为准 每 每个 全部 所有 如果 若 如 从 自 到 至
"""
_EN = """
no not none never neither nor without cannot can't won't isn't aren't doesn't don't didn't wasn't hasn't haven't
or either only just expected expect expects planned tentative tentatively scheduled subject unless except unable
ineligible excluded s if each per every all any both from until till to between
"""


@cache
def _words() -> frozenset[str]:
    return frozenset([*_ZH.split(), *_EN.split()])


def structural(word: str) -> bool:
    """Whether another check counts this word."""
    return word in _words()
