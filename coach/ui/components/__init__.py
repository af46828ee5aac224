"""Small elements that live in the browser, each with its JavaScript beside it. Registered once, at import."""
