import type { LucideIcon } from "lucide-react";
import { NavLink } from "react-router";
import { cx } from "@/kit/cx";

export function NavItem({ to, icon: Icon, label, note }: { to: string; icon: LucideIcon; label: string; note?: string }) {
  return (
    <NavLink
      to={to}
      end
      className={({ isActive }) => cx("flex h-9 items-center gap-3 rounded-lg px-3 text-sm font-medium transition-colors pointer-coarse:h-11", isActive ? "forced-chosen bg-accent-soft text-accent-strong" : "text-ink hover:bg-hover")}
    >
      <Icon aria-hidden size={17} className="shrink-0" />
      <span className="min-w-0 truncate">{label}</span>
      {note && <span className="ml-auto pl-2 text-xs font-normal text-muted tabular-nums">{note}</span>}
    </NavLink>
  );
}
