"""Everyday English, as data: ideas and the ways to say them.

An author writes a fact's topics in some words, a candidate asks in others. What joins them is an *idea*. Each line
names one, then words and short phrases (`_` joins the words of one) that bring it up; a word may bring up several.
Nothing here is about one scenario: a trade's own words belong into the topics of its facts.
"""

from __future__ import annotations

IDEAS = """
number: handful tens put_a_number tally how_few ballpark how_many count quantity many several dozens
    hundreds thousands millions billions numbers how_large order_of_magnitude figure total how_much what_number
    which_number
duration: how_much_time how_long how_fast how_quickly how_soon how_slow what_time length_of_time time_limit
    time_budget second milliseconds millisecond minutes
length: how_long_are_the how_long_are_our how_long_are_these how_long_is_the how_long_is_a how_long_is_an
    how_long_is_each length lengthy long-winded wordy
often: how_often how_frequently often frequently frequency regularly times_a_day rate how_rarely
who: who whose whom by_whom
place: germany france japan spain america uk britain canada mexico poland italy india china where wherever
    location located abroad region country countries continent europe european overseas
person: people folks persons somebody someone anybody anyone everybody everyone guys individual individuals
    guinea_pig chap chaps buddy
user: users customers clients shoppers visitors audience consumers buyer buyers member members subscriber guest
staff: call_centre call_center
    staff employees colleagues workers workforce headcount personnel handlers coworker coworkers
reviewer: by_hand real_people real_humans moderation_team human_eyes workforce moderators reviewers humans manual
    manually agent agents rep reps operator operators real_person actual_people actual_person human_being
    human_beings
load: come_at_us land_in land_on simultaneously at_the_same_time in_parallel in_flight parallel popular heavily
    inflow incoming comes_in come_in coming_in turnout concurrently surge surges traffic busy load volume peak qps
    rps throughput concurrency concurrent demand usage rush busiest scale requests request hit hits hitting
    hammered worst_moment rush_hour peak_time spike spikes heaviest at_once requests_per_second queue_p_s q_p_s
    per_second a_second every_second capacity crowded quiet heavy heavier flood stream firehose an_hour per_hour
    hourly every_hour each_second each_hour
busy_day: craziest crazy_day promotions special_days high_season peak busiest rush rush_hour spikes sale_day
    sale_days black_friday christmas holiday holidays seasonal
daily: daily a_day per_day each_day every_day in_a_day days twenty-four_hours weekday day-to-day
money: within_our_means shell_out fork_out stomach splash purse_strings out_of_pocket strapped set_aside put_aside
    throw_at burn burning burn_rate financially invest spendable per_head dear economical budgeted budget cost
    costs money spend spending spent pay paid afford price priced pricing dollar dollars euro euros cent cents
    cash expensive cheap finance financial purse funds funding fund wallet bill economics how_costly pricey
    price_tag investment cost-wise moneywise budgetary pot pocket pockets allowance bucks sum sums money-wise
    set_us_back sets_us_back set_back income_side
limit: limited cap ceiling maximum max bound upper_bound threshold quota constraints restrict at_most no_more_than
    lid top_out upper_limit no_more
speed: staring squeeze_in hitting_enter presses_enter keep_them_waiting to_come_back results_come_back
    answer_comes_back how_much_time round_trip straight_away right_away load_time fast_enough on_the_spot spinner
    before_they_see tardy swift swiftly rapid rapidly brisk wait_for sit_there time_out timeout at_the_latest
    give_up_waiting from_the_moment fast faster quick quickly slow slowly speed latency delay lag wait waits
    waiting instant instantly immediate snappy sla slo respond responds response responsive response_time reply
    patience patient impatient prepared_to_wait milliseconds millisecond p95 p99 p_ninety_five p_ninety_nine
    percentile ninety-fifth ninety_fifth real_time realtime first_word first_words first_token time_to_answer
    turnaround sluggish hold_back hold_up how_soon how_long how_fast how_quick how_quickly pause hang blink
    put_up_with letters seconds_until instant_answer
progress: progress stream gradually step-by-step word_by_word spinner
change: redone stays_put constantly_moving reissued upkeep adjusted fluctuate evolves constantly reworked rework
    set_in_stone turned_over change changes changing changed update updates updated edit edits edited modify
    modified rewrite rewritten rewrites revise revised revision alter altered amend amended replace replaced
    refresh churn version versions stable static dynamic maintained stand_still volatile still_valid fixed
    superseded redo move moves shift shifts touched steady moving moved constant_flux rewriting
fresh: how_current in_the_index propagated reflect synced kicks_in takes_effect picked_up pick_up lags still_there
    still_around up-to-the-minute right_version latest fresh freshness stale staleness outdated up_to_date
    up-to-date recent lag out_of_date show_up shows_up findable turn_up turns_up visible_in_search new_version
    current_version
remove: removal deletes withdrawn withdrawal discontinued pull_out pulled take_down took_down taken_down
    taking_down retire retired expire expired take_back get_rid drop_out disappear disappears vanish gone go_away
    takedown block blocked kill killed killing forget forgets
document: documents docs files pdf pdfs pages papers manual manuals wording wordings article articles material
    materials text texts content corpus collection library archive paperwork record contents knowledge write-up
size: size big large huge small how_big how_large total amount extent enormous tiny magnitude gigabytes terabytes
    volume how_much much bulk
format: formats kinds types shape file_type layout structured medium
scan: scanned ocr photographed photos pictures images handwriting handwritten fax faxed photocopy photocopies
    photocopied crooked
table: tables spreadsheets excel csv rows columns cells
clip: videos clips footage film
tidy: clean tidy messy mess neat machine-readable well-formed
permission: lock_and_key locked_up see_everything walled_off hidden cleared_for secrecy who_gets_to off-limits
    classified entitlement entitlements locked_away kept_from hide protected open_to_everyone same_rights shared
    visibility permission permissions access access_control acl acls rights right confidential secret sensitive
    restricted private off_limits authorised authorized authorisation role roles group groups clearance privileges
    privilege allowed_to_see locked locked_down need-to-know entitled forbidden_to_see cut_off
view: sees reads open view
allow: allows permitted obliged free_to okay_to ok_to
wrong: confidently_wrong slips_out screws_up messes_up go_wrong goes_wrong blunder fault faulty damage harm stakes
    consequences embarrassing inaccuracy mistaken error-prone lie lies bluff get_things_wrong makes_things_up
    make_things_up made_up wrong mistake mistakes error errors incorrect incorrectly hallucinate hallucinates
    hallucination accurate accuracy correct correctness false untrue mislead misleading make_up makes_up invent
    invents invented inaccurate nonsense fib slip error_rate get_it_wrong gets_it_wrong precise reliable rubbish
    silly believes believe misled
silent: declines say_it_doesn't_know no_idea doesn't_have_an_answer leave_it_blank not_found silent silence refuse
    abstain unanswerable no_answer not_know doesn't_know don't_know admit say_nothing stay_quiet give_up_answering
    shrug shut_up keep_its_mouth_shut stays_quiet not_sure unsure
bar: bar tolerate acceptable good_enough quality risk live_with how_good how_bad standard get_away_with
law: strings_attached watchdog sue sued by_law legal_team law-wise red_tape laws legally regulation regulations
    regulator regulators regulatory gdpr compliance comply compliant lawyer lawyers obliged obligation obligations
    duties statutory dsa jurisdiction jurisdictions liable liability court courts audit auditor authorities
    authority police legislation ccpa hipaa mandatory government official officials act state representing
    representatives council union
explain: explain explanation reasons justify justification why notified owe transparent
privacy: intimate spying watched personally_identifiable privacy private personal pii gdpr data_protection names
    identifiable sensitive surveillance monitoring anonymise
retention: deleted purged saved throw_away keeps kept retained retention store hang_on_to hold_on_to hold_onto
    record records archive archived delete_after how_long_to_keep preserved
residency: residency region data_center data_centre hosting outside_the outside_europe leave_the cloud stay_in
    in_the_eu on_premises on-prem abroad cross_the_border geography continent leave_the_house outside_the_house
    overseas_server
language: speaks spoken native mother_tongue foreign dialects swedish danish turkish russian hindi mandarin
    language languages english german french spanish italian portuguese polish japanese chinese korean arabic
    dutch tongue tongues multilingual bilingual monolingual translate translated translation locale locales
    non-english more_than_one_language
office: based_in sites tokyo paris london berlin madrid offices branch_office abroad
today: at_this_point status_quo as_things_stand replacing taking_over get_by cope before_this until_now up_to_now
    old_way old_system present-day already_there already_have already_got in_use inherit inherited today current
    currently existing exist exists already now present right_now at_the_moment in_place so_far starting_from
    starting_point greenfield legacy from_scratch nowadays incumbent these_days old_one as_is live_today
    in_production to_beat at_present as_we_speak at_this_time by_now
past: past history historical old previously earlier legacy archive years_of so_far older before_that
label: offline_evaluation relevance_judgements
    answer_key hand-labelled hand_labelled tagged scored assessed test_set benchmark judges verified
    correct_answers label labels labelled labeled labelling labeling annotated annotate annotation annotations
    annotators annotator judgement judgements judgment judgments rated rating ratings graded grades marked mark
    ground_truth golden gold gold_standard golden_set training_data training train learn_from examples eval_set
    evaluate_against supervised evaluation
log: telemetry recorded_anywhere saved traces footprint kept_a_record logging recorded record records recording
    track tracked tracking history transcript transcripts captured capture event events write_down keep_track
    clickstream store instrumented
click: clicked interactions impressions behaviour behavior shown ignored actions purchases saves
expert: professionals domain_people subject_matter business_people experts specialists domain_expert sme smes
    experienced knowledgeable
goal: do_we_want do_they_want by_how_much by_how_many should_become should_fall should_drop should_rise
    should_improve are_we_after
    worth_it was_worth worth_doing worth_building worth_the_money worth_the_effort point_of why_bother judge_us
    counts_as measured_by prove pays_off payoff matters_most care_about cares_about supposed_to_fix ambition
    ambitions good_result happy_with worthwhile goal goals objective objectives success successful metric metrics
    kpi kpis target targets aim aims win north_star purpose optimise optimize optimising optimizing improve
    improvement lift outcome outcomes what_for benefit uplift look_good pay_off achieve fixes solve solves
    trying_to promised rise rises rising grow grows growth climb higher_number upside
motive: why_are_we why_do_we_want why_now why_change what_triggered what_prompted what_made what_drives
    what's_driving doing_this behind_this rationale motivation reason_for_this
business: business leadership board ceo executive stakeholders head_of bosses management directors higher-ups
    upstairs at_the_top executive_team owners chiefs
compare: before_measurement yardstick reference_point starting_point baseline compared comparison beat benchmark
    measured before_and_after
pilot: trying_out tryout first_users early_users volunteers pioneers testers test_users pilot trial try_it
    test_group beta early_adopters guinea_pigs try_first before_the_rest before_everyone before_everybody
    friendly_team first_team
source: data_sources places_to_search feeds feed_from pull_from draw_on databases repositories sources systems
    connector connectors connect connects integration integrations integrate plug plug_into hook hook_up platforms
    wired
tool: act triggers on_behalf automate doing get_done carry_out take_action skills abilities plug_into hook_into
    connected_to tool tools api apis function functions endpoint endpoints action actions capability capable
    operations operation tasks jobs call_into
write: writes modifies changes state read_only read-only alter side_effects mutate harmless dangerous risky
untrusted: tamper sneak smuggle manipulated from_outside random_people hacker hack safe_content outsider outsiders
    outside external externally untrusted untrustworthy trust trusted trustworthy inject injection injected
    attacker attackers malicious plant planted stranger threat threats third_party third_parties adversarial
    hostile prompt_injection poison poisoned inbound
written: written writes authored typed put_in
common: once_in_a_blue_moon how_rare scarce odds likelihood out_of_every chance rarely rarity prevalence
    percentage percent fraction share proportion frequent base_rate imbalance skew skewed ratio portion positives
    out_of_a one_in prevalent usual_rate which_part incidence how_common typical distribution flood
bad: bad harm violating broke breaking abuse abusive nasty toxic severe offending problematic illegal
    objectionable worst awful break_the_rules guilty
policy: policies rules categories guidelines standards terms prohibited not_allowed banned enforce enforcement
    enforcing
option: penalties besides_removing short_of lighter other_ways levers options alternatives softer instead besides
    apart_from other_than consequences sanctions in_between milder less_drastic gentler
report: tell_us user_report notify_us alerts reported flagged complains complaint complaints complaining
    press_the_flag hit_the_flag
appeal: pushed_back wrongly_removed removed_by_mistake second_look come_back_to_us win_their fight
    unhappy_with_the_decision appealed contest contested overturn overturned protest protests dispute disputes
    disputed reverse reversed uphold upheld challenge object by_mistake reinstated successful
agreement: see_eye_to_eye same_way differ_in_opinion same_answer same_verdict inconsistent disagreement agrees
    agreement disagree consistency reliable reliability trust kappa inter-annotator noisy noise trustworthy
publish: afterwards after_the_fact before_anyone hold_back held_back pre-screen publishing visible live go_live
    goes_live public show_up goes_up go_up posted post-moderation pre-moderation synchronous asynchronous online
    in_public
post: posting uploading putting_up content items stuff submission submissions
multi_media: media images video photos pictures clips split mix
catalogue: how_many_things for_sale wares catalogue catalog inventory listings items products assortment range
    goods sku skus merchandise on_sale selection offering offer entries stock
lifetime: stick_around still_available how_soon_gone sell_fast shelf_life longevity live_for lifetime gone
    stays_up sells sell_out disappear disappears how_long around lasts last lifespan short-lived turnover churn
unique: singular only_one just_one several_of second-hand unique one_of_a_kind duplicates single one-off identical
    more_than_one copies
anonymous: not_signed_in isn't_signed_in aren't_logged_in aren't_signed_in not_registered unregistered registered
    nobody_knows new_people first_time first_visit fresh_users brand_new identify identified known login anonymous
    logged_out logged-out logged_in signed_in signed_out sign_in log_in new_users newcomers cold_start unknown
    first-time no_history little_history without_login not_logged_in guests strangers recognise
seller: people_selling supply_side people_who_sell those_selling sellers supply supplier merchants vendors lister
    private_sellers professional professionals dealer dealers shops two-sided neighbour neighbours neighbor
    neighbors
fair: fairness exposure equal starve spread
leave: leaving churn give_up stop walk_away drop_off go_elsewhere
fraud: conned cheating criminals bad_actors rip-off swindle fraud fraudsters scams scammer scammers fake fakes
    dodgy crook crooks counterfeit
team: people_on_this how_many_of_us crew squad team colleagues staffing manpower resources with_me
engineer: devs engineer developer data_scientists my_team on_the_team people_on_this with_me how_many_of_us
query: looking_up put_in ask_for queries searched keywords type type_in typed typing look_for looking_for strings
    string search_box search_terms phrase phrases
mix: slices chunk_of bite dominated made_up_of make_up_most bulk bulk_of make-up proportion categories divided
    divide how_varied share concentration mix breakdown broken_down break_down split distribution spread
    composition varied skew concentrated head tail long_tail repeat repeats popular rare
empty: turns_up_nothing finds_nothing found_nothing didn't_find nothing_at_all empty-handed without_results empty
    empty_pages blank_page zero_results nothing no_results no_hits blank come_up_empty zero dead_end nothing_found
problem: failure_mode failure_modes stuck
    falls_down falls_over matter_with messes_up the_matter pain_point weaknesses headache complain_about
    fall_short falls_short bad_at fix what's_wrong grumble grumbles moan dislike hate problem problems pain pains
    wrong_with fail fails failing failure complain complaints unhappy annoyed trouble broken going_wrong hurts
    bother frustrated frustration badly struggling annoying suck sucks dissatisfied gripe gripes let_down annoys
    annoy mad rubbish
ads: pay_for_placement brands_pay monetize monetised ads adverts advertisement sponsors sponsored paid_placement
    placements placement promoted promotion promote revenue pay_us brands boosted income
filter: narrow_things narrow_the only_show constrain filtering narrow narrow_it narrow_down facets refine
store: local_shop on_the_shelf near_me around_the_corner nearest in_person outlet stores branches shop shops local
    nearby near location pick_up pickup in_stock availability available shelf shelves town
chat: inquiries contact_us talk_to_us call_us reach_us people_writing chats conversations contacts contacting
    message messages ticket tickets enquiry enquiries dialogue session sessions get_in_touch reach_out write_in
turn: to_and_fro chatty turn back_and_forth exchanges messages_per replies
reason: why_do_people what_about subjects need_help_with want_from_us kinds_of_question problems reasons intents
    topic topics category issue issues about ask_about contact_us_about questions want_help help_with come_to_us
    complain_about
handover: pass_over human_takeover take_it_from live_agent real_agent hand_off_to handover hands_over handoff
    hand_off escalate escalation transfer pass_on put_through putting_through takes_over take_over
    switch_to_a_human
night: after_hours out_of_hours overnight sundays day_and_night nights clock round_the_clock shifts weekend
    weekends around_the_clock 24/7 opening_hours
refund: pay_back paid_back reimbursed money_returned refunds money_back give_money compensation credit
returns: returns sending_back sent_back bring_back
approve: empowered spending_authority
    supervisor manager wave_through without_anyone looking_over green_light ok_from oversight human_check
    confirmation second_pair blessing alone approve approval approved sign_off signed_off sign-off signing_off
    permission on_its_own by_itself autonomy autonomous limit without_asking without_a_human unsupervised
automate: no_human without_a_person take_over_from resolved bot_alone fully automation deflection without_a_human
    self-service contained on_its_own
satisfied: feel_about feels_about feeling_about
    satisfaction_score pleased satisfaction satisfied happiness csat nps unhappy
deadline: by_the_end go-live launch_date how_soon_do when_is timeframe time_frame schedule deadlines by_when
    timeline when_do until_when till_when latest_date
knowledge: written_material instructions docs reference handbook help_pages help_content articles knowledge
    knowledge_base documentation help_center help_centre faq faqs guide guides manual policies written_down
differ: depend_on_the_country country_by_country from_country uniform identical differently varies same everywhere
    each_country per_country
promise: committed_to hold_us_to on_the_hook stand_by live_up guarantees promised bound binding honour honor
    stuck_with commitment held_to commits
card: card_numbers card_details bank_details payment_details visa cards credit_card pci payments
bot: automatic computer not_human artificial bot robot machine ai assistant chatbot no_human not_a_human
    not_a_person
opinion: pass_itself_off pass_for upfront up_front come_clean disclose pretend say_that_it admit
conversion: go_on_to_buy end_in_a_purchase ends_in_a_purchase end_up_buying lead_to_a_sale turn_into_a_purchase
    buy_something
    conversion sales basket purchases sells revenue income earnings
restricted: under_age underage eighteen banned off_the_market unsafe_products safety age-restricted age restricted
    kids children minors dangerous recalled recall adults mustn't prohibited hazardous unsafe
statistic: the_average average_number the_median the_oldest the_biggest the_most_expensive
minor: kid children child minor teenager underage adults age-restricted age_restricted grown-ups under_eighteen
    over_eighteen
"""

KINDS = frozenset("#number #duration #often #who #place".split())
"""Ideas that are kinds of answer, rather than things asked about."""
TOLD_APART = KINDS - {"#number"}
"""Kinds of answer a fact has or has not."""
POINTING = KINDS | {"#daily"}
"""Ideas that may ask about anything said before ("how many a day?")."""
