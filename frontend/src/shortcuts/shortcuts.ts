import { texts } from "@/texts";

/** Every shortcut of the app, once: the handlers and the help sheet both read this table. */
export const SHORTCUTS = {
  help: { group: "everywhere", keys: ["?"], label: texts.shortcuts.help },
  palette: { group: "everywhere", keys: ["/", "Ctrl+k"], label: texts.shortcuts.palette },
  upload: { group: "everywhere", keys: ["u"], label: texts.shortcuts.upload },
  undo: { group: "everywhere", keys: ["Ctrl+z"], label: texts.shortcuts.undo },
  goLibrary: { group: "everywhere", keys: ["g p"], label: texts.shortcuts.goLibrary },
  goFavorites: { group: "everywhere", keys: ["g f"], label: texts.shortcuts.goFavorites },
  goSearch: { group: "everywhere", keys: ["g s"], label: texts.shortcuts.goSearch },
  goTags: { group: "everywhere", keys: ["g t"], label: texts.shortcuts.goTags },
  goMap: { group: "everywhere", keys: ["g m"], label: texts.shortcuts.goMap },
  goDuplicates: { group: "everywhere", keys: ["g d"], label: texts.shortcuts.goDuplicates },
  goTrash: { group: "everywhere", keys: ["g b"], label: texts.shortcuts.goTrash },
  move: { group: "grid", keys: ["ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"], label: texts.shortcuts.move },
  page: { group: "grid", keys: ["PageUp", "PageDown"], label: texts.shortcuts.page },
  ends: { group: "grid", keys: ["Home", "End"], label: texts.shortcuts.ends },
  jump: { group: "grid", keys: ["j"], label: texts.shortcuts.jump },
  open: { group: "grid", keys: ["Enter"], label: texts.shortcuts.open },
  select: { group: "grid", keys: ["x", " "], label: texts.shortcuts.select },
  extend: { group: "grid", keys: ["Shift+ArrowLeft", "Shift+ArrowRight", "Shift+ArrowUp", "Shift+ArrowDown"], label: texts.shortcuts.extend },
  selectAll: { group: "grid", keys: ["Ctrl+a"], label: texts.shortcuts.selectAll },
  clear: { group: "grid", keys: ["Escape"], label: texts.shortcuts.clear },
  trashSelection: { group: "grid", keys: ["Delete", "Backspace"], label: texts.shortcuts.trashSelection },
  previous: { group: "viewer", keys: ["ArrowLeft"], label: texts.viewer.previous },
  next: { group: "viewer", keys: ["ArrowRight"], label: texts.viewer.next },
  favorite: { group: "viewer", keys: ["f"], label: texts.viewer.favorite },
  info: { group: "viewer", keys: ["i"], label: texts.viewer.info },
  tag: { group: "viewer", keys: ["t"], label: texts.tags.add },
  addToFolder: { group: "viewer", keys: ["l"], label: texts.viewer.addToFolder },
  zoom: { group: "viewer", keys: ["z"], label: texts.viewer.zoom },
  zoomIn: { group: "viewer", keys: ["+", "="], label: texts.viewer.zoomIn },
  zoomOut: { group: "viewer", keys: ["-"], label: texts.viewer.zoomOut },
  zoomFit: { group: "viewer", keys: ["0"], label: texts.viewer.zoomFit },
  play: { group: "viewer", keys: [" "], label: texts.viewer.play },
  selectOpen: { group: "viewer", keys: ["x"], label: texts.shortcuts.select },
  similar: { group: "viewer", keys: ["s"], label: texts.viewer.similar },
  download: { group: "viewer", keys: ["D"], label: texts.viewer.download },
  trash: { group: "viewer", keys: ["Delete", "Backspace"], label: texts.viewer.trash },
  close: { group: "viewer", keys: ["Escape"], label: texts.close },
  confirm: { group: "review", keys: ["y"], label: texts.shortcuts.confirm },
  reject: { group: "review", keys: ["n"], label: texts.shortcuts.reject },
} as const satisfies Record<string, { group: keyof typeof texts.shortcuts.groups; keys: readonly string[]; label: string }>;

export type ShortcutName = keyof typeof SHORTCUTS;
export type Handlers = Partial<Record<ShortcutName, (event: KeyboardEvent) => void>>;

/** A first key waits this long for its second. */
export const CHORD_MS = 1200;

const CHORDS = new Set<string>(Object.values(SHORTCUTS).flatMap(({ keys }) => keys).filter((keys) => keys.length > 1 && keys.includes(" ")));

/**
 * Which of the handled shortcuts a key completes, after what was pressed before it.
 * The second key of a chord means nothing else, not even to those who do not handle the chord.
 */
export function shortcutFor(handlers: Handlers, previous: string | undefined, key: string): ShortcutName | undefined {
  const names = Object.keys(handlers) as ShortcutName[];
  const chord = `${previous} ${key}`;
  const wanted = CHORDS.has(chord) ? chord : key;
  return names.find((name) => SHORTCUTS[name].keys.some((candidate) => candidate === wanted));
}

/** A key as the table writes it. Shift counts where the key is no character, which shows it already. */
export function keyOf({ key, ctrlKey, metaKey, shiftKey }: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey">): string {
  if (ctrlKey || metaKey) return `Ctrl+${key.toLowerCase()}`;
  return shiftKey && key.length > 1 ? `Shift+${key}` : key;
}

/** Keys belong to a field while it is typed in, and to a film that is being wound. */
export function isTyping(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && (target.isContentEditable || target.matches("input:not([type=radio],[type=checkbox]), textarea, select, [role=slider], [role=menuitem], video"));
}

/** Not in a dialog or menu that lies over the screen. */
export function isOnScreen(target: EventTarget | null): boolean {
  return !(target instanceof Element) || !target.closest("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]");
}

const KEY_NAMES: Record<string, string> = { ArrowLeft: "←", ArrowRight: "→", ArrowUp: "↑", ArrowDown: "↓", " ": texts.shortcuts.spaceKey, Escape: "Esc", Delete: "Del", Backspace: "⌫", PageUp: "PgUp", PageDown: "PgDn", Home: "Home", End: "End", Enter: "Enter", D: "Shift D" };

export function keyName(key: string): string {
  if (key.length > 1 && key.includes(" ")) return key.split(" ").map((part) => keyName(part).toLowerCase()).join(texts.shortcuts.between);
  return key.split(/(?<=.)\+(?=.)/).map((part) => KEY_NAMES[part] ?? (part.length === 1 ? part.toUpperCase() : part)).join(" ");
}
