"""What can be changed."""

import strawberry

from gallerynet.resolvers import folders as folders_resolvers
from gallerynet.resolvers import media as media_resolvers
from gallerynet.resolvers import tags as tags_resolvers
from gallerynet.resolvers import uploads as uploads_resolvers
from gallerynet.schema.fields import answered_by
from gallerynet.schema.folder import Folder
from gallerynet.schema.media import Media
from gallerynet.schema.tag import LearnTagPayload
from gallerynet.schema.upload import UploadResult


@strawberry.type(description="What can be changed. Each is one transaction: all of it happens, or nothing.")
class Mutation:
    upload_media: list[UploadResult] = answered_by(
        uploads_resolvers.upload_media,
        description="One file a request is the usual way; up to 1000 are taken. Results keep the files' order.",
    )
    set_favorite: list[Media] = answered_by(
        media_resolvers.set_favorite,
        description="Marks items as favourites, or takes the mark away.",
    )
    create_folder: Folder = answered_by(
        folders_resolvers.create_folder, description="Makes a folder, behind the others."
    )
    add_to_folder: Folder = answered_by(
        folders_resolvers.add_to_folder,
        description="Puts items into a folder; those that are in it stay.",
    )
    tag_media: list[Media] = answered_by(
        tags_resolvers.tag_media,
        description="Adds and removes by name; names not seen before become tags. "
        "Removing an automatic tag rejects it.",
    )
    learn_tag: LearnTagPayload = answered_by(
        tags_resolvers.learn_tag,
        description="Trains on the user's examples and tags the whole library by it.",
    )
