"""Words of Chinese and English that tell what a sentence wants. No word of any bulletin."""

import re

QUESTION = re.compile(
    r"[?？]|吗|嘛|呢|么(?!样)|多少|几(?!乎)|哪|怎|啥|什么|咋|如何|为何|为啥|是否|能不能|可不可以|要不要|是不是|"
    r"有没有|有木有|算不算|对不对|行不行|够不够|会不会|会影响|不(?:$|[\s,，。])|没(?:$|[\s,，。])|吧(?:$|[\s,，。?？])|"
    r"多久|多长|何时|多大|介绍|说说|讲讲|列一下|列出|告诉|发我|发一下|发个|给我|给个|帮我?(?:算|看|查|列|拟)|求|想知道|想问|"
    r"\b(?:what|when|where|which|who|whom|whose|why|how|is|are|am|does|do|did|can|could|will|would|"
    r"should|may|has|have|any|tell|explain|list|calculate|calc|compute|show|give|send|need)\b"
)
STRONG_QUESTION = re.compile(
    r"[?？]|吗|不(?=$|[\s,，?？])|发一?[个下]|给我|发我|多少|在哪|去哪|从哪|哪[里儿个些种天]|怎么|啥|什么|咋|如何|是否|能不能|可不可以|是不是|有没有|算不算|几[分档号天单个月]|"
    r"\b(?:what|when|where|which|who|why|how)\b"
)
# The rule itself is asked for, not its outcome for somebody.
RULE = re.compile(
    r"规则|要求|必须|一定要|非得|门槛|条件|标准|怎么(?:算|划分|计算|分|定|收|判|区分|样)|如何(?:算|计算|划分|判断|收)|是什么|什么是|有哪些|哪些|百分之几|几个点|"
    r"介绍|怎样|定义|怎么回事|什么意思|"
    r"\b(?:rules?|requirements?|criteria|conditions?|thresholds?|defined|definition|calculated|"
    r"explain|what (?:is|are|does)|how (?:is|are|does|do) (?:the|it|they)|which (?:industries|lines|"
    r"members|tiers)|who (?:can|is|may|qualifies))\b"
)
# How it is reckoned is asked for: a rule, whoever asks.
HOW = re.compile(
    r"提前几天|提前多久|几天前|how many days (?:before|in advance|ahead)|百分之几|几个点|怎么[算收扣]|规则|按什么算|how is .{0,20}calculated"
)
# The user speaks of a case of their own.
OWN_CASE = re.compile(
    r"我|咱|俺|这[款个件条](?:品|商品|产品|店|单|线路)?|他的品|本店|本公司|本司|小店|店里|商家|客户(?!经理|通)|这[单票个]|能加|够不够|够吗|还差|帮(?:我|忙)?算|算一?下|"
    r"能拿|能返|拿多少|返多少|报得了|符合吗|符合不|可不可以|"
    r"\b(?:i|my|our|we|mine|us|me|this (?:product|shop|store|order|line|item)|calculate|compute|calc|he|she|his|her|seller|merchant|client|"
    r"exactly)\b"
)
COMPUTE = re.compile(
    r"帮(?:我|忙|他|她|商家)?算|算一?下|算算|计算|算出|核算|够不够|够.{0,24}[吗么不]|能不能|可不可以|能加|多少条|还得|还要|还需|过不过|多少分|几分|多少钱|交多少|付多少|要交|返多少|减多少|省多少|"
    r"拿多少|收多少|能.{0,14}(?:吗|不|么)|是否|合格|行不|行吗|可以.{0,14}(?:吗|不|么)|符合|"
    r"\b(?:calculate|calc|compute|how (?:many|much)|do (?:i|we) (?:qualify|get)|am i|are we|do(?:es)? (?:our|my|the|it|this|his|her)|will (?:it|my|the|i|we)|can (?:i|we|my|our|join|he|she|they|the)|possible|allowed|"
    r"is my|eligible|qualify|exactly|which tier)\b"
)
ELLIPSIS = re.compile(
    r"^(?:补充|那|那么|还有|然后|如果|要是|假如|若|换成|改成|再|另外|and\b|then\b|so\b|what (?:about|if)\b|how about\b|if\b|but\b|or\b)|呢[?？]?$"
)
CORRECTION = re.compile(
    r"不对|不是|错了|看错|misread|mistyped|it was|was actually|应为|说错|写错|打错|搞错|记错|更正|更新一下|改一下|改成|应该是|其实是|是我|不好意思|抱歉|"
    r"\b(?:sorry|typo|correction|i mean[t]?|actually|wrong|mistake|not \d|no,? it'?s|oops)\b"
)
LEAVE = re.compile(
    r"^\W*(?:算了|不用了|不问了|取消|没事了|先这样|never ?mind|cancel|forget it|skip)\W*(?:吧|了|谢谢|thanks)?\W*$"
)
BACK = re.compile(
    r"回到|刚才(?:那个|说的|的)?|之前(?:那个|说的)|前面(?:那个|说的)?|上面那个|第一个问题|继续|"
    r"\b(?:back to|earlier|previous|before that|the first (?:one|question)|as (?:i )?asked before)\b"
)
YES = re.compile(
    r"^\W*(?:是的?|对的?|嗯+|有的?|能|可以|没错|没问题|都是|都有|当然|yes|yeah|yep|yup|sure|right|correct|ok|true|both)\W*(?:的|呀|啊|呢|哦)?\W*$"
)
NO = re.compile(
    r"^\W*(?:不是|没有?|不|不对|否|从来没有?|都没有?|都不是|no|nope|never|not yet|none|neither|false)\W*(?:的|呀|啊|呢|哦|过)?\W*$"
)
UNSURE = re.compile(
    r"不知道|不清楚|不确定|不晓得|忘了|没注意|没看|不太清楚|not sure|no idea|don'?t know|dunno|unsure|forgot"
)
ASSERTION = re.compile(
    r"是吧|对吧|对吗|对不对|没错吧|是不是|吧(?:[?？\s]|$)|是真的吗|不是说|听说|据说|right\??$|correct\??$|isn'?t it|is it true|i heard|"
    r"i thought|\bso (?:it|the|i)\b"
)
# In front of a figure: it is what a rule gives or asks for, and no one's own.
OF_THE_RULE = re.compile(
    r"(?:(?:最[高多低少]|至[多少]|起码|封顶|上限|门槛|必须|需要?|须|要求?|满|不(?:能|得|可)?(?:超过|低于|少于|超))"
    r"[^\d,，。]{0,4}|(?:[减返扣送加]|(?<!实)收)满?)$|"
    r"\b(?:at (?:most|least)|up to|maximum|max|minimum|min|no (?:more|less|fewer) than|"
    r"not (?:exceed|over|under)|needs?|requires?|must(?: be| have)?|caps?|capped at|limit)\s+"
    r"(?:(?!and\b)[a-z]+\s+){0,2}\W{0,2}$"
)
# Behind a figure: it is a limit.
CAPPED = re.compile(r"\s*(?:封顶|上限|为限)|\s*(?:at most|max|maximum|cap)\b")
NEXT = re.compile(r"下一[期次场个]|下期|下次|最近(?:的|一)|接下来|next|upcoming|coming")
JOIN = re.compile(
    r"报名|合格|够格|满足.{0,6}条件|\bmeets?\b|够不够|门槛|pass|possible|参加|加入|进场|进入|能进|能报|可报|享受|享用|资格|参与|\b(?:join|enter|enrol|enroll|qualify|eligible|sign up|take part|participate|get in|into)\b"
)
NOW = re.compile(
    r"现在|马上|目前|眼下|当前|正在|今天|这会儿|\b(?:now|today|at the moment|currently)\b"
)
NEXT_STEP = re.compile(
    r"下一步|接下来|然后呢|进去(?:以后|之后|后)|点什么|next step|then what|what next|after that"
)
