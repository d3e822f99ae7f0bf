import { ListChecks, X } from "lucide-react";
import type { ReactNode } from "react";
import { IconButton } from "@/kit/Button";
import { cx } from "@/kit/cx";
import { useOpenSequence } from "@/media/SequenceContext";
import { texts } from "@/texts";
import { sizeOf } from "./selection";
import { useSelection } from "./SelectionContext";

/** What floats at the lower edge while something is chosen, or to be chosen. */
export function Bar({ className, children }: { className?: string; children: ReactNode }) {
  return (
    <div className={cx("animate-rise fixed inset-x-0 bottom-[calc(var(--below)+0.75rem)] z-20 mx-auto flex w-fit max-w-[calc(100vw-1rem)] items-center gap-0.5 rounded-2xl border border-line bg-raised p-1.5 shadow-2xl md:left-60", className)}>
      {children}
    </div>
  );
}

/** How many are chosen, none of them, or all of the list on screen. */
export function BarStart() {
  const { selection, dispatch } = useSelection();
  const open = useOpenSequence();
  const size = sizeOf(selection);
  return (
    <>
      <IconButton icon={X} label={texts.selection.clear} onClick={() => dispatch({ type: "clear" })} />
      <span className="px-1 text-sm font-semibold whitespace-nowrap tabular-nums max-sm:text-xs">{texts.selection.count(size)}</span>
      {open && size < open.sequence.total && <IconButton icon={ListChecks} label={texts.selection.selectAll} onClick={open.selectAll} />}
    </>
  );
}
