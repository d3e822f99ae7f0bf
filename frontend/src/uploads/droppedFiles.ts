type Entry = FileSystemEntry | File;

/** What was dropped, and the files in dropped folders, by name. To be called while the drop is being handled. */
export async function droppedFiles({ items }: DataTransfer): Promise<File[]> {
  // A transfer is empty once its event is over.
  const entries = [...items].map((item) => item.webkitGetAsEntry() ?? item.getAsFile()).filter((entry) => entry !== null);
  return (await Promise.all(entries.map(filesOf))).flat();
}

async function filesOf(entry: Entry): Promise<File[]> {
  if (entry instanceof File) return [entry];
  if (isFolder(entry)) {
    const inside = await entriesOf(entry);
    const files = await Promise.all(inside.filter(({ name }) => isMeant(name)).toSorted((a, b) => a.name.localeCompare(b.name)).map(filesOf));
    return files.flat();
  }
  return [await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject))];
}

const isFolder = (entry: FileSystemEntry): entry is FileSystemDirectoryEntry => entry.isDirectory;

/** What the system keeps in folders for itself was not meant to be sent. */
export const isMeant = (name: string): boolean => !name.startsWith(".") && !["Thumbs.db", "desktop.ini"].includes(name);

/** A browser tells them a hundred at a time. */
async function entriesOf(folder: FileSystemDirectoryEntry): Promise<FileSystemEntry[]> {
  const reader = folder.createReader();
  const all: FileSystemEntry[] = [];
  for (;;) {
    const some = await new Promise<FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return all;
    all.push(...some);
  }
}
