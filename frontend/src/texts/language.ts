export const LANGUAGES = ["en", "de"] as const;
export type Language = (typeof LANGUAGES)[number];
export type LanguageChoice = Language | "system";

const KEY = "language";
const isLanguage = (value: string | null | undefined): value is Language => LANGUAGES.some((language) => language === value);

/** What was chosen in the settings of this browser; tests have no storage. */
export function chosenLanguage(): LanguageChoice {
  const stored = globalThis.localStorage?.getItem(KEY);
  return isLanguage(stored) ? stored : "system";
}

export function chooseLanguage(choice: LanguageChoice): void {
  if (choice === "system") localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, choice);
}

/** The first of the wanted languages that there are texts in. */
export function languageFor(choice: LanguageChoice, wanted: readonly string[]): Language {
  if (choice !== "system") return choice;
  return wanted.map((tag) => tag.toLowerCase().split("-")[0]).find(isLanguage) ?? "en";
}
