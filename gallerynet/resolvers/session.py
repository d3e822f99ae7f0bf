"""Logging in and out."""

from dataclasses import dataclass

from gallerynet.core.errors import Unauthenticated
from gallerynet.resolvers.context import Info


@dataclass(frozen=True, slots=True)
class SessionState:
    is_authenticated: bool
    is_required: bool
    event_cursor: str | None


@dataclass(frozen=True, slots=True)
class LoginOutcome:
    session: SessionState


LEFT = SessionState(is_authenticated=False, is_required=True, event_cursor=None)


async def session(info: Info) -> SessionState:
    context = info.context
    if not context.viewer.is_authenticated:
        return LEFT
    return SessionState(True, context.auth.is_required, await context.event_cursor())


async def login(info: Info, password: str) -> LoginOutcome:
    context = info.context
    if not context.auth.is_required:
        return LoginOutcome(SessionState(True, False, await context.event_cursor()))
    _, token = await context.run(context.auth.login, password, context.address, context.user_agent)
    context.keep_session(token)
    return LoginOutcome(SessionState(True, True, await context.event_cursor()))


async def logout(info: Info, everywhere: bool = False) -> LoginOutcome:
    context = info.context
    if not context.viewer.is_authenticated:
        raise Unauthenticated("You are not logged in.")
    if context.viewer.session is None:
        return LoginOutcome(SessionState(True, False, await context.event_cursor()))
    if everywhere:
        await context.run(context.auth.end_all)
    await context.run(context.auth.end, context.viewer.session.id)
    context.keep_session(None)
    return LoginOutcome(LEFT)
