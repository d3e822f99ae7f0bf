import { en } from "./en";
import { chosenLanguage, languageFor } from "./language";

type Worded<Part> = Part extends string ? string : Part extends (...values: infer Values) => unknown ? (...values: Values) => string : { readonly [Name in keyof Part]: Worded<Part[Name]> };

/** What every language must have. */
export type Texts = Worded<typeof en>;

const wanted = globalThis.navigator?.languages ?? [];
const language = languageFor(chosenLanguage(), wanted);

/** For dates and numbers: the reader's own country, where it speaks the chosen language. */
export const locale = wanted.find((tag) => tag.toLowerCase().split("-")[0] === language) ?? language;

/** Only who reads German loads it. */
export const texts: Texts = language === "de" ? (await import("./de")).de : en;

globalThis.document?.documentElement.setAttribute("lang", language);
