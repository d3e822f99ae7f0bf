import { type Cache, cacheExchange, type OptimisticMutationResolver, type Resolver, type UpdateResolver } from "@urql/exchange-graphcache";
import type { LibraryEvent } from "./events";
import { graphql } from "./graphql";

const TagsOfMedia = graphql(`
  fragment TagsOfMedia on Media {
    id
    tags {
      source
      confidence
      tag {
        id
        name
      }
    }
  }
`);

/** What an item's tags will be, as far as the cache knows them; undefined where it does not. */
function tagsAfter(cache: Cache, id: string, add: readonly string[], remove: readonly string[]) {
  const known = cache.readFragment(TagsOfMedia, { __typename: "Media", id }) as { tags: { tag: { name: string } }[] } | null;
  const added = add.map((name) => ({ __typename: "MediaTag", source: "MANUAL", confidence: null, tag: { __typename: "Tag", id: `new ${name}`, name } }));
  return known && [...known.tags.filter(({ tag }) => !add.includes(tag.name) && !remove.includes(tag.name)), ...added];
}

/** A folder as it will be, if none of the items was in it (or all were, for those that leave). */
const resized = (sign: 1 | -1): OptimisticMutationResolver => ({ folderId, mediaIds }, cache) => {
  const entity = { __typename: "Folder", id: folderId as string };
  const count = cache.resolve(entity, "itemCount");
  return typeof count === "number" ? { ...entity, name: cache.resolve(entity, "name"), itemCount: Math.max(0, count + sign * (mediaIds as string[]).length) } : null;
};

const single = (name: string) => () => name;
const embedded = () => null;

function invalidate(cache: Cache, ...fields: string[]): void {
  for (const { fieldName, fieldKey } of cache.inspectFields("Query")) {
    if (fields.includes(fieldName)) cache.invalidate("Query", fieldKey);
  }
}

/** Finds an entity that another query has brought already, unless the server has said that there is none. */
const byId =
  (typename: string): Resolver =>
  (_parent, args, cache, { fieldName }) =>
    cache.resolve("Query", fieldName, args) === null ? null : { __typename: typename, id: args.id };

const invalidates =
  (...fields: string[]): UpdateResolver =>
  (_result, _args, cache) =>
    invalidate(cache, ...fields);

/** Items that are in other folders now: who shows an item's folders asks again. */
function invalidateFoldersOf(cache: Cache, ids: readonly string[]): void {
  for (const id of ids) cache.invalidate({ __typename: "Media", id }, "folders");
}

const movesMedia: UpdateResolver = (_result, { mediaIds }, cache, { optimistic }) => {
  if (!optimistic) invalidateFoldersOf(cache, mediaIds as string[]);
};

/** Which lists an event makes untrue; single entities update by normalisation. */
export function listsChangedBy(event: LibraryEvent["__typename"]): string[] {
  switch (event) {
    case "FolderChanged":
    case "FolderRemoved":
    case "FoldersReordered":
      return ["folders"];
    case "FolderContentsChanged":
      return [];
    case "TagsChanged":
      return ["tags", "tag"];
    case "MediaRemoved":
      return ["mediaItem"];
    case "ResyncRequired":
      return ["folders", "tags", "mediaItem", "server"];
    default:
      return [];
  }
}

export const galleryCache = cacheExchange({
  logger: (severity, message) => {
    // The bundle has no schema, so that every fragment on an event is tried in writing, and reported to lack its fields.
    if (!message.startsWith("Invalid undefined")) console[severity](message);
  },
  possibleTypes: {
    LibraryEvent: [
      "MediaAdded", "MediaChanged", "MediaRemoved", "FolderChanged", "FolderRemoved",
      "FoldersReordered", "FolderContentsChanged", "TagsChanged", "ResyncRequired",
    ],
    UploadResult: ["UploadedMedia", "DuplicateMedia", "RejectedUpload"],
    Node: ["Media", "Folder", "Tag", "Job"],
  },
  keys: {
    Session: single("session"),
    ServerInfo: single("server"),
    ...Object.fromEntries(
      [
        "AutoTagPayload", "Bounds", "Camera", "DeletedPayload", "DuplicateMedia", "EmbeddingModel", "JobCount", "JobNote", "LearnTagPayload", "Location",
        "LoginPayload", "MediaConnection", "MediaEdge", "MediaGroupConnection", "DownloadPart", "DownloadPlan", "MediaTag", "PageInfo", "Place", "RejectedUpload", "SimilarMediaConnection",
        "SimilarMediaEdge", "TagModel", "TagSuggestion", "Timeline", "TimelineBucket", "UploadedMedia",
        "MediaAdded", "MediaChanged", "MediaRemoved", "FolderChanged", "FolderRemoved", "FoldersReordered",
        "FolderContentsChanged", "TagsChanged", "ResyncRequired",
      ].map((name) => [name, embedded]),
    ),
  },
  resolvers: {
    Query: {
      mediaItem: byId("Media"),
      folder: byId("Folder"),
    },
  },
  optimistic: {
    setFavorite: ({ ids, favorite }) =>
      (ids as string[]).map((id) => ({ __typename: "Media", id, isFavorite: favorite as boolean })),
    setOriginalDate: ({ ids, originalDate }) =>
      (ids as string[]).map((id) => ({ __typename: "Media", id, originalDate: originalDate as string, originalDateSource: "USER" })),
    tagMedia: ({ ids, add, remove }, cache) =>
      (ids as string[]).flatMap((id) => {
        const tags = tagsAfter(cache, id, (add ?? []) as string[], (remove ?? []) as string[]);
        return tags ? [{ __typename: "Media", id, tags }] : [];
      }),
    addToFolder: resized(1),
    removeFromFolder: resized(-1),
    renameFolder: ({ id, name }) => ({ __typename: "Folder", id: id as string, name: name as string }),
    reorderFolders: ({ ids }) => (ids as string[]).map((id, sortOrder) => ({ __typename: "Folder", id, sortOrder })),
  },
  updates: {
    Mutation: {
      addToFolder: movesMedia,
      removeFromFolder: movesMedia,
      createFolder: invalidates("folders"),
      deleteFolder: invalidates("folders"),
      reorderFolders: invalidates("folders"),
      tagMedia: invalidates("tags"),
      learnTag: invalidates("tags"),
      autoTag: invalidates("tags", "tag"),
      renameTag: invalidates("tags", "tag"),
      mergeTags: invalidates("tags", "tag"),
      deleteTag: invalidates("tags", "tag"),
      logout: invalidates("session"),
    },
    Subscription: {
      libraryEvents: (result, _args, cache) => {
        const event = result.libraryEvents as LibraryEvent;
        invalidate(cache, ...listsChangedBy(event.__typename));
        if (event.__typename === "FolderContentsChanged") invalidateFoldersOf(cache, [...event.added, ...event.removed]);
        if (event.__typename === "FolderRemoved") cache.invalidate({ __typename: "Folder", id: event.id });
        if (event.__typename === "MediaRemoved") {
          for (const id of event.ids) cache.invalidate({ __typename: "Media", id });
        }
      },
    },
  },
});
