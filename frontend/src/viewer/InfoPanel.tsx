import { Folder, FolderPlus, MapPin, X } from "lucide-react";
import { type ReactNode, Suspense } from "react";
import { Link } from "react-router";
import { AddToFolderMenu } from "@/folders/AddToFolderMenu";
import { Button } from "@/kit/Button";
import { part } from "@/kit/part";
import { addressOf } from "@/map/address";
import { useMediaActions } from "@/media/actions";
import { formatBytes, formatDuration, formatMoment } from "@/media/format";
import { TagChips } from "@/tags/TagChips";
import { TagField } from "@/tags/TagField";
import { texts } from "@/texts";
import type { MediaDetails } from "./documents";
import { cameraName, exifEntries, exposure } from "./exif";
import { SimilarStrip } from "./SimilarStrip";
import { TakenAt } from "./TakenAt";

const PlaceDot = part(() => import("@/map/PlaceDot").then((module) => module.PlaceDot), { isSoon: false });

interface InfoPanelProps {
  media: MediaDetails;
  /** It was opened to write a tag. */
  isTagging: boolean;
}

export function InfoPanel({ media, isTagging }: InfoPanelProps) {
  const { addToFolder, removeFromFolder } = useMediaActions();
  const { camera, location, folders } = media;
  const exif = exifEntries(media.exif);
  return (
    <div className="space-y-6 p-5 text-sm">
      <header>
        <h2 className="text-base font-semibold tracking-tight break-words">{media.originalFilename}</h2>
        <TakenAt id={media.id} originalDate={media.originalDate} />
        {media.processingError && <p role="alert" className="mt-2 text-danger">{media.processingError}</p>}
        {!media.isSearchable && !media.processingError && <p className="mt-2 text-muted">{texts.viewer.notSearchable}</p>}
      </header>
      <Section title={texts.viewer.tagsSection}><TagEditor media={media} isFocused={isTagging} /></Section>
      <Section title={texts.viewer.fileSection}>
        <Facts
          facts={[
            [texts.viewer.dimensions, media.width && media.height ? `${media.width} × ${media.height}` : undefined],
            [texts.viewer.size, formatBytes(media.sizeBytes)],
            [texts.viewer.type, media.mimeType],
            [texts.viewer.duration, media.duration === null ? undefined : formatDuration(media.duration)],
            [texts.viewer.uploaded, formatMoment(media.uploadedAt)],
          ]}
        />
      </Section>
      {camera && (
        <Section title={texts.viewer.cameraSection}>
          <Facts
            facts={[
              [texts.viewer.model, cameraName(camera)],
              [texts.viewer.lens, camera.lens],
              [texts.viewer.exposure, exposure(camera)],
            ]}
          />
        </Section>
      )}
      {location && <Section title={texts.viewer.place}><PlaceLink {...location} /></Section>}
      <Section title={texts.viewer.foldersSection}>
        <div className="flex flex-wrap items-center gap-1.5">
          {folders.map(({ id, name }) => (
            <span key={id} className="flex min-h-8 max-w-full items-center rounded-full bg-sunken pl-3 pointer-coarse:min-h-11">
              <Link to={`/folders/${id}`} className="flex min-w-0 items-center gap-1.5 hover:underline"><Folder aria-hidden size={14} className="shrink-0" /><span className="truncate">{name}</span></Link>
              <button type="button" aria-label={texts.viewer.takeOut(name)} title={texts.viewer.takeOut(name)} onClick={() => void removeFromFolder({ id, name }, [media.id])} className="grid size-8 place-items-center rounded-full text-muted hover:bg-hover hover:text-ink pointer-coarse:size-10"><X aria-hidden size={14} /></button>
            </span>
          ))}
          <AddToFolderMenu onPick={(folder) => void addToFolder(folder, [media.id])} trigger={<Button icon={FolderPlus}>{texts.viewer.addToFolder}</Button>} />
        </div>
      </Section>
      {media.isSearchable && <SimilarStrip id={media.id} />}
      {exif.length > 0 && (
        <details>
          <summary className="cursor-pointer py-1 text-xs font-semibold text-muted">{texts.viewer.exifSection}</summary>
          <dl className="mt-2 text-xs">
            {exif.map(([name, value]) => (
              <div key={name} className="border-b border-line py-1.5 last:border-0"><dt className="text-muted">{name}</dt><dd className="break-words">{value}</dd></div>
            ))}
          </dl>
        </details>
      )}
    </div>
  );
}

function TagEditor({ media, isFocused }: { media: MediaDetails; isFocused: boolean }) {
  const { tag } = useMediaActions();
  const { id, tags } = media;
  const add = (name: string) => void tag([id], { add: [name] });
  return (
    <div className="space-y-2.5">
      {tags.length > 0 && <TagChips tags={tags} onRemove={(name) => void tag([id], { remove: [name] })} onConfirm={add} />}
      <TagField taken={tags.filter(({ source }) => source === "MANUAL").map(({ tag: { name } }) => name)} onAdd={add} isFocused={isFocused} />
    </div>
  );
}

/** Of a side, in degrees: some ten kilometres. */
const NEARBY = 0.1;

/** Leads to all that was taken around there. */
function PlaceLink({ latitude, longitude }: { latitude: number; longitude: number }) {
  const around = { south: latitude - NEARBY, west: longitude - NEARBY, north: latitude + NEARBY, east: longitude + NEARBY };
  return (
    <Link to={addressOf(around)} title={texts.map.here} className="group block overflow-hidden rounded-xl border border-line bg-sunken">
      <span className="block h-28"><Suspense><PlaceDot latitude={latitude} longitude={longitude} /></Suspense></span>
      <span className="flex min-h-9 items-center gap-1.5 border-t border-line bg-raised px-3 text-accent-strong underline-offset-2 group-hover:underline pointer-coarse:min-h-11">
        <MapPin aria-hidden size={14} />{latitude.toFixed(5)}, {longitude.toFixed(5)}
      </span>
    </Link>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h3 className="mb-2 text-xs font-semibold text-muted">{title}</h3>
      {children}
    </section>
  );
}

function Facts({ facts }: { facts: [string, ReactNode][] }) {
  return (
    <dl className="grid grid-cols-[6rem_1fr] gap-x-3 gap-y-1.5">
      {facts.filter(([, value]) => value).map(([name, value]) => (
        <div key={name} className="contents"><dt className="text-muted">{name}</dt><dd className="break-words">{value}</dd></div>
      ))}
    </dl>
  );
}
