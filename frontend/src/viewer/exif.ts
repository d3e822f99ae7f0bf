import type { MediaDetails } from "./documents";

/** All metadata as label and text, whatever the server has read from the file. */
export function exifEntries(exif: unknown): [string, string][] {
  if (typeof exif !== "object" || exif === null) return [];
  return Object.entries(exif)
    .filter(([, value]) => value !== null && value !== "")
    .map(([name, value]): [string, string] => [name, typeof value === "object" ? JSON.stringify(value) : String(value)])
    .toSorted(([a], [b]) => a.localeCompare(b));
}

export function cameraName({ make, model }: NonNullable<MediaDetails["camera"]>): string | undefined {
  if (!make || !model) return model ?? make ?? undefined;
  // Most makers write their name into the model too.
  const first = make.split(" ")[0] ?? make;
  return model.toLowerCase().startsWith(first.toLowerCase()) ? model : `${make} ${model}`;
}

export function exposure({ aperture, exposureTime, iso, focalLength }: NonNullable<MediaDetails["camera"]>): string | undefined {
  const parts = [
    aperture && `ƒ/${aperture}`,
    exposureTime && (exposureTime.endsWith("s") ? exposureTime : `${exposureTime} s`),
    focalLength && `${focalLength} mm`,
    iso && `ISO ${iso}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(" · ") : undefined;
}
