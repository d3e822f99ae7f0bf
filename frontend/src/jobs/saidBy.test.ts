import { expect, it } from "vitest";
import { de } from "@/texts/de";
import { en } from "@/texts/en";
import type { JobSentences } from "@/texts/jobNotes";
import type { JobNote } from "./documents";
import { saidBy } from "./saidBy";

const enJobNotes = en.jobs.notes;
const deJobNotes = de.jobs.notes as JobSentences;

const note = (code: JobNote["code"], counts: JobNote["counts"] = [], name: string | null = null) => ({ note: { code, counts, name }, message: "in English", error: null });

it("says what a job came to in the reader's language", () => {
  const repaired = note("REPAIRED", [{ of: "ITEMS", count: 1200 }, { of: "FAILED", count: 2 }]);
  expect(saidBy(repaired, enJobNotes)).toBe("1,200 items repaired. 2 could not be: see their errors.");
  expect(saidBy(repaired, deJobNotes)).toBe("1.200 Elemente repariert. Bei 2 ging es nicht: Der Grund steht in ihren Details.");
  expect(saidBy(note("LEARNED", [{ of: "ITEMS", count: 1 }], "Meer"), deJobNotes)).toBe("„Meer“ gelernt: 1 Element verschlagwortet.");
});

it("lists what was found, and says that nothing was", () => {
  const found = note("CHECKED", [{ of: "ITEMS", count: 4 }, { of: "MISSING", count: 1 }, { of: "STRAY", count: 2 }]);
  expect(saidBy(found, deJobNotes)).toBe("4 Elemente geprüft: 1 Original fehlt, 2 Dateien gehören zu keinem Element.");
  expect(saidBy(note("CHECKED", [{ of: "ITEMS", count: 4 }]), deJobNotes)).toBe("4 Elemente geprüft: Alles ist da.");
  expect(saidBy(note("IMPORTED"), enJobNotes)).toBe("Nothing to import.");
});

it("leaves to the server what has no code, or one that is not known here", () => {
  expect(saidBy({ note: null, message: "3 items repaired.", error: null }, deJobNotes)).toBe("3 items repaired.");
  expect(saidBy({ note: null, message: "Reading", error: "The disk is full." }, deJobNotes)).toBe("The disk is full.");
  expect(saidBy(note("REPAIRED"), {})).toBe("in English");
});
