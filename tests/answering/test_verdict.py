"""A bare yes or no is given only where one quoted sentence makes it certain."""

from datetime import date

import pytest

from assistant.answering.saying import same
from assistant.answering.verdict import verdicts
from assistant.records import Citation, Question
from assistant.retrieval.analysis import Analyst

ANALYST = Analyst((), (), {})
SCAN = "Mag de huisarts een scan aanvragen?"
POINT = (
    "Het indiceren van verpleging is voorbehouden aan verpleegkundigen. De beroepsgroep is het daarmee eens. "
    "Andere zorgverleners, bijvoorbeeld huisartsen of sociaal werkers, mogen deze zorg niet indiceren (p10 duiding)."
)


def cite(quote: str) -> Citation:
    return Citation(1, "d", "v", "t", "wet", None, None, 1, "1", (), 0, len(quote), quote)


def said(question: str, *quotes: str) -> str:
    analysed = ANALYST.analyse(Question(question, date(2026, 11, 22)))
    return " ".join(sorted(verdicts(analysed, [cite(quote) for quote in quotes])))


@pytest.mark.parametrize(
    ("question", "quote", "expected"),
    [
        (SCAN, "De huisarts mag geen scan aanvragen.", "nee"),
        (SCAN, "De huisarts mag een scan aanvragen.", "ja"),
        (SCAN, "4. Huisartsen mogen ook scans aanvragen (zie artikel 3).", "ja"),
        (SCAN, "Iedere huisarts mag een scan aanvragen.", "ja"),
        (SCAN, "De huisarts kan een scan aanvragen.", "ja"),
        (SCAN, "De huisarts is bevoegd om een scan aan te vragen.", "ja"),
        (SCAN, "De huisarts is niet bevoegd een scan aan te vragen.", "nee"),
        (SCAN, "Een scan mag door de huisarts worden aangevraagd.", "ja"),
        (SCAN, "Een scan kan niet aangevraagd worden door de huisarts.", "nee"),
        (SCAN, "Huisartsen en specialisten mogen een scan aanvragen.", "ja"),
        (SCAN, "Zowel specialisten als huisartsen mogen een scan aanvragen.", "ja"),
        (SCAN, "Een knelpunt is dat huisartsen geen scan mogen aanvragen.", "nee"),
        (SCAN, "De huisarts mag een scan of een echo aanvragen.", "ja"),
        ("Kan de huisarts een scan laten maken?", "De huisarts kan geen enkele scan laten maken.", "nee"),
        ("Moet de huisarts een scan aanvragen?", "De huisarts moet een scan aanvragen.", "ja"),
        ("Moet de huisarts een scan aanvragen?", "De huisarts hoeft geen scan aan te vragen.", "nee"),
        ("Hoeft de huisarts een scan aan te vragen?", "De huisarts is verplicht een scan aan te vragen.", "ja"),
        ("Mag ik mijn hond aanlijnen?", "Honden mogen niet worden aangelijnd.", "nee"),
        ("Mag ik mijn hond meenemen?", "Het is verboden honden mee te nemen.", "nee"),
        ("Is het toegestaan om honden mee te nemen?", "Het is toegestaan honden mee te nemen.", "ja"),
        ("Is een verwijsbrief verplicht?", "Een verwijsbrief is niet verplicht.", "nee"),
        ("Vergoedt de verzekeraar de scan?", "De scan wordt niet door de verzekeraar vergoed.", "nee"),
        ("Vergoedt de verzekeraar de scan?", "De verzekeraar vergoedt de scan.", "ja"),
        ("Wordt de scan vergoed uit het basispakket?", "De scan wordt uit het basispakket vergoed.", "ja"),
        ("Valt de scan onder het eigen risico?", "De scan valt niet onder het eigen risico.", "nee"),
        ("Heeft de cliënt recht op een scan?", "De cliënt heeft geen recht op een scan.", "nee"),
        ("Is er structurele financiering?", "Er is geen structurele financiering.", "nee"),
        ("Zijn de netwerken een zelfstandige partij?", "De netwerken zijn geen zelfstandige partij.", "nee"),
        ("Mogen huisartsen verpleging indiceren?", POINT, "nee"),  # "deze zorg" is what is indicated before
        ("Mogen huisartsen deze zorg indiceren?", POINT, "nee"),
        # The sentence itself, whatever it holds.
        ("Is rouw ‘iets dat bij het leven hoort’?", "Rouw is ‘iets dat bij het leven hoort’.", "ja"),
    ],
)
def test_what_a_sentence_makes_certain_is_said_first(question: str, quote: str, expected: str) -> None:
    assert said(question, quote) == expected


@pytest.mark.parametrize(
    ("question", "quote"),
    [
        # Denied, allowed or obliged is something else than what is asked.
        ("Kan de huisarts verwijzen naar de gemeente?", "De huisarts verwijst naar de gemeente wat niet kan wachten."),
        (
            "Kan de huisarts verwijzen naar de gemeente?",
            "De huisarts kan verwijzen naar de gemeente voor hulp die niet wacht.",
        ),
        ("Mag de huisarts bepalen wat nodig is?", "De huisarts mag bepalen wat niet nodig is."),
        ("Mag de verzekerde zorg worden geleverd?", "De niet verzekerde zorg mag worden geleverd."),
        (SCAN, "De huisarts mag een scan aanvragen en niet een echo."),
        (SCAN, "Specialisten en niet de huisarts mogen een scan aanvragen."),
        ("Mag de huisarts verwijzen?", "De huisarts mag niet indiceren en wel verwijzen."),
        (SCAN, "De huisarts mag een scan aanvragen maar geen echo."),
        (SCAN, "Noch de huisarts noch de specialist mag een scan aanvragen."),
        (SCAN, "Niet alle huisartsen mogen een scan aanvragen."),
        (SCAN, "De huisarts mag niet altijd een scan aanvragen."),
        (SCAN, "De huisarts mag een scan niet zelf aanvragen."),
        (SCAN, "De huisarts moet een scan aanvragen."),
        ("Vraagt de huisarts een scan aan?", "De huisarts kan een scan aanvragen."),
        ("Moet de huisarts een scan aanvragen?", "De huisarts moet een scan of een echo aanvragen."),
        # Who does what, and to whom.
        ("Kan de bond de clubs financieren?", "Vanuit financiering van het rijk kan de bond ook onderzoek doen naar clubs."),
        ("Mag de cliënt de arts weigeren?", "De arts mag de cliënt niet weigeren."),
        ("Mag de cliënt door de arts worden geweigerd?", "De arts mag door de cliënt worden geweigerd."),
        ("Mag de cliënt de arts weigeren?", "De cliënt mag niet door de arts worden geweigerd."),
        ("Mag de huisarts verwijzen naar de specialist?", "De specialist mag verwijzen naar de huisarts."),
        ("Mag de huisarts van de cliënt een scan aanvragen?", "De huisarts mag een scan van de cliënt aanvragen."),
        (SCAN, "De huisarts mag een verwijzing aanvragen."),
        (SCAN, "De huisarts mag een scan beoordelen en een echo aanvragen."),
        (SCAN, "De huisarts mag een scan beoordelen."),
        (SCAN, "Een scan mag worden aangevraagd."),
        ("Is de huisarts een casemanager?", "De huisarts heeft een casemanager."),
        ("Kan een arts specialist worden?", "Een specialist kan geen arts worden."),
        ("Is de huisarts verpleegkundige?", "De huisarts wordt verpleegkundige."),
        # Narrower than what is asked.
        ("Mag een zorgverlener verpleging indiceren?", POINT),
        (SCAN, "De huisarts mag een tweede scan aanvragen."),
        (SCAN, "De huisarts mag geen tweede scan aanvragen."),
        (SCAN, "De bevoegde huisarts mag een scan aanvragen."),
        (SCAN, "Bevoegde specialisten en huisartsen mogen een scan aanvragen."),
        (SCAN, "Huisartsen en specialisten gezamenlijk mogen een scan aanvragen."),
        (SCAN, "Iedere huisarts, die daartoe bevoegd en bekwaam is, mag een scan aanvragen."),
        (SCAN, "De huisarts mag deze scan aanvragen."),
        (SCAN, "Deze specialisten en huisartsen mogen een scan aanvragen."),
        ("Mag de huisarts een echo aanvragen?", "De huisarts mag geen scan en een echo aanvragen."),
        (SCAN, "De huisarts mag zo nodig een scan aanvragen."),
        (SCAN, "De huisarts mag een scan aanvragen vanaf het moment dat de cliënt dat wil."),
        (SCAN, "De huisarts mag bij een ernstige klacht een scan aanvragen."),
        (SCAN, "De huisarts mag binnen het eerste jaar een scan aanvragen."),
        (SCAN, "Een van de 12 huisartsen mag een scan aanvragen."),
        (SCAN, "De huisarts mag één scan aanvragen."),
        (SCAN, "De huisartsenpost mag geen scan aanvragen."),
        (SCAN, "De huisarts mag een MRI-scan aanvragen."),
        (SCAN, "De huisarts mag nog geen scan aanvragen."),
        (SCAN, "De huisarts mag dus een scan aanvragen."),  # leans on what was said before
        (SCAN, "De huisarts mag een scan aanvragen (mits nodig)."),
        (SCAN, "Alleen de huisarts mag een scan aanvragen."),
        (SCAN, "De huisarts mag een scan aanvragen, mits de cliënt dat wil."),
        (SCAN, "De huisarts mag soms een scan aanvragen."),
        (SCAN, "De huisarts mocht een scan aanvragen."),
        (SCAN, "De huisarts zou een scan mogen aanvragen."),
        (SCAN, "De minister vindt dat de huisarts een scan mag aanvragen."),
        (SCAN, "Er zijn vanuit de wet geen belemmeringen om de huisarts een scan te laten aanvragen."),
        (SCAN, "Mag de huisarts een scan aanvragen?"),
        (SCAN, "Het volgende is onjuist:\n\nDe huisarts mag een scan aanvragen."),
        ("Mag een verpleegkundige indiceren?", "Een wijkverpleegkundige mag indiceren."),
        ("Is er structurele financiering voor netwerken?", "Er is geen structurele financiering voor alle netwerken."),
        ("Vergoedt de verzekeraar de scan?", "De verzekeraar vergoedt, deels, de scan."),
        ("Valt verpleging onder de wet?", "In tegenstelling tot verpleging valt begeleiding niet onder de wet."),
        ("Hoort begeleiding bij het traject?", "Nazorg hoort niet bij het traject, begeleiding wel."),
        # Such a question is not answered by a word.
        ("Mag de huisarts geen scan aanvragen?", "De huisarts mag geen scan aanvragen."),
        ("Wie mag een scan aanvragen?", "De huisarts mag een scan aanvragen."),
        ("Mag de huisarts altijd een scan aanvragen?", "De huisarts mag een scan aanvragen."),
        ("Mag de huisarts zelf een scan aanvragen?", "De huisarts mag een scan aanvragen."),
        ("Mag de huisarts deze scan aanvragen?", "De huisarts mag een scan aanvragen."),
        ("Mag de huisarts of de specialist een scan aanvragen?", "De huisarts of de specialist mag een scan aanvragen."),
        ("Mijn vader is ziek. Mag de huisarts een scan aanvragen?", "De huisarts mag een scan aanvragen."),
    ],
)
def test_where_it_is_not_certain_the_quote_speaks(question: str, quote: str) -> None:
    assert said(question, quote) == ""


@pytest.mark.parametrize(
    "beside",
    [
        "Voor zover de klacht nieuw is, gaat een gesprek vooraf.",
        "Afhankelijk van de klacht kan een gesprek nodig zijn.",
        "Dit betekent dat bij een minder complexe klacht een gesprek volstaat.",
        "Als de cliënt dat niet wil, vervalt de aanvraag.",
        "Dat is voorbehouden aan huisartsen met een opleiding.",
    ],
)
def test_a_condition_in_any_quote_of_the_answer_silences_it(beside: str) -> None:
    rule = "De huisarts mag een scan aanvragen."
    assert said(SCAN, rule, "De scan duurt een uur.") == "ja"
    assert said(SCAN, f"{rule} {beside}") == ""
    assert said(SCAN, rule, beside) == ""


def test_who_alone_may_do_it_bears_out_that_another_may_not() -> None:
    assert said(SCAN, "De huisarts mag geen scan aanvragen.", "Alleen de specialist mag een scan aanvragen.") == "nee"


def test_what_deze_points_to_must_be_certain() -> None:
    asked = "Mag de apotheker de scan inzien?"
    assert said(asked, "De arts mag de scan en de echo inzien. De apotheker mag deze stukken niet inzien.") == "nee"
    assert said(asked, "De arts maakt een scan. De apotheker mag deze stukken niet inzien.") == ""  # nobody saw it
    assert said(asked, "De arts mag de scan inzien en schrijft een stuk. De apotheker mag dit stuk niet inzien.") == ""
    assert said("Mag de apotheker inzien?", "De arts mag de scan inzien. De apotheker mag deze stukken niet inzien.") == ""
    assert said("Mag de apotheker volgens punt 3 inzien?", "3. De apotheker mag deze stukken niet inzien.") == "nee"


def test_quotes_that_contradict_each_other_are_both_reported() -> None:
    quotes = ("De huisarts mag een scan aanvragen.", "De huisarts mag geen scan aanvragen.")
    assert said(SCAN, *quotes) == "ja nee"


@pytest.mark.parametrize(
    ("one", "other", "are"),
    [
        ("indiceert", "geindiceerd", True),
        ("aanvragen", "aangevraagd", True),
        ("regionaal", "regionale", True),
        ("geven", "geeft", True),
        ("casemanager", "casemanagement", False),
        ("huisarts", "huisartsenpost", False),
        ("verpleegkundige", "wijkverpleegkundige", False),
        ("financieren", "financiering", False),
    ],
)
def test_forms_of_one_word(one: str, other: str, are: bool) -> None:
    assert same(one, other) is are
