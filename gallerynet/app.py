"""Puts the server together: routes, middleware, and what starts and stops with it."""

import asyncio
from collections.abc import AsyncIterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import Route, WebSocketRoute

from gallerynet.core.auth import Auth
from gallerynet.core.library import Library
from gallerynet.demo import filling
from gallerynet.resolvers.context import Services
from gallerynet.routes.authentication import Authentication
from gallerynet.routes.downloads import download_routes
from gallerynet.routes.files import file_routes
from gallerynet.routes.graphql import GraphQLRoute
from gallerynet.routes.resumable import CORS_EXPOSED, CORS_HEADERS, resumable_routes
from gallerynet.routes.security import SameSiteOnly, SecurityHeaders
from gallerynet.routes.web import web_routes
from gallerynet.schema import schema
from gallerynet.schema.watching import Watching
from gallerynet.settings import WEB, Settings


def create_app(library: Library, settings: Settings) -> Starlette:
    """The ASGI app over an open library, which stays the caller's to close."""
    filling.register(library)
    auth = Auth(library.database, settings.gallery_password)
    ingest_threads = ThreadPoolExecutor(4 * library.workers.size, thread_name_prefix="ingest")
    origins = [settings.cors_origin] if settings.cors_origin else []
    graphql = GraphQLRoute(schema, Watching(schema).frames, Services(library, auth, ingest_threads), origins)

    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:  # noqa: ARG001 - Starlette's interface
        await library.events.start()
        library.job_feed.start()
        await asyncio.to_thread(library.jobs.start)
        chores = asyncio.create_task(library.maintenance.run_chores())
        yield
        chores.cancel()
        library.job_feed.stop()
        await library.events.stop()
        await asyncio.to_thread(ingest_threads.shutdown)

    middleware = [
        Middleware(SecurityHeaders),
        Middleware(SameSiteOnly, origins=origins),
        Middleware(Authentication, auth=auth),
    ]
    if origins:
        cors = Middleware(
            CORSMiddleware,
            allow_origins=origins,
            allow_methods=["GET", "POST", "HEAD", "PATCH", "DELETE"],
            allow_headers=["content-type", "x-requested-with", *CORS_HEADERS],
            expose_headers=CORS_EXPOSED,
            allow_credentials=True,
        )
        middleware.insert(0, cors)
    app = Starlette(
        routes=[
            Route(
                "/graphql", GZipMiddleware(graphql, minimum_size=1000, compresslevel=4, thread_minimum_size=32 * 1024)
            ),
            WebSocketRoute("/graphql", graphql),
            *file_routes(library),
            *download_routes(library),
            *resumable_routes(library, ingest_threads),
            *web_routes(WEB),
        ],
        middleware=middleware,
        lifespan=lifespan,
    )
    app.state.end_streams = graphql.end_streams
    return app
