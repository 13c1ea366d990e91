"""Words that tell a tariff question from one about the platform's look-up, and what it wants."""

import re

# Asked is how the look-up works, what it covers, or something other than a duty abroad.
SERVICE = re.compile(
    r"功能|步骤|流程|操作|入口|链接|路径|教程|视频|怎么[查用弄进填写样开走]|咋[查用弄填]|在哪|哪里查|去哪|"
    r"能查|可以查|查得|查不|可查|支持|覆盖|上线|开放|品名|按编码|英文|中文|要素|归类|税则查询|税则里|退税|"
    r"先例|监管|政策|国内|入境|回国|回来|代购|自用|随身|编码(?:是|怎么|查)|什么意思|谁(?:付|承担|交|出|缴)|怎么付|包税|"
    r"\b(?:which function|steps?|where|look[- ]?ups?|looked up|supports?|supported|covers?|covered|live|launched|calculator|"
    r"can (?:i|we|you) (?:check|look|see|search|use)|in english|in chinese|adjectives?|"
    r"rebates?|drawback|refund|who pays|ddp|by code|by name|classif\w+|policy|policies)\b"
)
HOW = re.compile(
    r"怎么算|如何|怎样|咋算|\bhow (?:do|can|should|does|to)\b|\bsteps\b|\b(?:a )?way to\b"
)
AMOUNT = re.compile(
    r"多少|几个点|百分之几|什么税率|税率(?:是|呢|[?？]|$)|有关税|收关税|交.{0,4}税|要交|加征|"
    r"\b(?:how much|what(?:'s| is| are)?|rates?|dut(?:y|ies) (?:rate )?(?:on|for|of)|tariffs? (?:rate )?(?:on|for|of)|tax (?:rate )?(?:on|for|of))\b"
)
JUDGE = re.compile(
    r"帮.{0,4}算|算一?下|算算|算出|一共|总共|共要|多少(?:钱|美金|美元|刀)|这[批票单柜]|"
    r"\b(?:calculate|compute|work out|in total|this (?:order|shipment|batch)|"
    r"how much (?:money|will (?:i|we|my|it)|would (?:i|we|it)|do (?:i|we) (?:have to )?pay))\b"
)
ONLY_301 = re.compile(r"301|\d\s*[%％]\s*那|7\.5|加征|附加|\badditional\b|\bextra\b|\b9903")
COMPARE = re.compile(
    r"哪个|哪一?[款种]|比较|对比|差多少|差几|区别|不同|分别|各[是要]?多少|还是|都|比|"
    r"\b(?:which|compare|compared|vs|versus|differen\w+|both|each|or|than|higher|lower|less|cheaper)\b"
)
JOIN = re.compile(
    r"和|与|跟|还是|或者?|、|对比|相比|比(?!较)|\s(?:vs\.?|versus|or|and|compared (?:to|with)|than)\s"
)
PICK = re.compile(
    r"^\W*(?:第|选|the |no\.? ?|#)?\s*([一二三四五1-5]|first|second|third|fourth|fifth)\s*(?:个|项|款|种|one)?\W*$"
)
PLACES_OF = {
    word: place
    for place, words in enumerate(
        ("一1 first", "二2 second", "三3 third", "四4 fourth", "五5 fifth")
    )
    for word in (words[0], words[1], words.split()[1])
}
# English puts the name of an unknown product behind these words.
DUTY_ON = re.compile(
    r"\b(?:dut(?:y|ies)|tariffs?|tax) (?:rates? )?(?:on|for|of)\b|\bhow much (?:is |are )?(?:the )?(?:us |import )*(?:dut|tariff)"
)
# A name that nobody ships: what is left of a sentence about something else.
NO_NAME = re.compile(
    r"谁|怎|什|为|跟|把|被|会|可以|付|缴|退|承担|最近|今年|明年|涨|降|订单|平台|客户|买家|卖家|店|贸易|商家|公司|"
    r"中国|对华|川普|特朗普|拜登|平均|一般|每|所有|全部|目的国|国外|能|问|想|看|回|hs|信保|物流|运费|服务|手续|发票|单证|\d|"
    r"\b(?:orders?|sellers?|buyers?|platform|goods|products?|everything|all|anything|items?|service|"
    r"smart|free|fee|freight|logistics|feed|when|why|who|not|this|that|if|new|work)\b"
)

# A message of a value or a quantity and nothing else (a figure with its unit).
ONLY_GOODS = re.compile(
    r"(?:[\d.,，万千百十亿$￥¥\s~约一二两三四五六七八九几]|货值|价值|总价|总值|金额|申报|数量|重量|总共|一共|大概|改成|换成|是|为|共|"
    r"美金|美元|美刀|刀|欧元|英镑|人民币|元|块|公斤|千克|kg|吨|件|个|只|条|套|双|打|平方米|升|"
    r"usd|eur|gbp|rmb|cny|dollars?|pcs|pieces?|pairs?|dozen|units?|sets?|tons?|liters?|"
    r"value|worth|total|quantity|price|each|is|of|the|about|k|and|和|每|单价|[/:：;；。.!！?？的呢吧])+"
)
# "My phone tariff is too expensive" asks for no duty on goods; with one of these it is sure.
SURELY = re.compile(
    r"[\u3400-\u9fff]|\b(?:dut(?:y|ies)|hs|hts|301|imports?|importing|export(?:s|ing)?|customs)\b|\d{4}\.\d\d"
)
