import { createContext, type ReactNode, use, useEffect, useMemo, useState } from "react";
import type { MediaSequence } from "./sequence";

/** The list on screen: the viewer walks it, and leads back to the item it was left at. */
export interface OpenSequence {
  sequence: MediaSequence;
  reveal: (id: string) => void;
  selectAll: () => void;
}

const SequenceContext = createContext<{ open: OpenSequence | undefined; setOpen: (open: OpenSequence | undefined) => void } | null>(null);

export function SequenceProvider({ children }: { children: ReactNode }) {
  const [open, setOpen] = useState<OpenSequence>();
  const value = useMemo(() => ({ open, setOpen }), [open]);
  return <SequenceContext value={value}>{children}</SequenceContext>;
}

export function useOpenSequence(): OpenSequence | undefined {
  return use(SequenceContext)?.open;
}

/** What is done with it must keep its identity. */
export function useProvideSequence(sequence: MediaSequence, reveal: (id: string) => void, selectAll: () => void): void {
  const setOpen = use(SequenceContext)?.setOpen;
  useEffect(() => {
    setOpen?.({ sequence, reveal, selectAll });
    return () => setOpen?.(undefined);
  }, [setOpen, sequence, reveal, selectAll]);
}
