import { Award, CopyX, Layers2 } from "lucide-react";
import { type ReactNode, useState } from "react";
import { Button } from "@/kit/Button";
import { cx } from "@/kit/cx";
import { formatBytes, formatDate } from "@/media/format";
import { texts } from "@/texts";
import { placeholderColour } from "@/timeline/placeholder";
import { useOpenMedia } from "@/viewer/useOpenMedia";
import type { Group, GroupItem } from "./documents";
import { whyBest } from "./why";

interface GroupCardProps {
  group: Group;
  title: string;
  /** Keeps one item and parts with all others. */
  onKeep: (group: Group, kept: string) => void;
  /** For a group that claims that its items are the same. */
  onNotSame?: ((group: Group) => void) | undefined;
}

export function GroupCard({ group, title, onKeep, onNotSame }: GroupCardProps) {
  const { id, best, shown, size } = group;
  const [picked, setPicked] = useState<string>();
  const kept = picked ?? best.id;
  const why = [texts.groups.best, whyBest(group)].filter(Boolean).join(": ");
  const keepLabel = kept === best.id ? texts.groups.keepBest(size - 1) : texts.groups.keepPicked(size - 1);
  return (
    <li className="rounded-2xl border border-line bg-raised p-3 sm:p-4">
      <header className="mb-3 flex flex-wrap items-center gap-2">
        <h2 className="mr-auto font-semibold tabular-nums">{title}</h2>
        {onNotSame && <Button tone="quiet" icon={CopyX} title={texts.duplicates.notSame} onClick={() => onNotSame(group)}><span className="max-sm:sr-only">{texts.duplicates.notSame}</span></Button>}
        <Button icon={Layers2} onClick={() => onKeep(group, kept)}>{keepLabel}</Button>
      </header>
      <ul className="flex flex-wrap gap-x-3 gap-y-2">
        {shown.map((item) => (
          <GroupTile key={item.id} item={item} badge={item.id === best.id ? why : undefined} isKept={item.id === kept}>
            <input type="radio" name={id} checked={item.id === kept} aria-label={texts.groups.keep(item.originalFilename)} onChange={() => setPicked(item.id)} className="size-4 shrink-0 accent-(--accent)" />
          </GroupTile>
        ))}
        {size > shown.length && <li className="grid h-36 place-items-center px-4 text-sm text-muted sm:h-44">{texts.groups.moreItems(size - shown.length)}</li>}
      </ul>
    </li>
  );
}

const NARROWEST = 0.6;
const WIDEST = 2;

/** `badge` is there on the best one; `children` choose this one as the one to keep. */
function GroupTile({ item, badge, isKept, children }: { item: GroupItem; badge: string | undefined; isKept: boolean; children: ReactNode }) {
  const openMedia = useOpenMedia();
  const ratio = Math.min(WIDEST, Math.max(NARROWEST, item.width && item.height ? item.width / item.height : 1));
  const pixels = item.width && item.height ? texts.groups.pixels(item.width, item.height) : undefined;
  const size = formatBytes(item.sizeBytes);
  const facts = [pixels, size].filter(Boolean).join(" · ");
  return (
    <li className="max-w-full min-w-26 max-sm:max-w-[calc(50%-0.375rem)]">
      <button
        type="button"
        data-media-id={item.id}
        aria-label={texts.groups.openItem(item.originalFilename, [facts, formatDate(item.originalDate), badge].filter(Boolean).join(", "))}
        onClick={() => openMedia(item.id)}
        className={cx("relative block h-32 max-w-full overflow-hidden rounded-lg sm:h-44", isKept && "ring-3 ring-accent ring-offset-2 ring-offset-raised")}
        style={{ aspectRatio: ratio, backgroundColor: item.placeholder ? placeholderColour(item.placeholder) : undefined }}
      >
        <img src={item.smallUrl} alt="" loading="lazy" decoding="async" className="h-full w-full object-cover" />
        {badge && <span aria-hidden className="absolute top-1.5 left-1.5 flex max-w-[calc(100%-0.75rem)] items-center gap-1 rounded-full bg-accent px-2 py-0.5 text-xs font-medium text-on-accent"><Award size={12} className="shrink-0" /><span className="truncate">{badge}</span></span>}
      </button>
      <label className="flex min-h-8 w-0 min-w-full cursor-pointer items-center gap-1.5 pt-1 text-xs text-muted tabular-nums pointer-coarse:min-h-11" title={`${item.originalFilename}\n${facts}`}>
        {children}
        <span aria-hidden className="flex min-w-0 flex-wrap gap-x-1.5">
          {pixels && <span>{pixels}</span>}
          <span>{size}</span>
        </span>
      </label>
    </li>
  );
}
