"""What the terminal chat says of itself; answers come from the conversation."""

from datetime import date, datetime

from handlers.language import Language
from handlers.text import to_traditional

_WORDS = {
    "offer": (
        "现在按今天（{today}）回答；直接按回车（空行），就改为按{day}回答。",
        "Answers are as of today, {today}. Press Enter on an empty line to ask as of {day} instead.",
    ),
    "offer_line": (
        "现在按今天（{today}）回答；输入 /asof {iso}，就改为按{day}回答。",
        "Answers are as of today, {today}. Type /asof {iso} to ask as of {day} instead.",
    ),
    "commands": (
        "/topics 能问什么 · /deadlines 日期 · /asof 日期 · /language 语言 · /source 依据 · "
        "/cancel 不问了 · /help 帮助；Ctrl-D 或 /quit 离开",
        "/topics what I know · /deadlines dates · /asof DATE · /language LANGUAGE · /source · "
        "/cancel · /help; Ctrl-D or /quit leaves",
    ),
    "as_of": ("现在按{moment}回答。", "Answers are as of {moment} now."),
    "as_of_today": ("现在按今天回答。", "Answers are as of today now."),
    "bad_as_of": (
        "看不懂这个日期；请写成 /asof 2021-04-22 或 /asof 2021-04-22T10:00，/asof today 回到今天。",
        "That is no date I can read; write /asof 2021-04-22 or /asof 2021-04-22T10:00, "
        "/asof today goes back to today.",
    ),
    "language": ("之后用中文回答。", "Replies are in English from now on."),
    "language_auto": (
        "之后按问题的语言回答。",
        "Replies are in the language of the question from now on.",
    ),
    "bad_language": (
        "请写 /language zh、zh-Hant、en 或 auto。",
        "Write /language zh, zh-Hant, en or auto.",
    ),
    "no_source": ("还没有可以说明依据的回答。", "There is no answer yet that has a source."),
    "source": ("依据：{bulletin} · {section}", "Source: {bulletin} · {section}"),
    "unknown": (
        "没有 {command} 这个命令；/help 列出全部命令。",
        "There is no command {command}; /help lists them all.",
    ),
}


def say(key: str, language: Language, **values: str) -> str:
    """The words under the key in the language, with the values filled in."""
    zh, en = _WORDS[key]
    if language == "en":
        return en.format(**values)
    text = zh.format(**values)
    return to_traditional(text) if language == "zh-Hant" else text


def day(value: date, language: Language) -> str:
    """A date in words."""
    if language == "en":
        return f"{value.day} {value:%B} {value.year}"
    return f"{value.year}年{value.month}月{value.day}日"


def moment(value: datetime, language: Language) -> str:
    """A moment in words, with its offset."""
    offset = f"{value:%z}"
    return f"{day(value, language)} {value:%H:%M} (UTC{offset[:3]}:{offset[3:]})"
