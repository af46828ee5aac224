"""The figures a candidate states: read, done again, and held to the scenario's estimates.

quantities (numbers with what they measure; digits shows them) → spelt_out, laid_out (what may follow from what) →
sums (one turn) → told (what the candidate said), sought (what the scenario asks for) → matching.
"""
