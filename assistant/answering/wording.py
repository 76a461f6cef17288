"""Every word of an answer that is not a quote, in Dutch and English."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.language.places import PlaceName
from assistant.records import MissingDocument, Source
from assistant.retrieval.question import Ask
from assistant.retrieval.scope import Talk

_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()
_MONTHS_EN = "January February March April May June July August September October November December".split()

SAID = {"ja": "Ja.", "nee": "Nee."}

_LACKS = {
    Ask.MONEY: ("De documenten noemen hierbij geen bedrag.", "The documents name no amount for this."),
    Ask.COUNT: ("De documenten noemen hierbij geen aantal.", "The documents name no number for this."),
    Ask.FREQUENCY: ("De documenten noemen niet hoe vaak.", "The documents do not say how often."),
    Ask.DURATION: ("De documenten noemen hierbij geen termijn of duur.", "The documents name no term or duration for this."),
    Ask.CONTACT: ("De documenten noemen hierbij geen contactgegevens.", "The documents name no contact details for this."),
}


_TO_TALK = {
    Talk.GREETING: (
        "Hallo. Stel mij gerust een vraag over de regels en de financiering van dementiezorg. "
        "Ik antwoord met citaten uit de documenten.",
        "Hello. Ask me about the rules and the financing of dementia care; I answer with quotes from the documents.",
    ),
    Talk.THANKS: ("Graag gedaan. Stel gerust nog een vraag.", "You are welcome. Please ask on."),
    Talk.REMARK: (
        "Ik kan alleen laten zien wat er letterlijk in de documenten staat. Open de bron om te lezen wat eromheen staat, "
        "of stel uw vraag in andere woorden.",
        "I can only show what the documents say to the letter. Open the source to read what stands around it, "
        "or ask in other words.",
    ),
}


def day(value: date, language: str) -> str:
    """A date in words: "1 januari 2026"."""
    months = _MONTHS_EN if language == "en" else _MONTHS
    return f"{value.day} {months[value.month - 1]} {value.year}"


def validity(source: Source, language: str) -> str:
    """From when until when a source holds, in words; empty when nothing is known."""
    english = language == "en"
    start = day(source.valid_from, language) if source.valid_from else ""
    until = day(source.valid_until, language) if source.valid_until else ""
    if start and until:
        return f"valid from {start} until {until}" if english else f"geldig van {start} tot en met {until}"
    if start:
        return f"from {start}" if english else f"vanaf {start}"
    return (f"valid until {until}" if english else f"geldig tot en met {until}") if until else ""


def lead(source: Source, language: str) -> str:
    """Which source speaks and how far it binds: the line above its quotes."""
    known = ", ".join(part for part in (source.publisher, validity(source, language)) if part)
    name = f"**{source.title}** ({known})" if known else f"**{source.title}**"
    if language == "en":
        return f"{name} says, in Dutch:"
    kind, binding = source.kind.label, source.kind.binding.rstrip(".")
    named = kind.casefold() in binding.casefold()  # "Een brief vertelt …" says what it is
    return f"{name}. {binding}." if named else f"{name}. {kind.capitalize()}: {binding}."


def refusal(language: str) -> str:
    """The first line of an answer that there is not."""
    if language == "en":
        return "The documents do not answer this question."
    return "Dit staat niet in de documenten."


def not_understood(language: str) -> str:
    """That a question is in a language that is not understood, in Dutch and in English; empty when it is."""
    if language in ("nl", "en"):
        return ""
    return (
        "Ik begrijp uw vraag niet: die lijkt niet in het Nederlands of het Engels te zijn gesteld. "
        "I only understand questions in Dutch and English."
    )


def out_of_scope(language: str) -> str:
    """The first line for what is no question about these documents."""
    if language == "en":
        return "I only answer questions about the rules and financing of dementia care that stand in the documents."
    return "Ik beantwoord alleen vragen over de regels en de financiering van dementiezorg die in de documenten staan."


def small_talk(talk: Talk, language: str) -> str:
    """What to say to who greets, thanks, or says something of the answer before."""
    return _TO_TALK[talk][1 if language == "en" else 0]


def urgent(language: str) -> str:
    """Where help is when there is danger."""
    if language == "en":
        return (
            "Is someone in danger now? Call 112. Violence at home: call Veilig Thuis, 0800-2000, day and night. "
            "Thoughts of suicide: call 113 or 0800-0113."
        )
    return (
        "Is er nu gevaar? Bel 112. Bij geweld thuis helpt Veilig Thuis, dag en nacht: bel 0800-2000. "
        "Bij gedachten aan zelfmoord: bel 113 of 0800-0113."
    )


def lacks(asks: Sequence[Ask], open_parts: Sequence[str], language: str) -> list[str]:
    """What is missing: one sentence for every hard ask; without these, the parts of the question that nothing speaks to."""
    english = language == "en"
    lines = [_LACKS[ask][1 if english else 0] for ask in asks if ask in _LACKS]
    if open_parts and not lines:
        parts = ", ".join(f"‘{part}’" for part in open_parts)
        lines.append(f"I found nothing about {parts}." if english else f"Over {parts} vond ik niets.")
    return lines


def no_such_place(places: Sequence[PlaceName], language: str) -> str:
    """That no loaded document has the part that was asked for."""
    named = " ".join(f"{noun} {number}" for noun, number in places)
    return f"No document here has a part ‘{named}’." if language == "en" else f"Geen van de documenten hier heeft ‘{named}’."


def unanswered(part: str, language: str) -> str:
    """That one of the things that were asked has no answer in the documents."""
    return f"I found no answer to “{part}”." if language == "en" else f"Op ‘{part}’ vond ik geen antwoord."


def where_to_ask(language: str) -> str:
    """Whom to ask what the documents do not say."""
    if language == "en":
        return (
            "Is it about care for someone with dementia? Ask the health insurer or the district nurse. "
            "Is it about a network? Ask Dementie Netwerk Nederland."
        )
    return (
        "Gaat het over zorg voor iemand met dementie? Vraag het dan aan de zorgverzekeraar of de wijkverpleegkundige. "
        "Gaat het over een netwerk? Vraag het dan aan Dementie Netwerk Nederland."
    )


def outside_validity(source: Source, years: Sequence[int], as_of: date, language: str) -> str:
    """That a source speaks to the question but does not hold at the time asked about: on the day, or in ``years``."""
    both = " and " if language == "en" else " en "
    when = both.join(str(year) for year in years) if years else day(as_of, language)
    holds = validity(source, language)
    if language == "en":
        return f"“{source.title}” is {holds}; it does not hold for {when}."
    return f"‘{source.title}’ is {holds}; voor {when} geldt het niet."


def replaced(old: Source, new: Source, language: str) -> str:
    """That another document came in the place of one that is cited."""
    holds = validity(new, language)
    name = f"‘{new.title}’ ({holds})" if holds else f"‘{new.title}’"
    if language == "en":
        return f"“{old.title}” has been replaced by {name}."
    return f"‘{old.title}’ is vervangen door {name}."


def not_loaded(sources: Sequence[Source], language: str) -> str:
    """Where the answer may stand, in documents that are known and not in the corpus, with what is known of them."""
    lines = []
    for source in sources:
        link = f" <{source.source_url}>" if source.source_url else ""
        holds = " ".join(source.holds.split())
        if language == "en":
            lines.append(f"It may be in “{source.title}”. That document is known, but not in the corpus.{link}")
        else:
            known = "Dat document is bekend, maar zit niet in het corpus."
            lines.append(f"Mogelijk staat het in ‘{source.title}’. {known}{link}")
            if holds:
                lines.append(f"Wel bekend: {holds}")
    return "\n\n".join(lines)


def also_see(documents: Sequence[MissingDocument], language: str) -> str:
    """That a document which is named in question or answer is not in the corpus itself."""
    names = "; ".join(
        f"‘{missing.title}’{f' <{missing.source_url}>' if missing.source_url else ''}" for missing in documents
    )
    if language == "en":
        return f"Not consulted, for this document is not here: {names}"
    return f"Niet geraadpleegd, want dit document is hier niet: {names}"


def disagree(language: str) -> str:
    """That the quotes contradict each other."""
    if language == "en":
        return "The sources do not say the same. You see them side by side, with how far each of them binds."
    return "De bronnen zeggen hier niet hetzelfde. U ziet ze naast elkaar, met hoe ver elke bron bindt."


def unsure(language: str) -> str:
    """That the quotes are likely enough to be shown, and not sure to answer the question."""
    if language == "en":
        return "I am not sure that this answers your question. Please check whether the quote is about what you asked."
    return "Ik weet niet zeker of dit uw vraag beantwoordt. Kijk zelf of het citaat gaat over wat u vroeg."


def partly(language: str) -> str:
    """The line above an answer that leaves a part of the question open."""
    return "The documents answer this in part." if language == "en" else "De documenten beantwoorden dit voor een deel."
