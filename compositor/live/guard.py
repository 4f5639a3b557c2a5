"""A request -> whether it comes from the page that this server has given out, on this machine, and from nowhere else.

The server listens only on the loopback address. Scripts of other sites, which a browser would let send requests to it,
are kept out by a secret that only the printed address has, and by the names of host and origin, which no other site can
fake.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from hmac import compare_digest
from http.cookies import CookieError, SimpleCookie

ADDRESS = "127.0.0.1"
NAMES = (ADDRESS, "localhost")
"""Names of this machine in the address of the page."""
OWN = ("same-origin", "none")
"""Where a request may come from: the page itself, or an address that somebody has opened."""
PAGE = (
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; frame-src 'self'; frame-ancestors 'self'; base-uri 'none'; form-action 'none'"
)
"""What pages may load: nothing from elsewhere, and no inline script. Source: CSP level 3."""
HEADERS = {
    "Content-Security-Policy": PAGE,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


@dataclass(frozen=True, slots=True)
class Guard:
    """What a server requires of each request."""

    port: int
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))

    @property
    def cookie(self) -> str:
        """The name of the cookie with the token: a different name for each server, since cookies ignore ports."""
        return f"compositor-{self.port}"

    @property
    def address(self) -> str:
        """The address of the page, without the token."""
        return f"http://{ADDRESS}:{self.port}/"

    def is_from_here(self, headers: Mapping[str, str]) -> bool:
        """Return whether host and origin are ours."""
        hosts = {f"{name}:{self.port}" for name in NAMES}
        origin, site = headers.get("Origin", ""), headers.get("Sec-Fetch-Site", "none")
        return headers.get("Host", "") in hosts and site in OWN and origin in ("", *(f"http://{one}" for one in hosts))

    def is_token(self, given: str) -> bool:
        """Return whether this is the token."""
        return compare_digest(given.encode("utf-8", "replace"), self.token.encode())

    def is_let_in(self, headers: Mapping[str, str]) -> bool:
        """Return whether a request has the token: as the cookie of the page, or from a command of the same user."""
        scheme, _, told = headers.get("Authorization", "").partition(" ")
        return (scheme == "Bearer" and self.is_token(told)) or self.is_token(self._of_cookie(headers.get("Cookie", "")))

    def _of_cookie(self, text: str) -> str:
        try:
            found = SimpleCookie(text).get(self.cookie)
        except CookieError:
            return ""
        return found.value if found is not None else ""

    def given_cookie(self) -> str:
        """Return the header that makes a browser keep the token: for this server's pages only, and for no script."""
        return f"{self.cookie}={self.token}; HttpOnly; SameSite=Strict; Path=/"
