"""An invented bulletin of a later month, as a curator would write it: data and no code.

A campaign with other conditions, a tier table that takes the place of April's, and a new score.
"""

MONTH = """
id = "2021-06"
title = { zh = "2021年6月公告", en = "June 2021 bulletin" }
published = 2021-06-01

[topics]
star-rating = { zh = "商家星等级", en = "Merchant star level" }
rts-small-order = { zh = "RTS小单快定", en = "RTS small orders (小单快定)" }
recommend-ads = { zh = "推荐广告", en = "Recommendation ads (推荐广告)" }
"""

CAMPAIGN = """
topic = "rts-small-order"
subject = "summer-sample-fair"
title = { zh = "夏季样品节", en = "Summer sample fair (夏季样品节)" }
aliases = ["样品节", "summer sample fair", "sample fair"]
words = ["样品", "sample"]

[[items]]
kind = "conditions"
id = "sample-fair-entry"
title = { zh = "样品节报名条件", en = "Conditions of the sample fair" }
section = "1 夏季样品节"
from = 2021-06-10
until = 2021-06-30
subject = { zh = "夏季样品节", en = "the summer sample fair" }
words = ["报名", "条件", "样品价", "join", "conditions"]
conditions = [
  { field = "sample-price", at_most = 15 },
  { field = "sample-days", at_most = 3 },
  { field = "video", is = true },
]
utterances.zh = ["样品卖12美元两天能寄出，够条件吗", "寄样要几天以内才行", "单个样品报价多少以内可以", "样品寄出要求几天"]
utterances.en = ["my samples cost 12 dollars and leave within two days, is that enough", "how cheap must a sample be", "how fast must samples be sent"]

[[items.fields]]
id = "sample-price"
kind = "money"
currency = "USD"
name = { zh = "样品单价", en = "price of a sample" }
ask = { zh = "一件样品卖多少美元？", en = "What does one sample cost in USD?" }
cues = ["样品价", "样品", "单价", "报价", "sample", "samples", "price", "cost"]

[[items.fields]]
id = "sample-days"
kind = "duration"
unit = "day"
name = { zh = "寄样天数", en = "days until a sample is sent" }
ask = { zh = "样品几天内寄出？", en = "Within how many days is a sample sent?" }
cues = ["寄样", "寄出", "发样", "sent", "leave", "within"]

[[items.fields]]
id = "video"
kind = "flag"
name = { zh = "有样品视频", en = "a video of the sample" }
ask = { zh = "样品有视频吗？", en = "Is there a video of the sample?" }
yes = ["有视频", "有样品视频", "with a video", "have a video"]
no = ["没视频", "没有视频", "no video", "without a video"]

[[items]]
kind = "events"
id = "sample-fair-days"
title = { zh = "样品节日期", en = "Days of the sample fair" }
section = "1 夏季样品节"
subject = { zh = "夏季样品节", en = "the summer sample fair" }
words = ["几号", "日期", "when", "dates"]
events = [
  { id = "fair", title = { zh = "样品节", en = "sample fair" }, from = 2021-06-21, until = 2021-06-23 },
]
utterances.zh = ["样品节哪几天", "寄样活动几号开始"]
utterances.en = ["on which days is the sample fair", "when does the sample event start"]
"""

TIERS = """
topic = "star-rating"
subject = "rfq-index"
title = { zh = "RFQ营销指数", en = "RFQ marketing index (RFQ营销指数)" }
aliases = ["RFQ营销指数", "RFQ指数", "rfq index", "RFQ marketing index"]
words = ["RFQ", "报价权益", "免费报价", "加分", "tier", "bonus"]

[[items]]
kind = "tiers"
id = "rfq-bonus-june"
replaces = "rfq-bonus"
title = { zh = "RFQ营销指数新档位", en = "New tiers of the RFQ marketing index" }
section = "2 商家星等级"
from = 2021-06-15
points_to = { zh = "定制赛道星等级的营销力", en = "the marketing power (营销力) of the customization track" }
words = ["几档", "加几分", "档位", "which tier", "how many points"]
tiers = [
  { tier = 3, title = { zh = "三档", en = "tier 3" }, points = 9, minimum = { rfq-trade-90d = 61000, free-quotes-used = 1 } },
  { tier = 2, title = { zh = "二档", en = "tier 2" }, points = 6, minimum = { rfq-trade-90d = 41000, free-quotes-used = 0.9 } },
  { tier = 1, title = { zh = "一档", en = "tier 1" }, points = 2, minimum = { rfq-trade-90d = 31000, free-quotes-used = 0.5 } },
]
utterances.zh = ["RFQ交易额3万美金，权益用了70%，能加几分", "RFQ营销指数二档加几分", "RFQ加分有几档", "三档要多少交易额"]
utterances.en = ["how many bonus points do I get with 30k USD RFQ sales and 65% quota usage", "what does tier 2 give", "what is needed for tier 3"]

[[items.fields]]
id = "rfq-trade-90d"
kind = "money"
currency = "USD"
name = { zh = "近90天RFQ关联的在线交易额", en = "online trade linked to RFQ in the last 90 days" }
ask = { zh = "近90天RFQ关联的在线交易额是多少美元？", en = "What is your RFQ trade of the last 90 days in USD?" }
cues = ["交易额", "成交", "金额", "trade", "sales", "amount"]
lowest = 200

[[items.fields]]
id = "free-quotes-used"
kind = "share"
name = { zh = "当月免费报价权益使用率", en = "share of this month's free quotes that is used" }
ask = { zh = "免费报价权益用了百分之多少？", en = "What share of your free quotes have you used?" }
cues = ["使用率", "权益", "报价", "用了", "usage", "used", "quotes"]
"""

SCORE = """
topic = "recommend-ads"
subject = "live-stars"
title = { zh = "直播新星", en = "Live stars (直播新星)" }
aliases = ["直播新星", "live stars"]
words = ["直播", "live"]

[[items]]
kind = "score"
id = "live-stars-score"
title = { zh = "直播新星怎么算分", en = "How the live stars score is computed" }
section = "3 直播新星"
earlier = { zh = "5月", en = "May" }
later = { zh = "6月", en = "June" }
words = ["算分", "多少分", "观众", "关注", "score", "points", "viewers", "followers"]
components = [{ field = "viewers", weight = 0.3 }, { field = "followers", weight = 7 }]
utterances.zh = ["直播观众多了100，新增关注多了4，多少分", "观众和粉丝涨了怎么换成分"]
utterances.en = ["100 more viewers and 4 more followers in the live stream, how many points", "how are viewers and followers turned into points"]

[[items.fields]]
id = "viewers"
kind = "count"
unit = "person"
name = { zh = "直播观众数的变化", en = "change in viewers" }
ask = { zh = "直播观众增加或减少了多少？", en = "By how much have viewers changed?" }
cues = ["观众", "viewers"]

[[items.fields]]
id = "followers"
kind = "count"
unit = "person"
name = { zh = "新增关注的变化", en = "change in followers" }
ask = { zh = "新增关注增加或减少了多少？", en = "By how much have followers changed?" }
cues = ["关注", "粉丝", "followers"]
"""

FILES = {
    "bulletin.toml": MONTH,
    "summer-sample-fair.toml": CAMPAIGN,
    "rfq-index.toml": TIERS,
    "live-stars.toml": SCORE,
}
