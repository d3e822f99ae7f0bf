"""Who may look: one password for the gallery, sessions for browsers, tokens for scripts.

The password comes from outside with each start; what is stored is its argon2 hash, by which a change of the password
is noticed and ends every session. Of sessions and tokens only the SHA-256 is stored: they are 256 random bits, which
nobody finds by trying.
"""

import hashlib
import secrets
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from time import monotonic

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from gallerynet.core.clock import Clock, Timestamp, now, timestamp, to_datetime
from gallerynet.core.database import Database
from gallerynet.core.database.tables import library_settings, sessions
from gallerynet.core.errors import RateLimited, Unauthenticated
from gallerynet.core.ids import Id, new_id

PASSWORD_HASH = "password_hash"  # noqa: S105 - the setting's name
SESSION_LIFETIME = timedelta(days=30)
MAX_FAILURES = 10
FAILURE_WINDOW_SECONDS = 300


class SessionKind(Enum):
    BROWSER = "browser"
    TOKEN = "token"  # noqa: S105 - a kind


@dataclass(frozen=True, slots=True)
class Session:
    """What a client proved to hold; ``label`` tells its user which one it is."""

    id: Id
    kind: SessionKind
    label: str
    created_at: Timestamp
    expires_at: Timestamp | None


class FailedLogins:
    """Counts failures by address, in a window that slides."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._failures: dict[str, deque[float]] = {}

    def check(self, address: str) -> None:
        """Raises RateLimited, with the seconds to wait, once an address has failed too often."""
        with self._lock:
            failures = self._recent(address)
            if len(failures) >= MAX_FAILURES:
                wait = int(failures[0] + FAILURE_WINDOW_SECONDS - self._clock()) + 1
                raise RateLimited(f"Too many wrong passwords from this address. Try again in {wait} seconds.", wait)

    def count(self, address: str) -> None:
        with self._lock:
            self._recent(address).append(self._clock())

    def forget(self, address: str) -> None:
        with self._lock:
            self._failures.pop(address, None)

    def _recent(self, address: str) -> deque[float]:
        limit = self._clock() - FAILURE_WINDOW_SECONDS
        for known in [known for known, times in self._failures.items() if times and times[-1] < limit]:
            del self._failures[known]
        failures = self._failures.setdefault(address, deque())
        while failures and failures[0] < limit:
            failures.popleft()
        return failures


class Auth:
    """``password`` is empty where everyone may look."""

    def __init__(self, database: Database, password: str, clock: Clock = now) -> None:
        self._database = database
        self._clock = clock
        self._hasher = PasswordHasher()
        self._failed = FailedLogins()
        self._listeners: list[Callable[[list[Id]], None]] = []
        self.is_required = bool(password)
        self._hash = self._note_password(password) if password else ""

    def on_end(self, listener: Callable[[list[Id]], None]) -> None:
        """Called with the ids of sessions that have been ended."""
        self._listeners.append(listener)

    def login(self, password: str, address: str, label: str) -> tuple[Session, str]:
        """A new browser session and its token. Raises Unauthenticated, and RateLimited after ten failures."""
        self._failed.check(address)
        if not self._is_right(password):
            self._failed.count(address)
            raise Unauthenticated("That is not the password.")
        self._failed.forget(address)
        return self.open(SessionKind.BROWSER, label, SESSION_LIFETIME)

    def open(self, kind: SessionKind, label: str, lifetime: timedelta | None) -> tuple[Session, str]:
        """A session without asking for the password, and the token that proves it. The token is not kept."""
        token = secrets.token_urlsafe(32)
        with self._database.write() as tx:
            expires = None if lifetime is None else timestamp(to_datetime(tx.started_at) + lifetime)
            session = Session(new_id(), kind, label[:200], tx.started_at, expires)
            tx.execute(sa.delete(sessions).where(sessions.c.expires_at < tx.started_at))
            tx.execute(
                sa.insert(sessions).values(
                    id=session.id,
                    token_hash=_digest(token),
                    kind=kind.value,
                    label=session.label,
                    created_at=session.created_at,
                    expires_at=expires,
                )
            )
        return session, token

    def recognise(self, token: str) -> Session | None:
        """The session that the token proves, unless it has ended."""
        with self._database.read() as connection:
            row = connection.execute(sa.select(sessions).where(sessions.c.token_hash == _digest(token))).first()
        if row is None or (row.expires_at is not None and row.expires_at < self._clock()):
            return None
        return Session(row.id, SessionKind(row.kind), row.label, row.created_at, row.expires_at)

    def all(self) -> list[Session]:
        """Newest first."""
        with self._database.read() as connection:
            rows = connection.execute(sa.select(sessions).order_by(sessions.c.created_at.desc())).all()
        return [Session(row.id, SessionKind(row.kind), row.label, row.created_at, row.expires_at) for row in rows]

    def end(self, identity: Id) -> bool:
        """Whether it had not ended already."""
        return bool(self._end(sessions.c.id == identity))

    def end_all(self) -> None:
        """Every browser is logged out; tokens for scripts stay, since each is taken back by itself."""
        self._end(sessions.c.kind == SessionKind.BROWSER.value)

    def _end(self, which: sa.ColumnElement[bool]) -> list[Id]:
        with self._database.write() as tx:
            ended = list(tx.execute(sa.delete(sessions).where(which).returning(sessions.c.id)).scalars())
        for listener in self._listeners:
            listener(ended)
        return ended

    def _is_right(self, password: str) -> bool:
        try:
            return self._hasher.verify(self._hash, password)
        except VerificationError:
            return False

    def _note_password(self, password: str) -> str:
        """The stored hash, if it is of this password; else a new one, and the end of all sessions by the old one."""
        query = sa.select(library_settings.c.value).where(library_settings.c.name == PASSWORD_HASH)
        with self._database.read() as connection:
            stored: str | None = connection.execute(query).scalar()
        if stored is not None:
            try:
                self._hasher.verify(stored, password)
            except (VerificationError, InvalidHashError):
                pass
            else:
                return stored
        fresh = self._hasher.hash(password)
        with self._database.write() as tx:
            tx.execute(sa.delete(sessions).where(sessions.c.kind == SessionKind.BROWSER.value))
            statement = sqlite_insert(library_settings).values(name=PASSWORD_HASH, value=fresh)
            tx.execute(statement.on_conflict_do_update(set_={"value": fresh}))
        return fresh


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
