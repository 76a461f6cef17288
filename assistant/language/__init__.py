"""Dutch text as such: folding, tokens, sentences, numbers and dates. Knows no documents."""
