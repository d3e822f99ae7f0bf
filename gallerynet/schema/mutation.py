"""What can be changed."""

import strawberry

from gallerynet.resolvers import downloads as downloads_resolvers
from gallerynet.resolvers import duplicates as duplicates_resolvers
from gallerynet.resolvers import folders as folders_resolvers
from gallerynet.resolvers import jobs as jobs_resolvers
from gallerynet.resolvers import media as media_resolvers
from gallerynet.resolvers import session as session_resolvers
from gallerynet.resolvers import tags as tags_resolvers
from gallerynet.resolvers import trash as trash_resolvers
from gallerynet.resolvers import uploads as uploads_resolvers
from gallerynet.schema.download import DownloadPlan
from gallerynet.schema.duplicate import DuplicateResolution
from gallerynet.schema.fields import answered_by
from gallerynet.schema.folder import Folder
from gallerynet.schema.job import Job
from gallerynet.schema.media import Media
from gallerynet.schema.node import DeletedPayload
from gallerynet.schema.session import LoginPayload
from gallerynet.schema.tag import AutoTagPayload, LearnTagPayload, Tag, UndoTaggingPayload
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
    set_original_date: list[Media] = answered_by(
        media_resolvers.set_original_date, description="Corrects the date by hand."
    )
    delete_media: DeletedPayload = answered_by(
        trash_resolvers.delete_media,
        description="To the trash, from where it can be restored for 30 days; permanently skips the trash.",
    )
    restore_media: list[Media] = answered_by(trash_resolvers.restore_media, description="Out of the trash.")
    empty_trash: DeletedPayload = answered_by(
        trash_resolvers.empty_trash, description="Removes for good what is in the trash."
    )
    repair_media: Job = answered_by(
        jobs_resolvers.repair_media,
        description="Repairs items without hash, thumbnail or embedding in the background.",
    )
    check_integrity: Job = answered_by(
        jobs_resolvers.check_integrity,
        description="Reads every original in the background and compares it with what came in. What is wrong with an "
        "item is its processingError from then on; nothing else is changed.",
    )
    scan_duplicates: Job = answered_by(
        duplicates_resolvers.scan_duplicates,
        description="Looks for duplicates, in the background, among what came before they were looked for on arrival.",
    )
    mark_not_same: list[Media] = answered_by(
        duplicates_resolvers.mark_not_same,
        description="The user says that no two of these are the same picture: they share no group of duplicates from "
        "now on. notSame: false takes that back.",
    )
    resolve_duplicates: DuplicateResolution = answered_by(
        duplicates_resolvers.resolve_duplicates,
        description="Keeps the best of a group, or the given item; gives it the others' tags, folders and favourite, "
        "and puts them into the trash.",
    )
    undo_resolution: DuplicateResolution = answered_by(
        duplicates_resolvers.undo_resolution, description="Puts everything back as it was before resolveDuplicates."
    )
    start_demo: Job = answered_by(
        jobs_resolvers.start_demo,
        description="Fills an empty library with pictures, folders and tags to try everything with.",
    )
    rename_folder: Folder = answered_by(folders_resolvers.rename_folder, description="Gives a folder another name.")
    delete_folder: DeletedPayload = answered_by(folders_resolvers.delete_folder, description="The media stay.")
    reorder_folders: list[Folder] = answered_by(
        folders_resolvers.reorder_folders,
        description="In the order wanted; folders left out keep their order behind these.",
    )
    remove_from_folder: Folder = answered_by(
        folders_resolvers.remove_from_folder, description="Takes items out of a folder; they stay in the library."
    )
    rename_tag: Tag = answered_by(tags_resolvers.rename_tag, description="Gives a tag another name.")
    merge_tags: Tag = answered_by(
        tags_resolvers.merge_tags, description="Into the tag of that name; examples join, and a yes beats a no."
    )
    delete_tag: DeletedPayload = answered_by(
        tags_resolvers.delete_tag, description="Takes the tag off every item; its model goes with it."
    )
    apply_tag: LearnTagPayload = answered_by(
        tags_resolvers.apply_tag, description="Applies the learned model to a part of the library."
    )
    auto_tag: AutoTagPayload = answered_by(
        tags_resolvers.auto_tag, description="Every tag that can be learned: retrains the stale, applies all."
    )
    review_tag: Tag = answered_by(
        tags_resolvers.review_tag,
        description="The user's answer to automatic tags: confirmed become manual, rejected go and stay away. "
        "A tag that was learned learns from them at once.",
    )
    set_tag_threshold: Tag = answered_by(
        tags_resolvers.set_tag_threshold,
        description="Items get a learned tag from this confidence on, .05 to .99; the library is tagged anew at once.",
    )
    undo_tagging: UndoTaggingPayload = answered_by(
        tags_resolvers.undo_tagging,
        description="Puts models and automatic tags back as they were before learnTag, applyTag or autoTag, named by "
        "the job of its answer. The last 20 can be undone, the newest of a tag first. What the user said stays.",
    )
    cancel_job: Job = answered_by(jobs_resolvers.cancel_job, description="Ends a job that waits or runs.")
    login: LoginPayload = answered_by(
        session_resolvers.login, description="Opens a session, and gives the browser its cookie."
    )
    logout: LoginPayload = answered_by(
        session_resolvers.logout,
        description="Ends this session; with everywhere, all of them. Needs to be logged in.",
    )
    plan_download: DownloadPlan = answered_by(
        downloads_resolvers.plan_download,
        description="Lays out the zip files of a selection; they are made as they are read.",
    )
