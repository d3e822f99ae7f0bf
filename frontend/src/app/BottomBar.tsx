import { Menu } from "lucide-react";
import { Suspense, useRef, useState } from "react";
import { NavLink, useLocation } from "react-router";
import { cx } from "@/kit/cx";
import { part } from "@/kit/part";
import { texts } from "@/texts";
import { SCREENS } from "./screens";

const Drawer = part(() => import("./Drawer").then((module) => module.Drawer));

/** What is looked at most; the menu has the rest. */
const NEAR = SCREENS.filter(({ to }) => ["/", "/favorites", "/search", "/map"].includes(to));

const entry = "flex h-14 min-w-0 flex-1 flex-col items-center justify-center gap-0.5 text-[0.6875rem] font-medium -outline-offset-2";

/** The way around on a phone. Its height is `--below` in styles.css, which whatever floats keeps clear of. */
export function BottomBar({ onHelp }: { onHelp: () => void }) {
  const { pathname } = useLocation();
  const [openAt, setOpenAt] = useState<string>();
  // Another screen closes it.
  const isOpen = openAt === pathname;
  const button = useRef<HTMLButtonElement>(null);
  return (
    <nav aria-label={texts.navigation.quick} className="flex border-t border-line bg-page pb-[env(safe-area-inset-bottom)] md:hidden">
      {NEAR.map(({ to, icon: Icon, label }) => (
        <NavLink key={to} to={to} end className={({ isActive }) => cx(entry, isActive ? "text-accent-strong" : "text-muted")}>
          {({ isActive }) => (
            <>
              <span className={cx("rounded-full px-4 py-1", isActive && "forced-chosen bg-accent-soft")}><Icon aria-hidden size={20} /></span>
              <span className="max-w-full truncate">{label}</span>
            </>
          )}
        </NavLink>
      ))}
      <button ref={button} type="button" aria-label={texts.navigation.open} aria-haspopup="dialog" aria-expanded={isOpen} onClick={() => setOpenAt(pathname)} className={cx(entry, "text-muted")}>
        <span className="px-4 py-1"><Menu aria-hidden size={20} /></span>
        <span aria-hidden className="max-w-full truncate">{texts.navigation.menu}</span>
      </button>
      {isOpen && <Suspense><Drawer onHelp={onHelp} onClose={() => setOpenAt(undefined)} onReturnFocus={() => button.current?.focus()} /></Suspense>}
    </nav>
  );
}
