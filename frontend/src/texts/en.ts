export const locale = "en";

const count = (one: string, many: string) => (value: number) => `${new Intl.NumberFormat(locale).format(value)} ${value === 1 ? one : many}`;
const number = (value: number) => new Intl.NumberFormat(locale).format(value);
const items = count("item", "items");

/** Every text of the app. */
export const texts = {
  appName: "GalleryNet",
  skipToContent: "Skip to content",
  items,
  cancel: "Cancel",
  close: "Close",
  retry: "Try again",
  undo: "Undo",
  remove: "Remove",
  loading: "Loading",
  navigation: { label: "Main", sidebar: "Sidebar", open: "Open menu", close: "Close menu", library: "Library", favorites: "Favorites", search: "Similar", tags: "Tags", api: "API explorer", signOut: "Sign out" },
  theme: { label: "Theme", light: "Light", dark: "Dark", system: "System" },
  media: { photo: "Photo", video: "Video", favorite: "favorite", taggedWith: (names: string[]) => `tagged ${names.join(", ")}`, thumbnailFailed: "No preview" },
  library: {
    title: "Library", grid: "Photos and videos",
    empty: "No photos yet", emptyHint: "Drop files anywhere in this window, or pick them here.",
    noMatch: "Nothing matches", noMatchHint: "No photo or video fits these filters.", clearFilters: "Clear filters",
    failed: "The library could not be loaded",
    all: "All", photos: "Photos", videos: "Videos", type: "Type", find: "Find by name, tag or camera", findLabel: "Find in library",
    sort: "Order", sorts: { newest: "Newest first", oldest: "Oldest first", added: "Recently added", name: "Name", largest: "Largest first" },
    scrubber: "Go to a date", jump: "Go to a date", jumpDay: "Day", jumpGo: "Go", added: (value: number) => `${number(value)} new`,
    tileSize: "Tile size", tagFilter: (name: string) => `Tag: ${name}`, removeFilter: (name: string) => `Remove filter ${name}`,
  },
  favorites: { title: "Favorites", empty: "No favorites yet", emptyHint: "Press the heart on a photo, or F while it is open." },
  folders: {
    title: "Folders", create: "New folder", name: "Folder name", save: "Create", empty: "This folder is empty", emptyHint: "Drop files here, or select photos in the library and add them.",
    none: "No folders yet", missing: "There is no such folder", missingHint: "It may have been deleted.", toLibrary: "Go to the library",
    menu: "Folder actions", rename: "Rename", renameSave: "Save", delete: "Delete folder", deleted: (name: string) => `Deleted the folder “${name}”. Its photos stay.`,
    added: (name: string) => `Added to “${name}”`, removed: (name: string, value: number) => `${items(value)} taken out of “${name}”`, moved: (name: string, value: number) => `${items(value)} moved to “${name}”`,
    moveHere: (name: string) => `Move to “${name}”`, moveUp: "Move up", moveDown: "Move down", actionsOf: (name: string) => `Actions for ${name}`, restored: (name: string) => `The folder “${name}” is back`,
    fill: "Add from library", addTo: (name: string) => `Add to “${name}”`, filling: (name: string) => `Select what to add to “${name}”`, done: "Done",
  },
  tags: {
    title: "Tags", empty: "No tags yet", emptyHint: "Open a photo and add one. With a few examples, GalleryNet learns it.", failed: "The tags could not be loaded",
    intro: "Tag a few photos yourself, then press Learn: GalleryNet tags the others that fit, and marks them as learned.",
    manual: (value: number) => `${value} by you`, auto: (value: number) => `${value} learned`, learn: "Learn", learning: "Learning…", learnLabel: (name: string) => `Learn “${name}”`,
    learned: (name: string, tagged: number) => `Learned “${name}”: ${items(tagged)} tagged`,
    add: "Add a tag", addLabel: "Add a tag", create: (name: string) => `Create “${name}”`, removeLabel: (name: string) => `Remove tag ${name}`,
    veryLikely: "very likely", likely: "likely", autoTitle: (likeliness: string, percent: string) => `Learned: ${likeliness} (${percent})`, confirm: (name: string) => `Confirm tag ${name}`,
    stale: "Examples have changed since", rightness: (percent: string) => `right about ${percent} of the time`, show: (name: string) => `Show ${name}`,
  },
  search: {
    title: "Similar", intro: "Find what looks alike", introHint: "Drop a picture here, pick one, or use “Find similar” on any photo of the library. A dropped picture is not added.",
    pick: "Pick a picture", minimum: "Similarity at least", reference: "Reference picture", referenceDropped: "Dropped picture", failed: "The search failed",
    empty: "Nothing is this similar", emptyHint: "Lower the similarity to see more.", results: "Similar photos", found: (value: number) => `${items(value)} found`,
    searching: "Looking for alike pictures…", gone: "This reference is no longer there", goneHint: "Dropped pictures are remembered for an hour. Drop it again.", more: "Show more",
  },
  viewer: {
    label: "Viewer", previous: "Previous", next: "Next", info: "Details", favorite: "Favorite", unfavorite: "Remove from favorites", similar: "Find similar", download: "Download original",
    trash: "Move to trash", failed: "This item could not be loaded", missing: "This item is not there", missingHint: "It may have been deleted.",
    trashed: (value: number) => `${items(value)} moved to the trash`, restored: "Restored", position: (index: number, total: number) => `${index} of ${total}`,
    fileSection: "File", cameraSection: "Camera", tagsSection: "Tags", foldersSection: "Folders", exifSection: "All metadata", noTags: "No tags",
    size: "Size", dimensions: "Dimensions", type: "Type", uploaded: "Added", taken: "Taken", model: "Camera", lens: "Lens", exposure: "Exposure", place: "Place", duration: "Length", addToFolder: "Add to folder",
    zoom: "Zoom", zoomIn: "Zoom in", zoomOut: "Zoom out", zoomFit: "Fit to the window", play: "Play or pause", filmstrip: "Around this", similarSection: "Similar", similarAll: "Show all", takeOut: (name: string) => `Take out of “${name}”`,
    notSearchable: "Not in similarity search yet",
  },
  uploads: {
    upload: "Upload", pick: "Upload files", panel: "Uploads", dropTo: (name: string) => `Drop to add to ${name}`, dropToSearch: "Drop to find similar pictures",
    added: "Added", duplicate: "Already there", rejected: "Not added", queued: "Waiting", processing: "Processing…", cancelled: "Cancelled", open: "Show", retryAll: "Retry failed", cancelAll: "Cancel all", clear: "Clear finished",
    collapse: "Collapse", expand: "Expand", running: (done: number, total: number) => `${done} of ${total} done`,
    finished: (added: number, duplicates: number, failed: number) => [`${added} added`, duplicates > 0 && `${duplicates} already there`, failed > 0 && `${failed} failed`].filter(Boolean).join(", "),
    more: (value: number) => `and ${items(value)} more`, retryOne: (name: string) => `Retry ${name}`, cancelOne: (name: string) => `Cancel ${name}`,
  },
  actions: {
    nothingToUndo: "There is nothing to undo", progress: (percent: string) => `Working… ${percent}`,
    tagged: (name: string, value: number) => `Tagged ${items(value)} “${name}”`, untagged: (name: string, value: number) => `Removed “${name}” from ${items(value)}`,
    downloading: (files: number, size: string, parts: number) => `Downloading ${items(files)}, ${size}${parts > 1 ? ` in ${parts} zip files` : ""}`,
  },
  palette: {
    title: "Find anything", placeholder: "A screen, folder, tag, or words in names", screens: "Go to", folders: "Folders", tags: "Tags", commands: "Do",
    findText: (text: string) => `Find “${text}” in the library`, help: "Keyboard shortcuts", nothing: "Nothing fits",
  },
  selection: {
    select: "Select", deselect: "Deselect", bar: "Selection", number, count: (value: number) => `${number(value)} selected`, section: (name: string) => `Select ${name}`, clear: "Clear selection", favorite: "Favorite", tag: "Tag", folder: "Add to folder", trash: "Trash",
    unfavorite: "Remove from favorites", download: "Download", similar: "Find similar", more: "More actions", removeFromFolder: "Remove from this folder", selectAll: "Select all",
  },
  session: { title: "Welcome back", hint: "This gallery is protected by a password.", password: "Password", signIn: "Sign in", signingIn: "Signing in…" },
  server: { title: "Server", photos: count("photo", "photos"), videos: count("video", "videos"), used: (used: string) => `${used} in originals`, free: (free: string) => `${free} free`, disk: "Disk used", version: (version: string) => `Version ${version}` },
  live: { lost: "Connection lost. Reconnecting…" },
  shortcuts: { title: "Keyboard shortcuts", help: "Show this list", upload: "Upload files", palette: "Find anything", undo: "Undo", page: "A page up or down", ends: "First and last", jump: "Go to a date", extend: "Select a range", selectAll: "Select all", clear: "Clear selection", trashSelection: "Move the selection to the trash", spaceKey: "Space", between: " then ", goLibrary: "Go to the library", goFavorites: "Go to favorites", goSearch: "Go to similarity search", goTags: "Go to tags", move: "Move", open: "Open", select: "Select", groups: { everywhere: "Everywhere", grid: "In a grid", viewer: "While viewing" } },
  notFound: { page: "Not found", title: "There is no such page", hint: "The address may be mistyped." },
  errors: { unreachable: "The server cannot be reached.", unknown: "Something went wrong.", crashed: "This part of the page has failed", reload: "Reload" },
} as const;
