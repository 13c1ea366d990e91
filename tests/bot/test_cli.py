"""The command line: answers, settings, errors in plain words, exit statuses."""

from pathlib import Path

import pytest

from tests.bot.running import records, seller_bot
from tests.shared import SHARED, needs

APRIL = "2021-04-22T10:00"
BULLETIN = SHARED / "bulletin" / "bulletin-2021-04.txt"
QUESTION = "RFQ加分什么时候生效"


def test_ask_prints_the_reply_alone() -> None:
    done = seller_bot("ask", QUESTION, "--as-of", APRIL)

    assert (done.returncode, done.stderr) == (0, "")
    assert "4月20日" in done.stdout


def test_ask_prints_the_record() -> None:
    done = seller_bot("ask", QUESTION, "--as-of", APRIL, "--json")

    (record,) = records(done.stdout)
    assert (record["kind"], record["topics"], record["language"]) == (
        "answer",
        ["star-rating"],
        "zh",
    )


def test_ask_reads_a_question_from_standard_input() -> None:
    done = seller_bot("ask", "-", "--as-of", APRIL, given=QUESTION)

    assert "4月20日" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "settings"),
    [
        pytest.param(("--language", "en"), {}, id="by argument"),
        pytest.param((), {"SELLER_BOT_LANGUAGE": "en"}, id="by setting"),
        pytest.param(("--language", "en"), {"SELLER_BOT_LANGUAGE": "zh"}, id="argument wins"),
    ],
)
def test_language_of_the_reply(arguments: tuple[str, ...], settings: dict[str, str]) -> None:
    done = seller_bot("ask", QUESTION, "--as-of", APRIL, "--json", *arguments, settings=settings)

    assert records(done.stdout)[0]["language"] == "en"


@pytest.mark.parametrize(
    ("as_of", "setting"),
    [
        pytest.param("2021-04-19", None, id="argument"),
        pytest.param(None, "2021-04-19", id="setting"),
        pytest.param("2021-04-19", "2022-01-01", id="argument before setting"),
    ],
)
def test_the_moment_of_asking(as_of: str | None, setting: str | None) -> None:
    arguments = ("--as-of", as_of) if as_of else ()
    settings = {"SELLER_BOT_AS_OF": setting} if setting else {}

    told = seller_bot("ask", QUESTION, *arguments, settings=settings).stdout

    assert "目前还没有生效" in told


def test_forward_has_a_note_behind_the_text_to_paste() -> None:
    done = seller_bot("ask", QUESTION, "--as-of", APRIL, "--json", "--setting", "forward")

    (record,) = records(done.stdout)
    assert record["text"].startswith(record["paste"])
    assert record["text"].rstrip().endswith(record["note"].rstrip())


def test_explain_shows_candidates_and_values() -> None:
    question = "RFQ交易额3万，能加几分"

    told = seller_bot("explain", question, "--as-of", APRIL).stdout
    (record,) = records(seller_bot("explain", question, "--as-of", APRIL, "--json").stdout)

    assert record["values"][0]["text"] == "3万"
    assert record["parts"][0]["candidates"]
    assert {"chosen", "score", "3万"} <= set(told.replace(":", " ").replace(",", " ").split())


def test_knowledge_list_and_show_agree() -> None:
    listed = records(seller_bot("knowledge", "list", "--json").stdout)
    ids = {record["id"] for record in listed}

    (shown,) = records(seller_bot("knowledge", "show", "rfq-bonus", "--json").stdout)

    assert len(ids) == len(listed) > 50
    assert shown["id"] in ids
    assert "rfq-bonus" in seller_bot("knowledge", "list").stdout
    assert "tiers" in seller_bot("knowledge", "show", "rfq-bonus").stdout


def test_knowledge_show_offers_what_is_near() -> None:
    done = seller_bot("knowledge", "show", "rfq-bonos")

    assert done.returncode == 1
    assert "rfq-bonus" in done.stderr


def test_knowledge_check_finds_no_fault() -> None:
    done = seller_bot("knowledge", "check")

    assert (done.returncode, done.stdout) == (0, "no faults\n")


def test_knowledge_check_proves_anchors(tmp_path: Path) -> None:
    source = tmp_path / "bulletin.txt"
    source.write_text("nothing of it", encoding="utf-8")

    done = seller_bot("knowledge", "check", "--source", str(source))

    assert done.returncode == 1
    assert "not in the source" in done.stdout


@needs(BULLETIN)
def test_the_bulletin_proves_the_knowledge() -> None:
    done = seller_bot("knowledge", "check", "--source", str(BULLETIN))

    assert (done.returncode, done.stdout) == (0, "no faults\n")


def month_folder(folder: Path, item: str) -> Path:
    month = folder / "2031-02"
    month.mkdir()
    (month / "bulletin.toml").write_text(
        'id = "2031-02"\ntitle = { zh = "二月公告", en = "February bulletin" }\n'
        'published = 2031-02-01\n[topics]\nspring = { zh = "春季", en = "Spring" }\n',
        encoding="utf-8",
    )
    (month / "spring.toml").write_text(
        'topic = "spring"\nsubject = "spring"\ntitle = { zh = "春季彩蛋节", en = "Spring egg fair" }\n'
        f'[[items]]\nkind = "entry"\nid = "egg"\ntitle = {{ zh = "彩蛋节", en = "Egg fair" }}\n{item}\n',
        encoding="utf-8",
    )
    return month


SOUND = """section = "1"
text = { zh = "彩蛋节送一只兔子。", en = "The egg fair gives a rabbit." }
utterances = { zh = ["彩蛋节送什么东西"], en = ["what does the egg fair give"] }
"""


def test_a_folder_of_knowledge_is_used_without_code(tmp_path: Path) -> None:
    month_folder(tmp_path, SOUND)

    done = seller_bot(
        "ask",
        "春季彩蛋节送什么",
        "--as-of",
        "2031-02-10",
        settings={"SELLER_BOT_KNOWLEDGE": str(tmp_path)},
    )

    assert "兔子" in done.stdout


@pytest.mark.parametrize(
    ("item", "place"),
    [
        pytest.param(SOUND + '\nshape = "round"', "shape", id="unknown key"),
        pytest.param('section = "1"', "text", id="missing key"),
        pytest.param(SOUND + '\nrelated = ["nowhere"]', "nowhere", id="broken link"),
    ],
)
def test_faults_of_a_folder_are_named(tmp_path: Path, item: str, place: str) -> None:
    month = month_folder(tmp_path, item)

    checked = seller_bot("knowledge", "check", str(month))
    asked = seller_bot("ask", "hello", settings={"SELLER_BOT_KNOWLEDGE": str(tmp_path)})

    for text in (checked.stdout, asked.stderr):
        assert "2031-02/spring.toml: items[egg]" in text
        assert place in text
    assert (checked.returncode, asked.returncode) == (1, 1)


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param((), id="no command"),
        pytest.param(("dance",), id="unknown command"),
        pytest.param(("ask",), id="no question"),
        pytest.param(("ask", "a", "--as-of", "tomorrow"), id="no moment"),
        pytest.param(("ask", "a", "--as-of", "2021-02-30"), id="no day"),
        pytest.param(("ask", "a", "--language", "fr"), id="no language"),
        pytest.param(("ask", "a", "--setting", "phone"), id="no setting"),
        pytest.param(("knowledge",), id="no action"),
    ],
)
def test_wrong_usage(arguments: tuple[str, ...]) -> None:
    done = seller_bot(*arguments)

    assert (done.returncode, done.stdout) == (2, "")
    assert "usage: seller-bot" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("name", "value", "remedy"),
    [
        pytest.param("SELLER_BOT_AS_OF", "tomorrow-noon", "2021-04-22", id="no moment"),
        pytest.param("SELLER_BOT_LANGUAGE", "klingon", "zh-Hant", id="no language"),
        pytest.param(
            "SELLER_BOT_KNOWLEDGE", "/no/such/place", "folders that exist", id="no folder"
        ),
        pytest.param("SELLER_BOT_ASOF", "2021-01-01", "SELLER_BOT_AS_OF", id="misspelt"),
    ],
)
@pytest.mark.parametrize("home", ["environment", "file"])
def test_a_wrong_setting_is_named_without_its_value(
    tmp_path: Path, name: str, value: str, remedy: str, home: str
) -> None:
    settings = {name: value} if home == "environment" else {}
    if home == "file":
        (tmp_path / ".env").write_text(f"{name}={value}\n", encoding="utf-8")

    done = seller_bot("ask", "hello", folder=tmp_path, settings=settings)

    assert (done.returncode, done.stdout) == (2, "")
    assert name in done.stderr
    assert remedy in done.stderr
    assert value not in done.stderr


def test_an_empty_question_is_told() -> None:
    done = seller_bot("ask", "  ")

    assert (done.returncode, done.stdout) == (1, "")
    assert "empty" in done.stderr


def test_a_missing_source_is_told() -> None:
    done = seller_bot("knowledge", "check", "--source", "nowhere.txt")

    assert done.returncode == 1
    assert "nowhere.txt does not exist" in done.stderr


def test_chinese_comes_out_whatever_the_locale() -> None:
    done = seller_bot(
        "ask", QUESTION, "--as-of", APRIL, settings={"LC_ALL": "C", "PYTHONUTF8": "0"}
    )

    assert "4月20日" in done.stdout


def test_the_version_is_told() -> None:
    assert seller_bot("--version").stdout.count(".") == 2
