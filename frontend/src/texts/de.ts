import type { Texts } from ".";
import type { JobSentences } from "./jobNotes";

const count = (one: string, many: string) => (value: number) => `${new Intl.NumberFormat("de").format(value)} ${value === 1 ? one : many}`;
const number = (value: number) => new Intl.NumberFormat("de").format(value);
const items = count("Element", "Elemente");
const unmended = ({ FAILED = 0 }: { FAILED?: number }) => (FAILED > 0 ? ` Bei ${FAILED} ging es nicht: Der Grund steht in ihren Details.` : "");

/** Imports nothing that runs: the app waits for this file, which would then wait for the app. */
export const de: Texts = {
  appName: "GalleryNet",
  skipToContent: "Zum Inhalt springen",
  items,
  cancel: "Abbrechen", save: "Speichern",
  close: "Schließen",
  retry: "Noch einmal versuchen",
  undo: "Rückgängig",
  remove: "Entfernen",
  loading: "Wird geladen",
  navigation: {
    label: "Hauptmenü", quick: "Schnellzugriff", menu: "Menü", sidebar: "Seitenleiste", open: "Menü öffnen", close: "Menü schließen", library: "Bibliothek", favorites: "Favoriten", search: "Ähnliche", tags: "Schlagwörter",
    groups: "Gruppen", duplicates: "Duplikate", map: "Karte", trash: "Papierkorb", jobs: "Aufgaben", statistics: "Statistik", settings: "Einstellungen", manage: "Verwalten", api: "API-Explorer", signOut: "Abmelden",
  },
  theme: { label: "Farbschema", light: "Hell", dark: "Dunkel", system: "System" },
  media: { photo: "Foto", video: "Video", favorite: "Favorit", taggedWith: (names) => `Schlagwörter ${names.join(", ")}`, thumbnailFailed: "Keine Vorschau" },
  library: {
    title: "Bibliothek", grid: "Fotos und Videos", menu: "Bibliothek bearbeiten",
    empty: "Noch keine Fotos", emptyHint: "Ziehen Sie Dateien in dieses Fenster, oder wählen Sie sie hier aus.", touchHint: "Wählen Sie welche von diesem Gerät aus.",
    noMatch: "Nichts passt", noMatchHint: "Kein Foto oder Video passt zu diesen Filtern.", clearFilters: "Filter löschen",
    failed: "Die Bibliothek konnte nicht geladen werden",
    all: "Alle", photos: "Fotos", videos: "Videos", type: "Art", find: "Name, Schlagwort oder Kamera", findLabel: "In der Bibliothek suchen",
    sort: "Reihenfolge", sorts: { newest: "Neueste zuerst", oldest: "Älteste zuerst", added: "Zuletzt hinzugefügt", name: "Name", largest: "Größte zuerst", smallest: "Kleinste zuerst" },
    scrubber: "Zu einem Datum", jump: "Zu einem Datum", jumpDay: "Tag", jumpGo: "Los", added: (value) => `${number(value)} neue`,
    tileSize: "Kachelgröße", removeFilter: (name) => `Filter ${name} entfernen`, tagFilterTitle: "Nach Schlagwörtern filtern", findTag: "Ein Schlagwort suchen",
  },
  favorites: { title: "Favoriten", empty: "Noch keine Favoriten", emptyHint: "Drücken Sie auf das Herz eines Fotos, oder F, während es offen ist." },
  folders: {
    title: "Ordner", create: "Neuer Ordner", name: "Name des Ordners", save: "Anlegen", empty: "Dieser Ordner ist leer", emptyHint: "Ziehen Sie Dateien hierher, oder fügen Sie Fotos aus der Bibliothek hinzu.", touchHint: "Wählen Sie Dateien aus, oder fügen Sie Fotos aus der Bibliothek hinzu.",
    none: "Noch keine Ordner", missing: "Diesen Ordner gibt es nicht", missingHint: "Er wurde vielleicht gelöscht.", toLibrary: "Zur Bibliothek",
    group: "Nach Ähnlichkeit gruppieren", menu: "Ordner bearbeiten", rename: "Umbenennen", renameSave: "Speichern", delete: "Ordner löschen", deleted: (name) => `Der Ordner „${name}“ wurde gelöscht. Seine Fotos bleiben.`,
    added: (name, value) => `${items(value)} zu „${name}“ hinzugefügt`, alreadyIn: (name, value) => `${items(value)} schon in „${name}“`, removed: (name, value) => `${items(value)} aus „${name}“ genommen`, moved: (name, value) => `${items(value)} nach „${name}“ verschoben`,
    moveUp: "Nach oben", moveDown: "Nach unten", actionsOf: (name) => `${name} bearbeiten`, restored: (name) => `Der Ordner „${name}“ ist wieder da`,
    fill: "Aus der Bibliothek hinzufügen", addTo: (name) => `Zu „${name}“ hinzufügen`, filling: (name) => `Wählen Sie aus, was zu „${name}“ soll`, done: "Fertig",
  },
  tags: {
    title: "Schlagwörter", empty: "Noch keine Schlagwörter", emptyHint: "Öffnen Sie ein Foto und vergeben Sie eins. Aus wenigen Beispielen lernt GalleryNet es.", failed: "Die Schlagwörter konnten nicht geladen werden",
    intro: "Vergeben Sie ein Schlagwort an ein paar Fotos und drücken Sie „Lernen“: GalleryNet vergibt es an die anderen, die passen, und kennzeichnet sie als gelernt.",
    manual: (value) => `${value} von Ihnen`, auto: (value) => `${value} gelernt`, learn: "Lernen", learning: "Lernt …", learnAll: "Alle lernen", learnAllHint: "Lernt jedes Schlagwort mit genug Beispielen und vergibt sie in der ganzen Bibliothek.",
    learnedAll: (tags, given) => (tags === 0 ? "Noch hat kein Schlagwort genug Beispiele" : `${count("Schlagwort", "Schlagwörter")(tags)} gelernt, ${number(given)}-mal vergeben`), learnLabel: (name) => `„${name}“ lernen`,
    learned: (name, tagged) => `„${name}“ gelernt: ${items(tagged)} verschlagwortet`,
    add: "Schlagwort hinzufügen", addLabel: "Schlagwort hinzufügen", create: (name) => `„${name}“ anlegen`, removeLabel: (name) => `Schlagwort ${name} entfernen`,
    veryLikely: "sehr wahrscheinlich", likely: "wahrscheinlich", autoTitle: (likeliness, percent) => `Gelernt: ${likeliness} (${percent})`, confirm: (name) => `Schlagwort ${name} bestätigen`,
    stale: "Beispiele haben sich geändert", rightness: (percent) => `in ${percent} der Fälle richtig`, show: (name) => `${name} zeigen`,
  },
  search: {
    title: "Ähnliche", intro: "Finden, was ähnlich aussieht", introHint: "Ziehen Sie ein Bild hierher, wählen Sie eins aus, oder nehmen Sie „Ähnliche finden“ an einem Foto der Bibliothek. Ein gezogenes Bild wird nicht aufgenommen.", touchHint: "Wählen Sie ein Bild aus, oder nehmen Sie „Ähnliche finden“ an einem Foto der Bibliothek. Ein ausgewähltes Bild wird nicht aufgenommen.",
    pick: "Bild auswählen", minimum: "Ähnlichkeit mindestens", reference: "Vergleichsbild", referenceDropped: "Eigenes Bild", failed: "Die Suche ist fehlgeschlagen",
    empty: "Nichts ist so ähnlich", emptyHint: "Senken Sie die Ähnlichkeit, um mehr zu sehen.", results: "Ähnliche Fotos", found: (value) => `${items(value)} gefunden`,
    searching: "Sucht ähnliche Bilder …", gone: "Dieses Vergleichsbild ist nicht mehr da", goneHint: "Eigene Bilder werden eine Stunde lang behalten. Ziehen Sie es noch einmal hierher.", more: "Mehr zeigen",
    words: "Was zu sehen sein soll", wordsHint: "Ein Hund am Strand", find: "Suchen", fromLibrary: "Aus der Bibliothek wählen", picking: "Wählen Sie ein Bild, um Ähnliche zu finden",
  },
  viewer: {
    label: "Ansicht", previous: "Zurück", next: "Weiter", info: "Details", favorite: "Favorit", unfavorite: "Aus Favoriten entfernen", similar: "Ähnliche finden", download: "Original herunterladen",
    trash: "In den Papierkorb", failed: "Dieses Element konnte nicht geladen werden", missing: "Dieses Element ist nicht da", missingHint: "Es wurde vielleicht gelöscht.",
    trashed: (value) => `${items(value)} in den Papierkorb gelegt`, restored: "Wiederhergestellt", position: (index, total) => `${number(index)} von ${number(total)}`,
    fileSection: "Datei", cameraSection: "Kamera", tagsSection: "Schlagwörter", foldersSection: "Ordner", exifSection: "Alle Metadaten",
    size: "Größe", dimensions: "Maße", type: "Art", uploaded: "Hinzugefügt", taken: "Aufgenommen", model: "Kamera", lens: "Objektiv", exposure: "Belichtung", place: "Ort", duration: "Länge", addToFolder: "Zu Ordner hinzufügen",
    notPlayable: "Browser können dieses Video nicht abspielen. Laden Sie es herunter, um es anzusehen.", notPlayableYet: "Dieses Video wird abspielbar gemacht …",
    zoom: "Zoom", zoomIn: "Vergrößern", zoomOut: "Verkleinern", zoomFit: "An das Fenster anpassen", play: "Abspielen oder anhalten", filmstrip: "Davor und danach", similarSection: "Ähnliche", similarAll: "Alle zeigen", takeOut: (name) => `Aus „${name}“ nehmen`,
    changeDate: "Datum ändern",
    notSearchable: "Noch nicht in der Ähnlichkeitssuche",
  },
  uploads: {
    upload: "Hochladen", pick: "Dateien hochladen", panel: "Uploads", dropTo: (name) => `Loslassen: hinzufügen zu ${name}`, dropToSearch: "Loslassen: ähnliche Bilder finden", unreadable: "Was hierher gezogen wurde, ist nicht lesbar.",
    added: "Hinzugefügt", duplicate: "Schon vorhanden", rejected: "Nicht hinzugefügt", queued: "Wartet", processing: "Wird verarbeitet …", cancelled: "Abgebrochen", open: "Zeigen", retryAll: "Fehlgeschlagene wiederholen", cancelAll: "Alle abbrechen", clear: "Fertige entfernen",
    collapse: "Einklappen", expand: "Ausklappen", running: (done, total) => `${number(done)} von ${number(total)} fertig`,
    finished: (added, duplicates, failed) => [`${number(added)} hinzugefügt`, duplicates > 0 && `${number(duplicates)} schon vorhanden`, failed > 0 && `${number(failed)} fehlgeschlagen`].filter(Boolean).join(", "),
    more: (value) => `und ${value} weitere`, retryOne: (name) => `${name} wiederholen`, cancelOne: (name) => `${name} abbrechen`,
  },
  actions: {
    dated: (day) => `Auf den ${day} datiert`,
    nothingToUndo: "Es gibt nichts rückgängig zu machen", progress: (percent) => `In Arbeit … ${percent}`,
    tagged: (name, value) => `„${name}“ an ${items(value)} vergeben`, untagged: (name, value) => `„${name}“ von ${items(value)} entfernt`,
  },
  palette: {
    title: "Alles finden", placeholder: "Eine Ansicht, ein Ordner, ein Schlagwort oder ein Name", screens: "Gehe zu", folders: "Ordner", tags: "Schlagwörter", commands: "Tun",
    findText: (text) => `„${text}“ in der Bibliothek suchen`, help: "Tastenkürzel", nothing: "Nichts passt",
  },
  selection: {
    select: "Auswählen", deselect: "Abwählen", bar: "Auswahl", number, count: (value) => `${number(value)} ausgewählt`, section: (name) => `${name} auswählen`, clear: "Auswahl aufheben", favorite: "Favorit", tag: "Schlagwort", folder: "Zu Ordner hinzufügen", trash: "Papierkorb",
    unfavorite: "Aus Favoriten entfernen", download: "Herunterladen", similar: "Ähnliche finden", more: "Weitere Aktionen", removeFromFolder: "Aus diesem Ordner nehmen", selectAll: "Alles auswählen", tagChange: "Was mit dem Schlagwort geschieht", addTag: "Hinzufügen", removeTag: "Abnehmen",
  },
  session: { title: "Willkommen zurück", hint: "Diese Galerie ist durch ein Passwort geschützt.", password: "Passwort", signIn: "Anmelden", signingIn: "Meldet an …", wrong: "Das ist nicht das Passwort.", tooMany: "Zu viele falsche Passwörter.", wait: (time: string) => `Neuer Versuch in ${time} möglich` },
  server: { title: "Server", photos: count("Foto", "Fotos"), videos: count("Video", "Videos"), used: (used) => `${used} an Originalen`, free: (free) => `${free} frei`, disk: "Belegter Speicher", version: (version) => `Version ${version}` },
  live: { lost: "Verbindung verloren. Verbindet neu …", now: "Jetzt versuchen" },
  shortcuts: {
    title: "Tastenkürzel", help: "Diese Liste zeigen", upload: "Dateien hochladen", palette: "Alles finden", undo: "Rückgängig", page: "Eine Seite auf oder ab", ends: "Anfang und Ende", jump: "Zu einem Datum", extend: "Einen Bereich auswählen", selectAll: "Alles auswählen",
    clear: "Auswahl aufheben", trashSelection: "Die Auswahl in den Papierkorb", spaceKey: "Leertaste", between: " dann ", goLibrary: "Zur Bibliothek", goFavorites: "Zu den Favoriten", goSearch: "Zur Ähnlichkeitssuche",
    goTags: "Zu den Schlagwörtern", goMap: "Zur Karte", goDuplicates: "Zu den Duplikaten", goTrash: "Zum Papierkorb", confirm: "Ja, es passt", reject: "Nein, es passt nicht", move: "Bewegen", open: "Öffnen", select: "Auswählen",
    groups: { everywhere: "Überall", grid: "Im Raster", viewer: "In der Ansicht", review: "Beim Prüfen eines Schlagworts" },
  },
  trash: {
    title: "Papierkorb", empty: "Der Papierkorb ist leer", emptyHint: "Was Sie in den Papierkorb legen, bleibt hier 30 Tage.", grid: "Fotos und Videos im Papierkorb",
    note: "Elemente werden nach 30 Tagen hier endgültig gelöscht.", daysLeft: (days) => (days < 1 ? "heute" : days === 1 ? "noch 1 Tag" : `noch ${days} Tage`),
    restore: "Wiederherstellen", restored: (value) => `${items(value)} wiederhergestellt`, deleteForGood: "Endgültig löschen", deleteNow: "Löschen",
    deleteQuestion: (value) => `${items(value)} endgültig löschen?`, deleteHint: "Das kann nicht rückgängig gemacht werden: die Originale werden von der Festplatte gelöscht.",
    deleted: (value) => `${items(value)} endgültig gelöscht`, emptyTrash: "Papierkorb leeren", emptyQuestion: (value) => `Alle ${items(value)} im Papierkorb endgültig löschen?`,
  },
  groups: {
    title: "Gruppen", intro: "Fotos, die ähnlich aussehen, beieinander. Eine höhere Ähnlichkeit gibt kleinere Gruppen.", minimum: "Ähnlichkeit mindestens",
    empty: "Keine Gruppen bei dieser Ähnlichkeit", emptyHint: "Senken Sie die Ähnlichkeit, um mehr zu sehen.", failed: "Die Gruppen konnten nicht geladen werden", working: "Vergleicht Bilder …",
    count: count("Gruppe", "Gruppen"), size: (value) => `${value} ähnliche`, keepBest: (value) => `Bestes behalten, ${value} in den Papierkorb`, best: "Bestes", more: "Mehr zeigen", moreItems: (value) => `und ${value} weitere`,
    openItem: (name, facts) => `${name} öffnen, ${facts}`, pixels: (width, height) => `${width} × ${height}`,
    why: { FAVORITE: "Favorit", PIXELS: "meiste Pixel", SHARPNESS: "am schärfsten", FILE_SIZE: "größte Datei", DATE: "am ältesten" },
    keepPicked: (value) => `Gewähltes behalten, ${value} in den Papierkorb`, keep: (name) => `${name} behalten`, inFolder: (name) => `In „${name}“`,
    linkage: "Gruppierung", linkages: { SINGLE: "Weit", AVERAGE: "Mittel", COMPLETE: "Eng" },
  },
  duplicates: {
    title: "Duplikate", intro: "Dasselbe Bild, mehrmals vorhanden: kleinere Kopien, andere Formate, leicht bearbeitet. Nichts wird entfernt, ohne dass Sie es sagen.",
    empty: "Keine Duplikate", emptyHint: "Jedes Bild ist einmal da.", failed: "Die Duplikate konnten nicht geladen werden", size: (value) => `${value} Kopien`,
    kind: "Was gesucht wird", copies: "Kopien", moments: "Derselbe Moment", notSame: "Nicht dasselbe", marked: "Sie gelten nicht mehr als dasselbe Bild",
    scan: "Neu suchen", scanHint: "Vergleicht alles in der Bibliothek noch einmal.", scanning: "Sucht nach Duplikaten …",
  },
  moments: {
    intro: "Aufnahmen kurz nacheinander, die sich ähneln. Behalten Sie von jeder Gruppe die beste oder die, die Sie wählen.",
    empty: "Keine Aufnahmen desselben Moments", emptyHint: "Serien und zweite Versuche zeigen sich hier.", failed: "Die Aufnahmen konnten nicht geladen werden", size: (value) => `${value} Aufnahmen`,
  },
  jobs: {
    title: "Aufgaben", empty: "Noch keine Aufgaben", emptyHint: "Was eine Weile dauert, etwa eine Reparatur, zeigt sich hier.", failed: "Die Aufgaben konnten nicht geladen werden", list: "Aufgaben, neueste zuerst",
    check: "Originale prüfen", checkHint: "Liest jedes Original und vergleicht es mit dem, was hereinkam.", repair: "Bibliothek reparieren", repairHint: "Stellt fehlende Vorschaubilder, Prüfsummen und Vektoren wieder her.", cancel: "Abbrechen", cancelLabel: (kind) => `${kind} abbrechen`, progress: (kind) => `Fortschritt: ${kind}`,
    steps: (done, total) => (total === null ? `${done} erledigt` : `${done} von ${total}`),
    states: { QUEUED: "Wartet", RUNNING: "Läuft", SUCCEEDED: "Fertig", FAILED: "Fehlgeschlagen", CANCELLED: "Abgebrochen" },
    kinds: {
      REPAIR: "Reparatur", AUTO_TAG: "Gelernte Schlagwörter vergeben", LEARN_TAG: "Schlagwort lernen", IMPORT: "Import", REEMBED: "Vektoren erneuern", DUPLICATE_SCAN: "Duplikate suchen",
      INTEGRITY_CHECK: "Dateien prüfen", PURGE_TRASH: "Alten Papierkorb leeren", DEMO: "Beispielbibliothek", SIMILAR_GROUPS: "Ähnliche Bilder gruppieren", VIDEO_PREVIEW: "Videos abspielbar machen",
    },
    notes: {
      AT_ITEM: ({ name }) => name,
      FINDING_ALIKE: () => "Sucht, was sich ähnelt",
      COMPARING: () => "Vergleicht alles mit allem",
      COMPARING_COPIES: ({ counts }) => `Bisher ${count("Paar", "Paare")(counts.PAIRS ?? 0)} von Duplikaten`,
      READING_ORIGINALS: () => "Liest die Originale",
      FINDING_FILES: ({ counts }) => `${count("Datei", "Dateien")(counts.FILES ?? 0)} gefunden`,
      MAKING_PLAYABLE: ({ counts, name }) => `Macht ${name} abspielbar: ${counts.PERCENT ?? 0} %`,
      ADDING: ({ name }) => `Fügt ${name} hinzu`,
      ARRANGING: () => "Legt Ordner an und lernt Schlagwörter",
      REPAIRED: ({ counts }) => `${items(counts.ITEMS ?? 0)} repariert.${unmended(counts)}`,
      REEMBEDDED: ({ counts }) => `Vektoren von ${count("Element", "Elementen")(counts.ITEMS ?? 0)} erneuert.${unmended(counts)}`,
      PURGED: ({ counts }) => `${items(counts.ITEMS ?? 0)} aus dem Papierkorb gelöscht.`,
      LINKED: ({ counts }) => `${count("Verbindung", "Verbindungen")(counts.LINKS ?? 0)} zwischen ähnlichen Elementen gefunden.`,
      COPIES_FOUND: ({ counts }) => `${items(counts.ITEMS ?? 0)} verglichen, ${count("Paar", "Paare")(counts.PAIRS ?? 0)} von Duplikaten gefunden.`,
      CHECKED: ({ counts, each }) => {
        const flaws = each({
          DATABASE: count("Fehler in der Datenbank", "Fehler in der Datenbank"), MISSING: count("Original fehlt", "Originale fehlen"), CHANGED: count("Original ist verändert", "Originale sind verändert"),
          UNREADABLE: count("Original ist nicht lesbar", "Originale sind nicht lesbar"), UNPROCESSED: count("Element ließ sich nicht verarbeiten", "Elemente ließen sich nicht verarbeiten"),
          THUMBNAILS: count("Element ohne Vorschaubilder", "Elemente ohne Vorschaubilder"), VECTORS: count("Element ohne den Vektor, der es findbar macht", "Elemente ohne den Vektor, der sie findbar macht"),
          STRAY: count("Datei gehört zu keinem Element", "Dateien gehören zu keinem Element"),
        });
        return `${items(counts.ITEMS ?? 0)} geprüft: ${flaws || "Alles ist da"}.`;
      },
      IMPORTED: ({ each }) => {
        const parts = each({ ADDED: (n) => `${n} hinzugefügt`, KNOWN: (n) => `${n} schon vorhanden`, SAME_PICTURE: (n) => `${n} mit einem Bild, das schon da ist`, REJECTED: (n) => `${n} abgelehnt` });
        return parts ? `${parts}.` : "Nichts zu importieren.";
      },
      MADE_PLAYABLE: ({ counts }) => `${count("Video", "Videos")(counts.VIDEOS ?? 0)} abspielbar gemacht.${unmended(counts)}`,
      FILLED: ({ counts }) => `${count("Bild", "Bilder")(counts.PICTURES ?? 0)} hinzugefügt.`,
      LEARNED: ({ counts, name }) => `„${name}“ gelernt: ${items(counts.ITEMS ?? 0)} verschlagwortet.`,
      LEARNED_THINLY: ({ name }) => `„${name}“ gelernt, aber noch nichts danach verschlagwortet: Die Beispiele heben sich nicht genug ab.`,
      APPLIED: ({ counts, name }) => `„${name}“ angewandt: ${items(counts.ITEMS ?? 0)} verschlagwortet.`,
      ALL_APPLIED: ({ counts }) => `${count("Schlagwort", "Schlagwörter")(counts.TAGS ?? 0)} auf ${items(counts.ITEMS ?? 0)} angewandt.`,
      INTERRUPTED: () => "Unterbrochen: Der Prozess endete vor der Arbeit. Starten Sie sie noch einmal, dann geht es dort weiter.",
      FAILED_INSIDE: () => "Ein innerer Fehler; das Protokoll des Servers nennt den Grund.",
    } satisfies JobSentences,
  },
  downloads: {
    title: "Downloads", download: "Herunterladen", everything: "Alles herunterladen", folder: "Ordner herunterladen", library: "Bibliothek", selection: items,
    planning: "Wird vorbereitet …", done: "Heruntergeladen", failed: "Unterbrochen", cancelled: "Abgebrochen", handed: "Ihr Browser lädt es herunter",
    progress: (received, total) => `${received} von ${total}`, part: (index, total) => `Teil ${index} von ${total}`, files: count("Datei", "Dateien"),
    cancel: (label) => `Download von ${label} abbrechen`, resume: "Fortsetzen", nothing: "Es gibt nichts herunterzuladen.", clear: "Entfernen", collapse: "Einklappen", expand: "Ausklappen",
  },
  statistics: {
    title: "Statistik", failed: "Die Statistik konnte nicht geladen werden", photos: "Fotos", videos: "Videos", originals: "Originale", favorites: "Favoriten", places: "Mit Ort", trash: "Im Papierkorb",
    untagged: "Ohne Schlagwort", disk: "Festplatte", diskUsed: (used, total) => `${used} von ${total} belegt`, byYear: "Nach Jahr", byTag: "Nach Schlagwort", byFolder: "Nach Ordner", none: "Noch nichts zu zählen.",
  },
  settings: {
    title: "Einstellungen", appearance: "Aussehen", theme: "Farbschema", density: "Kachelgröße", densityHint: "Höhe der Zeilen im Raster.", motion: "Bewegung", motionFull: "Wie das System", motionReduced: "Reduziert",
    language: "Sprache", languageSystem: "System", languageHint: "Die Seite wird neu geladen.", sessions: "Sitzungen", openGallery: "Diese Galerie hat kein Passwort. Mit GALLERY_PASSWORD fragt sie nach einem.",
    signOut: "Abmelden", signOutEverywhere: "Überall abmelden", signOutHint: "Beendet jede Sitzung, auf jedem Gerät.", about: "Über", version: "Version", model: "Modell", formats: "Formate", largest: "Größte Datei", shortcuts: "? zeigt die Tastenkürzel.", api: "API-Explorer",
  },
  map: {
    title: "Karte", label: "Weltkarte", failed: "Die Karte konnte nicht geladen werden", empty: "Kein Foto hat einen Ort", emptyHint: "Orte kommen aus der GPS-Position, die Telefone und manche Kameras in Fotos schreiben.",
    place: (value, position) => `${items(value)} bei ${position}`, zoomIn: "Vergrößern", zoomOut: "Verkleinern", reset: "Ganze Welt", here: "Hier aufgenommen", nothingHere: "Hier wurde nichts aufgenommen", back: "Zurück zur Karte",
    north: (degrees) => `${degrees}° N`, south: (degrees) => `${degrees}° S`, east: (degrees) => `${degrees}° O`, west: (degrees) => `${degrees}° W`,
  },
  tag: {
    missing: "Dieses Schlagwort gibt es nicht", missingHint: "Es wurde vielleicht umbenannt, zusammengeführt oder gelöscht.", toTags: "Alle Schlagwörter", menu: "Schlagwort bearbeiten", rename: "Umbenennen", name: "Name des Schlagworts", save: "Speichern",
    merge: "Zusammenführen mit …", mergeHint: "Alle Elemente und Beispiele gehen an das andere Schlagwort; dieses verschwindet.", mergeName: "Mit welchem Schlagwort", merged: (from, into) => `„${from}“ ist jetzt „${into}“`,
    delete: "Schlagwort löschen", deleteQuestion: (name) => `Das Schlagwort „${name}“ löschen?`, deleteHint: "Es wird von jedem Element genommen, und was gelernt wurde, ist vergessen. Die Elemente bleiben.", deleted: (name) => `Das Schlagwort „${name}“ wurde gelöscht`,
    failed: "Das Schlagwort konnte nicht geladen werden", notLearned: "Noch nicht gelernt. Vergeben Sie es an ein paar passende Fotos und drücken Sie „Lernen“.", precision: "Richtig bei", recall: "Findet", ofAll: (percent) => `${percent} von allem, was passt`, ofTagged: (percent) => `${percent} von dem, was es bekommt`,
    examples: "Gelernt aus", exampleCounts: (positives, negatives) => `${positives} passenden, ${negatives} anderen`, trained: "Gelernt am", unknown: "zu wenige Beispiele, um es zu sagen",
    review: "Prüfen", reviewQuestion: (name) => `Ist das „${name}“?`, yes: "Ja", no: "Nein", confidence: (percent) => `zu ${percent} sicher`, because: "Wegen", reviewDone: "Nichts zu prüfen", reviewDoneHint: "Aus jeder Antwort lernt das Schlagwort. „Lernen“ verwendet sie.",
    answered: count("Antwort", "Antworten"), automatic: "Automatisch vergeben", noneAutomatic: "Noch nichts wird automatisch verschlagwortet.", showAll: "Alle Elemente zeigen",
  },
  demo: { offer: "Mit einer Beispielbibliothek ausprobieren", started: "Die Beispielbibliothek wird angelegt", failed: "Die Beispielbibliothek konnte nicht angelegt werden" },
  notFound: { page: "Nicht gefunden", title: "Diese Seite gibt es nicht", hint: "Die Adresse ist vielleicht falsch geschrieben." },
  errors: {
    codes: {
      UNSUPPORTED_MEDIA: "Die Datei ist kein Bild oder Video, das gelesen werden kann, oder sie ist beschädigt.", PAYLOAD_TOO_LARGE: "Die Datei ist zu groß.",
      NOT_FOUND: "Das ist nicht mehr da.",
    },
    unreachable: "Der Server ist nicht erreichbar.", unknown: "Etwas ist schiefgegangen.", crashed: "Dieser Teil der Seite ist ausgefallen", reload: "Neu laden",
  },
};
