"""Commands as words: DingTalk knows no slash commands."""

import re
from typing import Final

from bot.delivery.commands import COMMANDS, NOW

_BARE: Final = {
    "start": ("开始", "開始"),
    "help": ("帮助", "幫助", "怎么用"),
    "topics": ("主题", "主題", "topic"),
    "deadlines": ("截止日期", "deadline"),
    "language": ("语言", "語言"),
    "source": ("来源", "來源", "依据", "依據", "sources"),
    "forget": ("忘记我", "忘記我", "forget me"),
    "cancel": ("取消",),
    "asof": ("日期", "as of"),
    "context": ("上下文",),
}
_WITH_ARGUMENT: Final = ("language", "asof", "context", "start")
_LANGUAGES: Final = ("中文", "繁體", "繁体", "english", "auto")
_ARGUMENTS: Final = {
    "群": "group", "全群": "group", "个人": "person", "每人": "person", "每个人": "person",
    "個人": "person",
}  # fmt: skip
_COMMAND_OF: Final = {
    **{name: name for name in COMMANDS},
    **{word: name for name, words in _BARE.items() for word in words},
}
_END = " \t\n。.!！?？~～"
_SAID: Final = {
    "zh": {"forget": "忘记我", "help": "帮助", "asof": "日期", "context": "上下文",
           "language": "语言", "start": "开始"},
    "en": {"forget": "forget me", "help": "help", "asof": "as of", "context": "context",
           "language": "language", "start": "start"},
}  # fmt: skip
_SLASH = re.compile(r"(?<![\w/])/(forget|help|asof|context|language|start)\b")


def command(text: str) -> tuple[str, str] | None:
    """The command that a whole message is, and its argument; None when it is none."""
    said = text.strip(_END)
    slash = said.startswith("/")
    said = said.removeprefix("/").strip()
    folded = re.sub(r"\s+", " ", said.casefold())
    if folded in _LANGUAGES:
        return "language", folded
    if name := _COMMAND_OF.get(folded):
        return name, ""
    for word in sorted(_COMMAND_OF, key=len, reverse=True):
        name = _COMMAND_OF[word]
        rest = folded.removeprefix(word)
        if name in _WITH_ARGUMENT and rest != folded and rest[:1] in " :：":
            argument = said[len(said) - len(rest) :].strip(" :：") if len(said) else ""
            if slash or _is_argument(name, argument):
                return name, _ARGUMENTS.get(argument, argument)
    if slash and (unknown := re.match(r"[A-Za-z0-9_]{1,32}", said)):
        return unknown.group().casefold(), ""
    return None


def is_word(label: str) -> bool:
    """Whether a button's label can simply be sent."""
    return command(label) is not None or label in ("👍", "👎")


def spoken(text: str) -> str:
    """A text of the bot's own in which commands are the words that DingTalk's users send."""
    language = "zh" if re.search(r"[\u4e00-\u9fff]", text) else "en"
    return _SLASH.sub(lambda match: _SAID[language][match[1]], text)


def _is_argument(name: str, argument: str) -> bool:
    """A question may begin with the same word; what a setting takes is short."""
    match name:
        case "asof":
            return bool(re.match(r"\d{4}-\d{1,2}-\d{1,2}", argument)) or argument.casefold() in NOW
        case "context":
            return _ARGUMENTS.get(argument, argument) in ("person", "group")
        case "language":
            return len(argument.split()) == 1 and len(argument) <= 12
    return False
