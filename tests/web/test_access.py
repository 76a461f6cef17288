"""Who may come in and do what: every role against every route, and the ways to be refused."""

from __future__ import annotations

import re
from datetime import date

import pytest

from assistant.errors import AccessError, UsageError
from assistant.settings import WebSettings
from assistant.store.values import Role
from assistant.web.access import COOKIE, Gate, Visitor, allowed_hosts, check_exposure
from assistant.web.server import OWN_PATHS

PASSWORD = "een lang wachtwoord"
NOBODY = "nobody"
EVERYONE = (NOBODY, "reader", "keeper", "admin")
READERS, KEEPERS, ADMINS = EVERYONE[1:], EVERYONE[2:], EVERYONE[3:]
GET, POST = "GET", "POST"
ROUTES = [
    (GET, "/", READERS),
    (GET, "/config", READERS),
    (POST, "/gradio_api/queue/join", READERS),
    (GET, "/documenten", READERS),
    (GET, "/privacy", EVERYONE),
    (GET, "/gezond", EVERYONE),
    (POST, "/taal", EVERYONE),
    (GET, "/eigen/base.css", EVERYONE),
    (GET, "/inloggen", EVERYONE),
    (GET, "/document/dnn-brief-financiering", READERS),
    (GET, "/document/dnn-brief-financiering/beeld", READERS),
    (GET, "/gesprekken", READERS),
    (POST, "/gesprekken/zoek", READERS),
    (POST, "/gesprekken/weg", READERS),
    (POST, "/gesprekken/onbekend/naam", READERS),
    (POST, "/gesprekken/onbekend/weg", READERS),
    (GET, "/antwoord/{link}", READERS),
    (GET, "/antwoord/{link}/word", READERS),
    (GET, "/antwoord/{link}/pdf", READERS),
    (GET, "/antwoord/{link}/tekst", READERS),
    (POST, "/antwoord/{link}/reactie", READERS),
    (GET, "/antwoord/{link}/bron/{document}/{version}", READERS),
    (GET, "/antwoord/{link}/bron/{document}/{version}/beeld", READERS),
    (GET, "/reacties", KEEPERS),
    (GET, "/accounts", ADMINS),
    (POST, "/accounts", ADMINS),
    (POST, "/accounts/een.reader", ADMINS),
]
BODIES = {
    "/taal": {"data": {"taal": "en"}},
    "/gesprekken/zoek": {"json": {"text": "a"}},
    "/gesprekken/onbekend/naam": {"json": {"title": "a"}},
    "/antwoord/{link}/reactie": {"json": {"verdict": "helpful"}},
    "/accounts": {"data": {"naam": "nieuw", "wachtwoord": PASSWORD, "rol": "reader"}},
    "/accounts/een.reader": {"data": {"rol": "reader"}},
    "/gradio_api/queue/join": {"json": {"data": [], "fn_index": 0, "session_hash": "abc"}},
}


@pytest.mark.parametrize(("method", "path", "allowed"), ROUTES)
def test_every_role_against_every_route(client_of, site_with, users, method, path, allowed):
    client = client_of(access="accounts")
    asked = site_with(access="accounts").ask("een.reader", "", "Wie mag casemanagement dementie indiceren?", date.today())
    citation = asked.answer.citations[0]
    place = path.format(link=asked.stored.link, document=citation.document, version=citation.version)
    for role in EVERYONE:
        headers = {} if role == NOBODY else {"cookie": f"{COOKIE}={users[role]}"}
        status = client.request(method, place, headers=headers, **BODIES.get(path, {})).status_code
        if role in allowed:
            assert status not in (401, 403), (role, status)
            assert status < 500
        elif role == NOBODY and method == GET and path == "/":
            assert status == 303
        else:
            assert status == (401 if role == NOBODY else 403)


def test_every_own_route_is_in_the_table(site_with):
    from assistant.web import accounts, answers, conversations, pages, sources

    site = site_with()
    gate = Gate(site.settings.web, site.store)
    known = {(method, path) for method, path, _ in ROUTES}
    known |= {(POST, "/inloggen"), (POST, "/uitloggen"), (POST, "/accounts/{name}")}
    for module in (pages, sources, answers, conversations, accounts):
        for route in module.router(site, gate).routes:
            for method in route.methods - {"HEAD"}:
                path = route.path.replace("{conversation}", "onbekend")
                shown = path.replace("/document/{document}", "/document/dnn-brief-financiering")
                assert (method, shown) in known
                assert path.startswith(OWN_PATHS)


def test_one_reader_cannot_reach_the_conversations_of_another(client_of, site_with, users):
    client = client_of(access="accounts")
    asked = site_with(access="accounts").ask("een.keeper", "", "Wie mag casemanagement dementie indiceren?", date.today())
    mine = {"cookie": f"{COOKIE}={users['reader']}"}
    assert asked.conversation not in client.get("/gesprekken", headers=mine).text
    for action, body in (("naam", {"title": "x"}), ("weg", {})):
        answer = client.post(f"/gesprekken/{asked.conversation}/{action}", json=body, headers=mine)
        assert answer.status_code in (400, 404)
    theirs = client.get("/gesprekken", headers={"cookie": f"{COOKIE}={users['keeper']}"})
    assert asked.conversation in theirs.text


def test_signing_in_and_out(client_of, users):
    client = client_of(access="accounts")
    assert client.get("/", headers={"accept": "text/html"}).headers["location"] == "/inloggen"
    assert client.get("/documenten", headers={"accept": "text/html"}).headers["location"] == "/inloggen?naar=%2Fdocumenten"
    wrong = client.post("/inloggen", data={"naam": "een.admin", "wachtwoord": "fout"})
    assert wrong.status_code == 401
    assert "klopt niet" in wrong.text
    right = client.post("/inloggen", data={"naam": "een.admin", "wachtwoord": PASSWORD})
    assert right.status_code == 303
    cookie = right.headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=lax" in cookie
    token = right.cookies[COOKIE]
    assert client.get("/accounts", headers={"cookie": f"{COOKIE}={token}"}).status_code == 200
    client.post("/uitloggen", headers={"cookie": f"{COOKIE}={token}"})
    client.cookies.clear()
    assert client.get("/accounts", headers={"cookie": f"{COOKIE}={token}"}).status_code == 401


def test_signing_in_leads_back_to_what_was_asked_for(client_of, users):
    client = client_of(access="accounts")
    asked = client.get("/antwoord/abc?van=1&tot=2", headers={"accept": "text/html"}).headers["location"]
    assert asked == "/inloggen?naar=%2Fantwoord%2Fabc%3Fvan%3D1%26tot%3D2"
    form = client.get(asked).text
    assert 'name="naar" value="/antwoord/abc?van=1&amp;tot=2"' in form
    who = {"naam": "een.reader", "wachtwoord": "fout", "naar": "/antwoord/abc?van=1&tot=2"}
    assert 'value="/antwoord/abc?van=1&amp;tot=2"' in client.post("/inloggen", data=who).text
    right = client.post("/inloggen", data={**who, "wachtwoord": PASSWORD})
    assert right.headers["location"] == "/antwoord/abc?van=1&tot=2"
    assert client.get("/?gesprek=x", headers={"cookie": ""}).headers["location"] == "/inloggen?naar=%2F%3Fgesprek%3Dx"


@pytest.mark.parametrize(
    "naar", ["https://elders.example/x", "//elders.example/x", "/\\elders.example", "http://[", "\t//elders.example"]
)
def test_signing_in_never_leads_elsewhere(client_of, users, naar):
    client = client_of(access="accounts")
    right = client.post("/inloggen", data={"naam": "een.reader", "wachtwoord": PASSWORD, "naar": naar})
    assert re.fullmatch(r"/(?![/\\]).*", right.headers["location"])


def test_wrong_passwords_are_slowed_down(client_of, users):
    client = client_of(access="accounts")
    codes = [client.post("/inloggen", data={"naam": "een.admin", "wachtwoord": f"fout{n}"}).status_code for n in range(15)]
    assert codes[0] == 401
    assert codes[-1] == 429


def test_a_closed_account_is_out_at_once(client_of, users):
    client = client_of(access="accounts")
    admin = {"cookie": f"{COOKIE}={users['admin']}"}
    assert client.post("/accounts/een.reader", data={"gesloten": "true"}, headers=admin).status_code == 200
    assert client.get("/documenten", headers={"cookie": f"{COOKIE}={users['reader']}"}).status_code == 401


def test_cookie_is_secure_behind_https(client_of, users):
    client = client_of(access="accounts", addresses="https://regelwijzer.example")
    answer = client.post("/inloggen", data={"naam": "een.admin", "wachtwoord": PASSWORD})
    assert "secure" in answer.headers["set-cookie"].lower()
    assert "strict-transport-security" in answer.headers


def test_proxy_tells_who_it_is(client_of):
    client = client_of(access="proxy", proxy_header="X-User", keepers="kim", admins="ada")
    assert client.get("/documenten").status_code == 401
    assert client.get("/documenten", headers={"x-user": "rob"}).status_code == 200
    assert client.get("/reacties", headers={"x-user": "rob"}).status_code == 403
    assert client.get("/reacties", headers={"x-user": "kim"}).status_code == 200
    assert client.get("/accounts", headers={"x-user": "kim"}).status_code == 403
    assert client.get("/accounts", headers={"x-user": "ada"}).status_code == 200
    assert client.get("/documenten", headers={"x-user": "x" * 500}).status_code == 401


def test_header_from_elsewhere_than_the_proxy_is_nothing(client_of):
    client = client_of(access="proxy", proxy_header="X-User", proxy_addresses="192.0.2.1")
    assert client.get("/documenten", headers={"x-user": "rob"}).status_code == 401


@pytest.mark.parametrize(
    ("settings", "refused"),
    [
        ({}, None),
        ({"host": "::1"}, None),
        ({"host": "0.0.0.0"}, "open-to-network"),
        ({"host": "192.168.1.5"}, "open-to-network"),
        ({"host": "::"}, "open-to-network"),
        ({"host": "0.0.0.0", "access": "proxy"}, "no-address"),
        ({"host": "0.0.0.0", "access": "proxy", "addresses": "https://a.example"}, None),
        ({"access": "accounts"}, "no-admin"),
    ],
)
def test_not_open_to_a_network_without_knowing_who_comes_in(store, settings, refused):
    web = WebSettings(**settings)
    if refused is None:
        check_exposure(web, store)
        return
    with pytest.raises(UsageError) as error:
        check_exposure(web, store)
    assert error.value.code == refused


def test_accounts_with_an_admin_may_be_open(store):
    store.accounts.create_user("ada", PASSWORD, Role.ADMIN)
    check_exposure(WebSettings(host="0.0.0.0", access="accounts", addresses="https://a.example"), store)


def test_questions_are_counted_per_visitor_and_minute(store):
    now = [0.0]
    gate = Gate(WebSettings(questions_per_minute=2), store, lambda: now[0])
    one, other = Visitor("een", Role.READER), Visitor("ander", Role.READER)
    gate.count_question(one)
    gate.count_question(one)
    with pytest.raises(AccessError) as error:
        gate.count_question(one)
    assert "60 seconden" in error.value.remedy
    gate.count_question(other)
    now[0] = 61.0
    gate.count_question(one)


def test_known_hosts():
    assert "a.example" in allowed_hosts(WebSettings(addresses="https://a.example:8443, http://b.example"))
    assert "0.0.0.0" not in allowed_hosts(WebSettings(host="0.0.0.0"))


def test_wrong_logins_behind_a_proxy_slow_down_whom_they_are_from(client_of, store):
    store.accounts.create_user("baas", PASSWORD, Role.ADMIN)
    client = client_of(access="accounts")

    def attempt(name, address):
        fields = {"naam": name, "wachtwoord": PASSWORD}
        return client.post("/inloggen", data=fields, headers={"x-forwarded-for": f"198.51.100.1, {address}"}).status_code

    for number in range(20):
        assert attempt(f"niemand.{number}", "203.0.113.9") == 401
    assert attempt("baas", "203.0.113.9") == 429
    assert attempt("baas", "203.0.113.10") == 303


def test_a_name_of_the_proxy_may_be_more_than_a_word(client_of, store):
    name = r"KANTOOR\Jan Jansen"
    client = client_of(access="proxy", proxy_addresses="127.0.0.1", admins=name)
    form = {"naam": "anna", "wachtwoord": "een lang wachtwoord", "rol": "reader"}
    assert client.post("/accounts", data=form, headers={"x-remote-user": name}).status_code == 200
    assert [(entry.who, entry.action, entry.subject) for entry in store.audit.list()] == [(name, "user-created", "anna")]


def test_an_account_is_noted_by_its_own_name(client_of, store):
    store.accounts.create_user("anna", "een lang wachtwoord", Role.ADMIN)
    client = client_of()
    assert client.post("/accounts/ANNA%20", data={"gesloten": "false"}).status_code == 200
    assert store.audit.list()[0].subject == "anna"
    assert client.post("/accounts/niet deze", data={}).status_code == 400
