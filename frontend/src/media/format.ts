import { locale } from "@/texts";

const dates = new Intl.DateTimeFormat(locale, { dateStyle: "long", timeZone: "UTC" });
const datesWithTime = new Intl.DateTimeFormat(locale, { dateStyle: "full", timeStyle: "short", timeZone: "UTC" });
const moments = new Intl.DateTimeFormat(locale, { dateStyle: "medium", timeStyle: "short" });
const months = new Intl.DateTimeFormat(locale, { month: "long", year: "numeric", timeZone: "UTC" });
const numbers = new Intl.NumberFormat(locale);
const percents = new Intl.NumberFormat(locale, { style: "percent" });
const decimals = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 });

// Cameras record wall-clock time without a zone and the server keeps it as UTC: shown in any other
// zone, an evening photo would move to the next day.
export const formatDate = (iso: string) => dates.format(new Date(iso));
export const formatDateTime = (iso: string) => datesWithTime.format(new Date(iso));
/** Of something that happened here, in the reader's own zone. */
export const formatMoment = (iso: string) => moments.format(new Date(iso));
export const formatNumber = (value: number) => numbers.format(value);
export const formatPercent = (value: number) => percents.format(value / 100);

export function formatBucket(key: string): string {
  const [year, month] = key.split("-").map(Number);
  return year && month ? months.format(new Date(Date.UTC(year, month - 1))) : key;
}

const UNITS = ["bytes", "kB", "MB", "GB", "TB"] as const;

export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(UNITS.length - 1, Math.floor(Math.log10(bytes) / 3));
  return `${decimals.format(bytes / 1000 ** power)} ${UNITS[power]}`;
}

export function formatDuration(seconds: number): string {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60];
  const shown = parts[0] === 0 ? parts.slice(1) : parts;
  return shown.map((part, index) => (index === 0 ? String(part) : String(part).padStart(2, "0"))).join(":");
}
