"""How the interviewer decides, as pure code over a round and the time.

hearing (what a turn asks for: cues; the questions in it, read as units and everyday ideas; recognition of the fact
they ask for) → ledger (asked, told, hinted, found) → agenda (close, respond or ask), with quoting for follow-ups,
timebox for the clock, and the fifteen checks on what came of it.
"""
