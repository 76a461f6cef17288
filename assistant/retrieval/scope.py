"""Recognises text that steers the assistant instead of asking it something, that only greets or thanks, or tells of danger.

Such text could do no harm to extractive answers, but it is no question about the documents either. The marks are those of
the trade (prompt injection, requests for the system prompt, code), not of particular questions.
"""

from __future__ import annotations

import re
from enum import StrEnum

from assistant.language.tokens import fold

_STEERING = r"(instructie|instruction|regel|rule|prompt|opdracht|richtlijn|beperking|guideline|filter|beveiliging)"
_SOURCE = r"(document|bron|source|citaat|citaten|context|eigen kennis)"
_EARLIER = r"(voorgaande|vorige|bovenstaande|previous|above|prior)"
_SECRET = (
    r"(prompt|api[ -]?key|api[ -]?sleutel|wachtwoord\w*|password\w*|environment|omgevingsvariabel\w*|broncode|source code|"
    r"database|/etc/|logbestand\w*|configuratie)"
)
_ELEMENT = r"(script|img|iframe|svg|object|embed|style|link|body|html)"
_MARKS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(negeer|omzeil|ignore|disregard|bypass|override)\b.{{0,40}}\b({_STEERING}|{_EARLIER}|{_SOURCE})",
        # "vergeet" and "forget" only as a command: people with dementia forget rules and appointments.
        rf"(^|[.!?:;,]\W*|\ben )(vergeet|forget)\b (al|alle|alles|dat je|je|jouw|de|all|everything|your|the|that you)\b"
        rf".{{0,40}}\b({_STEERING}|{_EARLIER}|{_SOURCE})",
        r"\b(systeem|system|developer|hidden|verborgen|geheime)[ -]?(prompt|instructi|bericht|message|opdracht|not(e|itie))",
        r"\b(system|admin|root|developer|dan|god)[ -]?mode\b|\bjailbreak\w*\b|\bdo anything now\b",
        r"\b(doe alsof|speel de rol|gedraag je als|je bent (nu|vanaf nu|voortaan))\b",
        r"\b(speel|imiteer|play|impersonate)\b (mijn|de|een|my|the|a|an)\b.{0,20}"
        r"\b(oma|opa|moeder|vader|rol|role|grand\w+|mother|father)\b",
        r"\b(antwoord|beantwoord|reageer|praat|answer|reply|respond|talk)\b( dit| this| me)? (als|as|like) (een|a|an|if)\b",
        r"\b(you are now|pretend (to be|you)|from now on)\b|(^|[.!:;,]\W*|\b(and|please|you) )act as\b",
        r"(^|\s)/(etc|proc|var|root|home)/",
        rf"\b(toon|geef|print|herhaal|reveal|show|repeat|onthul|laat zien|dump|export\w*)\b.{{0,40}}\b{_SECRET}",
        rf"<\s*/?\s*{_ELEMENT}\b|javascript:|\bon(error|load|click)\s*=",
        r"\{\{.*\}\}|\$\{.*\}",
        r"\b(drop|delete|insert|update|select|union)\b.{0,30}\b(table|from|into|select|where)\b|;\s*--|\bor 1 ?= ?1\b",
        r"\b(rm -rf|sudo |curl |wget |eval\(|exec\(|import os|__import__|os\.system|subprocess|\.\./\.\.)",
        r"\b(repeat after me|say after me|zeg (het )?mij na|zeg me na|herhaal (wat ik zeg|deze zin|na mij))\b",
        r"\b(verzin|fantaseer|bedenk zelf|make up|fabricate|invent)\b",
        r"\b(begin|start|antwoord|reply|respond|answer)\b.{0,25}\b(altijd|alleen|enkel|always|only)\b.{0,15}\b(met|with|ja|yes)\b",
        r"\b(schrijf|maak|write|draft|create)\b( me| mij)? (een|a|an) (\w+ ){0,2}"
        r"(gedicht|verhaal|lied\w*|mop|grap|essay|script|programma|code|nep\w+|poem|story|song|joke|rap|program)\b",
        r"\b(base64|rot13|hexadecimaal|decodeer|decode)\b",
        r"\b(zet|schakel|turn|switch)\b.{0,40}\b(bronvermelding|bronnen|citaten|controle|filters?|citations|safety)\b.{0,10}\b(uit|off)\b",
        r"^\W*(schrijf|dicht|rijm|vertaal|componeer|programmeer|genereer|write|translate|compose|generate)\b",
        r"^\W*(system|systeem|assistant|developer)\s*:|\b(antwoord|reageer|answer|reply|respond) (op alles|to everything)\b",
        r"\b(andere|overige|vorige|other|previous) (gebruiker|bezoeker|user|visitor)s?\b"
        r".{0,60}\b(gevraagd|vroegen|vragen|namen|asked|names)\b",
        r"\b(zoek|chat|gespreks?|vraag)geschiedenis\b|\b(search|chat) history\b",
        r"\b(nieuwe|andere|new) (opdracht|instructie|taak|instruction|task)\b|\beinde van de (context|prompt|tekst)\b",
        r"^\W*(stuur|mail|bel|boek|bestel|reserveer|send|call|order) (een |a |an |mijn |my |deze |this )?"
        r"(e ?mail|mail|bericht|brief|app\w*|sms|message|letter)\b",
        r"^\W*(speel|play) (een|de|a|an|the)\b",
        r"\b(antwoord|reageer|answer|reply|respond) (uitsluitend|slechts|only|solely)\b",
        r"\[/?(inst|system|assistant|user)\]|<\|.*\|>|###\s*(system|instruction|instructie)",
    )
)


_HTML = re.compile(rf"<\s*(script|style)\b[^<>]*>.*?<\s*/\s*\1\s*>|<\s*/?\s*{_ELEMENT}\b[^<>]*>", re.IGNORECASE)


def without_html(text: str) -> str:
    """The question that stands among HTML, as in what is pasted from a page; all of ``text`` where no question is left."""
    bare = " ".join(_HTML.sub(" ", text).split())
    return bare if bare.endswith("?") and len(bare.split()) > 1 else text


def is_suspicious(text: str) -> bool:
    """Whether ``text`` bears the marks of an attempt to steer or break the assistant."""
    line = fold(text)
    return any(mark.search(line) for mark in _MARKS)


class Talk(StrEnum):
    """What somebody says who asks nothing of the documents."""

    GREETING = "greeting"  # or a question about this assistant itself
    THANKS = "thanks"
    REMARK = "remark"  # on the answer before: doubt, complaint


_HELLO = (
    r"(hoi|hallo|hai|hey|hi|hello|dag|goede(n|r)?(morgen|middag|avond|dag)|goede (morgen|middag|avond|dag)|"
    r"good (morning|afternoon|evening)|hoe gaat het( met (je|u))?|how are you|alles goed|regelwijzer|daar|allemaal)"
)
_THANKS = (
    r"(dank ?(je|u)( ?wel)?|dankje(wel)?|bedankt|dank|thanks|thank you|thx|tot (ziens|later|de volgende keer)|doei|bye|"
    r"goodbye|prima|ok|oke|okay|top|super|fijn|mooi|duidelijk|helder|geweldig|graag gedaan|heel erg|hartelijk|veel|"
    r"very much|so much|alvast|voor (je|uw|de) (hulp|antwoord|moeite|uitleg)|fijne dag( nog)?)"
)
_YOU = r"(je|jij|u)"
_ABOUT_ITSELF = (
    rf"(en )?(wie|wat) (ben|bent) {_YOU}( eigenlijk| nou| precies)?|"
    rf"(wat|waarmee) (kun|kan|kunt) {_YOU}( allemaal)?( (voor )?(mij|me)( mee)? (doen|helpen))?|"
    rf"(kun|kan|kunt) {_YOU} (mij|me) helpen|help( mij| me)?|hoe werkt (dit|regelwijzer|deze (site|assistent|app))|"
    r"(who|what) are you|what can you do|how does this work"
)
_IT = r"(dat|dit|het)"
_REMARK = (
    r"((nee|maar|ja|sorry|hm+|hè|he|nou) )*("
    rf"{_IT} (klopt|is|was) (toch )?(niet( waar| juist| goed)?|fout|onjuist|onzin|geen antwoord( op mijn vraag)?|"
    r"niet wat ik (bedoel(de)?|vroeg|vraag)|een slecht antwoord)|"
    rf"{_IT} (vroeg|bedoel(de)?) ik niet|(dat|dit|daar|hier) (snap|begrijp) ik (nog )?(niet( echt)?|niks van|niets van)|"
    rf"ik (snap|begrijp) ({_IT}|er) (nog )?(niet( echt)?|niks van|niets van)|weet {_YOU} ({_IT} )?(heel )?zeker|"
    rf"(daar|hier) (heb|kan) ik (niks|niets|weinig) (aan|mee)|{_YOU} (begrijpt|snapt) (me|mij|het) (niet|verkeerd)|"
    rf"klopt {_IT}( wel| echt)?|zeker weten|leg {_IT}?( eens| even)* ?uit|geen antwoord op mijn vraag|"
    r"that( i|)s (wrong|not (right|true|what i asked))|are you sure|i do(n t| not) understand( that| it)?"
    r")( leg( dat| het)?( eens| even)* uit)?"
)
_TALK = tuple(
    (kind, re.compile(pattern))
    for kind, pattern in (
        (Talk.GREETING, rf"{_HELLO}( {_HELLO})*|{_ABOUT_ITSELF}"),
        (Talk.THANKS, rf"({_HELLO} )*{_THANKS}( (en )?({_THANKS}|{_HELLO}))*"),
        (Talk.REMARK, _REMARK),
    )
)


def small_talk(text: str) -> Talk | None:
    """What ``text`` is where it asks nothing of the documents; None where it does."""
    line = " ".join(re.findall(r"[a-z0-9]+", fold(text)))
    return next((kind for kind, pattern in _TALK if pattern.fullmatch(line)), None)


_PERSON = r"(hij|zij|ze|vader|moeder|pa|ma|opa|oma|man|vrouw|partner|zoon|dochter|broer|zus|mantelzorger|client|me|mij)"
_URGENT = re.compile(
    rf"\b{_PERSON}\b.{{0,30}}\b(slaat|slaan|sloeg|geslagen|schopt|steekt|bijt|wurgt)\b(?! (op|over|het|aan)\b)"
    r"|\b(mishandel\w*|huiselijk geweld|geweld thuis|geweld in huis|gewelddadig|bedreigt|bedreigd|aangevallen)\b"
    r"|\bseksueel misbruik"
    r"|\b(zelfmoord|zelfdoding|suicide|suicidaal|niet meer (willen )?leven|dood wil\w*)\b"
    r"|\been eind aan (mijn|zijn|haar|z'?n|m'?n) leven\b"
    r"|\b(bewusteloos|ademt niet|overdosis|te veel pillen)\b"
)


def is_urgent(text: str) -> bool:
    """Whether ``text`` tells of danger or violence, so that a reader needs other help than a rule."""
    return _URGENT.search(fold(text)) is not None
