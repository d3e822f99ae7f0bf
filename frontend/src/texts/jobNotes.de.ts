import { countIn } from "./count";
import { countedParts, type JobSentences } from "./jobNotes";

const count = countIn("de");
const items = count("Element", "Elemente");
const failed = ({ FAILED = 0 }: { FAILED?: number }) => (FAILED > 0 ? ` Bei ${FAILED} ging es nicht: Der Grund steht in ihren Details.` : "");

/** What jobs say. */
export const deJobNotes: JobSentences = {
  AT_ITEM: ({ name }) => name,
  FINDING_ALIKE: () => "Sucht, was sich ähnelt",
  COMPARING: () => "Vergleicht alles mit allem",
  COMPARING_COPIES: ({ counts }) => `Bisher ${count("Paar", "Paare")(counts.PAIRS ?? 0)} von Duplikaten`,
  READING_ORIGINALS: () => "Liest die Originale",
  FINDING_FILES: ({ counts }) => `${count("Datei", "Dateien")(counts.FILES ?? 0)} gefunden`,
  MAKING_PLAYABLE: ({ counts, name }) => `Macht ${name} abspielbar: ${counts.PERCENT ?? 0} %`,
  ADDING: ({ name }) => `Fügt ${name} hinzu`,
  ARRANGING: () => "Legt Ordner an und lernt Schlagwörter",
  REPAIRED: ({ counts }) => `${items(counts.ITEMS ?? 0)} repariert.${failed(counts)}`,
  REEMBEDDED: ({ counts }) => `Vektoren von ${count("Element", "Elementen")(counts.ITEMS ?? 0)} erneuert.${failed(counts)}`,
  PURGED: ({ counts }) => `${items(counts.ITEMS ?? 0)} aus dem Papierkorb gelöscht.`,
  LINKED: ({ counts }) => `${count("Verbindung", "Verbindungen")(counts.LINKS ?? 0)} zwischen ähnlichen Elementen gefunden.`,
  COPIES_FOUND: ({ counts }) => `${items(counts.ITEMS ?? 0)} verglichen, ${count("Paar", "Paare")(counts.PAIRS ?? 0)} von Duplikaten gefunden.`,
  CHECKED: ({ counts }) => {
    const flaws = countedParts(counts, {
      DATABASE: count("Fehler in der Datenbank", "Fehler in der Datenbank"), MISSING: count("Original fehlt", "Originale fehlen"), CHANGED: count("Original ist verändert", "Originale sind verändert"),
      UNREADABLE: count("Original ist nicht lesbar", "Originale sind nicht lesbar"), UNPROCESSED: count("Element ließ sich nicht verarbeiten", "Elemente ließen sich nicht verarbeiten"),
      THUMBNAILS: count("Element ohne Vorschaubilder", "Elemente ohne Vorschaubilder"), VECTORS: count("Element ohne den Vektor, der es findbar macht", "Elemente ohne den Vektor, der sie findbar macht"),
      STRAY: count("Datei gehört zu keinem Element", "Dateien gehören zu keinem Element"),
    });
    return `${items(counts.ITEMS ?? 0)} geprüft: ${flaws.join(", ") || "Alles ist da"}.`;
  },
  IMPORTED: ({ counts }) => {
    const parts = countedParts(counts, { ADDED: (n) => `${n} hinzugefügt`, KNOWN: (n) => `${n} schon vorhanden`, SAME_PICTURE: (n) => `${n} mit einem Bild, das schon da ist`, REJECTED: (n) => `${n} abgelehnt` });
    return parts.length > 0 ? `${parts.join(", ")}.` : "Nichts zu importieren.";
  },
  MADE_PLAYABLE: ({ counts }) => `${count("Video", "Videos")(counts.VIDEOS ?? 0)} abspielbar gemacht.${failed(counts)}`,
  FILLED: ({ counts }) => `${count("Bild", "Bilder")(counts.PICTURES ?? 0)} hinzugefügt.`,
  LEARNED: ({ counts, name }) => `„${name}“ gelernt: ${items(counts.ITEMS ?? 0)} verschlagwortet.`,
  LEARNED_THINLY: ({ name }) => `„${name}“ gelernt, aber noch nichts danach verschlagwortet: Die Beispiele heben sich nicht genug ab.`,
  APPLIED: ({ counts, name }) => `„${name}“ angewandt: ${items(counts.ITEMS ?? 0)} verschlagwortet.`,
  ALL_APPLIED: ({ counts }) => `${count("Schlagwort", "Schlagwörter")(counts.TAGS ?? 0)} auf ${items(counts.ITEMS ?? 0)} angewandt.`,
  INTERRUPTED: () => "Unterbrochen: Der Prozess endete vor der Arbeit. Starten Sie sie noch einmal, dann geht es dort weiter.",
  FAILED_INSIDE: () => "Ein innerer Fehler; das Protokoll des Servers nennt den Grund.",
};
