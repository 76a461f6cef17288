"""Who visits, and what they may do: this computer alone, accounts with a login page, or a proxy that tells who it is."""

from __future__ import annotations

import ipaddress
import threading
import time
from collections import OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlsplit

from starlette.requests import HTTPConnection

from assistant.errors import AccessError, UsageError
from assistant.settings import WebSettings
from assistant.store.store import Store
from assistant.store.values import Role
from assistant.web.language import words

COOKIE = "regelwijzer"
LOCAL_NAMES = ("127.0.0.1", "localhost", "[::1]", "::1")
_RANK = {Role.READER: 1, Role.KEEPER: 2, Role.ADMIN: 3}
_MOST_VISITORS = 10_000  # whose questions are counted at once
_LONGEST_NAME = 128


@dataclass(frozen=True, slots=True)
class Visitor:
    """Someone who may use the chat."""

    name: str
    role: Role

    def may(self, role: Role) -> bool:
        """Whether the visitor has at least this role."""
        return _RANK[self.role] >= _RANK[role]


class Asking(Protocol):
    """What is needed of a request to know who makes it; starlette's and gradio's requests both have it."""

    @property
    def headers(self) -> Mapping[str, str]: ...
    @property
    def cookies(self) -> Mapping[str, str]: ...
    @property
    def client(self) -> object: ...


class Gate:
    """Tells who a request is from, and counts questions."""

    def __init__(self, settings: WebSettings, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        self.settings = settings
        self._store = store
        self._clock = clock
        self._lock = threading.Lock()
        self._asked: OrderedDict[str, deque[float]] = OrderedDict()

    @property
    def secure(self) -> bool:
        """Whether visitors come by https, so that cookies may travel by that alone."""
        return any(address.startswith("https:") for address in listed(self.settings.addresses))

    def address(self, request: HTTPConnection) -> str:
        """Where visitors find the chat, for links that are taken along."""
        known = listed(self.settings.addresses)
        return known[0].rstrip("/") if known else str(request.base_url).rstrip("/")

    def origin(self, request: HTTPConnection) -> str:
        """The network address that a visitor comes from; a proxy tells it of those that it passes on."""
        host = request.client.host if request.client else ""
        if host in listed(self.settings.proxy_addresses):
            return request.headers.get("x-forwarded-for", "").rpartition(",")[2].strip() or host
        return host

    def find(self, request: Asking) -> Visitor | None:
        """Who makes the request; None when nobody that is known."""
        if self.settings.access == "local":
            return Visitor("lokaal", Role.ADMIN)
        if self.settings.access == "proxy":
            return self._behind_proxy(request)
        token = request.cookies.get(COOKIE, "")
        user = self._store.accounts.session_user(token) if token else None
        return Visitor(user.name, user.role) if user else None

    def visitor(self, request: Asking) -> Visitor:
        """As :meth:`find`. Raises AccessError for nobody."""
        found = self.find(request)
        if found is None:
            raise AccessError("sign-in", words.SIGN_IN_FIRST, words.SIGN_IN_REMEDY)
        return found

    def require(self, request: Asking, role: Role) -> Visitor:
        """Who makes the request. Raises AccessError when they have not at least this role."""
        found = self.visitor(request)
        if not found.may(role):
            raise AccessError("not-allowed", words.NOT_ALLOWED, words.NOT_ALLOWED_REMEDY)
        return found

    def count_question(self, visitor: Visitor) -> None:
        """Counts one question of a visitor. Raises AccessError when there were too many in the last minute."""
        now = self._clock()
        with self._lock:
            asked = self._asked.setdefault(visitor.name, deque())
            self._asked.move_to_end(visitor.name)
            while len(self._asked) > _MOST_VISITORS:
                self._asked.popitem(last=False)
            while asked and asked[0] <= now - 60:
                asked.popleft()
            if len(asked) >= self.settings.questions_per_minute:
                wait = max(1, round(asked[0] + 60 - now))
                look = words.STATUSES["too_many"]
                raise AccessError("too-many-questions", look.title, look.line.format(seconds=wait))
            asked.append(now)

    def _behind_proxy(self, request: Asking) -> Visitor | None:
        host = getattr(request.client, "host", "")
        if host not in listed(self.settings.proxy_addresses):
            return None
        name = request.headers.get(self.settings.proxy_header.lower(), "").strip()
        if not name or len(name) > _LONGEST_NAME or not name.isprintable():
            return None
        if name in listed(self.settings.admins):
            return Visitor(name, Role.ADMIN)
        return Visitor(name, Role.KEEPER if name in listed(self.settings.keepers) else Role.READER)


def listed(text: str) -> list[str]:
    """The parts of a setting that holds several, with commas."""
    return [part.strip() for part in text.split(",") if part.strip()]


def is_loopback(host: str) -> bool:
    """Whether only this computer can reach an address to listen on."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def allowed_hosts(settings: WebSettings) -> frozenset[str]:
    """The names under which the chat may be opened; any other is refused, so that no foreign page can stand in for it."""
    own = {urlsplit(address).hostname or "" for address in listed(settings.addresses)}
    return frozenset({*LOCAL_NAMES, settings.host, *own} - {"", "0.0.0.0", "::"})


def check_exposure(settings: WebSettings, store: Store) -> None:
    """Refuses to be open to a network without a way to know who comes in. Raises UsageError."""
    if settings.access == "accounts" and not any(
        user.role is Role.ADMIN and not user.disabled for user in store.accounts.users()
    ):
        raise UsageError("no-admin", words.NO_ADMIN, words.NO_ADMIN_REMEDY)
    if is_loopback(settings.host):
        return
    if settings.access == "local":
        raise UsageError("open-to-network", words.OPEN.format(host=settings.host), words.OPEN_REMEDY)
    if not listed(settings.addresses):
        raise UsageError("no-address", words.NO_PUBLIC_ADDRESS, words.NO_PUBLIC_ADDRESS_REMEDY)
