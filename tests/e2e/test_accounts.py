"""Accounts from the first one on: made on this computer alone, then used to sign in, with the real browser's headers."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser

PASSWORD = "een goede lange zin"


@pytest.fixture
def changing(own_app):
    """The changeable app, put back to serving this computer alone afterwards."""
    yield own_app
    own_app.stop()
    own_app.environment.pop("REGELWIJZER_WEB__ACCESS", None)
    own_app.start()


def test_from_the_first_account_to_signing_out(visit, changing, shot):
    own_app = changing
    watched = visit(own_app)
    page = watched.open("/accounts")
    page.fill("#naam", "ada")
    page.fill("#wachtwoord", PASSWORD)
    page.select_option("#rol", "admin")
    page.click("form.login button")
    page.wait_for_selector("text=Opgeslagen: ada.")
    page.fill("#naam", "rob")
    page.fill("#wachtwoord", PASSWORD)
    page.select_option("#rol", "reader")
    page.click("form.login button")
    page.wait_for_selector("text=Opgeslagen: rob.")

    own_app.stop()
    own_app.environment["REGELWIJZER_WEB__ACCESS"] = "accounts"
    own_app.start()
    page.goto(own_app.url + "/")
    page.wait_for_url("**/inloggen")
    violations = Axe().run(page).response["violations"]
    assert [each["id"] for each in violations if each["impact"] in ("serious", "critical")] == []
    shot(page, "inloggen-1280")
    page.fill("#naam", "rob")
    page.fill("#wachtwoord", "fout")
    page.press("#wachtwoord", "Enter")
    page.wait_for_selector("[role=alert]")
    page.fill("#wachtwoord", PASSWORD)
    page.press("#wachtwoord", "Enter")
    page.wait_for_selector("#vraag")
    assert page.locator("text=Accounts").count() == 0
    page.wait_for_function("() => document.activeElement.id === 'vraag'")
    watched.ask("Wie mag casemanagement dementie indiceren?")
    assert page.locator(".answer .chip").count() >= 1
    page.click("text=Uitloggen")
    page.wait_for_url("**/inloggen")
    page.goto(own_app.url + "/documenten")
    page.wait_for_url("**/inloggen?naar=*")
    page.fill("#naam", "rob")
    page.fill("#wachtwoord", PASSWORD)
    page.press("#wachtwoord", "Enter")
    page.wait_for_url("**/documenten")
