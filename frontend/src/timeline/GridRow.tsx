import { memo, useState } from "react";
import type { Layout, Row } from "./layout";
import type { GridModel } from "./model";
import { placeholderColour } from "./placeholder";
import { Tile, type TileProps } from "./Tile";

export interface GridRowProps extends Pick<TileProps, "queue" | "onOpen" | "onSelect" | "isSelecting"> {
  row: Row;
  /** Within its section. */
  top: number;
  layout: Layout;
  model: GridModel;
  /** Changes when the model's items have, which its identity does not show. */
  version: number;
  active: number;
  hovered: number;
  focused: number;
  isFling: boolean;
  isChosen: (id: string) => boolean;
  leaving: ReadonlySet<string>;
  badgeAt: ((index: number) => string | undefined) | undefined;
}

export const GridRow = memo(function GridRow(props: GridRowProps) {
  const { row, top, layout, model, active, hovered, focused, isFling, isChosen, leaving, badgeAt, ...rest } = props;
  const [wasDrawn, setWasDrawn] = useState(!isFling);
  if (!isFling && !wasDrawn) setWasDrawn(true);
  const style = { transform: `translateY(${top}px)`, height: row.height };
  const hasActive = active >= row.start && active < row.start + row.count;
  if (isFling && !wasDrawn && !hasActive) return <div role="row" aria-rowindex={row.index + 1} className="absolute inset-x-0 top-0" style={{ ...style, background: coloursOf(row, layout, model) }} />;
  return (
    <div role="row" aria-rowindex={row.index + 1} className="absolute inset-x-0 top-0 will-change-transform" style={style}>
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
            height={row.height}
            media={media}
            badge={badgeAt?.(index)}
            isActive={index === active}
            isPointed={index === hovered || index === focused}
            isSelected={media !== undefined && isChosen(media.id)}
            isLeaving={media !== undefined && leaving.has(media.id)}
            {...rest}
          />
        );
      })}
    </div>
  );
});

/** A whole row as the background of one element: its tiles' colours with the gaps between them. */
function coloursOf(row: Row, layout: Layout, model: GridModel): string {
  const stops: string[] = [];
  for (let index = row.start; index < row.start + row.count; index++) {
    const left = layout.itemLeft[index] ?? 0;
    const right = left + (layout.itemWidth[index] ?? 0);
    const hash = model.itemAt(index)?.placeholder;
    const colour = hash ? placeholderColour(hash) : "var(--sunken)";
    stops.push(`${colour} ${left}px ${right}px`, `transparent ${right}px ${right + layout.gap}px`);
  }
  return `linear-gradient(to right, ${stops.join(", ")})`;
}
