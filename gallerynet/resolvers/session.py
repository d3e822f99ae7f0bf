"""Logging in and out."""

from dataclasses import dataclass

from gallerynet.core.errors import Unauthenticated
from gallerynet.resolvers.context import Info


@dataclass(frozen=True, slots=True)
class SessionState:
    is_authenticated: bool
    is_required: bool


@dataclass(frozen=True, slots=True)
class LoginOutcome:
    session: SessionState


async def session(info: Info) -> SessionState:
    return SessionState(info.context.viewer.is_authenticated, info.context.auth.is_required)


async def login(info: Info, password: str) -> LoginOutcome:
    context = info.context
    if not context.auth.is_required:
        return LoginOutcome(SessionState(True, False))
    _, token = await context.run(context.auth.login, password, context.address, context.user_agent)
    context.keep_session(token)
    return LoginOutcome(SessionState(True, True))


async def logout(info: Info, everywhere: bool = False) -> LoginOutcome:
    context = info.context
    if not context.viewer.is_authenticated:
        raise Unauthenticated("You are not logged in.")
    if context.viewer.session is None:
        return LoginOutcome(SessionState(True, False))
    if everywhere:
        await context.run(context.auth.end_all)
    await context.run(context.auth.end, context.viewer.session.id)
    context.keep_session(None)
    return LoginOutcome(SessionState(False, True))
