"""Every Dutch word that the web chat shows, save those of the answers themselves. Plain Dutch (B1), addressed as "u".

words_en.py has the same names in English; language.py chooses between them.
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from assistant.privacy.findings import LABELS

LANGUAGE = "nl"
LANGUAGE_CHOICE = "Taal"
NAME = "Regelwijzer"
AI_LINE = "U praat met een AI-systeem. Lees de bron erbij voordat u een besluit neemt."
SKIP = "Direct naar de vraag"
SKIP_CONTENT = "Direct naar de inhoud"
MENU = "Menu"

NAV_ASK = "Vraag"
NAV_DOCUMENTS = "Documenten"
NAV_PRIVACY = "Privacy"
NAV_FEEDBACK = "Reacties"
NAV_USERS = "Accounts"
SIGN_OUT = "Uitloggen"

QUESTION_LABEL = "Uw vraag"
QUESTION_HINT = "Bijvoorbeeld: wie mag casemanagement dementie indiceren?"
FOLLOW_UP_HINT = "Stel een vervolgvraag"
AS_OF_LABEL = "Peildatum"
AS_OF_HELP = "Het antwoord geldt voor deze dag."
AS_OF_WRONG = "De peildatum moet tussen {first} en {last} liggen."
AS_OF_REMEDY = "Kies een andere dag."
ASK = "Vraag"
STOP = "Stop"
NEW = "Nieuw gesprek"
WORKING = "Ik zoek in de documenten …"
STEP_FOUND = "Gevonden in:"
STEP_WRITING = "Het taalmodel schrijft het antwoord. Ik vergelijk elke zin met de citaten …"
NOT_KEPT = "Dit antwoord kon niet worden bewaard. Kopieer wat u nodig hebt."
CONNECTION_LOST = "Er is geen verbinding met Regelwijzer. Uw vraag staat er nog; probeer het over een minuut opnieuw."
NO_CONNECTION = "Er is geen verbinding met Regelwijzer. Probeer het over een minuut opnieuw."
STOPPED = "Gestopt. U kunt uw vraag opnieuw stellen."
WELCOME = "Wat wilt u weten?"
WELCOME_TEXT = (
    "Regelwijzer zoekt het antwoord op in de documenten en laat bij elke zin zien waar die staat. "
    "Staat het er niet in, dan zegt Regelwijzer dat."
)
EXAMPLES_TITLE = "Vragen om mee te beginnen"
UNDERSTOOD = "Zo heb ik uw vraag begrepen:"
UNDERSTOOD_AFTER = "Ik lees dit als vervolg op uw vraag:"
YOU_ASKED = "Uw vraag"
ANSWER = "Antwoord"
AS_OF_SHOWN = "Peildatum {day}"
OUTSIDE_NEAREST = "Deze passages komen het dichtst in de buurt"
OUTDATED_NEAREST = "Dit staat in die bron"
MISSING_TITLE = "Hier kunt u het nakijken"
MISSING_ALSO = "Niet geraadpleegd: dit ontbreekt hier nog"
MISSING_PAGE = "Regelwijzer heeft de tekst van dit document nog niet. U kunt die hier lezen."
OFFICIAL = "Officiële tekst openen"
NO_ADDRESS = "Het adres is niet bekend."
NOTICES = "Let op"
OPEN_SOURCE = "Bron {number}: {title}, pagina {page}. Open de bron."
PAGE = "pagina {page}"

CONVERSATIONS = "Gesprekken"
CONVERSATIONS_SEARCH = "Zoek in gesprekken"
TODAY = "Vandaag"
YESTERDAY = "Gisteren"
CONVERSATIONS_NONE = "Nog geen gesprekken."
CONVERSATIONS_NOT_FOUND = "Geen gesprek gevonden."
CONVERSATION_RENAME = "Naam van {title} wijzigen"
CONVERSATION_DELETE = "{title} verwijderen"
RENAME_TITLE = "Naam wijzigen"
RENAME_LABEL = "Nieuwe naam"
SAVE = "Opslaan"
CANCEL = "Annuleren"
DELETE = "Verwijderen"
DELETE_TITLE = "Gesprek verwijderen?"
DELETE_TEXT = "Het gesprek verdwijnt, met de links naar de antwoorden en de reacties daarop. Dit kunt u niet terugdraaien."
DELETE_ALL = "Alles verwijderen"
DELETE_ALL_TITLE = "Alle gesprekken verwijderen?"
DELETE_ALL_TEXT = (
    "Al uw gesprekken verdwijnen, met de links naar de antwoorden en de reacties daarop. Dit kunt u niet terugdraaien."
)
DELETED = "Verwijderd."
RENAMED = "Naam gewijzigd."
UNTITLED = "Zonder naam"

TAKE_ALONG = "Meenemen"
COPY_ANSWER = "Kopieer met bronnen"
COPY_LINK = "Kopieer link"
DOWNLOAD_WORD = "Word"
DOWNLOAD_PDF = "PDF"
PERMANENT_TITLE = "Bewaard antwoord"
PERMANENT_INTRO = "Gegeven op {day}. De bronnen openen zoals ze toen waren."
HELPFUL_ASK = "Hebt u hier iets aan?"
HELPFUL_YES = "Ja"
HELPFUL_NO = "Nee"
REASONS_TITLE = "Wat klopt er niet?"
REASONS = {
    "wrong_source": "Verkeerde bron",
    "incomplete": "Niet volledig",
    "outdated": "Verouderd",
    "unclear": "Onduidelijk",
}
FEEDBACK_LINE = "Toelichting (mag leeg blijven)"
FEEDBACK_SEND = "Versturen"
FEEDBACK_THANKS = "Bedankt. De corpusbeheerder krijgt uw reactie."
VERDICTS = {"helpful": "Nuttig", "not_helpful": "Niet nuttig"}

PERSONAL_TITLE = "Er staan persoonsgegevens in uw vraag"
PERSONAL_TEXT = "Uw vraag is nog niet bewaard en nog nergens heen gegaan. Kies wat er moet gebeuren."
PERSONAL_FOUND = "Gevonden"
PERSONAL_KINDS = {kind.value: label for kind, label in LABELS.items()}
PERSONAL_MASKED = "Zo wordt uw vraag zonder deze gegevens"
PERSONAL_SEND_MASKED = "Verstuur zonder deze gegevens"
PERSONAL_EDIT = "Vraag aanpassen"
PERSONAL_SEND_RAW = "Verstuur zoals ik het schreef"

SOURCE = "Bron"
SOURCE_TEXT = "Tekst van de bron"
LOADING = "De bron wordt geladen …"
LOAD_FAILED = "De bron kon niet worden geladen. Misschien is er geen verbinding."
LOAD_AGAIN = "Opnieuw proberen"
CLOSE = "Sluiten"
PREVIOUS_CITATION = "Vorig citaat"
NEXT_CITATION = "Volgend citaat"
PREVIOUS_PAGE = "Vorige pagina"
NEXT_PAGE = "Volgende pagina"
PAGE_OF = "Pagina {page} van {count}"
COPY_QUOTE = "Citaat met bron kopiëren"
COPIED = "Gekopieerd."
COPIED_HERE = "Gekopieerd. Deze link werkt alleen op deze computer. Voor anderen: geef het antwoord als Word of PDF."
COPY_FAILED = "Kopiëren lukte niet. Selecteer de tekst en kopieer die zelf."
CITATION_OF = "Citaat {number} van {count}"
OPEN_FULL = "Op een eigen pagina openen"
SHOW_IMAGE = "Beeld van de pagina"
IMAGE_ALT = "Beeld van pagina {page} van {title}; het citaat is gemarkeerd."
NO_IMAGE = "Van deze pagina is geen beeld."
GOES_ON = "Het citaat loopt door op een andere pagina."
META_PUBLISHER = "Uitgever"
META_KIND = "Soort"
META_VALIDITY = "Geldigheid"
META_DATE = "Datum"
TECHNICAL = "Technische gegevens"
VERSION_OF = "versie"
INDEX_OF = "zoekindex {index}"
DOCUMENTS_OF = "documenten van {moment}"
META_STATUS = "Status"
META_OWNER = "Beheerder"
META_PAGES = "Pagina's"
META_HOLDS = "Wat erin staat"
ALWAYS = "niet vermeld"
BINDING = "{binding}."
OLD_VERSION = "Dit is een oudere versie van dit document. Het antwoord is van deze versie gemaakt."
NOT_VALID_NOW = "Let op: dit document geldt niet op {day}."

DOCUMENTS_TITLE = "Documenten"
DOCUMENTS_INTRO = (
    "Regelwijzer antwoordt alleen uit deze documenten. "
    "Documenten die nog ontbreken staan erbij, met het adres waar u ze vindt."
)
DOCUMENTS_SEARCH = "Zoek een document"
DOCUMENTS_NONE = "Geen document gevonden met deze woorden."
DOCUMENTS_COUNT = "{shown} van {all} documenten"
OPEN_DOCUMENT = "Document lezen"
STATUS_WORDS = {
    "gepubliceerd": "In gebruik",
    "concept": "Concept, nog niet in gebruik",
    "ingetrokken": "Ingetrokken",
    "ontbreekt": "Ontbreekt nog",
}
UNREADABLE = "Dit document kon niet worden gelezen."
UNKNOWN_SOURCE = "Dit document, of deze versie ervan, is er niet."
UNKNOWN_SOURCE_REMEDY = "Deze documenten kunt u hier lezen: {titles}."

SIGN_IN_FIRST = "U bent niet ingelogd."
SIGN_IN_PROXY = "Open Regelwijzer via het adres dat u van uw organisatie kreeg."
SIGN_IN_REMEDY = "Log in en probeer het opnieuw."
NOT_ALLOWED = "Dit mag u niet bekijken of doen."
NOT_ALLOWED_REMEDY = "Vraag de beheerder om een andere rol als u dit nodig hebt."
NO_ADMIN = "Er is nog geen account voor een beheerder."
NO_ADMIN_REMEDY = "Maak er eerst een: regelwijzer account add NAAM --role admin"
OPEN = "De webchat zou op {host} open staan voor anderen, zonder te weten wie er binnenkomt."
OPEN_REMEDY = "Zet de instelling web.access op 'accounts' of 'proxy', of luister op 127.0.0.1."
NO_PUBLIC_ADDRESS = "De instelling web.addresses is leeg."
NO_PUBLIC_ADDRESS_REMEDY = (
    "Noem daar het adres waaronder anderen de webchat openen, zoals 'https://regelwijzer.voorbeeld.nl'."
)

TOO_LARGE = "Dit is te groot om te versturen."
WRONG_HOST = "De webchat is niet onder dit adres te openen."
PASSED_ON = (
    "Dit verzoek komt via een proxy of tunnel, en deze webchat is alleen voor de computer waarop hij draait. "
    "Zet de instelling web.access op 'accounts' of 'proxy' om hem met anderen te delen."
)
TWO_NAMES = "Dit verzoek noemt de gebruiker twee keer. Meld dit bij de beheerder van de proxy."
WRONG_METHOD = "Dit kan hier niet."
WRONG_ORIGIN = "Dit verzoek komt niet van de pagina zelf en is niet uitgevoerd."

STARTED = "Regelwijzer staat klaar op {address} (stoppen met Ctrl-C)"
PORT_TAKEN = "Poort {port} is al in gebruik; misschien draait Regelwijzer al."
CANNOT_LISTEN = "Op {host}, poort {port}, kan de webchat niet luisteren."
CANNOT_LISTEN_REMEDY = "Kies een andere poort, bijvoorbeeld met PORT=7861 make run of regelwijzer serve --port 7861."
STARTED_WITHOUT = "Let op: {problem}"
TRY_AGAIN = "Probeer het opnieuw. Blijft het misgaan, meld het dan bij de beheerder."
BAD_REQUEST = "Dit adres of formulier klopt niet."
LOGIN_TITLE = "Inloggen"
LOGIN_NAME = "Gebruikersnaam"
LOGIN_PASSWORD = "Wachtwoord"
SIGNED_IN_AS = "Ingelogd als {name}"
ROLES = {"reader": "lezer", "keeper": "corpusbeheerder", "admin": "beheerder"}
USERS_TITLE = "Accounts"
USERS_INTRO = "Een lezer stelt vragen. Een corpusbeheerder ziet ook de reacties. Een beheerder regelt ook de accounts."
USERS_LOCAL = (
    "Nu kan alleen wie achter deze computer zit erbij, zonder inloggen. Zet de instelling web.access op 'accounts' "
    "om met deze accounts te werken."
)
USERS_NONE = "Er zijn nog geen accounts."
USER_NEW = "Account maken"
USER_ROLE = "Rol"
USER_OPEN = "open"
USER_CLOSED = "gesloten"
USER_CLOSE = "Account sluiten"
USER_REOPEN = "Weer openen"
USER_SET_ROLE = "Rol opslaan"
USER_SET_PASSWORD = "Wachtwoord vervangen"
USER_PASSWORD_HELP = "12 tot 200 tekens. Een zin is makkelijk te onthouden."
USER_PASSWORD_NEW = "Nieuw wachtwoord"
USER_CHANGED = "Opgeslagen: {name}."
FEEDBACK_TITLE = "Reacties op antwoorden"
FEEDBACK_INTRO = "Wat lezers van de antwoorden vonden, de nieuwste bovenaan. Wie het was, staat er niet bij."
FEEDBACK_NONE = "Er zijn nog geen reacties."
FEEDBACK_ANSWER = "Het antwoord dat gegeven is"
FEEDBACK_ALL = "Alle"
FEEDBACK_PAGES = "Meer reacties"
FEEDBACK_NEWER = "Nieuwere reacties"
FEEDBACK_OLDER = "Oudere reacties"
PRIVACY_TITLE = "Privacy"
ERROR_TITLE = "Dat lukt nu niet"
NOT_FOUND = "Deze pagina bestaat niet."
NOT_FOUND_REMEDY = "Controleer het adres, of ga terug naar het begin."
HOME = "Naar het begin"


class StatusLook(NamedTuple):
    """How a state of an answer is named: an icon's name (see templates/icons.html), a title and one line."""

    icon: str
    title: str
    line: str


STATUSES = {
    "answered": StatusLook("check", "Beantwoord uit de documenten", ""),
    "partial": StatusLook("half", "Voor een deel beantwoord", ""),
    "not_in_documents": StatusLook("search-off", "Niet gevonden in de documenten", ""),
    "not_loaded": StatusLook("book-off", "Staat in een document dat hier nog ontbreekt", ""),
    "out_of_scope": StatusLook("compass", "Dit valt buiten deze documenten", ""),
    "welcome": StatusLook("compass", "Stel gerust een vraag", ""),
    "outdated": StatusLook("clock", "De bron geldt niet op de peildatum", ""),
    "conflict": StatusLook(
        "scales", "De bronnen zeggen niet hetzelfde", "Hieronder ziet u wat elke bron zegt en hoe ver die bindt."
    ),
    "unsure": StatusLook("half", "Misschien het antwoord", "Kijk zelf of het citaat gaat over wat u vroeg."),
    "error": StatusLook("alert", "Dat lukt nu niet", ""),
    "too_long": StatusLook("long", "Uw vraag is te lang", "Maak uw vraag korter dan {limit} tekens."),
    "too_many": StatusLook(
        "wait", "Even wachten", "U stelt veel vragen achter elkaar. Probeer het over {seconds} seconden opnieuw."
    ),
    "model_down": StatusLook("plug", "Het taalmodel doet het nu niet", "U krijgt het antwoord in letterlijke citaten."),
    "model_unfit": StatusLook("quote", "Het antwoord in letterlijke citaten", "Het taalmodel gaf geen bruikbaar antwoord."),
    "privacy": StatusLook("shield", PERSONAL_TITLE, PERSONAL_TEXT),
    "stopped": StatusLook("stop", "Gestopt", "U kunt uw vraag opnieuw stellen."),
}

_MONTHS = "januari februari maart april mei juni juli augustus september oktober november december".split()


def day(value: date) -> str:
    """A date in words: "1 januari 2026"."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def validity(start: date | None, until: date | None) -> str:
    """From when until when something holds, in words."""
    if start and until:
        return f"{day(start)} tot en met {day(until)}"
    if start:
        return f"vanaf {day(start)}"
    return f"tot en met {day(until)}" if until else ALWAYS


def privacy_parts(days: int, model: str, proxy: bool) -> list[tuple[str, list[str]]]:
    """What is kept and what is not, for the settings that hold: headings with their sentences."""
    if model:
        goes = f"Uw vraag en de gevonden zinnen gaan naar het taalmodel dat de beheerder heeft ingesteld: {model}."
    else:
        goes = "Uw vraag blijft op deze computer of server. Er is geen taalmodel en geen dienst van buiten bij betrokken."
    who = "Uw gebruikersnaam komt van de organisatie die u laat inloggen." if proxy else ""
    return [
        (
            "Wat wordt bewaard",
            [
                f"Uw gesprekken: de vragen, de antwoorden en de bronnen daarvan. Na {days} dagen worden ze verwijderd.",
                "Uw reactie op een antwoord, als u die geeft. De corpusbeheerder ziet de reactie, de vraag en het antwoord, "
                "maar niet van wie de reactie is.",
                "Dat iemand inlogt of een account wijzigt, met de naam en het tijdstip. Na een jaar wordt dat verwijderd. "
                + who,
            ],
        ),
        (
            "Wat niet wordt bewaard",
            [
                "Vragen komen niet in logbestanden.",
                "Er gaat niets over uw gebruik naar anderen: geen statistiek, geen lettertypen of plaatjes van elders.",
                "Een link naar een officiële website opent alleen als u erop klikt.",
            ],
        ),
        ("Waar uw vraag heen gaat", [goes]),
        (
            "Persoonsgegevens in een vraag",
            [
                "Herkent Regelwijzer een BSN, e-mailadres, telefoonnummer, rekeningnummer, geboortedatum, adres of naam, "
                "dan ziet u dat eerst. U kiest of de vraag zonder die gegevens wordt verstuurd.",
                "Zet geen gegevens van cliënten in uw vraag. Voor een antwoord uit de documenten zijn ze niet nodig.",
                "Regelwijzer herkent niet alles. Lees uw vraag dus zelf ook na.",
                "In de toelichting bij een reactie komt een woord tussen haakjes in de plaats van zulke gegevens.",
            ],
        ),
        (
            "Wat u zelf kunt doen",
            [
                "U kunt elk gesprek, of alles tegelijk, verwijderen. Het is dan echt weg, met de links naar de "
                "antwoorden en de reacties daarop. De corpusbeheerder ziet die dan ook niet meer.",
                "Wie een link naar een antwoord heeft en mag inloggen, kan dat antwoord lezen. Deel de link dus met beleid.",
            ],
        ),
    ]
