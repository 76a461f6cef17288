"""Conversations, answers, feedback and audit, in SQLite or PostgreSQL."""
