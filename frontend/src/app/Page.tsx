import type { ReactNode } from "react";

/** What a screen scrolls that is no grid; by keys as well, also where nothing in it takes the focus. */
export function Page({ children }: { children: ReactNode }) {
  // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- axe asks for it: scrollable-region-focusable
  return <div tabIndex={0} className="h-full overflow-y-auto px-3 pb-8 -outline-offset-2 sm:px-5">{children}</div>;
}

export function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="rounded-2xl border border-line bg-raised p-4 sm:p-5">
      <h2 className="mb-3 text-base font-semibold tracking-tight">{title}</h2>
      {children}
    </section>
  );
}
