"""Words that say little in a question, and small ones that tell questions apart."""

from __future__ import annotations

LIGHT = frozenset(
    """able actual actually add afternoon ago ahead all allow almost alone along alright always amount
    answer answered answering answers anybody anyone anyway app application approach around arrive
    arrives arriving aside ask aspect assistant assume available away back badly basically behave
    bigger bit bits both bring brings build building built bunch business call care case cases
    certain clear come coming company complete consider consideration couple course cover covering
    covers create creates current data day deal dealing decent decide decided deliver depend depends
    design designing detail details different done draw each easy eight eighteen eighty eleven
    either else end ends enough enter entire estimate estimated even evening ever every everybody
    everyone exact exactly example expect expectation expectations expecting expose far feature feel
    fewer fifteen fifty figure find finds first fit five follow follows forty found fourteen four
    friday gather general generally give given gonna got guess half hand handle handled handling
    hands happen happening happens happy hard head hear help here higher hold hope hopes hoping hour
    hundred imagine important improve include included includes info information inside instance
    instead intend interested involve involved issue item items job jobs keep key kind kinds knowing
    land lands large larger last later launch launched lead leads least leave left let level levels
    likely list little look looking looks lot lots lower lunchtime main mainly manage managed
    manages managing many matter maybe mean meant mention mentioned million mind moment monday month
    monthly morning mostly much multiple name near necessary never next nice nicely nine nineteen
    ninety nobody noon normal normally number occur occurs okay once one ones online operate
    operates otherwise outside overall own part particular per perform performing performs
    personally picture piece pieces place places plan planned planning platform platforms play
    please plus point possibility possible practice prepared pretty principle probably process
    processing produce produces product project provide provided provides push pushes put puts
    question quite random range rather reach ready realistic reality really receive receives regular
    related rely relying remain remains replies reply requirement requirements respect rest role
    rough roughly round run running runs same saturday say saying scope second see seem sense
    sensible serious serve serves service services serving set seven seventeen seventy several show
    side sides sign simple since sit situation six sixteen sixty size small smaller solution
    somebody someone something sometimes somewhat somewhere sort sorts sound speak special specific
    split start state stay still stuff sunday support supported supporting supports suppose supposed
    sure system systems take takes talk talking task tasks tell ten tend theory thing things think
    thirteen thirty thousand three thursday time times today together tomorrow tonight took top
    total toward towards try trying tuesday turn turns twelve twenty two type types typical
    typically under understand until use used using usual usually value values wait want wanting way
    wednesday week weekly well whether whole whom will willing wish wonder wondering word work works
    world worry would write yeah year yearly years yesterday yet""".split()
)
"""Words said in any question: where no topic knows them they tell nothing."""

SILENT = frozenset(
    """anything ask asked asking check clarify curious every everything exactly give gonna herself himself idea
    interested itself know learn love myself need put question questions real something tell themselves told typical
    typically understand wanna want wonder wondering""".split()
)
"""Words by which a question is put, which are no part of what it asks for."""

SPEAKING = frozenset("before need now out over same today us where who".split())
"""Function words that tell questions apart."""

PARTICLES = frozenset("away back down in into off on out over through up".split())
"""What may stand apart from its verb: "put someone through"."""

TELLING = frozenset(
    """age average call calls close closed closes earn earns home hire hired launched leave leaves left meet meets
    new old open owned owner owners owns phone quit quits sell sells sit sits ship train trained voice write writes
    wrote""".split()
)
"""Everyday words that say what is asked for: a fact that does not know them is not meant."""
