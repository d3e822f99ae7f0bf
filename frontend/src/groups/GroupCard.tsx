import { Award, Layers2 } from "lucide-react";
import { Button } from "@/kit/Button";
import { cx } from "@/kit/cx";
import { useMediaActions } from "@/media/actions";
import { formatBytes, formatDate } from "@/media/format";
import { texts } from "@/texts";
import { placeholderColour } from "@/timeline/placeholder";
import { useOpenMedia } from "@/viewer/useOpenMedia";
import type { Group, GroupItem } from "./documents";
import { whyBest } from "./why";

export function GroupCard({ group, title }: { group: Group; title: string }) {
  const { trash } = useMediaActions();
  const { best, shown, members, size } = group;
  const others = members.map(({ id }) => id).filter((id) => id !== best.id);
  const reason = whyBest(best.id, shown);
  return (
    <li className="rounded-2xl border border-line bg-raised p-3 sm:p-4">
      <header className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 className="font-semibold tabular-nums">{title}</h2>
        <Button icon={Layers2} onClick={() => void trash(others)}>{texts.groups.keepBest(others.length)}</Button>
      </header>
      <ul className="flex flex-wrap gap-2">
        {shown.map((item) => <GroupTile key={item.id} item={item} reason={item.id === best.id ? [texts.groups.best, reason && texts.groups.why[reason]].filter(Boolean).join(": ") : undefined} />)}
        {size > shown.length && <li className="grid h-36 place-items-center px-4 text-sm text-muted sm:h-44">{texts.groups.moreItems(size - shown.length)}</li>}
      </ul>
    </li>
  );
}

const NARROWEST = 0.6;
const WIDEST = 2;

/** `reason` is there on the best one. */
function GroupTile({ item, reason }: { item: GroupItem; reason: string | undefined }) {
  const openMedia = useOpenMedia();
  const ratio = Math.min(WIDEST, Math.max(NARROWEST, item.width && item.height ? item.width / item.height : 1));
  const pixels = item.width && item.height ? texts.groups.pixels(item.width, item.height) : undefined;
  const facts = [pixels, formatBytes(item.sizeBytes)].filter(Boolean).join(" · ");
  return (
    <li className="max-w-full">
      <button
        type="button"
        data-media-id={item.id}
        aria-label={texts.groups.openItem(item.originalFilename, [facts, formatDate(item.originalDate), reason].filter(Boolean).join(", "))}
        onClick={() => openMedia(item.id)}
        className={cx("relative block h-36 max-w-full overflow-hidden rounded-lg sm:h-44", reason && "ring-3 ring-accent ring-offset-2 ring-offset-raised")}
        style={{ aspectRatio: ratio, backgroundColor: item.placeholder ? placeholderColour(item.placeholder) : undefined }}
      >
        <img src={item.smallUrl} alt="" loading="lazy" decoding="async" className="h-full w-full object-cover" />
        {reason && <span aria-hidden className="absolute top-1.5 left-1.5 flex max-w-[calc(100%-0.75rem)] items-center gap-1 rounded-full bg-accent px-2 py-0.5 text-xs font-medium text-on-accent"><Award size={12} className="shrink-0" /><span className="truncate">{reason}</span></span>}
      </button>
      <p aria-hidden className="mt-1.5 w-0 min-w-full truncate text-xs text-muted tabular-nums" title={`${item.originalFilename}\n${facts}`}>{facts}</p>
    </li>
  );
}
