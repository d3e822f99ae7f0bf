import { type KeyboardEvent, type PointerEvent, type RefObject, useEffect, useMemo, useRef, useState } from "react";
import { cx } from "@/kit/cx";
import { formatBucket, formatPercent } from "@/media/format";
import { texts } from "@/texts";
import { boxAt, type Layout } from "./layout";
import { positionOf, scrollTopAt, sectionFrom, yearTicks } from "./scrubber";
import { useElementSize } from "./useElementSize";

const TICK_SPACING_PX = 26;
/** Room above and below the track, for its bubble. */
const PAD_PX = 18;
const LINGER_MS = 900;

/** A scroll bar of dates. Its thumb is moved by hand, not by rendering: it follows every frame of scrolling. */
export function Scrubber({ scroller, layout }: { scroller: RefObject<HTMLElement | null>; layout: Layout }) {
  const track = useRef<HTMLDivElement>(null);
  const thumb = useRef<HTMLDivElement>(null);
  const bubble = useRef<HTMLSpanElement>(null);
  const { height } = useElementSize(track);
  const [isActive, setIsActive] = useState(false);
  const [pointed, setPointed] = useState<number>();
  const inside = Math.max(1, height - 2 * PAD_PX);
  const ticks = useMemo(() => yearTicks(layout, height, inside, TICK_SPACING_PX), [layout, height, inside]);

  useEffect(() => {
    const element = scroller.current;
    if (!element) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let shown = "";
    const follow = () => {
      const { scrollTop } = element;
      const position = positionOf(scrollTop, layout.height, height);
      if (thumb.current) thumb.current.style.transform = `translateY(${PAD_PX + position * (height - 2 * PAD_PX)}px)`;
      const key = boxAt(layout, scrollTop + 1)?.section.key ?? "";
      if (key === shown || !bubble.current || !track.current) return;
      shown = key;
      bubble.current.textContent = key ? formatBucket(key) : formatPercent(position * 100);
      track.current.setAttribute("aria-valuetext", bubble.current.textContent);
      track.current.setAttribute("aria-valuenow", String(Math.round(position * 100)));
    };
    const scrolled = () => {
      follow();
      thumb.current?.toggleAttribute("data-scrolling", true);
      clearTimeout(timer);
      timer = setTimeout(() => thumb.current?.toggleAttribute("data-scrolling", false), LINGER_MS);
    };
    follow();
    element.addEventListener("scroll", scrolled, { passive: true });
    return () => {
      element.removeEventListener("scroll", scrolled);
      clearTimeout(timer);
    };
  }, [scroller, layout, height]);

  const positionAt = ({ clientY }: PointerEvent) => (clientY - (track.current?.getBoundingClientRect().top ?? 0) - PAD_PX) / inside;
  const scrollTo = (top: number) => scroller.current?.scrollTo({ top });
  const drag = (event: PointerEvent) => scrollTo(scrollTopAt(positionAt(event), layout.height, height));

  const handleKeyDown = (event: KeyboardEvent) => {
    const by = STEPS[event.key];
    const top = scroller.current?.scrollTop ?? 0;
    if (event.key === "Home") scrollTo(0);
    else if (event.key === "End") scrollTo(layout.height);
    else if (by) scrollTo(sectionFrom(layout, top, by.step, by.isByYear)?.top ?? top);
    else return;
    event.preventDefault();
  };

  const pointedBox = pointed === undefined || isActive ? undefined : boxAt(layout, scrollTopAt(pointed, layout.height, height));
  return (
    <div
      ref={track}
      role="slider"
      tabIndex={0}
      aria-label={texts.library.scrubber}
      aria-orientation="vertical"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={0}
      className={cx("group absolute inset-y-0 right-0 z-20 w-9 touch-none rounded-sm select-none focus-visible:-outline-offset-2 sm:w-12 pointer-coarse:pointer-events-none", isActive && "cursor-grabbing")}
      onPointerDown={(event) => {
        if (event.button !== 0) return;
        event.currentTarget.setPointerCapture(event.pointerId);
        setIsActive(true);
        drag(event);
      }}
      onPointerMove={(event) => {
        if (isActive) drag(event);
        else if (event.pointerType === "mouse") setPointed(positionAt(event));
      }}
      onPointerUp={() => setIsActive(false)}
      onPointerCancel={() => setIsActive(false)}
      onPointerLeave={() => setPointed(undefined)}
      onKeyDown={handleKeyDown}
    >
      {ticks.map(({ year, position }) => (
        <span key={year} aria-hidden className="absolute right-5 -translate-y-1/2 text-[0.6875rem] text-muted tabular-nums max-sm:hidden" style={{ top: PAD_PX + position * inside }}>{year}</span>
      ))}
      {pointedBox && (
        <span aria-hidden className="pointer-events-none absolute right-1.5 h-px w-3 bg-ink/60" style={{ top: PAD_PX + Math.min(1, Math.max(0, pointed ?? 0)) * inside }}>
          <span className="absolute right-full mr-3 -translate-y-1/2 rounded-full border border-line bg-raised px-2.5 py-0.5 text-xs whitespace-nowrap shadow-md">{formatBucket(pointedBox.section.key) || formatPercent((pointed ?? 0) * 100)}</span>
        </span>
      )}
      <div ref={thumb} aria-hidden className="group/thumb pointer-events-none absolute top-0 right-0 w-full will-change-transform pointer-coarse:pointer-events-auto">
        <span className={cx("absolute right-1.5 h-1 w-2.5 -translate-y-1/2 rounded-full bg-accent transition-[width] group-hover:w-3 pointer-coarse:hidden", isActive && "w-3")} />
        <span className={cx("absolute right-0 hidden h-12 w-7 -translate-y-1/2 place-items-center rounded-l-full bg-raised opacity-0 shadow-md transition-opacity group-data-scrolling/thumb:opacity-100 pointer-coarse:grid", isActive && "opacity-100")}>
          <span className="h-5 w-1 rounded-full bg-accent" />
        </span>
        <span
          ref={bubble}
          className={cx(
            "absolute right-7 -translate-y-1/2 rounded-full bg-accent px-3 py-1 text-sm font-medium whitespace-nowrap text-on-accent opacity-0 shadow-lg transition-opacity group-focus-visible:opacity-100 group-data-scrolling/thumb:opacity-100",
            isActive && "opacity-100",
          )}
        />
      </div>
    </div>
  );
}

const STEPS: Partial<Record<string, { step: 1 | -1; isByYear: boolean }>> = {
  ArrowDown: { step: 1, isByYear: false },
  ArrowUp: { step: -1, isByYear: false },
  PageDown: { step: 1, isByYear: true },
  PageUp: { step: -1, isByYear: true },
};
