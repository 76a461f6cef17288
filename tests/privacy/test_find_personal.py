"""What is found, what must not be, and what a masked text never holds."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from assistant.privacy import Finding, PersonalKind, find_personal, mask
from assistant.privacy.numbers import valid_bsn, valid_iban

PROJECT = Path(__file__).resolve().parents[2]
SHARED = PROJECT.parent / "shared"
TODAY = date(2026, 11, 22)


def found(text: str) -> list[tuple[str, str]]:
    return [(finding.kind.value, finding.text) for finding in find_personal(text, TODAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("BSN 111222333.", [("bsn", "111222333")]),
        ("Het bsn is 111.222.333 of 1112.22.333", [("bsn", "111.222.333"), ("bsn", "1112.22.333")]),
        ("111 222 333", [("bsn", "111 222 333")]),
        ("BSN: 10000009, met acht cijfers", []),
        ("Een cliënt in Sittard en mijn moeder uit Goes; familie uit Hoogeveen", []),
        ("Mijn moeder in 't Veld", [("name", "in 't Veld")]),
        ("mail jan.jansen@zorg.nl!", [("email", "jan.jansen@zorg.nl")]),
        ("Bel 06-12345678", [("phone", "06-12345678")]),
        ("(030) 123 45 67", [("phone", "(030) 123 45 67")]),
        ("+31 6 12 34 56 78 of 0031612345678", [("phone", "+31 6 12 34 56 78"), ("phone", "0031612345678")]),
        ("+31 (0)20 123 45 67", [("phone", "+31 (0)20 123 45 67")]),
        ("+32 470 12 34 56", [("phone", "+32 470 12 34 56")]),
        ("NL91 ABNA 0417 1643 00 en verder", [("iban", "NL91 ABNA 0417 1643 00")]),
        ("nl91abna0417164300", [("iban", "nl91abna0417164300")]),
        ("geboren op 3 mei 1941", [("birth_date", "3 mei 1941")]),
        ("burgerservicenummer: 12345678 2", [("bsn", "12345678 2")]),
        ("Zijn BSN-nr is 111222333", [("bsn", "111222333")]),
        ("bel 06–12345678", [("phone", "06–12345678")]),
        ("geb. 3-5-'41", [("birth_date", "3-5-'41")]),
        ("geboren 12–03–1941", [("birth_date", "12–03–1941")]),
        ("geb. 3-5-'41, 1234 KP 12", [("birth_date", "3-5-'41"), ("address", "1234 KP 12")]),
        ("geb.dat. 12-03-1941", [("birth_date", "12-03-1941")]),
        ("geboortedatum: 12031941", [("birth_date", "12031941")]),
        ("geboortedatum 19410312", [("birth_date", "19410312")]),
        ("zij is van 12 maart 1941", [("birth_date", "12 maart 1941")]),
        ("postcode 1234AB huisnummer: 12", [("address", "1234AB huisnummer: 12")]),
        ("postcode 1234 KP en huisnummer 12", [("address", "1234 KP en huisnummer 12")]),
        ("huisnummer 12 en postcode 1234 AB", [("address", "12 en postcode 1234 AB")]),
        ("1234KP12", [("address", "1234KP12")]),
        ("1234 KP-12", [("address", "1234 KP-12")]),
        ("mevrouw Łukasz en de heer Čapek", [("name", "Łukasz"), ("name", "Čapek")]),
        ("dhr.P.Jansen of Mevr.de Vries", [("name", "P.Jansen"), ("name", "de Vries")]),
        ("de hr. Jansen", [("name", "Jansen")]),
        ("de heer/mevrouw Jansen", [("name", "Jansen")]),
        ("mevrouw Wil de Jong", [("name", "Wil de Jong")]),
        ("mevrouw JJ Jansen", [("name", "JJ Jansen")]),
        ("mevrouw d'Hondt", [("name", "d'Hondt")]),
        ("mevrouw S. (82)", [("name", "S")]),
        ("de heer/mevrouw: Wlz of Zvw", []),
        ("mevrouw. Kan de Wlz dit", []),
        ("NEN 7510 KP2 en artikel 1234 KP12", []),
        ("de wet is van 14 december 1967", []),
        ("geboortedatum 99999999", []),
        ("Haar geboortedatum is 12-03-2012.", [("birth_date", "12-03-2012")]),
        ("op 3 mei 1941 geboren", [("birth_date", "3 mei 1941")]),
        ("Mijn moeder (03-05-1941) woont thuis", [("birth_date", "03-05-1941")]),
        ("1234 AB 12", [("address", "1234 AB 12")]),
        ("1234ab, huisnummer 12-b", [("address", "1234ab, huisnummer 12-b")]),
        ("Dorpsstraat 12, 1234 AB Utrecht", [("address", "Dorpsstraat 12, 1234 AB")]),
        ("in de Kerkstraat 5a", [("address", "Kerkstraat 5a")]),
        ("Burg. van der Lindenlaan 3, 2026 DE", [("address", "Burg. van der Lindenlaan 3, 2026 DE")]),
        ("mevrouw Jansen wil hulp", [("name", "Jansen")]),
        ("Meneer van der Berg", [("name", "van der Berg")]),
        ("mw. A.B. de Vries-de Groot belt", [("name", "A.B. de Vries-de Groot")]),
        ("de heer en mevrouw Pietersen", [("name", "Pietersen")]),
        ("mevrouw jansen en meneer de vries", [("name", "jansen"), ("name", "de vries")]),
        ("Dhr. prof. dr. Ö. Yıldız", [("name", "Ö. Yıldız")]),
        ("mijn moeder heet annie de vries", [("name", "annie de vries")]),
        ("Mijn vader Piet van 't Hof valt", [("name", "Piet van 't Hof")]),
        ("Onze cliënt Fatima El Amrani. Fatima belt.", [("name", "Fatima El Amrani"), ("name", "Fatima")]),
        ("Mrs. Smith, born on 3 May 1941", [("name", "Smith"), ("birth_date", "3 May 1941")]),
        ("Mijn naam is Kees Bos", [("name", "Kees Bos")]),
        ("gesproken met J.A. Bakker", [("name", "J.A. Bakker")]),
    ],
)
def test_found(text: str, expected: list[tuple[str, str]]) -> None:
    assert found(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Wat geldt op 25 november 2025 en vanaf 01-01-2026?",
        "Wat stond er in de wet van 14 december 1967, per 1 januari 1968?",
        "Kinderen geboren vóór 1 januari 2006 hebben recht",
        "Op 1-1-2006 ging de Zvw in",
        "De kosten waren € 111.222.333 in 2026, dus 111222333 euro",
        "BSN 111222334 klopt niet",
        "https://puc.overheid.nl/nza/doc/111222333/",
        "in 2026 en 2027, of 2026 ZN 12 netwerken, 2500 en 12",
        "Artikel 12, 2026 en 2027",
        "Bel 0800-1234567 of 0900 1234567",
        "van 01-01-2026 12:00 tot 31-12-2027",
        "Mijn moeder Wlz-indicatie, cliënt Zvw",
        "mevrouw heeft dementie en meneer wil niet",
        "Hoe heet de regeling? De regeling heet ketenzorg",
        "Zie bijlage B. Dit staat in artikel 3. De NZa bepaalt dat N.V. Zorg meedoet",
        "A. Algemeen\nB. Bijzonder deel",
        "Wat doet de heer die casemanager is?",
        "Kan mijn moeder casemanagement krijgen zonder diagnose?",
        "vijf keer 2 of 30 uur; punt 3.2.1 lid 4",
        "@ apenstaartje, info@ en @naam",
    ],
)
def test_not_found(text: str) -> None:
    assert found(text) == []


@pytest.mark.parametrize("path", sorted((PROJECT / "corpus" / "documents").glob("*.txt")), ids=lambda path: path.stem)
def test_nothing_in_the_documents(path: Path) -> None:
    assert found(path.read_text("utf-8")) == []


def test_nothing_in_the_example_questions_of_the_corpus() -> None:
    """Questions as users ask them, hundreds of them, without a person in any."""
    asked: list[str] = []
    for path in sorted((PROJECT / "corpus" / "questions").glob("*.toml")):
        asked += _strings(tomllib.loads(path.read_text("utf-8")))
    assert len(asked) > 100
    assert [(text, found(text)) for text in asked if found(text)] == []


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for each in value.values() if isinstance(value, dict) else value:
            yield from _strings(each)


def test_nothing_in_lay_questions() -> None:
    path = SHARED / "evals" / "covid-faq-nl" / "queries.jsonl"
    if not path.is_file():
        pytest.skip("the lay questions are not on this machine")
    questions = [json.loads(line)["text"] for line in path.read_text("utf-8").splitlines()]
    assert len(questions) > 200
    assert [(question, found(question)) for question in questions if found(question)] == []


NINE = st.text("0123456789", min_size=9, max_size=9)
SHAPES = st.sampled_from([(9,), (3, 3, 3), (4, 2, 3), (2, 3, 4), (1,) * 9])


def _grouped(digits: str, shape: tuple[int, ...], separator: str) -> str:
    groups, done = [], 0
    for size in shape:
        groups.append(digits[done : done + size])
        done += size
    return separator.join(groups)


@given(st.text("0123456789", min_size=8, max_size=8), SHAPES, st.sampled_from([" ", ".", "-", "\u00a0"]))
def test_every_valid_bsn_is_found_and_no_other(first: str, shape: tuple[int, ...], separator: str) -> None:
    valid = [first + last for last in "0123456789" if valid_bsn(first + last)]
    assume(valid)
    written = _grouped(valid[0], shape, separator)
    bsns = [finding for finding in find_personal(f"Nummer {written} hoort erbij") if finding.kind is PersonalKind.BSN]
    assert [_digits(finding) for finding in bsns] == [valid[0]]
    for last in "0123456789":
        wrong = _grouped(first + last, shape, separator)
        if first + last not in valid:
            kinds = {finding.kind for finding in find_personal(f"Nummer {wrong} hoort erbij")}
            assert PersonalKind.BSN not in kinds


def _digits(finding: Finding) -> str:
    return "".join(char for char in finding.text if char.isdigit())


@given(NINE)
def test_bsn_check_is_the_published_sum(digits: str) -> None:
    total = sum((9 - place) * int(digit) for place, digit in enumerate(digits[:8])) - int(digits[8])
    assert valid_bsn(digits) == (total % 11 == 0 and digits != "000000000")


@given(st.text("0123456789", min_size=10, max_size=10), st.booleans())
def test_every_valid_dutch_iban_is_found(account: str, spaced: bool) -> None:
    bank = "INGB" + account
    check = 98 - int("".join(str(int(char, 36)) for char in bank + "NL00")) % 97
    iban = f"NL{check:02}{bank}"
    assert valid_iban(iban)
    written = " ".join(iban[i : i + 4] for i in range(0, 18, 4)) if spaced else iban
    assert ("iban", written) in found(f"Rekening {written} op naam")
    wrong = iban[:-1] + str((int(iban[-1]) + 1) % 10)
    assert "iban" not in {kind for kind, _ in found(f"Rekening {wrong} op naam")}


@given(st.integers(10**7, 10**8 - 1))
def test_every_mobile_number_is_found(number: int) -> None:
    digits = f"06{number}"
    for written in (digits, f"06-{number}", " ".join(digits[i : i + 2] for i in range(0, 10, 2)), f"+31 6 {number}"):
        assert find_personal(f"Bel {written} na vijf uur")[0].text == written


PIECES = st.sampled_from(
    (
        "111222333|06-12345678|jan@zorg.nl|NL91ABNA0417164300|geboren op|3 mei 1941|1234 AB 12|Dorpsstraat 12,|1234 AB"
        "|mevrouw|de heer|Jansen|van der|Berg|mijn moeder|heet|J.A.|de Vries|en|,|.|(|)|\n|2026|-|naam|Wlz|cliënt|Piet|+31|0|https://x.nl/"
    ).split("|")
)
MESSY = st.builds(
    lambda glue, parts: glue.join(parts), st.sampled_from(["", " "]), st.lists(PIECES | st.text(max_size=6), max_size=14)
)


@given(MESSY)
def test_findings_are_exact_disjoint_and_in_order(text: str) -> None:
    findings = find_personal(text, TODAY)
    done = 0
    for finding in findings:
        assert done <= finding.start < finding.end
        assert text[finding.start : finding.end] == finding.text
        assert finding.label
        done = finding.end


@given(MESSY)
def test_masked_text_holds_nothing_that_was_found(text: str) -> None:
    findings = find_personal(text, TODAY)
    masked = mask(text, findings)
    for finding in findings:
        if finding.kind is not PersonalKind.NAME:  # a name such as "An" may be part of another word
            assert finding.text not in masked
    kept = text
    for finding in reversed(findings):
        kept = kept[: finding.start] + "\0" + kept[finding.end :]
    assert [part for part in kept.split("\0") if part not in masked] == []


def test_mask_says_what_stood_there() -> None:
    text = "Mevrouw Jansen (BSN 111222333), geboren 3 mei 1941, Dorpsstraat 12, 1234 AB Utrecht"
    assert mask(text, find_personal(text, TODAY)) == "Mevrouw [naam] (BSN [BSN]), geboren [geboortedatum], [adres] Utrecht"
    text = "06-12345678, a@b.nl, NL91ABNA0417164300"
    assert mask(text, find_personal(text, TODAY)) == "[telefoonnummer], [e-mailadres], [rekeningnummer]"


def test_mask_refuses_findings_of_another_text() -> None:
    with pytest.raises(ValueError, match="of this text"):
        mask("iets anders", find_personal("mevrouw Jansen", TODAY))
