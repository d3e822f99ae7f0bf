import { type ReactNode, useEffect } from "react";
import { formatNumber } from "@/media/format";
import { texts } from "@/texts";

interface ScreenProps {
  title: string;
  count?: number | undefined;
  actions?: ReactNode;
  toolbar?: ReactNode;
  children: ReactNode;
}

/** A page: its name, what can be done, and the rest of the height for its content. */
export function Screen({ title, count, actions, toolbar, children }: ScreenProps) {
  useEffect(() => {
    document.title = `${title} · ${texts.appName}`;
  }, [title]);
  return (
    <div className="flex h-full flex-col">
      <header className="flex min-h-14 items-center gap-3 px-3 pt-2 pb-2 sm:min-h-16 sm:px-5">
        <h1 className="truncate text-xl font-semibold tracking-tight sm:text-2xl">{title}</h1>
        {count !== undefined && <span className="pt-1 text-sm text-muted tabular-nums">{formatNumber(count)}</span>}
        <div className="ml-auto flex items-center gap-2">{actions}</div>
      </header>
      {toolbar}
      <div className="min-h-0 flex-1">{children}</div>
    </div>
  );
}
