"""How the interviewer decides, as pure code over a round and the time.

hearing (what a turn asks for: recognition, cues) → ledger (asked, told, hinted, found) → agenda (close, respond or
ask), with quoting for follow-ups, timebox for the clock, and the fifteen checks on what came of it.
"""
