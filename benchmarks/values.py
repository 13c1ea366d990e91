"""Time of the values grammar: `python -m benchmarks.values [QUESTIONS.jsonl]`.

Prints microseconds a message for typical ones and milliseconds for long noise; exit status 1 where
a typical message of about 40 characters takes more than 300 µs or 4,000 characters more than 30 ms.
"""

import random
import statistics
import sys
import time
from datetime import datetime

from handlers.values import find_values

NOW = datetime.fromisoformat("2021-04-22T10:00:00+08:00")
TYPICAL = [
    "近90天RFQ交易额3万美金，权益用了70%，能加几分",
    "我5月访客比4月多2000，询盘多10个，TM少5个，算下分",
    "RTS占比50%，MOQ设了30件，交期7天，能进小单快定不",
    "my product has MOQ 30 and 8 days lead time",
    "小单快定报名入口在哪里，需要自己选商品吗，有没有链接发一下",
    "商家的3D资源是今年1月8号到账的，是不是也得5.10前提任务",
]


def _seconds(text: str, runs: int) -> float:
    best = []
    for _ in range(runs):
        start = time.perf_counter()
        find_values(text, NOW)
        best.append(time.perf_counter() - start)
    return statistics.median(best)


def _noise() -> dict[str, str]:
    source = random.Random(1)
    mixed = "0123456789.-/:年月日号点万一二三$%到至 ,"
    return {
        "characters": "".join(chr(source.randint(0x4E00, 0x9FFF)) for _ in range(4_000)),
        "mixed": "".join(source.choice(mixed) for _ in range(4_000)),
        "words": " ".join(
            source.choice("the may order one next day use".split()) for _ in range(900)
        ),
        "digits": "1" * 8_000,
        "numerals": "一" * 8_000,
        "groups": "1,111" * 1_600,
        "spaces": "1" + " " * 7_998 + "1",
    }


def main() -> int:
    """Run all of it."""
    for text in TYPICAL:
        _seconds(text, 3)
    typical = {text: _seconds(text, 200) * 1e6 for text in TYPICAL}
    for text, micros in typical.items():
        print(f"{micros:7.0f} µs  {len(text):4} characters  {text[:40]}")
    print(f"{statistics.median(typical.values()):7.0f} µs  median")
    slow = False
    for name, text in _noise().items():
        millis = _seconds(text, 5) * 1e3
        slow = slow or millis > 30 * len(text) / 4_000
        print(f"{millis:7.1f} ms  {len(text):4} characters  {name}")
    return int(slow or statistics.median(typical.values()) > 300)


if __name__ == "__main__":
    sys.exit(main())
