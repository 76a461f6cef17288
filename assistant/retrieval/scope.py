"""Recognises text that tries to steer the assistant instead of asking it something.

Such text could do no harm to extractive answers, but it is no question about the documents either. The marks are those of
the trade (prompt injection, requests for the system prompt, code), not of particular questions.
"""

from __future__ import annotations

import re

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
