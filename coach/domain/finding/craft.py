"""Words of the craft that say one idea in different ways, so that a criterion's words find a candidate's.

A line is one idea; a phrase matches as signals do: its words begin consecutive spoken words, words of up to three
letters match whole. Recognisers' usual mishearings of the craft's terms stand beside them.
"""

from __future__ import annotations

_LINES = """
golden, gold set, test set, eval set, evaluation set, judged set, benchmark, exam, test case, suite, held out
label, annotat, judgement, judgment, marked by, graded, rated
human, expert, reviewer, moderator, rater, annotator, people look, a person, specialist, by hand
agreement, kappa, agree, inter annotator, double review, doubly, corrected for luck, two people, two experts
refresh, rotate, replaced, swapped, each month, every month
recall, found, find, coverage, share found
precision, false positive, wrongly, false alarm, innocent, wrong flag
ndcg, n d c g, mrr, ranking metric
faithful, grounded, supported, support, backed, back up, unsupported
slice, segment, separate row, separately, split by, by language, per language, broken down, per country, by country
threshold, cutoff, cut off, cut point, bar, floor, above, below, under, at least
block, gate, gates, ship, release, regression
online, a b test, ab test, a bee test, experiment, pilot, randomis, randomiz, holdback, interleav
offline, replay, backtest, shadow
calibrat, platt, isotonic, probabilit
percentile, p95, p99, p90, tail, ninety fifth
latency, millisecond, ms, millis, response time, time to, seconds, how fast
first token, first word, ttft, on screen
stream, as it's written, as they're written, appears
parallel, concurrent, at the same time, together, side by side, at once
timeout, time out, time limit, deadline, give up
fallback, fall back, degrade, instead of an error, go without, circuit break
cache, caching, cached, cash
batch, batching
peak, busiest, sale day, spike, surge, burst
autoscal, replica, capacity, provision, quota, concurrency
token, tokens
cost, price, dollar, cent, cents, money, spend, cheap, expensive, pay
month, monthly
budget, headroom, ceiling, afford, spare
route, routing, small model, smaller model, cheaper model, distil, distill
gpu, self host, own hardware, rented, card hour
embed, in bedding, vector, dense, encoder, two tower, to tower, by meaning, semantic
keyword, lexical, bm25, exact match, word match, string search, exact search, inverted
hybrid, fusion, fuse, rrf, reciprocal, merge, both lists
rerank, re rank, cross encoder, ranker, second stage, reorder
candidate, retriev, shortlist, nearest
boost, boosted, gradient boost, boasted, tree, trees, lightgbm, light g b m, xgboost
chunk, split, section, clause, passage, piece
ocr, scan, scanned
table, spreadsheet, rows, columns, grid
metadata, attribute, stamp, carries
version, edition, effective, valid from, snapshot
delete, deletion, withdraw, erase, tombstone, remove, supersede, forget
incremental, event, webhook, queue, stream in, change feed, within minutes
duplicate, dedup, near duplicate, variant
quarantine, reconcil, count files, parse failure, confidence floor, empty
permission, access, allowed, entitle, group, acl, rights, restricted, authoris, authoriz, who may
revok, leaver, leaves, permission change
injection, untrusted, instructions in, addressed to, jailbreak, manipulat, tricked, fooled, social engineering
redact, scrub, mask, blank, anonymi, pseudonym, strip out
personal data, pii, privacy, gdpr, customer name, sensitive
residency, eu region, region
retention, kept for, seven years, retain
audit, record, trail, who did
confirm, read back, repeats what, sign off, approve, approval, one click
trace, log, logged, logging, recorded
dashboard, board, morning, watch
alert, alarm, page us, pages us, wakes
drift, shift, change over time, distribution
feedback, thumbs, complaint, complain, reformulat, retype, search again, rephras
sample, sampled, random, drawn, percent of
feeds back, goes into, back into, become test cases, into the test set, into the exam
canary, alias, dual index, two indexes, beside the old
rollback, roll back, flip back, switch back, revert, feature flag
baseline, existing, current engine, control, beat
defer, later, out of scope, not in version one, park, second release, leave out
success, goal, north star, measure, judged on
guardrail, must not fall, must not become worse, guard, not get worse
users, customers, shoppers, handlers, staff, agents, employees, buyers
per day, a day, per second, a second, qps, traffic, volume
wrong answer, mislead, hallucinat, confidently wrong
not found, abstain, abstention, refuse, decline, don't know, empty handed, can't answer, unanswerable
cite, citation, source, passage id
fine tun, finetun, train on, weights, training run
long context, context window, whole prompt, fill the prompt
rewrite, rewritten, spell out, decompos, expand
history, conversation so far, older messages, recap, summar
prefix, prompt cache, prompt caching
tool, function, api, endpoint
typed, argument, schema, enum, structured
rules, deterministic, in code, service checks, policy engine
limit, cap, maximum, at most, no more than
handover, hand over, hand off, takes over, escalat, human takes
idempot, retry, retries, once only, twice
step limit, max steps, a loop, one loop, loop with, loop of, loop until, turns
simulat, another model act, plays the customer, fake
intent, contact reason, reason code
identity, login, authenticat, logged in, verified
fraud, abuse, cheater, scam, attacker, adversar, evasi, brigad
appeal, contest, overturn
severity, tier, red, worst first
hash, fingerprint, photodna, perceptual
sarcas, satire, counter speech, reclaimed, dialect
rare, enrich, hard negative, imbalanc, active learning
language, multilingual, translat, german, spanish, french, portuguese
position, impression, exposure, shown, propensity
negative, negatives
cold start, new item, new user, new listing, new person
leak, leakage, future, point in time
freshness, fresh, lag, stale, up to date, old is the index
time split, time based, older weeks, last week
diversity, explor, long tail
seller, sellers, supply side, creators
quantis, quantiz, int8, compress
hnsw, approximate, ann, h n s w
memory, gigabyte, gig, gb, giga, ram
throughput, scores a second, per core, cores
reindex, re index, re embed, rebuild
kill switch, switch off, turn off, disable
wellbeing, blur, grayscale, rotation, support for reviewers
notice, reason given, told why, explanation
disclos, it is an ai, introduces itself, bot says
sponsor, paid placement, ad, ads
availability, stock, sold
exact, part number, model number, form code, identifier
query class, head, lookup, popular
ownership, owner, owned, responsible
contradict, conflict, disagree, inconsisten
value, worth, conversion, revenue, saving
spec, sql, syntax, compile, read only
""".strip().splitlines()

IDEAS: tuple[tuple[str, ...], ...] = tuple(tuple(phrase.strip() for phrase in line.split(",")) for line in _LINES)
"""Each idea as the phrases that say it."""
