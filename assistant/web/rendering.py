"""Makes HTML: Jinja with escaping on for everything, so that text of documents and users is never markup."""

from __future__ import annotations

from datetime import date
from functools import cache, partial
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from assistant.export.words import words_of
from assistant.indexing.generations import built
from assistant.records import Citation
from assistant.web.answer_view import excerpt, place
from assistant.web.language import words

FOLDER = Path(__file__).parent
THREAD, FORM = "rw-place-of-the-thread", "rw-place-of-the-form"  # stand in gradio's page, filled in for each visitor


@cache
def environment() -> Environment:
    """The templates, with the words and the helpers that all of them use."""
    made = Environment(
        loader=FileSystemLoader(FOLDER / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals.update(
        w=words,
        excerpt=excerpt,
        place=place,
        web_address=web_address,
        documents_of=documents_of,
    )
    return made


def render(template: str, **values: Any) -> str:
    """A template filled in."""
    return environment().get_template(template).render(**values)


def web_address(address: str) -> bool:
    """Whether an address of the catalogue may be a link: only those of the web."""
    return urlsplit(address).scheme in ("https", "http")


def documents_of(index: str) -> str:
    """As of when the documents were that an index holds, in words; empty for what is no index's name."""
    moment = built(index)
    return words.DOCUMENTS_OF.format(moment=words_of(words.LANGUAGE).moment(moment.astimezone())) if moment else ""


def source_link(link: str, citation: Citation) -> str:
    """Where a citation of a kept answer opens: the text as that answer saw it; else the document as it is now."""
    span = urlencode({"van": citation.start, "tot": citation.end})
    if not link:
        return f"/document/{quote(citation.document, safe='')}?{urlencode({'versie': citation.version})}&{span}"
    return f"/antwoord/{quote(link, safe='')}/bron/{quote(citation.document, safe='')}/{citation.version}?{span}"


def linker(link: str) -> Any:
    """``source_link`` for the citations of one answer."""
    return partial(source_link, link)


def today() -> date:
    """The day that a question is asked for when no other is chosen."""
    return date.today()
