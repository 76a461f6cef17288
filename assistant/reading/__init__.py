"""One reader per file format, each to a Document of clean text and typed blocks; always in a child process."""
