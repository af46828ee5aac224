"""The offline engine: only what the author wrote, no model."""
