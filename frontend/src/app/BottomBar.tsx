import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { NavLink } from "react-router";
import { cx } from "@/kit/cx";
import { texts } from "@/texts";
import { SCREENS } from "./screens";

/** What is looked at most; the rest is a touch further, in the menu. */
const WITHIN_REACH = new Set(["/", "/favorites", "/search", "/map"]);

export const BOTTOM_ITEM = "flex min-w-0 flex-1 flex-col items-center justify-center gap-0.5 rounded-lg text-[0.6875rem] font-medium -outline-offset-2";

/** Navigation where a thumb is; `menu` opens the sidebar. */
export function BottomBar({ menu }: { menu: ReactNode }) {
  return (
    <nav aria-label={texts.navigation.label} className="flex h-(--below) shrink-0 items-stretch border-t border-line px-1 pb-[env(safe-area-inset-bottom)] sm:hidden">
      {SCREENS.filter(({ to }) => WITHIN_REACH.has(to)).map(({ to, icon, label }) => (
        <NavLink key={to} to={to} end className={({ isActive }) => cx(BOTTOM_ITEM, isActive ? "text-accent-strong" : "text-muted")}>
          {({ isActive }) => <BottomItem icon={icon} label={label} isActive={isActive} />}
        </NavLink>
      ))}
      {menu}
    </nav>
  );
}

export function BottomItem({ icon: Icon, label, isActive = false }: { icon: LucideIcon; label: string; isActive?: boolean }) {
  return (
    <>
      <span className={cx("grid h-7 w-12 place-items-center rounded-full transition-colors duration-150", isActive && "forced-chosen bg-accent-soft")}><Icon aria-hidden size={19} /></span>
      <span className="max-w-full truncate">{label}</span>
    </>
  );
}
