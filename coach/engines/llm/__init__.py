"""The engine with a model: it words the agenda's steps and proposes verdicts with quotes."""
