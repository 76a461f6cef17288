"""What the guard lets through: known hosts, own pages, small bodies, and only what gradio's page needs."""

from __future__ import annotations

import traceback

import pytest

from assistant.web.guard import BrokenOff


@pytest.fixture
def client(client_of):
    return client_of()


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "192.168.0.9:7860", "", "[", "[::1"])
def test_other_names_are_refused(client, host):
    assert client.get("/documenten", headers={"host": host}).status_code == 421


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://127.0.0.1:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_changes_from_elsewhere_are_refused(client, headers):
    for path in ("/gesprekken/weg", "/gradio_api/queue/join", "/uitloggen"):
        assert client.post(path, json={}, headers=headers).status_code == 403


def test_change_without_any_origin_is_refused(client):
    del client.headers["origin"]
    assert client.post("/gesprekken/weg").status_code == 403
    assert client.post("/gesprekken/weg", headers={"sec-fetch-site": "same-origin"}).status_code == 200


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS"])
def test_other_methods_are_refused(client, method):
    assert client.request(method, "/gesprekken").status_code == 405


def test_large_bodies_are_refused(client):
    assert client.post("/gesprekken/zoek", content=b"x" * 70_000).status_code == 413

    def slowly():
        for _ in range(20):
            yield b"x" * 8_000

    assert client.post("/gesprekken/zoek", content=slowly()).status_code in (400, 413)


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/file=/etc/passwd",
            "/gradio_api/file=/etc/passwd",
            "/gradio_api/file/etc/passwd",
            "/gradio_api/proxy=http://x.example",
        ),
        *(
            "/gradio_api/info",
            "/gradio_api/openapi.json",
            "/gradio_api/runs",
            "/monitoring",
            "/docs",
            "/gradio_api/upload_progress",
        ),
        *(
            "/eigen/../chat.py",
            "/eigen/..%2fchat.py",
            "/eigen/%2e%2e/chat.py",
            "/static/../../routes.py",
            "/.env",
            "/gradio_api/dev/reload",
        ),
    ],
)
def test_what_is_not_needed_is_not_there(client, path):
    answer = client.get(path)
    assert answer.status_code in (403, 404), answer.text[:200]
    assert "root:" not in answer.text


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/run/predict", "/gradio_api/call/ask", "/gradio_api/api/ask"]
)
def test_no_uploads_and_no_side_doors(client, path):
    assert client.post(path, json={"data": []}).status_code in (404, 405)


def test_page_is_ours_and_names_nothing_elsewhere(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert '<html\n\tlang="nl"' in answer.text
    nonce = answer.headers["content-security-policy"].split("'nonce-")[1].split("'")[0]
    assert answer.text.count("<script") == answer.text.count(f'<script nonce="{nonce}"')
    assert "fonts.googleapis" not in answer.text
    assert "cdnjs" not in answer.text
    assert client.get("/").headers["content-security-policy"] != answer.headers["content-security-policy"]


def test_only_the_page_of_gradio_may_make_code_from_text(client):
    for path in ("/documenten", "/privacy", "/inloggen", "/eigen/reader.js", "/niets"):
        assert "script-src 'self';" in client.get(path).headers["content-security-policy"]
    assert "'unsafe-eval'" in client.get("/").headers["content-security-policy"]


def test_errors_are_dutch_pages_without_a_traceback(client):
    for path, status in (("/document/bestaat-niet", 404), ("/antwoord/niets", 404), ("/document/zvw?pagina=x", 400)):
        answer = client.get(path, headers={"accept": "text/html"})
        assert answer.status_code == status
        assert "Naar het begin" in answer.text
        assert "Traceback" not in answer.text


@pytest.mark.parametrize(
    "path", ["/documentenlijst", "/documenten/", "/privacy/x", "/gesprekken/a/b/c", "/document/a/../../b"]
)
def test_what_is_not_there_below_our_pages_is_told_in_dutch(client, path):
    answer = client.get(path, headers={"accept": "text/html"})
    assert answer.status_code == 404
    assert "Deze pagina bestaat niet" in answer.text


def test_head_is_answered_as_get_without_a_body(client):
    for path in ("/", "/documenten", "/gezond"):
        assert client.head(path).status_code == 200


@pytest.mark.parametrize("header", ["x-forwarded-for", "forwarded", "X-Real-IP", "x-forwarded-host"])
def test_the_chat_of_one_computer_is_not_passed_on_to_others(client, header):
    answer = client.get("/", headers={header: "203.0.113.9"})
    assert answer.status_code == 403
    assert "web.access" in answer.text


def test_proxy_that_lets_a_second_name_through_is_not_believed(client_of):
    client = client_of(access="proxy", admins="baas")
    assert client.get("/accounts", headers=[("x-remote-user", "baas")]).status_code == 200
    assert client.get("/accounts", headers=[("x-remote-user", "baas"), ("x-remote-user", "lezer")]).status_code == 400


def test_what_breaks_off_is_logged_without_its_text(client, caplog):
    event = {"fn_index": 99, "data": ["mevrouw Geheim"], "session_hash": "geheim"}
    with pytest.raises(BrokenOff) as told:  # what the server logs, here as everywhere
        client.post("/gradio_api/queue/join", json=event)
    assert "KeyError" in str(told.value)
    logged = "".join(traceback.format_exception(told.value)) + caplog.text
    assert "geheim" not in logged.lower()
    assert "queueing" not in logged.split("BrokenOff")[0]  # nothing of the error behind it
