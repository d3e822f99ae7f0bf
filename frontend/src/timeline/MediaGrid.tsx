import { ArrowUp } from "lucide-react";
import { type MouseEvent, Suspense, useCallback, useMemo, useRef, useState, useSyncExternalStore } from "react";
import { useSearchParams } from "react-router";
import { part } from "@/kit/part";
import { useLatest } from "@/kit/useLatest";
import { useLeaving } from "@/media/leaving";
import { useProvideSequence } from "@/media/SequenceContext";
import type { MediaSequence } from "@/media/sequence";
import { useDragMedia } from "@/selection/useDragMedia";
import { useGridSelection } from "@/selection/useGridSelection";
import { useMarquee } from "@/selection/useMarquee";
import { useTouch } from "@/selection/useTouch";
import { texts } from "@/texts";
import { useOpenMedia } from "@/viewer/useOpenMedia";
import { AdmissionQueue } from "./admission";
import type { Geometry } from "./geometry";
import { GridSection } from "./GridSection";
import { type Layout, layoutRows, NO_LAYOUT, type Row, type SectionBox } from "./layout";
import type { GridModel } from "./model";
import { dateDirection } from "./moments";
import { Scrubber } from "./Scrubber";
import { TILE_SIZES } from "./tileSizes";
import { useElementSize } from "./useElementSize";
import { useGridKeys } from "./useGridKeys";
import { usePointed } from "./usePointed";
import { useScroll, type View } from "./useScroll";

const JumpDialog = part(() => import("./JumpDialog").then((module) => module.JumpDialog));

interface MediaGridProps {
  model: GridModel & MediaSequence;
  geometry: Geometry;
  label: string;
  rowHeight: number;
  onRowHeight?: (height: number) => void;
  /** The folder that is shown, which items can be moved out of. */
  folderId?: string | undefined;
  badgeAt?: (index: number) => string | undefined;
}

const GAP = 4;
const HEADER_HEIGHT = 52;
/** On a phone, three pictures of ordinary shape in two rows of a hand's width. */
const ROWS_OF_WIDTH = 2.6;

export function MediaGrid({ model, geometry, label, rowHeight, onRowHeight, folderId, badgeAt }: MediaGridProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const { width } = useElementSize(canvas);
  const viewport = useElementSize(scroller).height;
  const [queue] = useState(() => new AdmissionQueue());
  const version = useSyncExternalStore(model.subscribe, model.getVersion);
  const leaving = useLeaving();
  const layout = useMemo(() => {
    const scale = Math.min(1, width / ROWS_OF_WIDTH / TILE_SIZES.usual);
    return width > 0 ? layoutRows(geometry, { width, rowHeight: rowHeight * scale, gap: GAP, headerHeight: HEADER_HEIGHT }) : NO_LAYOUT;
  }, [geometry, width, rowHeight]);

  const { hovered, focused, pointedAt, handlers: pointing } = usePointed();
  const choice = useGridSelection(model, geometry);
  const { isSelecting, toggle, extendTo } = choice;
  const [isCovered] = useIsCovered();
  const [isJumping, setIsJumping] = useState(false);
  const { active, setActive, focus } = useGridKeys({
    scroller, layout, model, geometry, choice, isEnabled: !isCovered, headerHeight: HEADER_HEIGHT,
    ...(model.variables && dateDirection(model.variables) && { onJump: () => setIsJumping(true) }),
  });
  const { view, added, hold } = useScroll({ scroller, model, geometry, layout, queue, pointedAt, active, version });
  const openMedia = useOpenMedia();
  const frame = useRef<HTMLDivElement>(null);
  const startMarquee = useMarquee({ scroller, canvas, frame, model, layout });
  const drag = useDragMedia(model, folderId);
  useTouch({ scroller, model, rowHeight, onRowHeight });

  const latestFocus = useLatest(focus);
  const reveal = useCallback((id: string) => {
    const index = model.indexOf(id);
    if (index !== undefined) latestFocus.current(index);
  }, [model, latestFocus]);
  const latestSelectAll = useLatest(choice.selectAll);
  const selectAll = useCallback(() => void latestSelectAll.current(), [latestSelectAll]);
  useProvideSequence(model, reveal, selectAll);

  const select = useCallback((index: number, event: { shiftKey: boolean }) => {
    setActive(index);
    if (event.shiftKey) void extendTo(index, index);
    else toggle(index);
  }, [setActive, extendTo, toggle]);

  const open = useCallback((index: number, event: MouseEvent) => {
    const media = model.itemAt(index);
    const isToggled = event.ctrlKey || event.metaKey;
    event.preventDefault();
    setActive(index);
    if (isSelecting || event.shiftKey || isToggled) select(index, event);
    else if (media) openMedia(media.id);
  }, [model, isSelecting, setActive, select, openMedia]);

  return (
    <div className="relative h-full">
      {/* What points and draws here has its like on the keyboard, in useGridKeys. */}
      {/* oxlint-disable-next-line jsx-a11y/no-static-element-interactions */}
      <div
        ref={scroller}
        tabIndex={-1}
        className="h-full touch-pan-y overflow-y-auto overscroll-contain px-3 pb-24 outline-none [overflow-anchor:none] [scrollbar-width:none] sm:pr-14 sm:pl-5 [&::-webkit-scrollbar]:hidden"
        onPointerDown={startMarquee}
      >
        <div
          ref={canvas}
          role="grid"
          tabIndex={-1}
          aria-label={label}
          aria-rowcount={layout.rows.length}
          aria-multiselectable
          className="relative outline-none"
          style={{ height: layout.height }}
          {...pointing(hold)}
          {...drag}
        >
          {sectionsToRender(layout, view, active).map(({ box, rows }) => (
            <GridSection
              key={box.section.key}
              box={box}
              rows={rows}
              layout={layout}
              model={model}
              version={version}
              active={active}
              hovered={hovered}
              focused={focused}
              isFling={view.isFling}
              isChosen={choice.isChosen}
              isSelecting={isSelecting}
              leaving={leaving}
              badgeAt={badgeAt}
              queue={queue}
              onOpen={open}
              onSelect={select}
              isSectionChosen={choice.isSectionChosen(box)}
              onSelectSection={choice.selectSection}
            />
          ))}
          <div ref={frame} aria-hidden className="pointer-events-none absolute top-0 left-0 z-20 hidden rounded-sm border border-accent bg-accent/15" />
        </div>
      </div>
      {viewport > 0 && layout.height > viewport && <Scrubber scroller={scroller} layout={layout} />}
      <div role="status" className="pointer-events-none absolute inset-x-0 top-3 z-20 grid justify-items-center">
        {added > 0 && (
          <button type="button" onClick={() => scroller.current?.scrollTo({ top: 0 })} className="animate-rise pointer-events-auto flex min-h-9 items-center gap-1.5 rounded-full bg-accent px-4 text-sm font-medium text-on-accent shadow-lg hover:bg-accent-strong pointer-coarse:min-h-11">
            <ArrowUp aria-hidden size={15} />{texts.library.added(added)}
          </button>
        )}
      </div>
      {isJumping && model.variables && <Suspense><JumpDialog variables={model.variables} onJump={focus} onClose={() => setIsJumping(false)} /></Suspense>}
    </div>
  );
}

/** Whether the viewer lies over the grid, and has the keys. */
function useIsCovered(): [boolean] {
  const [params] = useSearchParams();
  return [params.has("media")];
}

/** The rows in range by section, and always the one with the tab stop: focus must not be lost by scrolling. */
function sectionsToRender(layout: Layout, { first, last }: View, active: number): { box: SectionBox; rows: Row[] }[] {
  const activeRow = layout.itemRow[active] ?? -1;
  return layout.boxes.flatMap((box) => {
    const isActive = activeRow >= box.firstRow && activeRow <= box.lastRow;
    const isInRange = box.firstRow <= last && box.lastRow >= first;
    if (!isInRange && !isActive) return [];
    const rows = isInRange ? layout.rows.slice(Math.max(first, box.firstRow), Math.min(last, box.lastRow) + 1) : [];
    const held = layout.rows[activeRow];
    if (isActive && held && (activeRow < first || activeRow > last)) rows.push(held);
    return [{ box, rows }];
  });
}
