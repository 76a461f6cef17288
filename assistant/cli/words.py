"""Every Dutch word of the root of the command line, and of the commands that ask, search and index."""

from __future__ import annotations

import click

from assistant.errors import system_reason

ROOT = "Regelwijzer: antwoorden over dementiezorg en de financiering ervan, met letterlijke citaten uit de documenten."
HOME = "Map met corpus/, index/ en data/ (ook: REGELWIJZER_HOME)."
HOME_EMPTY = "De waarde van --home is leeg."
HOME_UNKNOWN = "De map {home} bestaat niet: die gebruiker is er niet."
HOME_REMEDY = "Noem een map, of laat de optie weg."
DEBUG = "Laat bij een fout ook de technische melding zien."
VERSION = "Laat de versie zien."
STOPPED = "Gestopt. Er is niets verloren gegaan."

ASK = "Beantwoordt een vraag uit de documenten, met letterlijke citaten."
QUESTION = "De vraag ontbreekt."
HISTORY = "Een eerdere vraag uit het gesprek; herhaal dit voor meer vragen, de oudste eerst."
AS_OF = "De dag waarvoor het antwoord moet gelden (JJJJ-MM-DD); standaard vandaag."
JSON = "Geef het antwoord als JSON."
BATCH = (
    "Bestand met per regel een JSON-vraag ('-' is standaardinvoer); geeft per regel een JSON-antwoord. "
    "Sleutels van een regel: question (verplicht), id, history (eerdere vragen, een lijst) en as_of (JJJJ-MM-DD)."
)

SEARCH = "Laat zien welke passages bij een vraag gevonden worden, en waarom."
TOP = "Aantal passages; standaard 10."

INDEX = "Bouwt, controleert en herstelt de index."
INDEX_BUILD = "Bouwt een nieuwe index naast de oude, controleert hem en neemt hem in gebruik."
INDEX_STATUS = "Laat zien welke index er is en of die bij het corpus hoort."
INDEX_VERIFY = "Controleert de index grondig."
INDEX_ROLLBACK = "Zet de vorige index terug."
QUIET = "Zeg niets; alleen de afsluitcode telt."

SERVE = "Start de webchat."
SERVE_HOST = "Adres waarop de webchat luistert."
SERVE_PORT = "Poort waarop de webchat luistert."

ACCOUNT = "Maakt en beheert accounts voor de webchat (web.access = 'accounts')."
ACCOUNT_ADD = "Maakt een account. Het wachtwoord wordt gevraagd, of gelezen van standaardinvoer."
ACCOUNT_LIST = "Laat alle accounts zien: naam, rol, open of gesloten, sinds wanneer."
ACCOUNT_REMOVE = "Verwijdert een account met al zijn gesprekken. Dit is niet terug te draaien."
ACCOUNT_PASSWORD = "Vervangt het wachtwoord van een account. Het wordt gevraagd, of gelezen van standaardinvoer."
ACCOUNT_ROLE = "Rol: reader (lezer), keeper (corpusbeheerder) of admin (beheerder); standaard reader."
ACCOUNT_ROLES = {"reader": "lezer", "keeper": "corpusbeheerder", "admin": "beheerder"}
ACCOUNT_YES = "Vraag niet om bevestiging."
ACCOUNT_NONE = "Er zijn nog geen accounts."
ACCOUNT_SURE = "Account {name} en al zijn gesprekken verwijderen? [j/N]"
ACCOUNT_KEPT = "Het account is niet verwijderd."
ACCOUNT_AGREE = "Antwoord 'j' op de vraag, of gebruik --yes."
PASSWORD_NEW = "Wachtwoord"
PASSWORD_AGAIN = "Nog een keer"

STAGES = {"embed": "Vectoren maken", "terms": "Woorden tellen", "chroma": "Opslaan in Chroma", "verify": "Controleren"}


def error(text: str) -> str:
    """An error as one line."""
    return "Fout: " + " ".join(text.split())


def usage(problem: click.UsageError) -> str:
    """What is wrong with the command as typed, in Dutch, and where to look."""
    help_line = f"Zie '{problem.ctx.command_path} --help'." if problem.ctx else "Zie 'regelwijzer --help'."
    if isinstance(problem, click.NoSuchOption):
        return f"De optie {problem.option_name} bestaat niet. {help_line}"
    if isinstance(problem, click.MissingParameter):
        name = problem.param.human_readable_name if problem.param else "iets"
        return f"Er ontbreekt iets: {name}. {help_line}"
    if isinstance(problem, click.BadParameter):
        name = problem.param.opts[-1] if problem.param else "een optie"
        return f"De waarde voor {name} kan niet worden gebruikt. {help_line}"
    if "No such command" in problem.format_message():
        return f"Dat commando bestaat niet. {help_line}"
    if "unexpected extra argument" in problem.format_message():
        return f"Er staan te veel woorden achter het commando. Zet wat bij elkaar hoort tussen aanhalingstekens. {help_line}"
    return f"Zo kan het commando niet worden gebruikt. {help_line}"


def unexpected(error: Exception) -> str:
    """An error that no one foresaw; its type helps whoever mends it."""
    kind = type(error).__name__
    what = f"{kind}: {system_reason(error)}" if isinstance(error, OSError) else kind
    return f"Er ging iets onverwachts mis ({what}). Probeer het opnieuw, of voeg --debug toe voor de technische melding."
