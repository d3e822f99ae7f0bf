"""What can be asked."""

import strawberry

from gallerynet.resolvers import duplicates as duplicates_resolvers
from gallerynet.resolvers import folders as folders_resolvers
from gallerynet.resolvers import jobs as jobs_resolvers
from gallerynet.resolvers import media as media_resolvers
from gallerynet.resolvers import node as node_resolvers
from gallerynet.resolvers import search as search_resolvers
from gallerynet.resolvers import server as server_resolvers
from gallerynet.resolvers import session as session_resolvers
from gallerynet.resolvers import tags as tags_resolvers
from gallerynet.schema.fields import answered_by
from gallerynet.schema.folder import Folder
from gallerynet.schema.group import MediaGroupConnection
from gallerynet.schema.job import Job
from gallerynet.schema.media import Media, MediaConnection, Place, SimilarMediaConnection, Timeline
from gallerynet.schema.node import Node
from gallerynet.schema.server import ServerInfo
from gallerynet.schema.session import Session
from gallerynet.schema.tag import Tag


@strawberry.type(description="What can be asked.")
class Query:
    server: ServerInfo = answered_by(server_resolvers.server, description="What the server holds, and what it takes.")
    media: MediaConnection = answered_by(media_resolvers.media, description="Items, newest first by default.")
    media_item: Media | None = answered_by(media_resolvers.media_item, description="One item.")
    timeline: Timeline = answered_by(
        media_resolvers.timeline, description="The geometry of a whole list, without its items."
    )
    media_window: list[Media] = answered_by(
        media_resolvers.media_window,
        description="The timeline's items by position: what a scroll bar jumps to. At most 200.",
    )
    places: list[Place] = answered_by(
        media_resolvers.places,
        description="Where items were taken, gathered in a grid of cells of that many degrees; most items first.",
    )
    similar_media: SimilarMediaConnection = answered_by(
        search_resolvers.similar_media,
        description="Most similar first. A library item never finds itself.",
    )
    folders: list[Folder] = answered_by(folders_resolvers.folders, description="In the user's order.")
    folder: Folder | None = answered_by(folders_resolvers.folder, description="One folder.")
    tags: list[Tag] = answered_by(tags_resolvers.tags, description="By name; with text, those whose name contains it.")
    tag: Tag | None = answered_by(tags_resolvers.tag, description="The tag of that name.")
    node: Node | None = answered_by(node_resolvers.node, description="An item, a folder, a tag or a job.")
    known_content: list[Media] = answered_by(
        media_resolvers.known_content,
        description="Which of these SHA-256 hex digests are in the library already: a client skips their upload.",
    )
    auto_tag_count: int = answered_by(
        tags_resolvers.auto_tag_count, description="How many automatic tags there are on these items."
    )
    jobs: list[Job] = answered_by(jobs_resolvers.jobs, description="Newest first; those in one of these states.")
    job: Job | None = answered_by(jobs_resolvers.job, description="One job.")
    session: Session = answered_by(
        session_resolvers.session, description="Whether the client is logged in; asked before anything else."
    )
    similar_groups: MediaGroupConnection = answered_by(
        search_resolvers.similar_groups,
        description="Connected components of the graph that links items of at least minSimilarity; singles left out; "
        "largest first. With another linkage, tighter groups within these. The first answer over a large library waits "
        "for a job of the kind SIMILAR_GROUPS; CONFLICT if that is cancelled.",
    )
    duplicate_groups: MediaGroupConnection = answered_by(
        duplicates_resolvers.duplicate_groups,
        description="The same picture kept more than once: re-encoded, resized, lightly edited. Not merely alike.",
    )
    moment_groups: MediaGroupConnection = answered_by(
        duplicates_resolvers.moment_groups,
        description="Shots of one moment: each picture was taken at most withinSeconds (up to an hour) after another "
        "that is at least so similar.",
    )
