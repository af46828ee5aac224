"""Coach: a mock-interview room for AI-engineering system design."""
