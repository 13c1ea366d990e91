"""What the delivery says itself, in both languages. Answers are the conversation's."""

from typing import Final

from handlers.language import Language
from handlers.text import to_traditional

_TEXTS: Final[dict[str, dict[str, str]]] = {
    "kept": {
        "zh": "为了能接着聊，我会保存您的提问和我的回答{days}；发送 /forget 可随时全部删除。",
        "en": "To follow a conversation I keep your questions and my answers{days}; "
        "/forget deletes all of it at any time.",
    },
    "days": {"zh": "（{days} 天）", "en": " for {days} days"},
    "menu": {
        "zh": "您好，请直接提问，或选择：",
        "en": "Hello! Ask your question, or choose:",
    },
    "unread": {
        "zh": "抱歉，我只能阅读文字。请把问题用文字发给我（图片的说明文字我也会读）。",
        "en": "Sorry, I can read text only. Please write your question "
        "(I do read the caption of a picture).",
    },
    "flood": {
        "zh": "您的消息有点多，我先歇一分钟。请稍后再发。",
        "en": "That is a lot of messages at once. Please wait a minute, then write again.",
    },
    "apology": {
        "zh": "抱歉，这条消息我没能处理成功，已记录下来。请换个说法再问一次。",
        "en": "Sorry, something went wrong with this message; it has been noted. "
        "Please ask again in other words.",
    },
    "unsent": {
        "zh": "抱歉，我的回答没能发送成功，已记录下来。请再问一次。",
        "en": "Sorry, my answer could not be delivered; it has been noted. Please ask again.",
    },
    "stale": {
        "zh": "这个按钮已经过期了，请重新提问。",
        "en": "This button is too old. Please ask again.",
    },
    "thanks": {"zh": "谢谢您的反馈！", "en": "Thank you for telling me!"},
    "word": {
        "zh": "谢谢！哪里不对？回复这条消息写一句就好，也可以不写。",
        "en": "Thank you! What was wrong? Reply to this message with a word, if you like.",
    },
    "cancelled": {"zh": "好的，从头开始。", "en": "All right, let us start afresh."},
    "forgotten": {
        "zh": "已删除与您有关的全部内容：对话、设置、回答和反馈。",
        "en": "Deleted: your conversations, settings, answers and feedback.",
    },
    "asof_now": {"zh": "按今天的规则回答。", "en": "I answer by the rules of today."},
    "asof_set": {
        "zh": "按 {moment} 时的规则回答；/asof now 恢复为今天。",
        "en": "I answer by the rules as of {moment}; /asof now returns to today.",
    },
    "asof_help": {
        "zh": "请写日期，例如 /asof 2021-04-22；/asof now 恢复为今天。",
        "en": "Write a date, for example /asof 2021-04-22; /asof now returns to today.",
    },
    "language_ask": {"zh": "用哪种语言回答？", "en": "Which language shall I answer in?"},
    "language_set": {"zh": "好的，用中文回答。", "en": "All right, I answer in English."},
    "language_auto": {
        "zh": "好的，您用什么语言提问，我就用什么语言回答。",
        "en": "All right, I answer in the language of your question.",
    },
    "source_none": {
        "zh": "还没有可以说明出处的回答，请先提问。",
        "en": "There is no answer yet whose source I could name. Ask first.",
    },
    "source_no_rule": {
        "zh": "上一条回答没有引用任何规则。",
        "en": "The last answer rests on no rule.",
    },
    "source": {"zh": "依据：{rules}", "en": "Based on: {rules}"},
    "source_facts": {"zh": "您给出的：{facts}", "en": "What you said: {facts}"},
    "context_group_only": {
        "zh": "这个设置只用于群聊。",
        "en": "This setting is for groups only.",
    },
    "context_admin_only": {
        "zh": "只有群管理员可以更改。",
        "en": "Only an administrator of the group may change this.",
    },
    "context_help": {
        "zh": "请写 /context person（每人各自的上下文）或 /context group（全群共用）。",
        "en": "Write /context person (each person's own) or /context group (one for all).",
    },
    "context_person": {
        "zh": "好的，群里每个人各有自己的上下文。",
        "en": "All right, everybody in the group has a context of their own.",
    },
    "context_group": {
        "zh": "好的，全群共用一个上下文。",
        "en": "All right, the group shares one context.",
    },
    "topics": {"zh": "主题", "en": "Topics"},
    "deadlines": {"zh": "截止日期", "en": "Deadlines"},
    "help": {"zh": "帮助", "en": "Help"},
    "source_button": {"zh": "依据", "en": "Source"},
    "unknown_command": {
        "zh": "没有这个命令。发送 /help 看看我能做什么。",
        "en": "There is no such command. /help tells what I can do.",
    },
}


def say(name: str, language: Language, **values: str) -> str:
    """A sentence in a language, with its values put in."""
    texts = _TEXTS[name]
    text = texts["en" if language == "en" else "zh"].format(**values)
    return to_traditional(text) if language == "zh-Hant" else text


def kept(language: Language, days: int) -> str:
    """What is kept of a person, and for how many days (0: until they say so)."""
    span = say("days", language, days=str(days)) if days else ""
    return say("kept", language, days=span)
