import { useEffect, useEffectEvent, useRef } from "react";
import { CHORD_MS, type Handlers, isTyping, keyOf, shortcutFor } from "./shortcuts";

interface Options {
  isEnabled?: boolean;
  /** Where the focus has to be for the keys to be meant for these handlers. */
  accepts?: (target: EventTarget | null) => boolean;
}

export function useShortcuts(handlers: Handlers, { isEnabled = true, accepts }: Options = {}): void {
  const previous = useRef<{ key: string; at: number } | undefined>(undefined);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.altKey || isTyping(event.target)) return;
    const before = previous.current && event.timeStamp - previous.current.at < CHORD_MS ? previous.current.key : undefined;
    const key = keyOf(event);
    const name = shortcutFor(handlers, before, key);
    previous.current = { key, at: event.timeStamp };
    if (!name || (accepts && !accepts(event.target))) return;
    event.preventDefault();
    handlers[name]?.(event);
  });

  useEffect(() => {
    if (!isEnabled) return undefined;
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, [isEnabled]);
}
