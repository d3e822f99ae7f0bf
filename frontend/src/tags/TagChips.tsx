import { Check, Sparkles, X } from "lucide-react";
import { cx } from "@/kit/cx";
import { formatPercent } from "@/media/format";
import type { TileMedia } from "@/media/tileMedia";
import { texts } from "@/texts";
import { likeliness } from "./likeliness";

interface TagChipsProps {
  tags: TileMedia["tags"];
  onRemove: (name: string) => void;
  /** Makes a learned tag the user's own. */
  onConfirm: (name: string) => void;
}

export function TagChips({ tags, onRemove, onConfirm }: TagChipsProps) {
  return (
    <ul className="flex flex-wrap gap-1.5">
      {tags.map(({ tag, source, confidence }) => {
        const isAuto = source === "AUTO";
        const words = isAuto ? texts.tags[likeliness(confidence ?? 0)] : undefined;
        return (
          <li
            key={tag.id}
            title={words && texts.tags.autoTitle(words, formatPercent((confidence ?? 0) * 100))}
            className={cx("flex min-h-8 max-w-full items-center gap-1 rounded-full pl-3 text-sm", isAuto ? "border border-dashed border-accent text-ink" : "bg-accent-soft text-accent-strong")}
          >
            {isAuto && <Sparkles aria-hidden size={13} className="text-accent" />}
            <span className="truncate font-medium">{tag.name}</span>
            {words && <span className="text-xs whitespace-nowrap text-muted">{words}</span>}
            {isAuto && <ChipButton icon={Check} label={texts.tags.confirm(tag.name)} onClick={() => onConfirm(tag.name)} />}
            <ChipButton icon={X} label={texts.tags.removeLabel(tag.name)} onClick={() => onRemove(tag.name)} />
          </li>
        );
      })}
    </ul>
  );
}

function ChipButton({ icon: Icon, label, onClick }: { icon: typeof X; label: string; onClick: () => void }) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onClick} className="grid size-7 place-items-center rounded-full text-muted last:mr-0.5 hover:bg-hover hover:text-ink pointer-coarse:size-10">
      <Icon aria-hidden size={14} />
    </button>
  );
}
