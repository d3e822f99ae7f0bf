import { useCallback, useEffect, useState } from "react";

/** Whole seconds until a moment, both in milliseconds. */
export const secondsLeft = (until: number, now: number): number => Math.max(0, Math.ceil((until - now) / 1000));

/** The seconds that are left, and what starts them. By the clock: a machine that sleeps does not count. */
export function useCountdown(): [number, (seconds: number) => void] {
  const [until, setUntil] = useState(0);
  const [left, setLeft] = useState(0);
  const isRunning = left > 0;

  useEffect(() => {
    if (!isRunning) return undefined;
    const timer = setInterval(() => setLeft(secondsLeft(until, Date.now())), 1000);
    return () => clearInterval(timer);
  }, [isRunning, until]);

  const start = useCallback((seconds: number) => {
    setUntil(Date.now() + seconds * 1000);
    setLeft(seconds);
  }, []);
  return [left, start];
}
