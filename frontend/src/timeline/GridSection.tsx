import { memo } from "react";
import { Check } from "lucide-react";
import { cx } from "@/kit/cx";
import { formatBucket, formatNumber } from "@/media/format";
import { texts } from "@/texts";
import { GridRow, type GridRowProps } from "./GridRow";
import type { Row, SectionBox } from "./layout";

interface GridSectionProps extends Omit<GridRowProps, "row" | "top" | "hovered" | "focused"> {
  box: SectionBox;
  rows: Row[];
  hovered: number;
  focused: number;
  isSectionChosen: boolean;
  onSelectSection: (box: SectionBox, isWanted: boolean) => void;
}

const isIn = ({ start, count }: Row, index: number) => index >= start && index < start + count;

/** A month: its heading, which stays in sight while the month is, and those of its rows that are near the viewport. */
export function GridSection({ box, rows, hovered, focused, isSectionChosen, onSelectSection, ...rest }: GridSectionProps) {
  const heading = rest.layout.rows[box.firstRow];
  return (
    <div role="rowgroup" className="absolute inset-x-0" style={{ top: box.top, height: box.height }}>
      {heading?.count === 0 && <Heading box={box} row={heading} isChosen={isSectionChosen} isSelecting={rest.isSelecting} onSelect={onSelectSection} />}
      {rows.map((row) => row.count > 0 && (
        <GridRow
          key={row.start}
          row={row}
          top={row.top - box.top}
          hovered={isIn(row, hovered) ? hovered : -1}
          focused={isIn(row, focused) ? focused : -1}
          {...rest}
        />
      ))}
    </div>
  );
}

interface HeadingProps {
  box: SectionBox;
  row: Row;
  isChosen: boolean;
  isSelecting: boolean;
  onSelect: GridSectionProps["onSelectSection"];
}

const Heading = memo(function Heading({ box, row, isChosen, isSelecting, onSelect }: HeadingProps) {
  const name = formatBucket(box.section.key);
  return (
    <div role="row" aria-rowindex={row.index + 1} className="group sticky top-0 z-10 -mx-1 flex items-center bg-page px-1 pt-1" style={{ height: row.height }}>
      <div role="gridcell" className="flex items-center gap-2.5">
        <button
          type="button"
          role="checkbox"
          aria-checked={isChosen}
          aria-label={texts.selection.section(name)}
          onClick={() => onSelect(box, !isChosen)}
          className={cx(
            "-my-2 -mr-1 -ml-2.5 grid size-10 place-items-center rounded-full transition-opacity pointer-coarse:size-11",
            isSelecting || isChosen ? "" : "w-0! opacity-0 group-focus-within:w-10! group-focus-within:opacity-100 group-hover:w-10! group-hover:opacity-100 pointer-coarse:hidden",
          )}
        >
          <span className={cx("grid size-5.5 place-items-center rounded-full border-2", isChosen ? "border-accent bg-accent text-on-accent" : "border-muted text-transparent")}>
            <Check aria-hidden size={13} strokeWidth={3.5} className={cx(!isChosen && "invisible")} />
          </span>
        </button>
        <h2 className="text-base font-semibold tracking-tight">{name}</h2>
        <span className="text-sm text-muted tabular-nums">{formatNumber(box.section.count)}</span>
      </div>
    </div>
  );
});
