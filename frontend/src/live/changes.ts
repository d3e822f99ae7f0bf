import type { LibraryEvent } from "@/graphql/events";

/** What an event means for lists that are read by position: who is in them, or what is shown of them. */
export type LibraryChange = "members" | "items";

export function changeOf(event: LibraryEvent["__typename"]): LibraryChange | undefined {
  switch (event) {
    case "MediaAdded":
    case "MediaRemoved":
    case "FolderContentsChanged":
    case "ResyncRequired":
      return "members";
    case "MediaChanged":
      return "items";
    default:
      return undefined;
  }
}

/** Tells lists read by position that the library has changed, and counts, for those not on screen. */
export class LibraryChanges {
  version = 0;
  /** How often there was a gap, in which anything may have changed: lists are then read anew though no member has. */
  gaps = 0;
  private readonly listeners = new Set<(change: LibraryChange) => void>();

  emit(change: LibraryChange): void {
    this.version++;
    for (const listener of this.listeners) listener(change);
  }

  emitGap(): void {
    this.gaps++;
    this.emit("members");
  }

  subscribe(listener: (change: LibraryChange) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }
}

export const libraryChanges = new LibraryChanges();

/** The live events would tell the lists too; this is sooner. */
export async function tellLists<Done>(isDone: Promise<Done>, change: LibraryChange = "members"): Promise<Done> {
  const done = await isDone;
  libraryChanges.emit(change);
  return done;
}
