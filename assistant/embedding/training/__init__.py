"""How the shipped embedder is made; nothing here is imported when the assistant answers."""
