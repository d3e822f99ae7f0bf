import { countIn } from "./count";
import { countedParts, type JobSentences } from "./jobNotes";

const count = countIn("en");
const items = count("item", "items");
const failed = ({ FAILED = 0 }: { FAILED?: number }) => (FAILED > 0 ? ` ${FAILED} could not be: see their errors.` : "");

/** What jobs say. */
export const enJobNotes: JobSentences = {
  AT_ITEM: ({ name }) => name,
  FINDING_ALIKE: () => "Finding what is alike",
  COMPARING: () => "Comparing all with all",
  COMPARING_COPIES: ({ counts }) => `${count("pair", "pairs")(counts.PAIRS ?? 0)} of duplicates so far`,
  READING_ORIGINALS: () => "Reading originals",
  FINDING_FILES: ({ counts }) => `${count("file", "files")(counts.FILES ?? 0)} found`,
  MAKING_PLAYABLE: ({ counts, name }) => `Making ${name} playable: ${counts.PERCENT ?? 0}%`,
  ADDING: ({ name }) => `Adding ${name}`,
  ARRANGING: () => "Making folders and learning tags",
  REPAIRED: ({ counts }) => `${items(counts.ITEMS ?? 0)} repaired.${failed(counts)}`,
  REEMBEDDED: ({ counts }) => `${items(counts.ITEMS ?? 0)} embedded anew.${failed(counts)}`,
  PURGED: ({ counts }) => `${items(counts.ITEMS ?? 0)} removed from the trash.`,
  LINKED: ({ counts }) => `${count("link", "links")(counts.LINKS ?? 0)} between alike items found.`,
  COPIES_FOUND: ({ counts }) => `${items(counts.ITEMS ?? 0)} compared, ${count("pair", "pairs")(counts.PAIRS ?? 0)} of duplicates found.`,
  CHECKED: ({ counts }) => {
    const flaws = countedParts(counts, {
      DATABASE: count("fault in the database file", "faults in the database file"), MISSING: count("original missing", "originals missing"), CHANGED: count("original changed", "originals changed"),
      UNREADABLE: count("original that cannot be read", "originals that cannot be read"), UNPROCESSED: count("item that could not be processed", "items that could not be processed"),
      THUMBNAILS: count("item without thumbnails", "items without thumbnails"), VECTORS: count("item without the vector it is found by", "items without the vector they are found by"),
      STRAY: count("file that belongs to no item", "files that belong to no item"),
    });
    return `${items(counts.ITEMS ?? 0)} checked: ${flaws.join(", ") || "everything is there"}.`;
  },
  IMPORTED: ({ counts }) => {
    const parts = countedParts(counts, { ADDED: (n) => `${n} added`, KNOWN: (n) => `${n} there already`, SAME_PICTURE: (n) => `${n} of which the same picture is there`, REJECTED: (n) => `${n} rejected` });
    return parts.length > 0 ? `${parts.join(", ")}.` : "Nothing to import.";
  },
  MADE_PLAYABLE: ({ counts }) => `${count("video", "videos")(counts.VIDEOS ?? 0)} made playable.${failed(counts)}`,
  FILLED: ({ counts }) => `${count("picture", "pictures")(counts.PICTURES ?? 0)} added.`,
  LEARNED: ({ counts, name }) => `Learned “${name}”: ${items(counts.ITEMS ?? 0)} tagged.`,
  LEARNED_THINLY: ({ name }) => `Learned “${name}”, and tagged nothing by it yet: its examples do not stand out.`,
  APPLIED: ({ counts, name }) => `Applied “${name}”: ${items(counts.ITEMS ?? 0)} tagged.`,
  ALL_APPLIED: ({ counts }) => `Applied ${count("tag", "tags")(counts.TAGS ?? 0)} to ${items(counts.ITEMS ?? 0)}.`,
  INTERRUPTED: () => "It was interrupted: its process ended before its work. Start it again, it goes on from there.",
  FAILED_INSIDE: () => "It failed inside; the server’s log says why.",
};
