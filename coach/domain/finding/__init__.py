"""Where evidence for a criterion may stand in a candidate's words, and how far it carries.

signals and craft (what to listen for), board and mermaid (what stands on the board, from when on) → polarity,
guards, addressing (how it was meant) → reading (sentence by sentence) → finder (the best window) →
weighing, estimates (a verdict, or "could not tell"); conduct reads how the round was run; coverage is the same
finding during a round.
"""
