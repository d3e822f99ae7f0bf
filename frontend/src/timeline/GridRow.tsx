import { memo } from "react";
import { formatBucket, formatNumber } from "@/media/format";
import type { Layout, Row } from "./layout";
import type { GridModel } from "./model";
import { Tile, type TileProps } from "./Tile";

interface GridRowProps extends Pick<TileProps, "queue" | "onOpen" | "onSelect"> {
  row: Row;
  layout: Layout;
  model: GridModel;
  /** Changes when the model's items have, which its identity does not show. */
  version: number;
  active: number;
  selected: ReadonlySet<string>;
  badgeAt: ((index: number) => string | undefined) | undefined;
}

export const GridRow = memo(function GridRow({ row, layout, model, active, selected, badgeAt, queue, onOpen, onSelect }: GridRowProps) {
  const style = { transform: `translateY(${row.top}px)`, height: row.height };
  if (row.count === 0) {
    return (
      <div role="row" aria-rowindex={row.index + 1} className="absolute inset-x-0 flex items-end pb-2.5" style={style}>
        <div role="gridcell" className="flex items-baseline gap-2.5">
          <h2 className="text-base font-semibold tracking-tight">{formatBucket(row.section.key)}</h2>
          <span className="text-sm text-muted tabular-nums">{formatNumber(row.section.count)}</span>
        </div>
      </div>
    );
  }
  return (
    <div role="row" aria-rowindex={row.index + 1} className="absolute inset-x-0 will-change-transform" style={style}>
      {Array.from({ length: row.count }, (_, offset) => {
        const index = row.start + offset;
        const media = model.itemAt(index);
        return (
          <Tile
            key={media?.id ?? `${index}`}
            index={index}
            column={offset + 1}
            left={layout.itemLeft[index] ?? 0}
            width={layout.itemWidth[index] ?? 0}
            media={media}
            badge={badgeAt?.(index)}
            isActive={index === active}
            isSelected={media !== undefined && selected.has(media.id)}
            isSelecting={selected.size > 0}
            queue={queue}
            onOpen={onOpen}
            onSelect={onSelect}
          />
        );
      })}
    </div>
  );
});
