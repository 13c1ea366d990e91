"""The reply record, as the contract of the batch command describes it."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

KINDS = ("answer", "ask", "decline")
LANGUAGES = ("zh", "zh-Hant", "en")
TOPICS = {
    "star-rating", "rts-small-order", "3d-showroom", "recommend-ads", "express-newcomer",
    "platform-logistics", "smart-tariff", "order-assignment", "chargeback-protection",
    "trade-service-market", "bulletin",
}  # fmt: skip
KEYS = {"kind", "topics", "language", "text", "phrased_by", "parts"}
PART_KEYS = {"kind", "topic", "tool", "arguments", "result", "missing", "citations"}


def faults(record: Mapping[str, Any], setting: str) -> Iterator[str]:
    """What the contract does not allow; nothing for a good record."""
    halves = {"paste", "note"} if setting == "forward" else set()
    if set(record) != KEYS | halves:
        yield f"keys {sorted(record)}"
    if json.loads(json.dumps(record)) != record:
        yield "not plain JSON"
    if record["kind"] not in KINDS or record["language"] not in LANGUAGES:
        yield f"kind {record['kind']}, language {record['language']}"
    if record["phrased_by"] not in ("template", "llm"):
        yield f"phrased by {record['phrased_by']}"
    if not record["text"].strip():
        yield "no text"
    if halves and record["text"] != f"{record['paste']}\n\n{record['note']}":
        yield "the text is not its two halves"
    parts = record["parts"]
    kinds = {part["kind"] for part in parts}
    if not parts or record["kind"] != next((kind for kind in KINDS if kind in kinds), None):
        yield f"kind {record['kind']} of parts {sorted(kinds)}"
    topics = list(dict.fromkeys(part["topic"] for part in parts if part["topic"]))
    if record["topics"] != ([] if record["kind"] == "decline" else topics):
        yield f"topics {record['topics']} of parts about {topics}"
    for part in parts:
        yield from _faults_of_part(part)


def _faults_of_part(part: Mapping[str, Any]) -> Iterator[str]:
    if set(part) != PART_KEYS:
        yield f"keys of a part {sorted(part)}"
    if part["topic"] is not None and part["topic"] not in TOPICS:
        yield f"topic {part['topic']}"
    if part["kind"] == "ask" and not part["missing"]:
        yield "asks for nothing"
    if not isinstance(part["arguments"], dict) or not isinstance(part["missing"], list):
        yield "arguments or missing of another type"
    for citation in part["citations"]:
        if set(citation) != {"bulletin", "topic", "section"} and "source" not in citation:
            yield f"citation {citation}"
