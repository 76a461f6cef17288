"""Signing in and out, and the accounts that an admin looks after."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from assistant.errors import RegelwijzerError, UsageError
from assistant.store.accounts import SESSION_HOURS
from assistant.store.values import Role
from assistant.web.access import COOKIE, Gate
from assistant.web.language import told, words
from assistant.web.responding import own_path, page
from assistant.web.site import Site

Text = Annotated[str, Form(max_length=256)]


def router(site: Site, gate: Gate) -> APIRouter:
    """The routes of signing in and of accounts."""
    routes = APIRouter()
    _signing(routes, site, gate)
    _managing(routes, site, gate)
    return routes


def _signing(routes: APIRouter, site: Site, gate: Gate) -> None:
    accounts = site.store.accounts

    @routes.get("/inloggen")
    def form(request: Request, naar: Annotated[str, Query(max_length=2048)] = "/") -> Response:
        if gate.settings.access == "local" or gate.find(request):
            return _to(own_path(naar))
        own = gate.settings.access == "accounts"
        return page(gate, request, "login.html", "", error="", name="", form=own, to=own_path(naar))

    @routes.post("/inloggen")
    def sign_in(
        request: Request, naam: Text, wachtwoord: Text, naar: Annotated[str, Form(max_length=2048)] = "/"
    ) -> Response:
        to = own_path(naar)
        if gate.settings.access != "accounts":
            return _to("/")
        try:
            user = accounts.verify(naam, wachtwoord, gate.origin(request))
        except RegelwijzerError as error:
            status = HTTPStatus.TOO_MANY_REQUESTS if error.code == "login-throttled" else HTTPStatus.UNAUTHORIZED
            values = {"error": " ".join(told(error)), "name": naam, "form": True, "to": to}
            return page(gate, request, "login.html", "", status, **values)
        site.store.audit.add(user.name, "login")
        response = _to(to)
        response.set_cookie(
            COOKIE,
            accounts.create_session(user.name),
            max_age=int(SESSION_HOURS * 3600),
            httponly=True,
            samesite="lax",  # a permanent link in a mail must open; what changes anything asks for the page's own origin
            secure=gate.secure,
        )
        return response

    @routes.post("/uitloggen")
    def sign_out(request: Request) -> Response:
        accounts.end_session(request.cookies.get(COOKIE, ""))
        response = _to("/inloggen")
        response.delete_cookie(COOKIE)
        return response


def _managing(routes: APIRouter, site: Site, gate: Gate) -> None:
    accounts, audit = site.store.accounts, site.store.audit

    @routes.get("/accounts")
    def overview(request: Request) -> HTMLResponse:
        gate.require(request, Role.ADMIN)
        return _overview(site, gate, request)

    @routes.post("/accounts")
    def create(request: Request, naam: Text, wachtwoord: Text, rol: Annotated[Role, Form()]) -> HTMLResponse:
        visitor = gate.require(request, Role.ADMIN)
        try:
            user = accounts.create_user(naam, wachtwoord, rol)
        except UsageError as error:
            return _overview(site, gate, request, error=" ".join(told(error)))
        audit.add(visitor.name, "user-created", user.name)
        return _overview(site, gate, request, done=words.USER_CHANGED.format(name=user.name))

    @routes.post("/accounts/{name}")
    def change(
        request: Request,
        name: str,
        rol: Annotated[Role | None, Form()] = None,
        wachtwoord: Text = "",
        gesloten: Annotated[bool | None, Form()] = None,
    ) -> HTMLResponse:
        visitor = gate.require(request, Role.ADMIN)
        try:
            name = accounts.find_user(name).name
            if rol is not None:
                accounts.set_role(name, rol)
            if wachtwoord:
                accounts.set_password(name, wachtwoord)
            if gesloten is not None:
                accounts.set_disabled(name, gesloten)
        except UsageError as error:
            return _overview(site, gate, request, error=" ".join(told(error)))
        audit.add(visitor.name, "user-changed", name)
        return _overview(site, gate, request, done=words.USER_CHANGED.format(name=name))


def _overview(site: Site, gate: Gate, request: Request, done: str = "", error: str = "") -> HTMLResponse:
    values = {"users": site.store.accounts.users(), "done": done, "error": error, "roles": list(Role)}
    status = HTTPStatus.BAD_REQUEST if error else HTTPStatus.OK
    return page(gate, request, "users.html", "users", status, local=gate.settings.access == "local", **values)


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, HTTPStatus.SEE_OTHER)
