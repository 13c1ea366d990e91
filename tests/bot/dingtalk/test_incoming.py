"""What DingTalk's callbacks are read as; which addresses may be posted to; words; markdown."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.dingtalk.hosts import Hosts
from bot.channels.dingtalk.incoming import Reader
from bot.channels.dingtalk.texts import PIECE_BYTES, as_markdown, pieces, size
from bot.channels.dingtalk.words import command
from tests.fake_dingtalk import BOT_ID, FakeDingTalk
from tests.shared import SHARED, needs

CALLBACKS = SHARED / "public/payloads/dingtalk/callbacks.jsonl"
READER = Reader("app", frozenset({"agent"}), Hosts({"dingtalk.com", "*.dingtalk.com"}))
FAKE = FakeDingTalk(base="https://oapi.dingtalk.com")
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)


def read(**data: Any) -> tuple[str, str, str] | None:
    found = READER.read(FAKE.message(**data), "n")
    return None if found is None else (found.kind, found.command or found.setting, found.text)


def quote(content: Any, sender: str = "$:LWCP_v1:$x", **more: Any) -> dict[str, Any]:
    return {"msgId": "q", "msgType": "text", "senderId": sender, "content": content, **more}


@pytest.mark.parametrize(
    ("data", "kind", "setting", "text"),
    [
        pytest.param({"text": "你好"}, "message", "dm", "你好", id="single chat"),
        pytest.param({"text": "空快", "chat": "g"}, "message", "group", "空快",
                     id="a group: leading space"),
        pytest.param({"text": "@机器人 空快", "chat": "g"}, "message", "group", "空快",
                     id="the name is repeated"),
        pytest.param({"text": "@机器人\u2005 @机器人 空快", "chat": "g"}, "message", "group",
                     "空快", id="twice"),
        pytest.param({"text": "问 a@b.com 怎么办", "chat": "g"}, "message", "group",
                     "问 a@b.com 怎么办", id="an address is no mention"),
        pytest.param({"text": "", "chat": "g"}, "menu", "group", "", id="bare mention"),
        pytest.param({"text": "@机器人", "chat": "g"}, "menu", "group", "",
                     id="bare mention by name"),
        pytest.param({"msgtype": "richText", "content": {"richText": [
            {"text": "@"}, {"text": "机器人"}, {"text": " 空快"}, {"type": "picture",
             "downloadCode": "d"}]}, "chat": "g"}, "message", "group", "空快",
             id="rich text: pictures skipped, the name in two runs"),
        pytest.param({"msgtype": "richText", "content": json.dumps({"richText": [{"text": "空快"}]})},
                     "message", "dm", "空快", id="content as JSON text"),
        pytest.param({"msgtype": "richText", "content": {"richText": [{"type": "picture"}]}},
                     "unread", "dm", "", id="rich text of pictures only"),
        pytest.param({"msgtype": "audio", "content": {"recognition": "空快怎么算", "downloadCode": "d"}},
                     "message", "dm", "空快怎么算", id="voice with its words"),
        pytest.param({"msgtype": "audio", "content": {"downloadCode": "d"}}, "unread", "dm", "",
                     id="voice without words"),
        *[pytest.param({"msgtype": kind, "content": {"downloadCode": "d", "fileName": "f.pdf"}},
                       "unread", "dm", "", id=kind)
          for kind in ("picture", "file", "video", "unknownMsgType", "interactiveCard")],
        pytest.param({"msgtype": "file"}, "unread", "dm", "", id="file without content"),
        pytest.param({"text": "转发：空快怎么算"}, "message", "forward", "转发：空快怎么算",
                     id="looks forwarded"),
        pytest.param({"text": "客户问：空快怎么算"}, "message", "forward", "客户问：空快怎么算",
                     id="a customer is quoted"),
        pytest.param({"text": "张三 2021-04-20 10:23:11\n空快怎么算"}, "message", "forward",
                     "张三 2021-04-20 10:23:11\n空快怎么算", id="a copied chat"),
        pytest.param({"text": "商家星等级怎么升：要多久"}, "message", "dm",
                     "商家星等级怎么升：要多久", id="a question with a colon is not forwarded"),
        pytest.param({"text": "空快怎么算", "person": "agent", "chat": "g"}, "message", "forward",
                     "空快怎么算", id="support staff"),
    ],
)  # fmt: skip
def test_messages(data: dict[str, Any], kind: str, setting: str, text: str) -> None:
    assert read(**data) == (kind, setting, text)


@pytest.mark.parametrize(
    "shape",
    [
        pytest.param("空快怎么算", id="text"),
        pytest.param({"text": "空快怎么算"}, id="object"),
        pytest.param({"content": "空快怎么算"}, id="content"),
        pytest.param(json.dumps({"text": "空快怎么算"}), id="JSON text"),
        pytest.param({"richText": [{"text": "空快"}, {"type": "picture"}, {"text": "怎么算"}]}, id="rich"),
        pytest.param({"text": {"content": "空快怎么算", "repliedMsg": quote("别的")}}, id="nested quote"),
        pytest.param(json.dumps({"recognition": "空快怎么算"}), id="voice"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("place", ["text", "top", "JSON text"])
def test_quotes_in_all_shapes(shape: Any, place: str) -> None:
    replied = quote(shape)

    def with_quote(text: str) -> dict[str, Any]:
        inner = {"content": text, "isReplyMsg": True}
        match place:
            case "text":
                return {"text": {**inner, "repliedMsg": replied}}
            case "top":
                return {"text": inner, "repliedMsg": replied}
        return {"text": {**inner, "repliedMsg": json.dumps(replied)}}

    def event(text: str) -> Any:
        data = {**FAKE.message(chat="g"), **with_quote(text)}
        found = READER.read(data, "n")
        assert found is not None
        return found.setting, found.text

    assert event(" ") == ("forward", "空快怎么算")
    assert event("什么时候截止") == ("group", "空快怎么算\n什么时候截止")


def test_a_quote_of_the_bot_itself_is_no_question() -> None:
    def event(text: str) -> Any:
        data = {**FAKE.message(), "text": {"content": text, "repliedMsg": quote("答案", BOT_ID)}}
        found = READER.read(data, "n")
        return found and (found.kind, found.text, found.details.get("quotes_me"))

    assert event("")[0] == "menu"
    assert event("为什么") == ("message", "为什么", "答案")


@pytest.mark.parametrize(
    "more",
    [
        pytest.param({"isInAtList": False}, id="not mentioned"),
        pytest.param({"isInAtList": None, "atUsers": None}, id="nobody mentioned"),
        pytest.param({"senderId": BOT_ID}, id="the bot itself"),
        pytest.param({"conversationId": None}, id="no group"),
    ],
)
def test_silent_in_groups(more: dict[str, Any]) -> None:
    assert read(text="空快", chat="g", **more) is None


def test_people_are_known_by_staff_id_else_by_sender_id() -> None:
    inside = READER.read(FAKE.message("x", chat="g"), "n")
    outside = READER.read(FAKE.message("x", chat="g", senderStaffId=None), "n")
    assert inside is not None
    assert outside is not None
    assert (inside.person, outside.person) == ("042", "$:LWCP_v1:$042")
    assert inside.conversation("person") != outside.conversation("person")
    assert inside.conversation("group") == outside.conversation("group")


@needs(CALLBACKS)
def test_real_callbacks_are_read() -> None:
    lines = [json.loads(line) for line in CALLBACKS.read_text("utf-8").splitlines()]
    found = {line["name"]: READER.read(line["payload"], "n") for line in lines}
    kinds = {name: event and (event.kind, event.text) for name, event in found.items()}
    assert kinds.pop("stream_frame") is None  # it is wrapped; the SDK unwraps it
    assert kinds == {
        "private_text": ("message", "hello"),
        "private_richText": ("message", "abc"),
        "private_picture": ("unread", ""),
        "private_file": ("unread", ""),
        "group_text_at_official_doc_2021": ("message", "你好"),
        "group_text_at_stream_2024": ("message", "hi"),
        "group_custom_outgoing_2026": ("message", "hello"),
        "private_text_http_2021": ("message", "11"),
        "private_audio_with_recognition": ("message", "钉钉平台转写"),
        "private_audio_without_recognition": ("unread", ""),
        "group_richText_at_split": ("menu", ""),
        "group_richText_not_at": None,
        "unsupported_type": None,  # nobody to answer
        "file_missing_content": ("unread", ""),
    }
    robots = [event.details.get("robot") for event in found.values() if event]
    assert "normal" not in robots


@given(st.dictionaries(st.sampled_from(
    ["msgtype", "text", "content", "conversationType", "conversationId", "msgId", "senderId",
     "atUsers", "isInAtList", "repliedMsg", "sessionWebhook", "sessionWebhookExpiredTime",
     "senderStaffId", "robotCode", "isAdmin"]), JSON | st.sampled_from(["text", "richText", "2"])
))  # fmt: skip
def test_no_callback_breaks_the_reader(data: dict[str, Any]) -> None:
    found = READER.read(data, "n")

    assert found is None or json.loads(found.to_json())["external_id"]


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("https://oapi.dingtalk.com/robot/sendBySession?session=x", id="the usual"),
        pytest.param("https://api.dingtalk.com/x", id="api"),
        pytest.param("https://OAPI.DingTalk.com:443/x", id="case and port"),
        pytest.param("https://dingtalk.com/x", id="itself"),
    ],
)
def test_dingtalks_hosts_are_allowed(url: str) -> None:
    assert READER.hosts.allow(url)


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("http://oapi.dingtalk.com/x", id="no TLS"),
        pytest.param("https://127.0.0.1/x", id="loopback"),
        pytest.param("http://169.254.169.254/latest/meta-data", id="metadata"),
        pytest.param("https://[::1]/x", id="loopback, IPv6"),
        pytest.param("https://oapi.dingtalk.com.evil.com/x", id="a host below another"),
        pytest.param("https://evildingtalk.com/x", id="no dot before"),
        pytest.param("https://oapi.dingtalk.com@evil.com/x", id="as a user"),
        pytest.param("https://evil.com#oapi.dingtalk.com", id="as a fragment"),
        pytest.param("https://evil.com\\@oapi.dingtalk.com/x", id="backslash"),
        pytest.param("https://oapi.dingtalk.com:8443/x", id="another port"),
        pytest.param("https://oapi.dingtalk.com:x/", id="no port"),
        pytest.param("https://evil.com/.dingtalk.com", id="as a path"),
        pytest.param("https://oapi.dingtalk.com\n.evil.com/", id="newline"),
        pytest.param("file:///etc/passwd", id="a file"),
        pytest.param("//oapi.dingtalk.com/x", id="no scheme"),
        pytest.param("", id="nothing"),
    ],
)
def test_no_other_host_is_allowed(url: str) -> None:
    assert not READER.hosts.allow(url)
    found = READER.read(FAKE.message("x", sessionWebhook=url), "n")
    assert found is not None
    assert "webhook" not in found.details


def test_an_entry_may_name_a_server_without_tls() -> None:
    hosts = Hosts({"http://127.0.0.1:9"})
    assert hosts.allow("http://127.0.0.1:9/x")
    assert not hosts.allow("https://127.0.0.1:9/x")
    assert not hosts.allow("http://127.0.0.1/x")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("帮助", ("help", "")), ("help", ("help", "")), ("/help", ("help", "")),
        ("主题", ("topics", "")), ("topics", ("topics", "")),
        ("截止日期", ("deadlines", "")), ("deadlines", ("deadlines", "")),
        ("语言", ("language", "")), ("语言 英文", ("language", "英文")),
        ("language en", ("language", "en")), ("English", ("language", "english")),
        ("忘记我", ("forget", "")), ("Forget me!", ("forget", "")), ("forget", ("forget", "")),
        ("取消", ("cancel", "")), ("cancel", ("cancel", "")), ("取消。", ("cancel", "")),
        ("来源", ("source", "")), ("source", ("source", "")), ("依据", ("source", "")),
        ("上下文 群", ("context", "group")), ("context person", ("context", "person")),
        ("日期 2021-04-22", ("asof", "2021-04-22")), ("/asof now", ("asof", "now")),
        ("/nonsense", ("nonsense", "")),
        ("取消订单会怎样", None), ("截止日期是什么时候", None), ("日期 怎么填", None),
        ("help me with express", None), ("语言 要求是什么 吗", None), ("主题活动", None), ("", None),
    ],
)  # fmt: skip
def test_commands_are_words(text: str, found: tuple[str, str] | None) -> None:
    assert command(text) == found


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("a | b\n--- | ---", id="table"),
        pytest.param("see [here](http://evil.example)", id="a link that was typed"),
        pytest.param("2 * 3 * 4", id="stars"),
        pytest.param("`code`", id="code"),
        pytest.param("<b>x</b>", id="tags"),
        pytest.param("first\n# second", id="a heading that is none"),
        pytest.param("first\n> second", id="a quotation that is none"),
        pytest.param("_x_ y", id="underscores"),
        pytest.param("x" * 3501, id="above the size that is shown"),
    ],
)
def test_what_markdown_could_misread_is_sent_as_text(text: str) -> None:
    assert as_markdown(text) is None


def test_markdown_has_a_bold_headline_and_keeps_lines() -> None:
    assert as_markdown("答案\n- 一\n- 二\n来源：x\n完") == "**答案**\n\n- 一\n- 二\n\n来源：x  \n完"


@given(
    st.text(alphabet=st.sampled_from('空a"\\\n。 \U0001f600'), max_size=400), st.integers(30, 90)
)
def test_pieces_fit_and_lose_nothing(text: str, limit: int) -> None:
    found = pieces(text, limit)

    assert all(size(piece) <= limit for piece in found)
    kept = "".join("".join(found).split())
    assert kept == ("".join(text.split()) or "…")


def test_a_piece_fits_either_way() -> None:
    piece = pieces("空" * 30_000)[0]
    assert size(piece) <= PIECE_BYTES < 15_000
