"""`python -m coach.content.schemas` writes the JSON Schemas anew."""

from coach.content.schemas import generate

for file, text in generate().items():
    file.write_text(text, encoding="utf-8")
