"""Everything that cannot be made again, in one checked file: the corpus, the database, the settings without secrets."""

from assistant.backup.making import BackedUp, back_up
from assistant.backup.restoring import Restored, restore

__all__ = ["BackedUp", "Restored", "back_up", "restore"]
