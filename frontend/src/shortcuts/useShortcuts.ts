import { useEffect, useEffectEvent, useRef } from "react";
import { CHORD_MS, type Handlers, isTyping, shortcutFor } from "./shortcuts";

export function useShortcuts(handlers: Handlers, isEnabled = true): void {
  const previous = useRef<{ key: string; at: number } | undefined>(undefined);

  const onKeyDown = useEffectEvent((event: KeyboardEvent) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
    const before = previous.current && event.timeStamp - previous.current.at < CHORD_MS ? previous.current.key : undefined;
    const name = shortcutFor(handlers, before, event.key);
    previous.current = { key: event.key, at: event.timeStamp };
    if (!name) return;
    event.preventDefault();
    handlers[name]?.();
  });

  useEffect(() => {
    if (!isEnabled) return undefined;
    const listener = (event: KeyboardEvent) => onKeyDown(event);
    document.addEventListener("keydown", listener);
    return () => document.removeEventListener("keydown", listener);
  }, [isEnabled]);
}
