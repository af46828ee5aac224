"""Cues of words that are other people's: who else is named as holding, doing or writing them, and how a speaker
hands a sentence over to them afterwards."""

from __future__ import annotations

from coach.domain.finding.patterns import any_of, either

_SOME = either("some|many|most|other|certain|plenty of|lots of|a lot of|enough|few|several")
_ANY = either("the|those|a|one|these")
_GROUPS = either("teams?|shops|companies|engineers|architects|colleagues|practitioners|others")
_OPINE = either(
    "say|argue|recommend|suggest|swear|insist|claim|think|believe|build|would|will tell you|put|reach for"
)
_VOICES = either(
    "consultants?|vendors?|purists?|textbooks?|papers?|blogs?|books|researchers|academics|critics|"
    "literature|camp|school of thought|industry|regulators"
)
_TEACHES = either("say|argue|recommend|suggest|swear|insist|claim|believe|advise|tell you|have you|want you")
_RATES = either("whether|which|yes|no|if|how|what|for each|of each")
"""What an expert who rates answers says; others teach."""
_CLAIM = either("say|talk|argue|recommend|suggest|swear|insist|worry|sell|tell|put|want|love|like|tend|do|keep")
_NORMAL = either("conventional|received|common|usual|standard|classic|textbook|orthodox|heavyweight")
_CUSTOM = either("advice|wisdom|answer|recommendation|approach|practice|playbook|recipe|story|pattern")
_FASHION = either("school|camp|ritual|fashion|temptation|tradition|argument|orthodoxy|view|trend|crowd")

_PEOPLE = either(
    r"teams?|departments?|people|folks|guys|officers?|directors?|managers?|leads?|heads?|professors?|teachers?|"
    r"vendors?|suppliers?|architects?|auditors?|analysts?|lawyers?|regulators?|lobby|agency|agencies|authors|"
    r"researchers|academics|scientists|consultants?|colleagues?|friends?|boss|finance|legal|compliance|procurement|"
    r"purchasing|security|operations|sales|marketing|startups?|compan(?:y|ies)|firms?|banks?|competitors?|skeptics?|"
    r"sceptics?|partners?|relations|engineers"
)
"""Who may hold a view in a company or a trade. Users, experts, reviewers and judges act in the design itself."""
_WHOSE = either(r"the|our|my|a|an|one of the|every|most|another|some|their|his|her")
_HOLDS = either(
    r"says?|said|claims?|claimed|insists?|insisted|believes?|argues?|argued|recommends?|recommended|suggests?|"
    r"suggested|advises?|warns?|warned|demands?|expects?|swears?|prefers?|worry|worries|would like|would tell|"
    r"wants? (?!to know)|ask(?:s|ed)? (?:for|that|us to)|tells? (?:you|us|me)|told (?:you|us|me)|will tell|"
    r"is convinced|are convinced|is of the opinion|worked out|taught"
)
_WHERE = r"(?: (?:of|at|in|on|from|for) (?:[\w']+ ){0,2}[\w']+)?"
_OFTEN = either(r"also|always|often|usually|keep|keeps|apparently|strongly|\w+ly")
_EARLIER = either("last|previous|former|old|earlier|first")
_PLACES = either(r"team|company|employer|place|project|shop|bank|startup|vendor|system|firm")
_WRITTEN = either(
    r"docs|documentation|guides?|tutorials?|articles?|papers?|blog posts?|textbooks?|white papers?|playbooks?|"
    r"brochures?|slides?|slide decks?|best practices?|benchmarks?"
)
_WRITES = either(r"says?|describes?|recommends?|suggests?|tells?|mentions?|warns?|advises?|runs?")
_GIANTS = either("sites?|companies|engines?|players?|platforms?|shops")
_KNOWN = either(
    r"google|meta|facebook|instagram|amazon|netflix|microsoft|apple|uber|lyft|airbnb|spotify|pinterest|linkedin|"
    r"twitter|tiktok|youtube|openai|anthropic|stripe|instacart|shopify|salesforce|zendesk|intercom|klarna|doordash|"
    r"etsy|ebay|reddit|snap|booking|zalando|alibaba|gartner|databricks|elastic"
)
_DOES = either(
    r"do|does|did|has|have|had|run|runs|ran|keep|keeps|kept|uses?|used|built|builds?|blocks?|serves?|splits?|sorts?|"
    r"sends?|logs?|trains?|goes|went|shipped|ships|reserves?|recommends?|says?|publish(?:ed|es)?"
)
_SOMEBODY = (
    r"(?:(?:a|an|any|the|some|another|every|one) (?:[\w-]+ ){0,2}?"
    r"(?:candidates?|interviewees?|applicants?|engineers?|seniors?|mentors?|examiners?|graders?|reviewers?)|she|he)"
)
_WORDS = either("say|answer|write|note|reply|add|mention")

_MANY = either("many|most|some|other|a lot of|lots of|plenty of|a few")
_BUILD = either(
    r"runs?|ran|uses?|used|do|does|did|builds?|built|keeps?|kept|has|have|had|combines?|starts? with|"
    r"goes for|go for|measures?|counts?|counted|charts?|charted|maintains?|maintained|gives?|deploys?|skips?"
)
_TRADES = either(
    "firms|banks|airlines|agencies|startups|retailers|publishers|universities|researchers|academics|hospitals|"
    "insurers|outsourcers|integrators|broadcasters|newspapers"
)
_STAFF = either("department|crew|manager|director|professor|lab")
"""Who keeps things of their own. What a team does may be part of the design."""

_OUTSIDERS = either(
    r"consultanc(?:y|ies)|consultants?|agenc(?:y|ies)|associations?|authorit(?:y|ies)|vendors?|resellers?|startups?|"
    r"controllers?|economists?|accountants?|testers|analysts?|magazines?|newsletters?|podcasts?|speakers?|"
    r"bloggers?|evangelists?|professors?|lecturers?|mentors?|boss|brother|sister|cousin|uncle|friends?|flatmate|wife|"
    r"husband|competitors?|rivals?|integrators?|investors?|board|unions?|ministry|institutes?|universit(?:y|"
    r"ies)|foundation|committee|council|consortium|cto|ceo|cfo|ciso|vp|lawyers?|regulators?|legal department|"
    r"(?:engineer|scientist)s? (?:at|from|i|of)|sales (?:engineer|rep|person)|"
    r"report of|code of conduct|standard|manifesto|keynote"
)
"""Whoever builds none of this, or writes about it: named at the head of a sentence, it is theirs."""
_REPORTED = either(
    r"wrote|told|pitched|showed|presented|published|advised|promised|defined|calculated|introduced|tried|decided|built|"
    r"invented|adopted|announced|demonstrated|taught|went with|came up with|did|had|used"
)
_OWN = (
    r"(?!(?:i|we|you|it|that|this|there|what|so|if|when|then|first|today|one|two|nobody|which|"
    r"the (?:old|first|last))\b)"
)

OUTSIDE = any_of(
    rf"""
    (?:{_WHOSE} |one of the |[\w-]+ )?(?:[\w'-]+ ){{0,4}}?{_OUTSIDERS}\b(?!,)
    {_OWN}(?:{_WHOSE} )?(?:[\w'-]+ ){{1,4}}?(?:once )?{_REPORTED} (?:me|us|you|that|a|an|the|it|everyone|every)
    (?:[\w'-]+ ){{1,5}}?(?:will|would|can) (?:promise|sell|tell|love|swear|preach)
    (?:[\w'-]+ ){{1,5}}?asks? (?:everyone|everybody|all of us|us)
    """,
    before=r"^(?:(?:but|so|and|well|now),? )?",
)
"""A sentence that begins like this is about people outside the room."""
FIRST_PERSON = any_of("i|we|i'd|we'd|i'll|we'll|i'm|we're|our|let's|let me|my (?:design|plan|choice)")
_THEY_DO = either(
    "'s paid| is paid|'ve been| have been| had been| were| was| had| did| made| make| do it| do that| sell| sold|"
    " live| give| got| preach"
)
REMARKS = any_of(
    rf"""
    (?:it|that|this|those) (?:was|were|went|seems?|seemed|sounds?|sounded|made|came)
    (?:they|he|she){_THEY_DO}
    i (?:heard|have (?:my|some) doubts|haven't seen|doubt|never (?:saw|used|tried)|couldn't say)
    (?:reports?|advice|vendors|promises|people|talks?|slides) like (?:that|this|those)
    """,
    before=r"^(?:(?:but|so|and|well|frankly|honestly),? )*",
)
"""A sentence that begins like this remarks on the one before it, if nobody here spoke in that."""

COMMENTS = any_of(
    r"""
    according to (?!the (?:policy|rule|guide|label|log|plan|schedule|severity))
    as far as (?:one|you|i) (?:reads?|hears?|knows?|can tell)
    (?:or )?so (?:they|he|she) says?
    if i (?:remember|recall)
    that's what (?:their|his|her|the) [^.,;]{1,40} (?:says?|said|claims?)
    """
)
"""Wherever it stands, it makes the whole sentence somebody else's."""

BORROWS = any_of(
    rf"""
    {_SOME} {_GROUPS}
    (?<!how )(?:some|many|most|a lot of|lots of|other) (?:people|folks) {_OPINE}
    (?:{_SOME}|{_ANY}) (?:\w+ ){{0,2}}?{_VOICES}
    articles (?:\w+ ){{0,2}}?{_TEACHES}
    there(?:'s| is| are) (?:also )?(?:(?:a|an|the|this|that) )?(?:\w+ )?{_FASHION}
    (?:teams|shops|companies) (?:often|usually|always|will|would|{_CLAIM})
    (?<!many )people (?:often |usually |always |will |would )*{_OPINE}
    (?<!many )people (?:often |usually |always |will |would )*(?:talk about|tell you)
    (?:consultants|vendors|purists|academics|regulators|critics) (?:\w+ ){{0,2}}(?:will|would|{_CLAIM})
    (?:^|[,;:] |(?:and|but|because|some|many|most|other|leading) )experts (?:\w+ )?{_TEACHES}(?! {_RATES})
    they(?:'ll| will| would|'d)? (?:also |always )?(?:say|tell you|argue|sell you|recommend|swear)
    you(?:'ll| will|'d)? (?:often |always |also )?(?:hear|read|find|be told|see people)
    (?:i've|i have|we've|i) (?:also )?(?:seen|heard|read|known|met) (?:\w+ ){{0,2}}?(?:{_GROUPS}|about|that|of|it)
    i know (?:teams|people|companies|shops)
    {_NORMAL} {_CUSTOM}
    as you (?:say|said|mentioned)
    like you said
    you (?:said|mentioned|told me)
    (?:the )?textbook (?:says?|has|have|would|answer|way)
    the textbook
    best practice (?:says|is)
    (?:some|others) (?:would|will|say|argue|prefer|put|do|use|build)
    (?:{_WHOSE} )?(?:[\w-]+ ){{0,3}}?{_PEOPLE}{_WHERE} (?:{_OFTEN} )*{_HOLDS}
    (?:[\w-]+ )?(?:will|would|'d|'ll) tell you
    (?:at|in|with) (?:my|our) (?:friend|colleague|competitor|{_EARLIER})(?:'s)? {_PLACES}
    (?:my|our) {_EARLIER} (?:\w+ )?{_PLACES}(?:'s)?
    (?:in )?(?:my|our|a) (?:friend|colleague|competitor)s?'s? (?:\w+)
    (?:another|a different|the other|the neighbouring) (?:team|department|company|group|unit)
    the (?:team|people|group|folks) (?:across|next door|down|over)
    the (?:really )?(?:big|large|giant|public) (?:\w+ ){{0,2}}?{_GIANTS}
    {_MANY} (?:people|folks) {_BUILD}
    in (?:the )?(?:\w+ ){{1,2}}(?:world|industry|business|sector|circles),? (?:people|they|you|everyone|one)
    (?:in|at|with) the (?:old|previous|former) (?:system|team|vendor|product|company|tool)
    (?<![^.!?] )(?:[\w-]+ )?{_TRADES} (?:also |often |usually |always |like to |have to )?\w+
    {_WHOSE} (?:[\w-]+ ){{1,3}}?{_STAFF}(?:'s own \w+)? (?:also |often |usually |always )?{_BUILD}
    {_SOMEBODY} (?:would|might|will|may) {_WORDS}(?: \w+){{0,3}}(?=:)
    ^many (?:would|will)
    ^(?:researchers|academics|scientists|purists|consultants|vendors|auditors|lawyers) (?:would|will)
    {_PEOPLE} (?:{_OFTEN} )*(?:like|love|tend) to (?:say|tell|argue|recommend)
    if i (?:remember|recall)
    that's what (?:their|his|her|the) [^.,;]{{1,40}} (?:says?|said|claims?)
    there(?:'s| is) (?:a|this|that) (?:\w+ )?(?:paper|article|talk|post|blog|book)
    {_WHOSE} (?:[\w'-]+ ){{0,4}}?{_WRITTEN} (?:of theirs )?{_WRITES}
    (?:the|a|their) (?:[\w'-]+ ){{0,2}}?(?:slide deck|white paper|conference talk|engineering blog|spreadsheet)
    (?:that|a) (?:public |known )?benchmark
    {_KNOWN}(?:'s (?:\w+ ){{1,3}})? ?(?:apparently |famously |also |always )?{_DOES}
    """
)
"""From here to the end of the sentence, or to where the speaker says `so I'd`, it is somebody else's word."""

_ITS_THEIRS = either(r"their|his|her|someone else's|somebody else's|(?:the|a|an) (?:\w+ ){0,2}?\w+'s")
_FEW = r"(?:[\w-]+)(?: [\w-]+){0,2}"
_IS = r"(?:'s| is| was|'re| are| were)"
_TOLD_IN = either(r"blog|press|news|docs|papers?|talk|books?|website|brochure|articles?|posts?|slides?|demo")
_OTHER = either("tool|system|product|purpose|planet|world|industry|business|company|team")

DISOWNS = any_of(
    rf"""
    (?:that|it|this){_IS}(?: just| only| all| really)? {_ITS_THEIRS}(?! (?:data|money|own data)) \w+
    (?:that|it|this){_IS}(?: just| only| all)? (?:them|him|her)\b
    (?:that|it|this){_IS}(?: \w+)? (?:where|how|what) (?:they|he|she|the \w+|their \w+)\b
    (?:that|it|this){_IS}(?: \w+)? (?:before my time|documented (?:there|somewhere)|a feature of)
    (?:that|it|this|those){_IS}(?: all| only)? (?:in|on|from) (?:the|their|some|a|his|her) (?:\w+ )?{_TOLD_IN}
    it{_IS} (?:gone|retired|switched off|scrapped|built by|bought from)
    (?:their|his|her) {_FEW}(?:, (?:their|his|her) {_FEW})*\W*$
    (?:nice|good|fine|great|lucky) for (?:them|him|her)
    (?:each to (?:their|his) own|ask (?:them|him|her))
    (?:different|another|other|a different) (?:company|story|world|load|product|users?|business|scale|case)
    i(?:'m| am) (?:just |only |merely )?(?:quoting|reporting|repeating|describing|citing)
    i(?:'d| would)? (?:only |just |merely )?(?:quote|report|repeat|cite|pass(?:ed)? it on)
    i (?:only|just) (?:know|heard|read|saw) (?:it|that|this|about)
    (?:i|we) (?:can't|cannot|couldn't) (?:judge|vouch|say whether|check)
    (?:i|we)(?:'d| would)? (?:not|never|don't|wouldn't|do not|would not) (?:rely|copy|follow|share|buy into|agree)
    i (?:wasn't|was not) (?:involved|there)
    i(?:'d| would)? take (?:that|it) with a grain
    i(?:'ve| have)? (?:saw|heard|remember|read|seen|used) (?:it|that|those|them|about it)
    i(?:'ve| have)? (?:saw|heard|remember|seen) a (?:talk|diagram|post|paper|demo)
    (?:they|he|she)(?:'ve| have|'s| has)? (?:sells?|sold|wrote|written|published|says? (?:that|so))
    they (?:are|were) (?:a|an|the) [^.,;]{{1,20}}, (?:so|with|after all)
    they have [^.]{{1,40}} for (?:it|that)
    (?:or |at least )?so (?:they|he|she) (?:says?|claims?|writes?)
    everyone (?:cites|knows|says|quotes)
    (?:several )?others (?:say|suggest|claim) the opposite
    [^.]{{0,40}}\b(?:for|from|of|on|in) (?:some |an)?other {_OTHER}
    [^.]{{0,40}}\bnot (?:what (?:i'm|i am|we're|i'd)|part of (?:this|ours|mine)|my (?:idea|plan|view)|mine|ours)
    [^.]{{0,40}}\brather than mine
    """,
    before=r"^(?:(?:but|so|and|well|frankly|honestly),? )*",
    after="",
)
"""A sentence that begins like this says of the one before that it is not the speaker's own."""
