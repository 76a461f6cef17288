"""Documents of a test in a corpus, and the product over it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from assistant.home import Home
from assistant.service import Service
from assistant.settings import Settings


def publish(home: Home, name: str, title: str, text: str, **dates: str) -> None:
    """Puts a document into the corpus of ``home``; ``dates`` are further keys of its entry, as they stand in TOML."""
    path, body = home.corpus / f"documents/{name}.txt", text.encode()
    path.write_bytes(body)
    entry = "".join(f"{key} = {value}\n" for key, value in dates.items())
    with (home.corpus / "catalogue.toml").open("a", encoding="utf-8") as catalogue:
        catalogue.write(
            f'\n[[document]]\nid = "{name}"\ntitle = "{title}"\npublisher = "Gemeente"\nkind = "regeling"\n'
            f'status = "gepubliceerd"\nlanguage = "nl"\nfile = "documents/{path.name}"\n'
            f'sha256 = "{hashlib.sha256(body).hexdigest()}"\n{entry}'
        )


@contextmanager
def built(home: Home) -> Iterator[Service]:
    """The product over ``home``, with a new index."""
    made = Service(home, Settings())
    made.build_index()
    yield made
    made.close()
